using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Turns;
using LiveCoCreate.Silo.Watch;
using LiveCoCreate.Web.Boards;
using LiveCoCreate.Web.Demo;
using LiveCoCreate.Web.Door;
using LiveCoCreate.Web.Live;
using LiveCoCreate.Web.Participants;
using LiveCoCreate.Web.Seats;
using LiveCoCreate.Web.Watch;
using LiveCoCreate.Web.Workshops;

namespace LiveCoCreate.Web;

/// <summary>The server: hub, HTTP API and the browser app's files, with its grains in the same process or in silos.</summary>
public static class LiveServer
{
    /// <summary>How long a server that ends waits for its warm-up to tidy up after itself.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static async Task<int> RunAsync(string[] args)
    {
        Tidying.ShareArenas();
        AddThread();
        var warming = Task.Run(WarmUp.HoldAsync);
        WebApplication app;
        try
        {
            app = Build(args);
        }
        catch (Exception cannot) when (cannot is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            await Console.Error.WriteLineAsync(cannot.Message);
            await warming.WaitAsync(Patience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return 1;
        }

        var stopping = app.Lifetime.ApplicationStopping;
        try
        {
            await app.RunAsync();
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Told to stop before it had started.
        }

        await warming.WaitAsync(Patience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return 0;
    }

    /// <param name="args"><c>--urls</c>, <c>--DataFolder</c> and any other setting of appsettings.json; <c>--demo</c> opens lively workshops.</param>
    /// <param name="also">Registers more, or other, services: a test's clock, say.</param>
    public static WebApplication Build(string[] args, Action<IServiceCollection>? also = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = [.. args.Where(arg => arg is not "--demo")], ContentRootPath = ContentRoot() });
        if (string.IsNullOrEmpty(builder.Configuration["urls"])) builder.WebHost.UseUrls("http://localhost:5080");
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = Limits.DroppedBytes;
        });
        var folder = Path.GetFullPath(builder.Configuration["DataFolder"] ?? "data", builder.Environment.ContentRootPath);

        var services = builder.Services;
        services.AddSingleton(TimeProvider.System);
        var (place, inSilos) = builder.AddGrains(folder);
        services.AddSingleton<SeatKeeper>();
        services.AddSingleton<Rates>();
        services.AddSingleton<WorkshopMaker>();
        services.AddSingleton<Copying>();
        services.AddSingleton<BoardTimelines>();
        services.AddSingleton<BoardLog>();
        services.AddSingleton<Cohorts>();
        services.AddSingleton<AppFiles>();
        services.AddResponseCompression(options =>
        {
            // Seats are cookies that no script reads, and no reply repeats what a stranger put into a request.
            options.EnableForHttps = true;
            options.MimeTypes = ["application/json", "text/html", "image/svg+xml"];
        });
        services.AddLive();
        services.AddSingleton(new Pressure { TellsOpinionsLive = builder.Configuration.GetValue("LiveOpinions", true) });
        services.AddSingleton<Health>();
        services.AddSingleton<MishapLog>();
        services.AddSingleton<LiveMetrics>();
        services.AddSingleton<PressureSampler>();
        services.AddHostedService<Tidying>();
        services.AddHostedService(_ => new Telemetry(builder.Configuration, "livecocreate"));

        also?.Invoke(services);

        WebApplication? built = null;
        if (args.Contains("--demo"))
            services.AddHostedService(provider => ActivatorUtilities.CreateInstance<DemoServer>(provider, () => built!.Urls.First()));

        var app = built = builder.Build();
        app.OpenJournal(alone: !inSilos);
        app.UseResponseCompression();
        app.UseDoor();
        app.Use(async (http, next) =>
        {
            if (!await http.RequestServices.GetRequiredService<AppFiles>().TryServeAsync(http)) await next(http);
        });
        app.MapLive();
        app.MapHealth();
        app.MapWorkshops();
        app.MapParticipants();
        app.MapBoards();
        app.MapRoom();
        app.MapGet("/j/{code}", async (string code, HttpContext http, AppFiles files) => files.Page(await HelloAsync(http, code)));
        app.MapFallback((HttpContext http, AppFiles files) => http.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal)
            ? throw new RefusedException(StatusCodes.Status404NotFound, "malformed")
            : files.Page());
        app.Lifetime.ApplicationStarted.Register(() =>
        {
            _ = app.Services.GetRequiredService<PressureSampler>();
            ServerLog.Listening(app.Logger, app.Urls.First(), place);
        });
        return app;
    }

    /// <summary>A command is written on the thread that brought it, and while that one sleeps until the disk has it the pool still counts it among the
    /// threads at work, of which it wakes no more than there are cores: the sending of a frame had one core less. Where an operator set a number, it is one more than that.</summary>
    private static void AddThread()
    {
        ThreadPool.GetMinThreads(out var threads, out var completions);
        ThreadPool.SetMinThreads(threads + 1, completions);
    }

    /// <summary>What the join page would ask for first, sent along with it.</summary>
    private static async ValueTask<object?> HelloAsync(HttpContext http, string code)
    {
        try
        {
            return await ParticipantEndpoints.FindAsync(http, code);
        }
        catch (Exception cannot) when (cannot is RefusedException or UnknownEventException)
        {
            return null;
        }
    }

    /// <summary>The web project's folder when run from source; the program's own when published.</summary>
    private static string ContentRoot()
    {
        var here = Directory.GetCurrentDirectory();
        if (File.Exists(Path.Combine(here, "LiveCoCreate.Web.csproj"))) return here;
        return File.Exists(Path.Combine(here, "web", "LiveCoCreate.Web.csproj")) ? Path.Combine(here, "web") : AppContext.BaseDirectory;
    }
}

internal static partial class ServerLog
{
    [LoggerMessage(1, LogLevel.Information, "LiveCoCreate is open at {Address} (data in {Place})")]
    public static partial void Listening(ILogger logger, string address, string place);

    [LoggerMessage(3, LogLevel.Critical, "{Reason} This server stops, so that nobody writes past the other.")]
    public static partial void TakenOver(ILogger logger, string reason);
}
