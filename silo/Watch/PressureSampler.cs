using System.Diagnostics.Metrics;
using LiveCoCreate.Grains;

namespace LiveCoCreate.Silo.Watch;

/// <summary>Asks for a thread ten times a second and notes how late it came: what waits behind busy cores, collections and
/// a starved pool, waits as long. Begins when it is made.</summary>
public sealed class PressureSampler : IDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(100);

    private readonly Meter _meter = new("LiveCoCreate.Pressure");
    private readonly Pressure _pressure;
    private readonly TimeProvider _clock;
    private readonly ITimer _timer;
    private long _planned;

    public PressureSampler(Pressure pressure, TimeProvider clock)
    {
        (_pressure, _clock, _planned) = (pressure, clock, clock.GetTimestamp());
        _meter.CreateObservableGauge("livecocreate.pressure.late", () => pressure.Late.TotalSeconds, "s", "How late this process does what is due; beats widen by twice of it");
        _timer = clock.CreateTimer(_ => Sample(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(Every, Timeout.InfiniteTimeSpan);
    }

    public void Dispose()
    {
        _timer.Dispose();
        _meter.Dispose();
    }

    private void Sample()
    {
        // Timers are as coarse as the system's tick, so a few milliseconds are no lateness.
        _pressure.Note(_clock.GetElapsedTime(_planned) - Every - TimeSpan.FromMilliseconds(5));
        _planned = _clock.GetTimestamp();
        _timer.Change(Every, Timeout.InfiniteTimeSpan);
    }
}
