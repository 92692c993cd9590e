using LiveCoCreate.Wire;
using LiveCoCreate.Wire.Boards;
using LiveCoCreate.Wire.Seats;

namespace LiveCoCreate.Rehearsal;

/// <summary>The workshop that is played in: made and opened by the facilitator.</summary>
internal sealed record Stage(string Workshop, string Code, string Board, string Lane, string Ballot, int Budget, Method Method)
{
    /// <summary>What was recorded of a statement, in the words of the method.</summary>
    public string TallyOf(Script script, string statement) => Method is Method.Dots
        ? $"{script.Tallies[statement]}"
        : Said(script.SaidOf.GetValueOrDefault(statement, [0, 0, 0]));

    /// <summary>The same as somebody sees it.</summary>
    public string TallyOf(BoardView view, string idea)
    {
        if (Method is Method.Dots) return $"{view.Tally(Ballot, idea)}";
        var count = view.Counts.TryGetValue(Ballot, out var counts) ? counts.GetValueOrDefault(idea) : null;
        return Said(new[] { "1", "0", "-1" }.Select(value => count?.Values.GetValueOrDefault(value) ?? 0));
    }

    private static string Said(IEnumerable<int> votes) => string.Join('/', votes);

    public static async Task<Stage> SetAsync(LivePerson facilitator, RehearsalOptions options, CancellationToken cancellation)
    {
        var moderation = options.Policy == Policy.Open ? "open" : "approve";
        var made = await facilitator.CreateWorkshopAsync(
            new NewWorkshop($"Rehearsal {options.Recording.Name}", "A recorded conversation, played again.") { Moderation = moderation }, cancellation);
        await BeginStepAsync(facilitator, cancellation);
        await facilitator.WatchAsync(cancellation: cancellation);

        var board = facilitator.Board.Board;
        await SettleAsync(facilitator, board, moderation);
        var lane = facilitator.Board.Lanes.OrderBy(each => each.Value.Rank, StringComparer.Ordinal).FirstOrDefault().Key ?? await AddLaneAsync(facilitator, board);
        var (ballot, budget) = (Ids.New(), options.Recording.Statements.Count);
        var opened = (await facilitator.SubmitAsync(options.Method is Method.Dots ? Commands.OpenBallot(board, ballot, budget, mostPerIdea: 1) : Commands.OpenBallot(board, ballot, "agree"))).Expect("Opening the ballot");
        await facilitator.ReachAsync(opened, cancellation: cancellation);
        return new Stage(made.Workshop, made.Code, board, lane, ballot, budget, options.Method);
    }

    private static async Task BeginStepAsync(LivePerson facilitator, CancellationToken cancellation)
    {
        var workshop = await facilitator.FetchWorkshopAsync(cancellation);
        if (workshop.Current is not null) return;
        var step = workshop.Steps is [var first, ..] ? first.Step : throw new InvalidOperationException("The template has no step.");
        (await facilitator.SubmitAsync(Command.OnWorkshop("go-to-step", new { step }))).Expect("Going to the first step");
    }

    private static async Task SettleAsync(LivePerson facilitator, string board, string moderation)
    {
        var facts = facilitator.Board.Facts ?? throw new InvalidOperationException("The board has no facts.");
        if (facts.Moderation != moderation || facts.Private)
        {
            (await facilitator.SubmitAsync(Command.OnBoard(board, "change-settings", new { moderation, @private = false }))).Expect("Changing the settings");
        }

        if (!facts.Writing) (await facilitator.SubmitAsync(Command.OnBoard(board, "open-writing", new { }))).Expect("Opening the writing");
    }

    private static async Task<string> AddLaneAsync(LivePerson facilitator, string board)
    {
        var lane = Ids.New();
        (await facilitator.SubmitAsync(Command.OnBoard(board, "add-lane", new { lane, title = "Statements" }))).Expect("Adding a lane");
        return lane;
    }
}
