using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using LiveCoCreate.Grains.Journals;
using LiveCoCreate.Silo.Journals;
using LiveCoCreate.Wire;
using Npgsql;
using static LiveCoCreate.Fast.Journals.Happened;

namespace LiveCoCreate.Fast.Journals;

/// <summary>One server for all who need a database of their own on it.</summary>
public sealed class PostgresHouse : IAsyncLifetime
{
    public PostgresServer Server { get; private set; } = null!;

    public async Task InitializeAsync() => Server = await PostgresServer.StartAsync();

    public async Task DisposeAsync() => await Server.DisposeAsync();
}

[CollectionDefinition("PostgreSQL")]
public sealed class OnPostgres : ICollectionFixture<PostgresHouse>;

[Collection("PostgreSQL")]
public sealed class PostgresJournalTests(PostgresHouse house) : JournalContract, IAsyncLifetime
{
    private const string Board = "board/1";
    private readonly List<IAsyncDisposable> _opened = [];
    private string _connection = "";

    public async Task InitializeAsync() => _connection = await house.Server.NewDatabaseAsync();

    public async Task DisposeAsync()
    {
        foreach (var opened in _opened.AsEnumerable().Reverse()) await opened.DisposeAsync();
    }

    [Fact] // J5, P2
    public async Task Opening_it_again_finds_everything()
    {
        var journal = await OpenAsync();
        await journal.AppendAsync(Events(Board, 1, 700));
        await journal.SaveSnapshotAsync(Snapshot(Board, 3, "a", "three"), CancellationToken.None);
        await journal.DisposeAsync();

        var again = await OpenAsync();
        Assert.Equal(Events(Board, 1, 700), await again.AllAsync(Board));
        Assert.Equal("3: three", await again.StateAsync(Board, "a"));
        await Assert.ThrowsAsync<JournalConflictException>(() => again.AppendAsync(Events(Board, 1, 1)).AsTask());
    }

    [Fact] // J5: nodes of one cluster come up together
    public async Task Ten_nodes_may_open_an_empty_database_at_once()
    {
        var databases = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => PostgresDatabase.OpenAsync(_connection, CancellationToken.None))));
        _opened.AddRange(databases);

        Assert.Equal("3", await house.Server.AskAsync(_connection, "SELECT version FROM livecocreate.schema_version"));
    }

    [Fact] // J4, P3
    public async Task Of_two_nodes_that_write_the_same_streams_one_wins_each_and_nobody_elses_append_fails()
    {
        var (first, second) = (await OpenAsync(), await OpenAsync());

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 200).SelectMany(n => new[] { (first, n), (second, n) }).Select(one => Task.Run(async () =>
        {
            try
            {
                await one.Item1.AppendAsync(Event($"board/{one.n}", 1), Event($"board/{one.n}", 2));
                return 1;
            }
            catch (JournalConflictException)
            {
                return 0;
            }
        })));

        Assert.Equal(200, outcomes.Sum());
        for (var n = 0; n < 200; n++) Assert.Equal(2, (await first.AllAsync($"board/{n}")).Count);
    }

    [Fact] // J4, P3: whatever writes the database, the key stands
    public async Task A_version_can_be_in_the_database_only_once()
    {
        await (await OpenAsync()).AppendAsync(Events(Board, 1, 1));

        await using var beside = NpgsqlDataSource.Create(_connection);
        await using var again = beside.CreateCommand("INSERT INTO livecocreate.event VALUES ('board/1', 1, 'idea-added', 0, NULL, 'c', '{}')");
        var refusal = await Assert.ThrowsAsync<PostgresException>(() => again.ExecuteNonQueryAsync());

        Assert.Equal(PostgresErrorCodes.UniqueViolation, refusal.SqlState);
    }

    [Fact] // J4: many streams share a commit
    public async Task Whoever_waits_while_one_commit_is_under_way_shares_the_next()
    {
        var journal = await OpenAsync();
        await journal.AppendAsync(Events(Board, 1, 1));
        var commits = new ConcurrentQueue<int>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Scope == journal) self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<int>((_, batches, _, _) => commits.Enqueue(batches));
        listener.Start();

        await using var beside = NpgsqlDataSource.Create(_connection);
        List<Task> appends;
        await using (var other = await beside.OpenConnectionAsync())
        {
            await using var locking = await other.BeginTransactionAsync();
            await using (var block = new NpgsqlCommand("LOCK TABLE livecocreate.event IN ACCESS EXCLUSIVE MODE", other)) await block.ExecuteNonQueryAsync();
            appends = [.. Enumerable.Range(0, 200).Select(n => journal.AppendAsync(Events($"board/of-{n}", 1, 1)).AsTask())];
            Assert.DoesNotContain(appends, append => append.IsCompleted);
            await locking.CommitAsync();
        }

        await Task.WhenAll(appends);
        Assert.Equal(200, commits.Sum());
        Assert.InRange(commits.Count, 1, 3);
    }

    [Fact] // P3
    public async Task A_failed_commit_fails_all_in_it_and_the_journal_goes_on()
    {
        var journal = await OpenAsync();
        await journal.AppendAsync(Events(Board, 1, 1));
        await house.Server.AskAsync(_connection, """
            CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'disk full'; END $$;
            CREATE TRIGGER full_disk BEFORE INSERT ON livecocreate.event FOR EACH ROW WHEN (new.stream = 'board/full') EXECUTE FUNCTION full_disk();
            """);

        Assert.Contains("disk full", (await Assert.ThrowsAsync<JournalAwayException>(() => journal.AppendAsync(Events("board/full", 1, 1)).AsTask())).Message, StringComparison.Ordinal);

        await journal.AppendAsync(Events(Board, 2, 2));
        Assert.Equal(2, (await journal.AllAsync(Board)).Count);
    }

    [Fact] // P2: nothing that was acknowledged is lost, whatever happened to the rest
    public async Task What_was_acknowledged_survives_the_death_of_the_database()
    {
        await using var server = await PostgresServer.StartAsync();
        _connection = await server.NewDatabaseAsync();
        var journal = await OpenAsync();
        var kept = new ConcurrentDictionary<string, long>();
        var writers = Enumerable.Range(0, 20).Select(n => Task.Run(async () =>
        {
            for (var version = 1; ; version++)
            {
                try
                {
                    await journal.AppendAsync(Events($"board/{n}", version, version));
                    kept[$"board/{n}"] = version;
                }
                catch (IOException)
                {
                    return;
                }
            }
        })).ToList();
        while (kept.Values.Sum() < 500) await Task.Yield();
        await server.KillAsync();
        await Task.WhenAll(writers);
        await Assert.ThrowsAsync<JournalAwayException>(() => journal.ProbeAsync(CancellationToken.None).AsTask());

        await server.StartAgainAsync();
        foreach (var (stream, version) in kept)
        {
            var events = await journal.AllAsync(stream);
            // One more may have been written whose answer never came.
            Assert.InRange(events.Count, version, version + 1);
            await journal.AppendAsync(Events(stream, events.Count + 1, events.Count + 1));
        }
    }

    [Fact]
    public async Task A_probe_fails_where_only_the_commit_does_and_keeps_one_row()
    {
        var journal = await OpenAsync();
        await journal.ProbeAsync(CancellationToken.None);
        await journal.ProbeAsync(CancellationToken.None);
        Assert.Equal("1|2", await house.Server.AskAsync(_connection, "SELECT count(*), max(times) FROM livecocreate.probe"));
        await house.Server.AskAsync(_connection, """
            CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'disk full'; END $$;
            CREATE CONSTRAINT TRIGGER full_disk AFTER INSERT OR UPDATE ON livecocreate.probe DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION full_disk();
            """);

        Assert.Contains("disk full", (await Assert.ThrowsAsync<JournalAwayException>(() => journal.ProbeAsync(CancellationToken.None).AsTask())).Message, StringComparison.Ordinal);
    }

    [Fact] // J7, P10
    public async Task What_is_forgotten_is_in_no_row_of_any_table()
    {
        var journal = await OpenAsync();
        await journal.AppendAsync(Event(Board, 1, "{\"text\":\"miriam was here\"}", by: "miriam-id"), Event(Board, 2, "stays"));
        await journal.SaveSnapshotAsync(Snapshot(Board, 2, "a", "miriam"), CancellationToken.None);

        await journal.RewriteAsync(Board, happened => happened.Version == 1 ? happened with { Payload = "forgotten", By = null } : happened, CancellationToken.None);

        Assert.Equal("0|0", await house.Server.AskAsync(_connection, "SELECT (SELECT count(*) FROM livecocreate.event WHERE payload LIKE '%miriam%' OR by LIKE '%miriam%'), (SELECT count(*) FROM livecocreate.snapshot)"));
        Assert.Equal("0", await house.Server.AskAsync(_connection, "SELECT n_dead_tup FROM pg_stat_all_tables WHERE relid = 'livecocreate.snapshot'::regclass"));
    }

    [Fact] // one process holds the grains
    public async Task A_second_server_without_a_cluster_is_refused_until_the_first_has_gone()
    {
        var (first, second) = (await DatabaseAsync(), await DatabaseAsync());
        await first.OwnAsync(_ => { }, CancellationToken.None);

        var refusal = await Assert.ThrowsAsync<IOException>(() => second.OwnAsync(_ => { }, CancellationToken.None));
        Assert.Contains("Another LiveCoCreate server", refusal.Message, StringComparison.Ordinal);

        await first.DisposeAsync();
        await second.OwnAsync(_ => { }, CancellationToken.None);
    }

    [Fact] // one process holds the grains
    public async Task A_server_whose_place_was_taken_while_it_was_cut_off_is_told()
    {
        var first = await DatabaseAsync();
        var lost = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        await first.OwnAsync(lost.SetResult, CancellationToken.None);

        // Whoever queues for the place has it the moment the first one's connection breaks.
        const string mine = "FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";
        var place = await house.Server.AskAsync(_connection, $"SELECT (classid::bigint << 32) | objid::bigint {mine} AND granted");
        await using var beside = NpgsqlDataSource.Create(_connection);
        await using var rival = await beside.OpenConnectionAsync();
        await using var queue = new NpgsqlCommand($"SELECT pg_advisory_lock({place})", rival);
        var taken = queue.ExecuteNonQueryAsync();
        while (await house.Server.AskAsync(_connection, $"SELECT count(*) {mine} AND NOT granted") != "1") await Task.Yield();
        await house.Server.AskAsync(_connection, $"SELECT pg_terminate_backend(pid) {mine} AND granted");

        await taken;
        Assert.Contains("took over", await lost.Task, StringComparison.Ordinal);
    }

    [Fact] // one process holds the grains
    public async Task A_server_that_was_cut_off_for_a_moment_keeps_its_place()
    {
        var (first, second) = (await DatabaseAsync(), await DatabaseAsync());
        var lost = false;
        await first.OwnAsync(_ => lost = true, CancellationToken.None);
        const string held = "FROM pg_locks WHERE locktype = 'advisory' AND granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";
        var before = await house.Server.AskAsync(_connection, $"SELECT pid {held}");
        await house.Server.AskAsync(_connection, $"SELECT pg_terminate_backend(pid) {held}");
        string now;
        do now = await house.Server.AskAsync(_connection, $"SELECT pid {held}");
        while (now == "" || now == before);

        Assert.False(lost);
        await Assert.ThrowsAsync<IOException>(() => second.OwnAsync(_ => { }, CancellationToken.None));
    }

    [Fact] // J5
    public async Task A_database_of_a_newer_schema_is_refused_and_left_alone()
    {
        await (await DatabaseAsync()).DisposeAsync();
        await house.Server.AskAsync(_connection, "UPDATE livecocreate.schema_version SET version = 1000");

        var refusal = await Assert.ThrowsAsync<InvalidDataException>(DatabaseAsync);

        Assert.Contains("newer LiveCoCreate: its schema is 1000", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("1000", await house.Server.AskAsync(_connection, "SELECT version FROM livecocreate.schema_version"));
    }

    [Theory] // P8
    [InlineData("Host=127.0.0.1;Port=1;Database=x;Username=y;Password=geheim;Timeout=2", "cannot be reached")]
    [InlineData("Host={here};Database=nowhere;", "There is no database")]
    [InlineData("mongodb://here:geheim@there", "no connection string of PostgreSQL")]
    [InlineData("Database=x;Password=geheim", "it names no Host")]
    public async Task What_cannot_be_opened_is_said_in_one_sentence_without_the_password(string connection, string said)
    {
        connection = connection.Replace("Host={here};Database=nowhere;", house.Server.Connection("nowhere"), StringComparison.Ordinal);

        var refusal = await Assert.ThrowsAnyAsync<Exception>(() => PostgresDatabase.OpenAsync(connection, CancellationToken.None));

        Assert.True(refusal is IOException or InvalidDataException, refusal.GetType().Name);
        Assert.Contains(said, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", refusal.Message, StringComparison.Ordinal);
    }

    [Fact] // P8
    public async Task Who_has_the_right_password_is_let_in_and_who_has_not_is_told_which_it_is()
    {
        _connection = await house.Server.NewGuardedDatabaseAsync("geheim");
        foreach (var (wrong, said) in new[] { ("Password=falsch", "does not let this user in: check Username and Password"), ("", "asks for a password, and there is none") })
        {
            var refusal = await Assert.ThrowsAnyAsync<IOException>(() => PostgresDatabase.OpenAsync(_connection.Replace("Password=geheim", wrong, StringComparison.Ordinal), CancellationToken.None));
            Assert.Contains(said, refusal.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("falsch", refusal.Message, StringComparison.Ordinal);
        }

        Assert.Empty(await house.Server.AskAsync(_connection, "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'livecocreate%'"));
        await DatabaseAsync();
        Assert.NotEmpty(await house.Server.AskAsync(_connection, "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'livecocreate%'"));
    }

    protected override async ValueTask<IJournal> Open() => await OpenAsync();

    private async Task<PostgresDatabase> DatabaseAsync()
    {
        var database = await PostgresDatabase.OpenAsync(_connection, CancellationToken.None);
        _opened.Add(database);
        return database;
    }

    private async Task<PostgresJournal> OpenAsync()
    {
        var journal = new PostgresJournal(await DatabaseAsync());
        _opened.Add(journal);
        return journal;
    }
}

[Collection("PostgreSQL")]
public sealed class PostgresSecretsTests(PostgresHouse house) : SecretsContract, IAsyncLifetime
{
    private PostgresDatabase _database = null!;
    private string _connection = "";

    public async Task InitializeAsync()
    {
        _connection = await house.Server.NewDatabaseAsync();
        _database = await PostgresDatabase.OpenAsync(_connection, CancellationToken.None);
    }

    public async Task DisposeAsync() => await _database.DisposeAsync();

    [Fact] // J9: what one node signs all nodes accept
    public async Task Two_nodes_get_the_same_secret()
    {
        await using var other = await PostgresDatabase.OpenAsync(_connection, CancellationToken.None);
        for (var n = 0; n < 20; n++)
        {
            var both = await Task.WhenAll(
                Task.Run(() => new PostgresSecrets(_database).GetOrCreateAsync($"{n}", CancellationToken.None).AsTask()),
                Task.Run(() => new PostgresSecrets(other).GetOrCreateAsync($"{n}", CancellationToken.None).AsTask()));
            Assert.Equal(both[0].ToArray(), both[1].ToArray());
        }
    }

    protected override ISecrets Open() => new PostgresSecrets(_database);
}
