using LiveCoCreate.Live.Servers;
using LiveCoCreate.Load.Rooms;
using LiveCoCreate.Load.Scenarios;
using LiveCoCreate.Load.Servers;
using Room = LiveCoCreate.Load.Rooms.Room;

namespace LiveCoCreate.Live.Load;

public sealed class VotersTests(LocalServer server) : IClassFixture<LocalServer>
{
    [Fact]
    public async Task Who_was_refused_a_vote_waits_for_nothing_and_has_the_dots_that_were_accepted()
    {
        using var network = new Network([server.Address]);
        await using var room = await Room.OpenAsync(Side.Product, network, new RoomPlan(Ideas: 4, Budget: 1));
        await room.FillAsync(1);
        var (ledger, voters, random, person) = (new Ledger(room), new Voters(room), new Random(1), room.People[0]);
        while (ledger.Refusals.Count == 0)
        {
            voters.VoteSomewhere(ledger, random);
            Assert.True(await Waiting.UntilAsync(() => ledger.Unanswered == 0, 20));
        }

        Assert.False(voters.IsWaiting(person));
        Assert.Equal(ledger.Dots, Enumerable.Range(0, room.Ideas.Count).Count(idea => voters.HasDot(person, idea)));
    }
}
