using LiveCoCreate.Wire.Boards;

namespace LiveCoCreate.Fast.Wire;

/// <summary>PROTOCOL L2 and F2, as the wire client keeps them.</summary>
public class ReplicaTests
{
    [Fact] // F2
    public void A_gap_asks_for_the_difference_which_comes_as_frames()
    {
        var replica = At(10);

        Assert.Equal(Need.Difference, replica.Arrived(Frame(12, 13, tally: 3)));
        Assert.Equal(10, replica.View.Version);

        replica.Rewatched();
        Assert.Equal(Need.Nothing, replica.Arrived(Frame(10, 13, tally: 3)));
        Assert.Equal((13, 3), (replica.View.Version, replica.View.Tally("ballot", "idea")));
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

    [Fact] // L2: a whole one has since 0
    public void A_whole_frame_of_mine_replaces_what_was_there()
    {
        var before = new MineView { Board = "board", Version = 4, Ideas = new Dictionary<string, Mine> { ["gone"] = new("waiting") } };
        var whole = new MineFrame { Board = "board", Version = 9, Ideas = new Dictionary<string, Mine?> { ["kept"] = new("shown") } };

        var (news, after) = Merging.Merge(before, whole);

        Assert.Equal(News.Merged, news);
        Assert.Equal(["kept"], after.Ideas.Keys);
    }

    [Fact] // F2
    public void A_whole_frame_of_a_board_replaces_what_was_there()
    {
        var before = At(4).View with { Ideas = new Dictionary<string, Idea> { ["gone"] = new("shown") } };

        Assert.Empty(Merging.Merge(before, Frame(0, 9, tally: 1)).After.Ideas);
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
