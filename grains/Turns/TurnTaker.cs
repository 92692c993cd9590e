using System.Buffers;
using System.Collections.Immutable;
using System.IO.Pipelines;
using System.Text.Json;
using LiveCoCreate.Grains.Journals;

namespace LiveCoCreate.Grains.Turns;

/// <summary>The grain was dropped, idle or broken; whoever holds it asks its silo for the next activation and calls again.</summary>
public sealed class GrainGoneException(string stream) : Exception($"{stream} was dropped; ask for it again.");

/// <summary>What an operator should read of: a command whose decider threw, what could not be written or told.</summary>
/// <param name="What">What threw it, in words that name nobody.</param>
/// <param name="Id">The command, where it was one.</param>
public sealed record Mishap(string Stream, string What, CommandId Id, Exception Exception)
{
    /// <summary>For a log: a message may quote what a person wrote or is called, so it is there only where the journal says it (P5).</summary>
    public string Why => Exception is JournalAwayException ? Exception.Message : Exception.GetType().FullName!;
}

/// <summary>One stream's turns: decide, append, tell. Takes all commands that are waiting, decides and evolves them one after
/// another on a candidate state, appends their events in one durable write, then swaps the state and answers every caller.
/// Commands that arrive while the write is on its way gather for the next turn: load makes batches, not queues.</summary>
public sealed class TurnTaker<TState, TCommand, TEvent>
    where TState : ISourced<TState, TCommand, TEvent>
    where TEvent : notnull
{
    /// <summary>A snapshot's bytes are pieces that are used again: an array of megabytes for each would be a large object, and those lie about until all memory is
    /// collected. In a room that voted on, they were most of what grew.</summary>
    private static readonly PipeOptions Pieces = new(minimumSegmentSize: 64 * 1024, pauseWriterThreshold: 0, useSynchronizationContext: false);

    private readonly Lock _gate = new();
    private readonly string _stream;
    private readonly IJournal _journal;
    private readonly Func<TState, IReadOnlyList<Recorded<TEvent>>, ValueTask> _committed;
    private List<Waiting> _waiting = [];
    private Answered _answered = new();
    private volatile Holder _holder = new(TState.Empty, DateTimeOffset.MinValue);
    private Task _snapshot = Task.CompletedTask;
    private long _lastSnapshot;
    private long _rewrites;
    private bool _turning;
    private bool _gone;

    private TurnTaker(string stream, IJournal journal, Func<TState, IReadOnlyList<Recorded<TEvent>>, ValueTask> committed) =>
        (_stream, _journal, _committed) = (stream, journal, committed);

    /// <summary>The state as last made durable (P1). Immutable; read it from anywhere.</summary>
    public TState State => _holder.State;

    /// <summary>When the stream's last event happened.</summary>
    public DateTimeOffset At => _holder.At;

    /// <summary>Whether this grain broke or retired: it answers nobody any more.</summary>
    public bool IsGone { get { lock (_gate) return _gone; } }

    /// <summary>Reads the stream from its latest snapshot on.</summary>
    /// <param name="committed">Called within the turn after each durable write, before its callers are answered.</param>
    /// <exception cref="UnknownEventException">The stream was written by a newer version.</exception>
    public static async ValueTask<TurnTaker<TState, TCommand, TEvent>> ActivateAsync(
        string stream, IJournal journal, Func<TState, IReadOnlyList<Recorded<TEvent>>, ValueTask> committed, CancellationToken cancellation)
    {
        var taker = new TurnTaker<TState, TCommand, TEvent>(stream, journal, committed);
        await taker.LoadAsync(cancellation);
        return taker;
    }

    /// <exception cref="GrainGoneException">This activation is over; ask for the next one.</exception>
    public ValueTask<Reply> SubmitAsync(Submission<TCommand> submission)
    {
        var waiting = new Waiting(submission, null);
        return Enqueue(waiting, Limits.WaitingCommands) ? new(waiting.Answered.Task) : new(GrainMetrics.Counted(Reply.Refused("retry", State.Version)));
    }

    /// <summary>Forgetting (P10), as a turn of its own: rewrites the journal's events and reloads the state from it.</summary>
    public async ValueTask RewriteAsync(Func<Envelope, Envelope> rewrite)
    {
        var waiting = new Waiting(null, rewrite);
        Enqueue(waiting, int.MaxValue);
        await waiting.Answered.Task;
    }

    /// <summary>Ends this activation if nobody waits; false while it is busy.</summary>
    public bool TryRetire()
    {
        lock (_gate)
        {
            if (_turning || !_snapshot.IsCompleted) return false;
            return _gone = true;
        }
    }

    private bool Enqueue(Waiting waiting, int most)
    {
        lock (_gate)
        {
            if (_gone) throw new GrainGoneException(_stream);
            if (_waiting.Count >= most) return false;
            _waiting.Add(waiting);
            if (_turning) return true;
            _turning = true;
        }

        // On the caller's thread, which saves two hand-overs; but not where what follows would have to come back to that thread, or to a silo's scheduler.
        if (SynchronizationContext.Current is null && TaskScheduler.Current == TaskScheduler.Default) _ = TakeTurnsAsync(isLent: true);
        else _ = Task.Run(() => TakeTurnsAsync(isLent: false));
        return true;
    }

    /// <param name="isLent">Whether the thread is a caller's, who hears the answer to its own command before others' turns are taken.</param>
    private async Task TakeTurnsAsync(bool isLent)
    {
        while (true)
        {
            List<Waiting> waiting;
            lock (_gate)
            {
                if (_waiting.Count == 0 || _gone)
                {
                    _turning = false;
                    return;
                }

                (waiting, _waiting) = (_waiting, []);
            }

            try
            {
                var turn = TakeTurnAsync(waiting);
                isLent &= turn.IsCompleted;
                await turn;
                if (isLent && AreWaiting)
                {
                    await Task.Yield();
                    isLent = false;
                }
            }
            // Whatever it was: what is durable is unknown now, so this activation ends, tells nobody that it worked (P3),
            // and the next one reloads from the journal. No repair code to get wrong.
#pragma warning disable CA1031
            catch (Exception broken)
#pragma warning restore CA1031
            {
                Break(waiting, broken);
            }
        }
    }

    private bool AreWaiting { get { lock (_gate) return _waiting.Count > 0; } }

    private async Task TakeTurnAsync(List<Waiting> waiting)
    {
        // A rewrite is a turn of its own; those before it go first.
        for (var from = 0; from < waiting.Count;)
        {
            if (waiting[from].Rewrite is { } rewrite)
            {
                // A snapshot of what is about to be forgotten must not be saved after it is.
                await _snapshot;
                await _journal.RewriteAsync(_stream, rewrite, CancellationToken.None);
                await LoadAsync(CancellationToken.None);
                await _committed(State, []);
                waiting[from++].Answered.TrySetResult(new Reply(State.Version));
                continue;
            }

            var to = waiting.FindIndex(from, w => w.Rewrite is not null);
            if (to < 0) to = waiting.Count;
            await DecideAsync(waiting.GetRange(from, to - from));
            from = to;
        }
    }

    private async Task DecideAsync(List<Waiting> waiting)
    {
        var batch = new Batch(_holder, _answered);
        foreach (var caller in waiting) caller.WillHear = Decide(batch, caller.Submission!);
        GrainMetrics.BatchSize.Record(waiting.Count);

        if (batch.News.Count > 0)
        {
            var envelopes = batch.News.Select(news => EventCodec<TEvent>.Write(_stream, news)).ToImmutableArray();
            // Past this line no caller's patience counts: a cancelled append is one whose outcome nobody knows.
            await _journal.AppendAsync(_stream, State.Version, envelopes, CancellationToken.None);
            foreach (var (under, command, version) in batch.Accepted) _answered.Remember(under, command, version);
            _holder = batch.Candidate;
            KeepSnapshot();
            await _committed(State, batch.News);
        }

        foreach (var caller in waiting) caller.Answered.TrySetResult(GrainMetrics.Counted(caller.WillHear!));
    }

    /// <summary>A decider's mistake is told to the one whose command met it, as a refusal: nothing of it has happened, the others of the
    /// batch and those to come lose nothing, and no retry takes the stream down again and again.</summary>
    private Reply Decide(Batch batch, Submission<TCommand> submission)
    {
        try
        {
            return batch.Decide(submission);
        }
        catch (UndecidedException undecided)
        {
            Mishap?.Invoke(new Mishap(_stream, $"deciding {submission.Command?.GetType().Name ?? "nothing"}", submission.Id, undecided.InnerException!));
            return Reply.Refused("internal-error", batch.Candidate.State.Version);
        }
    }

    private void Break(List<Waiting> waiting, Exception broken)
    {
        lock (_gate)
        {
            _gone = true;
            waiting.AddRange(_waiting);
            _waiting = [];
        }

        // Where another silo took the stream over, it is that one's to write. Said before anybody is answered: who hears of it finds it in the log.
        if (broken is not JournalConflictException) Mishap?.Invoke(new Mishap(_stream, "writing what was decided, or telling it,", default, broken));
        Broke?.Invoke(broken);
        foreach (var caller in waiting)
        {
            if (caller.Rewrite is null) caller.Answered.TrySetResult(GrainMetrics.Counted(Reply.Refused("retry")));
            else caller.Answered.TrySetException(broken);
        }
    }

    /// <summary>Called once when this activation broke.</summary>
    public Action<Exception>? Broke { get; set; }

    /// <summary>Called for each command whose decider threw, and for what broke this activation.</summary>
    public Action<Mishap>? Mishap { get; set; }

    private async ValueTask LoadAsync(CancellationToken cancellation)
    {
        var (state, at, answered) = (TState.Empty, DateTimeOffset.MinValue, new Answered());
        _rewrites = await _journal.RewritesAsync(_stream, cancellation);
        if (await _journal.FindSnapshotAsync(_stream, TState.StateVersion, long.MaxValue, cancellation) is { } snapshot)
        {
            if (Read<Saved>(snapshot) is { } saved) (state, at, answered) = (saved.State, saved.At, Answered.Load(saved.Answered));
        }

        await foreach (var envelope in _journal.ReadAsync(_stream, state.Version, long.MaxValue, cancellation))
        {
            var happened = EventCodec<TEvent>.Read(envelope);
            state = TState.Evolve(state, happened);
            at = happened.At;
            if (TState.Under(happened) is { } under) answered.Remember(under, happened.Command, happened.Version);
            // Forgetting took the snapshots along: they are made again on the way, since they are the timeline's keyframes too.
            if (state.Version % Limits.SnapshotEvery == 0) SaveSnapshot(new Holder(state, at), answered.Keep());
        }

        (_answered, _holder, _lastSnapshot) = (answered, new Holder(state, at), state.Version);
    }

    /// <summary>A snapshot is a cache: written from the immutable state outside the turn, and a failure costs only speed.</summary>
    private void KeepSnapshot()
    {
        if (State.Version / Limits.SnapshotEvery <= _lastSnapshot / Limits.SnapshotEvery) return;
        _lastSnapshot = State.Version;
        SaveSnapshot(_holder, _answered.Keep());
    }

    private void SaveSnapshot(Holder held, Func<Dictionary<string, byte[]>> answered)
    {
        var (before, rewrites) = (_snapshot, _rewrites);
        _snapshot = Task.Run(async () =>
        {
            await before;
            var pieces = new Pipe(Pieces);
            try
            {
                await JsonSerializer.SerializeAsync(pieces.Writer, new Saved(held.State, held.At, answered()), Json.Options);
                await pieces.Writer.CompleteAsync();
                var state = (await pieces.Reader.ReadAsync()).Buffer;
                await _journal.SaveSnapshotAsync(new Snapshot(_stream, held.State.Version, TState.StateVersion, state, rewrites), CancellationToken.None);
            }
#pragma warning disable CA1031
            catch (Exception)
#pragma warning restore CA1031
            {
                // A cache that could not be written: the next activation reads more events.
            }
            finally
            {
                await pieces.Reader.CompleteAsync();
            }
        });
    }

    /// <summary>What a snapshot holds.</summary>
    public sealed record Saved(TState State, DateTimeOffset At, Dictionary<string, byte[]> Answered);

    /// <summary>What a keyframe needs of a snapshot.</summary>
    public sealed record SavedState(TState State);

    /// <summary>A snapshot's content. Null for one that cannot be read: it is only a cache, and the events are all there.</summary>
    public static TSaved? Read<TSaved>(Snapshot snapshot) where TSaved : class
    {
        try
        {
            return JsonSerializer.Deserialize<TSaved>(snapshot.State.IsSingleSegment ? snapshot.State.FirstSpan : snapshot.State.ToArray(), Json.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record Holder(TState State, DateTimeOffset At);

    private sealed class Waiting(Submission<TCommand>? submission, Func<Envelope, Envelope>? rewrite)
    {
        public Submission<TCommand>? Submission { get; } = submission;

        public Func<Envelope, Envelope>? Rewrite { get; } = rewrite;

        public Reply? WillHear { get; set; }

        public TaskCompletionSource<Reply> Answered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>One turn's decisions on a candidate state; nothing of it counts before it is durable.</summary>
    private sealed class Batch(Holder before, Answered answered)
    {
        private readonly Dictionary<(string Under, CommandId Command), long> _accepted = [];

        public Holder Candidate { get; private set; } = before;

        public List<Recorded<TEvent>> News { get; } = [];

        public IEnumerable<(string Under, CommandId Command, long Version)> Accepted => _accepted.Select(pair => (pair.Key.Under, pair.Key.Command, pair.Value));

        public Reply Decide(Submission<TCommand> submission)
        {
            var mark = Undecided(() => TState.MarkOf(Candidate.State, submission));
            if (answered.Find(mark.Under, submission.Id) is { } earlier) return new Reply(earlier);
            if (_accepted.TryGetValue((mark.Under, submission.Id), out earlier)) return new Reply(earlier);

            var decision = Undecided(() => TState.Decide(Candidate.State, submission));
            if (decision.Refusal is { } refusal) return new Reply(Candidate.State.Version, refusal);

            var at = mark.At > Candidate.At ? mark.At : Candidate.At;
            foreach (var happened in decision.Events.IsEmpty ? [TState.Nothing] : decision.Events)
            {
                var news = new Recorded<TEvent>(Candidate.State.Version + 1, at, mark.By, submission.Id, happened);
                Candidate = new Holder(TState.Evolve(Candidate.State, news), at);
                News.Add(news);
            }

            _accepted[(mark.Under, submission.Id)] = Candidate.State.Version;
            return new Reply(Candidate.State.Version);
        }

        /// <summary>Tells what deciding throws from what folding does: a fold that fails would fail on every replay too, and breaks the grain.</summary>
        private static T Undecided<T>(Func<T> decide)
        {
            try
            {
                return decide();
            }
#pragma warning disable CA1031
            catch (Exception mistake)
#pragma warning restore CA1031
            {
                throw new UndecidedException(mistake);
            }
        }
    }

#pragma warning disable CA1032, CA1064
    private sealed class UndecidedException(Exception mistake) : Exception(null, mistake);
#pragma warning restore CA1032, CA1064
}
