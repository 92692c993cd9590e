using System.Collections.Immutable;
using System.Net.Sockets;
using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Journals;
using Npgsql;

namespace LiveCoCreate.Silo.Journals;

/// <summary>One PostgreSQL database (15 or later) that holds a journal, its secrets and the keys of seats. Many nodes may open it at once.</summary>
public sealed class PostgresDatabase : IAsyncDisposable
{
    /// <summary>Who brings the schema up to date waits for whoever does so already. The numbers are any two that nobody else uses.</summary>
    private const long MigrationLock = 0x4C43_4372_0001;
    private const long OwnerLock = 0x4C43_4372_0002;

    private readonly NpgsqlDataSource _source;
    private readonly CancellationTokenSource _closing = new();
    private readonly string _setting;
    private NpgsqlConnection? _owner;
    private string _lock = "pg_try_advisory_lock";
    private Task _owning = Task.CompletedTask;
    private bool _isClosed;

    private PostgresDatabase(NpgsqlDataSource source, string name, string setting) => (_source, Name, _setting) = (source, name, setting);

    /// <summary>Host, port and database, without user or password: fit for a message.</summary>
    public string Name { get; }

    /// <summary>Opens the database and brings its schema up to date; ten nodes may do so at once.</summary>
    /// <param name="connectionString">As Npgsql has it: <c>Host=…;Database=…;Username=…;Password=…</c>.</param>
    /// <param name="setting">What it is called where it is set, for messages.</param>
    /// <exception cref="IOException">The database cannot be reached, entered or written; the message is one sentence that says what to do.</exception>
    /// <exception cref="InvalidDataException">A newer version wrote it, or it does not keep what it says it keeps; nothing was changed.</exception>
    public static async Task<PostgresDatabase> OpenAsync(string connectionString, CancellationToken cancellation, string setting = "Journal")
    {
        var settings = Settings(connectionString, setting);
        var source = NpgsqlDataSource.Create(settings);
        var database = new PostgresDatabase(source, $"{settings.Host}:{settings.Port}/{settings.Database ?? settings.Username}", setting);
        try
        {
            await database.MigrateAsync(cancellation);
        }
        catch (Exception reason)
        {
            await source.DisposeAsync();
            if (IsOutOfReach(reason)) throw database.Cannot(reason);
            throw;
        }

        return database;
    }

    /// <summary>Makes this process the only one whose grains live in this database without a cluster, for as long as it runs.</summary>
    /// <param name="lost">Is called once when another process took over while this one was cut off: the grains here must go then.</param>
    /// <exception cref="IOException">Another process is it.</exception>
    public async Task OwnAsync(Action<string> lost, CancellationToken cancellation)
    {
        if (!await TryOwnAsync(cancellation))
        {
            throw new IOException($"Another LiveCoCreate server runs on the database {Name} already, and one process alone may hold its grains. Stop that one, name another database, or run silos.");
        }

        _owning = KeepOwningAsync(lost);
    }

    /// <summary>As one of many silos: beside it no process may hold grains without the cluster.</summary>
    /// <param name="lost">As of <see cref="OwnAsync"/>.</param>
    /// <exception cref="IOException">There is such a process.</exception>
    public async Task ShareAsync(Action<string> lost, CancellationToken cancellation)
    {
        _lock = "pg_try_advisory_lock_shared";
        if (!await TryOwnAsync(cancellation))
        {
            throw new IOException($"A LiveCoCreate server without a cluster runs on the database {Name}, and holds all its grains. Stop it before silos start, or name another database.");
        }

        _owning = KeepOwningAsync(lost);
    }

#if ORLEANS
    /// <summary>Makes what Orleans keeps in this database, in a schema of its own (<c>silo/Orleans/Postgres</c>).</summary>
    internal async Task PrepareClusterAsync(CancellationToken cancellation)
    {
        var script = Scripts(".Orleans.Postgres.").Single();
        try
        {
            await using var connection = await ConnectAsync(cancellation);
            await using var transaction = await connection.BeginTransactionAsync(cancellation);
            await using (var turn = new NpgsqlCommand($"SELECT pg_advisory_xact_lock({MigrationLock})", connection)) await turn.ExecuteNonQueryAsync(cancellation);
            await using (var make = new NpgsqlCommand(script, connection)) await make.ExecuteNonQueryAsync(cancellation);
            await transaction.CommitAsync(cancellation);
        }
        catch (Exception reason) when (IsOutOfReach(reason))
        {
            throw Cannot(reason);
        }
    }
#endif

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isClosed, true)) return;
        await _closing.CancelAsync();
        await _owning;
        if (_owner is not null) await GiveUpAsync(_owner);
        await _source.DisposeAsync();
        _closing.Dispose();
    }

    /// <summary>Said, and not left to the connection's end, which the database server notices when it comes to it: whoever starts at once would be refused.</summary>
    private static async Task GiveUpAsync(NpgsqlConnection owner)
    {
        try
        {
            await using var command = new NpgsqlCommand("SELECT pg_advisory_unlock_all()", owner);
            await command.ExecuteNonQueryAsync();
        }
        catch (Exception gone) when (gone is NpgsqlException or InvalidOperationException)
        {
            // With the connection went the place.
        }

        await owner.DisposeAsync();
    }

    /// <summary>The keys that sign seats, as XML; all nodes share them.</summary>
    public IReadOnlyList<string> SeatKeys()
    {
        using var command = Command("SELECT xml FROM livecocreate_secrets.seat_key ORDER BY name");
        using var row = command.ExecuteReader();
        var keys = new List<string>();
        while (row.Read()) keys.Add(row.GetString(0));
        return keys;
    }

    public void KeepSeatKey(string name, string xml)
    {
        using var command = Command("INSERT INTO livecocreate_secrets.seat_key (name, xml) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING", name, xml);
        command.ExecuteNonQuery();
    }

    internal ValueTask<NpgsqlConnection> ConnectAsync(CancellationToken cancellation) => _source.OpenConnectionAsync(cancellation);

    private NpgsqlCommand Command(string sql, params ReadOnlySpan<object?> values)
    {
        var command = _source.CreateCommand(sql);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
        return command;
    }

    /// <summary>The first value of the first row, or null.</summary>
    internal async ValueTask<object?> AskAsync(string sql, CancellationToken cancellation, params object?[] values)
    {
        try
        {
            await using var command = Command(sql, values);
            return await command.ExecuteScalarAsync(cancellation);
        }
        catch (Exception reason) when (IsOutOfReach(reason))
        {
            throw Cannot(reason);
        }
    }

    internal async ValueTask<List<T>> RowsAsync<T>(string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancellation, params object?[] values)
    {
        try
        {
            await using var command = Command(sql, values);
            await using var row = await command.ExecuteReaderAsync(cancellation);
            var rows = new List<T>();
            while (await row.ReadAsync(cancellation)) rows.Add(read(row));
            return rows;
        }
        catch (Exception reason) when (IsOutOfReach(reason))
        {
            throw Cannot(reason);
        }
    }

    /// <summary>What went wrong, for people.</summary>
    internal JournalAwayException Cannot(Exception reason) => new(reason switch
    {
        PostgresException { SqlState: PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification } =>
            $"The database {Name} does not let this user in: check Username and Password of the setting {_setting}.",
        NpgsqlException { Message: var asked } and not PostgresException when asked.StartsWith("No password has been provided", StringComparison.Ordinal) =>
            $"The database {Name} asks for a password, and there is none: add Password=… to the setting {_setting}.",
        PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName } => $"There is no database {Name}: create it (createdb), or name another one in the setting {_setting}.",
        PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege } denied =>
            $"The database {Name} does not let this user make or write its tables ({denied.MessageText}): make the user the database's owner.",
        PostgresException other => $"The database {Name} refused ({other.SqlState}): {other.MessageText}",
        _ => $"The database {Name} cannot be reached ({reason.Message}): start PostgreSQL, or mend Host and Port of the setting {_setting}.",
    }, reason);

    private static NpgsqlConnectionStringBuilder Settings(string connectionString, string setting)
    {
        try
        {
            var settings = new NpgsqlConnectionStringBuilder(connectionString);
            if (string.IsNullOrEmpty(settings.Host)) throw new ArgumentException("it names no Host");
            settings.ApplicationName ??= "LiveCoCreate";
            if (settings.KeepAlive == 0) settings.KeepAlive = 15;
            if (settings.MaxAutoPrepare == 0) settings.MaxAutoPrepare = 32;
            return settings;
        }
        catch (ArgumentException wrong)
        {
            // Its own words may quote a password.
            throw new InvalidDataException($"The setting {setting} is no connection string of PostgreSQL ({(wrong.Message.Contains("Host", StringComparison.Ordinal) ? "it names no Host" : "a word in it is unknown")}): write it as Host=…;Database=…;Username=…;Password=…");
        }
    }

    private async Task MigrateAsync(CancellationToken cancellation)
    {
        var steps = Steps();
        await using var connection = await ConnectAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        if (await AskAsync<string>(connection, "SHOW fsync") is "off")
        {
            throw new InvalidDataException($"The PostgreSQL server of {Name} runs with fsync=off and would lose what it acknowledged: set fsync=on.");
        }

        await AskAsync<object>(connection, $"SELECT pg_advisory_xact_lock({MigrationLock})");
        await AskAsync<object>(connection, """
            CREATE SCHEMA IF NOT EXISTS livecocreate;
            CREATE TABLE IF NOT EXISTS livecocreate.schema_version (version int NOT NULL);
            INSERT INTO livecocreate.schema_version SELECT 0 WHERE NOT EXISTS (SELECT FROM livecocreate.schema_version);
            """);
        var version = await AskAsync<int>(connection, "SELECT version FROM livecocreate.schema_version");
        if (version > steps.Length)
        {
            throw new InvalidDataException($"{Name} was written by a newer LiveCoCreate: its schema is {version}, this one knows up to {steps.Length}. Start the newer one, or restore a backup from before it.");
        }

        foreach (var step in steps[version..]) await AskAsync<object>(connection, step);
        await AskAsync<object>(connection, $"UPDATE livecocreate.schema_version SET version = {steps.Length}");
        await transaction.CommitAsync(cancellation);

        async Task<T?> AskAsync<T>(NpgsqlConnection on, string sql)
        {
            await using var command = new NpgsqlCommand(sql, on);
            return await command.ExecuteScalarAsync(cancellation) is T answer ? answer : default;
        }
    }

    /// <summary>The numbered scripts of <c>silo/Journals/Postgres</c>, in order.</summary>
    private static ImmutableArray<string> Steps() => Scripts(".Journals.Postgres.");

    private static ImmutableArray<string> Scripts(string folder)
    {
        var assembly = typeof(PostgresDatabase).Assembly;
        return [.. assembly.GetManifestResourceNames().Where(name => name.Contains(folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(name =>
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            return reader.ReadToEnd();
        })];
    }

    private async Task<bool> TryOwnAsync(CancellationToken cancellation)
    {
        var connection = await ConnectAsync(cancellation);
        try
        {
            await using var command = new NpgsqlCommand($"SELECT {_lock}({OwnerLock})", connection);
            if (await command.ExecuteScalarAsync(cancellation) is true)
            {
                _owner = connection;
                return true;
            }
        }
        catch (NpgsqlException)
        {
            await connection.DisposeAsync();
            throw;
        }

        await connection.DisposeAsync();
        return false;
    }

    /// <summary>A lock is its connection's. Where that breaks the lock is free, and is taken again before anybody else may think of it.</summary>
    private async Task KeepOwningAsync(Action<string> lost)
    {
        try
        {
            while (true)
            {
                try
                {
                    // Ends when the connection does: nobody notifies anybody here.
                    await _owner!.WaitAsync(_closing.Token);
                }
                catch (Exception broken) when (IsOutOfReach(broken))
                {
                    await _owner!.DisposeAsync();
                    if (await OwnAgainAsync()) continue;
                    lost($"Another LiveCoCreate server took over the database {Name} while this one was cut off from it.");
                    return;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Closed.
        }
    }

    private async Task<bool> OwnAgainAsync()
    {
        while (true)
        {
            try
            {
                return await TryOwnAsync(_closing.Token);
            }
            catch (Exception reason) when (IsOutOfReach(reason))
            {
                await Task.Delay(Limits.JournalReconnect, _closing.Token);
            }
        }
    }

    internal static bool IsOutOfReach(Exception reason) => reason is NpgsqlException or SocketException or TimeoutException or IOException;
}
