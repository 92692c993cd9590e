using LiveCoCreate.Load.Figures;
using LiveCoCreate.Load.Servers;

namespace LiveCoCreate.Load.Scenarios;

/// <summary>One thing that people do, played against one server and measured.</summary>
internal abstract class Scenario(LoadOptions options)
{
    public LoadOptions Options => options;

    public abstract string Title { get; }

    /// <summary>What the picture's latency is.</summary>
    public abstract string LatencyTitle { get; }

    public abstract IReadOnlyList<Kind> Kinds { get; }

    public virtual ServerOptions Servers => options.Servers;

    public abstract Task PlayAsync(ServerProcess server, RunFigures figures, IProgress<Progress> progress);

    /// <summary>All runs: each on a server that has just started, product and floor by turns, and each first every other time.</summary>
    public async Task<Findings> RunAsync(IProgress<Progress> progress)
    {
        var runs = new List<RunFigures>();
        for (var run = 1; run <= options.Runs; run++)
        {
            Side[] sides = run % 2 == 1 ? [Side.Floor, Side.Product] : [Side.Product, Side.Floor];
            foreach (var side in sides.Where(side => options.Only is null || options.Only == side))
            {
                var named = new Named(progress, $"run {run} of {options.Runs}, {side.ToString().ToLowerInvariant()}: ");
                if (options.Quiet is { } percent) await Machine.WaitForQuietAsync(percent, _ => named.Report(new("waiting for a quiet machine", 0, 1)));
                named.Report(new("starting", 0, 1));
                var figures = new RunFigures(side, run);
                await using var server = await ServerProcess.StartAsync(side, Servers);
                await PlayAsync(server, figures, named);
                runs.Add(figures);
            }
        }

        return new Findings(options.Command, Title, Kinds, LatencyTitle, runs);
    }

    private sealed class Named(IProgress<Progress> progress, string name) : IProgress<Progress>
    {
        public void Report(Progress value) => progress.Report(value with { Phase = name + value.Phase });
    }
}
