using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
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
            await person.SubmitAsync(Command.OnBoard(Ids.New(), "add-idea", new { idea = Ids.New(), lane = room.Lane, text = "a bench elsewhere" }));
            await person.SubmitAsync(Command.OnBoard(room.Board, "hide-idea", new { idea = Ids.New(), reason = "x" }));
        }

        await server.DisposeAsync();

        Assert.All(collector.Paths, path => Assert.Equal("/v1/metrics", path));
        foreach (var name in new[]
        {
            "livecocreate.connections", "livecocreate.commands", "livecocreate.command.duration", "livecocreate.door.refusals", "livecocreate.refusals", "livecocreate.pressure.late",
            "livecocreate.turn.commands", "livecocreate.frame.size", "livecocreate.beat.duration", "journal.commit.duration", "journal.commit.batches",
        })
        {
            Assert.Contains(name, collector.Heard, StringComparison.Ordinal);
        }

        // Refused by the hub for what they are, for where they go, and by the board.
        foreach (var code in new[] { "command-unknown", "board-missing", "not-allowed" }) Assert.Contains(code, collector.Heard, StringComparison.Ordinal);
        Assert.DoesNotContain("bench", collector.Heard, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_histogram_of_ours_divides_where_its_values_lie()
    {
        var dividing = new ConcurrentDictionary<string, double[]>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, _) =>
        {
            if (!instrument.Meter.Name.StartsWith("LiveCoCreate.", StringComparison.Ordinal)) return;
            if (instrument is Histogram<double> seconds) dividing[instrument.Name] = [.. seconds.Advice?.HistogramBucketBoundaries ?? []];
            else if (instrument is Histogram<int> whole) dividing[instrument.Name] = [.. (whole.Advice?.HistogramBucketBoundaries ?? []).Select(bound => (double)bound)];
        };
        listener.Start();
        var server = new LocalServer();
        await server.InitializeAsync();
        await using (var room = await server.OpenRoomAsync()) await room.WriteAsync(room.Facilitator, "a bench in the shade");
        await server.DisposeAsync();

        Assert.Superset(new HashSet<string> { "livecocreate.command.duration", "livecocreate.frame.size", "livecocreate.turn.commands", "livecocreate.beat.duration", "journal.commit.duration", "journal.commit.batches" }, dividing.Keys.ToHashSet());
        Assert.All(dividing, one => Assert.True(one.Value.Length >= 8, one.Key));
        // A millisecond is told from a hundred.
        Assert.All(dividing.Where(one => one.Key.EndsWith(".duration", StringComparison.Ordinal)), one => Assert.True(one.Value.Count(bound => bound is >= 0.001 and < 0.1) >= 5, one.Key));
    }
}
