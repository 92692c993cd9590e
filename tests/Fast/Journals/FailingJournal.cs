using System.Collections.Immutable;
using LiveCoCreate.Grains.Journals;

namespace LiveCoCreate.Fast.Journals;

/// <summary>A journal whose disk a test holds in its hand: the next append fails, before or after it was written, or
/// appends wait until the test lets them go.</summary>
public sealed class FailingJournal(IJournal journal) : IJournal
{
    private readonly Lock _lock = new();
    private Failure? _next;
    private HeldAppends? _held;

    public enum Failure
    {
        /// <summary>Nothing was written: the disk was full.</summary>
        BeforeWriting,

        /// <summary>It was written and the caller is not told: the plug was pulled.</summary>
        AfterWriting,
    }

    public void FailNextAppend(Failure when)
    {
        lock (_lock) _next = when;
    }

    /// <summary>From now on appends stop before they write, until the result lets them go.</summary>
    public HeldAppends HoldAppends()
    {
        lock (_lock) return _held = new HeldAppends(this);
    }

    public async ValueTask AppendAsync(string stream, long expectedVersion, ImmutableArray<Envelope> events, CancellationToken cancellation)
    {
        var (failure, held) = Next();
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

    public ValueTask SaveSnapshotAsync(Snapshot snapshot, CancellationToken cancellation) =>
        journal.SaveSnapshotAsync(snapshot, cancellation);

    public ValueTask<Snapshot?> FindSnapshotAsync(string stream, string stateVersion, long upTo, CancellationToken cancellation) =>
        journal.FindSnapshotAsync(stream, stateVersion, upTo, cancellation);

    public ValueTask ProbeAsync(CancellationToken cancellation) => journal.ProbeAsync(cancellation);

    private (Failure?, HeldAppends?) Next()
    {
        lock (_lock)
        {
            var next = _next;
            _next = null;
            return (next, _held);
        }
    }

    private void Release(HeldAppends held)
    {
        lock (_lock)
        {
            if (_held == held) _held = null;
        }
    }

    public sealed class HeldAppends(FailingJournal journal)
    {
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Completes when the first append is waiting here.</summary>
        public Task Reached => _reached.Task;

        public void LetGo()
        {
            journal.Release(this);
            _released.TrySetResult();
        }

        internal Task PassAsync()
        {
            _reached.TrySetResult();
            return _released.Task;
        }
    }
}
