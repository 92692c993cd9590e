using System.Collections.Immutable;
using System.Text.Json;
using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Boards;
using LiveCoCreate.Grains.Codes;
using LiveCoCreate.Grains.Participants;
using LiveCoCreate.Grains.Workshops;
using LiveCoCreate.Web.Door;
using LiveCoCreate.Web.Live;
using LiveCoCreate.Web.Seats;

namespace LiveCoCreate.Web.Participants;

/// <summary>Joining by code, and being forgotten (PROTOCOL.md H3, H4, H12).</summary>
public static class ParticipantEndpoints
{
    public sealed record JoinRequest(
        string Request, bool Agreed, string? Alias = null, ImmutableArray<string>? Roles = null,
        ImmutableDictionary<string, string>? Answers = null, string? Language = null, int Charter = 1);

    public sealed record ForgetRequest(string? Ideas = null, string? Participant = null, string? Board = null, string? Idea = null, string? Comment = null,
        string? Facilitator = null, string? Proxy = null, string? Theme = null);

    public static void MapParticipants(this WebApplication app)
    {
        app.MapGet("/api/codes/{code}", async (string code, HttpContext http) => HttpDoor.Answer(await FindAsync(http, code)));
        app.MapPost("/api/codes/{code}/join", JoinAsync);
        app.MapPost("/api/workshops/{id}/forget", ForgetAsync);
    }

    /// <summary>What a code opens (H3).</summary>
    /// <exception cref="RefusedException"><c>code-unknown</c>, slower after too many from one address.</exception>
    public static async ValueTask<object> FindAsync(HttpContext http, string code)
    {
        var (id, workshop) = await OpenAsync(http, code);
        var seats = http.RequestServices.GetRequiredService<SeatKeeper>();
        var (seat, _) = await seats.FindAsync(http, id.Value, "participant");
        var made = workshop.Made!;
        return new
        {
            workshop = id,
            made.Code,
            workshop.Title,
            workshop.Purpose,
            made.Language,
            made.Anonymous,
            charter = workshop.Charter.Principles.Select(principle => principle.Text),
            charterVersion = workshop.Charter.Version,
            made.Roles,
            made.Questions,
            workshop.Closed,
            seat = seat is not null,
        };
    }

    private static async ValueTask<(WorkshopId Id, Workshop Workshop)> OpenAsync(HttpContext http, string text)
    {
        var grains = http.RequestServices.GetRequiredService<IGrains>();
        if (JoinCode.Read(text) is { } code && await grains.Code(code).WorkshopAsync() is { } id
            && await grains.Workshop(id).StateAsync() is { Made: not null } workshop) return (id, workshop);

        // Only wrong codes count, and a right one is never refused: a hall shares one address.
        if (!http.RequestServices.GetRequiredService<Rates>().WrongCode(http.Connection.RemoteIpAddress?.ToString() ?? ""))
            await Task.Delay(TimeSpan.FromSeconds(1), http.RequestServices.GetRequiredService<TimeProvider>(), http.RequestAborted);
        throw new RefusedException(StatusCodes.Status404NotFound, "code-unknown");
    }

    private static async Task<IResult> JoinAsync(string code, HttpContext http, IGrains grains, SeatKeeper seats, LiveRooms rooms, TimeProvider clock)
    {
        var body = await http.ReadAsync<JoinRequest>();
        var (id, workshop) = await OpenAsync(http, code);
        var (held, _) = await seats.FindAsync(http, id.Value, "participant");
        var person = held?.Id ?? await EnterAsync(id, workshop, body, grains, seats, rooms, clock);
        if (held is null) seats.Give(http, id, SeatKind.Participant, person);

        var step = workshop.Steps.First(step => step.Step == workshop.Current);
        var feed = await rooms.BoardAsync(step.Board);
        var own = new
        {
            participant = person,
            link = $"{http.Request.Address()}/mine/{id}#{await seats.SecretAsync(id, person)}",
            workshop = workshop.SeenBy(id, Audience.Participants)! with { Now = clock.Now() },
            mine = await feed.MineAsync(person),
        };
        return new JoinedAnswer(JsonSerializer.SerializeToUtf8Bytes(own, Json.Options), feed.Part(Audience.Participants));
    }

    private static async ValueTask<PersonId> EnterAsync(
        WorkshopId id, Workshop workshop, JoinRequest body, IGrains grains, SeatKeeper seats, LiveRooms rooms, TimeProvider clock)
    {
        var made = workshop.Made!;
        if (workshop.Closed) throw new RefusedException(StatusCodes.Status409Conflict, "workshop-closed");
        if (!body.Agreed) throw new RefusedException(StatusCodes.Status409Conflict, "charter-not-agreed");
        // What they agree to is what they have read.
        if (!workshop.Stands(body.Charter)) throw new RefusedException(StatusCodes.Status409Conflict, "charter-changed");
        if (!Ids.IsId(body.Request)) throw new RefusedException(StatusCodes.Status400BadRequest, "malformed");
        if (body.Alias?.Length > Limits.Alias || body.Language?.Length > Limits.LanguageTag) throw new RefusedException(StatusCodes.Status413PayloadTooLarge, "too-large");
        if ((await rooms.WorkshopAsync(id)).People >= Limits.PeoplePerWorkshop) throw new RefusedException(StatusCodes.Status409Conflict, "workshop-full");

        var person = new PersonId(await seats.DeriveAsync("join", id.Value, body.Request));
        // Both at once: a seat that nobody came to take is no harm, and the same request again makes up for what is missing.
        var seated = grains.Workshop(id).SubmitAsync(Seated(person, clock));
        var reply = await grains.Participant(person).SubmitAsync(new Submission<ParticipantCommand>(
            new CommandId(body.Request), Caller.System, clock.Now(), new ParticipantCommand.Join(
                id,
                // An anonymous workshop does not even keep a name.
                made.Anonymous || string.IsNullOrWhiteSpace(body.Alias) ? null : body.Alias.Trim(),
                [.. (body.Roles ?? []).Where(role => made.Roles.Contains(role)).Distinct()],
                (body.Answers ?? ImmutableDictionary<string, string>.Empty)
                    .Where(answer => made.Questions.Any(question => question.Id == answer.Key && question.Options.Contains(answer.Value))).ToImmutableDictionary(),
                body.Language, workshop.Charter.Principles.Length, workshop.Charter.Version)));
        return (reply.Refusal ?? (await seated).Refusal) is { } refusal ? throw RefusedException.From(refusal) : person;
    }

    /// <summary>The workshop knows who joined it. Its id derives from the person, so that repeating it changes nothing.</summary>
    public static Submission<WorkshopCommand> Seated(PersonId person, TimeProvider clock) =>
        new(new CommandId(person.Value), Caller.System, clock.Now(), new WorkshopCommand.SeatParticipant(person));

    /// <summary>Now, or until their seat ended.</summary>
    private static async ValueTask<bool> HasFacilitatedAsync(WorkshopId workshop, PersonId person, IGrains grains)
    {
        var state = await grains.Workshop(workshop).StateAsync();
        return state.Facilitators.ContainsKey(person) || (state.Revoked.Contains(person) && (await grains.Participant(person).StateAsync()).Workshop is null);
    }

    private static async Task<IResult> ForgetAsync(string id, HttpContext http, IGrains grains, SeatKeeper seats, TimeProvider clock)
    {
        var body = await http.ReadAsync<ForgetRequest>();
        var (seat, code) = await seats.FindAsync(http, id, http.Request.Query["as"], evenRevoked: true);
        if (seat is null) throw new RefusedException(code == "malformed" ? StatusCodes.Status400BadRequest : StatusCodes.Status401Unauthorized, code!);
        var forgetting = new Forgetting(grains, clock);
        if (body.Ideas is not (null or "keep" or "remove")) throw new RefusedException(StatusCodes.Status400BadRequest, "malformed");
        switch (seat.Kind)
        {
            case SeatKind.Participant:
                await forgetting.PersonAsync(seat.Workshop, seat.Id, removeIdeas: body.Ideas is not "keep");
                SeatKeeper.Take(http, seat.Workshop, seat.Kind);
                break;
            case SeatKind.Facilitator when Ids.IsId(body.Participant):
                var person = new PersonId(body.Participant);
                if ((await grains.Participant(person).StateAsync()).Workshop != seat.Workshop) throw new RefusedException(StatusCodes.Status404NotFound, "facilitator-missing");
                await forgetting.PersonAsync(seat.Workshop, person, removeIdeas: body.Ideas is not "keep");
                break;
            case SeatKind.Facilitator when Ids.IsId(body.Facilitator):
                var colleague = new PersonId(body.Facilitator);
                if (!await HasFacilitatedAsync(seat.Workshop, colleague, grains)) throw new RefusedException(StatusCodes.Status404NotFound, "facilitator-missing");
                await forgetting.FacilitatorAsync(seat.Workshop, colleague);
                if (colleague == seat.Id) SeatKeeper.Take(http, seat.Workshop, seat.Kind);
                break;
            case SeatKind.Facilitator when Ids.IsId(body.Proxy):
                await forgetting.ProxyAsync(seat.Workshop, new ProxyId(body.Proxy));
                break;
            case SeatKind.Facilitator when Ids.IsId(body.Board) && Ids.IsId(body.Idea):
                await forgetting.TextAsync(seat.Workshop, new BoardId(body.Board), new IdeaId(body.Idea));
                break;
            case SeatKind.Facilitator when Ids.IsId(body.Board) && Ids.IsId(body.Comment):
                await forgetting.TextAsync(seat.Workshop, new BoardId(body.Board), new CommentId(body.Comment));
                break;
            case SeatKind.Facilitator when Ids.IsId(body.Board) && Ids.IsId(body.Theme):
                await forgetting.TitleAsync(seat.Workshop, new BoardId(body.Board), new ThemeId(body.Theme));
                break;
            case SeatKind.Facilitator:
                throw new RefusedException(StatusCodes.Status400BadRequest, "malformed");
            default:
                throw new RefusedException(StatusCodes.Status403Forbidden, "not-allowed");
        }

        return Results.NoContent();
    }
}
