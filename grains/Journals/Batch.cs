using System.Collections.Immutable;

namespace LiveCoCreate.Grains.Journals;

/// <summary>What every journal checks before it writes, so that they all refuse the same mistakes.</summary>
public static class Batch
{
    /// <exception cref="ArgumentException">A batch that breaks its envelopes' promises is refused whole.</exception>
    public static void Check(string stream, long expectedVersion, ImmutableArray<Envelope> events)
    {
        ArgumentException.ThrowIfNullOrEmpty(stream);
        ArgumentOutOfRangeException.ThrowIfNegative(expectedVersion);
        if (events.IsDefault) throw new ArgumentException("A batch is needed, if only an empty one.", nameof(events));

        for (var i = 0; i < events.Length; i++) Check(stream, expectedVersion + i + 1, events[i]);
    }

    /// <exception cref="ArgumentException">Forgetting changes payload and <c>By</c>, nothing else.</exception>
    public static Envelope Rewritten(Envelope before, Func<Envelope, Envelope> rewrite)
    {
        var after = rewrite(before);
        if (after with { Payload = before.Payload, By = before.By } != before)
        {
            throw new ArgumentException(
                $"Forgetting may change payload and by of {before.Stream} version {before.Version}, nothing else.", nameof(rewrite));
        }

        return after;
    }

    /// <summary>Those that a rewriting changes.</summary>
    /// <exception cref="ArgumentException">As of <see cref="Rewritten"/>.</exception>
    public static async ValueTask<List<(Envelope Before, Envelope After)>> ChangesAsync(IAsyncEnumerable<Envelope> events, Func<Envelope, Envelope> rewrite)
    {
        var changes = new List<(Envelope Before, Envelope After)>();
        await foreach (var before in events)
        {
            var after = Rewritten(before, rewrite);
            if (after != before) changes.Add((before, after));
        }

        return changes;
    }

    private static void Check(string stream, long version, Envelope happened)
    {
        if (happened.Stream != stream)
        {
            throw new ArgumentException($"An event of {happened.Stream} stands in a batch for {stream}.", nameof(happened));
        }

        if (happened.Version != version)
        {
            throw new ArgumentException(
                $"{stream} needs version {version} here, but the envelope says {happened.Version}.", nameof(happened));
        }

        // JSON writes it as \u0000, and PostgreSQL keeps no text that has it.
        if (happened.Payload.Contains('\0', StringComparison.Ordinal))
        {
            throw new ArgumentException($"{stream} version {version} holds the character U+0000, which no JSON text does.", nameof(happened));
        }

        // A finer time would come back coarser, and the live state would differ from the replayed one (P4).
        if (happened.At.Offset != TimeSpan.Zero || happened.At.Ticks % TimeSpan.TicksPerMillisecond != 0)
        {
            throw new ArgumentException(
                $"{stream} version {version} happened at {happened.At:O}; the journal keeps UTC in whole milliseconds.", nameof(happened));
        }
    }
}
