using System.Diagnostics;

namespace LiveCoCreate.Load.Figures;

/// <summary>Times taken by many threads: when, in seconds since the start, and how long, in milliseconds.</summary>
internal sealed class Samples
{
    private readonly Lock _gate = new();
    private readonly List<(double At, double Ms)> _all = [];

    public int Count
    {
        get { lock (_gate) return _all.Count; }
    }

    public IReadOnlyList<(double At, double Ms)> All
    {
        get { lock (_gate) return [.. _all]; }
    }

    public void Add(double at, double ms)
    {
        lock (_gate) _all.Add((at, ms));
    }

    /// <param name="start">When the measurement began, as a Stopwatch timestamp.</param>
    public void Add(long start, long from, long to) =>
        Add(Stopwatch.GetElapsedTime(start, from).TotalSeconds, Stopwatch.GetElapsedTime(from, to).TotalMilliseconds);

    public double[] Sorted()
    {
        lock (_gate) return [.. _all.Select(sample => sample.Ms).Order()];
    }
}
