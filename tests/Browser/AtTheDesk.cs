using LiveCoCreate.Wire;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LiveCoCreate.Browser;

/// <summary>What facilitators can rely on under pressure.</summary>
[Collection("house")]
public sealed class AtTheDesk(House house)
{
    [Fact]
    public async Task What_was_done_is_undone_and_done_again_with_the_keyboard()
    {
        await using var workshop = await house.PrepareAsync(Words.Hebrew);
        var dana = await workshop.JoinAsync("דנה");
        await workshop.WriteAsync(dana, "ספסלים בצל");
        await using var noa = await AtTheDeskAsync(workshop);

        await noa.CardOnBoard("ספסלים בצל").FocusAsync();
        await noa.Page.Keyboard.PressAsync("h");
        await noa.Page.Keyboard.PressAsync("1");
        await Expect(noa.CardOnBoard("ספסלים בצל")).ToHaveCountAsync(0);
        await dana.WaitForAsync(person => person.Board.Ideas.Count == 0);
        await Expect(noa.Button("facilitate:bar.undo", ("what", noa.Say["facilitate:deed.hidden", ("n", 1)]))).ToBeEnabledAsync();
        await noa.Page.Keyboard.PressAsync("Control+z");
        await Expect(noa.CardOnBoard("ספסלים בצל")).ToHaveCountAsync(1);
        await noa.SeesAsync(noa.Say["facilitate:undo.done", ("what", noa.Say["facilitate:deed.hidden", ("n", 1)])]);
        await dana.WaitForAsync(person => person.Board.Ideas.Count == 1);
        await noa.Page.Keyboard.PressAsync("Control+y");
        await Expect(noa.CardOnBoard("ספסלים בצל")).ToHaveCountAsync(0);
        await noa.SeesAsync(noa.Say["facilitate:undo.redone", ("what", noa.Say["facilitate:deed.hidden", ("n", 1)])]);
        await noa.Page.Keyboard.PressAsync("u");
        await Expect(noa.CardOnBoard("ספסלים בצל")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task The_queue_is_worked_with_single_keys()
    {
        await using var workshop = await house.PrepareAsync(Words.English);
        await workshop.DoAsync("change-settings", new { moderation = "approve" });
        var joe = await workshop.JoinAsync("Joe");
        foreach (var text in new[] { "First", "Second", "Third" }) await workshop.WriteAsync(joe, text);
        await using var noa = await AtTheDeskAsync(workshop, Words.English);

        await Expect(noa.Queue).ToHaveCountAsync(3);
        await noa.Queue.First.FocusAsync();
        await noa.Page.Keyboard.PressAsync("a");
        await Expect(noa.Queue).ToHaveCountAsync(2);
        await Expect(noa.Queue.Filter(new() { HasText = "Second" })).ToBeFocusedAsync();
        await noa.Page.Keyboard.PressAsync("j");
        await Expect(noa.Queue.Filter(new() { HasText = "Third" })).ToBeFocusedAsync();
        await noa.Page.Keyboard.PressAsync("h");
        await noa.Page.Keyboard.PressAsync("2");
        await Expect(noa.Queue).ToHaveCountAsync(1);
        await Expect(noa.CardOnBoard("First")).ToHaveCountAsync(1);
        await joe.WaitForAsync(person => person.Board.Ideas.Values.Any(idea => idea.Text == "First") && person.Mine.Ideas.Values.Any(idea => idea.State == "hidden"));
    }

    [Fact]
    public async Task Everyone_follows_to_the_next_step()
    {
        await using var workshop = await house.PrepareAsync(Words.Hebrew, new("גינה לכל רחוב", Language: "he", Template: "co-creation", Facilitator: "נועה"));
        await workshop.GoToStepAsync(1);
        var dana = await workshop.JoinAsync();
        await using var phone = await house.PhoneAsync(Words.Hebrew);
        await phone.TakeSeatsAsync(dana);
        await phone.GoAsync($"/room/{workshop.Made.Workshop}");
        await Expect(phone.Heading("חזון")).ToBeVisibleAsync();
        await phone.WriteBox.FillAsync("עוד לא נשלח");

        await using var noa = await AtTheDeskAsync(workshop);
        await noa.PressAsync("facilitate:agenda.next");
        await Expect(phone.Heading("מה עובד ומה לא")).ToBeVisibleAsync();
        await phone.ReadsAsync("room:now.approve");
        await Expect(phone.WriteBox).ToHaveValueAsync("");
        // What was begun on the other board waits there.
        await noa.PressAsync("facilitate:agenda.previous");
        await Expect(phone.WriteBox).ToHaveValueAsync("עוד לא נשלח");
    }

    private async Task<Visitor> AtTheDeskAsync(Prepared workshop, Words? words = null)
    {
        var visitor = await house.LaptopAsync(words ?? Words.Hebrew);
        await visitor.TakeSeatsAsync(workshop.Facilitator);
        await visitor.GoAsync($"/facilitate/{workshop.Made.Workshop}");
        await Expect(visitor.Page.GetByRole(AriaRole.Region, new() { Name = visitor.Say["facilitate:board.label"], Exact = true })).ToBeVisibleAsync();
        return visitor;
    }
}
