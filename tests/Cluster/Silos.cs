using LiveCoCreate.Fast.Scenarios;
using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Boards;
using LiveCoCreate.Grains.Codes;
using LiveCoCreate.Grains.Journals;
using LiveCoCreate.Grains.Participants;
using LiveCoCreate.Grains.Workshops;
using LiveCoCreate.Silo.Orleans;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;
using Orleans.TestingHost;

namespace LiveCoCreate.Cluster;

/// <summary>Silos in this process on one journal, and a client of theirs, as a web node is one.</summary>
public class Silos : IGrains, IAsyncDisposable
{
    private readonly IGrains _grains;

    protected Silos(InProcessTestCluster cluster) => (Cluster, _grains) = (cluster, cluster.Client.ServiceProvider.GetRequiredService<IGrains>());

    public InProcessTestCluster Cluster { get; }

    /// <param name="way">What comes to the client goes through this.</param>
    public static async Task<Silos> StartAsync(short silos, IJournal journal, ISecrets secrets, IIncomingGrainCallFilter? way = null) => new(await DeployAsync(silos, journal, secrets, way));

    public SiloAddress? SiloOf(BoardId board) => HomeOf(board)?.SiloAddress;

    public async Task KillSiloOfAsync(BoardId board) => await Cluster.KillSiloAsync(HomeOf(board)!);

    public async Task StopSiloOfAsync(BoardId board) => await Cluster.StopSiloAsync(HomeOf(board)!);

    /// <summary>To any other silo.</summary>
    public async Task MoveAsync(BoardId board) => await Cluster.MigrateAsync(GrainOf(board), Cluster.Silos.First(silo => silo != HomeOf(board)).SiloAddress);

    public IWorkshop Workshop(WorkshopId id) => _grains.Workshop(id);

    public IBoard Board(BoardId id) => _grains.Board(id);

    public IParticipant Participant(PersonId id) => _grains.Participant(id);

    public ICode Code(string code) => _grains.Code(code);

    public async ValueTask DisposeAsync()
    {
        await Cluster.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private static GrainId GrainOf(BoardId board) => GrainId.Create("board", board.Value);

    private InProcessSiloHandle? HomeOf(BoardId board) => Cluster.TryGetGrainContext(GrainOf(board), out var active) ? Cluster.GetSiloForAddress(active.Address.SiloAddress!) : null;

    protected static async Task<InProcessTestCluster> DeployAsync(short silos, IJournal journal, ISecrets secrets, IIncomingGrainCallFilter? way = null)
    {
        var builder = new InProcessTestClusterBuilder(silos);
        builder.Options.ConfigureFileLogging = false;
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton(journal);
            silo.Services.AddSingleton(secrets);
            silo.Services.AddSingleton(TimeProvider.System);
            silo.Services.AddSingleton<Pressure>();
            silo.AddOurGrains();
        });
        builder.ConfigureClient(client =>
        {
            client.Services.AddSingleton(TimeProvider.System);
            client.AddOurGrains();
            if (way is not null) client.Services.AddSingleton(way);
        });
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return cluster;
    }
}

public sealed class TwoSilos : Silos, IGrainHost<TwoSilos>
{
    private TwoSilos(InProcessTestCluster cluster) : base(cluster)
    {
    }

    public static async Task<TwoSilos> StartAsync(IJournal journal, ISecrets secrets) => new(await DeployAsync(2, journal, secrets));
}

public sealed class ThreeSilos : Silos, IGrainHost<ThreeSilos>
{
    private ThreeSilos(InProcessTestCluster cluster) : base(cluster)
    {
    }

    public static async Task<ThreeSilos> StartAsync(IJournal journal, ISecrets secrets) => new(await DeployAsync(3, journal, secrets));
}
