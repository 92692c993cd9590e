using LiveCoCreate.Live.Servers;
using LiveCoCreate.Wire;

namespace LiveCoCreate.Live.Watching;

public sealed class MetricsTests
{
    [Fact]
    public async Task A_collector_that_is_configured_is_sent_what_the_server_counts()
    {
        await using var collector = await Collector.StartAsync();
        var server = new LocalServer { Settings = [$"--OTEL_EXPORTER_OTLP_ENDPOINT={collector.Address}", "--OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf"] };
        await server.InitializeAsync();
        await using (var room = await server.OpenRoomAsync())
        {
            var person = await room.JoinAsync();
            await room.WriteAsync(person, "a bench in the shade");
            await person.SubmitAsync(Command.OnBoard(room.Board, "dance", new { }));
        }

        await server.DisposeAsync();

        Assert.All(collector.Paths, path => Assert.Equal("/v1/metrics", path));
        foreach (var name in new[]
        {
            "livecocreate.connections", "livecocreate.commands", "livecocreate.command.duration", "livecocreate.door.refusals", "livecocreate.pressure.late",
            "livecocreate.turn.commands", "livecocreate.frame.size", "livecocreate.beat.duration", "journal.commit.duration", "journal.commit.batches",
        })
        {
            Assert.Contains(name, collector.Heard, StringComparison.Ordinal);
        }

        Assert.Contains("command-unknown", collector.Heard, StringComparison.Ordinal);
        Assert.DoesNotContain("bench", collector.Heard, StringComparison.Ordinal);
    }
}
