using System.Security.Cryptography;

namespace LiveCoCreate.Wire;

/// <summary>Waits longer each time, from 100 ms to 2 s, a little differently for everyone, and knows when it is over.</summary>
internal sealed class Patience(TimeSpan giveUpAfter)
{
    private const int FirstMs = 100;
    private const int LongestMs = 2000;

    private readonly long _since = Environment.TickCount64;
    private int _nextMs = FirstMs;

    public bool IsOver => Environment.TickCount64 - _since > giveUpAfter.TotalMilliseconds;

    /// <summary>Why the last attempt failed, for whoever gives up.</summary>
    public string Why { get; private set; } = "";

    public Task WaitAsync(string why, CancellationToken cancellation)
    {
        Why = why;
        var waitMs = _nextMs / 2 + RandomNumberGenerator.GetInt32(_nextMs / 2 + 1);
        _nextMs = Math.Min(LongestMs, _nextMs * 2);
        return Task.Delay(waitMs, cancellation);
    }
}
