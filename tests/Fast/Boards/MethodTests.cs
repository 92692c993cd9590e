using System.Collections.Immutable;
using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Boards;
using static LiveCoCreate.Fast.Boards.BoardSpec;
using static LiveCoCreate.Fast.Boards.Floor;
using static LiveCoCreate.Grains.Boards.BoardCommand;
using static LiveCoCreate.Grains.Boards.BoardEvent;

namespace LiveCoCreate.Fast.Boards;

/// <summary>Ballots of every method but dots: what a vote may say, what it does, and how it is counted.</summary>
public sealed class MethodTests
{
    private static readonly VoterKey AdasKey = new("key-ballot-first-ada");

    private static BoardSpec Voting(string method, CountsDue counts = CountsDue.Live, bool anonymous = false) => Opened()
        .Given(Ada, new AddIdea(Bench, Now, "Benches")).Given(Ben, new AddIdea(Shade, Now, "Shade"))
        .Given(Fay, new OpenBallot(First, method is Methods.Rank ? 2 : null, null, counts, anonymous, method));

    private static CastVote Says(IdeaId idea, int value) => new(First, idea, Vote: new Vote(value));

    private static Action<BoardView> Counted(IdeaId idea, params (int Value, int Times)[] values) => view => Assert.Equal(
        values.ToImmutableSortedDictionary(one => one.Value, one => one.Times),
        view.Counts[First].GetValueOrDefault(idea, Count.None).Values.ToImmutableSortedDictionary());

    [Theory]
    [InlineData(Methods.Approval, new[] { 1 }, new[] { 0, -1, 2 })]
    [InlineData(Methods.Score, new[] { 1, 2, 3, 4, 5 }, new[] { 0, 6, -1 })]
    [InlineData(Methods.Agree, new[] { -1, 0, 1 }, new[] { -2, 2 })]
    [InlineData(Methods.Rank, new[] { 1, 2 }, new[] { 0, 3, -1 })]
    public void A_method_takes_its_own_values_and_no_others(string method, int[] takes, int[] refuses)
    {
        foreach (var value in takes) Voting(method).When(Ada, Says(Bench, value)).Then(new VoteGiven(First, AdasKey, Bench, new Vote(value)));
        foreach (var value in refuses) Voting(method).When(Ada, Says(Bench, value)).ThenRefused("malformed");
        Voting(method).When(Ada, new CastVote(First, Bench, 1)).ThenRefused("malformed");
        Voting(method).When(Ada, new CastVote(First, Bench, 1, new Vote(1))).ThenRefused("malformed");
    }

    [Fact]
    public void Dots_are_no_vote_of_another_method_and_a_method_must_be_known()
    {
        Opened().Given(Ada, new AddIdea(Bench, Now, "x")).Given(Fay, new OpenBallot(First, 3, 3, CountsDue.Live, false)).When(Ada, Says(Bench, 1)).ThenRefused("malformed");
        Opened().When(Fay, new OpenBallot(First, 3, 3, CountsDue.Live, false, "shouting")).ThenRefused("malformed");
        Opened().When(Fay, new OpenBallot(First, null, null, CountsDue.Live, false)).ThenRefused("malformed");
    }

    [Fact]
    public void What_is_said_last_counts_and_each_person_once() => Voting(Methods.Score)
        .Given(Ada, Says(Bench, 5)).Given(Ben, Says(Bench, 2)).Given(Ada, Says(Bench, 2), Says(Shade, 4))
        .ThenSeenBy(Audience.Participants, Counted(Bench, (2, 2))).ThenSeenBy(Audience.Screens, Counted(Shade, (4, 1)))
        .ThenSeenBy(Audience.Public, view => Assert.Equal(2, view.Ballots[First].Voters))
        .ThenMine(Ada, mine => Assert.Equal((2, 4), (mine.Ballots[First].Votes![Bench].Value, mine.Ballots[First].Votes![Shade].Value)))
        .ThenMine(Cyd, mine => Assert.Null(mine.Ballots[First].Votes));

    [Fact]
    public void A_vote_can_be_taken_back() => Voting(Methods.Agree).Given(Ada, Says(Bench, 0)).When(Ada, new CastVote(First, Bench)).Then(new VoteGiven(First, AdasKey, Bench, null))
        .ThenSeenBy(Audience.Participants, Counted(Bench)).ThenSeenBy(Audience.Facilitators, view => Assert.Equal(0, view.Ballots[First].Voters))
        .When(Ada, new CastVote(First, Bench)).ThenNothing();

    [Theory, InlineData(true), InlineData(false)]
    public void The_vote_that_stands_may_be_cast_again(bool anonymous) =>
        Voting(Methods.Approval, anonymous: anonymous).Given(Ada, Says(Bench, 1)).When(Ada, Says(Bench, 1)).ThenNothing();

    [Theory, InlineData(CountsDue.Close), InlineData(CountsDue.Reveal)]
    public void Counts_are_seen_when_they_are_due_and_not_before(CountsDue counts)
    {
        var voted = Voting(Methods.Score, counts).Given(Ada, Says(Bench, 3));
        foreach (var audience in Audiences) voted.ThenSeenBy(audience, view => Assert.True(view.Counts.IsEmpty && view.Tallies.IsEmpty));
        var closed = voted.Given(Fay, new CloseBallot(First));
        if (counts is CountsDue.Reveal) closed = closed.ThenSeenBy(Audience.Facilitators, view => Assert.Empty(view.Counts)).Given(Fay, new RevealResults(First));
        foreach (var audience in Audiences) closed.ThenSeenBy(audience, Counted(Bench, (3, 1))).ThenSeenBy(audience, view => Assert.Empty(view.Tallies));
    }

    [Theory, InlineData(true), InlineData(false)]
    public void A_place_holds_one_idea_and_what_stood_there_loses_it(bool anonymous) => Voting(Methods.Rank, anonymous: anonymous)
        .Given(Ada, Says(Bench, 1), Says(Shade, 2)).When(Ada, Says(Shade, 1))
        .Then(new VoteGiven(First, AdasKey, Bench, null), new VoteGiven(First, AdasKey, Shade, new Vote(1)))
        .ThenMine(Ada, mine => Assert.Equal([KeyValuePair.Create(Shade, new Vote(1))], mine.Ballots[First].Votes!))
        .ThenSeenBy(Audience.Participants, Counted(Bench)).ThenSeenBy(Audience.Participants, Counted(Shade, (1, 1)))
        .When(Ada, Says(Shade, 1)).ThenNothing();

    [Fact]
    public void A_place_on_the_plane_has_both_axes_and_the_counts_have_each()
    {
        static CastVote At(int impact, int? effort) => new(First, Bench, Vote: new Vote(impact, Effort: effort));
        var voting = Voting(Methods.Axes);
        foreach (var (impact, effort) in new (int, int?)[] { (5, null), (-1, 5), (11, 5), (5, -1), (5, 11) }) voting.When(Ada, At(impact, effort)).ThenRefused("malformed");
        voting.Given(Ada, At(10, 0)).Given(Ben, At(4, 0)).Given(Ada, At(9, 3)).ThenSeenBy(Audience.Screens, Counted(Bench, (4, 1), (9, 1)))
            .ThenSeenBy(Audience.Screens, view => Assert.Equal([(0, 1), (3, 1)], view.Counts[First][Bench].Efforts!.Select(one => (one.Key, one.Value)).Order()));
        Voting(Methods.Score).When(Ada, At(3, 3)).Then(new VoteGiven(First, AdasKey, Bench, new Vote(3)));
    }

    private static CastVote Objects(string? reason) => new(First, Bench, Vote: new Vote(-1, reason));

    [Fact]
    public void An_objection_has_a_reason_and_consent_needs_none()
    {
        var voting = Voting(Methods.Consent);
        foreach (var reason in new[] { null, "", "  " }) voting.When(Ada, Objects(reason)).ThenRefused("empty-text");
        voting.When(Ada, Objects(new string('x', Limits.Reason + 1))).ThenRefused("too-large");
        voting.When(Ada, Objects(" too dear ")).Then(new VoteGiven(First, AdasKey, Bench, new Vote(-1), "too dear"));
        voting.When(Ada, new CastVote(First, Bench, Vote: new Vote(1, "and why"))).Then(new VoteGiven(First, AdasKey, Bench, new Vote(1)));
        voting.When(Ada, Says(Bench, 0)).ThenRefused("malformed");
        Voting(Methods.Agree).When(Ada, new CastVote(First, Bench, Vote: new Vote(-1, "why"))).Then(new VoteGiven(First, AdasKey, Bench, new Vote(-1)));
    }

    [Theory]
    [InlineData(false, false, "alias1")]
    [InlineData(false, true, null)]
    [InlineData(true, false, null)]
    public void Reasons_are_part_of_the_results_and_signed_only_where_ballot_and_board_name_people(bool anonymous, bool anonymousBoard, string? signature)
    {
        var voted = Opened(anonymous: anonymousBoard).Given(Ben, new AddIdea(Bench, Now, "Benches"))
            .Given(Fay, new OpenBallot(First, null, null, CountsDue.Close, anonymous, Methods.Consent))
            .Given(Ada, new CastVote(First, Bench, Vote: new Vote(-1, "too dear", "Somebody else"))).Given(Ben, Says(Bench, 1));
        foreach (var audience in Audiences)
            voted.ThenSeenBy(audience, view => Assert.Empty(view.Counts)).Given(Fay, new CloseBallot(First))
                .ThenSeenBy(audience, view => Assert.Equal([new Reason("too dear", signature)], view.Counts[First][Bench].Reasons!));
    }

    [Fact]
    public void What_is_expunged_takes_the_reasons_against_it_along() => Voting(Methods.Consent).Given(Ada, Objects("names a person"))
        .Given(Caller.System, new ExpungeText(Bench)).ThenSeenBy(Audience.Screens, view => Assert.Equal([new Reason(PersonalAttribute.Forgotten)], view.Counts[First][Bench].Reasons!));

    [Theory, InlineData(0), InlineData(Limits.PlacesMost + 1), InlineData(null)]
    public void How_many_places_there_are_is_said_when_the_ballot_opens(int? places) =>
        Opened().When(Fay, new OpenBallot(First, places, null, CountsDue.Live, false, Methods.Rank)).ThenRefused("malformed");

    [Fact]
    public void A_late_vote_is_refused() => Voting(Methods.Agree).Given(Fay, new CloseBallot(First)).When(Ada, Says(Bench, 1)).ThenRefused("ballot-closed");

    [Fact]
    public void Of_merged_ideas_each_person_says_one_thing_and_what_they_say_of_the_idea_itself_goes_first() => Voting(Methods.Score)
        .Given(Ada, Says(Bench, 1), Says(Shade, 5)).Given(Ben, Says(Bench, 2)).Given(Cyd, Says(Shade, 5)).Given(Fay, new MergeIdea(Bench, Shade))
        .ThenSeenBy(Audience.Participants, Counted(Shade, (2, 1), (5, 2))).ThenSeenBy(Audience.Participants, Counted(Bench))
        .Given(Fay, new UnmergeIdea(Bench)).ThenSeenBy(Audience.Participants, Counted(Bench, (1, 1), (2, 1)));

    [Fact]
    public void What_goes_from_view_takes_its_votes_along_for_good() => Voting(Methods.Approval).Given(Ada, Says(Bench, 1), Says(Shade, 1))
        .When(Fay, new HideIdea(Bench, "why")).Then(new IdeaHidden(Bench, "why", Standing.Shown), new DotsFreed(First, Bench))
        .ThenMine(Ada, mine => Assert.Equal([Shade], mine.Ballots[First].Votes!.Keys))
        .Given(Fay, new ShowIdea(Bench)).ThenSeenBy(Audience.Participants, Counted(Bench)).ThenSeenBy(Audience.Participants, Counted(Shade, (1, 1)));

    [Fact]
    public void What_waits_again_keeps_its_votes_and_who_gave_one_can_take_it_back()
    {
        var waiting = Voting(Methods.Score).Given(Ada, Says(Shade, 4)).Given(Fay, new ChangeSettings(Moderation.Approve)).Given(Ben, new EditIdea(Shade, "More shade"));
        waiting.When(Ada, Says(Shade, 5)).ThenRefused("idea-missing");
        waiting.When(Cyd, Says(Shade, 5)).ThenRefused("idea-missing");
        waiting.When(Cyd, new CastVote(First, Shade)).ThenRefused("idea-missing");
        waiting.When(Ada, new CastVote(First, Shade)).Then(new VoteGiven(First, AdasKey, Shade, null));
    }

    [Fact]
    public void Once_an_anonymous_ballot_closed_nobody_can_tell_what_they_said_themselves() => Voting(Methods.Score, CountsDue.Close, anonymous: true)
        .Given(Ada, Says(Bench, 5)).ThenMine(Ada, mine => Assert.Equal(5, mine.Ballots[First].Votes![Bench].Value))
        .Given(Fay, new CloseBallot(First)).ThenSeenBy(Audience.Participants, Counted(Bench, (5, 1))).ThenMine(Ada, mine => Assert.Empty(mine.Ballots));

    [Fact]
    public void An_anonymous_vote_names_nobody()
    {
        var board = new BoardInHand();
        foreach (var (by, command) in new (Caller, BoardCommand)[]
        {
            (Caller.System, OpenIt()), (Ada, new AddIdea(Bench, Now, "x")), (Fay, new OpenBallot(First, null, null, CountsDue.Close, true, Methods.Agree)),
            (Ben, Says(Bench, 1)), (Ben, new CastVote(First, Bench)), (Ben, new CastVote(First, Bench)),
        })
            Assert.Null(board.Submit(new(new($"c{board.Happened.Count}"), by, ManualTime.Start.AddSeconds(61), command)).Refusal);

        // Also the vote that changes nothing is written under its voter key: under which else would its retry be known?
        Assert.Equal(3, board.Happened.Count(happened => happened is { Event: VoteGiven, By: null }));
    }
}
