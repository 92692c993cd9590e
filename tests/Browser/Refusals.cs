using LiveCoCreate.Wire;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LiveCoCreate.Browser;

/// <summary>A no comes in words, and says what to do.</summary>
[Collection("house")]
public sealed class Refusals(House house)
{
    public static TheoryData<string> Languages => ["he", "en"];

    [Theory, MemberData(nameof(Languages))]
    public async Task A_code_that_nobody_knows_is_not_the_readers_fault(string language)
    {
        await using var guest = await house.PhoneAsync(Words.Of(language));
        await guest.GoAsync("/");
        await EnterAsync("ABC");
        await guest.ReadsAsync("home:join.short", ("n", 3));
        await EnterAsync("ABCDE1");
        await guest.ReadsAsync("home:join.letters");
        await EnterAsync("ZZZ ZZ9");
        await guest.ReadsAsync("home:join.unknown");
        await Expect(guest.Field("home:join.label")).ToBeFocusedAsync();

        await guest.GoAsync("/j/zzzzz9");
        await Expect(guest.Heading(guest.Say["join:unknown.title"])).ToBeVisibleAsync();
        await guest.Page.GetByRole(AriaRole.Link, new() { Name = guest.Say["join:unknown.again"] }).ClickAsync();
        await Expect(guest.Field("home:join.label")).ToBeVisibleAsync();

        async Task EnterAsync(string code)
        {
            await guest.Field("home:join.label").FillAsync(code);
            await guest.PressAsync("home:join.enter");
        }
    }

    [Fact]
    public async Task Nobody_comes_in_without_agreeing_and_it_says_so_at_the_tick()
    {
        await using var workshop = await house.PrepareAsync(Words.English);
        await using var guest = await house.PhoneAsync(Words.English);
        await guest.GoAsync($"/j/{workshop.Made.Code}");
        await guest.PressAsync("join:enter");
        await guest.ReadsAsync("join:charter.missing");
        await Expect(guest.Page.GetByRole(AriaRole.Checkbox, new() { Name = guest.Say["join:charter.agree"] })).ToBeFocusedAsync();
    }

    [Fact]
    public async Task A_workshop_that_has_ended_lets_nobody_in_and_thanks_who_is_there()
    {
        await using var workshop = await house.PrepareAsync(Words.Hebrew);
        var dana = await workshop.JoinAsync("דנה");
        await workshop.WriteAsync(dana, "ספסלים בצל");
        await using var here = await house.PhoneAsync(Words.Hebrew);
        await here.TakeSeatsAsync(dana);
        await here.GoAsync($"/room/{workshop.Made.Workshop}");
        await Expect(here.WriteBox).ToBeVisibleAsync();

        await workshop.DoInWorkshopAsync("close-workshop", new { });
        await here.ReadsAsync("room:now.ended");
        await Expect(here.WriteBox).ToHaveCountAsync(0);
        await here.SeesAsync("ספסלים בצל");

        await using var late = await house.PhoneAsync(Words.Hebrew);
        await late.GoAsync($"/j/{workshop.Made.Code}");
        await Expect(late.Heading(late.Say["join:closed.title"])).ToBeVisibleAsync();
        await late.ReadsAsync("join:closed.text");
    }

    [Fact]
    public async Task Who_loses_their_place_is_told_kindly_and_what_they_were_writing_is_not_sent()
    {
        await using var workshop = await house.PrepareAsync(Words.English);
        var person = await workshop.JoinAsync("Joe");
        await using var joe = await house.PhoneAsync(Words.English);
        await joe.TakeSeatsAsync(person);
        await joe.GoAsync($"/room/{workshop.Made.Workshop}");
        await Expect(joe.WriteBox).ToBeVisibleAsync();

        await workshop.DoInWorkshopAsync("revoke-seat", new { seat = person.ParticipantId });
        await Expect(joe.Heading(joe.Say["room:ended.title"])).ToBeVisibleAsync();
        await joe.ReadsAsync("common:refusal.seat-revoked");
        await Expect(joe.Field("home:join.label")).ToBeVisibleAsync();

        await joe.Page.ReloadAsync();
        await joe.ReadsAsync("common:refusal.seat-revoked");
    }

    [Fact]
    public async Task A_facilitator_whose_seat_was_ended_leaves_the_desk_at_once()
    {
        await using var workshop = await house.PrepareAsync(Words.Hebrew);
        await using var noa = await house.LaptopAsync(Words.Hebrew);
        await noa.TakeSeatsAsync(workshop.Facilitator);
        await noa.GoAsync($"/facilitate/{workshop.Made.Workshop}");
        await using var itamar = await house.LaptopAsync(Words.Hebrew);
        await itamar.Page.GotoAsync(workshop.Made.Links.Facilitate);
        await itamar.Field("facilitate:enter.name").FillAsync("איתמר");
        await itamar.PressAsync("facilitate:enter.go");
        await Expect(itamar.Heading("גינה לכל רחוב")).ToBeVisibleAsync();
        Assert.DoesNotContain('#', itamar.Page.Url);

        await noa.Page.GetByRole(AriaRole.Tab, new() { Name = noa.Say["facilitate:panel.people"] }).ClickAsync();
        await noa.PressAsync("facilitate:people.end");
        await noa.SeesAsync(noa.Say["facilitate:people.end.title", ("name", "איתמר")]);
        await noa.PressAsync("facilitate:people.end.go");
        await noa.ReadsAsync("facilitate:people.ended");
        await itamar.ReadsAsync("common:refusal.seat-revoked");
        await Expect(itamar.Page.GetByRole(AriaRole.Region, new() { Name = itamar.Say["facilitate:board.label"] })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task An_idea_that_comes_too_late_is_given_back_with_its_words()
    {
        await using var cable = new Cable(house.Address);
        await using var workshop = await house.PrepareAsync(Words.English);
        await using var sam = await house.PhoneAsync(Words.English, cable.Address);
        await sam.GoAsync($"/j/{workshop.Made.Code}");
        await sam.JoinAsync("Sam");
        await Expect(sam.WriteBox).ToBeVisibleAsync();
        cable.Pull();
        await sam.WriteAsync("A roof over the market");
        await workshop.DoAsync("close-writing", new { });

        cable.PlugIn();
        await sam.ReadsAsync("room:returned.title");
        await sam.ReadsAsync("common:refusal.writing-closed");
        await sam.SeesAsync("A roof over the market");
        await Expect(sam.Cards("A roof over the market")).ToHaveCountAsync(0);
        await workshop.DoAsync("open-writing", new { });
        await sam.PressAsync("room:returned.use");
        await Expect(sam.WriteBox).ToHaveValueAsync("A roof over the market");
        await sam.PressAsync("room:write.send");
        await workshop.Facilitator.WaitForAsync(facilitator => facilitator.Board.Ideas.Count == 1);
    }

    [Fact]
    public async Task Who_wrote_a_hidden_idea_is_told_why()
    {
        await using var workshop = await house.PrepareAsync(Words.Hebrew);
        var dana = await workshop.JoinAsync("דנה");
        await workshop.WriteAsync(dana, "מה עם הכלבים של השכן?");
        await using var phone = await house.PhoneAsync(Words.Hebrew);
        await phone.TakeSeatsAsync(dana);
        await phone.GoAsync($"/room/{workshop.Made.Workshop}");
        await Expect(phone.Cards("מה עם הכלבים")).ToContainTextAsync(phone.Say["room:idea.mine"]);

        await workshop.DoAsync("hide-idea", new { idea = workshop.IdOf("מה עם הכלבים של השכן?"), reason = "בלי לרמוז על אנשים מסוימים, בבקשה" });
        // At once and in words, and where they wrote it, without looking for it.
        await phone.ReadsAsync("dialogue:idea.told", ("text", "מה עם הכלבים של השכן?"), ("reason", "בלי לרמוז על אנשים מסוימים, בבקשה"));
        await Expect(phone.Cards("מה עם הכלבים")).ToContainTextAsync(phone.Say["room:state.hidden"]);
        await Expect(phone.Cards("מה עם הכלבים")).ToContainTextAsync("בלי לרמוז על אנשים מסוימים, בבקשה");
    }
}
