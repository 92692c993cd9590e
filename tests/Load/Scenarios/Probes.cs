using System.Collections.Concurrent;
using System.Diagnostics;
using LiveCoCreate.Load.Figures;

namespace LiveCoCreate.Load.Scenarios;

/// <summary>New ideas whose way into every replica is timed.</summary>
internal sealed class Probes
{
    private readonly ConcurrentDictionary<int, Probe> _byIdea = [];

    public IReadOnlyCollection<Probe> All => [.. _byIdea.Values];

    /// <summary>Call just before the idea is sent.</summary>
    /// <param name="watchers">How many are to hear it,</param>
    /// <param name="people">of so many in the room.</param>
    public Probe Sent(int idea, int watchers, int people) => _byIdea[idea] = new Probe(watchers, people);

    /// <summary>The idea is in somebody's replica now. Most ideas are no probes.</summary>
    public void Heard(int person, int idea, long now)
    {
        if (person >= 0 && _byIdea.TryGetValue(idea, out var probe)) probe.Heard(person, now);
    }

    /// <summary>When it was sent; null: it is no probe.</summary>
    public long? SentAt(int idea) => _byIdea.TryGetValue(idea, out var probe) ? probe.SentAt : null;

    /// <summary>Each client's latency of each probe.</summary>
    public IEnumerable<(double At, double Ms)> EachClient(long start) =>
        All.SelectMany(probe => probe.Latencies.Select(ms => (Stopwatch.GetElapsedTime(start, probe.SentAt).TotalSeconds, ms)));

    /// <summary>How long each took to be in every replica.</summary>
    public IEnumerable<double> Everywhere() => All.Where(probe => probe.IsEverywhere).Select(probe => probe.Latencies.Max());
}

/// <summary>One probe and the times of its arrivals. Each person counts once: who hears it again does not stand in for one who never did.</summary>
internal sealed class Probe(int watchers, int people)
{
    private readonly double[] _ms = new double[watchers];
    private readonly int[] _heard = new int[people];
    private int _count;

    public long SentAt { get; } = Stopwatch.GetTimestamp();

    public bool IsEverywhere => Volatile.Read(ref _count) >= _ms.Length;

    public int Arrived => Math.Min(Volatile.Read(ref _count), _ms.Length);

    public IEnumerable<double> Latencies => _ms.Take(Arrived);

    public void Heard(int person, long now)
    {
        if (Interlocked.Exchange(ref _heard[person], 1) == 1) return;
        var at = Interlocked.Increment(ref _count) - 1;
        if (at < _ms.Length) _ms[at] = Stopwatch.GetElapsedTime(SentAt, now).TotalMilliseconds;
    }
}
