using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using LiveCoCreate.Grains.Journals;

namespace LiveCoCreate.Fast.Journals;

/// <summary>Envelopes for tests that care about the journal and not about what happened.</summary>
internal static class Happened
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static Envelope Event(string stream, long version, string payload = "{}", string? by = "ada") =>
        new(stream, version, "idea-added", Noon.AddMilliseconds(version), by, $"command-{version}", payload);

    /// <summary>The events with the versions from <paramref name="first"/> to <paramref name="last"/>.</summary>
    public static ImmutableArray<Envelope> Events(string stream, int first, int last) =>
        [.. Enumerable.Range(first, last - first + 1).Select(version => Event(stream, version, $$"""{"n":{{version}}}"""))];

    public static ValueTask AppendAsync(this IJournal journal, params ImmutableArray<Envelope> events) =>
        journal.AppendAsync(events[0].Stream, events[0].Version - 1, events, CancellationToken.None);

    public static async Task<List<Envelope>> AllAsync(this IJournal journal, string stream, long after = 0, long upTo = long.MaxValue) =>
        await journal.ReadAsync(stream, after, upTo, CancellationToken.None).ToListAsync();

    public static Snapshot Snapshot(string stream, long version, string stateVersion, string state) =>
        new(stream, version, stateVersion, Encoding.UTF8.GetBytes(state));

    public static async Task<string?> StateAsync(this IJournal journal, string stream, string stateVersion, long upTo = long.MaxValue) =>
        await journal.FindSnapshotAsync(stream, stateVersion, upTo, CancellationToken.None) is { } found
            ? $"{found.Version}: {Encoding.UTF8.GetString(found.State)}"
            : null;
}

/// <summary>Bytes that do not stand in one array.</summary>
internal sealed class Piece : ReadOnlySequenceSegment<byte>
{
    public static ReadOnlySequence<byte> Sequence(IReadOnlyList<byte[]> pieces)
    {
        var first = new Piece { Memory = pieces[0] };
        var last = pieces.Skip(1).Aggregate(first, (before, bytes) => before.Then(bytes));
        return new(first, 0, last, last.Memory.Length);
    }

    private Piece Then(byte[] bytes)
    {
        var next = new Piece { Memory = bytes, RunningIndex = RunningIndex + Memory.Length };
        Next = next;
        return next;
    }
}
