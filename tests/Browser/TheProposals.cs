using LiveCoCreate.Wire;
using LiveCoCreate.Wire.Theming;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LiveCoCreate.Browser;

/// <summary>Themes are proposed, named, accepted and kept; the ideas lie on a map (PROTOCOL TH1 to TH6).</summary>
[Collection("house")]
public sealed class TheProposals(House house)
{
    [Fact]
    public async Task Two_hundred_ideas_become_themes_that_the_next_run_keeps()
    {
        await using var workshop = await PrepareAsync(Words.Hebrew, TopicIdeas.InHebrew(200));
        await using var noa = await DeskAsync(workshop, Words.Hebrew);
        await using var projector = await house.ProjectorAsync(Words.Hebrew);
        await projector.Page.GotoAsync(workshop.Made.Links.Screen);
        await noa.Radio("facilitate:board.themes").CheckAsync();
        await noa.PressAsync("themes:propose");
        await RanAsync(noa, workshop, 1);
        await Expect(Ghosts(noa).First).ToBeVisibleAsync();
        var first = workshop.Facilitator.Themes!;
        var ghosts = await Ghosts(noa).EvaluateAllAsync<string[]>("all => all.map((one) => one.dataset.ghost)");
        Assert.InRange(ghosts.Length, 5, 9);
        await WholeAsync(noa, "proposals");

        // One is named and accepted by keyboard alone, and the keyboard goes on to the next; that is accepted as it is.
        await Name(noa, ghosts[0]).FocusAsync();
        await noa.Page.Keyboard.PressAsync("Control+a");
        await noa.Page.Keyboard.TypeAsync("השם שלנו");
        await noa.Page.Keyboard.PressAsync("Enter");
        await Expect(Ghost(noa, ghosts[0])).ToHaveCountAsync(0);
        await Expect(Name(noa, ghosts[1])).ToBeFocusedAsync();
        var second = await Name(noa, ghosts[1]).InputValueAsync();
        await Accept(noa, ghosts[1], second).ClickAsync();
        await Expect(Ghost(noa, ghosts[1])).ToHaveCountAsync(0);
        // The desk shows it before it is so.
        await workshop.Facilitator.WaitForAsync(one => ghosts[..2].All(one.Board.Themes.ContainsKey));
        Assert.Equal(["השם שלנו", second], new[] { ghosts[0], ghosts[1] }.Select(theme => workshop.Facilitator.Board.Themes[theme].Title!));

        // An idea is put where somebody wants it, an accepted theme gets another name, and then all is looked at anew.
        var pinned = first.In(ghosts[1])[0];
        await workshop.DoAsync("theme-idea", new { idea = pinned, theme = ghosts[0] });
        await workshop.DoAsync("rename-theme", new { theme = ghosts[1], title = "שם אחר" });
        await noa.PressAsync("themes:propose.again");
        await RanAsync(noa, workshop, 2);
        var board = workshop.Facilitator.Board;
        Assert.Equal(["השם שלנו", "שם אחר"], new[] { ghosts[0], ghosts[1] }.Select(theme => board.Themes[theme].Title!));
        Assert.Equal(ghosts[0], board.Ideas[pinned].Theme);
        Assert.All(first.In(ghosts[1]).Where(idea => idea != pinned), idea => Assert.Equal(ghosts[1], board.Ideas[idea].Theme));
        // What is still only proposed is proposed again, under the same id.
        foreach (var still in ghosts[2..4]) await Expect(Ghost(noa, still)).ToBeVisibleAsync();

        await noa.Page.GetByText(noa.Say["themes:board.title", ("n", 2)]).ClickAsync();
        Assert.Empty(await EveryScreen.FaultsAsync(noa, [EveryScreen.Sizes[1]], "proposals-again-he"));

        // The rest at once; one undo takes all of it back, and does it again.
        await workshop.DoAsync("show-on-screen", new { view = "map" });
        await Expect(projector.Page.Locator(".map-stage li")).ToHaveCountAsync(2);
        await DrawsAnewAsync(projector, () => noa.Page.GetByRole(AriaRole.Button, new() { NameRegex = new(@"^קבלת כל") }).ClickAsync());
        await Expect(Ghosts(noa)).ToHaveCountAsync(0);
        await Expect(projector.Page.Locator(".map-stage li")).ToHaveCountAsync(ghosts.Length);
        await LooksTheSameAfterAReloadAsync(projector);
        await WholeAsync(projector, "themes-screen", EveryScreen.Sizes[2]);
        await noa.Page.Locator("#themes-found").FocusAsync();
        await noa.Page.Keyboard.PressAsync("Control+z");
        await Expect(Ghost(noa, ghosts[2])).ToBeVisibleAsync();
        foreach (var visitor in new[] { noa, projector }) Assert.Empty(visitor.Complaints);
    }

    [Fact]
    public async Task Proposals_are_put_aside_kept_apart_and_read_in_english()
    {
        await using var workshop = await PrepareAsync(Words.English, [.. TopicIdeas.InEnglish(90), (9, "Plant trees in the park"), (9, "plant trees, in the park")]);
        await using var noa = await DeskAsync(workshop, Words.English);
        await noa.Radio("themes:map").CheckAsync();
        await noa.ReadsAsync("themes:intro");
        Assert.Empty(await EveryScreen.FaultsAsync(noa, [EveryScreen.Sizes[1]], "proposals-intro-en"));
        await noa.PressAsync("themes:propose");
        await RanAsync(noa, workshop, 1);
        await Expect(Ghosts(noa).First).ToBeVisibleAsync();
        await WholeAsync(noa, "proposals");
        await DrawsAnewAsync(noa, () => noa.PressAsync("themes:map.in"));
        await noa.Page.GetByRole(AriaRole.Img).FocusAsync();
        await DrawsAnewAsync(noa, () => noa.Page.Keyboard.PressAsync("ArrowLeft"));
        await DrawsAnewAsync(noa, () => noa.PressAsync("themes:map.whole"));
        await LooksTheSameAfterAReloadAsync(noa, () => noa.Radio("themes:map").CheckAsync());

        var theme = (await Ghosts(noa).First.GetAttributeAsync("data-ghost"))!;
        var title = await Name(noa, theme).InputValueAsync();
        await Ghost(noa, theme).Locator("[aria-expanded]").ClickAsync();
        await Ghost(noa, theme).GetByRole(AriaRole.Button, new() { Name = noa.Say["themes:not-here"] }).First.ClickAsync();
        await noa.ReadsAsync("themes:apart.title", ("n", 1));
        await RanAsync(noa, workshop, 2);
        Assert.Single(workshop.Facilitator.Themes!.Apart!);
        await noa.PressAsync("themes:aside.of", ("theme", await Name(noa, theme).InputValueAsync()));
        await noa.ReadsAsync("themes:aside.title", ("n", 1));
        await Expect(Ghost(noa, theme)).ToHaveCountAsync(0);
        await noa.Page.GetByText(noa.Say["themes:aside.title", ("n", 1)]).ClickAsync();
        await noa.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Bring .* back$") }).ClickAsync();
        await Expect(Ghost(noa, theme)).ToBeVisibleAsync();

        // What says the same is merged by one press.
        await noa.Page.GetByText(new System.Text.RegularExpressions.Regex("nearly the same$")).ClickAsync();
        await noa.Page.GetByRole(AriaRole.Button, new() { Name = noa.Say["grouping:same.merge"] }).First.ClickAsync();
        await workshop.Facilitator.WaitForAsync(one => one.Board.Ideas.Values.Any(idea => idea.Into is not null));
        Assert.Empty(noa.Complaints);
        Assert.NotEmpty(title);
    }

    [Fact]
    public async Task Proposals_accepted_one_after_the_other_while_the_line_is_down_are_all_the_boards_once_it_is_back()
    {
        await using var cable = new Cable(house.Address);
        await using var workshop = await PrepareAsync(Words.English, TopicIdeas.InEnglish(90));
        await using var noa = await DeskAsync(workshop, Words.English, cable.Address);
        await noa.Radio("facilitate:board.themes").CheckAsync();
        await noa.PressAsync("themes:propose");
        await RanAsync(noa, workshop, 1);
        await Expect(Ghosts(noa).First).ToBeVisibleAsync();
        var ghosts = await Ghosts(noa).EvaluateAllAsync<string[]>("all => all.map((one) => one.dataset.ghost)");

        cable.Pull();
        foreach (var ghost in ghosts[..3])
        {
            await Accept(noa, ghost, await Name(noa, ghost).InputValueAsync()).ClickAsync();
            await Expect(Ghost(noa, ghost)).ToHaveCountAsync(0);
        }

        Assert.Empty(workshop.Facilitator.Board.Themes);
        cable.PlugIn();
        await workshop.Facilitator.WaitForAsync(one => ghosts[..3].All(one.Board.Themes.ContainsKey));
        await Expect(Ghosts(noa)).ToHaveCountAsync(ghosts.Length - 3);
        // The keyboard stands at the next one then.
        await Expect(Ghost(noa, ghosts[3]).Locator(":focus")).ToHaveCountAsync(1);
    }

    private async Task<Prepared> PrepareAsync(Words words, IReadOnlyList<(int Topic, string Text)> ideas)
    {
        var workshop = await house.PrepareAsync(words);
        var answers = await Task.WhenAll(ideas.Select(idea => workshop.Facilitator.SubmitAsync(Commands.AddIdea(workshop.Board, Ids.New(), workshop.Lanes[0], idea.Text, words.Language))));
        await workshop.Facilitator.ReachAsync(answers.Max(answer => answer.Expect("add-idea")));
        return workshop;
    }

    private async Task<Visitor> DeskAsync(Prepared workshop, Words words, Uri? address = null)
    {
        var noa = await house.LaptopAsync(words, address);
        await noa.TakeSeatsAsync(workshop.Facilitator);
        await noa.GoAsync($"/facilitate/{workshop.Made.Workshop}");
        return noa;
    }

    /// <summary>Both the desk that is looked at and the one that the test reads show this run.</summary>
    private static async Task RanAsync(Visitor noa, Prepared workshop, int run)
    {
        await workshop.Facilitator.WaitForAsync(one => one.Themes is { State: "done" } themes && themes.Run == run);
        await Expect(noa.Page.Locator($"[data-ran='{run}']")).ToHaveCountAsync(1);
    }

    private static ILocator Ghosts(Visitor visitor) => visitor.Page.Locator("[data-ghost]:has(input)");

    private static ILocator Ghost(Visitor visitor, string theme) => visitor.Page.Locator($"[data-ghost='{theme}']:has(input)");

    private static ILocator Accept(Visitor visitor, string theme, string title) =>
        Ghost(visitor, theme).GetByRole(AriaRole.Button, new() { Name = visitor.Say["themes:accept.of", ("theme", title)] });

    private static ILocator Name(Visitor visitor, string theme) => Ghost(visitor, theme).Locator("input");

    private static Task Drawn(Visitor visitor) => Expect(visitor.Page.Locator(".map")).Not.ToHaveAttributeAsync("data-drawn", "0");

    private static async Task DrawsAnewAsync(Visitor visitor, Func<Task> by)
    {
        await Drawn(visitor);
        var before = (await visitor.Page.Locator(".map").GetAttributeAsync("data-drawn"))!;
        await by();
        await Expect(visitor.Page.Locator(".map")).Not.ToHaveAttributeAsync("data-drawn", before);
    }

    /// <summary>Where ideas lie on a map follows from what is known of them, and not from how it came to be known.</summary>
    private static async Task LooksTheSameAfterAReloadAsync(Visitor visitor, Func<Task>? goBack = null)
    {
        const string still = "() => { const [now, last] = [document.querySelector('.map canvas').toDataURL(), window.looked]; window.looked = now; return now === last && now }";
        var twice = new PageWaitForFunctionOptions { PollingInterval = 300 };
        var before = await (await visitor.Page.WaitForFunctionAsync(still, null, twice)).JsonValueAsync<string>();
        await visitor.Page.ReloadAsync();
        if (goBack is not null) await goBack();
        await Drawn(visitor);
        await visitor.Page.WaitForFunctionAsync("before => document.querySelector('.map canvas').toDataURL() === before", before, twice);
    }

    private static async Task WholeAsync(Visitor visitor, string name, params (int, int)[] sizes)
    {
        await Drawn(visitor);
        Assert.Empty(await EveryScreen.FaultsAsync(visitor, sizes.Length > 0 ? sizes : [EveryScreen.Sizes[1]], $"{name}-{visitor.Say.Language}"));
        if (sizes.Length > 0) return;
        // On a phone the desk is one panel at a time.
        await visitor.Page.SetViewportSizeAsync(390, 844);
        await visitor.Page.GetByRole(AriaRole.Tab, new() { Name = visitor.Say["facilitate:panel.board"] }).ClickAsync();
        await Expect(Ghosts(visitor).First).ToBeVisibleAsync();
        Assert.Empty(await EveryScreen.FaultsAsync(visitor, [EveryScreen.Sizes[0]], $"{name}-{visitor.Say.Language}"));
        await visitor.Page.SetViewportSizeAsync(1366, 768);
    }
}
