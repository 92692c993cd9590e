using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Boards;
using static LiveCoCreate.Fast.Boards.BoardSpec;
using static LiveCoCreate.Fast.Boards.Floor;
using static LiveCoCreate.Grains.Boards.BoardCommand;
using static LiveCoCreate.Grains.Boards.BoardEvent;

namespace LiveCoCreate.Fast.Boards;

/// <summary>PROTOCOL C6: one command for many ideas.</summary>
public sealed class ManyTests
{
    private static BoardSpec Written => Opened().Given(Ada, new AddIdea(Bench, Now, "Benches"), new AddIdea(Shade, Now, "Shade"), new AddIdea(Tap, Now, "Tap"), new AddIdea(Tree, Now, "Tree"));

    private static BoardSpec Waiting => Opened(Moderation.Approve).Given(Ada, new AddIdea(Bench, Now, "Benches"), new AddIdea(Shade, Now, "Shade"), new AddIdea(Tap, Now, "Tap"));

    [Fact]
    public void What_was_decided_or_withdrawn_meanwhile_is_left_out() => Waiting.Given(Gus, new ApproveIdea(Bench)).Given(Ada, new WithdrawIdea(Shade))
        .When(Fay, new ApproveIdeas([Bench, Shade, Tap, Tree, Tap])).Then(new IdeaApproved(Tap));

    [Fact]
    public void All_that_are_hidden_free_their_dots_and_take_along_what_was_merged_into_them() => Written
        .Given(Fay, new MergeIdea(Tap, Bench), new OpenBallot(First, 5, 5, CountsDue.Live, false)).Given(Ben, new CastVote(First, Bench, 1), new CastVote(First, Shade, 2), new CastVote(First, Tree, 1))
        .Given(Gus, new UnmergeIdea(Tap)).Given(Ben, new CastVote(First, Tap, 1)).Given(Gus, new MergeIdea(Tap, Bench))
        .When(Fay, new HideIdeas([Bench, Shade], " why ")).Then(new IdeaHidden(Bench, "why", Standing.Shown), new IdeaHidden(Shade, "why", Standing.Shown),
            new DotsFreed(First, Bench), new DotsFreed(First, Shade), new DotsFreed(First, Tap))
        .ThenSeenBy(Audience.Participants, Tree).ThenMine(Ben, mine => Assert.Equal(4, mine.Ballots[First].Left));

    [Fact]
    public void Many_are_moved_in_the_order_they_are_named() => Written
        .When(Fay, new MoveIdeas([Tree, Bench], Now, Shade)).ThenAccepted().ThenOrder(Now, Shade, Tree, Bench, Tap)
        .When(Fay, new MoveIdeas([Tap, Shade], Now)).ThenAccepted().ThenOrder(Now, Tap, Shade, Tree, Bench)
        .When(Fay, new MoveIdeas([Tree, Tap], Now, Bench)).ThenAccepted().ThenOrder(Now, Shade, Bench, Tree, Tap)
        .When(Ben, new AddIdea(new("idea-last"), Now, "x")).ThenOrder(Now, Shade, Bench, Tree, Tap, new("idea-last"));

    [Fact]
    public void One_undo_restores_all() => Waiting.Given(Fay, "all", new ApproveIdeas([Bench, Shade, Tap])).When(Fay, new Undo(new("all")))
        .ThenSeenBy(Audience.Participants).ThenSeenBy(Audience.Facilitators, view => Assert.All(view.Ideas.Values, idea => Assert.Equal(IdeaState.Waiting, idea.State)));

    [Fact]
    public void One_that_was_changed_since_stays_and_the_others_come_back() => Waiting.Given(Fay, "all", new ApproveIdeas([Bench, Shade, Tap])).Given(Gus, "why", new HideIdea(Shade, "why"))
        .When(Fay, "undo", new Undo(new("all"))).Then(new IdeaHeldBack(Tap), new IdeaHeldBack(Bench), new CommandUndone(new("all")))
        // And who changed it can still take that back.
        .When(Gus, new Undo(new("why"))).ThenAccepted().ThenSeenBy(Audience.Participants, Shade)
        .When(Fay, new Undo(new("undo"))).ThenSeenBy(Audience.Participants, Bench, Shade, Tap);

    [Fact]
    public void It_is_too_late_when_all_of_them_were_changed_since() => Waiting.Given(Fay, "two", new ApproveIdeas([Bench, Shade])).Given(Gus, new HideIdeas([Bench, Shade], "why"))
        .When(Fay, new Undo(new("two"))).ThenRefused("undo-too-late");

    [Fact]
    public void Naming_none_is_malformed() => Written.When(Fay, new ApproveIdeas([])).ThenRefused("malformed");

    [Fact]
    public void Ranks_between_two_stay_short_however_many_they_are()
    {
        var ranks = Rank.Between("00000101", "00000102", Limits.IdeasPerCommand);
        Assert.Equal(ranks.Order(StringComparer.Ordinal).Distinct(), ranks);
        Assert.True(string.CompareOrdinal("00000101", ranks[0]) < 0 && string.CompareOrdinal(ranks[^1], "00000102") < 0);
        Assert.InRange(ranks.Max(rank => rank.Length), 9, 12);
    }
}
