using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace LiveCoCreate.Live.Servers;

/// <summary>Takes what an OpenTelemetry exporter posts; names stand in protobuf as they are.</summary>
internal sealed class Collector(WebApplication app, ConcurrentQueue<(string Path, byte[] Body)> posted) : IAsyncDisposable
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
