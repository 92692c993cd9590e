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
    private static readonly TimeSpan Sweep = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan StuckFor = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<BoardId, (BoardFeed Feed, StrongBox Used)> _boards = [];
    private readonly ConcurrentDictionary<WorkshopId, (WorkshopFeed Feed, StrongBox Used)> _workshops = [];
    private readonly ConcurrentDictionary<string, HubConnectionContext> _hubs = [];
    private readonly ConcurrentDictionary<(SeatKind, PersonId), long> _tooSlow = [];
    private readonly IGrains _grains;
    private readonly TimeProvider _clock;
    private readonly Pressure _pressure;
    private readonly LiveMetrics _metrics;
    private readonly ThemeWorks _works;
    private readonly ICircles? _circles;
    private ITimer? _sweep;

    /// <param name="circles">Other web nodes, where there are any.</param>
    public LiveRooms(IGrains grains, TimeProvider clock, Pressure pressure, LiveMetrics metrics, ThemeWorks works, ICircles? circles = null)
    {
        (_grains, _clock, _pressure, _metrics, _works, _circles) = (grains, clock, pressure, metrics, works, circles);
        metrics.Rooms = this;
    }

    public int Connections => _hubs.Count;

    public async ValueTask<BoardFeed> BoardAsync(BoardId id)
    {
        var (feed, used) = _boards.GetOrAdd(id, id => (BoardFeed.Of(id, _grains.Board(id), _metrics, _works, _circles), new StrongBox()));
        used.At = _clock.GetTimestamp();
        await feed.ReadyAsync();
        return feed;
    }

    public async ValueTask<WorkshopFeed> WorkshopAsync(WorkshopId id)
    {
        var (feed, used) = _workshops.GetOrAdd(id, id => (new WorkshopFeed(id, _grains.Workshop(id), _pressure, _clock, _circles), new StrongBox()));
        used.At = _clock.GetTimestamp();
        await feed.ReadyAsync();
        return feed;
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
        foreach (var (feed, _) in _workshops.Values)
            foreach (var connection in feed.Connections)
                if (connection.Stuck > StuckFor) LetGo(connection);

        foreach (var (seat, at) in _tooSlow)
            if (_clock.GetElapsedTime(at) > Remembered) _tooSlow.TryRemove(KeyValuePair.Create(seat, at));
        foreach (var (id, (feed, used)) in _boards)
            if (feed.Connections == 0 && _clock.GetElapsedTime(used.At) > Idle && _boards.TryRemove(id, out _)) _ = feed.StopAsync().AsTask();
        foreach (var (id, (feed, used)) in _workshops)
        {
            if (!feed.IsEmpty || _clock.GetElapsedTime(used.At) <= Idle || !_workshops.TryRemove(id, out _)) continue;
            _ = feed.StopAsync().AsTask();
            feed.Dispose();
        }
    }

    private sealed class StrongBox
    {
        public long At { get; set; }
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
