using LiveCoCreate.Grains.Journals;
using Microsoft.Data.Sqlite;

namespace LiveCoCreate.Silo.Journals;

/// <summary>One reading connection and its compiled queries. Used by one read at a time.</summary>
internal sealed class SqliteJournalReads(SqliteConnection connection) : IDisposable
{
    public const string Rewritten = "SELECT times FROM rewritten WHERE stream = $stream";

    private readonly SqliteCommand _rewrites = connection.Prepare(Rewritten, "$stream");

    private readonly SqliteCommand _events = connection.Prepare(
        """
        SELECT version, type, at, by, command, payload FROM event
        WHERE stream = $stream AND version > $after AND version <= $upTo ORDER BY version LIMIT $most
        """,
        "$stream", "$after", "$upTo", "$most");

    private readonly SqliteCommand _outline = connection.Prepare(
        "SELECT version, at, type FROM event WHERE stream = $stream AND version > $after ORDER BY version LIMIT $most",
        "$stream", "$after", "$most");

    private readonly SqliteCommand _snapshot = connection.Prepare(
        """
        SELECT version, state FROM snapshot
        WHERE stream = $stream AND state_version = $state_version AND version <= $upTo ORDER BY version DESC LIMIT 1
        """,
        "$stream", "$state_version", "$upTo");

    public List<Envelope> Events(string stream, long after, long upTo, int most)
    {
        using var row = _events.With(stream, after, upTo, (long)most).ExecuteReader();
        var events = new List<Envelope>();
        while (row.Read())
        {
            events.Add(new Envelope(
                stream, row.GetInt64(0), row.GetString(1), At(row.GetInt64(2)),
                row.IsDBNull(3) ? null : row.GetString(3), row.GetString(4), row.GetString(5)));
        }

        return events;
    }

    public List<(long Version, DateTimeOffset At, string Type)> Outline(string stream, long after, int most)
    {
        using var row = _outline.With(stream, after, (long)most).ExecuteReader();
        var lines = new List<(long, DateTimeOffset, string)>();
        while (row.Read()) lines.Add((row.GetInt64(0), At(row.GetInt64(1)), row.GetString(2)));
        return lines;
    }

    public Snapshot? Snapshot(string stream, string stateVersion, long upTo)
    {
        using var row = _snapshot.With(stream, stateVersion, upTo).ExecuteReader();
        return row.Read() ? new Snapshot(stream, row.GetInt64(0), stateVersion, row.GetFieldValue<byte[]>(1)) : null;
    }

    public long Rewrites(string stream) => _rewrites.With(stream).ExecuteScalar() as long? ?? 0;

    public void Dispose() => connection.Dispose();

    private static DateTimeOffset At(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms);
}
