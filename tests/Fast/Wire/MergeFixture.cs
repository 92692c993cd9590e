using LiveCoCreate.Wire;
using LiveCoCreate.Wire.Boards;

namespace LiveCoCreate.Fast.Wire;

/// <summary>PROTOCOL F3, held against the wire client's merge.</summary>
public class MergeFixture
{
    public sealed record Case(string Name, BoardView Before, IReadOnlyList<BoardFrame> Frames, BoardView After);

    private static readonly Lazy<Dictionary<string, Case>> Fixture = new(() =>
        WireJson.Read<List<Case>>(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Boards", "merge-fixture.json"))).ToDictionary(each => each.Name));

    public static TheoryData<string> Names => [.. Fixture.Value.Keys];

    [Theory, MemberData(nameof(Names))]
    public void Frames_make_the_board_of_the_fixture(string name)
    {
        var given = Fixture.Value[name];

        var made = given.Frames.Aggregate(given.Before, (view, frame) => Merging.Merge(view, frame).After);

        Assert.Equal(given.After.Version, made.Version);
        Assert.True(given.After.ShowsTheSameAs(made), Text(made));
    }

    [Theory, MemberData(nameof(Names))]
    public void Sharing_the_work_among_many_people_makes_the_same_board(string name)
    {
        var given = Fixture.Value[name];
        var shared = given.Frames.Select(frame => new SharedFrame(frame)).ToList();
        BoardView[] starts = [given.Before, given.Before, given.Before with { }];

        foreach (var start in starts)
        {
            var made = shared.Aggregate(start, (view, frame) => frame.MergeInto(view).After);
            Assert.Equal(given.After.Version, made.Version);
            Assert.True(given.After.ShowsTheSameAs(made), Text(made));
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void A_light_reading_makes_the_same_tallies_and_states(string name)
    {
        var given = Fixture.Value[name];

        var made = given.Frames.Select(Lightly).Aggregate(Lightly(given.Before), (view, frame) => Merging.Merge(view, frame).After);

        Assert.Equal(given.After.Version, made.Version);
        Assert.True(Lightly(given.After).ShowsTheSameAs(made), Text(made));
        Assert.Equal(given.After.Ideas.Select(idea => (idea.Key, idea.Value.State)).Order(), made.Ideas.Select(idea => (idea.Key, idea.Value.State)).Order());
        Assert.All(made.Ideas.Values, idea => Assert.Empty(idea.Text));
    }

    private static T Lightly<T>(T view) => WireJson.Read<T>(WireJson.Write(view), Reading.Light);

    private static string Text(BoardView view) => System.Text.Encoding.UTF8.GetString(WireJson.Write(view));
}
