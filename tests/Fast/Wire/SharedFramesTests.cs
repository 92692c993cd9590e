using System.Text;
using LiveCoCreate.Wire;
using LiveCoCreate.Wire.Boards;

namespace LiveCoCreate.Fast.Wire;

public class SharedFramesTests
{
    private static readonly BoardView Start = new() { Board = "board", Version = 1 };

    [Fact]
    public void Equal_bytes_are_parsed_once_and_make_one_board()
    {
        var frames = new SharedFrames();

        var boards = Enumerable.Range(0, 1000).Select(_ => frames.Read(Json(2), Reading.Full).MergeInto(Start).After).ToList();

        Assert.Equal((1, 999), frames.Counts);
        Assert.All(boards, board => Assert.Same(boards[0], board));
    }

    [Fact]
    public void One_different_byte_is_another_frame()
    {
        var frames = new SharedFrames();

        var one = frames.Read(Json(2), Reading.Full).MergeInto(Start).After;
        var other = frames.Read(Json(3), Reading.Full).MergeInto(Start).After;

        Assert.Equal((2, 3), (one.Tally("ballot", "idea"), other.Tally("ballot", "idea")));
    }

    [Fact]
    public void Someone_who_held_another_board_is_merged_for()
    {
        var frame = new SharedFrames().Read(Json(2), Reading.Full);
        var odd = Start with { Ideas = new Dictionary<string, Idea> { ["extra"] = new("shown") } };

        var usual = frame.MergeInto(Start).After;
        var unusual = frame.MergeInto(odd).After;

        Assert.Empty(usual.Ideas);
        Assert.Single(unusual.Ideas);
    }

    [Fact]
    public void People_who_took_different_ways_to_the_same_board_share_it_again()
    {
        var frame = new SharedFrames().Read(Json(2), Reading.Full);

        Assert.Same(frame.MergeInto(Start).After, frame.MergeInto(Start with { }).After);
    }

    private static byte[] Json(int tally) =>
        Encoding.UTF8.GetBytes("""{"board":"board","since":1,"version":2,"tallies":{"ballot":{"idea":TALLY}}}""".Replace("TALLY", $"{tally}", StringComparison.Ordinal));
}
