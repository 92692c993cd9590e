using System.Diagnostics;
using System.Text;
using LiveCoCreate.Wire;

namespace LiveCoCreate.Load.Servers;

/// <summary>Where the servers come from, and what the floor is told to do wrong.</summary>
internal sealed record ServerOptions
{
    /// <summary>Another build of the product than the one beside this tool.</summary>
    public string? ProductDll { get; init; }

    /// <summary>Where the product's data folder is made; the disk decides how long a commit takes.</summary>
    public string DataParent { get; init; } = Path.GetTempPath();

    /// <summary>The product is a cluster: two silos and two web nodes on a PostgreSQL of their own. Needs a build with -p:Orleans=true.</summary>
    public bool Cluster { get; init; }

    /// <summary>The floor acknowledges so many votes without counting them.</summary>
    public int Lose { get; init; }

    /// <summary>The floor counts so many votes twice.</summary>
    public int Double { get; init; }

    /// <summary>The floor sends each board's frames to its own people only, not to all.</summary>
    public bool ManyBoards { get; init; }
}

/// <summary>One server as a process of its own, so that its processor time and memory are its own; or all processes of a cluster. Ends with this object.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private const int MostLooks = 20;
    private const double IdleShare = 0.05;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(400);

    private readonly StringBuilder _output = new();
    private readonly List<Process> _processes = [];
    private readonly string? _folder;
    private PostgresServer? _database;

    private ServerProcess(Side side, string? folder)
    {
        (Side, _folder) = (side, folder);
        Addresses = [NewAddress()];
        AppDomain.CurrentDomain.ProcessExit += KillWithUs;
    }

    public Side Side { get; }

    public Uri Address => Addresses[0];

    public IReadOnlyList<Uri> Addresses { get; private set; }

    /// <summary>All it has written to its output and error streams.</summary>
    public string Output
    {
        get { lock (_output) return _output.ToString(); }
    }

    /// <summary>Starts a server and returns when it says that it is open.</summary>
    public static async Task<ServerProcess> StartAsync(Side side, ServerOptions options)
    {
        var folder = side is Side.Product ? Directory.CreateDirectory(Path.Combine(options.DataParent, $"load-{Environment.ProcessId}-{FreePort.Find()}")).FullName : null;
        var server = new ServerProcess(side, folder);
        try
        {
            if (side is Side.Product && options.Cluster) await server.OpenClusterAsync();
            else await server.OpenAsync(side is Side.Product ? server.ProductCommand(options) : server.FloorCommand(options), "is open at");
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>What it has used so far.</summary>
    public Usage Usage()
    {
        foreach (var process in _processes) process.Refresh();
        return new Usage(
            _processes.Sum(process => process.TotalProcessorTime.TotalSeconds), _processes.Sum(process => process.WorkingSet64) / 1024.0 / 1024, _processes.Sum(process => process.PeakWorkingSet64) / 1024.0 / 1024);
    }

    /// <summary>Waits until it has nothing to do: connections are settled, and what is used often is compiled for good. Not for ever.</summary>
    public async Task IdleAsync()
    {
        for (var look = 0; look < MostLooks; look++)
        {
            var before = Usage().CpuSeconds;
            await Task.Delay(Look);
            if (Usage().CpuSeconds - before <= IdleShare * Look.TotalSeconds) return;
        }
    }

    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= KillWithUs;
        foreach (var process in _processes)
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }

        if (_database is not null) await _database.DisposeAsync();
        if (_folder is not null) Directory.Delete(_folder, recursive: true);
    }

    // Interrupted: no server may stay behind.
    private void KillWithUs(object? sender, EventArgs e)
    {
        foreach (var process in _processes) process.Kill();
    }

    private ProcessStartInfo ProductCommand(ServerOptions options)
    {
        var dll = Path.GetFullPath(options.ProductDll ?? Path.Combine(AppContext.BaseDirectory, "LiveCoCreate.Web.dll"));
        return new ProcessStartInfo("dotnet")
        {
            ArgumentList = { dll, "--urls", Address.ToString(), "--DataFolder", _folder! },
            WorkingDirectory = Path.GetDirectoryName(dll),
        };
    }

    private ProcessStartInfo FloorCommand(ServerOptions options)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList = { typeof(ServerProcess).Assembly.Location, "floor", "--urls", Address.ToString(), "--lose", $"{options.Lose}", "--double", $"{options.Double}", "--boards", options.ManyBoards ? "many" : "one" },
        };
        // What a web project gets without asking; this tool asks for less for itself.
        start.Environment["DOTNET_gcServer"] = "1";
        start.Environment["DOTNET_gcConcurrent"] = "1";
        return start;
    }

    private static Uri NewAddress() => new($"http://127.0.0.1:{FreePort.Find()}");

    private async Task OpenClusterAsync()
    {
        _database = await PostgresServer.StartAsync();
        var journal = await _database.NewDatabaseAsync() + ";Maximum Pool Size=12";
        Addresses = [NewAddress(), NewAddress()];
        ProcessStartInfo Node(string program, params string[] more) => new("dotnet", [Path.Combine(AppContext.BaseDirectory, program), "--Cluster:Provider", "AdoNet", "--Journal", journal, .. more]) { WorkingDirectory = AppContext.BaseDirectory };
        foreach (var _ in Addresses)
        {
            await OpenAsync(Node(
                "LiveCoCreate.Silo.dll", "--urls", NewAddress().ToString(), "--Cluster:Address", "127.0.0.1", "--Cluster:SiloPort", $"{FreePort.Find()}", "--Cluster:GatewayPort", $"{FreePort.Find()}"), "This silo is");
        }

        foreach (var address in Addresses) await OpenAsync(Node("LiveCoCreate.Web.dll", "--urls", address.ToString()), "is open at");
    }

    private async Task OpenAsync(ProcessStartInfo start, string says)
    {
        var process = new Process { EnableRaisingEvents = true };
        var open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        process.StartInfo = start;
        process.Exited += (_, _) => open.TrySetException(new InvalidOperationException($"The {Side} server ended instead of opening:\n{Output}"));
        void Hear(string? line)
        {
            if (line is null) return;
            lock (_output)
            {
                if (_output.Length < 100_000) _output.AppendLine(line);
            }

            if (line.Contains(says, StringComparison.Ordinal)) open.TrySetResult();
        }

        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.Start();
        _processes.Add(process);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await open.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }
}

/// <param name="CpuSeconds">Processor time since the process began.</param>
/// <param name="MiB">Memory it holds now (resident set).</param>
/// <param name="PeakMiB">The most it ever held.</param>
internal sealed record Usage(double CpuSeconds, double MiB, double PeakMiB);
