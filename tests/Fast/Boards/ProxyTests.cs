using System.Collections.Immutable;
using LiveCoCreate.Fast.Journals;
using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Boards;
using LiveCoCreate.Grains.Journals;
using static LiveCoCreate.Fast.Boards.BoardSpec;
using static LiveCoCreate.Fast.Boards.Floor;
using static LiveCoCreate.Grains.Boards.BoardCommand;
using static LiveCoCreate.Grains.Boards.BoardEvent;

namespace LiveCoCreate.Fast.Boards;

/// <summary>What facilitators enter for people without a phone (R3, R4).</summary>
public sealed class ProxyTests
{
    private static BoardSpec Written => Opened().Given(Ada, new AddIdea(Bench, Now, "Benches")).Given(Ben, new AddIdea(Shade, Now, "Shade")).Given(Caller.System, new ListProxies([Dina, Eli]));

    private static BoardSpec Voting(bool anonymous = false, CountsDue counts = CountsDue.Close, string method = Methods.Dots) =>
        Written.Given(Fay, new OpenBallot(First, 3, 2, counts, anonymous, method));

    [Fact]
    public void An_idea_that_was_entered_for_somebody_says_so_to_all()
    {
        Opened(Moderation.Approve, @private: true, anonymous: false).When(Fay, new AddIdea(Bench, Now, "Benches", Proxy: true))
            .Then(new IdeaAdded(Bench, Now, "Benches", null, Fay.Id, null, Rank.Appended(2), Waiting: false, Private: false, Proxy: true))
            .ThenSeenBy(Audience.Public, view => Assert.True(view.Ideas[Bench].Proxy));
        Written.ThenSeenBy(Audience.Facilitators, view => Assert.Null(view.Ideas[Bench].Proxy)).When(Ada, new AddIdea(Tap, Now, "Tap", Proxy: true)).ThenRefused("not-allowed");
    }

    [Fact]
    public void What_was_entered_for_several_people_is_not_hidden_as_one_persons() => Opened().Given(Fay, new AddIdea(Bench, Now, "x", Proxy: true), new AddIdea(Shade, Now, "y", Proxy: true), new AddIdea(Tap, Now, "z"))
        .When(Gus, new HideIdeasOfAuthor(Bench, "why")).Then(new IdeaHidden(Bench, "why", Standing.Shown)).When(Gus, new HideIdeasOfAuthor(Tap, "why")).Then(new IdeaHidden(Tap, "why", Standing.Shown));

    [Fact]
    public void A_vote_for_somebody_follows_everybodys_rules() => Voting()
        .When(Fay, new CastProxyVote(Dina, First, Bench, 3)).ThenRefused("most-per-idea").When(Fay, new CastProxyVote(Dina, First, Tap, 1)).ThenRefused("idea-missing")
        .When(Fay, new CastProxyVote(Dina, Second, Bench, 1)).ThenRefused("ballot-missing").When(Fay, new CastProxyVote(new("nobody"), First, Bench, 1)).ThenRefused("proxy-missing")
        .Given(Fay, new CastProxyVote(Dina, First, Bench, 2)).When(Gus, new CastProxyVote(Dina, First, Shade, 2)).ThenRefused("budget-spent")
        .Given(Fay, new CloseBallot(First)).When(Fay, new CastProxyVote(Dina, First, Bench, 0)).ThenRefused("ballot-closed");

    [Fact]
    public void Two_facilitators_who_enter_for_the_same_person_count_once() => Voting()
        .Given(Fay, new CastProxyVote(Dina, First, Bench, 2)).Given(Gus, new CastProxyVote(Dina, First, Bench, 2), new CastProxyVote(Dina, First, Bench, 1)).Given(Ada, new CastVote(First, Bench, 2))
        .Given(Fay, new CastProxyVote(Eli, First, Bench, 1)).When(Fay, new CloseBallot(First)).Then(new BallotClosed(First, Proxies: 2)).ThenTally(First, (Bench, 4))
        .ThenSeenBy(Audience.Participants, view => Assert.Equal((3, 2), (view.Ballots[First].Voters, view.Ballots[First].Proxies)));

    [Fact]
    public void How_many_were_entered_is_told_when_the_counts_are_and_only_if_there_are_some()
    {
        Voting(counts: CountsDue.Reveal).Given(Fay, new CastProxyVote(Dina, First, Bench, 1), new CloseBallot(First))
            .ThenSeenBy(Audience.Participants, view => Assert.Null(view.Ballots[First].Proxies)).ThenSeenBy(Audience.Facilitators, view => Assert.Equal(1, view.Ballots[First].Proxies));
        Voting().Given(Fay, new CastProxyVote(Dina, First, Bench, 1), new CastProxyVote(Dina, First, Bench, 0)).When(Fay, new CloseBallot(First)).Then(new BallotClosed(First));
        Voting(method: Methods.Approval).Given(Fay, new CastProxyVote(Dina, First, Bench, Vote: new Vote(1))).When(Caller.System, new CloseBoard()).Then(new BallotClosed(First, 1), new BoardClosed());
    }

    [Fact]
    public void Whoever_is_no_longer_listed_is_voted_for_no_more_and_counts_on() => Voting().Given(Fay, new CastProxyVote(Dina, First, Bench, 2)).Given(Caller.System, new ListProxies([Eli]))
        .When(Fay, new CastProxyVote(Dina, First, Bench, 0)).ThenRefused("proxy-missing").When(Fay, new CloseBallot(First)).Then(new BallotClosed(First, 1)).ThenTally(First, (Bench, 2));

    [Theory, InlineData(false), InlineData(true)]
    public async Task What_was_entered_is_read_again_only_where_the_ballot_names_voters(bool anonymous)
    {
        var (grain, _, _) = await OpenAsync(anonymous);
        Assert.Equal(new ProxyBallot(3, false, anonymous ? null : ImmutableDictionary<IdeaId, int>.Empty), (await grain.ProxiesAsync(First))[Eli]);
        var dinas = (await grain.ProxiesAsync(First))[Dina];
        Assert.Equal((1, true, anonymous ? null : 2), (dinas.Left, dinas.Voted, dinas.Dots?[Bench]));
        await DoAsync(grain, new CloseBallot(First));
        Assert.Equal(!anonymous, (await grain.ProxiesAsync(First)).ContainsKey(Dina));
        Assert.Equal(1, grain.Look().Ballots[First].Proxies);
    }

    [Fact]
    public async Task After_an_anonymous_ballot_nothing_that_is_kept_leads_from_a_vote_to_whom_it_was_entered_for()
    {
        var (grain, journal, secrets) = await OpenAsync(anonymous: true);
        await DoAsync(grain, new CloseBallot(First));
        var kept = await journal.EventsAsync();
        var vote = kept.Single(happened => happened.Type == "vote-cast");
        Assert.Null(vote.By);
        Assert.DoesNotContain("proxy", vote.Payload, StringComparison.Ordinal);
        Assert.Null(await secrets.FindAsync(First.SecretOn(TheBoard), CancellationToken.None));
        // The same board again, and whoever asks: nobody can tell.
        Assert.Empty(await (await LiveBoard.ActivateAsync(journal, secrets)).ProxiesAsync(First));
    }

    [Fact]
    public async Task A_persons_vote_and_one_that_was_entered_under_the_same_id_are_two() // R4
    {
        var (grain, _, _) = await OpenAsync(anonymous: false);
        await grain.SubmitAsync(new(new("list"), Caller.System, ManualTime.Start, new ListProxies([new(Ada.Id.Value)])));
        await grain.SubmitAsync(new(new("own"), Ada, ManualTime.Start, new CastVote(First, Shade, 2)));
        await DoAsync(grain, new CastProxyVote(new(Ada.Id.Value), First, Shade, 2));
        Assert.Equal(4, grain.Look().Ballots[First].Tallies[Shade]);
    }

    [Fact]
    public async Task Why_somebody_objected_goes_when_they_are_forgotten_and_their_vote_stays()
    {
        var (grain, journal, secrets) = await OpenAsync(anonymous: false, Methods.Consent);
        await grain.ForgetAsync(new("forget"), Dina, ManualTime.Start);
        Assert.DoesNotContain(await journal.EventsAsync(), happened => happened.Payload.Contains("too dear", StringComparison.Ordinal));
        Assert.Equal(1, grain.Look().SeenBy(TheBoard, Audience.Facilitators).Ballots[First].Voters);
        Assert.Equal(grain.Held(), (await LiveBoard.ActivateAsync(journal, secrets)).Held());
    }

    private static int s_commands;

    private static async Task DoAsync(BoardGrain grain, BoardCommand command) =>
        Assert.Null((await grain.SubmitAsync(new(new($"f{Interlocked.Increment(ref s_commands)}"), Fay, ManualTime.Start, command))).Refusal);

    private static async Task<(BoardGrain Grain, InMemoryJournal Journal, InMemorySecrets Secrets)> OpenAsync(bool anonymous, string method = Methods.Dots)
    {
        var (journal, secrets) = (new InMemoryJournal(), LiveBoard.Secrets());
        var grain = await LiveBoard.ActivateAsync(journal, secrets);
        await grain.SubmitAsync(new(new("open"), Caller.System, ManualTime.Start, OpenIt()));
        await grain.SubmitAsync(new(new("proxies"), Caller.System, ManualTime.Start, new ListProxies([Dina, Eli])));
        await DoAsync(grain, new AddIdea(Bench, Now, "Benches"));
        await DoAsync(grain, new AddIdea(Shade, Now, "Shade"));
        await DoAsync(grain, new OpenBallot(First, 3, 2, CountsDue.Live, anonymous, method));
        await DoAsync(grain, method is Methods.Dots ? new CastProxyVote(Dina, First, Bench, 2) : new CastProxyVote(Dina, First, Bench, Vote: new Vote(-1, "too dear")));
        return (grain, journal, secrets);
    }
}
