using System.Text.Json;
using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Boards;
using LiveCoCreate.Grains.Participants;
using LiveCoCreate.Grains.Workshops;
using LiveCoCreate.Web.Door;
using LiveCoCreate.Web.Participants;
using LiveCoCreate.Web.Seats;
using LiveCoCreate.Web.Theming;
using LiveCoCreate.Web.Watch;
using Microsoft.AspNetCore.SignalR;

namespace LiveCoCreate.Web.Live;

/// <summary>The door of the room, not the room: translates, checks seat and rate, and passes on (PROTOCOL.md L1–L8).</summary>
public sealed class LiveHub(IGrains grains, LiveRooms rooms, Rates rates, LiveMetrics metrics, TimeProvider clock, IHostApplicationLifetime lifetime) : Hub
{
    private LiveConnection Connection => (LiveConnection)Context.Items[typeof(LiveConnection)]!;

    public override async Task OnConnectedAsync()
    {
        // Let in at the last moment, after all connections were closed.
        if (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            Context.Abort();
            return;
        }

        // The seat was proven before the connection was accepted (see LiveDoor).
        var seat = (Seat)Context.GetHttpContext()!.Items[typeof(Seat)]!;
        var connection = await OpenAsync(seat);
        Context.Items[typeof(LiveConnection)] = connection;
        try
        {
            await EnterAsync(connection);
        }
        catch
        {
            // Whose coming fails is not said to leave: it would be among those present for ever.
            connection.Workshop?.Remove(connection);
            throw;
        }

        await base.OnConnectedAsync();
    }

    private async ValueTask EnterAsync(LiveConnection connection)
    {
        if (await rooms.EnterAsync(connection) is not { } workshop) await connection.EndAsync("too-many-connections");
        // Ended between the door and here, when nobody yet found this connection to let it go: from now on it is found.
        else if (Refused(await RightsAsync()) is { } refused) await connection.EndAsync(refused.Code);
        else workshop.Welcome(connection);
        if (rooms.WasTooSlow(connection.Seat)) await Clients.Caller.SendAsync("slow", Refusal.Of("too-slow"));
    }

    public override async Task OnDisconnectedAsync(Exception? exception)
    {
        if (Context.Items.TryGetValue(typeof(LiveConnection), out var item) && item is LiveConnection connection)
        {
            connection.Board?.Remove(connection);
            connection.Workshop?.Remove(connection);
        }

        await base.OnDisconnectedAsync(exception);
    }

    /// <summary>PROTOCOL.md L2.</summary>
    public async Task<object> Watch(string board, long since, long sinceMine)
    {
        _ = sinceMine;
        if (!Ids.IsId(board)) return Refusal.Of("malformed");
        var id = new BoardId(board);
        var rights = await RightsAsync();
        if (Refused(rights) is { } refused) return refused;
        if (!rights.Boards.Contains(id)) return Refusal.Of("board-missing");

        // Listen first, read second: what lands between the two arrives twice and is dropped by version; the other order would lose it.
        var feed = await rooms.WatchAsync(id, Connection);
        if (!ReferenceEquals(Connection.Board, feed)) Connection.Board?.Remove(Connection);
        var audience = Connection.Seat.Audience;
        var known = since > 0 && feed.Knows(audience, since);
        var version = feed.Version(audience);
        if (!known && since > 0) metrics.Resync();
        Connection.Watch(feed, known ? since : version);
        // Who left while the board woke up was taken off the one they watched before: nobody takes them off this one.
        if (Context.ConnectionAborted.IsCancellationRequested) feed.Remove(Connection);
        return new { now = clock.Now(), version, resync = !known };
    }

    /// <summary>PROTOCOL.md L3.</summary>
    public async Task<object> Submit(JsonElement command)
    {
        metrics.Command();
        if (TooFast() is { } wait) return wait;
        var rights = await RightsAsync();
        if (Refused(rights) is { } refused) return Turned(refused);
        var (parsed, code) = LiveCommand.Read(command);
        if (parsed is null) return Turned(Refusal.Of(code!));
        var came = clock.GetTimestamp();
        var reply = await SubmitAsync(parsed, rights);
        metrics.Answered(clock.GetElapsedTime(came));
        return Answer(reply);
    }

    /// <summary>PROTOCOL.md L8.</summary>
    public async Task<object> Signal(JsonElement signal)
    {
        if (TooFast() is { } wait) return wait;
        if (Refused(await RightsAsync()) is { } refused) return Turned(refused);
        var read = Live.Signal.Read(signal);
        var refusal = read.Themes is { } themes ? await ThemesAsync(themes) : Connection.Workshop!.Signal(Connection, read);
        return refusal is not null ? Turned(refusal) : new { };
    }

    /// <summary>PROTOCOL.md TH1. Null where it was taken in.</summary>
    private async ValueTask<Refusal?> ThemesAsync(ThemesSignal asked)
    {
        if (Connection.Seat.Kind is not SeatKind.Facilitator) return Refusal.Of("not-allowed");
        if (!asked.IsOfForm) return Refusal.Of("malformed");
        var (board, workshop) = (new BoardId(asked.Board), await grains.Workshop(Connection.Seat.Workshop).StateAsync());
        if (!workshop.Rights.Boards.Contains(board)) return Refusal.Of("board-missing");
        if (workshop.Closed) return Refusal.Of("workshop-closed");
        // Who is told are those who watch: nobody proposes for a board that is not before them.
        if (Connection.Board is not { Themes: { } themes } feed || feed.Id != board) return Refusal.Of("board-missing");
        switch (asked.Do)
        {
            case "propose": return await themes.ProposeAsync() is { } code ? Refusal.Of(code) : null;
            case "cancel": themes.Cancel(); return null;
            default: themes.PutAside(new ThemeId(asked.Theme!), aside: asked.Do is "put-aside"); return null;
        }
    }

    /// <summary>The answer to a seat that sends more than its rate allows, or null.</summary>
    private object? TooFast()
    {
        var (kind, id) = (Connection.Seat.Kind, Connection.Seat.Id);
        return rates.Command(kind, id, Connection.Workshop!.NodesOf(kind, id)) is { } wait ? Answer(Turned("too-fast") with { RetryAfterMs = wait }) : null;
    }

    private Refusal Turned(Refusal refusal)
    {
        metrics.Refused(refusal.Code);
        return refusal;
    }

    private Reply Turned(string code) => new(0, Turned(Refusal.Of(code)));

    private async ValueTask<Reply> SubmitAsync(LiveCommand command, Rights rights)
    {
        var workshop = grains.Workshop(Connection.Seat.Workshop);
        if (command.Workshop is { } ofWorkshop)
            return await workshop.SubmitAsync(new Submission<WorkshopCommand>(command.Id, Connection.Caller, clock.Now(), ofWorkshop));

        if (command.Agreement is { } agreement) return await AgreeAsync(command.Id, agreement, await workshop.StateAsync());

        // A board of another workshop is not one of ours, whoever asks (P6).
        if (!rights.Boards.Contains(command.BoardId)) return Turned("board-missing");
        if (rights.Removed.Contains(command.BoardId)) return Turned("step-missing");
        var asked = command.Board is BoardCommand.AcceptThemes accept ? await FilledAsync(command.BoardId, accept) : command.Board!;
        return await grains.Board(command.BoardId).SubmitAsync(new Submission<BoardCommand>(command.Id, Connection.Caller, clock.Now(), asked));
    }

    /// <summary>PROTOCOL.md TH4: of a theme whose ideas are not named, all that are proposed for it. More than a thousand ids fit into no message.</summary>
    private async ValueTask<BoardCommand> FilledAsync(BoardId board, BoardCommand.AcceptThemes accept)
    {
        if (accept.Themes.IsDefaultOrEmpty || accept.Themes.All(theme => theme.Ideas is not null) || !Connection.Caller.Facilitates) return accept;
        var themes = (await rooms.BoardAsync(board)).Themes;
        return accept with { Themes = [.. accept.Themes.Select(theme => theme.Ideas is null ? theme with { Ideas = themes?.IdeasFor(theme.Theme) } : theme)] };
    }

    /// <summary>PROTOCOL.md CH3. Which version is in force the workshop knows, and who agreed to which the person.</summary>
    private async ValueTask<Reply> AgreeAsync(CommandId id, ParticipantCommand.AgreeCharter agreement, Workshop workshop)
    {
        if (workshop.Closed) return Turned("workshop-closed");
        if (!Connection.Caller.TakesPart) return Turned("not-allowed");
        var reply = await grains.Participant(Connection.Seat.Id).SubmitAsync(new Submission<ParticipantCommand>(
            id, Connection.Caller, clock.Now(), agreement with { InForce = workshop.Charter.Version }));
        if (reply.Accepted) Connection.Workshop!.Agreed(Connection.Seat.Id, agreement.Charter);
        return reply;
    }

    private async ValueTask<LiveConnection> OpenAsync(Seat seat)
    {
        var hub = rooms.Hub(Context.ConnectionId);
        var state = await grains.Workshop(seat.Workshop).StateAsync();
        if (seat.Kind is not SeatKind.Participant)
            return new LiveConnection(hub, seat, new Caller(seat.Kind, seat.Id), clock) { Name = state.Facilitators.GetValueOrDefault(seat.Id) };

        var person = await grains.Participant(seat.Id).StateAsync();
        // Who joined before workshops kept that is known from here on: only connections vote.
        if (!state.People.Contains(seat.Id)) await grains.Workshop(seat.Workshop).SubmitAsync(ParticipantEndpoints.Seated(seat.Id, clock));
        var alias = state.Made?.Anonymous is false ? person.Alias : null;
        return new LiveConnection(hub, seat, new Caller(seat.Kind, seat.Id, alias), clock) { Name = alias, Roles = person.Roles, Agreed = person.Charter };
    }

    /// <summary>Asked for every command, and once: where grains are in silos each question goes there and back.</summary>
    private ValueTask<Rights> RightsAsync() => grains.Workshop(Connection.Seat.Workshop).RightsAsync();

    /// <summary>Revocations are checked for every command, not only at the door.</summary>
    private Refusal? Refused(Rights rights)
    {
        var seat = Connection.Seat;
        if (seat.Until < clock.Now()) return Refusal.Of("seat-expired");
        return rights.Revoked.Contains(seat.Id) ? Refusal.Of("seat-revoked") : null;
    }

    private static object Answer(Reply reply) => reply switch
    {
        { Refusal: { } refusal, RetryAfterMs: { } wait } => new { refusal.Code, refusal.Message, RetryAfterMs = wait },
        { Refusal: { } refusal } => refusal,
        _ => new { reply.Version },
    };
}

/// <summary>One of: participants say that they are ready or raise their hand; facilitators give the floor to a hand, put it down, or invite
/// those who wrote nothing on a board yet, or say what they have in hand.</summary>
public sealed record Signal(bool? Ready = null, bool? Hand = null, string? Floor = null, string? PutDown = null, string? Invite = null, Hold? Hold = null, ThemesSignal? Themes = null)
{
    /// <summary>Says nothing where it is not of this form.</summary>
    public static Signal Read(JsonElement signal)
    {
        try
        {
            return signal.Deserialize<Signal>(Json.Options) ?? new Signal();
        }
        catch (JsonException)
        {
            return new Signal();
        }
    }
}
