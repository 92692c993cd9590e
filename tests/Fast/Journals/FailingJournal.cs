using System.Collections.Immutable;
using LiveCoCreate.Grains.Journals;

namespace LiveCoCreate.Fast.Journals;

/// <summary>A journal whose disk a test holds in its hand: the next append fails, before or after it was written, or
/// appends or snapshots wait until the test lets them go.</summary>
public sealed class FailingJournal(IJournal journal) : IJournal
{
    private readonly Lock _lock = new();
    private Failure? _next;
    private string _nextStream = "";
    private HeldAppends? _held;
    private HeldAppends? _heldSnapshots;
    private bool _holdsOne;
    private int _loads;
    private int _appends;

    /// <summary>How often somebody began to load a stream.</summary>
    public int Loads => _loads;

    /// <summary>How many appends there have been.</summary>
    public int Appends => _appends;

    /// <summary>Called at each append, on its thread.</summary>
    public Action Appending { get; set; } = () => { };

    /// <summary>Called with each snapshot before it is kept.</summary>
    public Action<Snapshot> Saving { get; set; } = _ => { };

    public enum Failure
    {
        /// <summary>Nothing was written: the disk was full.</summary>
        BeforeWriting,

        /// <summary>It was written and the caller is not told: the plug was pulled.</summary>
        AfterWriting,
    }

    /// <param name="when">How it fails.</param>
    /// <param name="stream">To which stream; any when empty.</param>
    public void FailNextAppend(Failure when, string stream = "")
    {
        lock (_lock) (_next, _nextStream) = (when, stream);
    }

    /// <summary>From now on appends stop before they write, until the result lets them go.</summary>
    public HeldAppends HoldAppends()
    {
        lock (_lock) return _held = new HeldAppends(this);
    }

    /// <summary>From now on snapshots stop before they are kept, until the result lets them go.</summary>
    public HeldAppends HoldSnapshots()
    {
        lock (_lock) return _heldSnapshots = new HeldAppends(this);
    }

    /// <summary>The next snapshot stops before it is kept, until the result lets it go; later ones pass it by.</summary>
    public HeldAppends HoldNextSnapshot()
    {
        lock (_lock)
        {
            _holdsOne = true;
            return _heldSnapshots = new HeldAppends(this);
        }
    }

    public async ValueTask AppendAsync(string stream, long expectedVersion, ImmutableArray<Envelope> events, CancellationToken cancellation)
    {
        Interlocked.Increment(ref _appends);
        Appending();
        var (failure, held) = Next(stream);
        if (held is not null) await held.PassAsync();
        if (failure == Failure.BeforeWriting) throw new IOException("The test failed this append before it was written.");

        await journal.AppendAsync(stream, expectedVersion, events, cancellation);
        if (failure == Failure.AfterWriting) throw new IOException("The test failed this append after it was written.");
    }

    public IAsyncEnumerable<Envelope> ReadAsync(string stream, long after, long upTo, CancellationToken cancellation) =>
        journal.ReadAsync(stream, after, upTo, cancellation);

    public IAsyncEnumerable<(long Version, DateTimeOffset At, string Type)> OutlineAsync(string stream, CancellationToken cancellation) =>
        journal.OutlineAsync(stream, cancellation);

    public ValueTask RewriteAsync(string stream, Func<Envelope, Envelope> rewrite, CancellationToken cancellation) =>
        journal.RewriteAsync(stream, rewrite, cancellation);

    public ValueTask<long> RewritesAsync(string stream, CancellationToken cancellation) => journal.RewritesAsync(stream, cancellation);

    public async ValueTask SaveSnapshotAsync(Snapshot snapshot, CancellationToken cancellation)
    {
        HeldAppends? held;
        lock (_lock)
        {
            held = _heldSnapshots;
            if (_holdsOne) (_heldSnapshots, _holdsOne) = (null, false);
        }

        if (held is not null) await held.PassAsync();
        Saving(snapshot);
        await journal.SaveSnapshotAsync(snapshot, cancellation);
        held?.HasPassed();
    }

    public ValueTask<Snapshot?> FindSnapshotAsync(string stream, string stateVersion, long upTo, CancellationToken cancellation)
    {
        Interlocked.Increment(ref _loads);
        return journal.FindSnapshotAsync(stream, stateVersion, upTo, cancellation);
    }

    public ValueTask ProbeAsync(CancellationToken cancellation) => journal.ProbeAsync(cancellation);

    private (Failure?, HeldAppends?) Next(string stream)
    {
        lock (_lock)
        {
            if (_nextStream.Length > 0 && _nextStream != stream) return (null, _held);
            var next = _next;
            (_next, _nextStream) = (null, "");
            return (next, _held);
        }
    }

    private void Release(HeldAppends held)
    {
        lock (_lock)
        {
            if (_held == held) _held = null;
            if (_heldSnapshots == held) _heldSnapshots = null;
        }
    }

    public sealed class HeldAppends(FailingJournal journal)
    {
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _passed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Completes when the first append or snapshot is waiting here.</summary>
        public Task Reached => _reached.Task;

        /// <summary>Completes when the first snapshot that waited here was kept.</summary>
        public Task Passed => _passed.Task;

        public void LetGo()
        {
            journal.Release(this);
            _released.TrySetResult();
        }

        internal void HasPassed() => _passed.TrySetResult();

        internal Task PassAsync()
        {
            _reached.TrySetResult();
            return _released.Task;
        }
    }
}
