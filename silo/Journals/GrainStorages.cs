using LiveCoCreate.Silo.Orleans;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Serialization;
using Orleans.Storage;

namespace LiveCoCreate.Silo.Journals;

/// <summary>Opens one of Orleans' grain storages by itself: a web node reads the journal too, and is no silo.</summary>
public sealed class GrainStorages : IAsyncDisposable
{
    private const string Name = "journal";

    private readonly ServiceProvider _services;

    private GrainStorages(ServiceProvider services, string place) => (_services, Place, Shelf) = (services, place, new GrainStorageShelf(services.GetRequiredKeyedService<IGrainStorage>(Name)));

    /// <summary>Where it is, for a message.</summary>
    public string Place { get; }

    public GrainStorageShelf Shelf { get; }

    /// <exception cref="InvalidDataException">The settings do not say where it is in words it knows.</exception>
    /// <exception cref="IOException">It cannot be reached.</exception>
    public static async Task<GrainStorages> OpenAsync(ClusterSettings settings, CancellationToken cancellation)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSerializer();
        services.AddOptions();
        services.Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (settings.Id, settings.Service));
        try
        {
            if (settings.Storage is StorageProvider.AdoNet)
                services.AddAdoNetGrainStorage(Name, options => (options.Invariant, options.ConnectionString, options.GrainStorageSerializer) = ("Npgsql", ClusterSettings.InSchema(settings.StorageConnection), new AsTheyAre()));
            else
                services.AddAzureBlobGrainStorage(Name, options => (options.BlobServiceClient, options.ContainerName, options.GrainStorageSerializer) = (new(settings.StorageConnection), settings.Service, new AsTheyAre()));
            var storages = new GrainStorages(services.BuildServiceProvider(), $"grain storage ({settings.Storage})");
            await new Beginning(storages._services.GetRequiredKeyedService<IGrainStorage>(Name)).StartAsync(cancellation);
            await storages.Shelf.ReadAsync("about", "probe");
            return storages;
        }
        catch (Exception wrong) when (wrong is FormatException or ArgumentException)
        {
            // Its own words may quote a key.
            throw new InvalidDataException($"The setting Cluster:StorageConnection is no connection string of {settings.Storage}.");
        }
        catch (Exception reason) when (reason is not (IOException or InvalidDataException or OperationCanceledException))
        {
            throw new IOException($"The grain storage of the journal ({settings.Storage}) cannot be reached ({reason.Message}): mend the setting Cluster:StorageConnection.", reason);
        }
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    /// <summary>What we keep is bytes already.</summary>
    private sealed class AsTheyAre : IGrainStorageSerializer
    {
        public BinaryData Serialize<T>(T? input) => new(((GrainStorageShelf.Kept)(object)input!).Bytes);

        public T? Deserialize<T>(BinaryData input) => (T)(object)new GrainStorageShelf.Kept { Bytes = input.ToArray() };
    }

    /// <summary>A silo's lifecycle, as far as a storage takes part in it.</summary>
    private sealed class Beginning : ISiloLifecycle
    {
        private readonly List<(int Stage, ILifecycleObserver Observer)> _stages = [];

        public Beginning(IGrainStorage storage) => (storage as ILifecycleParticipant<ISiloLifecycle>)?.Participate(this);

        public int HighestCompletedStage => int.MinValue;

        public int LowestStoppedStage => int.MaxValue;

        public IDisposable Subscribe(string observerName, int stage, ILifecycleObserver observer)
        {
            _stages.Add((stage, observer));
            return Nothing.Done;
        }

        public async Task StartAsync(CancellationToken cancellation)
        {
            foreach (var (_, observer) in _stages.OrderBy(one => one.Stage)) await observer.OnStart(cancellation);
        }

        private sealed class Nothing : IDisposable
        {
            public static readonly Nothing Done = new();

            public void Dispose()
            {
            }
        }
    }
}
