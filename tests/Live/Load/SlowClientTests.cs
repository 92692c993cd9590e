using LiveCoCreate.Grains;
using LiveCoCreate.Live.Servers;
using LiveCoCreate.Load.Figures;
using LiveCoCreate.Load.Rooms;
using LiveCoCreate.Load.Scenarios;
using LiveCoCreate.Load.Servers;
using LiveCoCreate.Web.Live;
using Microsoft.Extensions.DependencyInjection;
using Room = LiveCoCreate.Load.Rooms.Room;

namespace LiveCoCreate.Live.Load;

public sealed class SlowClientTests(LocalServer server) : IClassFixture<LocalServer>
{
    [Fact] // L5
    public async Task Who_was_let_go_hears_why_on_coming_back_and_whom_nobody_told_is_a_problem()
    {
        using var network = new Network([server.Address]);
        await using var room = await Room.OpenAsync(Side.Product, network, new RoomPlan(Ideas: 1, Budget: 1));
        await room.FillAsync(2);
        var letGo = await LetOneGoAsync(room);
        var dropped = room.People.Single(person => person != letGo);
        dropped.Cut();
        Assert.True(await Waiting.UntilAsync(() => !dropped.IsConnected, 20));
        foreach (var person in room.People) await person.ComeBackAsync(new Random(1));

        Assert.Equal(("too-slow", null), (letGo.SlowCode, dropped.SlowCode));

        var told = Hold([letGo], TimeSpan.FromMinutes(1));
        Assert.Equal((1, 0), (told["toldWhy"], told.Problems.Count));
        var untold = Hold(room.People, TimeSpan.FromMinutes(1));
        Assert.Equal(1, untold["toldWhy"]);
        Assert.Contains("1 slow clients were cut off and never told why", untold.Problems);
        // The server remembers for five minutes.
        Assert.Empty(Hold(room.People, TimeSpan.FromMinutes(6)).Problems);
    }

    private async Task<Participant> LetOneGoAsync(Room room)
    {
        // The cookies are named by the workshop.
        var workshop = new WorkshopId(room.People[0].Cookies.Split('=')[0]["lcc-participant-".Length..]);
        var rooms = server.Services.GetRequiredService<LiveRooms>();
        rooms.LetGo((await rooms.WorkshopAsync(workshop)).Connections.First(connection => connection.Seat.Kind is SeatKind.Participant));
        Assert.True(await Waiting.UntilAsync(() => room.People.Any(person => !person.IsConnected), 20));
        return room.People.Single(person => !person.IsConnected);
    }

    private static RunFigures Hold(IEnumerable<Participant> back, TimeSpan away)
    {
        var figures = new RunFigures(Side.Product, 1);
        Slow.HoldToItsWord(figures, back, away);
        return figures;
    }
}
