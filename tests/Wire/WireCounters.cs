namespace LiveCoCreate.Wire;

/// <summary>What happened on one person's line, or on everyone's together.</summary>
public sealed record WireCounters(int Connects, int Reconnects, int FailedConnects, int Watches, int Resyncs, int Retries, int TooFast, int Slow,
    long Frames, long BytesReceived)
{
    public static WireCounters None { get; } = new(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    public static WireCounters operator +(WireCounters one, WireCounters other) => new(
        one.Connects + other.Connects, one.Reconnects + other.Reconnects, one.FailedConnects + other.FailedConnects,
        one.Watches + other.Watches, one.Resyncs + other.Resyncs, one.Retries + other.Retries, one.TooFast + other.TooFast, one.Slow + other.Slow,
        one.Frames + other.Frames, one.BytesReceived + other.BytesReceived);

    public static WireCounters Add(WireCounters left, WireCounters right) => left + right;
}
