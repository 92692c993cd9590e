using System.Collections.Concurrent;
using LiveCoCreate.Grains.Journals;
using Microsoft.Data.Sqlite;

namespace LiveCoCreate.Silo.Journals;

/// <summary>A few connections that read beside the writer. Each read is short and inside one call, so no read is ever
/// open while its caller is elsewhere.</summary>
internal sealed class SqliteReaders(SqliteFile file) : IAsyncDisposable
{
    private static readonly int Most = Math.Clamp(Environment.ProcessorCount, 2, 8);

    private readonly SemaphoreSlim _free = new(Most, Most);
    private readonly SemaphoreSlim _holding = new(1, 1);
    private readonly ConcurrentBag<SqliteJournalReads> _idle = [];
    private volatile bool _closed;

    /// <exception cref="JournalAwayException">The file cannot be opened or read just now.</exception>
    public async ValueTask<T> ReadAsync<T>(Func<SqliteJournalReads, T> read, CancellationToken cancellation)
    {
        await _free.WaitAsync(cancellation);
        try
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            var reader = _idle.TryTake(out var idle) ? idle : Open();
            try
            {
                return read(reader);
            }
            finally
            {
                _idle.Add(reader);
            }
        }
        catch (SqliteException reason) when (SqliteFile.IsAway(reason))
        {
            throw file.Away(reason);
        }
        finally
        {
            _free.Release();
        }
    }

    private SqliteJournalReads Open()
    {
        var connection = file.Connect();
        try
        {
            return new SqliteJournalReads(connection);
        }
        catch (SqliteException)
        {
            // Else it would hold the file until it is collected.
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Waits until no read is under way, and lets none begin until the result is disposed.</summary>
    public async ValueTask<IDisposable> HoldAsync(CancellationToken cancellation)
    {
        // One at a time: two who each had half of the connections would wait for each other.
        await _holding.WaitAsync(cancellation);
        var held = new Held(this);
        try
        {
            while (held.Connections < Most)
            {
                await _free.WaitAsync(cancellation);
                held.Connections++;
            }
        }
        catch (OperationCanceledException)
        {
            held.Dispose();
            throw;
        }

        return held;
    }

    public async ValueTask DisposeAsync()
    {
        using var still = await HoldAsync(CancellationToken.None);
        _closed = true;
        while (_idle.TryTake(out var reader)) reader.Dispose();
    }

    private sealed class Held(SqliteReaders readers) : IDisposable
    {
        public int Connections { get; set; }

        public void Dispose()
        {
            if (Connections > 0) readers._free.Release(Connections);
            readers._holding.Release();
        }
    }
}
