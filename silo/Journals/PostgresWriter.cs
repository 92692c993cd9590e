using System.Collections.Immutable;
using System.Diagnostics;
using System.Threading.Channels;
using LiveCoCreate.Grains.Journals;
using Npgsql;
using NpgsqlTypes;

namespace LiveCoCreate.Silo.Journals;

/// <summary>Appends of many streams, gathered into one statement and so into one commit: what costs is the way there and the flush, not the rows.
/// While one is under way the next gathers.</summary>
internal sealed class PostgresWriter : IAsyncDisposable
{
    private const int MostBatches = 1_000;
    private const int MostEvents = 10_000;

    /// <summary>Writes the batches whose stream stands where they expect it, and says which those are: one way there and back, one transaction.</summary>
    private const string Append = """
        WITH batch AS (SELECT * FROM unnest($1, $2) AS batch (stream, expected)),
        fit AS (
            SELECT stream FROM batch
            WHERE expected = coalesce((SELECT version FROM livecocreate.event WHERE event.stream = batch.stream ORDER BY version DESC LIMIT 1), 0)),
        written AS (
            INSERT INTO livecocreate.event (stream, version, type, at, by, command, payload)
            SELECT stream, version, type, at, by, command, payload
            FROM unnest($3, $4, $5, $6, $7, $8, $9) AS happened (stream, version, type, at, by, command, payload) JOIN fit USING (stream))
        SELECT stream FROM fit
        """;

    private readonly PostgresDatabase _database;
    private readonly Action<int, TimeSpan> _committed;
    private readonly Channel<Waiting> _waiting = Channel.CreateUnbounded<Waiting>(new() { SingleReader = true });
    private readonly Task _running;
    private NpgsqlConnection? _connection;

    public PostgresWriter(PostgresDatabase database, Action<int, TimeSpan> committed)
    {
        (_database, _committed) = (database, committed);
        _running = Task.Run(RunAsync);
    }

    /// <summary>Once this returned, no token ends the wait: a cancelled append would be one whose outcome nobody knows.</summary>
    public Task AppendAsync(string stream, long expectedVersion, ImmutableArray<Envelope> events)
    {
        var waiting = new Waiting(stream, expectedVersion, events);
        return _waiting.Writer.TryWrite(waiting)
            ? waiting.Done.Task
            : Task.FromException(new ObjectDisposedException(_database.Name, "This journal is closed. What it acknowledged is in the database; open it again."));
    }

    /// <summary>Finishes what waits, and closes.</summary>
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _running;
        if (_connection is not null) await _connection.DisposeAsync();
    }

    private async Task RunAsync()
    {
        var later = new Queue<Waiting>();
        while (later.Count > 0 || await _waiting.Reader.WaitToReadAsync())
        {
            var together = Gather(later);
            var started = Stopwatch.GetTimestamp();
            if (await WriteAsync(together)) _committed(together.Count, Stopwatch.GetElapsedTime(started));
            foreach (var one in together) one.Settle();
        }
    }

    /// <summary>Who waits, at most one batch a stream: a second one expects what the first has written.</summary>
    private Dictionary<string, Waiting>.ValueCollection Gather(Queue<Waiting> later)
    {
        var together = new Dictionary<string, Waiting>(StringComparer.Ordinal);
        var events = 0;
        for (var left = later.Count; left > 0; left--) Take(later.Dequeue());
        while (together.Count < MostBatches && events < MostEvents && _waiting.Reader.TryRead(out var next)) Take(next);
        return together.Values;

        void Take(Waiting next)
        {
            if (together.Count < MostBatches && events < MostEvents && together.TryAdd(next.Stream, next)) events += next.Events.Length;
            else later.Enqueue(next);
        }
    }

    private async Task<bool> WriteAsync(IReadOnlyCollection<Waiting> together)
    {
        try
        {
            await WriteTogetherAsync(together);
            return true;
        }
        catch (PostgresException raced) when (raced.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            // Another node was first between our look and our write, and all of ours were taken back. Each by itself then.
            return await WriteEachAsync(together);
        }
        catch (Exception reason)
        {
            // Whatever it is: nobody may be told that it worked, and the next commit begins on a connection of its own.
            foreach (var one in together) one.Failure = reason is NpgsqlException ? _database.Cannot(reason) : new JournalAwayException($"{_database.Name} could not be written: {reason.GetType().FullName}", reason);
            await DropConnectionAsync();
            return false;
        }
    }

    private async Task<bool> WriteEachAsync(IReadOnlyCollection<Waiting> together)
    {
        var written = false;
        foreach (var one in together)
        {
            try
            {
                await WriteTogetherAsync([one]);
                written = true;
            }
            catch (PostgresException raced) when (raced.SqlState == PostgresErrorCodes.UniqueViolation)
            {
                one.Failure = new JournalConflictException(one.Stream, one.ExpectedVersion);
            }
            catch (Exception reason)
            {
                one.Failure = _database.Cannot(reason);
                await DropConnectionAsync();
            }
        }

        return written;
    }

    private async Task WriteTogetherAsync(IReadOnlyCollection<Waiting> together)
    {
        _connection ??= await _database.ConnectAsync(CancellationToken.None);
        await using var command = new NpgsqlCommand(Append, _connection);
        Envelope[] events = [.. together.SelectMany(one => one.Events)];
        Array(NpgsqlDbType.Text, together.Select(one => one.Stream));
        Array(NpgsqlDbType.Bigint, together.Select(one => one.ExpectedVersion));
        Array(NpgsqlDbType.Text, events.Select(happened => happened.Stream));
        Array(NpgsqlDbType.Bigint, events.Select(happened => happened.Version));
        Array(NpgsqlDbType.Text, events.Select(happened => happened.Type));
        Array(NpgsqlDbType.Bigint, events.Select(happened => happened.At.ToUnixTimeMilliseconds()));
        Array(NpgsqlDbType.Text, events.Select(happened => happened.By));
        Array(NpgsqlDbType.Text, events.Select(happened => happened.Command));
        Array(NpgsqlDbType.Text, events.Select(happened => happened.Payload));

        var fit = new HashSet<string>(StringComparer.Ordinal);
        await using (var row = await command.ExecuteReaderAsync())
            while (await row.ReadAsync()) fit.Add(row.GetString(0));
        foreach (var one in together)
            if (!fit.Contains(one.Stream)) one.Failure = new JournalConflictException(one.Stream, one.ExpectedVersion);

        void Array<T>(NpgsqlDbType type, IEnumerable<T> values) => command.Parameters.Add(new NpgsqlParameter { Value = values.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | type });
    }

    private async Task DropConnectionAsync()
    {
        if (_connection is not { } broken) return;
        _connection = null;
        await broken.DisposeAsync();
    }

    private sealed class Waiting(string stream, long expectedVersion, ImmutableArray<Envelope> events)
    {
        public string Stream => stream;

        public long ExpectedVersion => expectedVersion;

        public ImmutableArray<Envelope> Events => events;

        public Exception? Failure { get; set; }

        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Settle()
        {
            if (Failure is null) Done.SetResult();
            else Done.SetException(Failure);
        }
    }
}
