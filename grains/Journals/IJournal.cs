using System.Buffers;
using System.Collections.Immutable;

namespace LiveCoCreate.Grains.Journals;

/// <summary>The append-only memory of every stream. What it acknowledged survives any crash (P2).</summary>
public interface IJournal
{
    /// <summary>Appends one batch to one stream, all or nothing, durable when the task completes.
    /// The envelopes' versions run from <paramref name="expectedVersion"/> + 1 without a gap. An empty batch is no news. The token
    /// counts until the batch waits to be written; after that its outcome is awaited, whatever the token says.</summary>
    /// <exception cref="ArgumentException">The envelopes break their promises (<see cref="Batch.Check"/>); nothing was written.</exception>
    /// <exception cref="JournalConflictException">Another writer was first: the stream is no longer at
    /// <paramref name="expectedVersion"/>. Nothing of this batch was written; other streams' batches are not affected (P3).
    /// After any other exception the outcome is unknown until the stream is read again.</exception>
    ValueTask AppendAsync(string stream, long expectedVersion, ImmutableArray<Envelope> events, CancellationToken cancellation);

    /// <summary>The stream's events with a version above <paramref name="after"/> and up to <paramref name="upTo"/>, in order. An unknown stream is empty.</summary>
    IAsyncEnumerable<Envelope> ReadAsync(string stream, long after, long upTo, CancellationToken cancellation);

    /// <summary>When each event of a stream happened and what it was, without its payload: what a timeline's density and chapters need.</summary>
    IAsyncEnumerable<(long Version, DateTimeOffset At, string Type)> OutlineAsync(string stream, CancellationToken cancellation);

    /// <summary>Forgetting (P10), the one rewrite there is: replaces payload and <c>By</c> of events in place where
    /// <paramref name="rewrite"/> returns another envelope (stream, version, type, at and command stay), and deletes the
    /// stream's snapshots. When the task completes, no byte of what was replaced is left in the store's files; called again, it
    /// makes sure of that again. It covers the events that are there when it is called, and <paramref name="rewrite"/> may be asked
    /// about one more than once. No snapshot of a state that was read before is kept after it.</summary>
    ValueTask RewriteAsync(string stream, Func<Envelope, Envelope> rewrite, CancellationToken cancellation);

    /// <summary>How often the stream was rewritten: asked before its events are read, it says by <see cref="Snapshot.Rewrites"/> which of them a state is made of.</summary>
    ValueTask<long> RewritesAsync(string stream, CancellationToken cancellation);

    /// <summary>Keeps a snapshot: a cache of the state at a version. One made of events that have been rewritten since is not kept:
    /// whoever lost the stream may still be writing it while another already forgets. Snapshots of one stream at many versions live side by side; they serve as keyframes too.</summary>
    ValueTask SaveSnapshotAsync(Snapshot snapshot, CancellationToken cancellation);

    /// <summary>The snapshot with the greatest version up to <paramref name="upTo"/> whose <see cref="Snapshot.StateVersion"/> is the one asked for, or null.</summary>
    ValueTask<Snapshot?> FindSnapshotAsync(string stream, string stateVersion, long upTo, CancellationToken cancellation);

    /// <summary>Makes a small write of its own durable, over again each time so that nothing grows, and fails where that cannot be (readiness).
    /// Every stream is as it was before.</summary>
    ValueTask ProbeAsync(CancellationToken cancellation);
}

/// <summary>A cached state of a stream. May be deleted at any time.</summary>
/// <param name="StateVersion">Which shape of state this is; one that differs from the code's own is ignored.</param>
/// <param name="State">In pieces, since that of a long board is megabytes. Whoever saves it may use them for something else when it is saved.</param>
/// <param name="Rewrites">How often the stream had been rewritten when the state was read from it.</param>
public sealed record Snapshot(string Stream, long Version, string StateVersion, ReadOnlySequence<byte> State, long Rewrites = 0)
{
    public Snapshot(string stream, long version, string stateVersion, ReadOnlyMemory<byte> state, long rewrites = 0)
        : this(stream, version, stateVersion, new ReadOnlySequence<byte>(state), rewrites)
    {
    }
}

/// <summary>The stream was not at the expected version: another writer was first.</summary>
public sealed class JournalConflictException(string stream, long expectedVersion) : Exception(
    $"{stream} is no longer at version {expectedVersion}: another writer appended first. Reload it and try again.")
{
    public string Stream { get; } = stream;

    public long ExpectedVersion { get; } = expectedVersion;
}

/// <summary>The journal cannot be read or written just now: its disk is full, its database away. What was acknowledged is safe; who was not answered asks again.</summary>
/// <param name="message">Goes to the log: nothing that a person wrote or is called (P5), and so no foreign exception's words that may quote a row.</param>
/// <param name="reason">For whoever debugs.</param>
public sealed class JournalAwayException(string message, Exception? reason = null) : IOException(message, reason);
