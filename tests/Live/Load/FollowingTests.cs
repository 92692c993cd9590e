using System.Text;
using LiveCoCreate.Load.Boards;
using LiveCoCreate.Load.Rooms;
using LiveCoCreate.Wire.Hub;
using Room = LiveCoCreate.Load.Rooms.Room;

namespace LiveCoCreate.Live.Load;

/// <summary>The people of the load keep their boards whole as the browser app does: what costs it a question to the server costs them one.</summary>
public sealed class FollowingTests : IDisposable
{
    private readonly Network _network = new([new Uri("http://127.0.0.1:1")]);
    private readonly CountingRoom _room;
    private readonly Participant _person;

    public FollowingTests()
    {
        _room = new CountingRoom(_network);
        _person = _room.Expect();
        _person.Begin(View("""{"version":4,"ideas":{"a":{}},"tallies":{}}"""));
    }

    public void Dispose() => _network.Dispose();

    [Theory] // F2
    [InlineData(9, 10)]
    [InlineData(2, 6)]
    public void A_frame_that_does_not_begin_at_what_is_held_asks_again_once(long since, long version)
    {
        Hear(since, version);
        Hear(version, version + 1);

        Assert.Equal((4, 1, 1), (_person.Replica.Version, _room.Asked, _person.Gaps));
    }

    [Fact] // L2
    public void What_is_under_way_from_an_earlier_watching_leaves_no_gap_to_what_begins_at_what_is_held()
    {
        Hear(9, 10);
        Hear(4, 5);
        _person.Following(12);
        Hear(4, 12);

        Assert.Equal((12, 1), (_person.Replica.Version, _room.Asked));
    }

    [Fact] // L2
    public void What_comes_before_the_answer_that_it_belongs_to_is_kept_for_it()
    {
        Hear(9, 10);
        Hear(4, 5);
        Hear(4, 12);
        Hear(12, 13);
        _person.Following(11);

        Assert.Equal((13, 1), (_person.Replica.Version, _room.Asked));
    }

    [Fact] // L2
    public void A_view_fetched_in_the_middle_of_a_frame_asks_for_the_difference()
    {
        Hear(20, 21);
        Hear(20, 22);
        _person.Fetched(View("""{"version":21,"ideas":{"a":{}},"tallies":{}}"""));
        Assert.Equal((21, 2), (_person.Replica.Version, _room.Asked));

        Hear(21, 22);
        _person.Following(22);
        Assert.Equal((22, 2), (_person.Replica.Version, _room.Asked));
    }

    private Change View(string json) => Change.Read(Encoding.UTF8.GetBytes(json), _room.Numbers, isView: true);

    // Nobody is connected, so nobody's connection is the one that it is heard on.
    private void Hear(long since, long version)
    {
        var json = Encoding.UTF8.GetBytes($$$"""{"type":1,"target":"board","arguments":[{"since":{{{since}}},"version":{{{version}}}}]}""");
        ((IHubListener)_person).Arrived(null!, HubRecord.Read(json), json);
    }

    private sealed class CountingRoom(Network network) : Room(network, "board")
    {
        public int Asked { get; private set; }

        public override Task EnterAsync(Participant person, Action? shown = null) => throw new NotSupportedException();

        public override void Supply(Participant person) => Asked++;

        public override Task<Change> FreshAsync() => throw new NotSupportedException();

        public override HubAddress AddressOf(Participant person) => throw new NotSupportedException();
    }
}
