using System.Collections.Immutable;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using LiveCoCreate.Grains.Opinions;
using LiveCoCreate.Grains.Turns;

namespace LiveCoCreate.Grains.Boards;

/// <summary>Computes what a board's votes of agreeing say and tells its observers. It stands beside the board, so that all who watch see one map, wherever they are connected; it takes the
/// board's state, which never changes, and so no turn waits for it. While votes come it computes at most every two seconds, from the votes that are new; once they rest, and once the round is over, from all of them and from nothing else.</summary>
public sealed class BoardOpinions : IDisposable
{
    private const int NextAtOnce = 5;

    // Of many boards a few compute at a time: there are votes to be taken in as well.
    private static readonly SemaphoreSlim Cores = new(Math.Max(1, Environment.ProcessorCount / 2));

    private readonly BoardId _id;
    private readonly TimeProvider _clock;
    private readonly Pressure _pressure;
    private readonly Func<Board> _current;
    private readonly Func<bool> _isWatched;
    private readonly Action<OpinionView> _tell;
    private readonly OpinionSettings _settings = OpinionSettings.Live;
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _end = new();
    private readonly Dictionary<BallotId, Computed> _earlier = [];
    private volatile Computed? _latest;
    private Live? _live;
    private ImmutableDictionary<BallotId, Ballot>? _ballots;
    private ImmutableDictionary<IdeaId, Idea>? _ideas;
    private readonly CancellationToken _ended;
    private volatile StatementSet _statements = new([]);
    private TaskCompletionSource<Computed?>? _due;
    private bool _computing;
    private bool _waiting;
    private bool _resting;
    private ITimer? _timer;
    private long _began;

    /// <param name="current">The board as it is now.</param>
    /// <param name="isWatched">Whether anybody looks.</param>
    /// <param name="tell">Tells all who do.</param>
    public BoardOpinions(BoardId id, TimeProvider clock, Pressure pressure, Func<Board> current, Func<bool> isWatched, Action<OpinionView> tell)
    {
        (_id, _clock, _pressure, _current, _isWatched, _tell) = (id, clock, pressure, current, isWatched, tell);
        _ended = _end.Token;
    }

    /// <summary>Hears of a computation that failed.</summary>
    public Action<Mishap>? Mishap { get; set; }

    /// <summary>How long after one computation began the next may.</summary>
    public static TimeSpan Every { get; } = TimeSpan.FromSeconds(2);

    /// <summary>How long votes must rest until the room's map is found anew from all of them, so that the close shows no other.</summary>
    public static TimeSpan Rest { get; } = TimeSpan.FromSeconds(10);

    /// <summary>What a round says, from all its votes and from nothing else; null before its counts are due.</summary>
    public static OpinionView? Cold(BoardId id, Board board, BallotId ballot) =>
        board.OpinionsOf(ballot) is null ? null : Computed.Cold(id, board, ballot, StatementSet.Of(board), OpinionSettings.Live, CancellationToken.None).View;

    /// <summary>Of which round something was told at a moment that is past, and may be told now; null: of none.</summary>
    public static BallotId? ToldThen(Board then, Board now) => then.OpinionsOf() is { } ballot && now.OpinionsOf(ballot) is not null ? ballot : null;

    /// <summary>How a round stands today: what <see cref="Then"/> calls its groups by, and turns its maps by.</summary>
    public static OpinionState Known(Board now, BallotId ballot) => OpinionRun.Compute(StatementSet.Of(now).Matrix(now.Ballots[ballot]).Snapshot()).State;

    /// <summary>What a round said at a moment that is past, from the votes of that moment and nothing else, but that groups have the places they have today, so that a replay is one picture that
    /// moves. Of what participants may not see today nothing is told.</summary>
    public static OpinionView? Then(BoardId id, Board then, Board now, OpinionState known)
    {
        if (ToldThen(then, now) is not { } ballot) return null;
        var result = OpinionRun.Compute(StatementSet.Of(then).Matrix(then.Ballots[ballot]).Snapshot(), known, afresh: true);
        return OpinionView.Of(id, ballot, then.Version, !then.Ballots[ballot].Open, result, OpinionSettings.Live).Within(StatementSet.Of(now).Has);
    }

    /// <summary>Called within each turn that changed something, and so it only looks whether votes did.</summary>
    public void Changed(Board board)
    {
        if (ReferenceEquals(board.Ballots, _ballots) && ReferenceEquals(board.Ideas, _ideas)) return;
        (_ballots, _ideas) = (board.Ballots, board.Ideas);
        if (_isWatched() && board.OpinionsOf() is { } ballot && IsFound(board, ballot)) Due();
    }

    /// <summary>Whoever came is told what is known, at once where it is.</summary>
    public void Watched(Action<OpinionView> tellThem)
    {
        var board = _current();
        if (board.OpinionsOf() is not { } ballot || !IsFound(board, ballot)) return;
        if (_latest is { } known && known.View.Ballot == ballot) _ = Task.Run(() => tellThem(known.View));
        if (_latest?.IsOf(board, ballot, StatementsOf(board)) is not true) Due();
    }

    /// <summary>What this round says, of the latest where none is named; null where its counts are not due.</summary>
    public async ValueTask<OpinionView?> ViewAsync(BallotId? wanted)
    {
        var board = _current();
        if (board.OpinionsOf(wanted) is not { } ballot || !IsFound(board, ballot)) return null;
        if (board.OpinionsOf() == ballot)
        {
            // While votes come nobody is told sooner than all are.
            var known = _latest is { } latest && latest.IsOf(board, ballot, StatementsOf(board)) ? latest : await Due();
            return _ended.IsCancellationRequested ? throw new GrainGoneException(_id.Stream) : Seen(known, _current());
        }

        return Seen(await Task.Run(() => Earlier(board, ballot)), _current());
    }

    /// <summary>What is this person's own of the round that all are told of: where they stand, as far as anybody may know it, and what they are asked next.</summary>
    public OpinionHere? HereOf(Func<BallotId, VoterKey?> keyOf)
    {
        var board = _current();
        if (_latest is not { } known || board.OpinionsOf() is not { } ballot || known.View.Ballot != ballot) return null;
        var cast = board.Ballots[ballot];
        // Once an anonymous round is over nobody knows any more who stands where (J9).
        if ((cast.Anonymous && !cast.Open) || keyOf(ballot) is not { } voter) return new OpinionHere(_id, ballot, null, null, null, []);
        var votes = cast.VotesOf.GetValueOrDefault(voter, ImmutableDictionary<IdeaId, Vote>.Empty);
        var statements = known.Statements;
        var said = statements.All.Length <= VoteMatrix.OnStack ? stackalloc byte[statements.All.Length] : new byte[statements.All.Length];
        var count = statements.Said(votes, said);
        var next = cast.Open ? Next(known.AskedOf(StatementsOf(board)), votes, said, count, voter) : [];
        if (count == 0 || known.View.Map.IsEmpty) return new OpinionHere(_id, ballot, null, null, null, next);
        var at = known.Result.PositionOf(said);
        return new OpinionHere(_id, ballot, OpinionView.Round(at.X), OpinionView.Round(at.Y), known.Result.Of(voter)?.Group, next);
    }

    public void Dispose()
    {
        if (_ended.IsCancellationRequested) return;
        _end.Cancel();
        _end.Dispose();
        lock (_gate)
        {
            _timer?.Dispose();
            _due?.TrySetResult(null);
        }
    }

    /// <summary>Drawn by Polis' priority. The dice are the voter's key and how much they said: who asks twice is answered the same.</summary>
    /// <param name="said">What they say to the statements that were computed with,</param>
    /// <param name="count">and to how many of them. Where there are others by now, it is looked up once more.</param>
    private static ImmutableArray<IdeaId> Next(Asked asked, ImmutableDictionary<IdeaId, Vote> votes, ReadOnlySpan<byte> said, int count, VoterKey voter)
    {
        if (!asked.AreThose)
        {
            var now = new byte[asked.Weights.Length];
            count = asked.Statements.Said(votes, now);
            said = now;
        }

        if (count == asked.Weights.Length) return [];
        var dice = SHA256.HashData(Encoding.UTF8.GetBytes($"{voter} {count}"));
        var drawn = NextStatement.Draw(asked.Weights, said, NextAtOnce, draw => BitConverter.ToUInt32(dice, draw * 4) / (uint.MaxValue + 1.0));
        return ImmutableArray.CreateRange(drawn, place => asked.Statements.All[place].Id);
    }

    private bool IsFound(Board board, BallotId ballot) => _pressure.TellsOpinionsLive || !board.Ballots[ballot].Open;

    private OpinionView? Seen(Computed? known, Board board)
    {
        if (known is null || board.OpinionsOf(known.View.Ballot) is null) return null;
        return known.View.Within(StatementsOf(board).Has);
    }

    /// <summary>Looked up once for all who ask, until an idea is another.</summary>
    private StatementSet StatementsOf(Board board)
    {
        var known = _statements;
        return ReferenceEquals(known.From, board.Ideas) ? known : _statements = StatementSet.Of(board);
    }

    /// <summary>Computes as soon as it may, and completes with what came of it.</summary>
    private Task<Computed?> Due()
    {
        lock (_gate)
        {
            if (_ended.IsCancellationRequested) return Task.FromResult<Computed?>(null);
            if (_due is { } due)
            {
                if (_waiting && IsOver()) _timer!.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
                return due.Task;
            }

            _due = due = new TaskCompletionSource<Computed?>(TaskCreationOptions.RunContinuationsAsynchronously);
            Schedule();
            return due.Task;
        }
    }

    private void Schedule()
    {
        if (_computing || _ended.IsCancellationRequested) return;
        // Who asked while just this was computed waits for nothing more.
        if (_due is not null && _current() is var board && board.OpinionsOf() is { } ballot && _latest is { } known && known.IsOf(board, ballot, StatementsOf(board)))
        {
            _due.TrySetResult(known);
            _due = null;
        }

        if (_due is null)
        {
            _resting = _latest is { View: { Final: false, Settled: false, People: > 0 } };
            if (_resting) Wait(Rest);
            return;
        }

        (_computing, _waiting, _resting) = (true, true, false);
        var wait = _began == 0 || IsOver() ? TimeSpan.Zero : (_pressure.IsHigh ? 2 * Every : Every) - _clock.GetElapsedTime(_began);
        if (wait <= TimeSpan.Zero) Begin();
        else Wait(wait);
    }

    private void Wait(TimeSpan wait)
    {
        if (_timer is null) _timer = _clock.CreateTimer(_ => Begin(), null, wait, Timeout.InfiniteTimeSpan);
        else _timer.Change(wait, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The round has just ended: the room waits for what comes of it.</summary>
    private bool IsOver() => _current() is var board && board.OpinionsOf() is { } ballot && !board.Ballots[ballot].Open && _latest is not { View.Final: true };

    private void Begin()
    {
        lock (_gate)
        {
            if (!_waiting && !_resting) return;
            (_computing, _waiting) = (true, false);
        }

        _ = Background.Soon.Run(Run);
    }

    private Computed? Run()
    {
        TaskCompletionSource<Computed?>? due;
        bool settles;
        lock (_gate)
        {
            (due, _due, settles, _resting) = (_due, null, _resting, false);
            _began = _clock.GetTimestamp();
        }

        Computed? known = null;
        try
        {
            Cores.Wait(_ended);
            try
            {
                known = Compute(_current(), settles);
            }
            finally
            {
                Cores.Release();
            }
        }
        catch (OperationCanceledException)
        {
            // The board is let go; the next activation computes anew.
        }
#pragma warning disable CA1031
        catch (Exception broken)
#pragma warning restore CA1031
        {
            // The room goes on without its map, and the log says why.
            Mishap?.Invoke(new Mishap(_id.Stream, "computing opinion groups", default, broken));
            if (settles) _latest = null;
        }
        finally
        {
            lock (_gate)
            {
                _computing = false;
                Schedule();
            }

            due?.TrySetResult(known);
        }

        return known;
    }

    private Computed? Compute(Board board, bool settles)
    {
        if (board.OpinionsOf() is not { } ballot) return null;
        var isKnown = _latest is { } latest && latest.IsOf(board, ballot, StatementsOf(board));
        settles &= isKnown;
        if (isKnown && !settles) return _latest;
        var cast = board.Ballots[ballot];
        var began = Stopwatch.GetTimestamp();
        if (!cast.Open) _live = null;
        var computed = !cast.Open ? Cold(board, ballot) : settles ? AtRest(board, ballot, cast) : WhileOpen(board, ballot, cast);
        GrainMetrics.Opinions.Record(Stopwatch.GetElapsedTime(began).TotalSeconds);
        _latest = computed;
        // What was hidden while it was computed is not told.
        if (Seen(computed, _current()) is { } view) _tell(view);
        return computed;
    }

    private Computed WhileOpen(Board board, BallotId ballot, Ballot cast)
    {
        var statements = StatementsOf(board);
        if (_live is not { } live || live.Ballot != ballot) _live = live = new Live(ballot, statements, OpinionState.Cold);
        else if (!live.Statements.Are(statements)) _live = live = new Live(ballot, statements, live.State);
        live.Take(cast);
        var result = OpinionRun.Compute(live.Votes.Snapshot(), live.State, _settings, cancelled: _ended);
        live.State = result.State;
        return new Computed(cast, live.Statements, result, OpinionView.Of(_id, ballot, board.Version, final: false, result, _settings));
    }

    /// <summary>What the close would show, but that groups are still those that the room knows by their places, and the map is not turned.</summary>
    private Computed AtRest(Board board, BallotId ballot, Ballot cast)
    {
        var live = _live!;
        var result = OpinionRun.Compute(live.Statements.Matrix(cast).Snapshot(), live.State, _settings, afresh: true, cancelled: _ended);
        live.State = result.State;
        return new Computed(cast, live.Statements, result, OpinionView.Of(_id, ballot, board.Version, final: false, result, _settings) with { Settled = true });
    }

    private Computed Cold(Board board, BallotId ballot) => Computed.Cold(_id, board, ballot, StatementsOf(board), _settings, _ended);

    /// <summary>A round before the latest is over, and is computed when somebody asks.</summary>
    private Computed Earlier(Board board, BallotId ballot)
    {
        lock (_earlier)
        {
            if (_earlier.TryGetValue(ballot, out var known) && known.IsOf(board, ballot, StatementsOf(board))) return known;
            return _earlier[ballot] = Cold(board, ballot);
        }
    }

    /// <summary>What was computed, and from what.</summary>
    private sealed record Computed(Ballot From, StatementSet Statements, OpinionResult Result, OpinionView View)
    {
        private static readonly double OfNew = NextStatement.Priority(default, 0);

        private Asked? _asked;

        /// <summary>What may be asked of a person now; looked up once for all, until there are other statements.</summary>
        public Asked AskedOf(StatementSet statements) => _asked is { } known && ReferenceEquals(known.Statements, statements)
            ? known
            : _asked = new Asked(statements, Statements.Are(statements), [.. statements.All.Select(each => Result.Of(each.Id)?.Priority ?? OfNew)]);

        public static Computed Cold(BoardId id, Board board, BallotId ballot, StatementSet statements, OpinionSettings settings, CancellationToken cancelled)
        {
            var cast = board.Ballots[ballot];
            var result = OpinionRun.Compute(statements.Matrix(cast).Snapshot(), null, settings, cancelled: cancelled);
            return new Computed(cast, statements, result, OpinionView.Of(id, ballot, board.Version, !cast.Open, result, settings));
        }

        public bool IsOf(Board board, BallotId ballot, StatementSet statements) => View.Ballot == ballot && board.Ballots[ballot] is var cast
            && ReferenceEquals(cast.VotesOf, From.VotesOf) && cast.Open == From.Open && Statements.Are(statements);
    }

    /// <param name="AreThose">Whether these are the statements that were computed with.</param>
    /// <param name="Weights">Of each in the draw.</param>
    private sealed record Asked(StatementSet Statements, bool AreThose, double[] Weights);

    /// <summary>The votes of the round that is open, as they come.</summary>
    private sealed class Live(BallotId ballot, StatementSet statements, OpinionState state)
    {
        private ImmutableDictionary<VoterKey, ImmutableDictionary<IdeaId, Vote>>? _taken;

        public BallotId Ballot => ballot;

        public StatementSet Statements => statements;

        public OpinionState State { get; set; } = state;

        public VoteMatrix Votes { get; private set; } = new();

        /// <summary>Takes in what is new: whoever's votes are the very same said nothing.</summary>
        public void Take(Ballot cast)
        {
            if (_taken is not { } taken)
            {
                (Votes, _taken) = (statements.Matrix(cast), cast.VotesOf);
                return;
            }

            foreach (var (voter, votes) in cast.VotesOf)
                if (!taken.TryGetValue(voter, out var before) || !ReferenceEquals(before, votes)) Take(voter, before, votes);
            foreach (var (voter, before) in taken)
                if (!cast.VotesOf.ContainsKey(voter)) Take(voter, before, ImmutableDictionary<IdeaId, Vote>.Empty);
            _taken = cast.VotesOf;
        }

        private void Take(VoterKey voter, ImmutableDictionary<IdeaId, Vote>? before, ImmutableDictionary<IdeaId, Vote> after)
        {
            var said = statements.Said(after);
            foreach (var (statement, stance) in said) Votes.Set(voter, statement, stance);
            if (before is null) return;
            foreach (var statement in statements.Said(before).Keys)
                if (!said.ContainsKey(statement)) Votes.Set(voter, statement, null);
        }
    }
}
