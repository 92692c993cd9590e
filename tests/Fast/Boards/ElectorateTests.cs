using System.Collections.Immutable;
using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Boards;
using static LiveCoCreate.Fast.Boards.BoardSpec;
using static LiveCoCreate.Fast.Boards.Floor;
using static LiveCoCreate.Grains.Boards.BoardCommand;
using static LiveCoCreate.Grains.Boards.BoardEvent;

namespace LiveCoCreate.Fast.Boards;

/// <summary>Who may vote, how sure they are, and what groups said.</summary>
public sealed class ElectorateTests
{
    private static readonly Electorate Teachers = new(["teacher"]);
    private static readonly Electorate There = new(null, Answers("q1", "there"));

    private static ImmutableDictionary<string, ImmutableArray<string>> Answers(string question, params string[] options) =>
        ImmutableDictionary<string, ImmutableArray<string>>.Empty.Add(question, [.. options]);

    private static BoardSpec Voting(string method, Electorate? electorate = null, bool? certainty = null, CountsDue counts = CountsDue.Close, bool anonymous = true) => Opened()
        .Given(Ada, new AddIdea(Bench, Now, "Benches")).Given(Ben, new AddIdea(Shade, Now, "Shade"))
        .Given(Fay, new OpenBallot(First, method is Methods.Dots or Methods.Rank ? 3 : null, method is Methods.Dots ? 3 : null, counts, anonymous, method, electorate, certainty));

    private static CastVote Says(IdeaId idea, int value, bool? sure = null, string? reason = null) => new(First, idea, Vote: new Vote(value, reason, Sure: sure));

    private static BoardSpec Given(BoardSpec so, IEnumerable<(Caller By, CastVote Vote)> votes) => votes.Aggregate(so, (board, vote) => board.Given(vote.By, vote.Vote));

    [Theory, InlineData(true), InlineData(false)]
    public void Only_whom_a_round_is_for_may_vote_in_it(bool anonymous)
    {
        var teachers = Voting(Methods.Score, Teachers, anonymous: anonymous);
        teachers.When(Ada, Says(Bench, 3)).ThenAccepted();
        teachers.When(Ben, Says(Bench, 3)).ThenAccepted();
        teachers.When(Cyd, Says(Bench, 3)).ThenRefused("not-in-this-round");
        teachers.When(Cyd, new CastVote(First, Bench)).ThenRefused("not-in-this-round");
        teachers.When(new Caller(SeatKind.Participant, new("person-unknown")), Says(Bench, 3)).ThenRefused("not-in-this-round");
        teachers.Given(Fay, new CloseBallot(First)).When(Cyd, Says(Bench, 3)).ThenRefused("ballot-closed");
        Voting(Methods.Dots, There).When(Ada, new CastVote(First, Bench, 1)).ThenRefused("not-in-this-round");
        Voting(Methods.Dots, There).When(Ben, new CastVote(First, Bench, 1)).ThenAccepted();
        Voting(Methods.Dots, new Electorate(["parent"], Answers("q1", "here", "elsewhere")), anonymous: false).When(Ben, new CastVote(First, Bench, 1)).ThenRefused("not-in-this-round");
    }

    [Fact]
    public void Everybody_is_told_whom_it_is_for_and_each_whether_it_is_for_them() => Voting(Methods.Score, Teachers)
        .ThenSeenBy(Audience.Participants, view => Assert.Equal(Teachers, view.Ballots[First].For)).ThenSeenBy(Audience.Screens, view => Assert.Equal(Teachers, view.Ballots[First].For))
        .ThenMine(Ada, mine => Assert.Null(mine.Ballots[First].Barred)).ThenMine(Cyd, mine => Assert.True(mine.Ballots[First].Barred));

    [Theory]
    [InlineData("Nobody is one")]
    [InlineData("parent")]
    public void An_anonymous_round_is_not_for_fewer_than_five(string role)
    {
        // Five parents of the hall and Ben are six; without two of them there are four.
        var few = Opened().Given(Ada, new AddIdea(Bench, Now, "Benches"));
        var open = new OpenBallot(First, null, null, CountsDue.Close, true, Methods.Score, new Electorate([role], role == "parent" ? Answers("q1", "here") : null));
        few.When(Fay, open).ThenRefused("electorate-too-small");
        few.When(Fay, open with { Anonymous = false }).ThenAccepted();
        few.When(Fay, open with { For = new Electorate(["parent"]) }).ThenAccepted();
    }

    [Fact]
    public void An_electorate_of_nothing_is_everybody_and_one_that_is_none_is_malformed()
    {
        Opened().When(Fay, new OpenBallot(First, null, null, CountsDue.Close, true, Methods.Score, new Electorate([], ImmutableDictionary<string, ImmutableArray<string>>.Empty)))
            .Then(new BallotOpened(First, Methods.Score, 0, 0, CountsDue.Close, true));
        foreach (var electorate in new[]
        {
            new Electorate([""]), new Electorate([null!]), new Electorate([new string('x', Limits.RoleTitle + 1)]), new Electorate([.. Enumerable.Range(0, Limits.Roles + 1).Select(n => $"r{n}")]),
            new Electorate(null, Answers("q1")), new Electorate(null, Answers("q1", "")), new Electorate(null, Answers(new string('q', 99), "here")),
        })
            Opened().When(Fay, new OpenBallot(First, null, null, CountsDue.Close, false, Methods.Score, electorate)).ThenRefused("malformed");
    }

    [Theory]
    [InlineData(Methods.Approval, 1, true), InlineData(Methods.Score, 4, true), InlineData(Methods.Agree, -1, true), InlineData(Methods.Agree, 0, false)]
    [InlineData(Methods.Rank, 2, true), InlineData(Methods.Consent, 1, true)]
    public void A_vote_says_how_sure_it_is_where_the_round_asks_and_there_is_something_to_be_sure_of(string method, int value, bool asks)
    {
        Voting(method, certainty: true, anonymous: false).When(Ada, Says(Bench, value, sure: true)).Then(new VoteGiven(First, new VoterKey("key-ballot-first-ada"), Bench, new Vote(value, Sure: asks ? true : null)));
        Voting(method, anonymous: false).When(Ada, Says(Bench, value, sure: true)).Then(new VoteGiven(First, new VoterKey("key-ballot-first-ada"), Bench, new Vote(value)));
    }

    [Fact]
    public void Dots_say_it_by_their_number() =>
        Opened().When(Fay, new OpenBallot(First, 3, 3, CountsDue.Close, true, Methods.Dots, null, true)).ThenRefused("malformed");

    [Fact]
    public void Results_say_how_many_were_sure() => Voting(Methods.Score, certainty: true, counts: CountsDue.Live)
        .Given(Ada, Says(Bench, 5, true)).Given(Ben, Says(Bench, 5, false)).Given(Cyd, Says(Bench, 5), Says(Bench, 4, true), Says(Bench, 4, false)).Given(Ada, Says(Bench, 5, false), Says(Bench, 5, true))
        .ThenSeenBy(Audience.Screens, view =>
        {
            Assert.True(view.Ballots[First].Certainty);
            Assert.Equal([(5, 1)], view.Counts[First][Bench].Sure!.Select(one => (one.Key, one.Value)));
            Assert.Equal([(4, 1), (5, 1)], view.Counts[First][Bench].Unsure!.Select(one => (one.Key, one.Value)).Order());
        }).ThenMine(Cyd, mine => Assert.False(mine.Ballots[First].Votes![Bench].Sure));

    private static IEnumerable<(Caller, CastVote)> TheHallVotes => Hall.Select((person, n) => (person, n < 7 ? Says(Bench, 5) : Says(Bench, 1, reason: "objection")));

    [Fact]
    public void What_groups_said_is_added_up_at_the_close_in_the_same_breath()
    {
        // Of ten, seven are teachers: what they said would tell what the other three did. Of the places, five live in each.
        var closed = Given(Voting(Methods.Score), TheHallVotes).When(Fay, new CloseBallot(First));
        var groups = Assert.IsType<ResultsGrouped>(closed.ThenAccepted().Events[1]).Groups;
        Assert.IsType<BallotClosed>(closed.Events[0]);
        Assert.Equal([("q1", "here", 5), ("q1", "there", 5)], groups.Select(group => (group.Question!, group.Title, group.Voters)));
        Assert.Equal(new Count(ImmutableDictionary<int, int>.Empty.Add(5, 2).Add(1, 3)), groups[1].Counts![Bench]);
    }

    [Theory, InlineData(CountsDue.Close), InlineData(CountsDue.Reveal)]
    public void They_are_told_when_counts_are_due_and_of_what_is_seen(CountsDue counts)
    {
        var closed = Given(Given(Voting(Methods.Dots, counts: counts), Hall.Select(person => (person, new CastVote(First, Bench, 2)))), Hall.Select(person => (person, new CastVote(First, Shade, 1)))).Given(Fay, new CloseBallot(First));
        foreach (var audience in Audiences)
        {
            if (counts is CountsDue.Reveal) Assert.Empty(closed.Board.GroupsSeenBy(audience, First));
            var due = counts is CountsDue.Reveal ? closed.Given(Fay, new RevealResults(First)) : closed;
            Assert.Equal([10, 10], due.Board.GroupsSeenBy(audience, First).Select(group => group.Dots![Bench]));
            due.ThenSeenBy(audience, view => Assert.Equal(2, view.Ballots[First].Groups));
            Assert.All(due.Given(Fay, new MergeIdea(Bench, Shade)).Board.GroupsSeenBy(audience, First), group => Assert.Equal([Shade], group.Dots!.Keys));
        }

        var hidden = closed.Given(Fay, new HideIdea(Bench, "why")).Given(Fay, new RevealResults(First));
        Assert.All(hidden.Board.GroupsSeenBy(Audience.Participants, First), group => Assert.Equal([Shade], group.Dots!.Keys));
        Assert.All(hidden.Board.GroupsSeenBy(Audience.Facilitators, First), group => Assert.Equal(2, group.Dots!.Count));
    }

    [Fact]
    public void Four_people_are_no_group() => Assert.Single(
        Given(Voting(Methods.Agree), Hall.Take(4).Select(person => (person, Says(Bench, 1)))).When(Fay, new CloseBallot(First)).ThenAccepted().Events);

    [Fact]
    public void Reasons_stay_everybodys()
    {
        var objected = Given(Voting(Methods.Consent), Hall.Select(person => (person, Says(Bench, -1, reason: "too dear")))).Given(Fay, new CloseBallot(First));
        Assert.All(objected.Board.GroupsSeenBy(Audience.Facilitators, First), group => Assert.Null(group.Counts![Bench].Reasons));
        Assert.Equal(2, objected.Board.GroupsSeenBy(Audience.Facilitators, First).Length);
    }

    [Fact]
    public void A_board_that_closes_closes_its_ballot_with_what_groups_said() => Assert.Equal(
        [typeof(BallotClosed), typeof(ResultsGrouped), typeof(BoardClosed)],
        Given(Voting(Methods.Score), TheHallVotes).When(Caller.System, new CloseBoard()).ThenAccepted().Events.Select(happened => happened.GetType()));
}
