using LiveCoCreate.Wire;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LiveCoCreate.Browser;

/// <summary>What a participant can rely on.</summary>
[Collection("house")]
public sealed class InTheRoom(House house)
{
    [Fact]
    public async Task A_reload_keeps_the_draft_and_what_waits_to_be_sent()
    {
        await using var cable = new Cable(house.Address);
        await using var workshop = await house.PrepareAsync(Words.English);
        await using var sam = await house.PhoneAsync(Words.English, cable.Address);
        await sam.GoAsync($"/j/{workshop.Made.Code}");
        await sam.JoinAsync("Sam");
        await Expect(sam.WriteBox).ToBeVisibleAsync();

        cable.Pull();
        await sam.WriteAsync("Solar lamps");
        await sam.WriteAsync("A tool shed");
        await sam.WriteBox.FillAsync("Half a sent");
        await sam.ReadsAsync("common:connection.to-send", ("n", 2));
        cable.PlugInForPages();
        await sam.Page.ReloadAsync();
        await sam.ReadsAsync("common:connection.to-send", ("n", 2));
        await Expect(sam.WriteBox).ToHaveValueAsync("Half a sent");
        foreach (var text in new[] { "Solar lamps", "A tool shed" }) await Expect(sam.Cards(text)).ToHaveCountAsync(1);
        Assert.Empty(workshop.Facilitator.Board.Ideas);

        cable.PlugIn();
        await workshop.Facilitator.WaitForAsync(facilitator => facilitator.Board.Ideas.Count == 2);
        await sam.DoesNotReadAsync("common:connection.to-send", ("n", 2));
        await sam.DoesNotReadAsync("common:connection.to-send", ("n", 1));
        Assert.Equal(["Solar lamps", "A tool shed"], workshop.Facilitator.Board.Ideas.Values.OrderBy(idea => idea.Rank, StringComparer.Ordinal).Select(idea => idea.Text));
        foreach (var text in new[] { "Solar lamps", "A tool shed" }) await Expect(sam.Cards(text)).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task The_personal_link_opens_the_same_person_on_another_device()
    {
        await using var workshop = await house.PrepareAsync(Words.Hebrew);
        await using var phone = await house.PhoneAsync(Words.Hebrew);
        await phone.GoAsync($"/j/{workshop.Made.Code}");
        await phone.JoinAsync("דנה");
        await phone.WriteAsync("ספסלים בצל");
        await phone.PressAsync("common:action.menu");
        await phone.PressAsync("room:link.title");
        var link = await phone.Page.GetByRole(AriaRole.Dialog).GetByText("/mine/").InnerTextAsync();

        await using var tablet = await house.LaptopAsync(Words.Hebrew);
        await tablet.Page.GotoAsync(link);
        await Expect(tablet.Heading(tablet.Say["own:mine.title"])).ToBeVisibleAsync();
        await Expect(tablet.Cards("ספסלים בצל")).ToContainTextAsync(tablet.Say["room:state.shown"]);
        Assert.DoesNotContain('#', tablet.Page.Url);

        await tablet.Page.GetByRole(AriaRole.Link, new() { Name = tablet.Say["own:mine.room"] }).ClickAsync();
        await Expect(tablet.Cards("ספסלים בצל")).ToContainTextAsync(tablet.Say["room:idea.mine"]);
        await tablet.WriteAsync("ברז מים קרים");
        await Expect(phone.Cards("ברז מים קרים")).ToContainTextAsync(phone.Say["room:idea.mine"]);

        await workshop.JoinAsync("סם");
        await workshop.Facilitator.WaitForAsync(each => each.Presence?.Names?.Any(name => name.Alias == "סם") is true);
        Assert.Equal(2, workshop.Facilitator.Presence!.People);
    }

    [Fact]
    public async Task Joining_writing_and_voting_need_no_mouse()
    {
        await using var workshop = await house.PrepareAsync(Words.English);
        await using var guest = await house.LaptopAsync(Words.English);
        var keys = guest.Page.Keyboard;
        await guest.GoAsync("/");
        await TabToAsync(guest.Field("home:join.label"));
        await keys.TypeAsync(workshop.Made.Code);
        await keys.PressAsync("Enter");
        await Expect(guest.Heading(workshop.Facilitator.Workshop!.Title)).ToBeFocusedAsync();
        await TabToAsync(guest.Page.GetByRole(AriaRole.Checkbox, new() { Name = guest.Say["join:charter.agree"] }));
        await keys.PressAsync("Space");
        await TabToAsync(guest.Button("join:enter"));
        await keys.PressAsync("Enter");

        await Expect(guest.WriteBox).ToBeVisibleAsync();
        await TabToAsync(guest.WriteBox);
        await keys.TypeAsync("Benches in the shade");
        await keys.PressAsync("Enter");
        await Expect(guest.Cards("Benches in the shade")).ToHaveCountAsync(1);
        await workshop.Facilitator.WaitForAsync(facilitator => facilitator.Board.Ideas.Count == 1);

        await workshop.OpenBallotAsync();
        await guest.ReadsAsync("room:now.vote");
        await TabToAsync(guest.Button("room:vote.give", ("text", "Benches in the shade")));
        await keys.PressAsync("Space");
        await guest.ReadsAsync("room:vote.left", ("n", 2), ("budget", 3));
        await TabToAsync(guest.Button("room:vote.take", ("text", "Benches in the shade")), backwards: true);
        await keys.PressAsync("Enter");
        await guest.ReadsAsync("room:vote.left", ("n", 3), ("budget", 3));

        async Task TabToAsync(ILocator where, bool backwards = false)
        {
            for (var tabs = 0; tabs < 40; tabs++)
            {
                await keys.PressAsync(backwards ? "Shift+Tab" : "Tab");
                if (!await where.EvaluateAsync<bool>("one => one === document.activeElement")) continue;
                Assert.True(await where.EvaluateAsync<bool>(ShowsFocus), $"{where} has the focus and does not show it.");
                return;
            }

            Assert.Fail($"{where} is not reached with the Tab key.");
        }
    }

    [Fact]
    public async Task Texts_in_both_directions_keep_their_order()
    {
        const string Latin = "Wi-Fi near the benches (until 22:00)!";
        const string Mixed = "לסגור ב־Main St. 4 (עד 22:00)!";
        await using var workshop = await house.PrepareAsync(Words.Hebrew);
        var sam = await workshop.JoinAsync("Sam (2)");
        await workshop.WriteAsync(sam, Latin);
        await workshop.WriteAsync(sam, Mixed);
        await workshop.OpenBallotAsync();
        await using var dana = await house.PhoneAsync(Words.Hebrew);
        await dana.GoAsync($"/j/{workshop.Made.Code}");
        await dana.JoinAsync();

        Assert.Equal("ltr", await DirectionAsync(Latin));
        Assert.Equal("rtl", await DirectionAsync(Mixed));
        // A name beside other words, and an idea within a sentence, cannot pull those over to their side.
        Assert.Equal("isolate", await dana.Cards(Latin).GetByText("Sam (2)").EvaluateAsync<string>("one => getComputedStyle(one).unicodeBidi"));
        await Expect(dana.Page.GetByRole(AriaRole.Button, new() { Name = $"\u2068{Latin}\u2069" }).First).ToBeVisibleAsync();

        Task<string> DirectionAsync(string text) => dana.Cards(text).GetByText(text, new() { Exact = true }).EvaluateAsync<string>("one => getComputedStyle(one).direction");
    }

    [Theory, InlineData(ReducedMotion.Reduce), InlineData(ReducedMotion.NoPreference)]
    public async Task Who_asks_for_less_motion_gets_none(ReducedMotion asked)
    {
        await using var workshop = await house.PrepareAsync(Words.English);
        var sam = await workshop.JoinAsync("Sam");
        await workshop.WriteAsync(sam, "The first idea");
        await using var phone = await house.VisitAsync(Words.English, 390, 844, options => options.ReducedMotion = asked);
        await phone.TakeSeatsAsync(sam);
        await phone.Context.AddInitScriptAsync(CountMotion);
        await phone.GoAsync($"/room/{workshop.Made.Workshop}");
        await using var hall = await house.VisitAsync(Words.English, 1920, 1080, options => options.ReducedMotion = asked);
        await hall.Context.AddInitScriptAsync(CountMotion);
        await hall.Page.GotoAsync(workshop.Made.Links.Screen);
        await hall.SeesAsync("The first idea");
        await Expect(phone.Cards("The first idea")).ToHaveCountAsync(1);

        await workshop.WriteAsync(sam, "An idea that just came");
        await hall.SeesAsync("An idea that just came");
        await Expect(phone.Cards("An idea that just came")).ToHaveCountAsync(1);
        foreach (var visitor in new[] { phone, hall })
        {
            if (asked is ReducedMotion.NoPreference) await visitor.Page.WaitForFunctionAsync("() => moved.length > 0");
            else Assert.Empty(await visitor.Page.EvaluateAsync<string[]>("moved"));
        }
    }

    /// <summary>Notes whatever moves for longer than a blink.</summary>
    private const string CountMotion = """
        window.moved = []
        const look = () => {
          for (const one of document.getAnimations?.() ?? []) {
            const { duration, iterations } = one.effect.getComputedTiming()
            if (duration * iterations > 20) moved.push(`${one.effect.target?.className} ${one.animationName ?? one.transitionProperty ?? 'animate'} ${duration} ms`)
          }
          requestAnimationFrame(look)
        }
        look()
        """;

    /// <summary>An outline, or what stands for one on the face of a hidden control.</summary>
    private const string ShowsFocus = """
        (one) => [one, one.nextElementSibling, one.parentElement].some((face) => {
          if (!face) return false
          const style = getComputedStyle(face)
          return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none'
        })
        """;
}
