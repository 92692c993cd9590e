using System.Text.RegularExpressions;
using LiveCoCreate.Wire;
using LiveCoCreate.Wire.Theming;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LiveCoCreate.Browser;

/// <summary>The rest of the desk: people and what they say to each other, the links, boards of every kind, themes that are proposed, each way of voting.</summary>
public sealed partial class ByKeyboardAlone
{
    [Fact]
    public async Task People_what_they_say_to_each_other_and_the_links()
    {
        await _workshop.DoAsync("change-settings", new { moderation = "approve" });
        var (dana, sam) = (await _workshop.JoinAsync("דנה"), await _workshop.JoinAsync("סם"));
        foreach (var (person, text) in new[] { (dana, Benches), (dana, Tap), (sam, Trees) }) await _workshop.WriteAsync(person, text);
        await _workshop.DoAsync("approve-idea", new { idea = _workshop.IdOf(Benches) });
        foreach (var text in new[] { "איפה בדיוק?", "מי מתקן?" }) await CommentAsync(sam, Benches, text);
        await AtTheDeskAsync();

        // A comment is shown, the next one hidden with a reason; each is heard, and the focus is on what is left.
        await EnterAsync(_noa.Button("dialogue:desk.approve").First);
        await HearsAsync(Say["dialogue:deed.comment-approved", ("n", 1)]);
        await FocusIsKeptAsync();
        await EnterAsync(_noa.Button("dialogue:desk.hide", ("text", "מי מתקן?")), backwards: true);
        await Keys.PressAsync("2");
        await HearsAsync(Say["dialogue:deed.comment-hidden"]);
        await Expect(_noa.Heading(Say["dialogue:queue.title"])).ToHaveCountAsync(0);
        await FocusIsKeptAsync();

        // Whoever wrote this waits from now on, and no longer does.
        await TabToAsync(Card(Benches), backwards: true);
        await Keys.PressAsync("Enter");
        await EnterAsync(_noa.Button("facilitate:limit.go"));
        await HearsAsync(Say["facilitate:deed.limited"]);
        await Expect(Card(Benches)).ToBeFocusedAsync();
        // Which of what is shown is by the same person nobody is told: what waits says it.
        await TabToAsync(Waiting(Tap));
        await Keys.PressAsync("Enter");
        await EnterAsync(_noa.Button("facilitate:limit.lift"));
        await HearsAsync(Say["facilitate:deed.freed"]);
        await Expect(Waiting(Tap)).ToBeFocusedAsync();

        // Sam leaves, with what he wrote.
        await Keys.PressAsync("j");
        await Expect(Waiting(Trees)).ToBeFocusedAsync();
        await Keys.PressAsync("Enter");
        await EnterAsync(_noa.Button("facilitate:remove.open"));
        await TabToAsync(_noa.Page.GetByRole(AriaRole.Checkbox, new() { Name = Say["facilitate:remove.hide"] }));
        await Keys.PressAsync("Space");
        await NothingIsWrongAsync("keyboard-remove");
        await EnterAsync(_noa.Button("facilitate:remove.go"));
        await HearsAsync(Say["facilitate:remove.done"]);
        await sam.WaitForAsync(person => person.Ended?.Code == "seat-revoked");
        await Expect(Waiting(Trees)).ToHaveCountAsync(0);
        await FocusIsKeptAsync();

        // The links are copied, and one of them renewed.
        await EnterAsync(_noa.Button("facilitate:menu.label"), backwards: true);
        await EnterAsync(_noa.Button("facilitate:menu.links"));
        await EnterAsync(Copy("facilitate:links.join"));
        await HearsAsync(Say["common:action.copied"]);
        await Expect(Copy("facilitate:links.join")).ToBeFocusedAsync();
        await EnterAsync(_noa.Button("facilitate:links.renew").First);
        await FocusIsKeptAsync();
        await NothingIsWrongAsync("keyboard-links");
        await EnterAsync(_noa.Button("common:action.cancel"));
        await Expect(_noa.Button("facilitate:links.renew").First).ToBeFocusedAsync();
        await Keys.PressAsync("Enter");
        await EnterAsync(_noa.Button("facilitate:links.renew.go"));
        await HearsAsync(Say["facilitate:links.renewed"]);
        await Expect(_noa.Button("facilitate:links.renew").First).ToBeFocusedAsync();
        await Keys.PressAsync("Escape");
        await Expect(_noa.Button("facilitate:menu.label")).ToBeFocusedAsync();

        // An idea for who has no phone, and the quiet are invited.
        await TabToAsync(_noa.Button("facilitate:lane.menu", ("title", LaneTitle)));
        await Keys.PressAsync("Enter");
        await EnterAsync(_noa.Button("facilitate:lane.write"));
        await TabToAsync(_noa.Field("facilitate:edit.text"));
        await Keys.TypeAsync(Lamps);
        await TabToAsync(_noa.Page.GetByRole(AriaRole.Checkbox, new() { Name = Say["inRoom:proxy.write"] }));
        await Keys.PressAsync("Space");
        await EnterAsync(_noa.Button("facilitate:write.go"));
        await HearsAsync(Say["facilitate:deed.written"]);
        await dana.WaitForAsync(person => person.Board.Ideas.Values.Any(idea => idea.Text == Lamps));
        await FocusIsKeptAsync();
        await TabToAsync(_noa.Page.GetByRole(AriaRole.Tab, new() { Name = Say["facilitate:panel.queue.short"] }));
        foreach (var _ in new[] { "votes", "people" }) await Keys.PressAsync("ArrowLeft");
        await EnterAsync(_noa.Button("facilitate:voices.invite"));
        await HearsAsync(Say["facilitate:voices.invited"]);
        await Expect(_noa.Button("facilitate:voices.invite")).ToBeFocusedAsync();

        // A step twice, once more with everybody, and off the agenda and back.
        var name = _workshop.Facilitator.Workshop!.Steps![0].Title!;
        await EnterAsync(_noa.Button("facilitate:agenda.menu", ("n", 1), ("title", name)), backwards: true);
        await EnterAsync(_noa.Button("facilitate:agenda.duplicate"));
        await HearsAsync(Say["facilitate:deed.step-duplicated", ("title", name)]);
        await FocusIsKeptAsync();
        await EnterAsync(_noa.Button("facilitate:agenda.menu", ("n", 2), ("title", name)));
        await EnterAsync(_noa.Button("facilitate:agenda.edit"));
        await TabToAsync(_noa.Page.GetByRole(AriaRole.Textbox, new() { Name = Say["facilitate:step.title"] }));
        await Keys.PressAsync("Control+a");
        await Keys.TypeAsync("אחרת");
        await EnterAsync(_noa.Button("common:action.save"));
        await HearsAsync(Say["facilitate:deed.step-edited"]);
        await FocusIsKeptAsync();
        await EnterAsync(_noa.Button("facilitate:agenda.repeat"));
        await dana.WaitForAsync(person => person.Workshop!.Steps!.Count == 3 && person.Workshop.Current == person.Workshop.Steps[2].Step);
        await HearsAsync(Say["facilitate:agenda.step", ("n", 3), ("all", 3)]);
        await FocusIsKeptAsync();
        await EnterAsync(_noa.Button("facilitate:agenda.menu", ("n", 2), ("title", "אחרת")), backwards: true);
        await EnterAsync(_noa.Button("facilitate:agenda.remove"));
        await HearsAsync(Say["facilitate:deed.step-removed", ("title", "אחרת")]);
        await FocusIsKeptAsync();
        await EnterAsync(_noa.Page.Locator("summary").Filter(new() { HasText = Say["facilitate:agenda.removed", ("n", 1)] }));
        await EnterAsync(_noa.Button("facilitate:agenda.restore", ("title", "אחרת")));
        await HearsAsync(Say["facilitate:deed.step-restored", ("title", "אחרת")]);
        await FocusIsKeptAsync();
        Assert.Empty(_noa.Complaints);
    }

    [Fact]
    public async Task The_boards_of_every_kind()
    {
        var dana = await _workshop.JoinAsync("דנה");
        await _workshop.WriteAsync(dana, Benches);
        string[] kinds = ["charter", "opinion", "pulse", "pilot", "journey", "plan"];
        foreach (var (at, kind) in kinds.Index())
            await _workshop.DoInWorkshopAsync("add-step", new { after = at == 0 ? _workshop.Facilitator.Workshop!.Current : kinds[at - 1], step = kind, kind, title = Say[$"kinds:kind.{kind}"], lanes = new[] { new { lane = kind, title = Say[$"kinds:kind.{kind}.lanes"].Split('\n')[0] } }, @private = false, moderation = "open", writing = true });
        await _workshop.Facilitator.WaitForAsync(noa => noa.Workshop!.Steps!.Count == 7);
        await AtTheDeskAsync();

        // What everybody wrote of how we take part is adopted, from the suggestion to the new version.
        await GoOnAsync("charter", dana);
        await WriteAsync(dana, "מקשיבים עד הסוף");
        await EnterAsync(_noa.Button("charter:desk.adopt.about", ("text", "מקשיבים עד הסוף")));
        await NothingIsWrongAsync("keyboard-adopt");
        await EnterAsync(_noa.Button("charter:edit.adopt.save"));
        await HearsAsync(Say["facilitate:deed.charter"]);
        await dana.WaitForAsync(person => person.Workshop!.CharterVersion == 2);
        await Expect(_noa.Button("charter:desk.adopt.about", ("text", "מקשיבים עד הסוף"))).ToHaveCountAsync(0);
        await FocusIsKeptAsync();
        await TabToAsync(_noa.Page.GetByRole(AriaRole.Radio, new() { Name = Say["charter:desk.principles"] }), backwards: true);
        await Keys.PressAsync("ArrowLeft");
        await TabToAsync(Card("מקשיבים עד הסוף"));

        // Statements, a round at one touch, and where the room stands.
        await GoOnAsync("opinion", dana);
        await WriteAsync(dana, Trees);
        await EnterAsync(_noa.Button("kinds:round.open"), backwards: true);
        await HearsAsync(Say["facilitate:deed.ballot-opened"]);
        await FocusIsKeptAsync();
        await dana.WaitForAsync(person => person.Board.Ballots.Values.Any(ballot => ballot.Open));
        (await dana.SubmitAsync(Commands.CastVote(dana.Board.Board, dana.Board.Ballots.Keys.Single(), dana.Board.Ideas.Keys.Single(), new Wire.Boards.Vote(1)))).Expect("cast-vote");
        await EnterAsync(_noa.Button("facilitate:now.ballot.close"));
        await HearsAsync(Say["facilitate:deed.ballot-closed"]);
        await FocusIsKeptAsync();
        var ground = _noa.Page.GetByRole(AriaRole.Region, new() { Name = Say["kinds:opinion.title"] });
        await TabToAsync(_noa.Radio("kinds:opinion.title"));
        await Keys.PressAsync("Tab");
        await Expect(ground).ToBeFocusedAsync();
        await Keys.PressAsync("Shift+Tab");
        await Keys.PressAsync("ArrowRight");
        await TabToAsync(Card(Trees));

        // Options, one after the other.
        await GoOnAsync("pulse", dana);
        await TabToAsync(_noa.Field("kinds:pulse.option"));
        foreach (var option in new[] { "סקרנים", "מוכנים" })
        {
            await Keys.TypeAsync(option);
            await Keys.PressAsync("Enter");
            await HearsAsync(Say["facilitate:deed.written"]);
            await Expect(Card(option)).ToHaveCountAsync(1);
            await Expect(_noa.Field("kinds:pulse.option")).ToBeFocusedAsync();
        }

        await EnterAsync(_noa.Button("kinds:round.open"), backwards: true);
        await HearsAsync(Say["facilitate:deed.ballot-opened"]);
        await FocusIsKeptAsync();

        // What the pilot is about.
        await GoOnAsync("pilot", dana);
        await EnterAsync(_noa.Button("kinds:subject.add.pilot"));
        await Expect(_noa.Field("kinds:subject.label")).ToBeFocusedAsync();
        await Keys.TypeAsync("ספריית כלים");
        await EnterAsync(_noa.Button("common:action.save"));
        await HearsAsync(Say["kinds:deed.subject"]);
        await dana.WaitForAsync(person => person.Board.Subject == "ספריית כלים");
        await FocusIsKeptAsync();

        // Moments of a journey are cards, and its curve is a table for who listens.
        await GoOnAsync("journey", dana);
        foreach (var feel in new[] { -2, -1, -2 })
            (await dana.SubmitAsync(Command.OnBoard(dana.Board.Board, "add-idea", new { idea = Ids.New(), lane = dana.Board.Lanes.Keys.First(), text = $"{Lamps} {feel}", feel }))).Expect("add-idea");
        await Expect(_noa.Page.GetByRole(AriaRole.Table)).ToContainTextAsync(Say["journey:table.yes"]);
        await TabToAsync(Card($"{Lamps} -1"), arrows: true);
        await NothingIsWrongAsync("keyboard-journey");

        // Brought into the plan; who, when, how far and how we will know, where it stands.
        await GoOnAsync("plan", dana);
        await EnterAsync(_noa.Button("plan:desk.bring"));
        // The step before comes first; one further is the first of all.
        await TabToAsync(_noa.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Radio, new() { Name = Say["kinds:kind.journey"] }));
        await Keys.PressAsync("ArrowDown");
        await TabToAsync(_noa.Page.GetByRole(AriaRole.Checkbox, new() { Name = Benches }));
        await Keys.PressAsync("Space");
        await EnterAsync(_noa.Button("bring:do", ("n", 1)));
        await HearsAsync(Say["plan:deed.brought", ("n", 1)]);
        await Expect(_noa.Button("plan:desk.bring")).ToBeFocusedAsync();
        await TabToAsync(Of("plan:of.state"));
        await Keys.PressAsync("ArrowDown");
        await HearsAsync(Say["plan:deed.planned", ("text", Benches)]);
        await Expect(Of("plan:of.state")).ToBeFocusedAsync();
        await TabToAsync(Of("plan:of.owner"));
        await Keys.TypeAsync("דנה");
        await TabToAsync(Of("plan:of.due"));
        await Keys.TypeAsync("03012031");
        await TabToAsync(Of("plan:of.measure"));
        await Keys.TypeAsync("עשרים ספסלים");
        await Keys.PressAsync("Enter");
        await dana.WaitForAsync(person => person.Board.Ideas.Values.Any(idea => idea.Plan is { Owner: "דנה", Due: not null, Measure: "עשרים ספסלים", State: "doing" }));
        await FocusIsKeptAsync();
        await EnterAsync(_noa.Button("plan:of.menu", ("text", Benches)));
        await Keys.PressAsync("Escape");
        await Expect(_noa.Button("plan:of.menu", ("text", Benches))).ToBeFocusedAsync();
        await NothingIsWrongAsync("keyboard-plan");
        Assert.Empty(_noa.Complaints);

        ILocator Of(string key) => _noa.Page.GetByLabel(Say[key, ("text", Benches)], new() { Exact = true });
    }

    [Fact]
    public async Task Themes_that_are_proposed()
    {
        foreach (var (_, text) in TopicIdeas.InHebrew(60)) (await _workshop.Facilitator.SubmitAsync(Commands.AddIdea(_workshop.Board, Ids.New(), _workshop.Lanes[0], text))).Expect("add-idea");
        await AtTheDeskAsync();
        await TabToAsync(_noa.Radio("facilitate:board.lanes"));
        await Keys.PressAsync("ArrowLeft");
        await Keys.PressAsync("ArrowLeft");
        await Expect(_noa.Radio("themes:map")).ToBeCheckedAsync();
        await EnterAsync(_noa.Button("themes:propose"));
        await _workshop.Facilitator.WaitForAsync(one => one.Themes is { State: "done" });
        var ghosts = _noa.Page.Locator("[data-ghost]:has(input)");
        await Expect(ghosts.First).ToBeVisibleAsync();
        var found = await ghosts.CountAsync();
        await HearsAsync(Say["themes:found", ("n", found)]);
        await FocusIsKeptAsync();
        await NothingIsWrongAsync("keyboard-map");

        // The map is passed by, larger and smaller; what it shows is in the list.
        await TabToAsync(_noa.Page.GetByRole(AriaRole.Img), backwards: true);
        await Keys.PressAsync("+");
        await EnterAsync(_noa.Button("themes:map.whole"));
        await FocusIsKeptAsync();
        var ids = await ghosts.EvaluateAllAsync<string[]>("all => all.map((one) => one.dataset.ghost)");
        var first = _noa.Page.Locator($"[data-ghost='{ids[0]}']");

        // What belongs to one of them is read, and one idea does not.
        await EnterAsync(first.Locator("[aria-expanded]"));
        await Expect(first.Locator("[aria-expanded='true']")).ToBeFocusedAsync();
        await EnterAsync(first.GetByRole(AriaRole.Button, new() { Name = Say["themes:not-here"] }).First, backwards: true);
        await HearsAsync(Say["themes:deed.apart"]);
        await FocusIsKeptAsync();
        await Expect(_noa.Page.Locator("[data-ran='2']")).ToHaveCountAsync(1);
        await FocusIsKeptAsync();

        // One is put aside and brought back, one named and accepted, and then all.
        ids = await ghosts.EvaluateAllAsync<string[]>("all => all.map((one) => one.dataset.ghost)");
        var aside = _noa.Page.Locator($"[data-ghost='{ids[1]}']");
        var title = await aside.Locator("input").InputValueAsync();
        await EnterAsync(_noa.Button("themes:aside.of", ("theme", title)));
        await Expect(aside).ToHaveCountAsync(0);
        await HearsAsync(Say["themes:found", ("n", ids.Length - 1)]);
        await FocusIsKeptAsync();
        await EnterAsync(_noa.Page.Locator("summary").Filter(new() { HasText = Say["themes:aside.title", ("n", 1)] }));
        await EnterAsync(_noa.Button("themes:back.of", ("theme", title)));
        await Expect(aside).ToHaveCountAsync(1);
        await FocusIsKeptAsync();
        await TabToAsync(_noa.Page.Locator($"[data-ghost='{ids[0]}'] input"), backwards: true);
        await Keys.PressAsync("Control+a");
        await Keys.TypeAsync("השם שלנו");
        await Keys.PressAsync("Enter");
        await HearsAsync(Say["themes:deed.accepted", ("theme", "השם שלנו")]);
        await Expect(_noa.Page.Locator($"[data-ghost='{ids[1]}'] input")).ToBeFocusedAsync();
        await EnterAsync(_noa.Page.GetByRole(AriaRole.Button, new() { NameRegex = AcceptAll() }), backwards: true);
        await Expect(ghosts).ToHaveCountAsync(0);
        await HearsAsync(Say["themes:deed.accepted.all", ("n", ids.Length - 1)]);
        await FocusIsKeptAsync();
        await EnterAsync(_noa.Page.Locator("summary").Filter(new() { HasText = Say["themes:board.title", ("n", ids.Length)] }));
        await EnterAsync(_noa.Page.Locator("details.inner > summary").First);
        await Expect(_noa.Page.Locator("details.inner li").First).ToBeVisibleAsync();
        await NothingIsWrongAsync("keyboard-map-list");
        Assert.Empty(_noa.Complaints);
    }

    [Fact]
    public async Task Each_way_of_voting()
    {
        var dana = await _workshop.JoinAsync("דנה");
        foreach (var text in new[] { Benches, Tap }) await _workshop.WriteAsync(dana, text);
        await AtTheDeskAsync();
        string[] methods = ["dots", "approval", "score", "agree", "rank", "consent", "axes"];
        foreach (var (at, method) in methods.Index())
        {
            // The dialog begins with what the last round was: one arrow further.
            await EnterAsync(_noa.Button(at == 0 ? "facilitate:now.ballot.open" : "facilitate:now.ballot.again"), backwards: at > 0);
            await TabToAsync(_noa.Radio($"votes:method.{methods[Math.Max(0, at - 1)]}"));
            if (at > 0) await Keys.PressAsync("ArrowDown");
            await Expect(_noa.Radio($"votes:method.{method}")).ToBeCheckedAsync();
            if (at == 0)
            {
                await TabToAsync(_noa.Radio("facilitate:ballot.counts.close"));
                await Keys.PressAsync("ArrowUp");
                await Expect(_noa.Radio("facilitate:ballot.counts.reveal")).ToBeCheckedAsync();
            }

            await EnterAsync(_noa.Button("facilitate:ballot.go"));
            await dana.WaitForAsync(person => person.Board.Ballots.Values.Any(ballot => ballot.Open && ballot.Method == method));
            await HearsAsync(Say["facilitate:deed.ballot-opened"]);
            await FocusIsKeptAsync();
            var ballot = dana.Board.Ballots.Single(ballot => ballot.Value.Open).Key;
            (await dana.SubmitAsync(method == "dots" ? Commands.CastVote(_workshop.Board, ballot, _workshop.IdOf(Tap), 1) : Commands.CastVote(_workshop.Board, ballot, _workshop.IdOf(Tap), new Wire.Boards.Vote(1, Effort: method == "axes" ? 3 : null)))).Expect(method);
            await HearsAsync(Say["facilitate:now.ballot.voted", ("n", 1)]);
            await EnterAsync(_noa.Button("facilitate:now.ballot.close"));
            await HearsAsync(Say["facilitate:deed.ballot-closed"]);
            await FocusIsKeptAsync();
            await EnterAsync(_noa.Button("facilitate:now.ballot.reveal"));
            await HearsAsync(Say["facilitate:deed.results-revealed"]);
            await FocusIsKeptAsync();
            // Who listens reads a table.
            await Expect(_noa.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = Tap })).ToHaveCountAsync(1);
            if (method is "rank" or "axes") await NothingIsWrongAsync($"keyboard-{method}");
        }

        // An earlier round is looked at again.
        await EnterAsync(_noa.Button("facilitate:votes.round", ("n", 2)));
        await Expect(_noa.Button("facilitate:votes.round", ("n", 2))).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(_noa.Button("facilitate:votes.round", ("n", 2))).ToBeFocusedAsync();
        Assert.Empty(_noa.Complaints);
    }

    private string LaneTitle => _workshop.Facilitator.Board.Lanes.Values.First().Title!;

    private ILocator Copy(string link) => _noa.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = Say["facilitate:links.copy", ("for", Say[link])] });

    private async Task CommentAsync(LivePerson person, string idea, string text) =>
        (await person.SubmitAsync(Command.OnBoard(_workshop.Board, "add-comment", new { comment = Ids.New(), idea = _workshop.IdOf(idea), text }))).Expect("add-comment");

    private static async Task WriteAsync(LivePerson person, string text) =>
        (await person.SubmitAsync(Commands.AddIdea(person.Board.Board, Ids.New(), person.Board.Lanes.Keys.First(), text))).Expect("add-idea");

    /// <summary>On to the next step, with everybody, and heard.</summary>
    private async Task GoOnAsync(string step, LivePerson person)
    {
        await EnterAsync(_noa.Button("facilitate:agenda.next"), backwards: true);
        await person.WaitForAsync(one => one.Workshop!.Current == step);
        await person.WatchAsync(person.Workshop!.Steps!.Single(one => one.Step == step).Board);
        await HearsAsync(Say["facilitate:agenda.step", ("n", person.Workshop.Steps!.ToList().FindIndex(one => one.Step == step) + 1), ("all", 7)]);
        await Expect(_noa.Button(person.Workshop.Steps![^1].Step == step ? "facilitate:agenda.previous" : "facilitate:agenda.next")).ToBeFocusedAsync();
    }

    [GeneratedRegex("^קבלת כל")]
    private static partial Regex AcceptAll();
}
