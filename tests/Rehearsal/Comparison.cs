using LiveCoCreate.Wire;
using LiveCoCreate.Wire.Boards;

namespace LiveCoCreate.Rehearsal;

/// <summary>Holds what everybody sees in the end against the recording.</summary>
internal sealed class Comparison(RehearsalOptions options, Script script, Hall hall, Stage stage, Play play, Findings findings)
{
    private const int FetchesAtMost = 100;

    private readonly Dictionary<string, string> _tallies = script.Recording.Statements.ToDictionary(statement => statement.Id, statement => stage.TallyOf(script, statement.Id));

    public int Tallies { get; private set; }
    public int Views { get; private set; }

    public async Task RunAsync(CancellationToken cancellation)
    {
        // All at once: where something was lost, everyone waits in vain, and one after another would take hours.
        await Task.WhenAll(hall.Everyone.Select(person => SettleAsync(person, cancellation)));
        Compare("the facilitator's replica", hall.Facilitator.Board, isFacilitator: true, hasTexts: true);
        foreach (var (name, person) in hall.People)
        {
            var isFull = hall.FullReaders.Contains(name);
            Compare($"{name}'s {(isFull ? "full" : "light")} replica", person.Board, isFacilitator: false, isFull);
            CompareMine(name, person, isFull);
        }

        Compare("a fresh view of the facilitator", await FetchAsync(hall.Facilitator, play.LastForFacilitator, cancellation), isFacilitator: true, hasTexts: true);
        foreach (var name in hall.FullReaders)
        {
            Compare($"a fresh view of {name}", await FetchAsync(hall.People[name], play.LastVisible, cancellation), isFacilitator: false, hasTexts: true);
        }
    }

    private async Task SettleAsync(LivePerson person, CancellationToken cancellation)
    {
        try
        {
            var isFacilitator = ReferenceEquals(person, hall.Facilitator);
            await person.ReachAsync(isFacilitator ? play.LastForFacilitator : play.LastVisible, options.SettleWithin, cancellation);
            if (isFacilitator) return;
            var name = hall.NameOf(person);
            await person.WaitForAsync(each => MineIsRight(name, each.Mine), options.SettleWithin, cancellation);
        }
        catch (TimeoutException late)
        {
            findings.Add($"{hall.NameOf(person)} did not settle: {late.Message}");
        }
        catch (LineLostException lost)
        {
            findings.Add($"{hall.NameOf(person)} was lost: {lost.Message}");
        }
    }

    /// <summary>A view may be up to a beat old (H7), so it is fetched until it has all.</summary>
    private async Task<BoardView> FetchAsync(LivePerson person, long atLeast, CancellationToken cancellation)
    {
        var view = await person.FetchBoardAsync(stage.Board, cancellation);
        for (var fetches = 1; view.Version < atLeast && fetches < FetchesAtMost; fetches++)
        {
            await Task.Delay(50, cancellation);
            view = await person.FetchBoardAsync(stage.Board, cancellation);
        }

        return view;
    }

    private void Compare(string where, BoardView view, bool isFacilitator, bool hasTexts)
    {
        Views++;
        var expected = script.Recording.Statements.Where(statement => isFacilitator || IsShown(statement)).ToList();
        var strangers = view.Ideas.Keys.Except(expected.Select(Idea)).ToList();
        if (strangers.Count > 0) findings.Add($"{where}: {strangers.Count} ideas too many, as {StatementOf(strangers[0])}");
        foreach (var statement in expected) CompareIdea(where, view, statement, hasTexts);
        CompareTallies(where, view, isFacilitator);
    }

    private void CompareIdea(string where, BoardView view, Statement statement, bool hasTexts)
    {
        if (!view.Ideas.TryGetValue(Idea(statement), out var idea))
        {
            findings.Add($"{where}: statement {statement.Id} is missing");
            return;
        }

        findings.Expect(StateOf(statement), idea.State, () => $"{where}: state of statement {statement.Id}");
        if (hasTexts) findings.Expect(statement.Text, idea.Text, () => $"{where}: text of statement {statement.Id}");
    }

    private void CompareTallies(string where, BoardView view, bool isFacilitator)
    {
        foreach (var statement in script.Recording.Statements.Where(IsShown))
        {
            Tallies++;
            findings.Expect(_tallies[statement.Id], stage.TallyOf(view, Idea(statement)), () => $"{where}: tally of statement {statement.Id}");
        }

        if (isFacilitator) return;
        var shown = script.Recording.Statements.Where(IsShown).Select(Idea).ToHashSet();
        var strange = view.Tallies.SelectMany(ballot => ballot.Value.Keys).Concat(view.Counts.SelectMany(ballot => ballot.Value.Keys)).FirstOrDefault(idea => !shown.Contains(idea));
        if (strange is not null) findings.Add($"{where}: a tally of {StatementOf(strange)}, which is not shown");
    }

    private void CompareMine(string name, LivePerson person, bool isFull)
    {
        var mine = person.Mine;
        foreach (var statement in OwnStatements(name))
        {
            if (!mine.Ideas.TryGetValue(Idea(statement), out var own)) findings.Add($"{name}'s own statement {statement.Id} is missing in mine");
            else
            {
                findings.Expect(StateOf(statement), own.State, () => $"state of {name}'s own statement {statement.Id} in mine");
                if (isFull) findings.Expect(statement.Text, own.Text, () => $"text of {name}'s own statement {statement.Id} in mine");
            }
        }

        var strangers = mine.Ideas.Count - OwnStatements(name).Count();
        if (strangers > 0) findings.Add($"{name} has {strangers} strange ideas in mine");
        if (!OwnDotsAreRight(name, mine)) findings.Add($"{name}'s own dots: expected {ShownDots(name).Count()}, seen {Describe(mine)}");
    }

    private bool MineIsRight(string name, MineView mine) => OwnIdeasAreRight(name, mine) && OwnDotsAreRight(name, mine);

    private bool OwnIdeasAreRight(string name, MineView mine) =>
        OwnStatements(name).All(statement => mine.Ideas.TryGetValue(Idea(statement), out var own) && own.State == StateOf(statement));

    /// <summary>One's dots are those of the recording, less those that hiding gave back.</summary>
    private bool OwnDotsAreRight(string name, MineView mine)
    {
        if (stage.Method is Method.Agree)
        {
            var said = script.Recording.Statements.Where(IsShown).Where(statement => script.Said.ContainsKey((statement.Id, name))).ToDictionary(Idea, statement => script.Said[(statement.Id, name)]);
            var own = mine.Ballots.GetValueOrDefault(stage.Ballot)?.Votes;
            return said.Count == (own?.Count ?? 0) && said.All(one => own!.TryGetValue(one.Key, out var vote) && vote.Value == one.Value);
        }

        var expected = ShownDots(name).Select(statement => play.Statements[statement].Idea).ToHashSet();
        if (!mine.Ballots.TryGetValue(stage.Ballot, out var ballot)) return expected.Count == 0;
        return ballot.Left == stage.Budget - expected.Count && expected.SetEquals(ballot.Dots.Where(dots => dots.Value == 1).Select(dots => dots.Key));
    }

    private IEnumerable<Statement> OwnStatements(string name) => script.Recording.Statements.Where(statement => statement.Author == name);

    private IEnumerable<string> ShownDots(string name) =>
        script.Recording.Statements.Where(IsShown).Select(statement => statement.Id).Where(statement => script.Agreements.Contains((statement, name)));

    private string Describe(MineView mine) =>
        mine.Ballots.TryGetValue(stage.Ballot, out var ballot) ? $"{ballot.Dots.Count} dots, {ballot.Left} of {stage.Budget} left, at {mine.Version}" : $"no ballot, at {mine.Version}";

    private bool IsShown(Statement statement) => !options.ApproveNothing && statement.Moderated != Moderated.Rejected;

    private string StateOf(Statement statement) =>
        options.ApproveNothing ? "waiting" : statement.Moderated == Moderated.Rejected ? "hidden" : "shown";

    private string Idea(Statement statement) => play.Statements[statement.Id].Idea;

    private string StatementOf(string idea) =>
        play.Statements.Values.FirstOrDefault(statement => statement.Idea == idea) is { } known ? $"statement {known.Statement.Id}" : $"the unknown idea {idea}";
}
