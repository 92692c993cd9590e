using Deque.AxeCore.Commons;
using LiveCoCreate.Wire;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LiveCoCreate.Browser;

/// <summary>What holds on every screen, in both languages, and in the dark. With SHOTS=FOLDER in the environment it also keeps a picture of each.</summary>
[Collection("house of screens")]
public sealed class EveryScreen(House house)
{
    internal static readonly (int Width, int Height) Phone = (390, 844);
    internal static readonly (int Width, int Height) Laptop = (1366, 768);
    internal static readonly (int Width, int Height) Projector = (1920, 1080);
    internal static readonly (int Width, int Height)[] Sizes = [Phone, Laptop, Projector];
    internal static readonly string? Shots = Environment.GetEnvironmentVariable("SHOTS");

    internal static readonly AxeRunOptions Rules = new()
    {
        RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] },
        ResultTypes = [ResultType.Violations],
    };

    /// <summary>The dark changes colours, and nothing else.</summary>
    private static readonly AxeRunOptions Contrast = new() { RunOnly = new RunOnlyOptions { Type = "rule", Values = ["color-contrast"] }, ResultTypes = [ResultType.Violations] };

    /// <summary>Each screen: where it is mostly looked at, and the way there.</summary>
    private static readonly Dictionary<string, (int Width, Func<Visitor, Scenery, Task> Open)> Screens = new()
    {
        ["home"] = (390, async (visitor, _) =>
        {
            await visitor.GoAsync("/");
            await Expect(visitor.Field("home:join.label")).ToBeVisibleAsync();
        }),
        ["code-unknown"] = (390, async (visitor, _) =>
        {
            await visitor.GoAsync("/j/ZZZZZZ");
            await Expect(visitor.Heading(visitor.Say["join:unknown.title"])).ToBeVisibleAsync();
        }),
        ["new"] = (1366, async (visitor, _) =>
        {
            await visitor.GoAsync("/new");
            await visitor.Page.GetByText(visitor.Say["setup:more.title"]).ClickAsync();
            await Expect(visitor.Field("setup:roles.label")).ToBeVisibleAsync();
        }),
        ["made"] = (1366, async (visitor, scenery) =>
        {
            await visitor.GoAsync("/new");
            await visitor.Field("setup:name.label").FillAsync(scenery.Title);
            await visitor.Field("setup:purpose.label").FillAsync(scenery.Title);
            await visitor.PressAsync("setup:make");
            await Expect(visitor.Heading(visitor.Say["setup:made.title", ("title", scenery.Title)])).ToBeVisibleAsync();
        }),
        ["join"] = (390, async (visitor, scenery) =>
        {
            await visitor.GoAsync($"/j/{scenery.Lobby.Made.Code}");
            await Expect(visitor.Heading(scenery.Title)).ToBeVisibleAsync();
        }),
        ["room-writing"] = (390, async (visitor, scenery) =>
        {
            await visitor.TakeSeatsAsync(scenery.Writer);
            await visitor.GoAsync($"/room/{scenery.Writing.Made.Workshop}");
            await Expect(visitor.Cards(scenery.FirstIdea)).ToHaveCountAsync(1);
        }),
        ["room-voting"] = (390, async (visitor, scenery) =>
        {
            await visitor.TakeSeatsAsync(scenery.Voter);
            await visitor.GoAsync($"/room/{scenery.Voting.Made.Workshop}");
            await visitor.ReadsAsync("room:vote.left", ("n", 2), ("budget", 5));
        }),
        ["room-results"] = (390, async (visitor, scenery) =>
        {
            await visitor.TakeSeatsAsync(scenery.Contributor);
            await visitor.GoAsync($"/room/{scenery.Results.Made.Workshop}");
            await Expect(visitor.Heading(visitor.Say["room:results.title"])).ToBeVisibleAsync();
        }),
        ["facilitate-queue"] = (1366, async (visitor, scenery) =>
        {
            await visitor.TakeSeatsAsync(scenery.Writing.Facilitator);
            await visitor.GoAsync($"/facilitate/{scenery.Writing.Made.Workshop}");
            await Expect(visitor.Queue.Filter(new() { HasText = scenery.LatestWaiting })).ToBeVisibleAsync();
            await Expect(visitor.CardOnBoard(scenery.FirstIdea)).ToBeVisibleAsync();
        }),
        ["facilitate-agenda"] = (1366, async (visitor, scenery) =>
        {
            await visitor.TakeSeatsAsync(scenery.Lobby.Facilitator);
            await visitor.GoAsync($"/facilitate/{scenery.Lobby.Made.Workshop}");
            var step = scenery.Lobby.Facilitator.Workshop!.Steps![1];
            await visitor.PressAsync("facilitate:agenda.menu", ("n", 2), ("title", step.Title));
            await Expect(visitor.Button("facilitate:agenda.repeat")).ToBeVisibleAsync();
        }),
        ["facilitate-themes"] = (1366, async (visitor, scenery) =>
        {
            await visitor.TakeSeatsAsync(scenery.Voting.Facilitator);
            await visitor.GoAsync($"/facilitate/{scenery.Voting.Made.Workshop}");
            await visitor.Radio("facilitate:board.themes").CheckAsync();
            await visitor.CardOnBoard(scenery.FirstIdea).ClickAsync();
            await visitor.ReadsAsync("facilitate:chosen.count", ("n", 1));
        }),
        ["facilitate-map"] = (1366, async (visitor, scenery) =>
        {
            await visitor.TakeSeatsAsync(scenery.Mapped.Facilitator);
            await visitor.GoAsync($"/facilitate/{scenery.Mapped.Made.Workshop}");
            await visitor.Radio("themes:map").CheckAsync();
            // The second visit finds what the first asked for.
            var propose = visitor.Page.GetByRole(AriaRole.Button, new() { NameRegex = new($"^({visitor.Say["themes:propose"]}|{visitor.Say["themes:propose.again"]})$") });
            await propose.ClickAsync();
            await Expect(visitor.Page.Locator(".map")).Not.ToHaveAttributeAsync("data-drawn", "0");
            await Expect(visitor.Button("themes:propose.again")).ToBeVisibleAsync();
            // Also for who asks for less motion each theme has a colour of its own.
            await visitor.Page.WaitForFunctionAsync(HasColours, 4);
        }),
        ["facilitate-votes"] = (1366, async (visitor, scenery) =>
        {
            await visitor.TakeSeatsAsync(scenery.Results.Facilitator);
            await visitor.GoAsync($"/facilitate/{scenery.Results.Made.Workshop}");
            await visitor.Page.GetByRole(AriaRole.Tab, new() { Name = visitor.Say["facilitate:panel.votes"] }).ClickAsync();
            await visitor.ReadsAsync("facilitate:votes.voted", ("n", 8));
        }),
        ["facilitate-ballot"] = (1366, async (visitor, scenery) =>
        {
            await visitor.TakeSeatsAsync(scenery.Results.Facilitator);
            await visitor.GoAsync($"/facilitate/{scenery.Results.Made.Workshop}");
            await visitor.PressAsync("facilitate:now.ballot.again");
            await Expect(visitor.Button("facilitate:ballot.go")).ToBeVisibleAsync();
        }),
        ["screen-lobby"] = (1920, async (visitor, scenery) =>
        {
            await visitor.Page.GotoAsync(scenery.Lobby.Made.Links.Screen);
            await visitor.ReadsAsync("screen:lobby.people", ("n", 8));
        }),
        ["screen-board"] = (1920, async (visitor, scenery) =>
        {
            await visitor.Page.GotoAsync(scenery.Voting.Made.Links.Screen);
            await visitor.ReadsAsync("screen:voting.open");
            await visitor.SeesAsync(scenery.FirstTheme);
        }),
        ["screen-results"] = (1920, async (visitor, scenery) =>
        {
            await visitor.Page.GotoAsync(scenery.Results.Made.Links.Screen);
            await visitor.ReadsAsync("screen:results.title");
            await visitor.SeesAsync(scenery.FirstIdea);
        }),
        ["screen-map"] = (1920, async (visitor, scenery) =>
        {
            // Shown already it is not shown anew.
            (await scenery.Mapped.Facilitator.SubmitAsync(Command.OnBoard(scenery.Mapped.Board, "show-on-screen", new { view = "map" }))).Expect("show-on-screen");
            await visitor.Page.GotoAsync(scenery.Mapped.Made.Links.Screen);
            await Expect(visitor.Page.Locator(".map-stage li")).ToHaveCountAsync(4);
            await visitor.Page.WaitForFunctionAsync(HasColours, 4);
        }),
        ["replay"] = (1366, async (visitor, scenery) =>
        {
            await visitor.TakeSeatsAsync(scenery.Results.Facilitator);
            await visitor.GoAsync($"/replay/{scenery.Results.Made.Workshop}");
            await Expect(visitor.Heading(visitor.Say["votes:method.dots"])).ToBeVisibleAsync();
        }),
        ["mine"] = (390, async (visitor, scenery) =>
        {
            await visitor.TakeSeatsAsync(scenery.Writer);
            await visitor.GoAsync($"/mine/{scenery.Writing.Made.Workshop}");
            await Expect(visitor.Cards(scenery.FirstIdea)).ToHaveCountAsync(1);
            await visitor.DoesNotReadAsync("own:mine.reading");
        }),
    };

    /// <summary>On a phone the desk is one panel at a time: the one that a screen is about, and what is opened there.</summary>
    private static readonly Dictionary<string, (string Panel, Func<Visitor, Scenery, Task> Open)> OnPhone = new()
    {
        ["facilitate-agenda"] = ("agenda", async (visitor, scenery) =>
        {
            var repeat = visitor.Button("facilitate:agenda.repeat");
            if (!await repeat.IsVisibleAsync()) await visitor.PressAsync("facilitate:agenda.menu", ("n", 2), ("title", scenery.Lobby.Facilitator.Workshop!.Steps![1].Title));
            await Expect(repeat).ToBeVisibleAsync();
        }),
        ["facilitate-themes"] = ("board", (visitor, scenery) => Expect(visitor.CardOnBoard(scenery.FirstIdea)).ToBeVisibleAsync()),
        ["facilitate-map"] = ("board", (visitor, _) => Expect(visitor.Page.Locator(".map canvas")).ToBeVisibleAsync()),
    };

    public static TheoryData<string, string> ScreensInLanguages()
    {
        var data = new TheoryData<string, string>();
        foreach (var screen in Screens.Keys) foreach (var language in new[] { "he", "en" }) data.Add(screen, language);
        return data;
    }

    [Theory, MemberData(nameof(ScreensInLanguages))]
    public async Task Is_open_to_everyone_fits_and_has_nothing_to_complain_of(string screen, string language)
    {
        var words = Words.Of(language);
        var scenery = await house.SceneryAsync(words);
        var (usual, open) = Screens[screen];
        var found = new List<string>();
        // Another language changes words, and no colours.
        foreach (var shade in words == Words.Hebrew || Shots is { Length: > 0 } ? new[] { ColorScheme.Light, ColorScheme.Dark } : [ColorScheme.Light])
        {
            await using var visitor = await house.VisitAsync(words, usual, Sizes.First(size => size.Width == usual).Height,
                options => (options.ReducedMotion, options.ColorScheme) = (ReducedMotion.Reduce, shade));
            await open(visitor, scenery);
            await Expect(visitor.Page.Locator("html")).ToHaveAttributeAsync("dir", words.Direction);
            await Expect(visitor.Page.Locator("html")).ToHaveAttributeAsync("lang", language);
            // What fits in the light fits in the dark.
            var sizes = shade is ColorScheme.Light || Shots is { Length: > 0 } ? Sizes : [];
            var (name, rules) = ($"{screen}-{language}-{shade.ToString().ToLowerInvariant()}", shade is ColorScheme.Light ? Rules : Contrast);
            found.AddRange(await FaultsAsync(visitor, OnPhone.ContainsKey(screen) ? sizes.Except([Phone]) : sizes, name, rules));
            if (OnPhone.TryGetValue(screen, out var onPhone))
            {
                await visitor.Page.SetViewportSizeAsync(Phone.Width, Phone.Height);
                await visitor.Page.Keyboard.PressAsync("Escape");
                await visitor.Page.GetByRole(AriaRole.Tab, new() { Name = visitor.Say[$"facilitate:panel.{onPhone.Panel}"] }).ClickAsync();
                await onPhone.Open(visitor, scenery);
                found.AddRange(await FaultsAsync(visitor, sizes.Intersect([Phone]), name, rules));
            }

            if (await visitor.Page.EvaluateAsync<string>("getComputedStyle(document.querySelector('h1') ?? document.body).transitionDuration") is not "0s" and var slow) found.Add($"for who wants no motion, a change takes {slow}");
            found.AddRange(visitor.Complaints.Where(complaint => !(screen == "code-unknown" && complaint.Contains("/api/codes/", StringComparison.Ordinal))));
        }

        Assert.True(found.Count == 0, $"{screen} in {language}:\n  {string.Join("\n  ", found)}");
    }

    /// <summary>What is wrong with a page for who cannot see it well, and what does not fit at each of these sizes. The first is asked in Hebrew only,
    /// unless the rules are given: another language changes words, and one without words does not compile.</summary>
    internal static async Task<List<string>> FaultsAsync(Visitor visitor, IEnumerable<(int Width, int Height)> sizes, string name, AxeRunOptions? rules = null)
    {
        rules ??= visitor.Say == Words.Hebrew ? Rules : null;
        // What is still fading in has not the contrast it comes to have.
        await visitor.Page.EvaluateAsync(UntilStill);
        List<string> found = rules is null ? [] : [.. (await visitor.AskAxeAsync(rules)).Select(what => $"{name}: {what}")];
        foreach (var (width, height) in sizes)
        {
            await visitor.Page.SetViewportSizeAsync(width, height);
            found.AddRange(await WhatDoesNotFitAsync(visitor, name));
        }

        return found;
    }

    /// <summary>What does not fit into the page as large as it is, of which a picture is kept.</summary>
    internal static async Task<IEnumerable<string>> WhatDoesNotFitAsync(Visitor visitor, string name)
    {
        var width = visitor.Page.ViewportSize!.Width;
        var sticking = await visitor.Page.EvaluateAsync<string[]>(WhatSticksOut);
        if (sticking.Length > 0 || Shots is { Length: > 0 })
        {
            // Cards on their way to a new place may cross the edge.
            await visitor.Page.EvaluateAsync(UntilStill);
            sticking = await visitor.Page.EvaluateAsync<string[]>(WhatSticksOut);
        }

        if (Shots is { Length: > 0 }) await visitor.Page.ScreenshotAsync(new() { Path = Path.Combine(Shots, $"{name}-{width}.png") });
        return sticking.Select(what => $"{name}, {width} px wide: {what} sticks out sideways");
    }

    /// <summary>So many colours cover something on the map.</summary>
    private const string HasColours = """
        (least) => {
          const canvas = document.querySelector('.map canvas')
          if (!canvas || canvas.width === 0) return false
          const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height)
          const pixels = new Map()
          for (let at = 0; at < data.length; at += 4) if (data[at + 3] === 255) {
            const colour = data[at] << 16 | data[at + 1] << 8 | data[at + 2]
            pixels.set(colour, (pixels.get(colour) ?? 0) + 1)
          }

          return [...pixels.values()].filter((n) => n >= 12).length >= least
        }
        """;

    /// <summary>Two frames later, for what begins to move by then, and until it has come to rest.</summary>
    private const string UntilStill = """
        async () => {
          for (let frame = 0; frame < 2; frame++) await new Promise((drawn) => requestAnimationFrame(drawn))
          const moving = document.getAnimations().filter((one) => one.playState === 'running' && one.effect?.getComputedTiming().endTime !== Infinity)
          await Promise.race([Promise.allSettled(moving.map((one) => one.finished)), new Promise((done) => setTimeout(done, 3000))])
        }
        """;

    /// <summary>The elements because of which the page scrolls sideways, and whatever one presses that is cut off or sticks out of its part of the page where nothing scrolls it in; none where all fits.</summary>
    private const string WhatSticksOut = """
        () => {
          const width = document.documentElement.clientWidth
          if (document.documentElement.scrollWidth <= width) {
            const isCut = (box, around) => {
              if (!around) return box.right > width + 1 || box.left < -1
              const how = getComputedStyle(around).overflowX
              if (how === 'auto' || how === 'scroll') return false
              const edge = around.getBoundingClientRect()
              return (how !== 'visible' || ['SECTION', 'ASIDE', 'NAV', 'MAIN'].includes(around.tagName)) && (box.right > edge.right + 1 || box.left < edge.left - 1) ? true : isCut(box, around.parentElement)
            }
            return [...document.body.querySelectorAll('button, a, label, select, textarea')].filter((one) => {
              const box = one.getBoundingClientRect()
              return box.width > 1 && box.height > 1 && one.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && isCut(box, one.parentElement)
            }).slice(0, 3).map((one) => `“${(one.textContent.trim() || one.ariaLabel || one.tagName).slice(0, 30)}”, cut off,`)
          }

          const out = [...document.body.querySelectorAll('*')].filter((one) => {
            const box = one.getBoundingClientRect()
            return box.width > 0 && (box.right > width + 1 || box.left < -1)
          })
          return [`the page is ${document.documentElement.scrollWidth} px wide`, ...out.slice(0, 3).map((one) => `${one.tagName.toLowerCase()}.${one.className} (“${one.textContent.trim().slice(0, 30)}”)`)]
        }
        """;
}
