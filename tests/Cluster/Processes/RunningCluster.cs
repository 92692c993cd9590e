using LiveCoCreate.Wire;
using LiveCoCreate.Wire.Servers;

namespace LiveCoCreate.Cluster.Processes;

/// <summary>Two silos and two web nodes on one PostgreSQL database, each a process of its own.</summary>
internal sealed class RunningCluster : IAsyncDisposable
{
    private readonly string[] _ofSilos;

    private RunningCluster(PostgresServer database, string journal, string[] ofSilos)
    {
        (Database, Journal, _ofSilos) = (database, journal, ofSilos);
        Silos = [Silo(), Silo()];
        Ports = [FreePort.Find(), FreePort.Find()];
        WebNodes = [.. Ports.Select(port => new ProgramProcess(ProgramProcess.Beside("LiveCoCreate.Web.dll", "--urls", $"http://127.0.0.1:{port}", "--Cluster:Provider", "AdoNet", "--Journal", journal), "is open at"))];
    }

    public PostgresServer Database { get; }

    public string Journal { get; }

    public IReadOnlyList<ProgramProcess> Silos { get; }

    public IReadOnlyList<ProgramProcess> WebNodes { get; }

    public IReadOnlyList<Uri> Addresses => [.. Ports.Select(port => new Uri($"http://127.0.0.1:{port}"))];

    private IReadOnlyList<int> Ports { get; }

    /// <param name="ofSilos">Settings of the silos, beside those that a cluster needs.</param>
    public static async Task<RunningCluster> StartAsync(params string[] ofSilos)
    {
        var database = await PostgresServer.StartAsync();
        var cluster = new RunningCluster(database, await database.NewDatabaseAsync() + ";Maximum Pool Size=10", ofSilos);
        try
        {
            // All at once, as an orchestrator does: whoever is first makes what all of them need.
            await Task.WhenAll(cluster.Silos.Concat(cluster.WebNodes).Select(node => node.StartAsync()));
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in WebNodes.Concat(Silos)) await node.DisposeAsync();
        await Database.DisposeAsync();
    }

    private ProgramProcess Silo() => new(ProgramProcess.Beside(
        "LiveCoCreate.Silo.dll", ["--urls", $"http://127.0.0.1:{FreePort.Find()}", "--Cluster:Provider", "AdoNet", "--Journal", Journal,
        "--Cluster:Address", "127.0.0.1", "--Cluster:SiloPort", $"{FreePort.Find()}", "--Cluster:GatewayPort", $"{FreePort.Find()}", .. _ofSilos]), "This silo is");
}
