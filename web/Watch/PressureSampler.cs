using LiveCoCreate.Grains;

namespace LiveCoCreate.Web.Watch;

/// <summary>Asks for a thread ten times a second and notes how late it came: what waits behind busy cores, collections and
/// a starved pool, waits as long.</summary>
public sealed class PressureSampler(Pressure pressure, TimeProvider clock) : IHostedService, IDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(100);

    private ITimer? _timer;
    private long _planned;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _planned = clock.GetTimestamp();
        _timer = clock.CreateTimer(_ => Sample(), null, Every, Timeout.InfiniteTimeSpan);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _timer?.Dispose();
        return Task.CompletedTask;
    }

    public void Dispose() => _timer?.Dispose();

    private void Sample()
    {
        // Timers are as coarse as the system's tick, so a few milliseconds are no lateness.
        pressure.Note(clock.GetElapsedTime(_planned) - Every - TimeSpan.FromMilliseconds(5));
        _planned = clock.GetTimestamp();
        _timer?.Change(Every, Timeout.InfiniteTimeSpan);
    }
}
