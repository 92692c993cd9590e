using System.Buffers;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using LiveCoCreate.Grains.Journals;

namespace LiveCoCreate.Silo.Journals;

/// <summary>The journal in any of Orleans' grain storages: Azure Storage and others. A stream is a row of segments, and an append writes the last of them anew,
/// naming the edition that it read: of two writers one wins. A segment that has grown to its size is full, which stands in it, and the next begins.
/// <para>Beside its segments each stream has a page about itself: how often it was rewritten, which snapshots there are, and where segments begin. The last is a help
/// only: whoever reads goes on from the last segment that is known to the first that is not full.</para>
/// <para>Forgetting replaces segments and deletes snapshots. Whether their old bytes are gone is the storage's matter: it must keep no versions and no deleted blobs.</para></summary>
public sealed class GrainStorageJournal : IJournal, IAsyncDisposable
{
    /// <summary>Small enough to be written for each batch, large enough for a board to be read in some hundred steps.</summary>
    private const int SegmentBytes = 64 * 1024;

    private const int RememberedTails = 1_000;
    private const string Segments = "segment", Pages = "about", Snapshots = "snapshot", Probes = "probe";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly GrainStorageShelf _shelf;
    private readonly JournalMeter _meter;
    private readonly ConcurrentDictionary<string, Tail> _tails = new(StringComparer.Ordinal);

    public GrainStorageJournal(GrainStorageShelf shelf) => (_shelf, _meter) = (shelf, new JournalMeter(this));

    public async ValueTask AppendAsync(string stream, long expectedVersion, ImmutableArray<Envelope> events, CancellationToken cancellation)
    {
        Batch.Check(stream, expectedVersion, events);
        cancellation.ThrowIfCancellationRequested();
        if (events.IsEmpty) return;

        ImmutableArray<Line> lines = [.. events.Select(happened => new Line(happened.Type, happened.At.ToUnixTimeMilliseconds(), happened.By, happened.Command, happened.Payload))];
        while (true)
        {
            var isKnown = _tails.TryRemove(stream, out var tail);
            tail ??= await FindTailAsync(stream);
            if (tail.Version != expectedVersion)
            {
                // What was remembered may be older than what another node wrote.
                if (isKnown) continue;
                throw new JournalConflictException(stream, expectedVersion);
            }

            var begins = tail.Segment.Full;
            var next = begins
                ? new Tail(new Segment(expectedVersion + 1, Full: false, lines), null, tail.Firsts.Add(expectedVersion + 1))
                : tail with { Segment = tail.Segment with { Lines = tail.Segment.Lines.AddRange(lines) } };
            var bytes = Bytes(next.Segment);
            if (bytes.Length >= SegmentBytes)
            {
                next = next with { Segment = next.Segment with { Full = true } };
                bytes = Bytes(next.Segment);
            }

            // Where another was first, the next look says whether it appended, and so won, or only forgot something.
            var started = Stopwatch.GetTimestamp();
            if (await _shelf.TryWriteAsync(Segments, Name(stream, next.Index), bytes, next.Edition) is not { } edition) continue;
            // No two streams share a write here.
            _meter.Committed(batches: 1, Stopwatch.GetElapsedTime(started));
            Remember(stream, next with { Edition = edition });
            if (begins) await NoteAsync(stream, next.Firsts);
            return;
        }
    }

    public async IAsyncEnumerable<Envelope> ReadAsync(string stream, long after, long upTo, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var segment in SegmentsAsync(stream, after + 1, cancellation))
        {
            if (segment.First > upTo) yield break;
            for (var n = (int)Math.Max(0, after + 1 - segment.First); n < segment.Lines.Length && segment.First + n <= upTo; n++) yield return segment.Envelope(stream, n);
        }
    }

    public async IAsyncEnumerable<(long Version, DateTimeOffset At, string Type)> OutlineAsync(string stream, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var segment in SegmentsAsync(stream, from: 1, cancellation))
            for (var n = 0; n < segment.Lines.Length; n++) yield return (segment.First + n, DateTimeOffset.FromUnixTimeMilliseconds(segment.Lines[n].At), segment.Lines[n].Type);
    }

    public async ValueTask RewriteAsync(string stream, Func<Envelope, Envelope> rewrite, CancellationToken cancellation)
    {
        // All of it is asked for before any of it is written: a lie changes nothing.
        var changed = new List<int>();
        var index = 0;
        await foreach (var segment in SegmentsAsync(stream, from: 1, cancellation))
        {
            if (Rewritten(stream, segment, rewrite) != null) changed.Add(index);
            index++;
        }

        foreach (var one in changed) await RewriteAsync(stream, one, rewrite);

        // Only now: whoever asked before this how often it was rewritten may have read what is gone, and keeps no snapshot of it.
        while (true)
        {
            var (page, edition) = await PageAsync(stream);
            ImmutableSortedSet<long> doomed = [.. page.Doomed, .. page.Snapshots.Select(snapshot => snapshot.Version)];
            // They stay doomed: each further forgetting makes sure of them again, whoever wrote one too late and did not live to take it away.
            if (await TryWriteAsync(stream, page with { Rewrites = page.Rewrites + 1, Snapshots = [], Doomed = [.. doomed] }, edition) is null) continue;
            foreach (var version in doomed) await _shelf.ClearAsync(Snapshots, Name(stream, version));
            return;
        }
    }

    public async ValueTask<long> RewritesAsync(string stream, CancellationToken cancellation) => (await PageAsync(stream)).Page.Rewrites;

    public async ValueTask SaveSnapshotAsync(Snapshot snapshot, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var (stream, version) = (snapshot.Stream, snapshot.Version);
        while (true)
        {
            var (page, edition) = await PageAsync(stream);
            if (page.Rewrites != snapshot.Rewrites) return;
            ImmutableArray<Kept> kept = [.. page.Snapshots.Where(one => one.Version != version), new Kept(version, snapshot.StateVersion)];
            if (await TryWriteAsync(stream, page with { Snapshots = kept }, edition) is not null) break;
        }

        var bytes = SnapshotBytes(snapshot);
        while (await _shelf.TryWriteAsync(Snapshots, Name(stream, version), bytes, (await _shelf.ReadAsync(Snapshots, Name(stream, version))).Edition) is null) { }

        // Forgotten while it was on its way.
        if ((await PageAsync(stream)).Page.Rewrites != snapshot.Rewrites) await _shelf.ClearAsync(Snapshots, Name(stream, version));
    }

    public async ValueTask<Snapshot?> FindSnapshotAsync(string stream, string stateVersion, long upTo, CancellationToken cancellation)
    {
        var (page, _) = await PageAsync(stream);
        foreach (var kept in page.Snapshots.Where(one => one.StateVersion == stateVersion && one.Version <= upTo).OrderByDescending(one => one.Version))
        {
            // It may not be written yet, or be gone by now: it is a cache.
            if ((await _shelf.ReadAsync(Snapshots, Name(stream, kept.Version))).Bytes is { } bytes && Found(stream, kept, page.Rewrites, bytes) is { } found) return found;
        }

        return null;
    }

    public async ValueTask ProbeAsync(CancellationToken cancellation) => await WriteProbeAsync().WaitAsync(cancellation);

    public ValueTask DisposeAsync()
    {
        _meter.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>The same page over again. Where another node was first it has just been written.</summary>
    private async Task WriteProbeAsync()
    {
        var (_, edition) = await _shelf.ReadAsync(Probes, Probes);
        await _shelf.TryWriteAsync(Probes, Probes, [1], edition);
    }

    private static string Name(string stream, long number) => $"{stream}/{number}";

    private static byte[] Bytes<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, Json);

    private async ValueTask<(Segment? Segment, string? Edition)> SegmentAsync(string stream, int index)
    {
        var (bytes, edition) = await _shelf.ReadAsync(Segments, Name(stream, index));
        return (bytes is null ? null : JsonSerializer.Deserialize<Segment>(bytes, Json), edition);
    }

    private async IAsyncEnumerable<Segment> SegmentsAsync(string stream, long from, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var (page, _) = await PageAsync(stream);
        for (var index = Math.Max(0, page.Firsts.Count(first => first <= from) - 1);; index++)
        {
            cancellation.ThrowIfCancellationRequested();
            if ((await SegmentAsync(stream, index)).Segment is not { } segment) yield break;
            yield return segment;
            if (!segment.Full) yield break;
        }
    }

    private async ValueTask<Tail> FindTailAsync(string stream)
    {
        var (page, _) = await PageAsync(stream);
        var firsts = page.Firsts.IsDefaultOrEmpty ? [1] : page.Firsts.ToImmutableList();
        Tail? last = null;
        for (var index = firsts.Count - 1;; index++)
        {
            var (segment, edition) = await SegmentAsync(stream, index);
            if (segment is null) return last ?? new Tail(new Segment(1, Full: false, []), edition, [1]);
            if (index == firsts.Count) firsts = firsts.Add(segment.First);
            last = new Tail(segment, edition, firsts);
            if (!segment.Full) return last;
        }
    }

    private void Remember(string stream, Tail tail)
    {
        // Each holds its segment. Forgetting all of them costs one look each.
        if (_tails.Count >= RememberedTails) _tails.Clear();
        _tails[stream] = tail;
    }

    /// <summary>Where segments begin, so that whoever reads need not begin with the first.</summary>
    private async ValueTask NoteAsync(string stream, ImmutableList<long> firsts)
    {
        try
        {
            while (true)
            {
                var (page, edition) = await PageAsync(stream);
                if (page.Firsts.Length >= firsts.Count || await TryWriteAsync(stream, page with { Firsts = [.. firsts] }, edition) is not null) return;
            }
        }
        catch (JournalAwayException)
        {
            // The append is durable, and that is what was asked. Whoever begins the next segment notes this one too.
        }
    }

    private async ValueTask<(Page Page, string? Edition)> PageAsync(string stream)
    {
        var (bytes, edition) = await _shelf.ReadAsync(Pages, stream);
        return (bytes is null ? new Page(0, [], [], []) : JsonSerializer.Deserialize<Page>(bytes, Json)!, edition);
    }

    private ValueTask<string?> TryWriteAsync(string stream, Page page, string? edition) => _shelf.TryWriteAsync(Pages, stream, Bytes(page), edition);

    private async ValueTask RewriteAsync(string stream, int index, Func<Envelope, Envelope> rewrite)
    {
        while (true)
        {
            // Read again: somebody may have appended to it.
            var (segment, edition) = await SegmentAsync(stream, index);
            if (segment is null || Rewritten(stream, segment, rewrite) is not { } rewritten) return;
            if (await _shelf.TryWriteAsync(Segments, Name(stream, index), Bytes(rewritten), edition) is not null) return;
        }
    }

    /// <returns>Null where nothing is another. A segment that was full stays so, however short its texts are now: the next has begun.</returns>
    private static Segment? Rewritten(string stream, Segment segment, Func<Envelope, Envelope> rewrite)
    {
        var lines = segment.Lines.ToBuilder();
        for (var n = 0; n < lines.Count; n++)
        {
            var after = Batch.Rewritten(segment.Envelope(stream, n), rewrite);
            lines[n] = lines[n] with { By = after.By, Payload = after.Payload };
        }

        return lines.SequenceEqual(segment.Lines) ? null : segment with { Lines = lines.ToImmutable() };
    }

    /// <summary>A line that says what it is, and then the state.</summary>
    private static byte[] SnapshotBytes(Snapshot snapshot) => [.. Bytes(new Head(snapshot.StateVersion, snapshot.Rewrites)), (byte)'\n', .. snapshot.State.ToArray()];

    private static Snapshot? Found(string stream, Kept kept, long rewrites, byte[] bytes)
    {
        var end = Array.IndexOf(bytes, (byte)'\n');
        if (end < 0 || JsonSerializer.Deserialize<Head>(bytes.AsSpan(0, end), Json) is not { } head) return null;
        return head.StateVersion == kept.StateVersion && head.Rewrites == rewrites ? new Snapshot(stream, kept.Version, kept.StateVersion, bytes.AsMemory(end + 1), rewrites) : null;
    }

    /// <param name="First">The version of its first event.</param>
    private sealed record Segment(long First, bool Full, ImmutableArray<Line> Lines)
    {
        public Envelope Envelope(string stream, int n) => new(
            stream, First + n, Lines[n].Type, DateTimeOffset.FromUnixTimeMilliseconds(Lines[n].At), Lines[n].By, Lines[n].Command, Lines[n].Payload);
    }

    private sealed record Line(string Type, long At, string? By, string Command, string Payload);

    /// <param name="Firsts">The first version of each segment that is known.</param>
    /// <param name="Doomed">Versions of which there were snapshots before something was forgotten.</param>
    private sealed record Page(long Rewrites, ImmutableArray<Kept> Snapshots, ImmutableArray<long> Doomed, ImmutableArray<long> Firsts);

    private sealed record Kept(long Version, string StateVersion);

    private sealed record Head(string StateVersion, long Rewrites);

    /// <summary>The last segment as it was written or read last.</summary>
    private sealed record Tail(Segment Segment, string? Edition, ImmutableList<long> Firsts)
    {
        public int Index => Firsts.Count - 1;

        public long Version => Segment.First + Segment.Lines.Length - 1;
    }
}
