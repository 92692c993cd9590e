using System.Collections.Immutable;
using System.Text.Json;
using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Boards;
using static LiveCoCreate.Fast.Boards.Floor;

namespace LiveCoCreate.Fast.Boards;

/// <summary>Given what was done, when somebody does this, then. Commands are named c1, c2… in their order, or by the test.</summary>
internal sealed class BoardSpec
{
    private readonly BoardInHand _board;
    private readonly int _commands;
    private readonly Board? _before;
    private readonly Decision<BoardEvent> _decision;
    private readonly BoardCommand? _when;

    private BoardSpec(BoardInHand board, int commands, Board? before = null, Decision<BoardEvent> decision = default, BoardCommand? when = null) =>
        (_board, _commands, _before, _decision, _when) = (board, commands, before, decision, when);

    public static BoardSpec NotOpened => new(new BoardInHand(), 0);

    public Board Board => _board.Board;

    /// <summary>A board with the lanes Now and Later, open for writing.</summary>
    public static BoardSpec Opened(Moderation moderation = Moderation.Open, bool @private = false, bool anonymous = true) =>
        NotOpened.Given(Caller.System, "open", OpenIt(new BoardSettings(moderation, @private, anonymous)));

    public static BoardCommand OpenIt(BoardSettings? settings = null) => new BoardCommand.OpenBoard(
        TheWorkshop, new StepId("step-1"), "ideas", settings ?? new BoardSettings(Moderation.Open, false, true), [new LaneOfStep(Now, "Now"), new LaneOfStep(Later, "Later")]);

    public BoardSpec Given(Caller by, params BoardCommand[] commands) =>
        commands.Aggregate(this, (so, command) => so.Given(by, $"c{so._commands + 1}", command));

    public BoardSpec Given(Caller by, string id, BoardCommand command)
    {
        var next = When(by, id, command);
        Assert.True(next._decision.Refusal is null, $"The test's own Given was refused with {next._decision.Refusal?.Code}: {command}");
        return new BoardSpec(next._board, next._commands);
    }

    public BoardSpec When(Caller by, BoardCommand command) => When(by, $"c{_commands + 1}", command);

    public BoardSpec When(Caller by, string id, BoardCommand command)
    {
        var (board, before) = (_board.Copy(), _board.Board);
        var decision = board.Submit(new Submission<BoardCommand>(new CommandId(id), by, ManualTime.Start.AddSeconds(_commands), command));
        return new BoardSpec(board, _commands + 1, before, decision, command);
    }

    public BoardSpec Then(params BoardEvent[] expected)
    {
        Assert.True(_decision.Refusal is null, $"{_when} was refused with {_decision.Refusal?.Code}.");
        Assert.Equal(expected.Select(Told), _decision.Events.Select(Told));
        return this;
    }

    public System.Collections.Immutable.ImmutableArray<BoardEvent> Events => _decision.Events;

    public BoardSpec ThenAccepted()
    {
        Assert.True(_decision.Refusal is null, $"{_when} was refused with {_decision.Refusal?.Code}.");
        Assert.NotEmpty(_decision.Events);
        return this;
    }

    /// <summary>Accepted, and nothing but the version is another (C3).</summary>
    public BoardSpec ThenNothing()
    {
        Assert.True(_decision.Refusal is null, $"{_when} was refused with {_decision.Refusal?.Code}.");
        Assert.Equal(Canonical.Of(_before! with { Version = Board.Version }), Canonical.Of(Board));
        return this;
    }

    /// <summary>Refused, and nothing is another at all (C2).</summary>
    public BoardSpec ThenRefused(string code)
    {
        Assert.Equal(code, _decision.Refusal?.Code);
        Assert.Same(_before, Board);
        return this;
    }

    public BoardSpec ThenSeenBy(Audience audience, Action<BoardView> check)
    {
        check(_board.SeenBy(audience));
        return this;
    }

    public BoardSpec ThenSeenBy(Audience audience, params IdeaId[] ideas) =>
        ThenSeenBy(audience, view => Assert.Equal(ideas.Select(idea => idea.Value).Order(), view.Ideas.Keys.Select(idea => idea.Value).Order()));

    public BoardSpec ThenMine(Caller person, Action<MineView> check)
    {
        check(_board.MineOf(person.Id));
        return this;
    }

    public BoardSpec ThenMine(Caller person, IdeaId idea, MyIdeaState state) => ThenMine(person, mine => Assert.Equal(state, mine.Ideas[idea].State));

    /// <summary>What everybody sees in a ballot; null while its counts are not due.</summary>
    public BoardSpec ThenTally(BallotId ballot, params (IdeaId Idea, int Dots)[]? tally) => ThenSeenBy(Audience.Participants, view => Assert.Equal(
        tally?.ToImmutableSortedDictionary(one => one.Idea.Value, one => one.Dots),
        view.Tallies.GetValueOrDefault(ballot)?.ToImmutableSortedDictionary(one => one.Key.Value, one => one.Value)));

    /// <summary>A lane's ideas, first to last, as participants have them (F7).</summary>
    public BoardSpec ThenOrder(LaneId lane, params IdeaId[] ideas) => ThenSeenBy(Audience.Participants, view => Assert.Equal(ideas,
        view.Ideas.Where(idea => idea.Value.Lane == lane).OrderBy(idea => idea.Value.Rank, StringComparer.Ordinal).ThenBy(idea => idea.Key.Value, StringComparer.Ordinal).Select(idea => idea.Key)));

    private static string Told(BoardEvent happened) => happened.GetType().Name + " " + JsonSerializer.Serialize(happened, happened.GetType(), Json.Options);
}
