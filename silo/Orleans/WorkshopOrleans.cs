using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Workshops;
using Orleans;
using Orleans.Concurrency;

namespace LiveCoCreate.Silo.Orleans;

[Reentrant, GrainType("workshop")]
public sealed class WorkshopOrleans(SiloGround silo) : Hosted<WorkshopGrain>(silo), IWorkshopOrleans
{
    private readonly Dictionary<IWorkshopWatcher, WatchingWorkshopNode> _nodes = [];
    private readonly Editions<Workshop> _states = new();
    private readonly Editions<Rights> _rights = new();

    public Task<Answer<Reply>> SubmitAsync(Submission<WorkshopCommand> submission) => AskAsync(workshop => workshop.SubmitAsync(submission));

    public Task<Answer<Edition<Rights>>> RightsAsync(long known) => AskAsync(async workshop => _rights.Of(await workshop.RightsAsync(), known));

    public Task<Answer<Edition<Workshop>>> StateAsync(long known) => AskAsync(async workshop => _states.Of(await workshop.StateAsync(), known));

    public Task<Answer<bool>> WatchAsync(IWorkshopWatcher node, long watch) => DoAsync(async workshop =>
    {
        await LetGoAsync(workshop, node);
        foreach (var (other, watching) in _nodes.ToList())
            if (watching.IsOver) await LetGoAsync(workshop, other);
        await workshop.WatchAsync(_nodes[node] = new WatchingWorkshopNode(node, watch, Silo.Clock));
    });

    public Task<Answer<long>> RenewAsync(IWorkshopWatcher node, long watch) => AskAsync(_ =>
        new ValueTask<long>(_nodes.TryGetValue(node, out var watching) ? watching.Renew(watch) : -1));

    public Task<Answer<bool>> UnwatchAsync(IWorkshopWatcher node) => DoAsync(workshop => LetGoAsync(workshop, node));

    public Task<Answer<bool>> ForgetAsync(PersonId facilitator) => DoAsync(workshop => workshop.ForgetAsync(facilitator));

    public Task<Answer<bool>> ForgetProxyAsync(CommandId command, ProxyId proxy, DateTimeOffset at) => DoAsync(workshop => workshop.ForgetAsync(command, proxy, at));

    protected override ValueTask<WorkshopGrain> ActivateAsync() =>
        WorkshopGrain.ActivateAsync(new WorkshopId(this.GetPrimaryKeyString()), Silo.Journal, Silo.Grains, CancellationToken.None);

    private async ValueTask LetGoAsync(WorkshopGrain workshop, IWorkshopWatcher node)
    {
        if (_nodes.Remove(node, out var watching)) await workshop.UnwatchAsync(watching);
    }
}
