using System.Buffers;
using System.Collections.Immutable;

namespace LiveCoCreate.Grains.Journals;

/// <summary>The journal's contract in its plainest form: for tests, and to read. It forgets all when the process ends.</summary>
public sealed class InMemoryJournal : IJournal
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, List<Envelope>> _streams = [];
    private readonly Dictionary<(string Stream, long Version), Snapshot> _snapshots = [];
    private readonly Dictionary<string, long> _rewrites = [];

    public ValueTask AppendAsync(string stream, long expectedVersion, ImmutableArray<Envelope> events, CancellationToken cancellation)
    {
        Batch.Check(stream, expectedVersion, events);
        if (cancellation.IsCancellationRequested) return ValueTask.FromCanceled(cancellation);
        if (events.IsEmpty) return ValueTask.CompletedTask;

        lock (_lock)
        {
            var kept = _streams.GetValueOrDefault(stream) ?? [];
            if (kept.Count != expectedVersion)
            {
                return ValueTask.FromException(new JournalConflictException(stream, expectedVersion));
            }

            kept.AddRange(events);
            _streams[stream] = kept;
        }

        return ValueTask.CompletedTask;
    }

    public IAsyncEnumerable<Envelope> ReadAsync(string stream, long after, long upTo, CancellationToken cancellation) =>
        Kept(stream).Where(happened => happened.Version > after && happened.Version <= upTo).ToAsyncEnumerable();

    public IAsyncEnumerable<(long Version, DateTimeOffset At, string Type)> OutlineAsync(string stream, CancellationToken cancellation) =>
        Kept(stream).Select(happened => (happened.Version, happened.At, happened.Type)).ToAsyncEnumerable();

    public ValueTask RewriteAsync(string stream, Func<Envelope, Envelope> rewrite, CancellationToken cancellation)
    {
        lock (_lock)
        {
            if (_streams.TryGetValue(stream, out var kept))
            {
                _streams[stream] = [.. kept.Select(before => Batch.Rewritten(before, rewrite))];
            }

            _rewrites[stream] = _rewrites.GetValueOrDefault(stream) + 1;
            foreach (var key in _snapshots.Keys.Where(key => key.Stream == stream).ToList()) _snapshots.Remove(key);
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<long> RewritesAsync(string stream, CancellationToken cancellation)
    {
        lock (_lock) return ValueTask.FromResult(_rewrites.GetValueOrDefault(stream));
    }

    public ValueTask SaveSnapshotAsync(Snapshot snapshot, CancellationToken cancellation)
    {
        lock (_lock)
        {
            if (_rewrites.GetValueOrDefault(snapshot.Stream) == snapshot.Rewrites)
                _snapshots[(snapshot.Stream, snapshot.Version)] = snapshot with { State = new(snapshot.State.ToArray()) };
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<Snapshot?> FindSnapshotAsync(string stream, string stateVersion, long upTo, CancellationToken cancellation)
    {
        lock (_lock)
        {
            return ValueTask.FromResult(_snapshots.Values
                .Where(snapshot => snapshot.Stream == stream && snapshot.StateVersion == stateVersion && snapshot.Version <= upTo)
                .MaxBy(snapshot => snapshot.Version));
        }
    }

    public ValueTask ProbeAsync(CancellationToken cancellation) => ValueTask.CompletedTask;

    private ImmutableArray<Envelope> Kept(string stream)
    {
        lock (_lock) return _streams.TryGetValue(stream, out var kept) ? [.. kept] : [];
    }
}
