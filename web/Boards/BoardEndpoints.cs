using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Boards;
using LiveCoCreate.Grains.Workshops;
using LiveCoCreate.Web.Door;
using LiveCoCreate.Web.Live;
using LiveCoCreate.Web.Seats;

namespace LiveCoCreate.Web.Boards;

/// <summary>Views as cached bytes, and the timeline (PROTOCOL.md H7, H10, H11, H16, O9).</summary>
public static class BoardEndpoints
{
    public static void MapBoards(this WebApplication app)
    {
        app.MapGet("/api/boards/{id}", ViewAsync);
        app.MapGet("/api/boards/{id}/timeline", async (string id, HttpContext http, SeatKeeper seats, IGrains grains, BoardTimelines timelines) =>
        {
            var (_, board) = await EnterAsync(id, http, seats, grains);
            return HttpDoor.Answer(await timelines.OutlineAsync(board, http.RequestAborted));
        });
        app.MapGet("/api/boards/{id}/log", LogAsync);
        app.MapGet("/api/boards/{id}/pairs", PairsAsync);
        app.MapGet("/api/boards/{id}/groups", GroupsAsync);
        app.MapGet("/api/boards/{id}/opinions", OpinionsAsync);
        app.MapGet("/api/boards/{id}/replay", async (string id, HttpContext http, SeatKeeper seats, IGrains grains, BoardTimelines timelines) =>
        {
            var (seat, board) = await EnterAsync(id, http, seats, grains);
            return HttpDoor.Answer(await timelines.ViewAsync(board, seat.Audience, Number(http, "at"), http.RequestAborted));
        });
        app.MapGet("/api/boards/{id}/replay/opinions", async (string id, HttpContext http, SeatKeeper seats, IGrains grains, BoardTimelines timelines) =>
        {
            var (_, board) = await EnterAsync(id, http, seats, grains);
            http.Response.Headers.CacheControl = "private, no-store";
            return HttpDoor.Answer(new { opinions = await timelines.OpinionsAsync(board, Number(http, "at"), http.RequestAborted) });
        });
        app.MapGet("/api/boards/{id}/replay/frames", async (string id, HttpContext http, SeatKeeper seats, IGrains grains, BoardTimelines timelines) =>
        {
            var (seat, board) = await EnterAsync(id, http, seats, grains);
            var most = http.Request.Query.ContainsKey("most") ? (int)Math.Clamp(Number(http, "most"), 1, 500) : 500;
            return HttpDoor.Answer(await timelines.FramesAsync(board, seat.Audience, Number(http, "since"), Number(http, "until"), most, http.RequestAborted));
        });
    }

    /// <summary>Results by role and by answer (B5).</summary>
    private static async Task<IResult> GroupsAsync(string id, HttpContext http, SeatKeeper seats, IGrains grains)
    {
        var (seat, board) = await EnterAsync(id, http, seats, grains);
        var ballot = http.Request.Query["ballot"].ToString();
        if (!Ids.IsId(ballot)) throw new RefusedException(StatusCodes.Status400BadRequest, "malformed");
        http.Response.Headers.CacheControl = "private, no-store";
        return HttpDoor.Answer(new { ballot, groups = (await grains.Board(board).StateAsync()).GroupsSeenBy(seat.Audience, new BallotId(ballot)) });
    }

    /// <summary>What the room thinks (O7), and to a participant also where they stand.</summary>
    private static async Task<IResult> OpinionsAsync(string id, HttpContext http, SeatKeeper seats, IGrains grains)
    {
        var (seat, board) = await EnterAsync(id, http, seats, grains);
        var wanted = http.Request.Query["ballot"].ToString();
        if (wanted.Length > 0 && !Ids.IsId(wanted)) throw new RefusedException(StatusCodes.Status400BadRequest, "malformed");
        var opinions = await grains.Board(board).OpinionsAsync(wanted.Length > 0 ? new BallotId(wanted) : null);
        var here = opinions is not null && seat.Kind is SeatKind.Participant ? await grains.Board(board).HereAsync(seat.Id) : null;
        http.Response.Headers.CacheControl = "private, no-store";
        return HttpDoor.Answer(new { opinions, here = here?.Ballot == opinions?.Ballot ? here : null });
    }

    private static async Task<IResult> LogAsync(string id, HttpContext http, SeatKeeper seats, IGrains grains, BoardLog log)
    {
        var (seat, board) = await EnterAsync(id, http, seats, grains);
        if (seat.Kind is not SeatKind.Facilitator) throw new RefusedException(StatusCodes.Status403Forbidden, "not-allowed");
        var most = http.Request.Query.ContainsKey("most") ? (int)Math.Clamp(Number(http, "most"), 1, Limits.LogPage) : Limits.LogPage;
        var before = http.Request.Query.ContainsKey("before") ? DateTimeOffset.FromUnixTimeMilliseconds(Number(http, "before")) : DateTimeOffset.MaxValue;
        http.Response.Headers.CacheControl = "no-store";
        return HttpDoor.Answer(await log.ReadAsync(seat.Workshop, board, seat.Id, before, most, http.RequestAborted));
    }

    private static async Task<IResult> PairsAsync(string id, HttpContext http, SeatKeeper seats, IGrains grains)
    {
        var (seat, board) = await EnterAsync(id, http, seats, grains);
        if (seat.Kind is not SeatKind.Participant) throw new RefusedException(StatusCodes.Status403Forbidden, "not-allowed");
        http.Response.Headers.CacheControl = "no-store";
        return HttpDoor.Answer(new { pairs = await grains.Board(board).PairsAsync(seat.Id, Limits.PairsAtOnce) });
    }

    private static async Task<IResult> ViewAsync(string id, HttpContext http, SeatKeeper seats, IGrains grains, LiveRooms rooms)
    {
        var (seat, board) = await EnterAsync(id, http, seats, grains);
        var feed = await rooms.BoardAsync(board);
        var (bytes, encoding, tag) = feed.Bytes(seat.Audience, http.Request.Headers.AcceptEncoding.ToString());
        var headers = http.Response.Headers;
        headers.ETag = tag;
        headers.CacheControl = "private, no-cache";
        headers.Vary = "Accept-Encoding";
        if (http.Request.Headers.IfNoneMatch.Contains(tag)) return Results.StatusCode(StatusCodes.Status304NotModified);
        if (encoding is not null) headers.ContentEncoding = encoding;
        return Results.Bytes(bytes, "application/json; charset=utf-8");
    }

    private static async ValueTask<(Seat Seat, BoardId Board)> EnterAsync(string id, HttpContext http, SeatKeeper seats, IGrains grains)
    {
        var seat = await seats.RequireAsync(http);
        if (!Ids.IsId(id) || !(await grains.Workshop(seat.Workshop).RightsAsync()).Boards.Contains(new BoardId(id)))
            throw new RefusedException(StatusCodes.Status404NotFound, "board-missing");
        return (seat, new BoardId(id));
    }

    private static long Number(HttpContext http, string name) =>
        long.TryParse(http.Request.Query[name], System.Globalization.NumberStyles.Integer, System.Globalization.CultureInfo.InvariantCulture, out var number)
        && number is > -62_000_000_000_000 and < 253_000_000_000_000
            ? number
            : throw new RefusedException(StatusCodes.Status400BadRequest, "malformed");
}
