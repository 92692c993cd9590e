using LiveCoCreate.Silo.Orleans;
using Orleans;

namespace LiveCoCreate.Cluster;

/// <summary>The way from silos to a client, on which a test may lose what a board tells.</summary>
internal sealed class LossyWay : IIncomingGrainCallFilter
{
    private TaskCompletionSource? _loses;

    /// <summary>Completes when what this made the board tell was lost.</summary>
    public async Task LoseNextAsync(Func<Task> make)
    {
        var lost = _loses = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await make();
        await lost.Task.WaitAsync(TimeSpan.FromSeconds(20));
    }

    public Task Invoke(IIncomingGrainCallContext context)
    {
        if (context.InterfaceMethod.DeclaringType != typeof(IBoardWatcher) || Interlocked.Exchange(ref _loses, null) is not { } lost) return context.Invoke();
        lost.TrySetResult();
        return Task.CompletedTask;
    }
}
