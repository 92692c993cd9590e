using System.Collections.Concurrent;
using System.Text;
using LiveCoCreate.Live.Servers;
using LiveCoCreate.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

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

    /// <summary>Takes what an OpenTelemetry exporter posts; names stand in protobuf as they are.</summary>
    private sealed class Collector(WebApplication app, ConcurrentQueue<(string Path, byte[] Body)> posted) : IAsyncDisposable
    {
        public string Address => app.Urls.First();

        public IEnumerable<string> Paths => posted.Select(post => post.Path);

        public string Heard => string.Concat(posted.Select(post => Encoding.Latin1.GetString(post.Body)));

        public static async Task<Collector> StartAsync()
        {
            var posted = new ConcurrentQueue<(string, byte[])>();
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            var app = builder.Build();
            app.Run(async http =>
            {
                using var body = new MemoryStream();
                await http.Request.Body.CopyToAsync(body);
                posted.Enqueue((http.Request.Path.Value!, body.ToArray()));
            });
            await app.StartAsync();
            return new Collector(app, posted);
        }

        public async ValueTask DisposeAsync() => await app.DisposeAsync();
    }
}
