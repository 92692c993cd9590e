using LiveCoCreate.Live.Servers;
using LiveCoCreate.Wire;

namespace LiveCoCreate.Cluster.Processes;

public sealed class TelemetryTests
{
    [Fact]
    public async Task A_collector_that_is_configured_is_sent_what_silos_count()
    {
        await using var collector = await Collector.StartAsync();
        await using var cluster = await RunningCluster.StartAsync("--OTEL_EXPORTER_OTLP_ENDPOINT", collector.Address, "--OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf");
        using var server = new LiveServer(cluster.Addresses[0]);
        await using (var dana = server.NewPerson())
        {
            await dana.CreateWorkshopAsync(new("Our street"));
            await dana.WatchAsync();
            (await dana.SubmitAsync(Commands.AddIdea(dana.Board.Board, Ids.New(), dana.Board.Lanes.Keys.First(), "a bench in the shade"))).Expect("Writing an idea");
            Assert.Equal("command-unknown", (await dana.SubmitAsync(Command.OnBoard(dana.Board.Board, "dance", new { }))).Refusal?.Code);
        }

        foreach (var silo in cluster.Silos) silo.Stop();
        foreach (var silo in cluster.Silos) Assert.Equal(0, await silo.GoneAsync());

        Assert.All(collector.Paths, path => Assert.Equal("/v1/metrics", path));
        foreach (var name in new[]
        {
            "livecocreate-silo", "livecocreate.turn.commands", "livecocreate.beat.duration", "livecocreate.pressure.late", "journal.commit.duration", "journal.commit.batches", "orleans-catalog-activations", "dotnet.gc.collections",
        })
        {
            Assert.Contains(name, collector.Heard, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("bench", collector.Heard, StringComparison.Ordinal);
    }
}
