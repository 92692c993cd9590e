using LiveCoCreate.Wire;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LiveCoCreate.Browser;

/// <summary>What facilitators do for the room itself: its big screen, each other, and people without a phone (PROTOCOL R1 to R5).</summary>
[Collection("house")]
public sealed class InOneRoom(House house)
{
    [Theory, InlineData("he"), InlineData("en")]
    public async Task An_idea_stands_in_the_spotlight_until_it_is_hidden(string language)
    {
        var words = Words.Of(language);
        var (idea, other, said) = language == "he" ? ("ספסלים בצל ליד בית הספר", "ברז מים בגינה", "וגם שולחן שחמט") : ("Benches in the shade beside the school", "A tap in the garden", "And a chess table");
        await using var workshop = await house.PrepareAsync(words);
        var dana = await workshop.JoinAsync(language == "he" ? "דנה" : "Dana");
        foreach (var text in new[] { idea, other }) await workshop.WriteAsync(dana, text);
        await workshop.DoAsync("add-comment", new { comment = "c1", idea = workshop.IdOf(idea), text = said });
        await using var phone = await house.PhoneAsync(words);
        await using var hall = await house.ProjectorAsync(words);
        await using var noa = await house.LaptopAsync(words);
        await phone.TakeSeatsAsync(dana);
        await phone.GoAsync($"/room/{workshop.Made.Workshop}");
        await hall.Page.GotoAsync(workshop.Made.Links.Screen);
        await noa.TakeSeatsAsync(workshop.Facilitator);
        await noa.GoAsync($"/facilitate/{workshop.Made.Workshop}");

        await noa.CardOnBoard(idea).FocusAsync();
        await noa.Page.Keyboard.PressAsync("s");
        await hall.ReadsAsync("screen:spotlight.title");
        foreach (var text in new[] { idea, said }) await hall.SeesAsync(text);
        await hall.DoesNotSeeAsync(other);
        await phone.ReadsAsync("room:idea.lit");
        await noa.ReadsAsync("inRoom:screen.now");
        foreach (var visitor in new[] { phone, hall, noa })
            Assert.Empty(await visitor.AskAxeAsync());
        await ShootAsync("spotlight", language, ("room", phone), ("screen", hall), ("desk", noa));

        // A colleague hides it: it is gone from everywhere at once, also from the spotlight. Its author alone still has it, and reads why.
        await workshop.DoAsync("hide-idea", new { idea = workshop.IdOf(idea), reason = "x" });
        await hall.DoesNotReadAsync("screen:spotlight.title");
        await hall.DoesNotSeeAsync(idea);
        await phone.DoesNotReadAsync("room:idea.lit");
        await Expect(phone.Cards(idea)).ToContainTextAsync(phone.Say["room:state.hidden"]);
        await hall.SeesAsync(other);

        await noa.Page.Keyboard.PressAsync("b");
        await noa.PressAsync("inRoom:screen.cloud");
        await hall.ReadsAsync("screen:cloud.title");
        await noa.PressAsync("inRoom:screen.end");
        await hall.SeesAsync(other);
        foreach (var visitor in new[] { phone, hall, noa }) Assert.Empty(visitor.Complaints);
    }

    [Fact]
    public async Task Two_facilitators_see_what_the_other_has_in_hand_and_vote_for_somebody_once()
    {
        var words = Words.Hebrew;
        await using var workshop = await house.PrepareAsync(words);
        var dana = await workshop.JoinAsync("דנה");
        await workshop.WriteAsync(dana, "ספסלים בצל");
        await using var noa = await house.LaptopAsync(words);
        await using var eli = await house.LaptopAsync(words);
        await noa.TakeSeatsAsync(workshop.Facilitator);
        await noa.GoAsync($"/facilitate/{workshop.Made.Workshop}");
        await eli.Page.GotoAsync(workshop.Made.Links.Facilitate);
        await eli.Field("facilitate:enter.name").FillAsync("אלי");
        await eli.PressAsync("facilitate:enter.go");

        await eli.CardOnBoard("ספסלים בצל").FocusAsync();
        await eli.Page.Keyboard.PressAsync("e");
        await noa.ReadsAsync("inRoom:held.edit", ("name", "אלי"));
        await eli.DoesNotReadAsync("inRoom:held.edit", ("name", "אלי"));
        await ShootAsync("held", "he", ("desk", noa));
        await eli.Page.Keyboard.PressAsync("Escape");
        await noa.DoesNotReadAsync("inRoom:held.edit", ("name", "אלי"));

        await workshop.DoAsync("open-ballot", new { ballot = "b1", budget = 3, mostPerIdea = 2, counts = "close", anonymous = true });
        foreach (var visitor in new[] { noa, eli }) await visitor.Page.GetByRole(AriaRole.Tab, new() { Name = words["facilitate:panel.people"] }).ClickAsync();
        await noa.Field("inRoom:proxy.label").FillAsync("שולחן 3, דינה");
        await noa.PressAsync("inRoom:proxy.add");
        foreach (var visitor in new[] { noa, eli })
        {
            await visitor.PressAsync("inRoom:proxy.vote", ("name", "שולחן 3, דינה"));
            await visitor.GiveDotAsync("ספסלים בצל");
            await ShootAsync(visitor == noa ? "proxy-noa" : "proxy-eli", "he", ("desk", visitor));
            await visitor.PressAsync("inRoom:proxy.done");
        }

        await noa.ReadsAsync("inRoom:proxy.voted");
        await ShootAsync("proxy-people", "he", ("desk", noa));
        await workshop.DoAsync("close-ballot", new { ballot = "b1" });
        await dana.WaitForAsync(person => person.Board.Tallies.ContainsKey("b1"));
        await noa.Page.GetByRole(AriaRole.Tab, new() { Name = words["facilitate:panel.votes"] }).ClickAsync();
        await noa.ReadsAsync("inRoom:proxy.votes", ("n", 1));
        Assert.Equal(1, dana.Board.Tallies["b1"].Values.Sum());
        foreach (var visitor in new[] { noa, eli }) Assert.Empty(visitor.Complaints);
    }

    private static async Task ShootAsync(string name, string language, params (string Where, Visitor Visitor)[] looks)
    {
        if (Environment.GetEnvironmentVariable("SHOTS") is not { Length: > 0 } shots) return;
        foreach (var (where, visitor) in looks) await visitor.Page.ScreenshotAsync(new() { Path = Path.Combine(shots, $"{name}-{where}-{language}.png") });
    }
}
