using System.Collections.Concurrent;
using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Boards;
using LiveCoCreate.Grains.Circles;
using LiveCoCreate.Grains.Workshops;
using LiveCoCreate.Web.Seats;
using LiveCoCreate.Web.Theming;
using LiveCoCreate.Web.Watch;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;

namespace LiveCoCreate.Web.Live;

/// <summary>All that is live on this web node: feeds of boards and workshops, and the connections.</summary>
public sealed class LiveRooms : IHostedService, IDisposable
{
    /// <summary>For how long a message may wait for its reader before the reader is let go (PROTOCOL.md L5); found out with the next sweep.</summary>
    public static readonly TimeSpan StuckFor = TimeSpan.FromSeconds(30);

    public static readonly TimeSpan Sweep = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<BoardId, Used<BoardFeed>> _boards = [];
    private readonly ConcurrentDictionary<WorkshopId, Used<WorkshopFeed>> _workshops = [];
    private readonly ConcurrentDictionary<string, HubConnectionContext> _hubs = [];
    private readonly ConcurrentDictionary<(SeatKind, PersonId), long> _tooSlow = [];
    private readonly IGrains _grains;
    private readonly TimeProvider _clock;
    private readonly Pressure _pressure;
    private readonly LiveMetrics _metrics;
    private readonly ThemeWorks _works;
    private readonly ICircles? _circles;
    private readonly ILogger<LiveRooms> _log;
    private ITimer? _sweep;

    /// <param name="circles">Other web nodes, where there are any.</param>
    public LiveRooms(IGrains grains, TimeProvider clock, Pressure pressure, LiveMetrics metrics, ThemeWorks works, ILogger<LiveRooms> log, ICircles? circles = null)
    {
        (_grains, _clock, _pressure, _metrics, _works, _log, _circles) = (grains, clock, pressure, metrics, works, log, circles);
        metrics.Rooms = this;
    }

    public int Connections => _hubs.Count;

    public async ValueTask<BoardFeed> BoardAsync(BoardId id)
    {
        var feed = _boards.GetOrAdd(id, id => new(_clock, () => BoardFeed.Of(id, _grains.Board(id), _metrics, _works, _circles, _log))).Use();
        await feed.ReadyAsync();
        return feed;
    }

    /// <summary>From now on this connection is among those who watch the board.</summary>
    public async ValueTask<BoardFeed> WatchAsync(BoardId id, LiveConnection connection)
    {
        while (true)
        {
            var feed = await BoardAsync(id);
            if (feed.Add(connection)) return feed;
        }
    }

    public async ValueTask<WorkshopFeed> WorkshopAsync(WorkshopId id)
    {
        var feed = _workshops.GetOrAdd(id, id => new(_clock, () => new WorkshopFeed(id, _grains.Workshop(id), _pressure, _clock, _circles) { Log = _log })).Use();
        await feed.ReadyAsync();
        return feed;
    }

    /// <summary>From now on this connection is among those of its workshop; null where its seat has as many as it may.</summary>
    public async ValueTask<WorkshopFeed?> EnterAsync(LiveConnection connection)
    {
        while (true)
        {
            var feed = await WorkshopAsync(connection.Seat.Workshop);
            if (feed.TryAdd(connection) is { } added) return added ? feed : null;
        }
    }

    public void Opened(HubConnectionContext hub) => _hubs[hub.ConnectionId] = hub;

    public void Closed(HubConnectionContext hub) => _hubs.TryRemove(hub.ConnectionId, out _);

    public HubConnectionContext Hub(string connection) => _hubs[connection];

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _sweep = _clock.CreateTimer(_ => SweepUp(), null, Sweep, Sweep);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _sweep?.Dispose();
        return Task.CompletedTask;
    }

    public void Dispose() => _sweep?.Dispose();

    /// <summary>Cuts off a reader that does not read. What is stuck is in front of any last word, so it is told why when it is back.</summary>
    public void LetGo(LiveConnection connection)
    {
        _metrics.LetGo();
        _tooSlow[(connection.Seat.Kind, connection.Seat.Id)] = _clock.GetTimestamp();
        connection.Abort();
    }

    /// <summary>Whether this seat's reader was let go of late; asked once, when it is back.</summary>
    public bool WasTooSlow(Seat seat) => _tooSlow.TryRemove((seat.Kind, seat.Id), out _);

    /// <summary>Lets go of readers that do not read, and of feeds that nobody follows.</summary>
    private void SweepUp()
    {
        foreach (var used in _workshops.Values)
            foreach (var connection in used.Made?.Connections ?? [])
                if (connection.Stuck > StuckFor) LetGo(connection);

        foreach (var (seat, at) in _tooSlow)
            if (_clock.GetElapsedTime(at) > Remembered) _tooSlow.TryRemove(KeyValuePair.Create(seat, at));
        foreach (var (id, used) in _boards)
        {
            if (_clock.GetElapsedTime(used.At) <= Idle || used.Made is not { } feed || !feed.TryRetire()) continue;
            _boards.TryRemove(KeyValuePair.Create(id, used));
            _ = feed.StopAsync().AsTask();
        }

        foreach (var (id, used) in _workshops)
        {
            if (_clock.GetElapsedTime(used.At) <= Idle || used.Made is not { } feed || !feed.TryRetire()) continue;
            _workshops.TryRemove(KeyValuePair.Create(id, used));
            _ = feed.StopAsync().AsTask();
            feed.Dispose();
        }
    }

    /// <summary>A feed and when it was asked for last. Made once, also where many come at the same time: one more would go on telling other nodes of a room that nobody is in.</summary>
    private sealed class Used<TFeed>(TimeProvider clock, Func<TFeed> make)
        where TFeed : class
    {
        private readonly Lock _making = new();
        private TFeed? _feed;
        private long _at = clock.GetTimestamp();

        /// <summary>The feed, where it could be made.</summary>
        public TFeed? Made => Volatile.Read(ref _feed);

        public long At => Interlocked.Read(ref _at);

        public TFeed Use()
        {
            Interlocked.Exchange(ref _at, clock.GetTimestamp());
            // Not Lazy: what could not be made once is tried again by whoever comes next.
            if (Made is { } made) return made;
            lock (_making)
            {
                if (_feed is null) Volatile.Write(ref _feed, make());
                return _feed!;
            }
        }
    }
}

/// <summary>Shows the rooms each connection as SignalR has it, so that a frame can be written to it without waiting for others:
/// a group send waits for its slowest reader.</summary>
public sealed class LiveLifetimeManager(ILogger<DefaultHubLifetimeManager<LiveHub>> logger, LiveRooms rooms) : DefaultHubLifetimeManager<LiveHub>(logger)
{
    public override Task OnConnectedAsync(HubConnectionContext connection)
    {
        rooms.Opened(connection);
        return base.OnConnectedAsync(connection);
    }

    public override Task OnDisconnectedAsync(HubConnectionContext connection)
    {
        rooms.Closed(connection);
        return base.OnDisconnectedAsync(connection);
    }
}
