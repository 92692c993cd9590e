using System.Diagnostics;
using LiveCoCreate.Grains.Journals;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace LiveCoCreate.Silo.Journals;

/// <summary>Writes a file, one transaction after another. Who comes while nobody writes does it at once and on their own thread: a
/// short sleep until the disk has it costs less than two hand-overs from thread to thread. Whoever comes meanwhile shares the next transaction, on a
/// thread kept for that, because what costs is the flush to the disk and not the rows. Work that needs a transaction of its own gets one turn
/// between two commits, so it neither waits for ever nor holds the others up for long.</summary>
internal sealed class SqliteWriter : IAsyncDisposable
{
    /// <summary>Above this a commit takes so long that the first in it wait for the last.</summary>
    private const int MostTogether = 1_000;

    private readonly SqliteFile _file;
    private readonly SqliteConnection _connection;
    private readonly sqlite3_stmt _begin;
    private readonly sqlite3_stmt _commit;
    private readonly Action<int, TimeSpan> _committed;
    private readonly Lock _gate = new();
    private readonly Queue<Shared> _together = [];
    private readonly Queue<Action> _alone = [];
    private readonly AutoResetEvent _bell = new(initialState: false);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Whose turn it is to write: nobody's, or that of the one who made it true, or of the thread when the bell was rung.
    private bool _writing;
    private bool _closed;

    public SqliteWriter(SqliteFile file, SqliteConnection connection, Action<int, TimeSpan> committed)
    {
        (_file, _connection, _committed) = (file, connection, committed);
        Throw(raw.sqlite3_prepare_v2(connection.Handle, "BEGIN IMMEDIATE", out _begin));
        Throw(raw.sqlite3_prepare_v2(connection.Handle, "COMMIT", out _commit));
        new Thread(Run) { IsBackground = true, Name = $"writes {Path.GetFileName(file.Path)}" }.Start();
    }

    /// <summary>Writes in the next transaction, with all who wait: before it returns where nobody else writes. <paramref name="write"/> returns why its
    /// caller alone is refused, having written nothing; if it throws, all in the transaction fail. No token ends the wait: a cancelled write would be
    /// one whose outcome nobody knows.</summary>
    public Task TogetherAsync(Func<Exception?> write)
    {
        var shared = new Shared(write);
        lock (_gate)
        {
            if (_closed) return Task.FromException(Closed());
            if (_writing)
            {
                _together.Enqueue(shared);
                return shared.Done.Task;
            }

            _writing = true;
        }

        if (TryBegin())
        {
            CommitTogether([shared], begun: true);
            Leave();
        }
        else
        {
            // Another process writes just now: only the thread waits for it.
            lock (_gate) _together.Enqueue(shared);
            _bell.Set();
        }

        return shared.Done.Task;
    }

    /// <summary>Runs <paramref name="work"/> by itself. It begins its own transaction where it needs one.</summary>
    /// <exception cref="JournalAwayException">The file cannot be read or written just now.</exception>
    public Task<T> AloneAsync<T>(Func<T> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_closed) return Task.FromException<T>(Closed());
            _alone.Enqueue(() =>
            {
                try
                {
                    done.SetResult(work());
                }
                catch (Exception reason)
                {
                    done.SetException(reason is SqliteException away && SqliteFile.IsAway(away) ? _file.Away(away) : reason);
                }
            });
            CallThread();
        }

        return done.Task;
    }

    /// <summary>Commits what <paramref name="write"/> did if it returns true; else, and if it throws, nothing happened. Only by whose turn it is to write.</summary>
    public bool Transaction(Func<bool> write) => Transaction(write, begun: false);

    private bool Transaction(Func<bool> write, bool begun)
    {
        try
        {
            if (!begun) Throw(Step(_begin));
            var wanted = write();
            if (wanted) Throw(Step(_commit));
            return wanted;
        }
        finally
        {
            RollBack();
        }
    }

    /// <summary>Finishes what waits, empties the log into the file where no one else reads it, and closes.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _closed = true;
            CallThread();
        }

        await _ended.Task;
    }

    /// <summary>Under the gate. Who writes now calls it themselves when they leave.</summary>
    private void CallThread()
    {
        if (_writing) return;
        _writing = true;
        _bell.Set();
    }

    private void Leave()
    {
        lock (_gate)
        {
            _writing = false;
            if (_closed || _together.Count + _alone.Count > 0) CallThread();
        }
    }

    private void Run()
    {
        var sharing = new List<Shared>();
        do
        {
            _bell.WaitOne();
            while (CommitTogether(sharing) | RunOneAlone()) { }
        }
        while (StaysOpen());

        try
        {
            SqliteFile.TryEmptyLog(_connection);
        }
        catch (SqliteException)
        {
            // The log stays and is read at the next opening: nothing is lost.
        }

        _begin.Dispose();
        _commit.Dispose();
        _connection.Dispose();
        _ended.SetResult();
    }

    /// <summary>Leaves as the others do; but who comes before a closed file does not come in any more.</summary>
    private bool StaysOpen()
    {
        lock (_gate)
        {
            if (_closed && _together.Count + _alone.Count == 0) return false;
            Leave();
            return true;
        }
    }

    /// <summary>Begins a transaction if that is possible without waiting. Whatever is in the way, the thread meets it again and says what it is.</summary>
    private bool TryBegin()
    {
        raw.sqlite3_busy_timeout(_connection.Handle, 0);
        var begun = Step(_begin) == raw.SQLITE_OK;
        raw.sqlite3_busy_timeout(_connection.Handle, SqliteFile.BusyMs);
        return begun;
    }

    /// <summary>Runs a statement without rows, and says what went wrong, if anything did.</summary>
    private static int Step(sqlite3_stmt statement)
    {
        _ = raw.sqlite3_step(statement);
        return raw.sqlite3_reset(statement);
    }

    private void Throw(int code) => SqliteException.ThrowExceptionForRC(code, _connection.Handle);

    private bool CommitTogether(List<Shared> sharing, bool begun = false)
    {
        Gather(sharing);
        if (sharing.Count == 0) return false;

        var started = Stopwatch.GetTimestamp();
        var failure = Write(sharing, begun);
        if (failure is null) _committed(sharing.Count, Stopwatch.GetElapsedTime(started));

        foreach (var shared in sharing) shared.Settle(failure);
        sharing.Clear();
        return true;
    }

    private JournalAwayException? Write(List<Shared> sharing, bool begun)
    {
        try
        {
            Transaction(() =>
            {
                // Who came while we waited for another process's lock comes along.
                Gather(sharing);
                foreach (var shared in sharing) shared.Write();
                return true;
            }, begun);
            return null;
        }
        catch (Exception reason)
        {
            return _file.Away(reason);
        }
    }

    private void Gather(List<Shared> sharing)
    {
        lock (_gate)
        {
            while (sharing.Count < MostTogether && _together.TryDequeue(out var shared)) sharing.Add(shared);
        }
    }

    private bool RunOneAlone()
    {
        Action? work;
        lock (_gate) _alone.TryDequeue(out work);
        work?.Invoke();
        return work is not null;
    }

    private void RollBack()
    {
        if (raw.sqlite3_get_autocommit(_connection.Handle) == 0) _connection.Execute("ROLLBACK");
    }

    private ObjectDisposedException Closed() => new(_file.Path, "This store is closed. What it acknowledged is in the file; open it again.");

    private sealed class Shared(Func<Exception?> write)
    {
        private Exception? _refusal;

        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Write() => _refusal = write();

        /// <summary>A refusal counts only once the transaction it was decided in is durable.</summary>
        public void Settle(Exception? failure)
        {
            if ((failure ?? _refusal) is { } reason) Done.SetException(reason);
            else Done.SetResult();
        }
    }
}
