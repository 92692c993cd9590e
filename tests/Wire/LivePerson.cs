using System.Runtime.CompilerServices;
using System.Text;
using LiveCoCreate.Wire.Boards;
using LiveCoCreate.Wire.Hub;
using LiveCoCreate.Wire.Line;
using LiveCoCreate.Wire.Seats;
using LiveCoCreate.Wire.Theming;

namespace LiveCoCreate.Wire;

/// <summary>
/// One person at one device: a browser with its cookies, one seat, one live connection that comes back, the commands on
/// their way, and a replica of the board that is watched. Safe to use from many threads.
/// <code>
/// using var server = new LiveServer(new Uri("http://localhost:5080"));
/// await using var facilitator = server.NewPerson();
/// var made = await facilitator.CreateWorkshopAsync(new NewWorkshop("Our street"));
/// await using var dana = server.NewPerson();
/// await dana.JoinAsync(made.Code);
/// await dana.WatchAsync();
/// var answer = await dana.SubmitAsync(Commands.AddIdea(dana.Board.Board, Ids.New(), lane, "Shade"));
/// await dana.WaitForAsync(person => person.Board.Ideas.Count == 1);
/// </code>
/// </summary>
public sealed class LivePerson : IAsyncDisposable
{
    private static readonly TimeSpan LongEnough = TimeSpan.FromSeconds(30);

    private readonly LiveServer _server;
    private readonly LivePersonOptions _options;
    private readonly Lock _gate = new();
    private readonly LiveLine _line;
    private readonly Watching _watching;
    private readonly List<Waiter> _waiters = [];
    private readonly Latest<WorkshopView> _workshop = new();
    private readonly Latest<Presence> _presence = new();

    internal LivePerson(LiveServer server, LivePersonOptions options)
    {
        (_server, _options) = (server, options);
        Browser = new Browser(server) { Heard = options.Hears is { } hears ? (request, body) => hears(this, request, body.Span) : null };
        _line = new LiveLine(server, options, new Owner(this), _gate);
        _watching = new Watching(server, options, _line, _gate, FetchBoardAsync, () => Kind == "participant");
    }

    /// <summary>The server that this person talks to.</summary>
    public LiveServer Server => _server;

    /// <summary>The HTTP side, for requests that have no method here.</summary>
    public Browser Browser { get; }

    /// <summary>The workshop of the seat, once there is one.</summary>
    public string WorkshopId { get; private set; } = "";

    /// <summary><c>facilitator</c>, <c>participant</c> or <c>screen</c>.</summary>
    public string Kind { get; private set; } = "";

    /// <summary>The participant's id, once joined.</summary>
    public string ParticipantId { get; private set; } = "";

    /// <summary>What this person sees of the watched board.</summary>
    public BoardView Board => _watching.Board;

    /// <summary>What only this participant sees of it.</summary>
    public MineView Mine => _watching.Mine;

    /// <summary>The last workshop view that came.</summary>
    public WorkshopView? Workshop => _workshop.Value;

    public Presence? Presence => _presence.Value;

    /// <summary>What this participant has signalled (L8), as far as the server says.</summary>
    public OwnSignals Own { get; private set; } = new();

    /// <summary>What facilitators have in hand, as this one was told last (R5).</summary>
    public IReadOnlyList<InHand> InHand { get; private set; } = [];

    /// <summary>The themes that are proposed to this facilitator (TH2), merged from all that was told; null: nothing yet.</summary>
    public ProposedThemes? Themes { get; private set; }

    /// <summary>What the room thinks, as this person was told last (O).</summary>
    public OpinionsView? Opinions { get; private set; }

    /// <summary>Where this participant stands in it (O5).</summary>
    public OpinionHere? Here { get; private set; }

    public bool IsConnected => _line.IsConnected;

    /// <summary>Why the line ended for good: <c>seat-revoked</c>, <c>server-away</c>, …; null while it lives.</summary>
    public Refusal? Ended => _line.Ended;

    /// <summary>The last <c>slow</c> the server sent (L5).</summary>
    public Refusal? Slow { get; private set; }

    /// <summary>Commands without an answer.</summary>
    public int Unanswered => _line.Unanswered;

    public WireCounters Counters
    {
        get { lock (_gate) { var line = _line.Counters; return line with { BytesReceived = line.BytesReceived + Browser.BytesReceived }; } }
    }

    /// <summary>H2: makes a workshop and sits down as its facilitator.</summary>
    public async Task<MadeWorkshop> CreateWorkshopAsync(NewWorkshop workshop, CancellationToken cancellation = default)
    {
        var made = (await Browser.RetryAsync(() => Browser.PostAsync("api/workshops", workshop, cancellation), _options.GiveUpAfter, cancellation)).Read<MadeWorkshop>();
        Sit(made.Workshop, "facilitator");
        return made;
    }

    /// <summary>H4: joins by code. The replica starts with what the answer brings.</summary>
    public async Task<Joined> JoinAsync(string code, JoinRequest? request = null, CancellationToken cancellation = default)
    {
        request ??= new JoinRequest();
        var path = $"api/codes/{Uri.EscapeDataString(code)}/join";
        var joined = (await Browser.RetryAsync(() => Browser.PostAsync(path, request, cancellation), _options.GiveUpAfter, cancellation)).Read<Joined>(_options.Reading);
        Sit(joined.Workshop.Workshop, "participant");
        ParticipantId = joined.Participant;
        lock (_gate) _workshop.Keep(joined.Workshop);
        if (joined.Board is { } board) lock (_gate) _watching.Begin(board, joined.Mine);
        return joined;
    }

    /// <summary>H5: exchanges a private link (<c>/facilitate/ID#SECRET</c>, <c>/screen/…</c>, <c>/mine/…</c>) for a seat.</summary>
    public async Task<HttpAnswer> ExchangeAsync(string link, string? name = null, CancellationToken cancellation = default)
    {
        var address = new Uri(Browser.Address, link);
        var (page, workshop) = address.AbsolutePath.Trim('/').Split('/') is [.., var first, var second] ? (first, second) : ("", "");
        var kind = page switch { "facilitate" => "facilitator", "mine" => "participant", _ => page };
        var body = new { workshop, kind, secret = address.Fragment.TrimStart('#'), name, request = Ids.New() };
        var answer = await Browser.RetryAsync(() => Browser.PostAsync("api/seats", body, cancellation), _options.GiveUpAfter, cancellation);
        if (answer.Ok) Sit(workshop, kind);
        return answer;
    }

    /// <summary>Acts under a seat whose cookie the browser already holds.</summary>
    public void Sit(string workshop, string kind) => (WorkshopId, Kind) = (workshop, kind);

    /// <summary>H6.</summary>
    public Task<HttpAnswer> MeAsync(CancellationToken cancellation = default) =>
        Browser.GetAsync($"api/workshops/{WorkshopId}/me?as={Kind}", cancellation: cancellation);

    /// <summary>H7.</summary>
    public async Task<WorkshopView> FetchWorkshopAsync(CancellationToken cancellation = default) =>
        (await Browser.RetryAsync(() => Browser.GetAsync($"api/workshops/{WorkshopId}?as={Kind}", cancellation: cancellation), _options.GiveUpAfter, cancellation)).Read<WorkshopView>();

    /// <summary>H7, always read as this person reads. It may be up to a beat old.</summary>
    public async Task<BoardView> FetchBoardAsync(string board, CancellationToken cancellation = default)
    {
        var path = $"api/boards/{board}?workshop={WorkshopId}&as={Kind}";
        return (await Browser.RetryAsync(() => Browser.GetAsync(path, cancellation: cancellation), _options.GiveUpAfter, cancellation)).Read<BoardView>(_options.Reading);
    }

    /// <summary>O7: of the latest round where none is named.</summary>
    public async Task<OpinionsAnswer> FetchOpinionsAsync(string? ballot = null, CancellationToken cancellation = default)
    {
        var path = $"api/boards/{Board.Board}/opinions?workshop={WorkshopId}&as={Kind}{(ballot is null ? "" : $"&ballot={ballot}")}";
        return (await Browser.RetryAsync(() => Browser.GetAsync(path, cancellation: cancellation), _options.GiveUpAfter, cancellation)).Read<OpinionsAnswer>();
    }

    /// <summary>Connects, and stays connected until disposed or ended.</summary>
    public async Task ConnectAsync(CancellationToken cancellation = default)
    {
        if (!_line.IsStarted) _line.Start();
        await WaitForAsync(person => person.IsConnected, _options.GiveUpAfter + LongEnough, cancellation);
    }

    /// <summary>Watches a board (absent: the workshop's current one), and returns when the replica is whole. Connects if need be.</summary>
    public async Task WatchAsync(string? board = null, CancellationToken cancellation = default)
    {
        board ??= Board.Board is { Length: > 0 } held ? held : null;
        board ??= (await FetchWorkshopAsync(cancellation)).CurrentBoard ?? throw new InvalidOperationException("The workshop has no board to watch.");
        lock (_gate)
        {
            if (Board.Board != board) _watching.Begin(new BoardView { Board = board, Audience = Kind + "s" }, null);
            _watching.Watch();
        }

        if (!_line.IsStarted) _line.Start();
        await WaitForAsync(person => person._watching.IsWhole, _options.GiveUpAfter + LongEnough, cancellation);
    }

    /// <summary>Sends a command (L3, L4) and returns its final answer, however often the connection is lost on the way.</summary>
    public Task<Answer> SubmitAsync(Command command)
    {
        lock (_gate) return _line.Submit(command);
    }

    /// <summary>Signals something (L8); null where it was taken in.</summary>
    public async Task<Refusal?> SignalAsync(object signal)
    {
        var answer = WireJson.Read<Refusal>(await InvokeAsync("Signal", $"[{System.Text.Json.JsonSerializer.Serialize(signal)}]"));
        return answer is { Code.Length: > 0 } ? answer : null;
    }

    /// <summary>Returns when the predicate holds. It is asked now and whenever something arrived, so it never polls.</summary>
    /// <exception cref="TimeoutException">It did not hold within 30 seconds, or what is given.</exception>
    public async Task WaitForAsync(Func<LivePerson, bool> holds, TimeSpan? within = null, CancellationToken cancellation = default,
        [CallerArgumentExpression(nameof(holds))] string what = "")
    {
        Waiter waiter;
        lock (_gate)
        {
            if (holds(this)) return;
            if (Ended is { } ended) throw new LineLostException($"The line ended with {ended} before {what}.");
            _waiters.Add(waiter = new Waiter(holds));
        }

        try
        {
            await waiter.Held.Task.WaitAsync(within ?? LongEnough, cancellation);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"Waited in vain for {what}. {this}");
        }
        finally
        {
            lock (_gate) _waiters.Remove(waiter);
        }
    }

    /// <summary>Returns when the replica holds at least this version of the board.</summary>
    public Task ReachAsync(long version, TimeSpan? within = null, CancellationToken cancellation = default) =>
        WaitForAsync(person => person.Board.Version >= version, within, cancellation, $"version {version}");

    /// <summary>When (a <see cref="System.Diagnostics.Stopwatch"/> timestamp) the replica first held at least this version; null: it does
    /// not yet. Remembers the last 256 arrivals, where <see cref="LivePersonOptions.KeepArrivals"/> is set.</summary>
    public long? WhenReached(long version)
    {
        lock (_gate) return _watching.WhenReached(version);
    }

    /// <summary>Lets the connection vanish without a word. It comes back by itself unless held.</summary>
    public void Cut()
    {
        lock (_gate) _line.Connection?.Cut();
    }

    /// <summary>No new connection until the returned object is disposed. What is connected stays so: <see cref="Cut"/> it.</summary>
    public IDisposable HoldReconnecting()
    {
        _line.Hold();
        return new Held(_line);
    }

    /// <summary>Sends bytes as they are over the live connection, for trying what is not the protocol (L7).</summary>
    public void SendRaw(ReadOnlySpan<byte> bytes)
    {
        lock (_gate) (_line.Connection ?? throw new InvalidOperationException("There is no connection to send on.")).SendRaw(bytes);
    }

    /// <summary>Invokes any hub method over the present connection, and returns the result's JSON.</summary>
    public async Task<byte[]> InvokeAsync(string target, string arguments, TimeSpan? within = null)
    {
        var answered = new TaskCompletionSource<byte[]>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _line.Ask(target, Encoding.UTF8.GetBytes(arguments), (result, error) =>
            {
                if (error is null) answered.SetResult(result.ToArray());
                else answered.SetException(new HubErrorException(target, error));
            });
        }

        return await answered.Task.WaitAsync(within ?? LongEnough);
    }

    public override string ToString() =>
        $"{Kind} {ParticipantId}: board {Board.Board} at {Board.Version}, mine at {Mine.Version}, "
        + $"{(IsConnected ? "connected" : Ended is { } ended ? $"ended ({ended})" : $"not connected ({_line.LastTrouble})")}, {Unanswered} unanswered, {Counters}";

    public ValueTask DisposeAsync() => _line.DisposeAsync();

    private sealed record Waiter(Func<LivePerson, bool> Holds)
    {
        public TaskCompletionSource Held { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class Held(LiveLine line) : IDisposable
    {
        public void Dispose() => line.Release();
    }

    /// <summary>What the line tells; kept off the public surface.</summary>
    private sealed class Owner(LivePerson person) : ILineOwner
    {
        public void GoElsewhere() => person.Browser.GoElsewhere();

        public HubAddress Address =>
            person._server.HubAddress(person.WorkshopId, person.Kind, person.Browser.Cookies, person.Browser.Address) with { Origin = person.Browser.Origin };

        public void Opened() => person._watching.Reconnected();

        public void Disconnected() => person._watching.Disconnected();

        public void Heard(string source, ReadOnlySpan<byte> json) => person._options.Hears?.Invoke(person, source, json);

        public void CommandSent(Command command, int attempt) => person._options.CommandSent?.Invoke(command, attempt);

        public void CommandAnswered(Command command, Answer answer) => person._options.CommandAnswered?.Invoke(command, answer);

        public void Invoked(string target, ReadOnlySpan<byte> argument)
        {
            switch (target)
            {
                case "board": person._watching.BoardArrived(argument); break;
                case "mine": person._watching.MineArrived(argument); break;
                case "workshop": person._workshop.Keep(argument); break;
                case "presence": person._presence.Keep(argument); break;
                case "own": person.Own = WireJson.Read<OwnSignals>(argument); break;
                case "held": person.InHand = WireJson.Read<HeldNow>(argument).Holds; break;
                case "themes": person.Themes = ProposedThemes.After(person.Themes, WireJson.Read<ProposedThemes>(argument)); break;
                case "opinions": person.Opinions = person._server.Opinions.Read(argument); break;
                case "here": person.Here = WireJson.Read<OpinionHere>(argument); break;
                case "slow": Slowed(argument); break;
                case "ended": person._line.End(WireJson.Read<Refusal>(argument)); break;
                default: break;
            }
        }

        public void Stirred()
        {
            foreach (var waiter in person._waiters)
            {
                if (waiter.Holds(person)) waiter.Held.TrySetResult();
                else if (person.Ended is { } ended) waiter.Held.TrySetException(new LineLostException($"The line ended with {ended}"));
            }
        }

        public async Task<Refusal?> WhyRefusedAsync(CancellationToken cancellation)
        {
            try { return (await person.MeAsync(cancellation)).Refusal; }
            catch (Exception away) when (Browser.IsAway(away)) { return null; }
        }

        private void Slowed(ReadOnlySpan<byte> argument)
        {
            person.Slow = WireJson.Read<Refusal>(argument);
            person._line.Count(counters => counters with { Slow = counters.Slow + 1 });
        }
    }
}
