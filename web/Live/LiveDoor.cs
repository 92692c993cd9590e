using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Clustering;
using LiveCoCreate.Web.Door;
using LiveCoCreate.Web.Seats;
using LiveCoCreate.Web.Theming;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.SignalR;

namespace LiveCoCreate.Web.Live;

/// <summary>Sets up the hub and proves every connection's seat before it is accepted (PROTOCOL.md S3).</summary>
public static class LiveDoor
{
    public static void AddLive(this IServiceCollection services)
    {
        services.AddSingleton<LiveRooms>();
        services.AddSingleton<FindThemes>((ideas, rules, previous, seed, earlier, progress, cancelled) => ThemeRun.Of(ideas, rules, previous, seed, null, earlier, progress, cancelled));
        services.AddSingleton<ThemeWorks>();
        services.AddHostedService(provider => provider.GetRequiredService<LiveRooms>());
        services.AddSignalR(options =>
        {
            options.MaximumReceiveMessageSize = Limits.MessageBytes;
            options.EnableDetailedErrors = false;
            options.KeepAliveInterval = TimeSpan.FromSeconds(10);
            options.ClientTimeoutInterval = TimeSpan.FromSeconds(30);
            options.StatefulReconnectBufferSize = 0;
            options.AddFilter<WhileJournalIsAway>();
        }).AddJsonProtocol(options => options.PayloadSerializerOptions = Json.Options);
        services.AddSingleton<HubLifetimeManager<LiveHub>, LiveLifetimeManager>();
    }

    public static void MapLive(this WebApplication app)
    {
        var stopping = app.Lifetime.ApplicationStopping;
        app.UseWhen(http => http.Request.Path.StartsWithSegments("/live", StringComparison.Ordinal), live => live.Use(async (http, next) =>
        {
            // Messages have a limit of their own, and what breaks it is cut off, not answered (PROTOCOL.md L7).
            if (HttpMethods.IsPost(http.Request.Method) && http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } body) body.MaxRequestBodySize = Limits.RequestBytes;
            // Whoever is cut off when the server stops is back before it has stopped listening; nobody would close that connection, and the server would wait half a minute for it.
            if (stopping.IsCancellationRequested) throw new RefusedException(StatusCodes.Status503ServiceUnavailable, "retry");
            http.Items[typeof(Seat)] = await http.RequestServices.GetRequiredService<SeatKeeper>().RequireAsync(http);
            await next(http);
        }));
        app.MapHub<LiveHub>("/live", options =>
        {
            options.Transports = HttpTransportType.WebSockets | HttpTransportType.LongPolling;
            options.ApplicationMaxBufferSize = Limits.MessageBytes * 2;
            options.TransportMaxBufferSize = 64 * 1024;
            options.WebSockets.CloseTimeout = TimeSpan.FromSeconds(2);
            // Who reads too slowly is for the rooms to let go, and to be told so when it is back; the transport's own 10 s would cut it off first, and nobody would know why.
            options.TransportSendTimeout = LiveRooms.StuckFor + 2 * LiveRooms.Sweep;
        });
    }
}
