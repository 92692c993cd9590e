namespace LiveCoCreate.Rehearsal;

/// <summary>Milliseconds, and how many were measured.</summary>
public sealed record Percentiles(int Count, double P50, double P90, double P99, double Max)
{
    public override string ToString() =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"p50 {P50:0.0}  p90 {P90:0.0}  p99 {P99:0.0}  max {Max:0.0} ms  ({Count} measured)");
}

internal sealed class Latencies
{
    private readonly List<double> _ms = [];

    public void Add(TimeSpan took)
    {
        lock (_ms) _ms.Add(took.TotalMilliseconds);
    }

    public Percentiles Summary()
    {
        double[] ms;
        lock (_ms) ms = [.. _ms.Order()];
        return ms.Length == 0 ? new Percentiles(0, 0, 0, 0, 0) : new Percentiles(ms.Length, At(ms, 0.5), At(ms, 0.9), At(ms, 0.99), Math.Round(ms[^1], 2));
    }

    private static double At(double[] sorted, double share) => Math.Round(sorted[(int)Math.Ceiling(share * sorted.Length) - 1], 2);
}
