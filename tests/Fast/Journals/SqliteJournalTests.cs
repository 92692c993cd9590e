using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using LiveCoCreate.Grains.Journals;
using LiveCoCreate.Silo.Journals;
using Microsoft.Data.Sqlite;
using static LiveCoCreate.Fast.Journals.Happened;

namespace LiveCoCreate.Fast.Journals;

public sealed class SqliteJournalTests : JournalContract, IAsyncLifetime, IDisposable
{
    private const string Board = "board/1";

    private readonly TemporaryFolder _folder = new();
    private readonly List<IAsyncDisposable> _opened = [];

    private string File => _folder["journal.db"];

    [Fact] // J5, P2
    public async Task Opening_it_again_finds_everything()
    {
        await using (var journal = SqliteJournal.Open(File))
        {
            await journal.AppendAsync(Events(Board, 1, 700));
            await journal.SaveSnapshotAsync(Snapshot(Board, 3, "a", "three"), CancellationToken.None);
        }

        var again = OpenSqlite();
        Assert.Equal(Events(Board, 1, 700), await again.AllAsync(Board));
        Assert.Equal("3: three", await again.StateAsync(Board, "a"));
        await Assert.ThrowsAsync<JournalConflictException>(() => again.AppendAsync(Events(Board, 1, 1)).AsTask());
    }

    [Fact] // J5, P1, P2
    public async Task The_writer_flushes_every_commit_into_a_write_ahead_log()
    {
        var journal = OpenSqlite();
        await journal.AppendAsync(Events(Board, 1, 1));

        Assert.Equal(2, await journal.SynchronousAsync());
        using var beside = Beside();
        Assert.Equal("wal", Ask(beside, "PRAGMA journal_mode"));
    }

    [Fact] // J5, P2: what was acknowledged is in the files, whoever reads them and however the process ends
    public async Task What_is_acknowledged_is_in_the_files_at_once()
    {
        var journal = OpenSqlite();
        await journal.AppendAsync(Events(Board, 1, 3));
        using var taken = new TemporaryFolder();
        foreach (var file in Directory.GetFiles(_folder.Path)) System.IO.File.WriteAllBytes(taken[Path.GetFileName(file)], _folder.BytesOf(file));

        await using var survivor = SqliteJournal.Open(taken["journal.db"]);
        Assert.Equal(Events(Board, 1, 3), await survivor.AllAsync(Board));
    }

    [Fact] // design.md, the life of a vote, 1
    public async Task Appends_that_wait_share_one_commit()
    {
        var journal = OpenSqlite();
        var commits = new ConcurrentQueue<int>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Scope == journal) self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<int>((_, batches, _, _) => commits.Enqueue(batches));
        listener.Start();

        List<Task> appends;
        using (var other = Beside())
        {
            Ask(other, "BEGIN IMMEDIATE");
            appends = [.. Enumerable.Range(0, 200).Select(n => journal.AppendAsync(Events($"board/{n}", 1, 1)).AsTask())];
            Assert.DoesNotContain(appends, append => append.IsCompleted);
            Ask(other, "COMMIT");
        }

        await Task.WhenAll(appends);
        Assert.Equal([200], commits);
    }

    [Fact] // J4, P3
    public async Task Another_process_writing_the_same_stream_loses_cleanly()
    {
        var (first, second) = (OpenSqlite(), OpenSqlite());
        await first.AppendAsync(Events(Board, 1, 2));
        await Assert.ThrowsAsync<JournalConflictException>(() => second.AppendAsync(Events(Board, 1, 1)).AsTask());
        await second.AppendAsync(Events(Board, 3, 3));
        await Assert.ThrowsAsync<JournalConflictException>(() => first.AppendAsync(Events(Board, 3, 3)).AsTask());

        var writers = Enumerable.Range(0, 20).Select(n => Task.Run(async () =>
        {
            try
            {
                await (n % 2 == 0 ? first : second).AppendAsync(Event(Board, 4, $"{n}"));
                return 1;
            }
            catch (JournalConflictException)
            {
                return 0;
            }
        }));

        Assert.Equal(1, (await Task.WhenAll(writers)).Sum());
        Assert.Equal(4, (await first.AllAsync(Board)).Count);
    }

    [Fact] // J4, P3: whatever writes the file, the key stands
    public async Task A_version_can_be_in_the_file_only_once()
    {
        await OpenSqlite().AppendAsync(Events(Board, 1, 1));
        using var beside = Beside();

        var refusal = Assert.Throws<SqliteException>(() => Ask(beside, "INSERT INTO event (stream, version) VALUES ('board/1', 1)"));
        Assert.Equal(SQLitePCL.raw.SQLITE_CONSTRAINT, refusal.SqliteErrorCode);
    }

    [Fact] // P3
    public async Task A_failed_commit_fails_all_in_it_and_the_journal_goes_on()
    {
        var journal = OpenSqlite();
        await journal.AppendAsync(Events(Board, 1, 1));
        using var beside = Beside();
        Ask(beside, "CREATE TRIGGER full BEFORE INSERT ON event WHEN new.stream = 'board/full' BEGIN SELECT raise(ABORT, 'disk full'); END; BEGIN IMMEDIATE");

        var bystander = journal.AppendAsync(Events(Board, 2, 2)).AsTask();
        var unlucky = journal.AppendAsync(Events("board/full", 1, 1)).AsTask();
        Ask(beside, "COMMIT");

        Assert.Contains("disk full", (await Assert.ThrowsAsync<JournalAwayException>(() => unlucky)).Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<JournalAwayException>(() => bystander);
        Assert.Single(await journal.AllAsync(Board));

        await journal.AppendAsync(Events(Board, 2, 2));
        Assert.Equal(2, (await journal.AllAsync(Board)).Count);
    }

    [Fact] // P1
    public async Task Nobody_is_told_before_the_commit_itself_succeeded()
    {
        var journal = OpenSqlite();
        using var beside = Beside();
        Ask(beside, """
            CREATE TABLE missing (id INTEGER PRIMARY KEY);
            CREATE TABLE promise (id INTEGER REFERENCES missing (id) DEFERRABLE INITIALLY DEFERRED);
            CREATE TRIGGER broken AFTER INSERT ON event BEGIN INSERT INTO promise VALUES (1); END;
            """);

        await Assert.ThrowsAsync<JournalAwayException>(() => journal.AppendAsync(Events(Board, 1, 1)).AsTask());
        Assert.Empty(await journal.AllAsync(Board));
    }

    [Fact] // P2: a cancelled append would be one whose outcome nobody knows
    public async Task An_append_under_way_is_awaited_whatever_its_token_says()
    {
        var journal = OpenSqlite();
        using var patience = new CancellationTokenSource();
        using var other = Beside();
        Ask(other, "BEGIN IMMEDIATE");

        var append = journal.AppendAsync(Board, 0, Events(Board, 1, 1), patience.Token).AsTask();
        await patience.CancelAsync();
        Ask(other, "COMMIT");

        await append;
        Assert.Single(await journal.AllAsync(Board));
    }

    [Fact]
    public async Task Closing_finishes_what_waits_and_leaves_one_file()
    {
        var journal = SqliteJournal.Open(File);
        var appends = Enumerable.Range(0, 300).Select(n => journal.AppendAsync(Events($"board/{n}", 1, 1)).AsTask()).ToList();
        await journal.DisposeAsync();

        await Task.WhenAll(appends);
        Assert.Equal([File], Directory.GetFiles(_folder.Path));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => journal.AppendAsync(Events(Board, 1, 1)).AsTask());
        await Assert.ThrowsAsync<ObjectDisposedException>(() => journal.AllAsync(Board));

        System.IO.File.Delete(File);
        Assert.Empty(await OpenSqlite().AllAsync("board/7"));
    }

    [Fact] // J5
    public async Task Someone_who_reads_slowly_holds_up_neither_writing_nor_forgetting()
    {
        var journal = OpenSqlite();
        await journal.AppendAsync(Events(Board, 1, 2_000));
        await using var slow = journal.ReadAsync(Board, 0, long.MaxValue, CancellationToken.None).GetAsyncEnumerator();
        await slow.MoveNextAsync();

        await journal.AppendAsync(Events(Board, 2_001, 2_001));
        await journal.RewriteAsync(Board, happened => happened, CancellationToken.None);

        var read = 1;
        while (await slow.MoveNextAsync()) read++;
        Assert.Equal(2_001, read);
    }

    [Fact] // J7, P10
    public async Task What_is_forgotten_is_in_no_byte_of_any_file()
    {
        var journal = OpenSqlite();
        var large = string.Concat(Enumerable.Range(0, 2_000).Select(n => $"[miriam {n}]"));
        await journal.AppendAsync(Event(Board, 1, "{\"text\":\"miriam was here\"}", by: "miriam-id"), Event(Board, 2, large, by: "miriam-id"), Event(Board, 3, "stays"));
        await journal.SaveSnapshotAsync(Snapshot(Board, 2, "a", large), CancellationToken.None);
        Assert.Contains("miriam", _folder.Bytes(), StringComparison.Ordinal);

        await journal.RewriteAsync(
            Board, happened => happened.Version < 3 ? happened with { Payload = "forgotten", By = null } : happened, CancellationToken.None);

        Assert.DoesNotContain("miriam", _folder.Bytes(), StringComparison.Ordinal);
        Assert.Contains("stays", _folder.Bytes(), StringComparison.Ordinal);
    }

    [Fact] // J7, P10
    public async Task Forgetting_waits_for_a_foreign_reader_and_appends_do_not()
    {
        var journal = OpenSqlite();
        await journal.AppendAsync(Event(Board, 1, "{\"text\":\"miriam was here\"}"));

        Task forgetting;
        using (var reader = Beside())
        {
            Ask(reader, "BEGIN; SELECT count(*) FROM event");
            forgetting = journal.RewriteAsync(Board, happened => happened with { Payload = "forgotten" }, CancellationToken.None).AsTask();
            for (var n = 0; n < 20; n++)
            {
                await journal.AppendAsync(Events($"board/beside-{n}", 1, 1));
                Assert.Single(await journal.AllAsync($"board/beside-{n}"));
            }

            // The reader's view of the file is why the old bytes are still there.
            Assert.Contains("miriam", _folder.Bytes(), StringComparison.Ordinal);
            Assert.False(forgetting.IsCompleted);
            Ask(reader, "COMMIT");
        }

        await forgetting;
        Assert.DoesNotContain("miriam", _folder.Bytes(), StringComparison.Ordinal);
    }

    [Fact] // J7, P10
    public async Task Who_forgets_an_event_does_not_bring_back_what_another_forgot_meanwhile()
    {
        var journal = OpenSqlite();
        await journal.AppendAsync(Event(Board, 1, "miriam and noa"));
        var meanwhile = new Lazy<bool>(() => Task.Run(() => journal.RewriteAsync(
            Board, happened => happened with { Payload = happened.Payload.Replace("noa", "…", StringComparison.Ordinal) }, CancellationToken.None).AsTask())
            .Wait(TimeSpan.FromMinutes(1)));

        await journal.RewriteAsync(
            Board,
            happened => meanwhile.Value ? happened with { Payload = happened.Payload.Replace("miriam", "…", StringComparison.Ordinal) } : happened,
            CancellationToken.None);

        Assert.Equal("… and …", Assert.Single(await journal.AllAsync(Board)).Payload);
    }

    [Fact] // J7, P10
    public async Task A_forgetting_that_was_cancelled_while_it_waited_can_be_called_again()
    {
        var journal = OpenSqlite();
        await journal.AppendAsync(Event(Board, 1, "{\"text\":\"miriam was here\"}"));
        Func<Envelope, Envelope> forget = happened => happened with { Payload = "forgotten" };

        using (var reader = Beside())
        {
            Ask(reader, "BEGIN; SELECT count(*) FROM event");
            using var patience = new CancellationTokenSource();
            var forgetting = journal.RewriteAsync(Board, forget, patience.Token).AsTask();
            while ((await journal.AllAsync(Board))[0].Payload != "forgotten") await Task.Yield();
            await patience.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => forgetting);
        }

        await journal.RewriteAsync(Board, forget, CancellationToken.None);
        Assert.DoesNotContain("miriam", _folder.Bytes(), StringComparison.Ordinal);
    }

    /// <summary>Streams that grow side by side, with texts of all sizes, make SQLite move rows about. With a clustered table, with
    /// updates in place, or with deletions, copies of forgotten texts are left in the unused parts of pages: these seeds found some.</summary>
    [Theory, InlineData(2, 30), InlineData(5, 30), InlineData(3, 120)] // J7, P10
    public async Task Nothing_is_left_of_anyone_wherever_SQLite_put_them(int seed, int longest)
    {
        var journal = OpenSqlite();
        var random = new Random(seed);
        var written = new Dictionary<string, long>();
        var forgotten = new HashSet<string>();

        for (var step = 0; step < 250; step++)
        {
            await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => AppendAnyAsync(journal, random, written, longest)));
            var stream = written.Keys.ElementAt(random.Next(written.Count));
            var versions = Enumerable.Range(0, 5).Select(_ => random.NextInt64(1, written[stream] + 1)).ToHashSet();
            var replacement = new string('F', random.Next(1_500));
            await journal.RewriteAsync(
                stream, happened => versions.Contains(happened.Version) ? happened with { Payload = replacement } : happened, CancellationToken.None);
            forgotten.UnionWith(versions.Select(version => Mark(stream, version)));
        }

        var bytes = _folder.Bytes();
        var left = forgotten.Where(mark => bytes.Contains(mark, StringComparison.Ordinal)).ToList();
        Assert.True(left.Count == 0, $"seed {seed}: {left.Count} of {forgotten.Count} are left, such as {left.FirstOrDefault()}");
    }

    [Fact] // J5
    public async Task A_file_of_a_newer_schema_is_refused_and_left_alone()
    {
        await SqliteJournal.Open(File).DisposeAsync();
        using (var beside = Beside()) Ask(beside, "PRAGMA user_version = 1000");

        var refusal = Assert.Throws<InvalidDataException>(() => SqliteJournal.Open(File));

        Assert.Contains("newer LiveCoCreate: its schema is 1000", refusal.Message, StringComparison.Ordinal);
        using var after = Beside();
        Assert.Equal(1000L, Ask(after, "PRAGMA user_version"));
    }

    [Fact] // J5
    public async Task A_file_of_the_schema_before_probes_were_written_is_brought_up_to_date_with_all_that_it_holds()
    {
        await using (var journal = SqliteJournal.Open(File)) await journal.AppendAsync(Events(Board, 1, 3));
        using (var beside = Beside()) Ask(beside, "DROP TABLE probe; PRAGMA user_version = 2");

        var again = OpenSqlite();

        await again.ProbeAsync(CancellationToken.None);
        Assert.Equal(Events(Board, 1, 3), await again.AllAsync(Board));
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_refused_with_what_to_do()
    {
        System.IO.File.WriteAllText(_folder["in the way"], "a file, not a folder");
        var path = Path.Combine(_folder["in the way"], "data", "journal.db");

        var refusal = Assert.Throws<IOException>(() => SqliteJournal.Open(path));

        Assert.Contains(path, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Let the server's account write", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_journal_is_refused_with_what_to_do()
    {
        System.IO.File.WriteAllText(File, "Dear diary, this is no database although it is long enough to be taken for one at first sight. " + new string('.', 4_096));

        Assert.Contains("Restore a backup", Assert.Throws<InvalidDataException>(() => SqliteJournal.Open(File)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Opening_makes_the_folder_and_keeps_others_out()
    {
        await using var journal = SqliteJournal.Open(Path.Combine(_folder["new"], "deep", "journal.db"));

        if (OperatingSystem.IsWindows()) return;
        foreach (var file in Directory.GetFiles(Path.Combine(_folder["new"], "deep")))
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(file));
        }
    }

    [Fact]
    public async Task A_probe_fails_when_the_file_is_gone()
    {
        var journal = OpenSqlite();
        foreach (var file in Directory.GetFiles(_folder.Path)) System.IO.File.Delete(file);

        await Assert.ThrowsAsync<JournalAwayException>(() => journal.ProbeAsync(CancellationToken.None).AsTask());
    }

    [Fact] // J5: no reader can be opened, so no grain wakes up
    public async Task A_journal_whose_file_is_gone_is_away_to_who_reads_and_nobody_makes_an_empty_one()
    {
        var journal = OpenSqlite();
        foreach (var file in Directory.GetFiles(_folder.Path)) System.IO.File.Delete(file);

        var away = await Assert.ThrowsAsync<JournalAwayException>(() => journal.AllAsync(Board));

        Assert.IsType<SqliteException>(away.InnerException);
        await Assert.ThrowsAsync<JournalAwayException>(() => journal.RewritesAsync(Board, CancellationToken.None).AsTask());
        Assert.False(System.IO.File.Exists(File));
    }

    [Fact] // J5, J7
    public async Task Forgetting_on_a_disk_that_cannot_be_written_is_told_that_the_journal_is_away_and_can_be_called_again()
    {
        if (!FailingDisk.IsPossible) return;
        var journal = OpenSqlite();
        await journal.AppendAsync(Event(Board, 1, "{\"text\":\"miriam was here\"}"));
        Func<Envelope, Envelope> forget = happened => happened with { Payload = "forgotten" };

        using (new FailingDisk(File))
        {
            var away = await Assert.ThrowsAsync<JournalAwayException>(() => journal.RewriteAsync(Board, forget, CancellationToken.None).AsTask());
            Assert.IsType<SqliteException>(away.InnerException);
            await Assert.ThrowsAsync<JournalAwayException>(() => journal.SaveSnapshotAsync(Snapshot(Board, 1, "a", "one"), CancellationToken.None).AsTask());
        }

        await journal.RewriteAsync(Board, forget, CancellationToken.None);
        Assert.DoesNotContain("miriam", _folder.Bytes(), StringComparison.Ordinal);
    }

    [Fact] // J4: a broken key is a mistake, and does not pass by itself
    public async Task A_key_that_is_broken_is_not_called_a_journal_that_is_away()
    {
        var journal = OpenSqlite();
        await journal.AppendAsync(Events(Board, 1, 2));
        using var beside = Beside();
        Ask(beside, "CREATE UNIQUE INDEX odd ON snapshot (state_version)");
        await journal.SaveSnapshotAsync(Snapshot(Board, 1, "a", "one"), CancellationToken.None);

        var broken = await Assert.ThrowsAsync<SqliteException>(() => journal.SaveSnapshotAsync(Snapshot(Board, 2, "a", "two"), CancellationToken.None).AsTask());
        Assert.Equal(SQLitePCL.raw.SQLITE_CONSTRAINT, broken.SqliteErrorCode);
    }

    [Theory, InlineData(true, "full"), InlineData(false, "disk I/O error")]
    public async Task A_probe_fails_while_the_disk_is_full_or_cannot_be_written_as_an_append_does(bool isFull, string why)
    {
        if (!FailingDisk.IsPossible) return;
        var journal = OpenSqlite();
        using (new FailingDisk(File, isFull))
        {
            Assert.Contains(why, (await Assert.ThrowsAsync<JournalAwayException>(() => journal.ProbeAsync(CancellationToken.None).AsTask())).Message, StringComparison.Ordinal);
            Assert.Contains(why, (await Assert.ThrowsAsync<JournalAwayException>(() => journal.AppendAsync(Events(Board, 1, 1)).AsTask())).Message, StringComparison.Ordinal);
        }

        await journal.ProbeAsync(CancellationToken.None);
        await journal.AppendAsync(Events(Board, 1, 1));
    }

    [Fact]
    public async Task However_often_it_is_probed_the_file_does_not_grow()
    {
        var journal = OpenSqlite();
        await journal.ProbeAsync(CancellationToken.None);
        using var beside = Beside();
        var pages = Ask(beside, "PRAGMA page_count");

        for (var n = 0; n < 200; n++) await journal.ProbeAsync(CancellationToken.None);

        Assert.Equal(pages, Ask(beside, "PRAGMA page_count"));
        Assert.Equal((1L, 201L), (Ask(beside, "SELECT count(*) FROM probe"), Ask(beside, "SELECT times FROM probe")));
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var opened in _opened) await opened.DisposeAsync();
    }

    public void Dispose() => _folder.Dispose();

    protected override ValueTask<IJournal> Open() => ValueTask.FromResult<IJournal>(OpenSqlite());

    private static string Mark(string stream, long version) => $"<{stream}.{version}>";

    private static Task AppendAnyAsync(SqliteJournal journal, Random random, Dictionary<string, long> written, int longest)
    {
        var stream = $"board/{random.Next(30)}";
        var version = written[stream] = written.GetValueOrDefault(stream) + 1;
        var text = string.Concat(Enumerable.Repeat(Mark(stream, version), 1 + random.Next(longest)));
        return journal.AppendAsync(Event(stream, version, text)).AsTask();
    }

    private static object? Ask(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    private SqliteJournal OpenSqlite()
    {
        var journal = SqliteJournal.Open(File);
        _opened.Add(journal);
        return journal;
    }

    /// <summary>A connection as another process would have it.</summary>
    private SqliteConnection Beside()
    {
        var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        return connection;
    }
}
