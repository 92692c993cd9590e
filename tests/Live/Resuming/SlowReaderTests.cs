using LiveCoCreate.Grains;
using LiveCoCreate.Live.Servers;
using LiveCoCreate.Web.Live;
using Microsoft.Extensions.DependencyInjection;

namespace LiveCoCreate.Live.Resuming;

public sealed class SlowReaderTests(LocalServer server) : IClassFixture<LocalServer>
{
    [Fact] // L5, P8
    public async Task Who_was_cut_off_for_reading_too_slowly_comes_back_is_told_why_and_misses_nothing()
    {
        await using var room = await server.OpenRoomAsync();
        var (slow, other) = (await room.JoinAsync(), await room.JoinAsync());

        var rooms = server.Services.GetRequiredService<LiveRooms>();
        var feed = await rooms.WorkshopAsync(new WorkshopId(room.Workshop));
        rooms.LetGo(feed.Connections.Single(connection => connection.Seat.Id.Value == slow.ParticipantId));
        var idea = await room.WriteAsync(other, "written while the other was away");

        await slow.WaitForAsync(person => person.Slow is not null && person.Board.Ideas.ContainsKey(idea));
        Assert.Equal("too-slow", slow.Slow!.Code);
        Assert.Null(slow.Ended);
        Assert.Null(other.Slow);
    }
}
