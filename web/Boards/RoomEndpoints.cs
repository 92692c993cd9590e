using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Boards;
using LiveCoCreate.Grains.Workshops;
using LiveCoCreate.Web.Door;
using LiveCoCreate.Web.Seats;

namespace LiveCoCreate.Web.Boards;

/// <summary>What only facilitators ask of a board: how far they are with the votes of others, and which ideas came from which group (PROTOCOL.md R4, R6).</summary>
public static class RoomEndpoints
{
    public static void MapRoom(this WebApplication app)
    {
        app.MapGet("/api/boards/{id}/proxies", async (string id, HttpContext http, SeatKeeper seats, IGrains grains) =>
        {
            var (_, board) = await EnterAsync(id, http, seats, grains);
            var ballot = http.Request.Query["ballot"].ToString();
            if (!Ids.IsId(ballot)) throw new RefusedException(StatusCodes.Status400BadRequest, "malformed");
            return HttpDoor.Answer(new { proxies = await grains.Board(board).ProxiesAsync(new BallotId(ballot)) });
        });
        app.MapGet("/api/boards/{id}/cohorts", async (string id, HttpContext http, SeatKeeper seats, IGrains grains, Cohorts cohorts) =>
        {
            var (seat, board) = await EnterAsync(id, http, seats, grains);
            return HttpDoor.Answer(new { cohorts = await cohorts.ReadAsync(seat.Workshop, board) });
        });
    }

    private static async ValueTask<(Seat Seat, BoardId Board)> EnterAsync(string id, HttpContext http, SeatKeeper seats, IGrains grains)
    {
        var seat = await seats.RequireAsync(http);
        if (seat.Kind is not SeatKind.Facilitator) throw new RefusedException(StatusCodes.Status403Forbidden, "not-allowed");
        if (!Ids.IsId(id) || !(await grains.Workshop(seat.Workshop).RightsAsync()).Boards.Contains(new BoardId(id)))
            throw new RefusedException(StatusCodes.Status404NotFound, "board-missing");
        http.Response.Headers.CacheControl = "no-store";
        return (seat, new BoardId(id));
    }
}
