using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Journals;
using LiveCoCreate.Grains.Workshops;
using LiveCoCreate.Silo.Embedded;
using LiveCoCreate.Silo.Watch;
#if ORLEANS
using LiveCoCreate.Silo.Orleans;
using Orleans.Hosting;
#endif

namespace LiveCoCreate.Web;

/// <summary>Where the grains are: in this process, or, with the settings <c>Cluster:…</c>, in silos of which this server is a web node.</summary>
public static class GrainServices
{
    /// <summary>Grains, and the journal that they or their silos write.</summary>
    /// <param name="folder">Where files are, for a server that keeps any.</param>
    /// <returns>Where the journal is, for a message; and whether the grains are in silos.</returns>
    /// <exception cref="IOException">Where silos are found, or the journal, cannot be reached.</exception>
    /// <exception cref="InvalidDataException">The settings mean nothing, or this program was built without clusters.</exception>
    public static (string Place, bool InSilos) AddGrains(this WebApplicationBuilder builder, string folder)
    {
        if (TryJoin(builder) is { } shared) return (shared, true);
        var place = builder.Services.AddJournal(builder.Configuration["Journal"], folder);
        builder.Services.AddSingleton(provider => new EmbeddedSilo(
            provider.GetRequiredService<IJournal>(), provider.GetRequiredService<ISecrets>(), provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<MishapLog>().Write,
            provider.GetRequiredService<Pressure>()));
        builder.Services.AddSingleton<IGrains>(provider => provider.GetRequiredService<EmbeddedSilo>());
        return (place, false);
    }

#if ORLEANS
    private static string? TryJoin(WebApplicationBuilder builder)
    {
        if (ClusterSettings.Of(builder.Configuration) is not { } settings) return null;
        settings.PrepareAsync(CancellationToken.None).GetAwaiter().GetResult();
        builder.Logging.AddFilter("Orleans", LogLevel.Warning).AddFilter("Polly", LogLevel.Warning);
        builder.Host.UseOrleansClient(client =>
        {
            settings.Apply(client);
            client.AddOurGrains();
            // The server opens its door when there is a silo behind it, whichever of them was started first.
            client.UseConnectionRetryFilter(async (_, cancellation) =>
            {
                await Task.Delay(Limits.JournalReconnect, cancellation);
                return true;
            });
        });
        return builder.Services.AddJournal(settings);
    }
#else
    private static string? TryJoin(WebApplicationBuilder builder) => builder.Configuration["Cluster:Provider"] is { Length: > 0 }
        ? throw new InvalidDataException("The setting Cluster:Provider asks for silos, and this program was built without them: build it with -p:Orleans=true (silo/README.md), or leave out all of Cluster.")
        : null;
#endif
}
