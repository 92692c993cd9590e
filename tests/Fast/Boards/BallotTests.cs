using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Boards;
using static LiveCoCreate.Fast.Boards.BoardSpec;
using static LiveCoCreate.Fast.Boards.Floor;
using static LiveCoCreate.Grains.Boards.BoardCommand;
using static LiveCoCreate.Grains.Boards.BoardEvent;

namespace LiveCoCreate.Fast.Boards;

public sealed class BallotTests
{
    private static BoardSpec Voting(CountsDue counts = CountsDue.Live, bool anonymous = false) => Opened()
        .Given(Ada, new AddIdea(Bench, Now, "Benches")).Given(Ben, new AddIdea(Shade, Now, "Shade"))
        .Given(Fay, new OpenBallot(First, 5, 3, counts, anonymous));

    private static BoardSpec Voted(CountsDue counts = CountsDue.Live, bool anonymous = false) => Voting(counts, anonymous)
        .Given(Ada, new CastVote(First, Bench, 3), new CastVote(First, Shade, 2)).Given(Ben, new CastVote(First, Bench, 1));

    [Fact]
    public void Live_counts_are_seen_at_once() => Voted().ThenTally(First, (Bench, 4), (Shade, 2))
        .ThenSeenBy(Audience.Screens, view => Assert.Equal(2, view.Ballots[First].Voters));

    [Fact]
    public void Counts_due_at_the_close_are_seen_then() => Voted(CountsDue.Close).ThenTally(First, null)
        .Given(Fay, new CloseBallot(First)).ThenTally(First, (Bench, 4), (Shade, 2));

    [Fact]
    public void Counts_due_at_the_reveal_are_seen_then() => Voted(CountsDue.Reveal).ThenTally(First, null)
        .Given(Fay, new CloseBallot(First)).ThenTally(First, null)
        .Given(Fay, new RevealResults(First)).ThenTally(First, (Bench, 4), (Shade, 2));

    [Theory, InlineData(CountsDue.Close), InlineData(CountsDue.Reveal)]
    public void Before_that_facilitators_know_only_how_many_have_voted(CountsDue counts) => Voted(counts)
        .ThenSeenBy(Audience.Facilitators, view => Assert.True(view.Ballots[First].Voters == 2 && view.Tallies.IsEmpty))
        .ThenSeenBy(Audience.Participants, view => Assert.True(view.Ballots[First].Voters is null && view.Tallies.IsEmpty));

    [Fact]
    public void A_ballot_whose_counts_are_due_is_there_before_the_first_vote() => Voting().ThenTally(First);

    [Fact]
    public void A_voter_sees_their_dots_and_what_is_left() => Voted().ThenMine(Ada, mine =>
    {
        Assert.Equal(0, mine.Ballots[First].Left);
        Assert.Equal((3, 2), (mine.Ballots[First].Dots[Bench], mine.Ballots[First].Dots[Shade]));
    }).ThenMine(Cyd, mine => Assert.Equal(5, mine.Ballots[First].Left));

    [Fact]
    public void Dots_are_what_is_on_the_idea_from_now_on() => Voted().Given(Ada, new CastVote(First, Bench, 1)).ThenTally(First, (Bench, 2), (Shade, 2))
        .Given(Ada, new CastVote(First, Bench, 0)).ThenTally(First, (Bench, 1), (Shade, 2)).ThenMine(Ada, mine => Assert.Equal(3, mine.Ballots[First].Left));

    [Fact]
    public void Who_took_all_dots_back_has_not_voted() => Voted().Given(Ben, new CastVote(First, Bench, 0))
        .ThenSeenBy(Audience.Participants, view => Assert.Equal(1, view.Ballots[First].Voters));

    /// <summary>Ben's idea, with dots of Ada's, waits again: it was edited under approve-first.</summary>
    private static BoardSpec VotedAndWaitingAgain(bool anonymous) => Voted(anonymous: anonymous)
        .Given(Fay, new ChangeSettings(Moderation.Approve)).Given(Ben, new EditIdea(Shade, "More shade"));

    [Theory, InlineData(true), InlineData(false)] // F6
    public void Dots_on_an_idea_that_waits_again_can_be_taken_back(bool anonymous) => VotedAndWaitingAgain(anonymous)
        .ThenMine(Ada, mine => Assert.Equal((0, 2), (mine.Ballots[First].Left, mine.Ballots[First].Dots[Shade])))
        .When(Ada, new CastVote(First, Shade, 1)).ThenAccepted().ThenMine(Ada, mine => Assert.Equal(1, mine.Ballots[First].Left))
        .Given(Ada, new CastVote(First, Shade, 0)).ThenMine(Ada, mine => Assert.False(mine.Ballots[First].Left != 2 || mine.Ballots[First].Dots.ContainsKey(Shade)))
        .ThenSeenBy(Audience.Participants, Bench).ThenTally(First, (Bench, 4))
        .Given(Fay, new ApproveIdea(Shade)).ThenTally(First, (Bench, 4));

    [Theory, InlineData(true), InlineData(false)]
    public void No_more_dots_go_to_it_and_who_has_none_on_it_learns_nothing_of_it(bool anonymous)
    {
        var waiting = VotedAndWaitingAgain(anonymous).Given(Ada, new CastVote(First, Bench, 2), new CastVote(First, Shade, 1));
        waiting.When(Ada, new CastVote(First, Shade, 2)).ThenRefused("idea-missing");
        for (var dots = 0; dots < 3; dots++) waiting.When(Ben, new CastVote(First, Shade, dots)).ThenRefused("idea-missing");
        waiting.Given(Ada, new CastVote(First, Shade, 0)).When(Ada, new CastVote(First, Shade, 0)).ThenRefused("idea-missing");
    }

    [Fact]
    public void Dots_on_an_idea_merged_into_a_waiting_one_can_be_taken_back() => VotedAndWaitingAgain(anonymous: false)
        .Given(Fay, new MergeIdea(Bench, Shade)).ThenSeenBy(Audience.Participants)
        .When(Ada, new CastVote(First, Bench, 0)).Then(new VoteCast(First, new VoterKey("key-ballot-first-ada"), Bench, 0))
        .ThenMine(Ada, mine => Assert.Equal(3, mine.Ballots[First].Left));

    [Fact]
    public void Hiding_an_idea_frees_its_dots_for_good() => Voted()
        .When(Fay, new HideIdea(Bench, "why")).Then(new IdeaHidden(Bench, "why", Standing.Shown), new DotsFreed(First, Bench))
        .ThenMine(Ada, mine => Assert.Equal(3, mine.Ballots[First].Left)).ThenTally(First, (Shade, 2))
        .Given(Fay, new ShowIdea(Bench)).ThenTally(First, (Shade, 2));

    [Fact]
    public void Withdrawing_an_idea_frees_its_dots_for_good() => Voted()
        .When(Ada, new WithdrawIdea(Bench)).Then(new IdeaWithdrawn(Bench), new DotsFreed(First, Bench)).ThenTally(First, (Shade, 2));

    [Fact]
    public void A_closed_ballot_keeps_the_dots_of_what_is_hidden_later() => Voted().Given(Fay, new CloseBallot(First))
        .When(Fay, new HideIdea(Bench, "why")).Then(new IdeaHidden(Bench, "why", Standing.Shown)).ThenTally(First, (Shade, 2))
        .Given(Fay, new ShowIdea(Bench)).ThenTally(First, (Bench, 4), (Shade, 2));

    [Fact]
    public void Rounds_are_numbered_and_the_first_keeps_its_counts() => Voted().Given(Fay, new CloseBallot(First), new OpenBallot(Second, 1, 1, CountsDue.Live, false))
        .ThenSeenBy(Audience.Participants, view => Assert.Equal((1, 2), (view.Ballots[First].Round, view.Ballots[Second].Round)))
        .ThenTally(First, (Bench, 4), (Shade, 2)).ThenTally(Second);

    [Fact]
    public void An_anonymous_vote_names_nobody_and_no_time_finer_than_a_minute()
    {
        var board = new BoardInHand();
        foreach (var (by, after, command) in new (Caller, int, BoardCommand)[]
        {
            (Caller.System, 0, OpenIt()), (Ada, 61, new AddIdea(Bench, Now, "x")), (Fay, 62, new OpenBallot(First, 3, 3, CountsDue.Close, true)),
            (Ben, 100, new CastVote(First, Bench, 1)), (Ben, 200, new CastVote(First, Bench, 2)),
        })
            Assert.Null(board.Submit(new(new($"c{after}"), by, ManualTime.Start.AddSeconds(after), command)).Refusal);

        var votes = board.Happened.Where(happened => happened.Event is VoteCast).ToList();
        Assert.All(votes, vote => Assert.Null(vote.By));
        // J6: the start of the minute, or the stream's previous event where that is later.
        Assert.Equal([62, 180], votes.Select(vote => (vote.At - ManualTime.Start).TotalSeconds));
    }

    [Fact]
    public void Once_an_anonymous_ballot_closed_nobody_can_tell_how_they_voted_themselves() => Voted(CountsDue.Close, anonymous: true)
        .ThenMine(Ada, mine => Assert.Equal(0, mine.Ballots[First].Left))
        .Given(Fay, new CloseBallot(First)).ThenTally(First, (Bench, 4), (Shade, 2)).ThenMine(Ada, mine => Assert.Empty(mine.Ballots));
}
