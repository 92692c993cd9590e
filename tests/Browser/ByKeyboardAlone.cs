using System.Globalization;
using LiveCoCreate.Wire;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LiveCoCreate.Browser;

/// <summary>A facilitator without a mouse, who perhaps listens instead of looking: every part of the desk is reached with Tab, done with Enter, arrows and letters,
/// and says what was done. The focus is never lost, so that nobody has to come back from the top of the page.</summary>
[Collection("house of votes")]
public sealed partial class ByKeyboardAlone(House house) : IAsyncLifetime
{
    private const string Benches = "ספסלים בצל ליד בית הספר";
    private const string Tap = "ברז מים קרים ליד המגרש";
    private const string Trees = "עצים לאורך הרחוב";
    private const string Lamps = "תאורה עד חצות";
    private static readonly string[] Others = ["שביל לאופניים", "פינת כלבים", "שולחן שחמט", "במה קטנה", "ספרייה ברחוב"];

    private Prepared _workshop = null!;
    private Visitor _noa = null!;

    private IKeyboard Keys => _noa.Page.Keyboard;

    private Words Say => _noa.Say;

    public async Task InitializeAsync()
    {
        _workshop = await house.PrepareAsync(Words.Hebrew);
        _noa = await house.LaptopAsync(Words.Hebrew);
    }

    public async Task DisposeAsync()
    {
        await _noa.DisposeAsync();
        await _workshop.DisposeAsync();
    }

    [Fact]
    public async Task The_agenda_the_timer_and_the_room()
    {
        var dana = await _workshop.JoinAsync("דנה");
        await AtTheDeskAsync();
        var steps = _noa.Page.GetByRole(AriaRole.Navigation, new() { Name = Say["facilitate:panel.agenda"] }).Locator("ol > li");
        var first = await steps.First.GetByRole(AriaRole.Button).First.GetAttributeAsync("aria-label");

        // Two more steps; the dialog gives the focus back to where it came from.
        foreach (var title in new[] { "שנייה", "שלישית" })
        {
            await EnterAsync(_noa.Button("facilitate:agenda.add"));
            await TabToAsync(_noa.Page.GetByRole(AriaRole.Textbox, new() { Name = Say["facilitate:step.title"] }));
            await Keys.TypeAsync(title);
            await EnterAsync(_noa.Button("common:action.add"));
            await HearsAsync(Say["facilitate:deed.step-added", ("title", title)]);
            await Expect(_noa.Button("facilitate:agenda.add")).ToBeFocusedAsync();
        }

        // Moved twice with one hold of the same key, the focus goes with it.
        var third = StepAt(3, "שלישית");
        await TabToAsync(third, backwards: true);
        await Keys.PressAsync("Alt+ArrowUp");
        await Expect(StepAt(2, "שלישית")).ToBeFocusedAsync();
        await Keys.PressAsync("Alt+ArrowUp");
        await Expect(StepAt(1, "שלישית")).ToBeFocusedAsync();
        await HearsAsync(Say["facilitate:deed.step-moved", ("title", "שלישית"), ("n", 1)]);
        await Keys.PressAsync("u");
        await Expect(steps.Nth(1)).ToContainTextAsync("שלישית");

        // On, back with writing opened, and off the agenda.
        await EnterAsync(_noa.Button("facilitate:agenda.next"));
        await dana.WaitForAsync(person => person.Workshop!.Current == person.Workshop.Steps![1].Step);
        await HearsAsync(Say["facilitate:agenda.step", ("n", 2), ("all", 3)]);
        var name = first![(first!.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim().Trim('\u2068', '\u2069');
        await EnterAsync(_noa.Button("facilitate:agenda.menu", ("n", 1), ("title", name)));
        await EnterAsync(_noa.Button("facilitate:agenda.reopen"));
        await dana.WaitForAsync(person => person.Workshop!.Current == person.Workshop.Steps![0].Step);
        await HearsAsync(Say["facilitate:deed.writing-opened"]);
        await FocusIsKeptAsync();
        await EnterAsync(_noa.Button("facilitate:agenda.menu", ("n", 3), ("title", "שנייה")));
        await EnterAsync(_noa.Button("facilitate:agenda.remove"));
        await Expect(steps).ToHaveCountAsync(2);
        await FocusIsKeptAsync();

        // The timer is heard: how much there is, how much there is now, and that there is none.
        await EnterAsync(_noa.Page.GetByTitle(Say["facilitate:timer.label"], new() { Exact = true }));
        await EnterAsync(_noa.Button("facilitate:timer.minutes", ("n", 3)));
        await HearsAsync(Say["common:timer.left", ("time", "3:00")]);
        await EnterAsync(_noa.Button("facilitate:timer.plus"));
        await HearsAsync(Say["common:timer.left", ("time", "3:5")][..^8]);
        await EnterAsync(_noa.Button("facilitate:timer.pause"));
        await Expect(_noa.Button("facilitate:timer.resume")).ToBeFocusedAsync();
        await EnterAsync(_noa.Page.GetByTitle(Say["facilitate:timer.label"], new() { Exact = true }));
        await EnterAsync(_noa.Button("facilitate:timer.stop"));
        await HearsAsync(Say["facilitate:timer.none"]);
        await FocusIsKeptAsync();
        await NothingIsWrongAsync("keyboard-agenda");

        // Two hands: the next one is called, has spoken, and the one after it is called.
        var sam = await _workshop.JoinAsync("סם");
        foreach (var person in new[] { dana, sam }) Assert.Null(await person.SignalAsync(new { hand = true }));
        await HearsAsync(Say["facilitate:hands.count", ("n", 2)]);
        await TabToAsync(_noa.Page.GetByRole(AriaRole.Tab, new() { Name = Say["facilitate:panel.queue.short"] }));
        foreach (var panel in new[] { "votes", "people" })
        {
            await Keys.PressAsync("ArrowLeft");
            await Expect(_noa.Page.GetByRole(AriaRole.Tab, new() { Name = Say[$"facilitate:panel.{panel}"] })).ToBeFocusedAsync();
        }

        await EnterAsync(_noa.Button("facilitate:hands.floor").First);
        await dana.WaitForAsync(person => person.Own.Floor);
        await FocusIsKeptAsync();
        await EnterAsync(_noa.Button("facilitate:hands.done"), backwards: true);
        await Expect(_noa.Button("facilitate:hands.done")).ToHaveCountAsync(0);
        await EnterAsync(_noa.Button("facilitate:hands.floor"), backwards: true);
        await sam.WaitForAsync(person => person.Own.Floor);
        await _noa.ReadsAsync("facilitate:hands.has-floor");
        await EnterAsync(_noa.Button("facilitate:hands.done"), backwards: true);
        await Expect(_noa.Heading(Say["facilitate:hands.title"])).ToHaveCountAsync(0);
        await FocusIsKeptAsync();

        // Somebody without a phone is entered and votes.
        await _workshop.WriteAsync(dana, Benches);
        await TabToAsync(_noa.Page.GetByLabel(Say["inRoom:proxy.label"], new() { Exact = true }));
        await Keys.TypeAsync("שולחן 3");
        await Keys.PressAsync("Enter");
        await HearsAsync(Say["inRoom:proxy.added", ("name", "שולחן 3")]);
        await _workshop.OpenBallotAsync();
        await EnterAsync(_noa.Button("inRoom:proxy.vote", ("name", "שולחן 3")), backwards: true);
        await EnterAsync(_noa.Button("room:vote.give", ("text", Benches)));
        await _noa.ReadsAsync("inRoom:proxy.left", ("n", 2));
        await Keys.PressAsync("Escape");
        await Expect(_noa.Button("inRoom:proxy.vote", ("name", "שולחן 3"))).ToBeFocusedAsync();
        await _noa.ReadsAsync("inRoom:proxy.voted");
        await NothingIsWrongAsync("keyboard-people");
        Assert.Empty(_noa.Complaints);
    }

    [Fact]
    public async Task The_queue_the_board_and_its_themes()
    {
        await _workshop.DoAsync("change-settings", new { moderation = "approve" });
        var dana = await _workshop.JoinAsync("דנה");
        string[] texts = [Benches, Tap, Trees, Lamps, .. Others];
        foreach (var text in texts) await _workshop.WriteAsync(dana, text);
        await AtTheDeskAsync();
        await Expect(_noa.Queue).ToHaveCountAsync(9);

        // From anywhere into the queue; each decision leads to the next and is heard.
        await Keys.PressAsync("j");
        await Keys.PressAsync("k");
        await Expect(Waiting(Benches)).ToBeFocusedAsync();
        await Keys.PressAsync("a");
        await HearsAsync(Say["facilitate:deed.approved", ("n", 1)]);
        await Expect(Waiting(Tap)).ToBeFocusedAsync();
        await Keys.PressAsync("h");
        await Keys.PressAsync("2");
        await HearsAsync(Say["facilitate:deed.hidden", ("n", 1)]);
        await Expect(Waiting(Trees)).ToBeFocusedAsync();
        await Keys.PressAsync("u");
        await HearsAsync(Say["facilitate:undo.done", ("what", Say["facilitate:deed.hidden", ("n", 1)])]);
        await Expect(Waiting(Tap)).ToHaveCountAsync(1);
        await Keys.PressAsync("e");
        await TabToAsync(_noa.Page.GetByRole(AriaRole.Textbox, new() { Name = Say["facilitate:edit.text"] }));
        await Keys.PressAsync("End");
        await Keys.TypeAsync(" עד הים");
        await EnterAsync(_noa.Button("facilitate:edit.save"));
        await HearsAsync(Say["facilitate:deed.edited"]);
        await Expect(Waiting(Trees + " עד הים")).ToBeFocusedAsync();

        // Whose ideas wait from now on, by the menu of one of them.
        await Keys.PressAsync("Enter");
        await EnterAsync(_noa.Button("facilitate:limit.go"));
        await HearsAsync(Say["facilitate:deed.limited"]);
        await FocusIsKeptAsync();
        await Keys.PressAsync("u");

        // Many at once.
        await Keys.PressAsync("k");
        foreach (var key in new[] { "x", "Shift+j" }) await Keys.PressAsync(key);
        await HearsAsync(Say["facilitate:chosen.count", ("n", 2)]);
        await Keys.PressAsync("Control+a");
        await HearsAsync(Say["facilitate:chosen.count", ("n", 8)]);
        await Keys.PressAsync("a");
        await Expect(_noa.Queue).ToHaveCountAsync(0);
        await HearsAsync(Say["facilitate:deed.approved", ("n", 8)]);
        await FocusIsKeptAsync();
        await dana.WaitForAsync(person => person.Board.Ideas.Count == 9);

        // One place down in its lane, and back.
        await TabToAsync(Card(Benches), backwards: true);
        await Keys.PressAsync("Alt+ArrowDown");
        await HearsAsync(Say["facilitate:board.placed", ("n", 2), ("all", 9)]);
        await Expect(Card(Benches)).ToBeFocusedAsync();
        await dana.WaitForAsync(person => InOrder(person)[0] == Tap);
        await Keys.PressAsync("Alt+ArrowUp");
        await dana.WaitForAsync(person => InOrder(person)[0] == Benches);
        await HearsAsync(Say["facilitate:board.placed", ("n", 1), ("all", 9)]);

        // Two into a new theme, two into another, by number.
        await ChooseAsync(Benches, Tap);
        await NewThemeAsync("צל");
        await ChooseAsync(Lamps);
        await NewThemeAsync("אור");
        await TabToAsync(Card(Others[0]), arrows: true);
        await Keys.PressAsync("t");
        await Keys.PressAsync("2");
        await HearsAsync(Say["facilitate:deed.themed", ("n", 1), ("theme", "אור")]);

        // Another name, merged into the other, split again.
        await Keys.PressAsync("l");
        await EnterAsync(_noa.Page.GetByRole(AriaRole.Button, new() { Name = "אור", Exact = true }));
        await Expect(_noa.Page.GetByRole(AriaRole.Textbox, new() { Name = Say["facilitate:theme.rename", ("title", "אור")] })).ToBeFocusedAsync();
        await Keys.PressAsync("Control+a");
        await Keys.TypeAsync("ערב");
        await Keys.PressAsync("Enter");
        await HearsAsync(Say["facilitate:deed.theme-renamed"]);
        await FocusIsKeptAsync();
        await EnterAsync(_noa.Button("facilitate:theme.menu", ("title", "ערב")));
        await EnterAsync(_noa.Button("grouping:theme.merge"));
        await Keys.PressAsync("1");
        await HearsAsync(Say["grouping:deed.theme-merged", ("theme", "ערב"), ("into", "צל")]);
        await FocusIsKeptAsync();
        await EnterAsync(_noa.Button("facilitate:theme.menu", ("title", "צל")));
        await EnterAsync(_noa.Button("grouping:theme.split"));
        await TabToAsync(_noa.Field("facilitate:theme.name"));
        await Keys.TypeAsync("מים");
        await TabToAsync(_noa.Page.GetByRole(AriaRole.Checkbox, new() { Name = Tap }));
        await Keys.PressAsync("Space");
        await EnterAsync(_noa.Button("grouping:split.do"));
        await HearsAsync(Say["grouping:deed.theme-split", ("theme", "צל")]);
        await Expect(_noa.Column("מים")).ToContainTextAsync(Tap);
        await FocusIsKeptAsync();
        await NothingIsWrongAsync("keyboard-themes");

        // Searched, filtered, and shown again.
        await Keys.PressAsync("/");
        await Keys.TypeAsync("ספסל");
        await Expect(_noa.Page.Locator("[data-card]")).ToHaveCountAsync(1);
        await HearsAsync(Say["common:search.found", ("n", 1)]);
        await EnterAsync(_noa.Button("facilitate:filter.clear"));
        await Expect(_noa.Page.Locator("[data-card]")).ToHaveCountAsync(9);
        await FocusIsKeptAsync();
        var standing = _noa.Page.GetByRole(AriaRole.Combobox, new() { Name = Say["facilitate:filter.status"] });
        await TabToAsync(standing);
        await Keys.PressAsync("ArrowDown");
        await Expect(standing).Not.ToHaveValueAsync("");
        await Keys.PressAsync("ArrowUp");

        // Two that say the same become one, from either card.
        await Keys.PressAsync("Escape");
        await TabToAsync(Card(Lamps), arrows: true);
        await Keys.PressAsync("g");
        await TabToAsync(_noa.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = Others[0] }));
        await Keys.PressAsync("Enter");
        await HearsAsync(Say["facilitate:deed.merged", ("n", 2)]);
        await FocusIsKeptAsync();

        // On the big screen, and off it.
        await TabToAsync(Card(Benches), arrows: true);
        await Keys.PressAsync("s");
        await HearsAsync(Say["inRoom:deed.screen.idea"]);
        await EnterAsync(_noa.Button("inRoom:screen.end"), backwards: true);
        await HearsAsync(Say["inRoom:deed.screen.course"]);
        await FocusIsKeptAsync();
        Assert.Empty(_noa.Complaints);
    }

    [Fact]
    public async Task A_vote_the_answer_of_the_team_and_what_was_done()
    {
        var dana = await _workshop.JoinAsync("דנה");
        foreach (var text in new[] { Benches, Tap, Trees }) await _workshop.WriteAsync(dana, text);
        await AtTheDeskAsync();

        await EnterAsync(_noa.Button("facilitate:now.writing.close"));
        await HearsAsync(Say["facilitate:deed.writing-closed"]);
        await Expect(_noa.Button("facilitate:now.writing.open")).ToBeFocusedAsync();
        await EnterAsync(_noa.Button("facilitate:now.ballot.open"));
        await TabToAsync(_noa.Page.GetByRole(AriaRole.Radio, new() { Name = Say["votes:method.dots"] }));
        await Keys.PressAsync("ArrowDown");
        await Expect(_noa.Radio("votes:method.approval")).ToBeCheckedAsync();
        await TabToAsync(_noa.Radio("facilitate:ballot.counts.close"));
        await Keys.PressAsync("ArrowDown");
        await Keys.PressAsync("ArrowDown");
        await Expect(_noa.Radio("facilitate:ballot.counts.reveal")).ToBeCheckedAsync();
        await NothingIsWrongAsync("keyboard-ballot");
        await EnterAsync(_noa.Button("facilitate:ballot.go"));
        await HearsAsync(Say["facilitate:deed.ballot-opened"]);
        await FocusIsKeptAsync();
        await EnterAsync(_noa.Button("facilitate:now.ballot.close"));
        await HearsAsync(Say["facilitate:deed.ballot-closed"]);
        await Expect(_noa.Button("facilitate:now.ballot.reveal")).ToBeVisibleAsync();
        await FocusIsKeptAsync();
        await EnterAsync(_noa.Button("facilitate:now.ballot.reveal"));
        await HearsAsync(Say["facilitate:deed.results-revealed"]);
        await FocusIsKeptAsync();

        // The team's answer, and where it stands.
        await TabToAsync(Card(Benches), arrows: true);
        await Keys.PressAsync("c");
        await TabToAsync(_noa.Field("dialogue:reply.label"));
        await Keys.TypeAsync("נעשה זאת.");
        await EnterAsync(_noa.Button("dialogue:reply.save"));
        await dana.WaitForAsync(person => person.Board.Ideas.Values.Any(idea => idea.Reply is not null));
        await TabToAsync(_noa.Radio("dialogue:status.received"), backwards: true);
        await Keys.PressAsync("ArrowDown");
        await EnterAsync(_noa.Button("dialogue:status.save"));
        await dana.WaitForAsync(person => person.Board.Ideas.Values.Any(idea => idea.Status == "discussed"));
        await Keys.PressAsync("Escape");
        await Expect(Card(Benches)).ToBeFocusedAsync();

        // What was done, who did it, and one of it taken back.
        await Keys.PressAsync("d");
        var log = _noa.Page.GetByRole(AriaRole.List, new() { Name = Say["facilitate:log.title"] });
        foreach (var done in new[] { "writing-closed", "ballot-closed", "results-revealed", "reply-set", "status-set" }) await Expect(log).ToContainTextAsync(Say[$"facilitate:log.{done}"]);
        await NothingIsWrongAsync("keyboard-log");
        await EnterAsync(log.GetByRole(AriaRole.Button).First);
        await dana.WaitForAsync(person => person.Board.Ideas.Values.All(idea => idea.Status is null));
        await Keys.PressAsync("Escape");
        await Expect(Card(Benches)).ToBeFocusedAsync();

        // Everything else is behind one button, and the keys are said there.
        await EnterAsync(_noa.Button("facilitate:menu.label"), backwards: true);
        await EnterAsync(_noa.Button("facilitate:menu.announce"));
        await Expect(_noa.Page.Locator("dialog[open] :is(input, textarea):focus")).ToHaveCountAsync(1);
        await Keys.TypeAsync("מתחילים בעוד דקה");
        await EnterAsync(_noa.Button("facilitate:announce.go"));
        await HearsAsync(Say["facilitate:announce.done"]);
        await Expect(_noa.Button("facilitate:menu.label")).ToBeFocusedAsync();
        await Keys.PressAsync("?");
        await Expect(_noa.Heading(Say["facilitate:keys.title"])).ToBeVisibleAsync();
        await NothingIsWrongAsync("keyboard-keys");
        Assert.Empty(_noa.Complaints);
    }

    private async Task AtTheDeskAsync()
    {
        await _noa.TakeSeatsAsync(_workshop.Facilitator);
        await _noa.GoAsync($"/facilitate/{_workshop.Made.Workshop}");
        await Expect(_noa.Page.GetByRole(AriaRole.Region, new() { Name = Say["facilitate:board.label"], Exact = true })).ToBeVisibleAsync();
    }

    private ILocator StepAt(int n, string title) => _noa.Button("facilitate:agenda.go", ("n", n), ("title", title));

    private ILocator Waiting(string text) => _noa.Page.Locator("[data-waiting]").Filter(new() { HasText = text });

    private ILocator Card(string text) => _noa.Page.Locator("[data-card] .text").Filter(new() { HasText = text });

    private static List<string> InOrder(LivePerson person) => [.. person.Board.Ideas.Values.OrderBy(idea => idea.Rank, StringComparer.Ordinal).Select(idea => idea.Text)];

    private async Task ChooseAsync(params string[] texts)
    {
        foreach (var text in texts)
        {
            await TabToAsync(Card(text), arrows: true);
            await Keys.PressAsync("Space");
        }

        await HearsAsync(Say["facilitate:chosen.count", ("n", texts.Length)]);
    }

    private async Task NewThemeAsync(string title)
    {
        await Keys.PressAsync("t");
        await Keys.PressAsync("0");
        await Expect(_noa.Field("facilitate:theme.name")).ToBeFocusedAsync();
        await Keys.TypeAsync(title);
        await Keys.PressAsync("Enter");
        await HearsAsync(Say["facilitate:deed.theme-added", ("theme", title)]);
        await FocusIsKeptAsync();
    }

    /// <summary>With Tab, as one does who cannot see where it is; on the board with the arrows once one is on a card. It shows the focus when it has it.</summary>
    private async Task TabToAsync(ILocator where, bool backwards = false, bool arrows = false)
    {
        await Expect(where).ToHaveCountAsync(1);
        for (var pressed = 0; pressed < 150; pressed++)
        {
            if (await where.EvaluateAsync<bool>("one => one === document.activeElement"))
            {
                Assert.True(await where.EvaluateAsync<bool>(ShowsFocus), $"{where} has the focus and does not show it.");
                return;
            }

            var onCard = arrows && await _noa.Page.EvaluateAsync<bool>("() => document.activeElement.matches('[data-card] .text')");
            // Down the column to its end, then on to the next one.
            var isLast = onCard && await _noa.Page.EvaluateAsync<bool>("() => { const item = document.activeElement.closest('[data-card]'); return item.ariaPosInSet === item.ariaSetSize }");
            if (onCard && pressed == 0) await Keys.PressAsync("Home");
            else if (isLast) await Keys.PressAsync("Tab");
            else await Keys.PressAsync(onCard ? "ArrowDown" : backwards ? "Shift+Tab" : "Tab");
        }

        var stuck = await _noa.Page.EvaluateAsync<string>("document.activeElement.outerHTML.slice(0, 200)");
        Assert.Fail($"{where} is not reached by keyboard; after 150 presses the focus is at {stuck}");
    }

    private async Task EnterAsync(ILocator where, bool backwards = false)
    {
        await TabToAsync(where, backwards);
        await Keys.PressAsync("Enter");
    }

    /// <summary>Said in a live region, to who listens; while a dialog is open, within it, because what lies behind is not heard.</summary>
    private async Task HearsAsync(string words)
    {
        try
        {
            await _noa.Page.WaitForFunctionAsync(Heard, words, new() { Timeout = House.Patience });
        }
        catch (TimeoutException)
        {
            Assert.Fail($"“{words}” is not heard.");
        }
    }

    /// <summary>On something that one can press or write in.</summary>
    private async Task FocusIsKeptAsync()
    {
        try
        {
            await _noa.Page.WaitForFunctionAsync("() => document.activeElement && document.activeElement !== document.body && !document.activeElement.matches(':disabled')", options: new() { Timeout = 5000 });
        }
        catch (TimeoutException)
        {
            Assert.Fail($"The focus is lost: it is at {await _noa.Page.EvaluateAsync<string>("document.activeElement.outerHTML.slice(0, 200)")}");
        }
    }

    private async Task NothingIsWrongAsync(string name) =>
        Assert.Empty(await EveryScreen.FaultsAsync(_noa, [(1366, 768)], string.Create(CultureInfo.InvariantCulture, $"{name}-{Say.Language}")));

    private const string Heard = """
        (words) => {
          const asked = document.querySelector('dialog[open]')
          const plain = (text) => text.replace(/\s+/g, ' ')
          return [...(asked ?? document).querySelectorAll('[role=status], [aria-live=polite], [role=alert]')].some((one) => plain(one.textContent).includes(plain(words)))
        }
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
