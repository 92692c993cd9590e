using System.Collections.Immutable;
using System.Text.Json;
using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Boards;
using static LiveCoCreate.Fast.Boards.Floor;

namespace LiveCoCreate.Fast.Boards;

/// <summary>F1 to F3: what is held, merged with the difference to what is, is what is.</summary>
public sealed class MergeLawTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 120)];

    [Theory, MemberData(nameof(Seeds))]
    public void A_view_merged_with_what_changed_is_the_view_after(int seed)
    {
        var (walk, board) = (new BoardWalk(seed), new BoardInHand());
        board.Submit(walk.Open());
        var views = Audiences.ToDictionary(audience => audience, audience => new List<BoardView> { BoardView.Nothing(TheBoard, audience), board.SeenBy(audience) });
        var last = Audiences.ToDictionary(audience => audience, audience => (board.Board, views[audience][1]));
        for (var step = 0; step < 60; step++)
        {
            for (var several = walk.Random.Next(1, 4); several > 0; several--) board.Submit(walk.Next(board.Board));
            if (board.Board.Version == last[Audience.Public].Board.Version) continue;
            foreach (var audience in Audiences)
            {
                var where = $"seed {seed}, step {step}, {audience}";
                var after = board.SeenBy(audience);
                Views.Same(after, board.Board.SeenBy(TheBoard, audience, last[audience]), where + ", made from the view before");
                var history = views[audience];
                // From the view before, and from any earlier one: who skipped frames merges the difference.
                foreach (var before in new[] { history[^1], history[walk.Random.Next(history.Count)] })
                {
                    var frame = Frame.Between(before, after);
                    Views.Same(after, before.Merge(frame), where);
                    Views.Same(after, before.Merge(ThroughJson(frame)), where + ", through JSON");
                }

                Views.Same(after, ThroughJson(after), where + ", the view through JSON");
                history.Add(after);
                last[audience] = (board.Board, after);
            }
        }
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Frames_of_a_chain_may_come_again_and_out_of_order(int seed)
    {
        var (walk, board) = (new BoardWalk(seed), new BoardInHand());
        board.Submit(walk.Open());
        List<BoardView> views = [board.SeenBy(Audience.Participants)];
        for (var step = 0; step < 40; step++)
        {
            board.Submit(walk.Next(board.Board));
            if (board.Board.Version > views[^1].Version) views.Add(board.SeenBy(Audience.Participants));
        }

        var held = views[0];
        for (var step = 0; step < 60 && held.Version < views[^1].Version; step++)
        {
            var from = walk.Random.Next(views.Count - 1);
            held = held.Merge(Frame.Between(views[from], views[from + 1]));
            Views.Same(views.Single(view => view.Version == held.Version), held, $"seed {seed}, step {step}");
        }
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Mine_merged_with_what_changed_is_mine_after(int seed)
    {
        var (walk, board) = (new BoardWalk(seed), new BoardInHand());
        board.Submit(walk.Open());
        var views = new[] { Ada, Ben, Cyd }.ToDictionary(person => person, person => new List<MineView> { MineView.Nothing(TheBoard), board.MineOf(person.Id) });
        for (var step = 0; step < 60; step++)
        {
            for (var several = walk.Random.Next(1, 4); several > 0; several--) board.Submit(walk.Next(board.Board));
            foreach (var (person, history) in views)
            {
                var after = board.MineOf(person.Id);
                if (after.Version == history[^1].Version) continue;
                foreach (var before in new[] { history[^1], history[walk.Random.Next(history.Count)] })
                {
                    var frame = MineFrame.Between(before, after);
                    Views.Same(after, before.Merge(frame), $"seed {seed}, step {step}, {person.Id}");
                    Views.Same(after, before.Merge(ThroughJson(frame)), $"seed {seed}, step {step}, {person.Id}, through JSON");
                }

                Views.Same(after, ThroughJson(after), $"seed {seed}, step {step}, {person.Id}, mine through JSON");
                history.Add(after);
            }
        }
    }

    [Fact]
    public void A_mine_frame_since_0_is_whole_and_replaces() // F2
    {
        var idea = new MyIdea(Now, "x", null, MyIdeaState.Shown, ManualTime.Start);
        var held = new MineView(TheBoard, 5, ImmutableDictionary<IdeaId, MyIdea>.Empty.Add(Bench, idea), ImmutableDictionary<BallotId, MyBallot>.Empty);
        var whole = new MineFrame(TheBoard, 0, 9) { Ideas = ImmutableDictionary<IdeaId, MyIdea?>.Empty.Add(Shade, idea) };
        Assert.Equal([Shade], held.Merge(whole).Ideas.Keys);
    }

    public static TheoryData<string> Fixture => [.. Cases().Select(one => one.Name)];

    [Theory, MemberData(nameof(Fixture))]
    public void The_shared_fixture_merges_here_as_it_does_in_the_browser(string name) // F3
    {
        var one = Cases().Single(one => one.Name == name);
        Views.Same(one.After, one.Frames.Aggregate(one.Before, (so, frame) => so.Merge(frame)), name);
    }

    private static List<Case> Cases() => JsonSerializer.Deserialize<List<Case>>(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Boards", "merge-fixture.json")), Json.Options)!;

    private sealed record Case(string Name, BoardView Before, Frame[] Frames, BoardView After);

    private static T ThroughJson<T>(T value) => JsonSerializer.Deserialize<T>(JsonSerializer.SerializeToUtf8Bytes(value, Json.Options), Json.Options)!;
}
