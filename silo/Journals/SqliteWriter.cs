using System.Diagnostics;
using System.Threading.Channels;
using LiveCoCreate.Grains.Journals;
using Microsoft.Data.Sqlite;

namespace LiveCoCreate.Silo.Journals;

/// <summary>The one thread that writes a file. Whoever waits to write shares the next transaction, because what costs
/// is the flush to the disk and not the rows. Work that needs a transaction of its own gets one turn between two commits,
/// so it neither waits for ever nor holds the others up for long.</summary>
internal sealed class SqliteWriter : IAsyncDisposable
{
    /// <summary>Above this a commit takes so long that the first in it wait for the last.</summary>
    private const int MostTogether = 1_000;

    private readonly SqliteFile _file;
    private readonly SqliteConnection _connection;
    private readonly Action<int, TimeSpan> _committed;
    private readonly Channel<Shared> _together = Channel.CreateUnbounded<Shared>(new() { SingleReader = true });
    private readonly Channel<Action> _alone = Channel.CreateUnbounded<Action>(new() { SingleReader = true });
    private readonly AutoResetEvent _bell = new(initialState: false);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public SqliteWriter(SqliteFile file, SqliteConnection connection, Action<int, TimeSpan> committed)
    {
        (_file, _connection, _committed) = (file, connection, committed);
        new Thread(Run) { IsBackground = true, Name = $"writes {Path.GetFileName(file.Path)}" }.Start();
    }

    /// <summary>Writes in the next transaction, with all who wait. <paramref name="write"/> returns why its caller alone is
    /// refused, having written nothing; if it throws, all in the transaction fail. Once this returned, no token ends the wait:
    /// a cancelled write would be one whose outcome nobody knows.</summary>
    public Task TogetherAsync(Func<Exception?> write)
    {
        var shared = new Shared(write);
        return Enter(_together, shared) ? shared.Done.Task : Task.FromException(Closed());
    }

    /// <summary>Runs <paramref name="work"/> by itself. It begins its own transaction where it needs one.</summary>
    public Task<T> AloneAsync<T>(Func<T> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var entered = Enter(_alone, () =>
        {
            try
            {
                done.SetResult(work());
            }
            catch (Exception reason)
            {
                done.SetException(reason);
            }
        });
        return entered ? done.Task : Task.FromException<T>(Closed());
    }

    /// <summary>Commits what <paramref name="write"/> did if it returns true; else, and if it throws, nothing happened. On the writer's thread only.</summary>
    public bool Transaction(Func<bool> write)
    {
        try
        {
            _connection.Execute("BEGIN IMMEDIATE");
            var wanted = write();
            if (wanted) _connection.Execute("COMMIT");
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
        _together.Writer.TryComplete();
        _alone.Writer.TryComplete();
        _bell.Set();
        await _ended.Task;
    }

    private bool Enter<T>(Channel<T> channel, T waiting)
    {
        if (!channel.Writer.TryWrite(waiting)) return false;
        _bell.Set();
        return true;
    }

    private void Run()
    {
        var sharing = new List<Shared>();
        while (true)
        {
            if (CommitTogether(sharing) | RunOneAlone()) continue;
            if (IsClosing) break;
            _bell.WaitOne();
        }

        try
        {
            SqliteFile.TryEmptyLog(_connection);
        }
        catch (SqliteException)
        {
            // The log stays and is read at the next opening: nothing is lost.
        }

        _connection.Dispose();
        _ended.SetResult();
    }

    private bool IsClosing => _together.Reader.Completion.IsCompleted && _alone.Reader.Completion.IsCompleted;

    private bool CommitTogether(List<Shared> sharing)
    {
        Gather(sharing);
        if (sharing.Count == 0) return false;

        var started = Stopwatch.GetTimestamp();
        var failure = Write(sharing);
        if (failure is null) _committed(sharing.Count, Stopwatch.GetElapsedTime(started));

        foreach (var shared in sharing) shared.Settle(failure);
        sharing.Clear();
        return true;
    }

    private JournalAwayException? Write(List<Shared> sharing)
    {
        try
        {
            Transaction(() =>
            {
                // Who came while we waited for another process's lock comes along.
                Gather(sharing);
                foreach (var shared in sharing) shared.Write();
                return true;
            });
            return null;
        }
        catch (Exception reason)
        {
            return new JournalAwayException($"{_file.Path} could not be written: {reason.Message}", reason);
        }
    }

    private void Gather(List<Shared> sharing)
    {
        while (sharing.Count < MostTogether && _together.Reader.TryRead(out var shared)) sharing.Add(shared);
    }

    private bool RunOneAlone()
    {
        if (!_alone.Reader.TryRead(out var work)) return false;
        work();
        return true;
    }

    private void RollBack()
    {
        if (SQLitePCL.raw.sqlite3_get_autocommit(_connection.Handle) == 0) _connection.Execute("ROLLBACK");
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
