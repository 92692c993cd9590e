using System.Net;
using LiveCoCreate.Silo.Journals;
using Microsoft.Extensions.Configuration;
using Npgsql;
using Orleans.Configuration;
using Orleans.Hosting;

namespace LiveCoCreate.Silo.Orleans;

/// <summary>How nodes of a cluster find one another.</summary>
public enum ClusterProvider
{
    /// <summary>On this machine, for trying out: the first silo is asked, and everything ends with it.</summary>
    Localhost,

    /// <summary>By a table in PostgreSQL.</summary>
    AdoNet,

    /// <summary>By a table in Azure Storage.</summary>
    Azure,
}

/// <summary>Where a journal is kept that is no PostgreSQL database of tables: in any of Orleans' grain storages.</summary>
public enum StorageProvider
{
    AdoNet,
    Azure,
}

/// <summary>The settings <c>Cluster:…</c>, the same for silos and web nodes.</summary>
public sealed record ClusterSettings
{
    public required ClusterProvider Provider { get; init; }

    /// <summary><c>Cluster:Connection</c>; with AdoNet the setting <c>Journal</c> where it is not given.</summary>
    public string Connection { get; init; } = "";

    /// <summary>The setting <c>Journal</c>: PostgreSQL's connection string; empty where <see cref="Storage"/> keeps the journal.</summary>
    public string Journal { get; init; } = "";

    public StorageProvider? Storage { get; init; }

    public string StorageConnection { get; init; } = "";

    /// <summary>Nodes of one cluster say the same; another one on the same table says something else.</summary>
    public string Id { get; init; } = "livecocreate";

    /// <summary>Stays the same for as long as the data does.</summary>
    public string Service { get; init; } = "livecocreate";

    /// <summary>Where silos reach one another.</summary>
    public int SiloPort { get; init; } = 11111;

    /// <summary>Where web nodes reach a silo.</summary>
    public int GatewayPort { get; init; } = 30000;

    /// <summary>The address that a silo tells the others; null: the first one this machine has.</summary>
    public IPAddress? Address { get; init; }

    /// <summary>With Localhost: the port of the silo that was there first.</summary>
    public int? FirstSiloPort { get; init; }

    /// <summary>With Localhost: the gateways that a web node knows.</summary>
    public IReadOnlyList<int> Gateways { get; init; } = [];

    /// <summary>Null where no cluster is wanted: then the grains are embedded.</summary>
    /// <exception cref="InvalidDataException">The settings contradict one another or mean nothing; the message is one sentence that says what to do.</exception>
    public static ClusterSettings? Of(IConfiguration configuration)
    {
        var cluster = configuration.GetSection("Cluster");
        if (cluster["Provider"] is not { Length: > 0 } wanted)
        {
            return cluster.GetChildren().FirstOrDefault(setting => setting.Value is { Length: > 0 }) is { } alone
                ? throw Wrong($"The setting Cluster:{alone.Key} stands without Cluster:Provider: say Localhost, AdoNet or Azure, or leave out all of Cluster.")
                : null;
        }

        var provider = Named<ClusterProvider>("Cluster:Provider", wanted);
        var journal = configuration["Journal"] ?? "";
        var storage = cluster["Storage"] is { Length: > 0 } named ? Named<StorageProvider>("Cluster:Storage", named) : journal.Length == 0 && provider is ClusterProvider.Azure ? StorageProvider.Azure : (StorageProvider?)null;
        if (storage is not null && journal.Length > 0) throw Wrong("The settings Journal and Cluster:Storage both say where the journal is: leave out one of them.");
        if (storage is null && journal.Length == 0) throw Wrong("A cluster needs a journal that all its nodes reach: set Journal to PostgreSQL's connection string (Host=…;Database=…), or Cluster:Storage to Azure or AdoNet.");
        var connection = cluster["Connection"] is { Length: > 0 } given ? given : provider is ClusterProvider.AdoNet ? journal : "";
        if (provider is not ClusterProvider.Localhost && connection.Length == 0) throw Wrong($"The setting Cluster:Connection is missing: with {provider} the nodes find one another there.");
        var storageConnection = cluster["StorageConnection"] is { Length: > 0 } kept ? kept : connection;
        if (storage is not null && storageConnection.Length == 0) throw Wrong("The setting Cluster:StorageConnection is missing: it says where Cluster:Storage is.");

        return new ClusterSettings
        {
            Provider = provider, Connection = connection, Journal = journal, Storage = storage, StorageConnection = storageConnection,
            Id = cluster["Id"] is { Length: > 0 } id ? id : "livecocreate",
            Service = cluster["Service"] is { Length: > 0 } service ? service : "livecocreate",
            SiloPort = Port(cluster, "SiloPort", 11111),
            GatewayPort = Port(cluster, "GatewayPort", 30000),
            Address = cluster["Address"] is not { Length: > 0 } address ? null
                : IPAddress.TryParse(address, out var parsed) ? parsed : throw Wrong($"The setting Cluster:Address is {address}, and that is no IP address."),
            FirstSiloPort = cluster["FirstSiloPort"] is { Length: > 0 } ? Port(cluster, "FirstSiloPort", 0) : null,
            Gateways = [.. (cluster["Gateways"] ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(port => Port("Gateways", port))],
        };
    }

    /// <summary>Opens what is shared, before any node of Orleans asks for it and says so in a page of its own.</summary>
    /// <exception cref="IOException">It cannot be reached, entered or written.</exception>
    /// <exception cref="InvalidDataException">It is a newer version's, or the setting means nothing.</exception>
    public async Task PrepareAsync(CancellationToken cancellation)
    {
        if (Provider is ClusterProvider.AdoNet) await PrepareAsync(Connection, Connection == Journal ? "Journal" : "Cluster:Connection", cancellation);
        if (Storage is StorageProvider.AdoNet) await PrepareAsync(StorageConnection, StorageConnection == Connection ? "Cluster:Connection" : "Cluster:StorageConnection", cancellation);
    }

    /// <summary>Makes a silo find the others.</summary>
    public void Apply(ISiloBuilder silo)
    {
        silo.Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (Id, Service));
        switch (Provider)
        {
            case ClusterProvider.Localhost:
                silo.UseLocalhostClustering(SiloPort, GatewayPort, FirstSiloPort is { } first ? new IPEndPoint(IPAddress.Loopback, first) : null, Service, Id);
                return;
            case ClusterProvider.AdoNet:
                silo.UseAdoNetClustering(options => (options.Invariant, options.ConnectionString) = ("Npgsql", InSchema(Connection)));
                break;
            default:
                silo.UseAzureStorageClustering(options => options.TableServiceClient = new(Connection));
                break;
        }

        if (Address is { } address) silo.ConfigureEndpoints(address, SiloPort, GatewayPort, listenOnAnyHostAddress: true);
        else silo.ConfigureEndpoints(SiloPort, GatewayPort);
    }

    /// <summary>Makes a web node find the silos.</summary>
    public void Apply(IClientBuilder client)
    {
        client.Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (Id, Service));
        switch (Provider)
        {
            case ClusterProvider.Localhost:
                client.UseLocalhostClustering(Gateways.Count > 0 ? [.. Gateways] : [GatewayPort], Service, Id);
                break;
            case ClusterProvider.AdoNet:
                client.UseAdoNetClustering(options => (options.Invariant, options.ConnectionString) = ("Npgsql", InSchema(Connection)));
                break;
            default:
                client.UseAzureStorageClustering(options => options.TableServiceClient = new(Connection));
                break;
        }
    }

    /// <summary>Orleans' own tables stand beside the journal's.</summary>
    internal static string InSchema(string connection) => new NpgsqlConnectionStringBuilder(connection) { SearchPath = "livecocreate_cluster", ApplicationName = "LiveCoCreate cluster" }.ConnectionString;

    private static async Task PrepareAsync(string connection, string setting, CancellationToken cancellation)
    {
        await using var database = await PostgresDatabase.OpenAsync(connection, cancellation, setting);
        await database.PrepareClusterAsync(cancellation);
    }

    private static T Named<T>(string setting, string value) where T : struct, Enum =>
        Enum.GetNames<T>().FirstOrDefault(name => string.Equals(name, value, StringComparison.OrdinalIgnoreCase)) is { } known
            ? Enum.Parse<T>(known)
            : throw Wrong($"The setting {setting} is {value}, which is unknown: say {string.Join(", ", Enum.GetNames<T>()[..^1])} or {Enum.GetNames<T>()[^1]}.");

    private static int Port(IConfigurationSection cluster, string name, int otherwise) => cluster[name] is { Length: > 0 } value ? Port(name, value) : otherwise;

    private static int Port(string name, string value) =>
        ushort.TryParse(value, out var port) && port > 0 ? port : throw Wrong($"The setting Cluster:{name} is {value}, and that is no port (1 to 65535).");

    private static InvalidDataException Wrong(string sentence) => new(sentence);
}
