using System.ComponentModel;
using System.Diagnostics;

namespace LiveCoCreate.Wire;

/// <summary>A PostgreSQL server of one's own, in a folder of its own, for as long as it is needed. It can be killed and started again.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string User = "livecocreate";
    private readonly string _folder = Directory.CreateTempSubdirectory("postgres-").FullName;
    private readonly int _port = FreePort.Find();
    private Process? _server;
    private int _databases;

    private PostgresServer()
    {
    }

    /// <exception cref="FileNotFoundException">There is no PostgreSQL; the message says what to install.</exception>
    public static async Task<PostgresServer> StartAsync()
    {
        var server = new PostgresServer();
        if (IsRoot) await RunAsync("chown", "postgres", server._folder);
        await AsOwnerAsync(Tool("initdb"), "--pgdata", server.Data, "--username", User, "--auth", "trust", "--encoding", "UTF8", "--locale", "C", "--no-sync");
        var doors = Path.Combine(server.Data, "pg_hba.conf");
        await File.WriteAllTextAsync(doors, "host sameuser all 127.0.0.1/32 scram-sha-256\n" + await File.ReadAllTextAsync(doors));
        await server.StartAgainAsync();
        return server;
    }

    public string Data => Path.Combine(_folder, "data");

    /// <summary>A new, empty database.</summary>
    public async Task<string> NewDatabaseAsync()
    {
        var name = $"database{Interlocked.Increment(ref _databases)}";
        await AsOwnerAsync(Tool("createdb"), "--host", "127.0.0.1", "--port", $"{_port}", "--username", User, name);
        return Connection(name);
    }

    /// <summary>A new, empty database of a user of the same name, whom the server lets in by their password alone.</summary>
    public async Task<string> NewGuardedDatabaseAsync(string password)
    {
        var open = await NewDatabaseAsync();
        var name = NameOf(open);
        await AskAsync(open, $"CREATE ROLE {name} LOGIN PASSWORD '{password}'");
        await AskAsync(open, $"ALTER DATABASE {name} OWNER TO {name}");
        return open.Replace($"Username={User}", $"Username={name};Password={password}", StringComparison.Ordinal);
    }

    public string Connection(string database) => $"Host=127.0.0.1;Port={_port};Database={database};Username={User};Timeout=5;Pooling=true";

    /// <summary>What psql answers to this, without headings.</summary>
    public Task<string> AskAsync(string connection, string sql) => AsOwnerAsync(
        Tool("psql"), "--no-psqlrc", "--tuples-only", "--no-align", "--host", "127.0.0.1", "--port", $"{_port}", "--username", User, "--dbname", NameOf(connection), "--command", sql);

    public async Task StartAgainAsync()
    {
        _server = Start(Tool("postgres"), "-D", Data, "-p", $"{_port}", "-c", "listen_addresses=127.0.0.1", "-c", $"unix_socket_directories={_folder}", "-c", "max_connections=60", "-c", "shared_buffers=32MB");
        // It says that it is ready when it is, and until then that it is starting.
        while (!await IsReadyAsync())
            if (_server.HasExited) throw new InvalidOperationException($"PostgreSQL ended while starting: {await _server.StandardError.ReadToEndAsync()}");
    }

    /// <summary><c>kill -9</c> of every process of the server, as a power failure would.</summary>
    public async Task KillAsync()
    {
        _server!.Kill(entireProcessTree: true);
        await _server.WaitForExitAsync();
        File.Delete(Path.Combine(Data, "postmaster.pid"));
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is { HasExited: false }) await KillAsync();
        _server?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static string NameOf(string connection) => connection.Split("Database=")[1].Split(';')[0];

    private static bool IsRoot => Environment.UserName == "root";

    private static string Tool(string name)
    {
        string?[] folders =
        [
            Environment.GetEnvironmentVariable("POSTGRES_BIN"),
            .. Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql").OrderByDescending(version => version, StringComparer.Ordinal).Select(version => Path.Combine(version, "bin")) : [],
            .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator),
        ];
        return folders.OfType<string>().Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists)
            ?? throw new FileNotFoundException($"PostgreSQL's {name} is nowhere: install your system's 'postgresql' package (15 or later), or name the folder of its programs in the environment variable POSTGRES_BIN.");
    }

    private async Task<bool> IsReadyAsync()
    {
        using var asking = Start(Tool("pg_isready"), "--host", "127.0.0.1", "--port", $"{_port}", "--timeout", "1");
        await asking.WaitForExitAsync();
        return asking.ExitCode == 0;
    }

    /// <summary>PostgreSQL refuses to be run by root.</summary>
    private static Process Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(IsRoot ? "setpriv" : program, IsRoot ? ["--reuid=postgres", "--regid=postgres", "--clear-groups", program, .. arguments] : arguments)
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/",
        };
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception missing)
        {
            throw new FileNotFoundException($"{start.FileName} cannot be run: {missing.Message}", missing);
        }
    }

    private static async Task<string> AsOwnerAsync(string program, params string[] arguments) => await OutcomeAsync(Start(program, arguments), program);

    private static async Task RunAsync(string program, params string[] arguments) =>
        await OutcomeAsync(Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!, program);

    private static async Task<string> OutcomeAsync(Process process, string program)
    {
        using (process)
        {
            var (said, complained) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.WaitForExitAsync();
            return process.ExitCode == 0 ? (await said).Trim() : throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {await complained}");
        }
    }
}
