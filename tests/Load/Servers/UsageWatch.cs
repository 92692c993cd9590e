using System.Diagnostics;

namespace LiveCoCreate.Load.Servers;

/// <summary>Looks at a server's memory and processor time ten times a second.</summary>
internal sealed class UsageWatch : IAsyncDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(100);

    private readonly ServerProcess _server;
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<(long At, Usage Usage)> _seen = [];
    private readonly Task _looking;

    public UsageWatch(ServerProcess server)
    {
        _server = server;
        _looking = Task.Run(LookAsync);
    }

    /// <summary>Memory over time: seconds since <paramref name="start"/>, MiB.</summary>
    public IReadOnlyList<(double Seconds, double MiB)> Memory(long start)
    {
        lock (_seen) return [.. _seen.Where(look => look.At >= start).Select(look => (Stopwatch.GetElapsedTime(start, look.At).TotalSeconds, look.Usage.MiB))];
    }

    /// <summary>The most memory seen since then.</summary>
    public double Peak(long start)
    {
        lock (_seen) return _seen.Where(look => look.At >= start).Select(look => look.Usage.MiB).DefaultIfEmpty(_server.Usage().MiB).Max();
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _looking;
        _stopping.Dispose();
    }

    private async Task LookAsync()
    {
        using var timer = new PeriodicTimer(Every);
        try
        {
            do
            {
                var usage = _server.Usage();
                lock (_seen) _seen.Add((Stopwatch.GetTimestamp(), usage));
            }
            while (await timer.WaitForNextTickAsync(_stopping.Token));
        }
        catch (Exception over) when (over is OperationCanceledException or InvalidOperationException)
        {
            // Stopped, or the server is gone: whoever measures it finds that out.
        }
    }
}
