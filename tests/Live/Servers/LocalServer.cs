using LiveCoCreate.Fast.Journals;
using LiveCoCreate.Grains.Journals;
using LiveCoCreate.Silo.Journals;
using LiveCoCreate.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LiveCoCreate.Live.Servers;

/// <summary>A whole server in this process: Kestrel on a free port of the loopback address, SQLite in a folder of its own.</summary>
public sealed class LocalServer : IAsyncLifetime
{
    private readonly int _port = FreePort.Find();
    private WebApplication _app = null!;

    /// <summary>Settings beside address and folder, as <c>--name=value</c>; set before it starts.</summary>
    public string[] Settings { get; init; } = [];

    /// <summary>Registers more, or other, services.</summary>
    public Action<IServiceCollection>? Also { get; init; }

    public TemporaryFolder Folder { get; } = new();

    public MovableClock Clock { get; } = new();

    public HeardLog Log { get; } = new();

    public Uri Address => new($"http://127.0.0.1:{_port}");

    public LiveServer Wire { get; private set; } = null!;

    public IServiceProvider Services => _app.Services;

    /// <summary>The journal as the server uses it: a test can let it wait or fail.</summary>
    public FailingJournal Disk => Services.GetRequiredService<FailingJournal>();

    /// <summary>How many events the journal holds.</summary>
    public long Events => JournalFile.Count(Folder.Path);

    public IReadOnlyList<Row> Journal(string? stream = null) => JournalFile.Read(Folder.Path, stream);

    public async Task InitializeAsync()
    {
        Wire = new LiveServer(Address, httpConnections: 64);
        await StartAsync();
    }

    public async Task DisposeAsync()
    {
        Wire.Dispose();
        await StopAsync();
        Folder.Dispose();
    }

    public async Task StartAsync()
    {
        _app = Web.LiveServer.Build(["--urls", Address.ToString(), "--DataFolder", Folder.Path, "--Logging:Console:LogLevel:Default=None", .. Settings], services =>
        {
            services.AddSingleton<TimeProvider>(Clock);
            services.AddSingleton(provider => new FailingJournal(provider.GetRequiredService<SqliteJournal>()));
            services.AddSingleton<IJournal>(provider => provider.GetRequiredService<FailingJournal>());
            services.AddLogging(logging => logging.AddProvider(Log));
            Also?.Invoke(services);
        });
        await _app.StartAsync();
    }

    public async Task StopAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAsync();
    }

    /// <summary>A workshop with a facilitator who watches its first board.</summary>
    public async Task<Room> OpenRoomAsync(NewRoom? wanted = null)
    {
        wanted ??= new NewRoom();
        var facilitator = Wire.NewPerson(wanted.Facilitator);
        var made = await facilitator.CreateWorkshopAsync(new("Our street", Template: wanted.Template, Anonymous: wanted.Anonymous, Moderation: wanted.Moderation, Facilitator: "Dana"));
        await facilitator.WatchAsync();
        return new Room(Wire, facilitator, made);
    }
}

/// <summary>What kind of workshop a test needs.</summary>
public sealed record NewRoom(string Template = "blank", bool Anonymous = true, string? Moderation = null, LivePersonOptions? Facilitator = null);
