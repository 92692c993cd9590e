using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Workshops;
using LiveCoCreate.Web.Live;
using LiveCoCreate.Web.Seats;
using LiveCoCreate.Web.Workshops;

namespace LiveCoCreate.Web.Demo;

/// <summary><c>--demo</c>: a Hebrew and an English workshop that are alive within a minute, each with its links printed.</summary>
public sealed partial class DemoServer(
    IGrains grains, WorkshopMaker maker, SeatKeeper seats, LiveRooms rooms, TimeProvider clock, IHostApplicationLifetime life, ILogger<DemoServer> logger, Func<string> addressOf) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var _ = life.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
        var shows = new List<Task>();
        foreach (var language in DemoScript.All.Keys.Order(StringComparer.Ordinal))
        {
            var room = new DemoRoom(language, grains, maker, rooms, clock);
            var id = await room.OpenAsync();
            var address = addressOf();
            Open(logger, language,
                $"{address}/screen/{id}#{await seats.SecretAsync(id, PrivateLink.Screen, 0)}",
                $"{address}/facilitate/{id}#{await seats.SecretAsync(id, PrivateLink.Facilitate, 0)}",
                $"{address}/j/{(await grains.Workshop(id).StateAsync()).Made!.Code}");
            shows.Add(room.PlayAsync(stoppingToken));
        }

        await Task.WhenAll(shows);
    }

    [LoggerMessage(10, LogLevel.Information, "Demo ({Language}):\n  watch       {Screen}\n  facilitate  {Facilitate}\n  join        {Join}")]
    private static partial void Open(ILogger logger, string language, string screen, string facilitate, string join);
}
