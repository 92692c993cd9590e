using System.Diagnostics;
using LiveCoCreate.Wire;
using LiveCoCreate.Wire.Servers;

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

    private readonly List<ProgramProcess> _processes = [];
    private readonly string? _folder;
    private PostgresServer? _database;

    private ServerProcess(Side side, string? folder)
    {
        (Side, _folder) = (side, folder);
        Addresses = [NewAddress()];
    }

    public Side Side { get; }

    public Uri Address => Addresses[0];

    public IReadOnlyList<Uri> Addresses { get; private set; }

    /// <summary>All it has written to its output and error streams.</summary>
    public string Output => string.Concat(_processes.Select(process => process.Output));

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
        var all = _processes.ConvertAll(process => process.Usage());
        return new Usage(all.Sum(each => each.Processor.TotalSeconds), all.Sum(each => each.Memory) / 1024.0 / 1024, all.Sum(each => each.MemoryPeak) / 1024.0 / 1024);
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
        foreach (var process in _processes) await process.DisposeAsync();
        if (_database is not null) await _database.DisposeAsync();
        if (_folder is not null) Directory.Delete(_folder, recursive: true);
    }

    private ProcessStartInfo ProductCommand(ServerOptions options)
    {
        var dll = Path.GetFullPath(options.ProductDll ?? Path.Combine(AppContext.BaseDirectory, "LiveCoCreate.Web.dll"));
        return new ProcessStartInfo("dotnet", [dll, "--urls", Address.ToString(), "--DataFolder", _folder!]) { WorkingDirectory = Path.GetDirectoryName(dll) };
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
        ProcessStartInfo Node(string program, params string[] more) => ProgramProcess.Beside(program, ["--Cluster:Provider", "AdoNet", "--Journal", journal, .. more]);
        foreach (var _ in Addresses)
        {
            await OpenAsync(Node(
                "LiveCoCreate.Silo.dll", "--urls", NewAddress().ToString(), "--Cluster:Address", "127.0.0.1", "--Cluster:SiloPort", $"{FreePort.Find()}", "--Cluster:GatewayPort", $"{FreePort.Find()}"), "This silo is");
        }

        foreach (var address in Addresses) await OpenAsync(Node("LiveCoCreate.Web.dll", "--urls", address.ToString()), "is open at");
    }

    private async Task OpenAsync(ProcessStartInfo start, string says)
    {
        var process = new ProgramProcess(start, says);
        _processes.Add(process);
        await process.StartAsync();
    }
}

/// <param name="CpuSeconds">Processor time since the process began.</param>
/// <param name="MiB">Memory it holds now (resident set).</param>
/// <param name="PeakMiB">The most it ever held.</param>
internal sealed record Usage(double CpuSeconds, double MiB, double PeakMiB);
