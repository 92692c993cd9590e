using LiveCoCreate.Wire.Boards;

namespace LiveCoCreate.Wire;

/// <summary>
/// A hall of two thousand people in one process gets the same bytes two thousand times. Each person's bytes are compared
/// with the last ones that arrived; only bytes that differ are parsed, and only views that differ are merged. Nothing is
/// taken on trust: whoever got another frame, or held another board, is parsed and merged for.
/// </summary>
public sealed class SharedFrames
{
    private readonly Entry?[] _recent = new Entry?[64];
    private int _next = -1;
    private long _parsed;
    private long _shared;

    /// <summary>How many frames were parsed, and how many times an equal one was already there.</summary>
    public (long Parsed, long Shared) Counts => (Interlocked.Read(ref _parsed), Interlocked.Read(ref _shared));

    internal SharedFrame Read(ReadOnlySpan<byte> json, Reading reading)
    {
        foreach (var entry in _recent)
        {
            if (entry is null || entry.Reading != reading || !json.SequenceEqual(entry.Json)) continue;
            Interlocked.Increment(ref _shared);
            return entry.Frame;
        }

        var fresh = new Entry(json.ToArray(), reading, new SharedFrame(WireJson.Read<BoardFrame>(json, reading)));
        _recent[(uint)Interlocked.Increment(ref _next) % _recent.Length] = fresh;
        Interlocked.Increment(ref _parsed);
        return fresh.Frame;
    }

    private sealed record Entry(byte[] Json, Reading Reading, SharedFrame Frame);
}

/// <summary>A parsed frame, and the last boards it was merged into.</summary>
internal sealed class SharedFrame(BoardFrame frame)
{
    private readonly Lock _gate = new();
    private readonly List<(BoardView Before, BoardView After)> _merged = [];

    public BoardFrame Frame => frame;

    public (News News, BoardView After) MergeInto(BoardView view)
    {
        lock (_gate)
        {
            foreach (var (before, after) in _merged)
            {
                if (ReferenceEquals(before, view)) return (News.Merged, after);
            }
        }

        var (news, made) = Merging.Merge(view, frame);
        return news == News.Merged ? (news, Remember(view, made)) : (news, made);
    }

    // People who came to the same board by different frames (one skipped some) share one object again from here on.
    private BoardView Remember(BoardView before, BoardView after)
    {
        lock (_gate)
        {
            var same = _merged.Find(earlier => earlier.After.ShowsTheSameAs(after)).After ?? after;
            if (_merged.Count < 8) _merged.Add((before, same));
            return same;
        }
    }
}

/// <summary>What the server tells all people alike, parsed once for those who get the same bytes.</summary>
internal sealed class SharedReads<T> where T : class
{
    private readonly Entry?[] _recent = new Entry?[8];
    private int _next = -1;

    public T Read(ReadOnlySpan<byte> json)
    {
        foreach (var entry in _recent)
            if (entry is not null && json.SequenceEqual(entry.Json)) return entry.Value;

        var value = WireJson.Read<T>(json);
        _recent[(uint)Interlocked.Increment(ref _next) % _recent.Length] = new Entry(json.ToArray(), value);
        return value;
    }

    private sealed record Entry(byte[] Json, T Value);
}
