namespace LiveCoCreate.Load.Boards;

/// <summary>A thousand clients in one process get the same bytes a thousand times: each compares them with the last ones that arrived, and
/// only bytes that differ are parsed. The comparison is exact, so nothing is taken on trust.</summary>
internal sealed class ChangeCache(IdeaNumbers numbers)
{
    private readonly Entry?[] _frames = new Entry?[32];
    private readonly Entry?[] _views = new Entry?[4];
    private int _next = -1;
    private long _parsed;

    /// <summary>How many different frames and views there were.</summary>
    public long Parsed => Interlocked.Read(ref _parsed);

    public Change Frame(ReadOnlySpan<byte> json) => Read(_frames, json, isView: false);

    public Change View(ReadOnlySpan<byte> json) => Read(_views, json, isView: true);

    private Change Read(Entry?[] recent, ReadOnlySpan<byte> json, bool isView)
    {
        foreach (var entry in recent)
            if (entry is not null && json.SequenceEqual(entry.Json)) return entry.Change;

        var fresh = new Entry(json.ToArray(), Change.Read(json, numbers, isView));
        recent[(uint)Interlocked.Increment(ref _next) % recent.Length] = fresh;
        Interlocked.Increment(ref _parsed);
        return fresh.Change;
    }

    private sealed record Entry(byte[] Json, Change Change);
}
