using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using LiveCoCreate.Fast.Journals;
using LiveCoCreate.Grains.Journals;
using LiveCoCreate.Silo.Journals;
using LiveCoCreate.Silo.Orleans;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Orleans.Configuration;
using Orleans.Runtime;
using Orleans.Serialization.Serializers;
using Orleans.Storage;
using Orleans.TestingHost;

namespace LiveCoCreate.Cluster.Journals;

/// <summary>A silo that remembers states of grains for as long as it lives.</summary>
public sealed class MemoryHouse : IAsyncLifetime
{
    private InProcessTestCluster _cluster = null!;
    private int _shelves;

    public async Task InitializeAsync()
    {
        var builder = new InProcessTestClusterBuilder(1);
        // Whoever is of this cluster knows the contracts of all its grains, although nobody calls them here.
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton(TimeProvider.System);
            silo.AddOurGrains();
            silo.AddMemoryGrainStorageAsDefault();
        });
        builder.ConfigureClient(client =>
        {
            client.Services.AddSingleton(TimeProvider.System);
            client.AddOurGrains();
        });
        _cluster = builder.Build();
        await _cluster.DeployAsync();
    }

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    /// <summary>Empty: all of them share one store, each under names of its own.</summary>
    public GrainStorageShelf NewShelf()
    {
        var services = ((InProcessSiloHandle)_cluster.Silos[0]).ServiceProvider;
        var memory = new MemoryGrainStorage(
            "memory", new MemoryGrainStorageOptions(), NullLogger<MemoryGrainStorage>.Instance, _cluster.Client,
            services.GetRequiredService<IGrainStorageSerializer>(), services.GetRequiredService<IActivatorProvider>());
        return new GrainStorageShelf(new Named($"{Interlocked.Increment(ref _shelves)}", memory));
    }

    private sealed class Named(string name, IGrainStorage storage) : IGrainStorage
    {
        public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => storage.ReadStateAsync($"{name}-{stateName}", grainId, grainState);

        public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => storage.WriteStateAsync($"{name}-{stateName}", grainId, grainState);

        public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => storage.ClearStateAsync($"{name}-{stateName}", grainId, grainState);
    }
}

/// <summary>What this journal promises beyond the contract, whatever the storage.</summary>
public abstract class GrainStorageContract : JournalContract
{
    private const string Board = "board/1";

    /// <summary>The journals of two nodes on one store.</summary>
    protected abstract ValueTask<(IJournal One, IJournal Other)> OpenTwoAsync();

    protected override async ValueTask<IJournal> Open() => (await OpenTwoAsync()).One;

    [Fact] // J4, P3
    public async Task Of_two_nodes_that_write_the_same_streams_one_wins_each_and_nobody_elses_append_fails()
    {
        var (one, other) = await OpenTwoAsync();
        for (var n = 0; n < 20; n++)
        {
            var stream = $"board/{n}";
            var outcomes = await Task.WhenAll(new[] { one, other }.Select(node => Task.Run(async () =>
            {
                try
                {
                    for (var version = 0; version < 5; version++) await node.AppendAsync(stream, version, [Event(stream, version + 1)], CancellationToken.None);
                    return 1;
                }
                catch (JournalConflictException)
                {
                    return 0;
                }
            })));
            Assert.InRange(outcomes.Sum(), 0, 1);
            var versions = (await AllAsync(other, stream)).Select(happened => happened.Version).ToList();
            Assert.Equal(Enumerable.Range(1, versions.Count).Select(version => (long)version), versions);
        }
    }

    [Fact] // J4, P3: what a node remembers of a stream may be old
    public async Task Who_was_overtaken_hears_it_and_goes_on_from_where_the_stream_is()
    {
        var (one, other) = await OpenTwoAsync();
        await one.AppendAsync(Board, 0, [Event(Board, 1)], CancellationToken.None);
        await other.AppendAsync(Board, 1, [Event(Board, 2)], CancellationToken.None);

        await Assert.ThrowsAsync<JournalConflictException>(() => one.AppendAsync(Board, 1, [Event(Board, 2)], CancellationToken.None).AsTask());
        await one.AppendAsync(Board, 2, [Event(Board, 3)], CancellationToken.None);

        Assert.Equal([1, 2, 3], (await AllAsync(other, Board)).Select(happened => happened.Version));
    }

    [Fact] // J7: forgetting on one node is no conflict on another
    public async Task Who_writes_while_another_node_forgets_loses_nothing()
    {
        var (one, other) = await OpenTwoAsync();
        await one.AppendAsync(Board, 0, [Event(Board, 1)], CancellationToken.None);
        await other.RewriteAsync(Board, happened => happened with { Payload = "forgotten" }, CancellationToken.None);
        await one.AppendAsync(Board, 1, [Event(Board, 2)], CancellationToken.None);

        Assert.Equal(["forgotten", "{}"], (await AllAsync(one, Board)).Select(happened => happened.Payload));
    }

    [Fact] // J2, J7: far more than one segment
    public async Task A_stream_of_many_segments_is_read_from_anywhere_forgotten_anywhere_and_goes_on()
    {
        var (one, other) = await OpenTwoAsync();
        var text = new string('x', 2_000);
        for (var version = 0; version < 400; version += 20)
            await one.AppendAsync(Board, version, [.. Enumerable.Range(version + 1, 20).Select(next => Event(Board, next, text))], CancellationToken.None);

        Assert.Equal([377], (await other.ReadAsync(Board, 376, 377, CancellationToken.None).ToListAsync()).Select(happened => happened.Version));
        await other.RewriteAsync(Board, happened => happened with { Payload = "" }, CancellationToken.None);
        await other.AppendAsync(Board, 400, [Event(Board, 401, "more")], CancellationToken.None);
        await one.AppendAsync(Board, 401, [Event(Board, 402, "and more")], CancellationToken.None);

        var all = await AllAsync(one, Board);
        Assert.Equal(Enumerable.Range(1, 402).Select(version => (long)version), all.Select(happened => happened.Version));
        Assert.Equal(["", "more", "and more"], all.Skip(399).Select(happened => happened.Payload));
    }

    [Fact]
    public async Task Each_append_is_told_to_whoever_measures_as_a_commit_of_one_batch()
    {
        var (one, _) = await OpenTwoAsync();
        var (batches, durations) = (new ConcurrentQueue<int>(), new ConcurrentQueue<double>());
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Scope == one) self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<int>((_, measured, _, _) => batches.Enqueue(measured));
        listener.SetMeasurementEventCallback<double>((_, measured, _, _) => durations.Enqueue(measured));
        listener.Start();

        await one.AppendAsync(Board, 0, [Event(Board, 1), Event(Board, 2)], CancellationToken.None);
        await one.AppendAsync(Board, 2, [Event(Board, 3)], CancellationToken.None);
        await Assert.ThrowsAsync<JournalConflictException>(() => one.AppendAsync(Board, 2, [Event(Board, 3)], CancellationToken.None).AsTask());

        Assert.Equal([1, 1], batches);
        Assert.Equal(2, durations.Count);
    }

    private static Envelope Event(string stream, long version, string payload = "{}") =>
        new(stream, version, "idea-added", new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero).AddMilliseconds(version), "ada", $"command-{version}", payload);

    private static async Task<List<Envelope>> AllAsync(IJournal journal, string stream) =>
        await journal.ReadAsync(stream, 0, long.MaxValue, CancellationToken.None).ToListAsync();
}

public sealed class MemoryStorageJournalTests(MemoryHouse house) : GrainStorageContract, IClassFixture<MemoryHouse>
{
    protected override ValueTask<(IJournal, IJournal)> OpenTwoAsync()
    {
        var shelf = house.NewShelf();
        return ValueTask.FromResult<(IJournal, IJournal)>((new GrainStorageJournal(shelf), new GrainStorageJournal(shelf)));
    }
}

public sealed class MemoryStorageSecretsTests(MemoryHouse house) : SecretsContract, IClassFixture<MemoryHouse>
{
    private readonly GrainStorageShelf _shelf = house.NewShelf();

    protected override ISecrets Open() => new GrainStorageSecrets(_shelf);
}

public sealed class AdoNetStorageJournalTests(PostgresHouse house) : GrainStorageContract, IClassFixture<PostgresHouse>, IAsyncLifetime
{
    private readonly List<GrainStorages> _opened = [];
    private string _connection = "";

    public async Task InitializeAsync() => _connection = await house.Server.NewDatabaseAsync() + ";Maximum Pool Size=8";

    public async Task DisposeAsync()
    {
        foreach (var opened in _opened) await opened.DisposeAsync();
        // Orleans leaves its connections in the pool, and the server has few.
        NpgsqlConnection.ClearAllPools();
    }

    [Fact] // J7, P10
    public async Task No_query_finds_what_was_forgotten()
    {
        var (one, _) = await OpenTwoAsync();
        await one.AppendAsync("board/1", 0, [new("board/1", 1, "idea-added", DateTimeOffset.UnixEpoch, "ada", "c", """{"text":"a bench under the lime tree"}""")], CancellationToken.None);
        await one.SaveSnapshotAsync(new Snapshot("board/1", 1, "a", "a bench under the lime tree"u8.ToArray()), CancellationToken.None);
        const string Found = "SELECT count(*) FROM livecocreate_cluster.state WHERE position('lime tree'::bytea IN bytes) > 0";
        Assert.Equal("2", await house.Server.AskAsync(_connection, Found));

        await one.RewriteAsync("board/1", happened => happened with { Payload = "{}" }, CancellationToken.None);

        Assert.Equal("0", await house.Server.AskAsync(_connection, Found));
    }

    [Fact]
    public async Task A_probe_writes_one_row_over_again_and_fails_where_that_cannot_be()
    {
        var (one, other) = await OpenTwoAsync();
        await one.ProbeAsync(CancellationToken.None);
        await other.ProbeAsync(CancellationToken.None);
        Assert.Equal("1", await house.Server.AskAsync(_connection, "SELECT count(*) FROM livecocreate_cluster.state"));
        await house.Server.AskAsync(_connection, """
            CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'disk full'; END $$;
            CREATE TRIGGER full_disk BEFORE INSERT OR UPDATE ON livecocreate_cluster.state FOR EACH ROW EXECUTE FUNCTION full_disk();
            """);

        // A storage's own words may quote what somebody wrote: they are for who debugs, not in the message, which is logged (P5).
        var away = await Assert.ThrowsAsync<JournalAwayException>(() => one.ProbeAsync(CancellationToken.None).AsTask());
        Assert.DoesNotContain("disk full", away.Message, StringComparison.Ordinal);
        Assert.Contains("disk full", away.InnerException!.ToString(), StringComparison.Ordinal);
    }

    protected override async ValueTask<(IJournal, IJournal)> OpenTwoAsync() => (await OpenAsync(), await OpenAsync());

    private async Task<IJournal> OpenAsync()
    {
        var settings = new ClusterSettings { Provider = ClusterProvider.Localhost, Storage = StorageProvider.AdoNet, StorageConnection = _connection };
        await settings.PrepareAsync(CancellationToken.None);
        var storages = await GrainStorages.OpenAsync(settings, CancellationToken.None);
        _opened.Add(storages);
        return new GrainStorageJournal(storages.Shelf);
    }
}
