using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using LiveCoCreate.Grains.Journals;

namespace LiveCoCreate.Silo.Journals;

/// <summary>The journal in one SQLite file: the default. One thread writes, a few connections read beside it.
/// <para>While it is open the file has two companions, <c>-wal</c> and <c>-shm</c>. To back it up, close it and copy the file, or
/// run <c>sqlite3 journal.db "VACUUM INTO 'copy.db'"</c> beside it. To start anew, close it and delete all three. A backup
/// remembers whom the journal forgot since: keep backups no longer than you promised.</para></summary>
public sealed class SqliteJournal : IJournal, IAsyncDisposable
{
    /// <summary>A read holds its connection for one page and not while its caller thinks, so that a slow
    /// reader keeps neither a connection from others nor the log from being emptied.</summary>
    private const int Page = 500;

    /// <summary>How long to wait for another process's reader before trying again to empty the log.</summary>
    private static readonly TimeSpan OthersRead = TimeSpan.FromMilliseconds(20);

    private readonly SqliteFile _file;
    private readonly SqliteWriter _writer;
    private readonly SqliteJournalWrites _writes;
    private readonly SqliteReaders _readers;
    private readonly JournalMeter? _meter;

    private SqliteJournal(SqliteFile file, bool counted)
    {
        _file = file;
        if (counted) _meter = new JournalMeter(this);
        var connection = file.Connect();
        _writes = new SqliteJournalWrites(connection);
        _writer = new SqliteWriter(file, connection, (batches, took) => _meter?.Committed(batches, took));
        _readers = new SqliteReaders(file);
    }

    /// <summary>Opens the journal, making folder and file where they are missing.</summary>
    /// <param name="counted">Whether its commits are among what this process counts. A collector takes two journals of one process for the same, and the end of one for the end of both.</param>
    /// <exception cref="IOException">The file cannot be written; the message says what to do.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, or a newer version wrote it.</exception>
    public static SqliteJournal Open(string path, bool counted = true) => new(SqliteFile.Open(path, SqliteJournalWrites.Schema), counted);

    public async ValueTask AppendAsync(string stream, long expectedVersion, ImmutableArray<Envelope> events, CancellationToken cancellation)
    {
        Batch.Check(stream, expectedVersion, events);
        cancellation.ThrowIfCancellationRequested();
        if (!events.IsEmpty) await _writer.TogetherAsync(() => _writes.Append(stream, expectedVersion, events));
    }

    public async IAsyncEnumerable<Envelope> ReadAsync(
        string stream, long after, long upTo, [EnumeratorCancellation] CancellationToken cancellation)
    {
        for (var page = Page; page == Page;)
        {
            var events = await _readers.ReadAsync(reader => reader.Events(stream, after, upTo, Page), cancellation);
            foreach (var happened in events) yield return happened;
            page = events.Count;
            if (page > 0) after = events[^1].Version;
        }
    }

    public async IAsyncEnumerable<(long Version, DateTimeOffset At, string Type)> OutlineAsync(
        string stream, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var after = 0L;
        for (var page = Page; page == Page;)
        {
            var lines = await _readers.ReadAsync(reader => reader.Outline(stream, after, Page), cancellation);
            foreach (var line in lines) yield return line;
            page = lines.Count;
            if (page > 0) after = lines[^1].Version;
        }
    }

    /// <inheritdoc/>
    /// <remarks>Waits as long as another process reads the file, since the old bytes stay in the log until it is done.
    /// Cancelled while it waits, it can be called again: what is forgotten already stays so, and the log is emptied then.</remarks>
    public async ValueTask RewriteAsync(string stream, Func<Envelope, Envelope> rewrite, CancellationToken cancellation)
    {
        // Two may forget in one stream at once: who finds an event changed since it was read starts over.
        while (!await TryRewriteAsync(stream, rewrite, cancellation)) { }
        while (!await TryEmptyLogAsync(cancellation)) await Task.Delay(OthersRead, cancellation);
    }

    public async ValueTask<long> RewritesAsync(string stream, CancellationToken cancellation) =>
        await _readers.ReadAsync(reader => reader.Rewrites(stream), cancellation);

    public async ValueTask SaveSnapshotAsync(Snapshot snapshot, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        await _writer.AloneAsync(() => _writer.Transaction(() => _writes.Save(snapshot)));
    }

    public async ValueTask<Snapshot?> FindSnapshotAsync(string stream, string stateVersion, long upTo, CancellationToken cancellation) =>
        await _readers.ReadAsync(reader => reader.Snapshot(stream, stateVersion, upTo), cancellation);

    public async ValueTask ProbeAsync(CancellationToken cancellation)
    {
        if (!File.Exists(_file.Path)) throw new JournalAwayException($"{_file.Path} was deleted while in use. Stop the server and restore the file.");
        await _writer.AloneAsync(() => _writer.Transaction(_writes.Probe)).WaitAsync(cancellation);
    }

    /// <summary>What SQLite does at a commit, asked of the connection that commits: 2 is FULL, a flush each time (P2).</summary>
    public async ValueTask<long> SynchronousAsync() => await _writer.AloneAsync(_writes.Synchronous);

    public async ValueTask DisposeAsync()
    {
        await _readers.DisposeAsync();
        await _writer.DisposeAsync();
        _meter?.Dispose();
    }

    private async ValueTask<bool> TryRewriteAsync(string stream, Func<Envelope, Envelope> rewrite, CancellationToken cancellation)
    {
        var changes = await Batch.ChangesAsync(ReadAsync(stream, after: 0, upTo: long.MaxValue, cancellation), rewrite);

        return await _writer.AloneAsync(() => _writer.Transaction(() => _writes.Rewrite(stream, changes)));
    }

    private async ValueTask<bool> TryEmptyLogAsync(CancellationToken cancellation)
    {
        // Our own readers would come one after another and never leave a gap.
        using var still = await _readers.HoldAsync(cancellation);
        return await _writer.AloneAsync(_writes.TryEmptyLog);
    }
}
