using LiveCoCreate.Wire;
using LiveCoCreate.Wire.Boards;
using LiveCoCreate.Wire.Seats;
using Microsoft.AspNetCore.Builder;
using Microsoft.Playwright;

namespace LiveCoCreate.Browser;

/// <summary>The house that tests meet in: a real server on a SQLite file, and a real Chromium.</summary>
public sealed class House : IAsyncLifetime
{
    public const float Patience = 30_000;
    private readonly string _data = Directory.CreateTempSubdirectory("browser-tests").FullName;
    private readonly Dictionary<Words, Task<Scenery>> _sceneries = [];
    private WebApplication? _server;
    private IPlaywright? _playwright;
    private IBrowser? _chromium;
    private LiveServer? _wire;
    private ReducedMotion _motion = ReducedMotion.Reduce;

    public static string Root { get; } = RootFrom(AppContext.BaseDirectory);

    public Uri Address { get; private set; } = new("http://127.0.0.1");

    /// <summary>People without a browser, for what a test is not about.</summary>
    public LiveServer Wire => _wire!;

    public async Task InitializeAsync()
    {
        // The server looks for its pages from here.
        Directory.SetCurrentDirectory(Root);
        Assertions.SetDefaultExpectTimeout(Patience);
        _server = Web.LiveServer.Build(["--urls", "http://127.0.0.1:0", "--DataFolder", _data, "--Logging:LogLevel:Default", "Warning"]);
        await _server.StartAsync();
        Address = new Uri(_server.Urls.First());
        _wire = new LiveServer(Address);
        _playwright = await Playwright.CreateAsync();
        _chromium = await Chromium.LaunchAsync(_playwright, "--in-process-gpu");
    }

    public async Task DisposeAsync()
    {
        foreach (var scenery in _sceneries.Values.Where(scenery => scenery.IsCompletedSuccessfully)) await (await scenery).DisposeAsync();
        if (_chromium is not null) await _chromium.DisposeAsync();
        _playwright?.Dispose();
        _wire?.Dispose();
        if (_server is not null) await _server.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    public Task<Visitor> PhoneAsync(Words words, Uri? address = null) => VisitAsync(words, 390, 844, options =>
    {
        (options.IsMobile, options.HasTouch) = (true, true);
    }, address);

    public Task<Visitor> LaptopAsync(Words words, Uri? address = null) => VisitAsync(words, 1366, 768, address: address);

    public Task<Visitor> ProjectorAsync(Words words) => VisitAsync(words, 1920, 1080);

    public async Task<Visitor> VisitAsync(Words words, int width, int height, Action<BrowserNewContextOptions>? more = null, Uri? address = null)
    {
        var options = new BrowserNewContextOptions { Locale = words.Locale, ViewportSize = new() { Width = width, Height = height }, TimezoneId = "Asia/Jerusalem", ReducedMotion = _motion };
        more?.Invoke(options);
        return await Visitor.OpenAsync(await _chromium!.NewContextAsync(options), words, address ?? Address);
    }

    /// <summary>What moves takes time, for which the browser waits: who comes sees it move only where a whole session is lived, until this is disposed of.</summary>
    public IDisposable InMotion()
    {
        _motion = ReducedMotion.NoPreference;
        return new Moving(this);
    }

    /// <summary>Built once for each language, since building it takes longer than looking at it.</summary>
    public Task<Scenery> SceneryAsync(Words words)
    {
        if (!_sceneries.TryGetValue(words, out var scenery)) _sceneries[words] = scenery = Scenery.BuildAsync(this, words);
        return scenery;
    }

    /// <summary>A workshop on the blank template, where writing is open, and its facilitator.</summary>
    public async Task<Prepared> PrepareAsync(Words words, NewWorkshop? workshop = null)
    {
        var facilitator = Wire.NewPerson();
        var made = await facilitator.CreateWorkshopAsync(workshop ?? new NewWorkshop(words == Words.Hebrew ? "גינה לכל רחוב" : "A garden in every street", Language: words.Language, Anonymous: false, Facilitator: words == Words.Hebrew ? "נועה" : "Noa"));
        await facilitator.WatchAsync();
        return new Prepared(this, made, facilitator);
    }

    private sealed class Moving(House house) : IDisposable
    {
        public void Dispose() => house._motion = ReducedMotion.Reduce;
    }

    private static string RootFrom(string folder) =>
        File.Exists(Path.Combine(folder, "LiveCoCreate.sln")) ? folder : RootFrom(Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("LiveCoCreate.sln is in none of the folders above the tests."));
}

/// <summary>A workshop made without a browser, to begin a test where it begins to matter.</summary>
public sealed class Prepared(House house, MadeWorkshop made, LivePerson facilitator) : IAsyncDisposable
{
    private readonly List<LivePerson> _people = [];

    public MadeWorkshop Made { get; } = made;

    public LivePerson Facilitator { get; } = facilitator;

    public string Board => Facilitator.Board.Board;

    public IReadOnlyList<string> Lanes => [.. Facilitator.Board.Lanes.OrderBy(lane => lane.Value.Rank, StringComparer.Ordinal).Select(lane => lane.Key)];

    public string IdOf(string text) => Facilitator.Board.Ideas.First(idea => idea.Value.Text == text).Key;

    /// <summary>The facilitator does this, and sees it done.</summary>
    public async Task DoAsync(string type, object fields) =>
        await Facilitator.ReachAsync((await Facilitator.SubmitAsync(Command.OnBoard(Board, type, fields))).Expect(type));

    public async Task DoInWorkshopAsync(string type, object fields) => (await Facilitator.SubmitAsync(Command.OnWorkshop(type, fields))).Expect(type);

    public async Task GoToStepAsync(int step)
    {
        var next = Facilitator.Workshop!.Steps![step];
        await DoInWorkshopAsync("go-to-step", new { step = next.Step });
        await Facilitator.WatchAsync(next.Board);
    }

    public async Task<LivePerson> JoinAsync(string? alias = null, params string[] roles)
    {
        var person = house.Wire.NewPerson();
        _people.Add(person);
        await person.JoinAsync(Made.Code, new JoinRequest { Alias = alias, Roles = roles });
        await person.WatchAsync();
        return person;
    }

    public async Task WriteAsync(LivePerson person, string text, int lane = 0, string? language = null)
    {
        var answer = await person.SubmitAsync(Commands.AddIdea(Board, Ids.New(), Lanes[lane], text, language));
        await Facilitator.ReachAsync(answer.Expect("add-idea"));
    }

    public async Task<string> OpenBallotAsync(int budget = 3, int mostPerIdea = 1, string counts = "close", bool anonymous = true)
    {
        var ballot = Ids.New();
        await DoAsync("open-ballot", new { ballot, budget, mostPerIdea, counts, anonymous });
        return ballot;
    }

    public async Task VoteAsync(LivePerson person, string ballot, string text, int dots = 1) =>
        (await person.SubmitAsync(Commands.CastVote(Board, ballot, IdOf(text), dots))).Expect("cast-vote");

    public async ValueTask DisposeAsync()
    {
        foreach (var person in _people) await person.DisposeAsync();
        await Facilitator.DisposeAsync();
    }
}

/// <summary>Three houses stand beside each other, since a test mostly waits for a browser.</summary>
[CollectionDefinition("house")]
public sealed class InHouse : ICollectionFixture<House>;

[CollectionDefinition("house of screens")]
public sealed class InHouseOfScreens : ICollectionFixture<House>;

[CollectionDefinition("house of votes")]
public sealed class InHouseOfVotes : ICollectionFixture<House>;
