using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Circles;
using LiveCoCreate.Grains.Journals;
using LiveCoCreate.Grains.Turns;
using LiveCoCreate.Grains.Workshops;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Serialization;
using Orleans.Serialization.Cloning;
using Orleans.Serialization.Serializers;

namespace LiveCoCreate.Silo.Orleans;

/// <summary>Our grains in a silo of Orleans, and at its clients. What every cluster of ours agrees on is set here.</summary>
public static class ClusterGrains
{
    /// <summary>A silo that does not answer twice, for a second each, is declared dead by whoever noticed: its boards are live again in a few seconds (silo/README.md), where Orleans' defaults
    /// (three times 5 s, two votes) would keep a room waiting. A healthy silo that is late for so long loses its grains to another, and can write no more by the journal's versions (P3).</summary>
    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(1);
    private const int MissedProbes = 2;
    private const int Votes = 1;

    /// <summary>A call that was on its way through one silo to another when that died is answered by nobody. Made again it changes nothing that it has changed already.</summary>
    private static readonly TimeSpan ResponseTimeout = TimeSpan.FromSeconds(5);

    public static ISiloBuilder AddOurGrains(this ISiloBuilder silo)
    {
        silo.Configure<ClusterMembershipOptions>(options =>
        {
            options.ProbeTimeout = ProbeTimeout;
            options.NumMissedProbesLimit = MissedProbes;
            options.NumVotesForDeathDeclaration = Votes;
            options.TableRefreshTimeout = TimeSpan.FromSeconds(5);
        });
        silo.Configure<SiloMessagingOptions>(options => options.ResponseTimeout = ResponseTimeout);
        silo.Configure<GrainCollectionOptions>(options => options.CollectionAge = Limits.IdleGrain);
        silo.Services.AddContracts();
        silo.Services.AddSingleton<OrleansGrains>();
        silo.Services.AddSingleton<IGrains>(services => services.GetRequiredService<OrleansGrains>());
        silo.Services.AddSingleton(services => new SiloGround(
            services.GetRequiredService<IJournal>(), services.GetRequiredService<ISecrets>(), services.GetRequiredService<TimeProvider>(), services.GetRequiredService<Pressure>(),
            services.GetRequiredService<IGrains>(), services.GetService<Action<Mishap>>()));
        return silo;
    }

    public static IClientBuilder AddOurGrains(this IClientBuilder client)
    {
        client.Configure<ClientMessagingOptions>(options => options.ResponseTimeout = ResponseTimeout);
        client.Configure<GatewayOptions>(options => options.GatewayListRefreshPeriod = TimeSpan.FromSeconds(5));
        client.Services.AddContracts();
        client.Services.AddSingleton<OrleansGrains>();
        client.Services.AddSingleton<IGrains>(services => services.GetRequiredService<OrleansGrains>());
        client.Services.AddSingleton<ICircles, OrleansCircles>();
        return client;
    }

    private static void AddContracts(this IServiceCollection services)
    {
        services.AddSingleton<PlainCodec>();
        services.AddSingleton<IGeneralizedCodec>(all => all.GetRequiredService<PlainCodec>());
        services.AddSingleton<IGeneralizedCopier>(all => all.GetRequiredService<PlainCodec>());
        services.AddSingleton<ITypeFilter>(all => all.GetRequiredService<PlainCodec>());
        services.AddSingleton<ITypeNameFilter>(all => all.GetRequiredService<PlainCodec>());
    }
}
