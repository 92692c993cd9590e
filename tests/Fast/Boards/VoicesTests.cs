using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Boards;
using static LiveCoCreate.Fast.Boards.Floor;

namespace LiveCoCreate.Fast.Boards;

/// <summary>The equal-voice meter.</summary>
public sealed class VoicesTests
{
    [Theory]
    [InlineData(new[] { 1, 1, 1, 1, 1 }, 5, 3)]
    [InlineData(new[] { 6, 1, 1, 1, 1, 1, 1 }, 7, 1)]
    [InlineData(new[] { 3, 3, 2, 1, 1 }, 5, 2)]
    [InlineData(new[] { 0, 2, 2, 2, 2, 2, 0 }, 5, 3)]
    public void It_says_how_few_wrote_half(int[] ideas, int writers, int half) => Assert.Equal(new Voices(writers, half), Of(ideas));

    [Fact]
    public void It_says_nothing_of_a_handful() => Assert.Null(Of([9, 1, 1, 1]));

    [Fact]
    public void What_was_withdrawn_or_hidden_is_nobodys_voice()
    {
        var board = Written([2, 2, 2, 2, 2, 1]);
        foreach (var standing in new[] { Standing.Withdrawn, Standing.Hidden })
        {
            var last = board.Ideas.Single(idea => idea.Value.Author.Value == "person-5").Key;
            Assert.Equal(new Voices(5, 3), Voices.Of(board with { Ideas = board.Ideas.SetItem(last, board.Ideas[last] with { Standing = standing }) }));
        }
    }

    [Fact]
    public void What_a_facilitator_enters_for_others_is_nobodys_voice()
    {
        var board = Written([1, 1, 1, 1, 1]);
        var entered = BoardSpec.Opened().Given(Fay, [.. Enumerable.Range(0, 9).Select(idea => new BoardCommand.AddIdea(new IdeaId($"entered-{idea}"), Now, "words", Proxy: true))]).Board;
        Assert.Equal(new Voices(5, 3), Voices.Of(board with { Ideas = board.Ideas.SetItems(entered.Ideas), ByAuthor = board.ByAuthor.SetItems(entered.ByAuthor) }));
    }

    [Fact]
    public void Only_facilitators_see_it()
    {
        var board = Written([1, 1, 1, 1, 1]);
        foreach (var audience in Enum.GetValues<Audience>())
            Assert.Equal(audience is Audience.Facilitators ? new Voices(5, 3) : null, board.SeenBy(TheBoard, audience).Facts.Voices);
    }

    private static Voices? Of(int[] ideas) => Voices.Of(Written(ideas));

    /// <summary>A board on which each person wrote so many ideas.</summary>
    private static Board Written(int[] ideas) => ideas.Select((count, person) => (count, person)).Aggregate(BoardSpec.Opened(), (spec, writes) => spec.Given(
        new Caller(SeatKind.Participant, new PersonId($"person-{writes.person}")),
        [.. Enumerable.Range(0, writes.count).Select(idea => new BoardCommand.AddIdea(new IdeaId($"idea-{writes.person}-{idea}"), Now, "words"))])).Board;
}
