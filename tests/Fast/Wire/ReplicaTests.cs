using LiveCoCreate.Wire.Boards;

namespace LiveCoCreate.Fast.Wire;

/// <summary>PROTOCOL L2 and F2, as the wire client keeps them.</summary>
public class ReplicaTests
{
    [Fact] // F2
    public void A_gap_asks_for_the_difference_and_keeps_the_frame_that_showed_it()
    {
        var replica = At(10);

        Assert.Equal(Need.Difference, replica.Arrived(Frame(12, 13, tally: 3)));
        Assert.Equal(10, replica.View.Version);

        Assert.Equal(Need.Nothing, replica.CaughtUp(Frame(10, 12, tally: 2)));
        Assert.Equal((13, 3), (replica.View.Version, replica.View.Tally("ballot", "idea")));
    }

    [Fact]
    public void A_difference_that_falls_short_of_an_early_frame_is_asked_for_again()
    {
        var replica = At(10);
        replica.Arrived(Frame(12, 13, tally: 3));

        Assert.Equal(Need.Difference, replica.CaughtUp(Frame(10, 11, tally: 1)));
        Assert.Equal(Need.Nothing, replica.CaughtUp(Frame(11, 13, tally: 3)));
        Assert.Equal(13, replica.View.Version);
    }

    [Fact] // L2
    public void What_came_while_a_view_was_fetched_is_merged_into_it()
    {
        var replica = At(0);
        replica.Arrived(Frame(41, 42, tally: 6));
        replica.Arrived(Frame(42, 43, tally: 7));

        Assert.Equal(Need.Nothing, replica.Fetched(At(41).View));
        Assert.Equal((43, 7), (replica.View.Version, replica.View.Tally("ballot", "idea")));
    }

    [Fact]
    public void A_view_older_than_the_early_frames_leaves_a_gap()
    {
        var replica = At(0);
        replica.Arrived(Frame(42, 43, tally: 7));

        Assert.Equal(Need.Difference, replica.Fetched(At(40).View));
    }

    [Fact]
    public void A_broken_connection_forgets_the_early_frames()
    {
        var replica = At(10);
        replica.Arrived(Frame(12, 13, tally: 3));

        replica.Disconnected();

        Assert.Equal(Need.Nothing, replica.CaughtUp(null));
        Assert.Equal(10, replica.View.Version);
    }

    [Fact] // L2: a whole one has since 0
    public void A_whole_frame_of_mine_replaces_what_was_there()
    {
        var before = new MineView { Board = "board", Version = 4, Ideas = new Dictionary<string, Mine> { ["gone"] = new("waiting") } };
        var whole = new MineFrame { Board = "board", Version = 9, Ideas = new Dictionary<string, Mine?> { ["kept"] = new("shown") } };

        var (news, after) = Merging.Merge(before, whole);

        Assert.Equal(News.Merged, news);
        Assert.Equal(["kept"], after.Ideas.Keys);
    }

    private static Replica<BoardView, BoardFrame> At(long version) =>
        new(new BoardView { Board = "board", Audience = "participants", Version = version }, Merging.Merge);

    private static BoardFrame Frame(long since, long version, int tally) => new()
    {
        Board = "board",
        Since = since,
        Version = version,
        Tallies = new Dictionary<string, IReadOnlyDictionary<string, int?>?> { ["ballot"] = new Dictionary<string, int?> { ["idea"] = tally } },
    };
}
