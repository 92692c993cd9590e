using LiveCoCreate.Wire;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LiveCoCreate.Browser;

/// <summary>Moderation at volume: everything by keyboard alone, and said to who does not see it.</summary>
[Collection("house")]
public sealed class Moderating(House house)
{
    [Fact]
    public async Task Many_ideas_are_picked_with_the_keyboard_and_decided_at_once()
    {
        await using var workshop = await house.PrepareAsync(Words.English);
        await workshop.DoAsync("change-settings", new { moderation = "approve" });
        var joe = await workshop.JoinAsync("Joe");
        foreach (var n in Enumerable.Range(1, 6)) await workshop.WriteAsync(joe, $"Idea number {n}");
        await using var noa = await AtTheDeskAsync(workshop, Words.English);
        await Expect(noa.Queue).ToHaveCountAsync(6);

        await noa.Queue.First.FocusAsync();
        foreach (var key in new[] { "x", "j", "j", "x", "Shift+j" }) await noa.Page.Keyboard.PressAsync(key);
        await Expect(Said(noa, noa.Say["facilitate:chosen.count", ("n", 3)])).ToBeVisibleAsync();
        await noa.Page.Keyboard.PressAsync("a");
        await Expect(noa.Queue).ToHaveCountAsync(3);
        await joe.WaitForAsync(person => person.Board.Ideas.Count == 3);
        // A decision leads on to the next that waits.
        await Expect(noa.Queue.Filter(new() { HasText = "number 5" })).ToBeFocusedAsync();

        await noa.Page.Keyboard.PressAsync("u");
        await Expect(noa.Queue).ToHaveCountAsync(6);
        await joe.WaitForAsync(person => person.Board.Ideas.Count == 0);

        await noa.Queue.First.FocusAsync();
        await noa.Page.Keyboard.PressAsync("Control+a");
        await Expect(Said(noa, noa.Say["facilitate:chosen.count", ("n", 6)])).ToBeVisibleAsync();
        Assert.Empty(await EveryScreen.FaultsAsync(noa, EveryScreen.Sizes.Take(2).Reverse(), "moderation-picked-en", EveryScreen.Rules));
        await noa.Page.SetViewportSizeAsync(1366, 768);
        await noa.Queue.First.FocusAsync();
        await noa.Page.Keyboard.PressAsync("h");
        await noa.Page.Keyboard.PressAsync("1");
        await Expect(noa.Queue).ToHaveCountAsync(0);
        await joe.WaitForAsync(person => person.Mine.Ideas.Values.Count(idea => idea.State == "hidden") == 6);
        Assert.Empty(noa.Complaints);
    }

    [Fact]
    public async Task Of_a_long_queue_only_what_is_near_is_drawn_and_the_keyboard_goes_through_all_of_it()
    {
        await using var workshop = await house.PrepareAsync(Words.English);
        await workshop.DoAsync("change-settings", new { moderation = "approve" });
        var joe = await workshop.JoinAsync("Joe");
        await Task.WhenAll(Enumerable.Range(1, 200).Select(n => workshop.WriteAsync(joe, $"Idea number {n}")));
        await using var noa = await AtTheDeskAsync(workshop, Words.English);
        await Expect(noa.Queue.First).ToHaveAttributeAsync("aria-setsize", "200");
        Assert.InRange(await noa.Queue.CountAsync(), 6, 60);

        await noa.Queue.First.FocusAsync();
        for (var n = 0; n < 30; n++) await noa.Page.Keyboard.PressAsync("j");
        var focused = noa.Page.Locator("[data-waiting]:focus");
        await Expect(focused).ToHaveAttributeAsync("aria-posinset", "31");
        await Expect(focused).ToBeInViewportAsync();

        await noa.Page.Keyboard.PressAsync("Control+a");
        await Expect(Said(noa, noa.Say["facilitate:chosen.count", ("n", 200)])).ToBeVisibleAsync();
        await noa.Page.Keyboard.PressAsync("a");
        await joe.WaitForAsync(person => person.Board.Ideas.Count == 200);
        await noa.ReadsAsync("facilitate:board.count", ("n", 200));
        var cards = noa.Page.Locator("[data-card]");
        await Expect(cards.First).ToHaveAttributeAsync("aria-setsize", "200");
        Assert.InRange(await cards.CountAsync(), 6, 120);
        await noa.Page.Locator("[data-card] .text").First.FocusAsync();
        await noa.Page.Keyboard.PressAsync("End");
        await Expect(noa.Page.Locator("[data-card]:has(.text:focus)")).ToHaveAttributeAsync("aria-posinset", "200");
        await Expect(noa.Page.Locator("[data-card] .text:focus")).ToBeInViewportAsync();
        Assert.Empty(noa.Complaints);
    }

    [Fact]
    public async Task Wherever_a_long_queue_is_scrolled_to_there_is_an_idea_and_the_focus_waits_where_it_was()
    {
        await using var workshop = await house.PrepareAsync(Words.English);
        await workshop.DoAsync("change-settings", new { moderation = "approve" });
        var joe = await workshop.JoinAsync("Joe");
        await Task.WhenAll(Enumerable.Range(1, 400).Select(n => workshop.WriteAsync(joe, $"Idea number {n}")));
        await using var noa = await AtTheDeskAsync(workshop, Words.English);
        await Expect(noa.Queue.First).ToHaveAttributeAsync("aria-setsize", "400");
        await noa.Page.SetViewportSizeAsync(1366, 500);
        await noa.Queue.Nth(2).FocusAsync();

        foreach (var share in new[] { 0.3, 0.9, 0.6, 0.95, 0.1 })
        {
            await noa.Page.EvaluateAsync("(share) => { const panel = document.querySelector('#panel-queue'); panel.scrollTop = panel.scrollHeight * share }", share);
            // It stands where so much of the list is above it.
            await noa.Page.WaitForFunctionAsync("""
                (share) => {
                  const box = document.querySelector('#panel-queue').getBoundingClientRect()
                  const there = document.elementsFromPoint(box.x + box.width / 2, box.y + box.height / 2).concat(document.elementsFromPoint(box.x + box.width / 2, box.y + box.height / 2 + 12)).find((one) => one.matches('[data-waiting]'))
                  return !!there && Math.abs(there.ariaPosInSet / there.ariaSetSize - share) < 0.04
                }
                """, share);
        }

        await Expect(noa.Page.Locator("[data-waiting]:focus")).ToHaveAttributeAsync("aria-posinset", "3");
        await noa.Page.Keyboard.PressAsync("j");
        await Expect(noa.Page.Locator("[data-waiting]:focus")).ToHaveAttributeAsync("aria-posinset", "4");
        await Expect(noa.Page.Locator("[data-waiting]:focus")).ToBeInViewportAsync();
        Assert.Empty(noa.Complaints);
    }

    [Fact]
    public async Task Of_a_room_of_many_ideas_a_phone_draws_what_is_near_and_keeps_what_has_the_focus()
    {
        await using var workshop = await house.PrepareAsync(Words.English);
        var joe = await workshop.JoinAsync("Joe");
        await Task.WhenAll(Enumerable.Range(1, 300).Select(n => workshop.WriteAsync(joe, $"Idea number {n}")));
        await using var phone = await house.PhoneAsync(Words.English);
        await phone.GoAsync($"/j/{workshop.Made.Code}");
        await phone.JoinAsync();
        var cards = phone.Page.GetByRole(AriaRole.Article);
        await Expect(phone.Page.Locator("[data-idea]").First).ToHaveAttributeAsync("aria-setsize", "300");
        await cards.Nth(3).GetByRole(AriaRole.Button).Last.FocusAsync();

        foreach (var share in new[] { 0.5, 1.0 })
        {
            await phone.Page.EvaluateAsync("(share) => scrollTo(0, document.documentElement.scrollHeight * share)", share);
            await phone.Page.WaitForFunctionAsync("""
                (share) => [...document.querySelectorAll('[data-idea]')].some((one) => {
                  const box = one.getBoundingClientRect()
                  return box.bottom > 0 && box.top < innerHeight && Math.abs(one.ariaPosInSet / one.ariaSetSize - share) < 0.05
                })
                """, share);
            Assert.InRange(await cards.CountAsync(), 3, 60);
        }

        await Expect(phone.Page.Locator("[data-idea]:has(:focus)")).ToHaveAttributeAsync("aria-posinset", "4");
        await phone.Page.Keyboard.PressAsync("Tab");
        await Expect(phone.Page.Locator("[data-idea]:has(:focus)")).ToHaveAttributeAsync("aria-posinset", "5");
        Assert.Empty(phone.Complaints);
    }

    [Theory, InlineData("he"), InlineData("en")]
    public async Task Who_is_hidden_is_told_why_in_the_workshops_language_and_what_they_wrote_is_kept(string language)
    {
        var words = Words.Of(language);
        var (title, text, better) = language == "he" ? ("גינה", "ספסלים", "ספסלים בצל") : ("Garden", "Benches", "Benches in the shade");
        await using var workshop = await house.PrepareAsync(words, new(title, Language: language, Template: "blank", Anonymous: true, Facilitator: "Noa"));
        var joe = await workshop.JoinAsync();
        await workshop.WriteAsync(joe, text);
        // A facilitator may read another language than the room.
        await using var noa = await AtTheDeskAsync(workshop, words == Words.Hebrew ? Words.English : Words.Hebrew);

        await noa.CardOnBoard(text).FocusAsync();
        await noa.Page.Keyboard.PressAsync("e");
        await noa.Page.GetByRole(AriaRole.Textbox, new() { Name = noa.Say["facilitate:edit.text"] }).FillAsync(better);
        await noa.PressAsync("facilitate:edit.save");
        await noa.CardOnBoard(better).FocusAsync();
        await noa.Page.Keyboard.PressAsync("Enter");
        await noa.ReadsAsync("facilitate:edit.original");
        await noa.SeesAsync(text);
        await noa.Page.Keyboard.PressAsync("Escape");

        await noa.CardOnBoard(better).FocusAsync();
        await noa.Page.Keyboard.PressAsync("h");
        await noa.ReadsAsync("facilitate:hide.reason.person");
        Assert.Empty(await EveryScreen.FaultsAsync(noa, EveryScreen.Sizes.Take(2), $"moderation-hide-{language}"));
        await noa.Page.Keyboard.PressAsync("3");
        await joe.WaitForAsync(person => person.Mine.Ideas.Values.Any(idea => idea.Reason == words["facilitate:hide.told.person"]));
        Assert.Empty(noa.Complaints);
    }

    [Theory, InlineData("he"), InlineData("en")]
    public async Task Listed_words_wait_and_whoever_wrote_them_can_be_limited_or_removed(string language)
    {
        var words = Words.Of(language);
        var (listed, rude, fine) = language == "he" ? ("טיפש", "כשהטיפש הזה דיבר", "ספסלים בצל") : ("fool", "Only a FOOL would say so", "Benches in the shade");
        await using var workshop = await house.PrepareAsync(words, new("Garden", Language: language, Template: "blank", Anonymous: true, Facilitator: "Noa"));
        var (joe, dana) = (await workshop.JoinAsync(), await workshop.JoinAsync());
        await using var noa = await AtTheDeskAsync(workshop, words);

        await noa.Page.GetByText(noa.Say["facilitate:policy.title"]).ClickAsync();
        await noa.Page.GetByRole(AriaRole.Button, new() { Name = noa.Say["facilitate:words.open"] }).ClickAsync();
        await noa.Field("facilitate:words.label").FillAsync($"{listed}\nanother");
        Assert.Empty(await EveryScreen.FaultsAsync(noa, EveryScreen.Sizes.Take(2), $"moderation-words-{language}"));
        await noa.Page.SetViewportSizeAsync(1366, 768);
        await noa.PressAsync("common:action.save");
        await noa.ReadsAsync("facilitate:deed.words");

        await workshop.WriteAsync(joe, rude);
        await Expect(noa.Queue).ToHaveCountAsync(1);
        await Expect(noa.Queue.Locator("mark")).ToHaveCountAsync(1);
        Assert.Empty(dana.Board.Ideas);

        await noa.Queue.First.FocusAsync();
        await noa.Page.Keyboard.PressAsync("Enter");
        await noa.PressAsync("facilitate:limit.go");
        await noa.ReadsAsync("facilitate:queue.limited");
        await workshop.WriteAsync(joe, fine);
        await Expect(noa.Queue).ToHaveCountAsync(2);
        await workshop.WriteAsync(dana, fine);
        await Expect(noa.CardOnBoard(fine)).ToHaveCountAsync(1);
        Assert.Empty(await EveryScreen.FaultsAsync(noa, EveryScreen.Sizes.Take(2), $"moderation-queue-{language}"));
        await noa.Page.SetViewportSizeAsync(1366, 768);
        await noa.Queue.First.FocusAsync();
        await noa.Page.Keyboard.PressAsync("u");
        await noa.DoesNotReadAsync("facilitate:queue.limited");

        await noa.Queue.First.FocusAsync();
        await noa.Page.Keyboard.PressAsync("Enter");
        await noa.PressAsync("facilitate:remove.open");
        Assert.Empty(await EveryScreen.FaultsAsync(noa, EveryScreen.Sizes.Take(2), $"moderation-remove-{language}"));
        await noa.Page.SetViewportSizeAsync(1366, 768);
        await noa.Page.GetByRole(AriaRole.Checkbox, new() { Name = noa.Say["facilitate:remove.hide"] }).CheckAsync();
        await noa.PressAsync("facilitate:remove.go");
        await Expect(noa.Queue).ToHaveCountAsync(0);
        await joe.WaitForAsync(person => person.Ended?.Code == "seat-revoked");
        await Expect(noa.CardOnBoard(fine)).ToHaveCountAsync(1);
        Assert.Null(dana.Ended);
        Assert.Empty(noa.Complaints);
    }

    [Theory, InlineData("he"), InlineData("en")]
    public async Task What_was_said_more_than_once_is_merged_by_one_press_and_the_log_says_who_did_it(string language)
    {
        var words = Words.Of(language);
        var (shown, again, other) = language == "he" ? ("ספסלים בצל ליד בית הספר", "וספסלים בצל, ליד בית ספר!", "ברזייה לילדים") : ("Benches in the shade near the school", "benches in the SHADE near the school!!", "A fountain for children");
        await using var workshop = await house.PrepareAsync(words, new("Garden", Language: language, Template: "blank", Anonymous: true, Facilitator: "Noa"));
        var joe = await workshop.JoinAsync();
        await workshop.WriteAsync(joe, shown);
        await workshop.DoAsync("change-settings", new { moderation = "approve" });
        await workshop.WriteAsync(joe, again);
        await workshop.WriteAsync(joe, other);
        await using var noa = await AtTheDeskAsync(workshop, words);
        await Expect(noa.Queue).ToHaveCountAsync(2);
        await Expect(noa.Button("facilitate:alike.merge", ("n", 2))).ToBeVisibleAsync();
        Assert.Empty(await EveryScreen.FaultsAsync(noa, EveryScreen.Sizes.Take(2), $"moderation-alike-{language}"));
        await noa.Page.SetViewportSizeAsync(1366, 768);
        await noa.PressAsync("facilitate:alike.merge", ("n", 2));
        await Expect(noa.Queue).ToHaveCountAsync(1);
        await joe.WaitForAsync(person => person.Board.Ideas.Values.Count(idea => idea.Into is not null) == 1);

        await noa.Queue.First.FocusAsync();
        await noa.Page.Keyboard.PressAsync("d");
        var log = noa.Page.GetByRole(AriaRole.List, new() { Name = noa.Say["facilitate:log.title"] }).GetByRole(AriaRole.Listitem);
        await Expect(log).ToHaveCountAsync(3);
        await Expect(log.Filter(new() { HasText = noa.Say["facilitate:log.idea-merged", ("n", 1)] })).ToContainTextAsync("Noa");
        Assert.Empty(await EveryScreen.FaultsAsync(noa, EveryScreen.Sizes.Take(2), $"moderation-log-{language}"));
        await noa.Page.SetViewportSizeAsync(1366, 768);
        // What was one deed at this desk is taken back as one.
        await log.Filter(new() { HasText = noa.Say["facilitate:log.idea-approved", ("n", 1)] }).GetByRole(AriaRole.Button).ClickAsync();
        await joe.WaitForAsync(person => person.Board.Ideas.Values.All(idea => idea.Into is null));
        await Expect(log.Filter(new() { HasText = "Noa" })).ToHaveCountAsync(5);
        await noa.Page.Keyboard.PressAsync("Escape");
        await Expect(noa.Queue).ToHaveCountAsync(2);
        Assert.Empty(noa.Complaints);
    }

    /// <summary>What is announced.</summary>
    private static ILocator Said(Visitor visitor, string text) => visitor.Page.GetByRole(AriaRole.Status).Filter(new() { HasText = text }).First;

    private async Task<Visitor> AtTheDeskAsync(Prepared workshop, Words words)
    {
        var visitor = await house.LaptopAsync(words);
        await visitor.Context.AddInitScriptAsync($"localStorage.setItem('lcc-language', '{words.Language}')");
        await visitor.TakeSeatsAsync(workshop.Facilitator);
        await visitor.GoAsync($"/facilitate/{workshop.Made.Workshop}");
        await Expect(visitor.Page.GetByRole(AriaRole.Region, new() { Name = visitor.Say["facilitate:board.label"], Exact = true })).ToBeVisibleAsync();
        return visitor;
    }
}
