using System.Globalization;
using System.Net;
using System.Text.Json;
using LiveCoCreate.Load.Boards;
using LiveCoCreate.Wire;
using LiveCoCreate.Wire.Boards;
using LiveCoCreate.Wire.Hub;
using LiveCoCreate.Wire.Seats;

namespace LiveCoCreate.Load.Rooms;

/// <summary>A workshop on LiveCoCreate. People come as people come: the code, the join with charter and seat, the live connection,
/// <c>Watch</c> from the view that the join brought. Its facilitator stays connected.</summary>
internal sealed class ProductRoom : Room
{
    /// <summary>How many workshops may be made from one address before the server wants a pause.</summary>
    private const int WorkshopsFromOneAddress = 50;

    private readonly LiveServer _server;
    private readonly LivePerson _facilitator;
    private readonly string _workshop;
    private readonly string _code;

    private ProductRoom(Network network, LiveServer server, LivePerson facilitator, MadeWorkshop made, string board) : base(network, board) =>
        (_server, _facilitator, _workshop, _code) = (server, facilitator, made.Workshop, made.Code);

    public static async Task<Room> MakeAsync(Network network, RoomPlan plan, int number)
    {
        using var source = number < WorkshopsFromOneAddress ? null : Network.From(IPAddress.Parse(string.Create(CultureInfo.InvariantCulture, $"127.0.1.{number / WorkshopsFromOneAddress}")));
        var wanted = WireJson.Write(new NewWorkshop("Load", "A storm in a hall.") { Moderation = "open", Facilitator = "Dana" });
        using var answer = await network.SendAsync(HttpMethod.Post, "api/workshops", wanted, over: source);
        var made = WireJson.Read<MadeWorkshop>(answer.Expect("Making a workshop"));

        var server = new LiveServer(network.Server, httpConnections: 2);
        var facilitator = server.NewPerson(new LivePersonOptions { Reading = Reading.Light });
        var cookie = answer.Cookie!.Split('=', 2);
        facilitator.Browser.SetCookie(cookie[0], cookie[1]);
        facilitator.Sit(made.Workshop, "facilitator");
        var workshop = await facilitator.FetchWorkshopAsync();
        await facilitator.WatchAsync(workshop.CurrentBoard);
        var room = new ProductRoom(network, server, facilitator, made, facilitator.Board.Board);
        if (workshop.Current is null) await room.DoAsync(Command.OnWorkshop("go-to-step", new { step = workshop.Steps![0].Step }));
        await room.SettleAsync(plan);
        return room;
    }

    public override async Task EnterAsync(Participant person, Action? shown = null)
    {
        using (var hello = await Network.SendAsync(HttpMethod.Get, $"api/codes/{_code}")) person.CountBytes(hello.OnTheWire);
        using var joined = await Network.SendAsync(HttpMethod.Post, $"api/codes/{_code}/join", WireJson.Write(new JoinRequest()));
        person.CountBytes(joined.OnTheWire);
        person.Begin(Changes.View(BoardOf(joined.Expect("Joining"))));
        person.Cookies = joined.Cookie!;
        shown?.Invoke();
        await person.ConnectAsync();
    }

    public override void Supply(Participant person) => person.Ask("Watch", Participant.Arguments($"\"{Board}\"", $"{Math.Max(0, person.Replica.Version)}", "0"), (result, error) =>
    {
        if (error is not null) person.Failed(new IOException(error));
        else if (Answer.Read(result).Refusal is { } refusal) Refused(person, refusal);
        else if (WireJson.Read<Watched>(result) is { Resync: true } watched) _ = FetchAsync(person, watched.Version);
        else person.Following(WireJson.Read<Watched>(result).Version);
    });

    public override Task<Change> FreshAsync() => ViewAsync(People[0]);

    public override HubAddress AddressOf(Participant person) => new(Network.Live($"workshop={_workshop}&as=participant", person.Cookies), person.Cookies, Network.Sockets);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _facilitator.DisposeAsync();
        _server.Dispose();
    }

    private async Task SettleAsync(RoomPlan plan)
    {
        if (_facilitator.Board.Facts is { Moderation: not "open" } or { Private: true }) await DoAsync(Command.OnBoard(Board, "change-settings", new { moderation = "open", @private = false }));
        if (_facilitator.Board.Facts is { Writing: false }) await DoAsync(Command.OnBoard(Board, "open-writing", new { }));
        Lane = _facilitator.Board.Lanes.Keys.FirstOrDefault() ?? Ids.New();
        if (_facilitator.Board.Lanes.Count == 0) await DoAsync(Command.OnBoard(Board, "add-lane", new { lane = Lane, title = "Ideas" }));
        await DoAsync(Commands.OpenBallot(Board, Ballot, Math.Max(1, plan.Budget), mostPerIdea: 1, anonymous: plan.Anonymous));
        Ideas = [.. Enumerable.Range(0, plan.Ideas).Select(_ => Ids.New())];
        await Task.WhenAll(Ideas.Select((idea, i) => DoAsync(Commands.AddIdea(Board, idea, Lane, TextOf(i), "en"))));
    }

    private async Task DoAsync(Command command) => await _facilitator.ReachAsync((await _facilitator.SubmitAsync(command)).Expect("Preparing the room"));

    private void Refused(Participant person, Refusal refusal)
    {
        if (refusal.Code is not ("too-fast" or "retry")) person.Failed(new RefusedException(refusal, "Watch"));
        else _ = Task.Delay(refusal.RetryAfterMs ?? 250).ContinueWith(_ => Supply(person), TaskScheduler.Default);
    }

    private async Task FetchAsync(Participant person, long expected)
    {
        try
        {
            person.Resynced();
            person.Fetched(await ViewAsync(person), expected);
        }
        catch (Exception broken) when (broken is HttpRequestException or InvalidOperationException)
        {
            person.Failed(broken);
        }
    }

    private async Task<Change> ViewAsync(Participant person)
    {
        using var answer = await Network.SendAsync(HttpMethod.Get, $"api/boards/{Board}?workshop={_workshop}&as=participant", cookies: person.Cookies);
        person.CountBytes(answer.OnTheWire);
        return Changes.View(answer.Expect("The view"));
    }

    /// <summary>The part of a join answer (H4) that is the board.</summary>
    private static ReadOnlySpan<byte> BoardOf(ReadOnlySpan<byte> joined)
    {
        var reader = new Utf8JsonReader(joined);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isBoard = reader.ValueTextEquals("board"u8);
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (isBoard) return joined[start..(int)reader.BytesConsumed];
        }

        throw new InvalidDataException("The join answer has no board.");
    }
}
