using System.Collections.Immutable;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Boards;
using LiveCoCreate.Grains.Turns;
using static LiveCoCreate.Grains.Boards.BoardCommand;
using static LiveCoCreate.Grains.Boards.BoardEvent;

namespace LiveCoCreate.Measure;

/// <summary>The way of a vote through a board of 50 ideas on which 1,000 people have voted: time and allocation of each station; and what looking at a large board costs when one thing changed.</summary>
[MemoryDiagnoser]
public class HotPath
{
    private static readonly BoardId Id = new("board");
    private static readonly BallotId Ballot = new("ballot");
    private static readonly DateTimeOffset At = DateTimeOffset.FromUnixTimeMilliseconds(1_800_000_000_000);

    private Board _board = Board.Empty;
    private Board _after = Board.Empty;
    private BoardView _view = null!;
    private BoardView _viewAfter = null!;
    private Frame _frame = null!;
    private (Board Before, Board Written, Board Reacted) _large;
    private BoardView _largeView = null!;
    private Submission<BoardCommand> _vote = null!;
    private Recorded<BoardEvent> _cast = null!;
    private int _sent;

    public static int Run()
    {
        var config = ManualConfig.CreateEmpty()
            .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
            .AddLogger(ConsoleLogger.Default)
            .AddColumnProvider(DefaultConfig.Instance.GetColumnProviders().ToArray());
        return BenchmarkRunner.Run<HotPath>(config).HasCriticalValidationErrors ? 1 : 0;
    }

    [GlobalSetup]
    public void Fill()
    {
        Open();
        for (var idea = 0; idea < 50; idea++) Do(Person(idea), Add(idea));
        Do(new Caller(SeatKind.Facilitator, new PersonId("facilitator")), new BoardCommand.OpenBallot(Ballot, 3, 1, CountsDue.Live, true));
        for (var person = 0; person < 1_000; person++)
            for (var vote = 0; vote < 2; vote++) Do(Person(person), Vote(person, (person + vote) % 50, 1));

        _view = _board.SeenBy(Id, Audience.Participants);
        _vote = new(new CommandId("vote"), Person(7), At, Vote(7, 30, 1));
        _cast = new(_board.Version + 1, At, null, _vote.Id, ((VoteCast)Board.Decide(_board, _vote).Events[0]));
        // Sixty votes between two frames, as in a storm.
        var before = _board;
        for (var person = 0; person < 60; person++) Do(Person(person), Vote(person, (person + 20) % 50, 1));
        (_after, _board) = (_board, before);
        _viewAfter = _after.SeenBy(Id, Audience.Participants, (_board, _view));
        _frame = Frame.Between(_view, _viewAfter);

        _board = Board.Empty;
        Open();
        for (var idea = 0; idea < 2_000; idea++)
        {
            Do(Person(idea), Add(idea));
            Do(Person(idea + 1), new React(new IdeaId($"idea{idea}"), Reaction.Heart, true));
        }

        (_large.Before, _largeView) = (_board, _board.SeenBy(Id, Audience.Participants));
        Do(Person(7), Add(2_000));
        (_large.Written, _board) = (_board, _large.Before);
        Do(Person(7), new React(new IdeaId("idea30"), Reaction.Heart, true));
        (_large.Reacted, _board) = (_board, before);
    }

    [Benchmark]
    public Decision<BoardEvent> Decide() => Board.Decide(_board, _vote);

    [Benchmark]
    public Board Evolve() => Board.Evolve(_board, _cast);

    [Benchmark(Description = "Encode for the journal")]
    public object Encode() => EventCodec<BoardEvent>.Write("board/board", _cast);

    [Benchmark(Description = "View of 60 votes")]
    public BoardView See() => _after.SeenBy(Id, Audience.Participants, (_board, _view));

    [Benchmark(Description = "View of 2,000 ideas, one written")]
    public BoardView SeeWritten() => _large.Written.SeenBy(Id, Audience.Participants, (_large.Before, _largeView));

    [Benchmark(Description = "View of 2,000 ideas, one reaction")]
    public BoardView SeeReaction() => _large.Reacted.SeenBy(Id, Audience.Participants, (_large.Before, _largeView));

    [Benchmark(Description = "Frame of 60 votes")]
    public Frame Difference() => Frame.Between(_view, _viewAfter);

    [Benchmark(Description = "Serialise the frame")]
    public byte[] Serialise() => JsonSerializer.SerializeToUtf8Bytes(_frame, Json.Options);

    [Benchmark(Description = "Mine of one person")]
    public MineView Mine() => _board.MineOf(Id, Person(7).Id, _ => new VoterKey("key7"));

    private void Open() => Do(Caller.System, new OpenBoard(
        new WorkshopId("workshop"), new StepId("step"), "ideas", new BoardSettings(Moderation.Open, Private: false, Anonymous: true), [new LaneOfStep(new LaneId("lane"), "Now")]));

    private static AddIdea Add(int idea) => new(new IdeaId($"idea{idea}"), new LaneId("lane"), $"Idea {idea}, a sentence of the length that ideas mostly have.");

    private void Do(Caller by, BoardCommand command)
    {
        var submission = new Submission<BoardCommand>(new CommandId($"c{_sent++}"), by, At, command);
        var decision = Board.Decide(_board, submission);
        if (decision.Refusal is { } refused) throw new InvalidOperationException($"{command}: {refused.Code}");
        foreach (var happened in decision.Events)
            _board = Board.Evolve(_board, new(_board.Version + 1, At, happened is VoteCast ? null : by.Id, submission.Id, happened));
    }

    private static CastVote Vote(int person, int idea, int dots) => new(Ballot, new IdeaId($"idea{idea}"), dots) { Voter = new VoterKey($"key{person}") };

    private static Caller Person(int n) => new(SeatKind.Participant, new PersonId($"person{n}"));
}
