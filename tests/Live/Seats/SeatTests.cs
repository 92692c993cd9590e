using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using LiveCoCreate.Live.Servers;
using LiveCoCreate.Wire;
using LiveCoCreate.Wire.Hub;
using LiveCoCreate.Wire.Seats;

namespace LiveCoCreate.Live.Seats;

/// <summary>PROTOCOL S1 to S4: who is let in, and what the others are told.</summary>
public sealed class SeatTests(LocalServer server) : IClassFixture<LocalServer>
{
    [Fact] // S3
    public async Task Without_a_seat_nothing_is_shown_and_nothing_done()
    {
        await using var room = await server.OpenRoomAsync();
        foreach (var kind in new[] { "participant", "facilitator", "screen" })
        {
            var stranger = room.New();
            stranger.Sit(room.Workshop, kind);
            await IsRefusedAsync(stranger, room, "seat-missing");
        }
    }

    [Fact] // S3, L5
    public async Task A_seat_that_ends_between_the_door_and_the_room_is_let_go_and_told_nothing_first()
    {
        await using var room = await server.OpenRoomAsync();
        var dana = await room.JoinAsync();
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Cookie", dana.Browser.Cookies);
        await socket.ConnectAsync(new UriBuilder(server.Address) { Scheme = "ws", Path = "/live", Query = $"workshop={room.Workshop}&as=participant" }.Uri, CancellationToken.None);

        // The door is behind it; the room begins with the hub's handshake.
        (await room.Facilitator.SubmitAsync(Command.OnWorkshop("revoke-seat", new { seat = dana.ParticipantId }))).Expect("ending the seat");
        await socket.SendAsync("{\"protocol\":\"json\",\"version\":1}\u001e"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var (heard, buffer) = (new StringBuilder(), new byte[64 * 1024]);
        try
        {
            while (await socket.ReceiveAsync(buffer, patience.Token) is { MessageType: WebSocketMessageType.Text } part) heard.Append(Encoding.UTF8.GetString(buffer, 0, part.Count));
        }
        catch (WebSocketException)
        {
            // Let go without a word of the socket's own.
        }

        Assert.Contains("\"ended\"", heard.ToString(), StringComparison.Ordinal);
        Assert.Contains("seat-revoked", heard.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("\"workshop\"", heard.ToString(), StringComparison.Ordinal);
    }

    [Theory, InlineData("x"), InlineData("%%%"), InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"), InlineData("null")] // S3
    public async Task A_made_up_seat_is_invalid(string forged)
    {
        await using var room = await server.OpenRoomAsync();
        var forger = room.New();
        forger.Sit(room.Workshop, "facilitator");
        forger.Browser.SetCookie($"lcc-facilitator-{room.Workshop}", forged);
        await IsRefusedAsync(forger, room, "seat-invalid");
    }

    [Fact] // S3, P6
    public async Task A_seat_that_was_tampered_with_is_invalid()
    {
        await using var room = await server.OpenRoomAsync();
        var dana = await room.JoinAsync();
        var (name, forger) = ($"lcc-participant-{room.Workshop}", room.New());
        var real = dana.Browser.Cookie(name)!;
        forger.Sit(room.Workshop, "participant");
        foreach (var at in new[] { 0, real.Length / 2, real.Length - 8 })
        {
            forger.Browser.SetCookie(name, string.Concat(real.AsSpan(0, at), real[at] == 'A' ? "B" : "A", real.AsSpan(at + 1)));
            await IsRefusedAsync(forger, room, "seat-invalid");
        }
    }

    [Fact] // P6
    public async Task A_participants_seat_is_no_facilitators_seat_and_no_screens()
    {
        await using var room = await server.OpenRoomAsync();
        var dana = await room.JoinAsync();
        foreach (var kind in new[] { "facilitator", "screen" })
        {
            var climber = room.New();
            climber.Sit(room.Workshop, kind);
            climber.Browser.SetCookie($"lcc-{kind}-{room.Workshop}", dana.Browser.Cookie($"lcc-participant-{room.Workshop}"));
            await IsRefusedAsync(climber, room, "seat-invalid");
        }
    }

    [Fact] // P6
    public async Task A_seat_of_one_workshop_is_none_of_another()
    {
        await using var room = await server.OpenRoomAsync();
        await using var other = await server.OpenRoomAsync();
        var dana = await other.JoinAsync();
        dana.Sit(room.Workshop, "participant");
        await IsRefusedAsync(dana, room, "seat-missing");
        dana.Browser.SetCookie($"lcc-participant-{room.Workshop}", dana.Browser.Cookie($"lcc-participant-{other.Workshop}"));
        await IsRefusedAsync(dana, room, "seat-invalid");
    }

    [Fact] // P6
    public async Task A_seat_opens_no_board_of_another_workshop()
    {
        await using var room = await server.OpenRoomAsync();
        await using var other = await server.OpenRoomAsync();
        var secret = await other.WriteAsync(other.Facilitator, "Only for the other workshop");
        var dana = await room.JoinAsync();

        foreach (var path in BoardPaths(other.Board, room.Workshop, "participant")) Refused(await dana.Browser.GetAsync(path), HttpStatusCode.NotFound, "board-missing");
        Assert.Equal("board-missing", CodeOf(await dana.InvokeAsync("Watch", $"[\"{other.Board}\",0,0]")));
        var answer = await dana.SubmitAsync(Command.OnBoard(other.Board, "edit-idea", new { idea = secret, text = "Mine now" }));
        Assert.Equal("board-missing", answer.Refusal?.Code);
    }

    [Fact] // S3
    public async Task A_seat_expires_also_on_a_connection_that_is_open()
    {
        await using var room = await server.OpenRoomAsync();
        var (dana, noa) = (await room.JoinAsync(), await room.JoinAsync());
        server.Clock.Ahead = TimeSpan.FromDays(366);
        try
        {
            await IsRefusedAsync(dana, room, "seat-expired");
            Assert.Equal("seat-expired", (await noa.SubmitAsync(Commands.AddIdea(room.Board, Ids.New(), room.Lane, "Late"))).Refusal?.Code);
        }
        finally
        {
            server.Clock.Ahead = TimeSpan.Zero;
        }
    }

    [Fact] // S3, L5
    public async Task A_revoked_seat_ends_all_its_connections_and_comes_back_nowhere()
    {
        await using var room = await server.OpenRoomAsync();
        var (dana, noa) = (await room.JoinAsync(), await room.JoinAsync());
        var second = room.New();
        var link = (await dana.MeAsync()).Read<Me>().Link!;
        Assert.True((await second.ExchangeAsync(link)).Ok);
        await second.WatchAsync(room.Board);

        (await room.Facilitator.SubmitAsync(Command.OnWorkshop("revoke-seat", new { seat = dana.ParticipantId }))).Expect("revoking");
        await dana.WaitForAsync(person => person.Ended is not null);
        await second.WaitForAsync(person => person.Ended is not null);
        Assert.Equal("seat-revoked", dana.Ended?.Code);
        Assert.Equal("seat-revoked", second.Ended?.Code);

        await IsRefusedAsync(dana, room, "seat-revoked");
        var third = room.New();
        Refused(await third.ExchangeAsync(link), HttpStatusCode.Unauthorized, "link-ended");
        await room.AllSeeAsync(noa);
    }

    [Fact] // S4
    public async Task Another_sites_page_changes_nothing_and_gets_no_connection()
    {
        await using var room = await server.OpenRoomAsync();
        var dana = await room.JoinAsync();
        var events = server.Events;
        foreach (var origin in new[] { "https://evil.example", "null", $"http://127.0.0.1:{server.Address.Port + 1}", $"https://127.0.0.1:{server.Address.Port}", $"http://localhost:{server.Address.Port}" })
        {
            dana.Browser.Origin = origin;
            foreach (var (path, body) in new (string, object)[]
            {
                ("api/workshops", new NewWorkshop("Theirs")), ($"api/codes/{room.Code}/join", new JoinRequest()), ("api/seats", new { workshop = room.Workshop, kind = "screen", secret = "x" }),
                ($"api/workshops/{room.Workshop}/forget?as=participant", new { ideas = "remove" }), ($"live/negotiate?workshop={room.Workshop}&as=participant&negotiateVersion=1", new { }),
            })
            {
                Refused(await dana.Browser.PostAsync(path, body), HttpStatusCode.Forbidden, "origin-foreign");
            }

            Refused(await dana.Browser.SendAsync(HttpMethod.Delete, $"api/workshops/{room.Workshop}/me?as=participant", null), HttpStatusCode.Forbidden, "origin-foreign");
            Assert.Equal(HttpStatusCode.Forbidden, await ConnectAsync(dana, room.Workshop, origin));
        }

        Assert.Equal(events, server.Events);
        dana.Browser.Origin = server.Address.GetLeftPart(UriPartial.Authority);
        Assert.Null(await ConnectAsync(dana, room.Workshop, dana.Browser.Origin));
        Assert.True((await dana.Browser.PostAsync($"live/negotiate?workshop={room.Workshop}&as=participant&negotiateVersion=1", new { })).Ok);
    }

    [Fact] // S1
    public async Task Seats_are_HttpOnly_and_SameSite_Lax_and_pages_are_guarded_by_headers()
    {
        await using var room = await server.OpenRoomAsync();
        var stranger = room.New();
        var joined = await stranger.Browser.PostAsync($"api/codes/{room.Code}/join", new JoinRequest());
        var cookie = joined.Headers["Set-Cookie"];
        Assert.StartsWith($"lcc-participant-{room.Workshop}=", cookie, StringComparison.Ordinal);
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("secure", cookie, StringComparison.OrdinalIgnoreCase); // plain HTTP here

        foreach (var path in new[] { "api/templates", $"j/{room.Code}", "healthz", "nowhere", "api/nowhere", $"api/workshops/{room.Workshop}?as=screen" })
        {
            var headers = (await stranger.Browser.GetAsync(path)).Headers;
            Assert.Contains("default-src 'self'", headers["Content-Security-Policy"], StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", headers["Content-Security-Policy"], StringComparison.Ordinal);
            Assert.Equal("no-referrer", headers["Referrer-Policy"]);
            Assert.Equal("nosniff", headers["X-Content-Type-Options"]);
            Assert.False(headers.ContainsKey("Server"));
        }
    }

    internal static IEnumerable<string> BoardPaths(string board, string workshop, string kind) =>
    [
        $"api/boards/{board}?workshop={workshop}&as={kind}",
        $"api/boards/{board}/timeline?workshop={workshop}&as={kind}",
        $"api/boards/{board}/replay?workshop={workshop}&as={kind}&at=9000000000000",
        $"api/boards/{board}/replay/frames?workshop={workshop}&as={kind}&since=0&until=9000000000000",
        $"api/boards/{board}/replay/opinions?workshop={workshop}&as={kind}&at=9000000000000",
    ];

    internal static void Refused(HttpAnswer answer, HttpStatusCode status, string code)
    {
        Assert.True((status, code) == (answer.Status, answer.Refusal?.Code), $"{answer.Request}: expected {(int)status} {code}, got {(int)answer.Status} {answer.Refusal}");
        Assert.EndsWith(".", answer.Refusal!.Message, StringComparison.Ordinal);
    }

    internal static string? CodeOf(byte[] answer)
    {
        using var json = JsonDocument.Parse(answer);
        return json.RootElement.TryGetProperty("code", out var code) ? code.GetString() : null;
    }

    /// <summary>Every door there is says the same: HTTP, negotiation, WebSocket.</summary>
    private static async Task IsRefusedAsync(LivePerson person, Room room, string code)
    {
        var (workshop, kind) = (person.WorkshopId, person.Kind);
        foreach (var path in BoardPaths(room.Board, workshop, kind).Append($"api/workshops/{workshop}?as={kind}").Append($"api/workshops/{workshop}/me?as={kind}").Append($"api/workshops/{workshop}/links?as={kind}"))
            Refused(await person.Browser.GetAsync(path), HttpStatusCode.Unauthorized, code);
        Refused(await person.Browser.PostAsync($"live/negotiate?workshop={workshop}&as={kind}&negotiateVersion=1", new { }), HttpStatusCode.Unauthorized, code);
        if (code != "seat-revoked") Refused(await person.Browser.PostAsync($"api/workshops/{workshop}/forget?as={kind}", new { ideas = "remove" }), HttpStatusCode.Unauthorized, code);
        Assert.Equal(HttpStatusCode.Unauthorized, await ConnectAsync(person, workshop, null));
    }

    /// <summary>The status with which a WebSocket is refused; null when it is accepted.</summary>
    private static async Task<HttpStatusCode?> ConnectAsync(LivePerson person, string workshop, string? origin)
    {
        try
        {
            using var connection = await HubConnection.OpenAsync(person.Server.HubAddress(workshop, person.Kind, person.Browser.Cookies) with { Origin = origin }, new Silent());
            return null;
        }
        catch (HubRefusedException refused)
        {
            return refused.Status;
        }
    }

    private sealed class Silent : IHubListener
    {
        public void Arrived(HubConnection connection, in HubRecord record, ReadOnlySpan<byte> json)
        {
        }
    }
}
