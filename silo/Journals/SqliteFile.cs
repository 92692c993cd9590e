using System.Collections.Immutable;
using LiveCoCreate.Grains.Journals;
using Microsoft.Data.Sqlite;

namespace LiveCoCreate.Silo.Journals;

/// <summary>One SQLite file, opened the way a durable and forgetting store needs it: write-ahead log, every commit
/// flushed to the disk, deleted bytes overwritten with zeros.</summary>
internal sealed class SqliteFile
{
    /// <summary>How long a writer waits for another process's transaction before it gives up.</summary>
    public const int BusyMs = 5_000;

    private readonly string _connectionString;

    private SqliteFile(string path)
    {
        Path = path;

        // No pooling: a pooled connection keeps the file open after we closed it. And none makes the file: where it was deleted, whoever came next would find an empty one.
        _connectionString = new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWrite, Pooling = false, DefaultTimeout = 1 }.ToString();
    }

    public string Path { get; }

    /// <summary>Opens or creates the file. Each of <paramref name="steps"/> is the SQL from one schema version to the next.</summary>
    public static SqliteFile Open(string path, ImmutableArray<string> steps)
    {
        var file = new SqliteFile(System.IO.Path.GetFullPath(path));
        try
        {
            file.Create();
            file.Migrate(steps);
        }
        catch (Exception reason) when (reason is UnauthorizedAccessException or IOException)
        {
            throw file.CannotWrite(reason);
        }
        catch (SqliteException reason)
        {
            throw reason.SqliteErrorCode is SQLitePCL.raw.SQLITE_NOTADB or SQLitePCL.raw.SQLITE_CORRUPT
                ? new InvalidDataException($"{file.Path} is damaged or no SQLite file. Restore a backup, or name another file.", reason)
                : file.CannotWrite(reason);
        }

        return file;
    }

    public SqliteConnection Connect()
    {
        var connection = new SqliteConnection(_connectionString);
        try
        {
            connection.Open();

            // The temporary store is memory because SQLite would otherwise write rows being changed to files of its own.
            connection.Execute($"""
                PRAGMA busy_timeout = {BusyMs};
                PRAGMA synchronous = FULL;
                PRAGMA secure_delete = ON;
                PRAGMA temp_store = MEMORY;
                """);
            return connection;
        }
        catch (SqliteException)
        {
            // Else it would hold the file until it is collected, and whoever may open no more files asks again and again.
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Whether the disk or the file are to blame. A broken key is a mistake of ours, and stays one.</summary>
    public static bool IsAway(SqliteException reason) => reason.SqliteErrorCode is not SQLitePCL.raw.SQLITE_CONSTRAINT;

    /// <summary>What whoever asks for it again is told meanwhile (PROTOCOL.md J5).</summary>
    public JournalAwayException Away(Exception reason) => new($"{Path} could not be read or written: {(reason is SqliteException ? reason.Message : reason.GetType().FullName)}", reason);

    /// <summary>Moves everything from the write-ahead log into the file and cuts the log to nothing.
    /// False when another reader or writer is in the way; then it has to be tried again.</summary>
    public static bool TryEmptyLog(SqliteConnection connection)
    {
        connection.Execute("PRAGMA busy_timeout = 0");
        try
        {
            return connection.Number("PRAGMA wal_checkpoint(TRUNCATE)") == 0;
        }
        finally
        {
            connection.Execute($"PRAGMA busy_timeout = {BusyMs}");
        }
    }

    private void Create()
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        if (File.Exists(Path)) return;

        // For the server's account only. SQLite gives the log's files the rights of the file itself.
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, Share = FileShare.ReadWrite };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        new FileStream(Path, options).Dispose();
    }

    private void Migrate(ImmutableArray<string> steps)
    {
        using var connection = Connect();
        if (connection.Number("PRAGMA user_version") > steps.Length) throw Newer(connection, steps.Length);

        if (connection.Text("PRAGMA journal_mode = WAL") != "wal")
        {
            throw new IOException("its file system has no shared memory for a write-ahead log");
        }

        connection.Execute("BEGIN IMMEDIATE");
        for (var version = connection.Number("PRAGMA user_version"); version < steps.Length; version++)
        {
            connection.Execute(steps[(int)version]);
        }

        connection.Execute($"PRAGMA user_version = {steps.Length}; COMMIT");
    }

    private InvalidDataException Newer(SqliteConnection connection, int known) => new(
        $"{Path} was written by a newer LiveCoCreate: its schema is {connection.Number("PRAGMA user_version")}, this one knows up to {known}. " +
        "Start the newer one, or restore a backup from before it.");

    private IOException CannotWrite(Exception reason) => new(
        $"{Path} cannot be written: {reason.Message} Let the server's account write in that folder of a local disk, or name another file.", reason);
}

internal static class SqliteWords
{
    public static void Execute(this SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public static long Number(this SqliteConnection connection, string sql) => (long)connection.Scalar(sql)!;

    public static string? Text(this SqliteConnection connection, string sql) => connection.Scalar(sql) as string;

    /// <summary>A command kept for the life of its connection, compiled once.</summary>
    public static SqliteCommand Prepare(this SqliteConnection connection, string sql, params ReadOnlySpan<string> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var parameter in parameters) command.Parameters.AddWithValue(parameter, DBNull.Value);
        command.Prepare();
        return command;
    }

    public static SqliteCommand With(this SqliteCommand command, params ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i] ?? DBNull.Value;
        return command;
    }

    private static object? Scalar(this SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
