using System.Diagnostics.Metrics;

namespace LiveCoCreate.Grains;

/// <summary>Where histograms divide what they count. OpenTelemetry's own division is for milliseconds, and nearly all of our seconds would lie in its first part.</summary>
public static class Buckets
{
    /// <summary>From half a millisecond to ten seconds.</summary>
    public static readonly InstrumentAdvice<double> Seconds = new() { HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] };

    /// <summary>From a vote's frame to a large board's.</summary>
    public static readonly InstrumentAdvice<int> Bytes = new() { HistogramBucketBoundaries = [256, 1_024, 4_096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304] };

    /// <summary>From one alone to all that a full room sends at once.</summary>
    public static readonly InstrumentAdvice<int> Count = new() { HistogramBucketBoundaries = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000] };
}
