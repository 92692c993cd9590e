using LiveCoCreate.Grains.Boards;
using LiveCoCreate.Grains.Workshops;

namespace LiveCoCreate.Silo.Orleans;

/// <summary>A web node as the grain that it watches knows it: told for as long as it renews its lease, in numbers that leave no gap.</summary>
internal abstract class Lease(long watch, TimeProvider clock)
{
    /// <summary>A node renews every <see cref="Watching.RenewEvery"/>: some of that may be lost.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromSeconds(15);

    private readonly Lock _gate = new();
    private long _renewed = clock.GetTimestamp();
    private long _told;
    private bool _ended;

    /// <summary>The node is gone, or has been told that this is over.</summary>
    public bool IsOver
    {
        get { lock (_gate) return _ended || clock.GetElapsedTime(_renewed) > Lasts; }
    }

    /// <returns>How often it has been told of something; -1 where this is over.</returns>
    public long Renew(long which)
    {
        lock (_gate)
        {
            if (which != watch || _ended) return -1;
            _renewed = clock.GetTimestamp();
            return _told;
        }
    }

    /// <summary>Under a lock, so that what has the greater number leaves later.</summary>
    protected void Tell(Action<long, long> send)
    {
        lock (_gate)
        {
            if (!IsOver) send(watch, ++_told);
        }
    }

    protected void End(Action<long> send)
    {
        lock (_gate)
        {
            if (_ended) return;
            _ended = true;
        }

        send(watch);
    }
}

internal sealed class WatchingNode(IBoardWatcher node, long watch, int connections, TimeProvider clock) : Lease(watch, clock), IBoardObserver
{
    private volatile int _connections = connections;

    public int Connections => IsOver ? 0 : _connections;

    public long Renew(long which, int connections)
    {
        _connections = connections;
        return Renew(which);
    }

    public ValueTask TellAsync(BoardNews news)
    {
        var told = ToldNews.Of(news);
        Tell((watch, number) => node.Heard(watch, number, told));
        return Done();
    }

    public ValueTask TellAsync(OpinionView opinions)
    {
        Tell((watch, number) => node.HeardOpinions(watch, number, opinions));
        return Done();
    }

    public void Ended() => End(node.Ended);

    /// <summary>Whoever throws is let go by the board.</summary>
    private ValueTask Done() => IsOver ? throw new TimeoutException("This web node did not renew its watch.") : ValueTask.CompletedTask;
}

internal sealed class WatchingWorkshopNode(IWorkshopWatcher node, long watch, TimeProvider clock) : Lease(watch, clock), IWorkshopObserver
{
    public void Changed(Workshop workshop) => Tell((watch, number) => node.Heard(watch, number, workshop));

    public void Ended() => End(node.Ended);
}
