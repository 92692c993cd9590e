using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Circles;
using LiveCoCreate.Grains.Workshops;
using LiveCoCreate.Live.Servers;
using LiveCoCreate.Web.Live;
using LiveCoCreate.Web.Theming;
using LiveCoCreate.Web.Watch;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace LiveCoCreate.Live.Views;

public sealed class LiveRoomsTests(LocalServer server) : IClassFixture<LocalServer>
{
    [Fact]
    public async Task However_many_come_first_at_the_same_time_a_room_is_opened_once_and_is_one()
    {
        const int comers = 8;
        await using var room = await server.OpenRoomAsync();
        using var metrics = new LiveMetrics();
        var circles = new CountedCircles();
        using var rooms = new LiveRooms(server.Services.GetRequiredService<IGrains>(), TimeProvider.System, new Pressure(), metrics, server.Services.GetRequiredService<ThemeWorks>(), NullLogger<LiveRooms>.Instance, circles);

        using var together = new Barrier(comers);
        var feeds = await Task.WhenAll(Enumerable.Range(0, comers).Select(_ => Task.Factory.StartNew(() =>
        {
            together.SignalAndWait();
            return (rooms.WorkshopAsync(new WorkshopId(room.Workshop)).AsTask(), rooms.BoardAsync(new BoardId(room.Board)).AsTask());
        }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

        Assert.Single((await Task.WhenAll(feeds.Select(both => both.Item1))).Distinct());
        Assert.Single((await Task.WhenAll(feeds.Select(both => both.Item2))).Distinct());
        Assert.Equal([$"themes/{room.Board}", $"workshop/{room.Workshop}"], circles.Opened.Order(StringComparer.Ordinal));
    }

    /// <summary>Other nodes, of which there are none: opening takes its time, as over a network.</summary>
    private sealed class CountedCircles : ICircles
    {
        private readonly Lock _gate = new();

        public List<string> Opened { get; } = [];

        public ICircle Open(string topic, ICircleListener listener)
        {
            lock (_gate) Opened.Add(topic);
            Thread.SpinWait(5_000_000);
            return new Circle();
        }

        private sealed class Circle : ICircle
        {
            public string Node => "this";

            public void Show(ReadOnlyMemory<byte> state) { }

            public void Say(ReadOnlyMemory<byte> word) { }

            public ValueTask<string> LeadAsync() => new(Node);

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}
