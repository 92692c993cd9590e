using System.Buffers;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using LiveCoCreate.Grains.Journals;
using Npgsql;

namespace LiveCoCreate.Silo.Journals;

/// <summary>The journal in a PostgreSQL database, for one server or for many silos. An append names the version it expects, and
/// (stream, version) is the primary key: however many write, one wins.
/// <para>Forgetting replaces a row and vacuums what the old one left; nothing that speaks SQL finds it then. The bytes themselves stay in the server's
/// write-ahead log, and where the old row stood, until the server writes over them: whoever must be sure of the disk uses encrypted volumes and short backups.</para></summary>
public sealed class PostgresJournal : IJournal, IAsyncDisposable
{
    /// <summary>As in <see cref="SqliteJournal"/>: a read holds a connection for one page, not while its caller thinks.</summary>
    private const int Page = 500;

    private readonly PostgresDatabase _database;
    private readonly PostgresWriter _writer;
    private readonly JournalMeter _meter;

    public PostgresJournal(PostgresDatabase database)
    {
        _database = database;
        _meter = new JournalMeter(this);
        _writer = new PostgresWriter(database, _meter.Committed);
    }

    public async ValueTask AppendAsync(string stream, long expectedVersion, ImmutableArray<Envelope> events, CancellationToken cancellation)
    {
        Batch.Check(stream, expectedVersion, events);
        cancellation.ThrowIfCancellationRequested();
        if (!events.IsEmpty) await _writer.AppendAsync(stream, expectedVersion, events);
    }

    public async IAsyncEnumerable<Envelope> ReadAsync(string stream, long after, long upTo, [EnumeratorCancellation] CancellationToken cancellation)
    {
        for (var page = Page; page == Page;)
        {
            var events = await _database.RowsAsync(
                "SELECT version, type, at, by, command, payload FROM livecocreate.event WHERE stream = $1 AND version > $2 AND version <= $3 ORDER BY version LIMIT $4",
                row => new Envelope(stream, row.GetInt64(0), row.GetString(1), At(row.GetInt64(2)), row.IsDBNull(3) ? null : row.GetString(3), row.GetString(4), row.GetString(5)),
                cancellation, stream, after, upTo, Page);
            foreach (var happened in events) yield return happened;
            page = events.Count;
            if (page > 0) after = events[^1].Version;
        }
    }

    public async IAsyncEnumerable<(long Version, DateTimeOffset At, string Type)> OutlineAsync(string stream, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var after = 0L;
        for (var page = Page; page == Page;)
        {
            var lines = await _database.RowsAsync(
                "SELECT version, at, type FROM livecocreate.event WHERE stream = $1 AND version > $2 ORDER BY version LIMIT $3",
                row => (row.GetInt64(0), At(row.GetInt64(1)), row.GetString(2)), cancellation, stream, after, Page);
            foreach (var line in lines) yield return line;
            page = lines.Count;
            if (page > 0) after = lines[^1].Item1;
        }
    }

    public async ValueTask RewriteAsync(string stream, Func<Envelope, Envelope> rewrite, CancellationToken cancellation)
    {
        // Two may forget in one stream at once: who finds an event changed since it was read starts over.
        while (!await TryRewriteAsync(stream, rewrite, cancellation)) { }
        await _database.AskAsync("VACUUM livecocreate.event, livecocreate.snapshot", cancellation);
    }

    public async ValueTask<long> RewritesAsync(string stream, CancellationToken cancellation) =>
        await _database.AskAsync("SELECT times FROM livecocreate.rewritten WHERE stream = $1", cancellation, stream) as long? ?? 0;

    public async ValueTask SaveSnapshotAsync(Snapshot snapshot, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        await InTransactionAsync(snapshot.Stream, async connection =>
        {
            await using var save = new NpgsqlCommand("""
                INSERT INTO livecocreate.snapshot (stream, version, state_version, state)
                SELECT $1, $2, $3, $4 WHERE coalesce((SELECT times FROM livecocreate.rewritten WHERE stream = $1), 0) = $5
                ON CONFLICT (stream, version) DO UPDATE SET state_version = excluded.state_version, state = excluded.state
                """, connection) { Parameters = { new() { Value = snapshot.Stream }, new() { Value = snapshot.Version }, new() { Value = snapshot.StateVersion }, new() { Value = snapshot.State.ToArray() }, new() { Value = snapshot.Rewrites } } };
            await save.ExecuteNonQueryAsync(CancellationToken.None);
            return true;
        });
    }

    public async ValueTask<Snapshot?> FindSnapshotAsync(string stream, string stateVersion, long upTo, CancellationToken cancellation) =>
        (await _database.RowsAsync(
            "SELECT version, state FROM livecocreate.snapshot WHERE stream = $1 AND state_version = $2 AND version <= $3 ORDER BY version DESC LIMIT 1",
            row => new Snapshot(stream, row.GetInt64(0), stateVersion, row.GetFieldValue<byte[]>(1)), cancellation, stream, stateVersion, upTo)).FirstOrDefault();

    public async ValueTask ProbeAsync(CancellationToken cancellation) => await _database.AskAsync(
        "INSERT INTO livecocreate.probe VALUES (1, 1) ON CONFLICT (place) DO UPDATE SET times = probe.times + 1", cancellation);

    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        _meter.Dispose();
    }

    private async ValueTask<bool> TryRewriteAsync(string stream, Func<Envelope, Envelope> rewrite, CancellationToken cancellation)
    {
        var changes = await Batch.ChangesAsync(ReadAsync(stream, after: 0, upTo: long.MaxValue, cancellation), rewrite);

        return await InTransactionAsync(stream, async connection =>
        {
            foreach (var (before, after) in changes)
            {
                await using var change = new NpgsqlCommand(
                    "UPDATE livecocreate.event SET by = $5, payload = $6 WHERE stream = $1 AND version = $2 AND by IS NOT DISTINCT FROM $3 AND payload = $4", connection)
                {
                    Parameters = { new() { Value = stream }, new() { Value = before.Version }, Text(before.By), new() { Value = before.Payload }, Text(after.By), new() { Value = after.Payload } },
                };
                if (await change.ExecuteNonQueryAsync(CancellationToken.None) != 1) return false;
            }

            await using var count = new NpgsqlCommand("""
                WITH gone AS (DELETE FROM livecocreate.snapshot WHERE stream = $1)
                INSERT INTO livecocreate.rewritten (stream, times) VALUES ($1, 1) ON CONFLICT (stream) DO UPDATE SET times = rewritten.times + 1
                """, connection) { Parameters = { new() { Value = stream } } };
            await count.ExecuteNonQueryAsync(CancellationToken.None);
            return true;
        });

        static NpgsqlParameter Text(string? value) => new() { Value = value ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text };
    }

    /// <summary>What rewrites a stream and what keeps a state of it take turns, whichever node they are on.</summary>
    private async ValueTask<bool> InTransactionAsync(string stream, Func<NpgsqlConnection, Task<bool>> work)
    {
        try
        {
            await using var connection = await _database.ConnectAsync(CancellationToken.None);
            await using var transaction = await connection.BeginTransactionAsync(CancellationToken.None);
            await using (var turn = new NpgsqlCommand("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", connection) { Parameters = { new() { Value = stream } } })
                await turn.ExecuteNonQueryAsync(CancellationToken.None);
            var wanted = await work(connection);
            if (wanted) await transaction.CommitAsync(CancellationToken.None);
            return wanted;
        }
        catch (Exception reason) when (PostgresDatabase.IsOutOfReach(reason))
        {
            throw _database.Cannot(reason);
        }
    }

    private static DateTimeOffset At(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms);
}
