using System.Diagnostics.Metrics;

namespace LiveCoCreate.Grains;

/// <summary>What grains count, once for all of them: statics of a generic type would be there once for each kind of grain.</summary>
internal static class GrainMetrics
{
    private static readonly Meter Meter = new("LiveCoCreate.Grains");

    public static readonly Histogram<int> BatchSize = Meter.CreateHistogram<int>("livecocreate.turn.commands", "{command}", "Commands decided in one turn", tags: null, Buckets.Count);
    private static readonly Counter<long> Refusals = Meter.CreateCounter<long>("livecocreate.refusals", "{command}", "Commands refused, by code");
    public static readonly Histogram<double> Beats = Meter.CreateHistogram<double>("livecocreate.beat.duration", "s", "The beat that was kept: how long until the next frame at the soonest", tags: null, Buckets.Seconds);
    public static readonly Histogram<double> Opinions = Meter.CreateHistogram<double>("livecocreate.opinions.duration", "s", "One computation of opinion groups", tags: null, Buckets.Seconds);

    /// <returns>The reply itself.</returns>
    public static Reply Counted(Reply reply)
    {
        if (reply.Refusal is { } refusal) Refusals.Add(1, new KeyValuePair<string, object?>("code", refusal.Code));
        return reply;
    }
}
