using LiveCoCreate.Live.Servers;
using LiveCoCreate.Wire;
using LiveCoCreate.Wire.Boards;

namespace LiveCoCreate.Live.Views;

/// <summary>H11, as a client asks.</summary>
internal static class Replays
{
    /// <summary>Far in the future: the end of every replay.</summary>
    public const long Ever = 9_000_000_000_000;

    public static Task<BoardView> AtTheEndAsync(LivePerson person, Room room) => AtAsync(person, room, Ever);

    public static async Task<BoardView> AtAsync(LivePerson person, Room room, long at) =>
        (await person.Browser.GetAsync($"api/boards/{room.Board}/replay?workshop={room.Workshop}&as={person.Kind}&at={at}")).Read<Moment>().View;

    /// <summary>O9.</summary>
    public static async Task<OpinionsView?> OpinionsAtAsync(LivePerson person, Room room, long at) =>
        (await person.Browser.GetAsync($"api/boards/{room.Board}/replay/opinions?workshop={room.Workshop}&as={person.Kind}&at={at}")).Read<OpinionsAnswer>().Opinions;

    /// <summary>Walks from the beginning to the end in portions, merging what comes.</summary>
    public static async Task<(BoardView View, IReadOnlyList<FrameAt> Frames)> WalkAsync(LivePerson person, Room room, int most)
    {
        var view = await AtAsync(person, room, 0);
        var frames = new List<FrameAt>();
        while (true)
        {
            var part = (await person.Browser.GetAsync($"api/boards/{room.Board}/replay/frames?workshop={room.Workshop}&as={person.Kind}&since={view.Version}&until={Ever}&most={most}")).Read<Part>();
            Assert.InRange(part.Frames.Count, 0, most);
            foreach (var frame in part.Frames)
            {
                Assert.Equal(News.Merged, view.TryMerge(frame.Frame, out view));
                frames.Add(frame);
            }

            if (part.Done) return (view, frames);
            Assert.NotEmpty(part.Frames);
        }
    }

    private sealed record Moment(long At, BoardView View);

    private sealed record Part(IReadOnlyList<FrameAt> Frames, bool Done, long At);
}

internal sealed record FrameAt(long At, BoardFrame Frame);
