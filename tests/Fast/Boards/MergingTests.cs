using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Boards;
using static LiveCoCreate.Fast.Boards.BoardSpec;
using static LiveCoCreate.Fast.Boards.Floor;
using static LiveCoCreate.Grains.Boards.BoardCommand;
using static LiveCoCreate.Grains.Boards.BoardEvent;

namespace LiveCoCreate.Fast.Boards;

/// <summary>F6: a merged idea is shown within another, and each person counts once.</summary>
public sealed class MergingTests
{
    private static BoardSpec Voting => Opened()
        .Given(Ada, new AddIdea(Bench, Now, "Benches"), new AddIdea(Tree, Now, "Trees")).Given(Ben, new AddIdea(Shade, Now, "Shade"), new AddIdea(Tap, Now, "Tap"))
        .Given(Fay, new OpenBallot(First, 10, 3, CountsDue.Live, false));

    private static BoardSpec Voted => Voting
        .Given(Ada, new CastVote(First, Bench, 2), new CastVote(First, Shade, 2)).Given(Ben, new CastVote(First, Bench, 1), new CastVote(First, Tap, 1));

    [Fact]
    public void The_merged_ideas_tally_is_the_sum_over_people_and_gives_nobody_a_double_voice() =>
        Voted.Given(Fay, new MergeIdea(Bench, Shade)).ThenTally(First, (Shade, 3 + 1), (Tap, 1));

    [Fact]
    public void Unmerging_gives_each_idea_its_own_dots_back() =>
        Voted.Given(Fay, new MergeIdea(Bench, Shade), new UnmergeIdea(Bench)).ThenTally(First, (Bench, 3), (Shade, 2), (Tap, 1));

    [Fact]
    public void A_chain_of_merges_is_shown_within_its_end() => Voted.Given(Fay, new MergeIdea(Bench, Shade), new MergeIdea(Shade, Tap))
        .ThenTally(First, (Tap, 3 + 2)).ThenSeenBy(Audience.Participants, view => Assert.Equal(Tap, view.Ideas[Bench].Into));

    [Fact]
    public void A_chain_cannot_become_a_circle() => Voted.Given(Fay, new MergeIdea(Bench, Shade), new MergeIdea(Shade, Tap))
        .When(Fay, new MergeIdea(Tap, Bench)).ThenRefused("merge-circle").When(Fay, new MergeIdea(Tap, Tap)).ThenRefused("merge-circle");

    [Fact]
    public void Votes_on_merged_ideas_still_count_and_still_cost() => Voted.Given(Fay, new MergeIdea(Bench, Shade))
        .Given(Ben, new CastVote(First, Shade, 2)).ThenTally(First, (Shade, 3 + 3), (Tap, 1))
        .ThenMine(Ben, mine => Assert.Equal(10 - 1 - 1 - 2, mine.Ballots[First].Left));

    [Fact]
    public void What_was_merged_into_a_withdrawn_idea_stands_on_its_own_again() => Voted.Given(Fay, new MergeIdea(Bench, Shade))
        .When(Ben, new WithdrawIdea(Shade)).Then(new IdeaUnmerged(Bench, Shade), new IdeaWithdrawn(Shade), new DotsFreed(First, Shade))
        .ThenTally(First, (Bench, 3), (Tap, 1)).ThenMine(Ada, Bench, MyIdeaState.Shown);

    [Fact]
    public void What_was_merged_into_a_hidden_idea_goes_with_it_and_comes_back_with_it() => Voting.Given(Fay, new MergeIdea(Bench, Shade), new HideIdea(Shade, "why"))
        .ThenSeenBy(Audience.Participants, Tap, Tree).ThenMine(Ada, Bench, MyIdeaState.Merged).ThenMine(Ada, mine => Assert.Null(mine.Ideas[Bench].Into))
        .Given(Fay, new ShowIdea(Shade)).ThenSeenBy(Audience.Participants, Bench, Shade, Tap, Tree)
        .ThenMine(Ada, mine => Assert.Equal(Shade, mine.Ideas[Bench].Into));

    [Fact]
    public void Hiding_frees_the_dots_of_all_that_goes_from_view_with_it() => Voted.Given(Fay, new MergeIdea(Bench, Shade))
        .When(Fay, new HideIdea(Shade, "why")).Then(new IdeaHidden(Shade, "why", Standing.Shown), new DotsFreed(First, Bench), new DotsFreed(First, Shade))
        .ThenMine(Ada, mine => Assert.Equal(10, mine.Ballots[First].Left));

    [Fact]
    public void Facilitators_find_what_was_merged_into_what_they_do_not_see_on_its_own() => Opened()
        .Given(Ada, new AddIdea(Bench, Now, "Benches")).Given(Fay, new ChangeSettings(Private: true)).Given(Ben, new AddIdea(Shade, Now, "Shade"))
        .Given(Fay, new MergeIdea(Bench, Shade))
        .ThenSeenBy(Audience.Facilitators, view => Assert.Null(view.Ideas[Bench].Into)).ThenSeenBy(Audience.Participants);
}
