using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Journals;
using LiveCoCreate.Grains.Turns;
using LiveCoCreate.Silo.Watch;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Hosting;
using Orleans.Runtime;

namespace LiveCoCreate.Silo.Orleans;

/// <summary>A silo as a process of its own: grains of a cluster, and what an orchestrator asks (<c>/healthz</c>, <c>/readyz</c>).</summary>
public static class SiloServer
{
    /// <summary>What is under way when the process is told to stop is answered first, and then each grain goes to another silo.</summary>
    private static readonly TimeSpan DrainsWithin = TimeSpan.FromSeconds(25);

    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            await using var app = await BuildAsync(args);
            await app.RunAsync();
            return 0;
        }
        catch (Exception cannot) when (cannot is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            await Console.Error.WriteLineAsync(cannot.Message);
            return 1;
        }
    }

    /// <exception cref="IOException">What it needs cannot be reached, or is another server's; the message says what to do.</exception>
    /// <exception cref="InvalidDataException">A setting means nothing, or the data is a newer version's.</exception>
    private static async Task<WebApplication> BuildAsync(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        if (string.IsNullOrEmpty(builder.Configuration["urls"])) builder.WebHost.UseUrls("http://localhost:5081");
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = DrainsWithin);
        var settings = ClusterSettings.Of(builder.Configuration) ?? throw new InvalidDataException("A silo needs a cluster: set Cluster:Provider to Localhost, AdoNet or Azure.");
        await settings.PrepareAsync(CancellationToken.None);
        // What Orleans says of its own doings is for who mends Orleans; Polly, which it places grains with, would say it four times a call.
        builder.Logging.AddFilter("Orleans", LogLevel.Warning).AddFilter("Polly", LogLevel.Warning).AddFilter("Microsoft.AspNetCore", LogLevel.Warning).AddFilter("Microsoft.Hosting", LogLevel.Warning);

        var services = builder.Services;
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(new Pressure { TellsOpinionsLive = builder.Configuration.GetValue("LiveOpinions", true) });
        services.AddSingleton<PressureSampler>();
        services.AddSingleton<Health>();
        services.AddHostedService(_ => new Telemetry(builder.Configuration, "livecocreate-silo"));
        services.AddSingleton<MishapLog>();
        services.AddSingleton<Action<Mishap>>(all => all.GetRequiredService<MishapLog>().Write);
        var journal = await ClusterJournal.OpenAsync(settings, CancellationToken.None);
        services.AddSingleton(journal);
        services.AddSingleton(journal.Journal);
        services.AddSingleton(journal.Secrets);
        builder.Host.UseOrleans(silo =>
        {
            settings.Apply(silo);
            silo.AddOurGrains();
        });

        var app = builder.Build();
        await journal.ShareAsync(
            reason =>
            {
                SiloLog.TakenOver(app.Logger, reason);
                app.Lifetime.StopApplication();
            },
            CancellationToken.None);
        app.MapGet("/healthz", () => Results.Text("alive"));
        app.MapGet("/readyz", async (Health health, ISiloStatusOracle silos) =>
            silos.CurrentStatus is not SiloStatus.Active ? NotReady("this silo has not joined, or leaves")
            : await health.IsReadyAsync() ? Results.Text("ready") : NotReady("the journal cannot be written"));
        app.Lifetime.ApplicationStarted.Register(() =>
        {
            _ = app.Services.GetRequiredService<PressureSampler>();
            SiloLog.Joined(app.Logger, app.Services.GetRequiredService<ILocalSiloDetails>().SiloAddress.ToString(), settings.Id, journal.Place, app.Urls.First());
        });
        return app;
    }

    private static IResult NotReady(string why) => Results.Text("not ready: " + why, statusCode: StatusCodes.Status503ServiceUnavailable);
}

internal static partial class SiloLog
{
    [LoggerMessage(1, LogLevel.Information, "This silo is {Silo} of the cluster {Cluster} (journal: {Place}); it says how it is at {Address}")]
    public static partial void Joined(ILogger logger, string silo, string cluster, string place, string address);

    [LoggerMessage(3, LogLevel.Critical, "{Reason} This silo stops, so that nobody writes past the other.")]
    public static partial void TakenOver(ILogger logger, string reason);
}
