using System.Collections.Immutable;
using LiveCoCreate.Grains.Journals;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace LiveCoCreate.Silo.Journals;

/// <summary>What the journal's writer does, on its thread and inside its transactions.
/// <para>Rows are only ever added at the end or emptied where they stand, never deleted and never grown. SQLite overwrites
/// what it frees (<c>secure_delete</c>), but when it balances a tree it leaves copies of rows it moved in the unused part of
/// pages, and a later deletion does not reach those. At the end of a table it moves no rows. (Tried: a clustered table
/// still held one forgotten text in 100, one with updates in place or with deletions one in 1,000.)</para></summary>
internal sealed class SqliteJournalWrites(SqliteConnection connection)
{
    public static readonly ImmutableArray<string> Schema =
    [
        """
        CREATE TABLE event (
            place INTEGER PRIMARY KEY, stream TEXT, version INTEGER, type TEXT, at INTEGER, by TEXT, command TEXT, payload TEXT) STRICT;
        CREATE UNIQUE INDEX event_key ON event (stream, version);
        CREATE TABLE snapshot (
            place INTEGER PRIMARY KEY, stream TEXT, version INTEGER, state_version TEXT, state BLOB) STRICT;
        CREATE UNIQUE INDEX snapshot_key ON snapshot (stream, version);
        """,
        "CREATE TABLE rewritten (stream TEXT PRIMARY KEY, times INTEGER) STRICT;",
        "CREATE TABLE probe (place INTEGER PRIMARY KEY, times INTEGER) STRICT;",
    ];

    private readonly SqliteCommand _head = connection.Prepare("SELECT max(version) FROM event WHERE stream = $stream", "$stream");

    private readonly SqliteCommand _add = connection.Prepare(
        "INSERT INTO event (stream, version, type, at, by, command, payload) VALUES ($stream, $version, $type, $at, $by, $command, $payload)",
        "$stream", "$version", "$type", "$at", "$by", "$command", "$payload");

    private readonly SqliteCommand _empty = connection.Prepare(
        """
        UPDATE event SET stream = NULL, version = NULL, type = NULL, at = NULL, by = NULL, command = NULL, payload = NULL
        WHERE stream = $stream AND version = $version AND by IS $by AND payload = $payload
        """,
        "$stream", "$version", "$by", "$payload");

    private readonly SqliteCommand _addSnapshot = connection.Prepare(
        "INSERT INTO snapshot (stream, version, state_version, state) VALUES ($stream, $version, $state_version, zeroblob($bytes))",
        "$stream", "$version", "$state_version", "$bytes");

    private readonly SqliteCommand _emptySnapshots = connection.Prepare(
        """
        UPDATE snapshot SET stream = NULL, version = NULL, state_version = NULL, state = NULL
        WHERE stream = $stream AND version BETWEEN $from AND $to
        """,
        "$stream", "$from", "$to");

    private readonly SqliteCommand _countRewrite = connection.Prepare(
        "INSERT INTO rewritten (stream, times) VALUES ($stream, 1) ON CONFLICT (stream) DO UPDATE SET times = times + 1", "$stream");

    private readonly SqliteCommand _probe = connection.Prepare(
        "INSERT INTO probe (place, times) VALUES (1, 1) ON CONFLICT (place) DO UPDATE SET times = times + 1");

    private readonly SqliteCommand _rewrites = connection.Prepare(SqliteJournalReads.Rewritten, "$stream");

    /// <summary>Why the batch is refused, or null when it is written. Asked inside the write transaction, the stream's head
    /// is true for other processes as well; the unique key would catch what slips by.</summary>
    public JournalConflictException? Append(string stream, long expectedVersion, ImmutableArray<Envelope> events)
    {
        var head = _head.With(stream).ExecuteScalar() as long? ?? 0;
        if (head != expectedVersion) return new JournalConflictException(stream, expectedVersion);

        foreach (var happened in events) Add(happened);
        return null;
    }

    /// <summary>False, and nothing may be kept, when an event is no longer as it was read.</summary>
    public bool Rewrite(string stream, List<(Envelope Before, Envelope After)> changes)
    {
        foreach (var (before, after) in changes)
        {
            if (_empty.With(before.Stream, before.Version, before.By, before.Payload).ExecuteNonQuery() != 1) return false;
            Add(after);
        }

        _emptySnapshots.With(stream, 0L, long.MaxValue).ExecuteNonQuery();
        _countRewrite.With(stream).ExecuteNonQuery();
        return true;
    }

    /// <summary>False for a snapshot of events that have been rewritten since.</summary>
    public bool Save(Snapshot snapshot)
    {
        if ((_rewrites.With(snapshot.Stream).ExecuteScalar() as long? ?? 0) != snapshot.Rewrites) return false;
        _emptySnapshots.With(snapshot.Stream, snapshot.Version, snapshot.Version).ExecuteNonQuery();
        _addSnapshot.With(snapshot.Stream, snapshot.Version, snapshot.StateVersion, snapshot.State.Length).ExecuteNonQuery();
        using var state = new SqliteBlob(connection, "snapshot", "state", raw.sqlite3_last_insert_rowid(connection.Handle));
        foreach (var piece in snapshot.State) state.Write(piece.Span);
        return true;
    }

    /// <summary>To be committed as any write is: no byte goes to the log before that, and whatever is wrong with the disk is met only then. The same row each time, so that nothing grows.</summary>
    public bool Probe() => _probe.ExecuteNonQuery() == 1;

    public bool TryEmptyLog() => SqliteFile.TryEmptyLog(connection);

    public long Synchronous() => connection.Number("PRAGMA synchronous");

    private void Add(Envelope happened) => _add.With(
        happened.Stream, happened.Version, happened.Type, happened.At.ToUnixTimeMilliseconds(), happened.By, happened.Command, happened.Payload)
        .ExecuteNonQuery();
}
