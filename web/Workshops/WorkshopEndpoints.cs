using System.Net;
using System.Text.Json;
using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Codes;
using LiveCoCreate.Grains.Workshops;
using LiveCoCreate.Web.Door;
using LiveCoCreate.Web.Live;
using LiveCoCreate.Web.Seats;
using QRCoder;

namespace LiveCoCreate.Web.Workshops;

/// <summary>Making workshops, their links and seats (PROTOCOL.md H1, H2, H5–H9).</summary>
public static class WorkshopEndpoints
{
    public sealed record SeatRequest(string Workshop, string Kind, string Secret, string? Name = null, string? Request = null);

    public static void MapWorkshops(this WebApplication app)
    {
        app.MapGet("/api/templates", () => HttpDoor.Answer(Templates.All.Select(template => new { template.Id, template.Title, template.About, template.Charter, template.Roles, template.Steps })));
        // As a delegate of its own: a method of an HttpContext alone is taken for one that writes its answer itself.
        app.MapPost("/api/templates/check", (Func<HttpContext, Task<IResult>>)CheckAsync);
        app.MapPost("/api/workshops", MakeAsync);
        app.MapPost("/api/seats", ExchangeAsync);
        app.MapGet("/api/workshops/{id}", ViewAsync);
        app.MapGet("/api/workshops/{id}/me", MeAsync);
        app.MapDelete("/api/workshops/{id}/me", LeaveAsync);
        app.MapGet("/api/workshops/{id}/links", LinksAsync);
        app.MapGet("/api/workshops/{id}/template", TemplateAsync);
        app.MapGet("/api/workshops/{id}/charter", CharterAsync);
        app.MapGet("/api/codes/{code}/qr.svg", Qr);
    }

    private static async Task<IResult> CheckAsync(HttpContext http)
    {
        using var file = await http.ReadAsync<JsonDocument>();
        return HttpDoor.Answer(TemplateFile.Read(file.RootElement));
    }

    private static async Task<IResult> MakeAsync(HttpContext http, IGrains grains, WorkshopMaker maker, Copying copying, SeatKeeper seats, Rates rates, IConfiguration settings)
    {
        var body = await http.ReadAsync<NewWorkshop>();
        if (!MayMake(http, settings)) throw new RefusedException(StatusCodes.Status403Forbidden, "organiser-key-needed");
        if (!rates.Workshop(http.Connection.RemoteIpAddress?.ToString() ?? "")) throw new RefusedException(StatusCodes.Status429TooManyRequests, "too-fast");
        WorkshopId? from = body.From is { } earlier ? await EarlierAsync(http, earlier, seats) : null;
        var own = from is { } of ? await copying.TemplateAsync(of) : body.File is { } file ? TemplateFile.Read(file) : null;
        var (id, code) = await maker.MakeAsync(body, own);
        var name = string.IsNullOrWhiteSpace(body.Facilitator) ? "" : body.Facilitator.Trim();
        var facilitator = await maker.SeatFacilitatorAsync(id, body.Request, name);
        if (from is { } source && body.From!.Content) await copying.ContentAsync(source, id, facilitator);
        seats.Give(http, id, SeatKind.Facilitator, facilitator);
        return HttpDoor.Answer(new { workshop = id, code, links = await LinksOfAsync(http, id, code, grains, seats) }, StatusCodes.Status201Created);
    }

    /// <summary>Who facilitates a workshop may begin another from it.</summary>
    private static async ValueTask<WorkshopId> EarlierAsync(HttpContext http, EarlierWorkshop earlier, SeatKeeper seats)
    {
        var (seat, code) = await seats.FindAsync(http, earlier.Workshop, "facilitator");
        return seat?.Workshop ?? throw Refused(code!);
    }

    /// <summary>PROTOCOL.md CH4: for who wants to know what changed.</summary>
    private static async Task<IResult> CharterAsync(string id, HttpContext http, IGrains grains, SeatKeeper seats)
    {
        var seat = await SeatOfAsync(http, id, seats);
        var workshop = await grains.Workshop(seat.Workshop).StateAsync();
        http.Response.Headers.CacheControl = "no-store";
        return HttpDoor.Answer(new
        {
            workshop.Charter.Version,
            agreed = seat.Kind is SeatKind.Participant ? (await grains.Participant(seat.Id).StateAsync()).Charter : (int?)null,
            versions = workshop.Charters,
        });
    }

    private static async Task<IResult> TemplateAsync(string id, HttpContext http, Copying copying, SeatKeeper seats)
    {
        var seat = await SeatOfAsync(http, id, seats);
        if (seat.Kind is not SeatKind.Facilitator) throw new RefusedException(StatusCodes.Status403Forbidden, "not-allowed");
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.ContentDisposition = "attachment; filename=\"livecocreate-template.json\"";
        return HttpDoor.Answer(await copying.FileAsync(seat.Workshop));
    }

    /// <summary>Anyone on this machine; elsewhere whoever knows the organiser key, if the operator set one.</summary>
    private static bool MayMake(HttpContext http, IConfiguration settings)
    {
        // Behind a proxy every caller looks like this machine: a forwarded request needs the key.
        var forwarded = http.Request.Headers.ContainsKey("X-Forwarded-For") || http.Request.Headers.ContainsKey("Forwarded");
        if (http.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address) && !forwarded) return true;
        return settings["OrganiserKey"] is { Length: > 0 } key && SeatKeeper.Same(key, http.Request.Headers["Organiser-Key"].ToString());
    }

    private static async Task<IResult> ExchangeAsync(HttpContext http, IGrains grains, SeatKeeper seats, WorkshopMaker maker)
    {
        var body = await http.ReadAsync<SeatRequest>();
        if (!Ids.IsId(body.Workshop) || SeatKeeper.KindOf(body.Kind) is not { } kind || (body.Request is not null && !Ids.IsId(body.Request)))
            throw new RefusedException(StatusCodes.Status400BadRequest, "malformed");
        if (body.Name?.Length > Limits.Alias) throw new RefusedException(StatusCodes.Status413PayloadTooLarge, "too-large");
        var id = new WorkshopId(body.Workshop);
        var rights = await grains.Workshop(id).RightsAsync();
        if (!rights.Exists) throw new RefusedException(StatusCodes.Status404NotFound, "workshop-missing");

        var person = kind is SeatKind.Participant ? await ReturnAsync(id, body, rights, seats) : await EnterAsync(id, kind, body, rights, seats, maker);
        seats.Give(http, id, kind, person);
        return HttpDoor.Answer(new { workshop = id, kind = body.Kind });
    }

    private static async ValueTask<PersonId> ReturnAsync(WorkshopId id, SeatRequest body, Rights rights, SeatKeeper seats)
    {
        var person = new PersonId(body.Secret.Split('.')[0]);
        if (!Ids.IsId(person.Value) || !SeatKeeper.Same(await seats.SecretAsync(id, person), body.Secret) || rights.Revoked.Contains(person))
            throw new RefusedException(StatusCodes.Status401Unauthorized, "link-ended");
        return person;
    }

    private static async ValueTask<PersonId> EnterAsync(WorkshopId id, SeatKind kind, SeatRequest body, Rights rights, SeatKeeper seats, WorkshopMaker maker)
    {
        var link = kind is SeatKind.Facilitator ? PrivateLink.Facilitate : PrivateLink.Screen;
        if (!SeatKeeper.Same(await seats.SecretAsync(id, link, rights.Epochs.GetValueOrDefault(link)), body.Secret))
            throw new RefusedException(StatusCodes.Status401Unauthorized, "link-ended");
        var request = body.Request ?? HttpDoor.NewId();
        return kind is SeatKind.Facilitator
            ? await maker.SeatFacilitatorAsync(id, request, body.Name?.Trim() ?? "")
            : new PersonId(await seats.DeriveAsync("screen", id.Value, request));
    }

    private static async Task<IResult> ViewAsync(string id, HttpContext http, IGrains grains, SeatKeeper seats, TimeProvider clock)
    {
        var seat = await SeatOfAsync(http, id, seats);
        var state = await grains.Workshop(seat.Workshop).StateAsync();
        http.Response.Headers.CacheControl = "no-store";
        return HttpDoor.Answer(state.SeenBy(seat.Workshop, seat.Audience)! with { Now = clock.Now() });
    }

    private static async Task<IResult> MeAsync(string id, HttpContext http, IGrains grains, SeatKeeper seats)
    {
        var seat = await SeatOfAsync(http, id, seats);
        http.Response.Headers.CacheControl = "no-store";
        if (seat.Kind is not SeatKind.Participant)
        {
            var state = await grains.Workshop(seat.Workshop).StateAsync();
            return HttpDoor.Answer(new { kind = SeatKeeper.Word(seat.Kind), seat.Id, name = state.Facilitators.GetValueOrDefault(seat.Id), roles = Array.Empty<string>() });
        }

        var person = await grains.Participant(seat.Id).StateAsync();
        return HttpDoor.Answer(new
        {
            kind = "participant",
            seat.Id,
            name = person.Alias,
            person.Roles,
            link = $"{http.Request.Address()}/mine/{seat.Workshop}#{await seats.SecretAsync(seat.Workshop, seat.Id)}",
        });
    }

    private static async Task<IResult> LeaveAsync(string id, HttpContext http, SeatKeeper seats)
    {
        var seat = await SeatOfAsync(http, id, seats);
        SeatKeeper.Take(http, seat.Workshop, seat.Kind);
        return Results.NoContent();
    }

    private static async Task<IResult> LinksAsync(string id, HttpContext http, IGrains grains, SeatKeeper seats)
    {
        var seat = await SeatOfAsync(http, id, seats);
        if (seat.Kind is not SeatKind.Facilitator) throw new RefusedException(StatusCodes.Status403Forbidden, "not-allowed");
        var code = (await grains.Workshop(seat.Workshop).StateAsync()).Made!.Code;
        http.Response.Headers.CacheControl = "no-store";
        return HttpDoor.Answer(await LinksOfAsync(http, seat.Workshop, code, grains, seats));
    }

    private static async ValueTask<object> LinksOfAsync(HttpContext http, WorkshopId id, string code, IGrains grains, SeatKeeper seats)
    {
        var epochs = (await grains.Workshop(id).RightsAsync()).Epochs;
        var address = http.Request.Address();
        return new
        {
            facilitate = $"{address}/facilitate/{id}#{await seats.SecretAsync(id, PrivateLink.Facilitate, epochs.GetValueOrDefault(PrivateLink.Facilitate))}",
            screen = $"{address}/screen/{id}#{await seats.SecretAsync(id, PrivateLink.Screen, epochs.GetValueOrDefault(PrivateLink.Screen))}",
            join = $"{address}/j/{code}",
            code,
        };
    }

    private static IResult Qr(string code, HttpContext http)
    {
        var read = JoinCode.Read(code) ?? throw new RefusedException(StatusCodes.Status404NotFound, "code-unknown");
        using var data = QRCodeGenerator.GenerateQrCode($"{http.Request.Address()}/j/{read}", QRCodeGenerator.ECCLevel.M);
        using var svg = new SvgQRCode(data);
        http.Response.Headers.CacheControl = "public, max-age=3600";
        return Results.Text(svg.GetGraphic(8, "#000000", "#ffffff", drawQuietZones: true, SvgQRCode.SizingMode.ViewBoxAttribute), "image/svg+xml");
    }

    private static async ValueTask<Seat> SeatOfAsync(HttpContext http, string id, SeatKeeper seats)
    {
        var (seat, code) = await seats.FindAsync(http, id, http.Request.Query["as"]);
        if (seat is not null) return seat;
        throw Refused(code!);
    }

    private static RefusedException Refused(string code) => new(
        code switch
        {
            "workshop-missing" => StatusCodes.Status404NotFound,
            "malformed" => StatusCodes.Status400BadRequest,
            _ => StatusCodes.Status401Unauthorized,
        },
        code);
}
