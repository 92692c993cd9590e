using LiveCoCreate.Load.Servers;

namespace LiveCoCreate.Load.Figures;

/// <summary>One line of the table.</summary>
/// <param name="Compared">Whether its ratio to the floor says something.</param>
internal sealed record Kind(string Key, string Title, string Unit, int Decimals = 1, bool Compared = true);

/// <summary>What one run on one server measured.</summary>
internal sealed class RunFigures(Side side, int run)
{
    public Side Side => side;

    public int Run => run;

    public Dictionary<string, double> Values { get; } = [];

    /// <summary>The scenario's main latency, for the picture: seconds, milliseconds.</summary>
    public IReadOnlyList<(double At, double Ms)> Latencies { get; set; } = [];

    /// <summary>The server's memory: seconds, MiB.</summary>
    public IReadOnlyList<(double At, double MiB)> Memory { get; set; } = [];

    /// <summary>What must not happen and did: lost or doubled votes, replicas that differ, commands that were refused.</summary>
    public List<string> Problems { get; } = [];

    /// <summary>What is worth a sentence besides the figures.</summary>
    public List<string> Notes { get; } = [];

    public double this[string key]
    {
        get => Values.GetValueOrDefault(key);
        set => Values[key] = value;
    }

    /// <summary>p50, p99 and the greatest, under one name.</summary>
    public void AddPercentiles(string name, double[] sorted)
    {
        (this[$"{name}.p50"], this[$"{name}.p99"], this[$"{name}.max"]) = (Percentiles.At(sorted, 0.5), Percentiles.At(sorted, 0.99), Percentiles.At(sorted, 1));
    }
}

/// <summary>All runs of a scenario, and what they come to.</summary>
internal sealed record Findings(string Scenario, string Title, IReadOnlyList<Kind> Kinds, string LatencyTitle, IReadOnlyList<RunFigures> Runs)
{
    public IEnumerable<string> Problems => Runs.SelectMany(run => run.Problems.Select(problem => $"{run.Side}, run {run.Run}: {problem}"));

    public IEnumerable<string> Notes => Runs.SelectMany(run => run.Notes.Select(note => $"{run.Side}, run {run.Run}: {note}"));

    public bool Has(Side side) => Runs.Any(run => run.Side == side);

    public double? Median(Side side, string key)
    {
        var values = Runs.Where(run => run.Side == side && run.Values.ContainsKey(key)).Select(run => run[key]).ToList();
        return values.Count == 0 ? null : Percentiles.Median(values);
    }

    /// <summary>The median of the product over the median of the floor.</summary>
    public double? Ratio(string key) => Median(Side.Floor, key) is { } floor and > 0 && Median(Side.Product, key) is { } product ? product / floor : null;

    /// <summary>The run whose main latency is in the middle.</summary>
    public RunFigures? Typical(Side side)
    {
        var runs = Runs.Where(run => run.Side == side).OrderBy(run => Percentiles.At([.. run.Latencies.Select(sample => sample.Ms).Order()], 0.99)).ToList();
        return runs.Count == 0 ? null : runs[(runs.Count - 1) / 2];
    }
}
