using System.Collections.Immutable;
using static LiveCoCreate.Grains.Boards.BoardCommand;
using static LiveCoCreate.Grains.Boards.BoardEvent;

namespace LiveCoCreate.Grains.Boards;

/// <summary>People in the room without a phone, for whom facilitators vote. Each has a voter key like everybody, so that whoever enters it
/// counts once, and an anonymous ballot forgets them with its secret (PROTOCOL.md R3, R4).</summary>
public sealed partial record Board
{
    /// <summary>For whom facilitators may vote now.</summary>
    public ImmutableHashSet<ProxyId> Proxies { get; init; } = [];

    /// <summary>Whoever ever was one: their votes count on.</summary>
    public ImmutableHashSet<ProxyId> ProxiesEver { get; init; } = [];

    /// <summary>The vote in a command, and under which key.</summary>
    private static (BallotId Ballot, VoterKey? Voter)? VoteIn(BoardCommand command) => command switch
    {
        CastVote vote => (vote.Ballot, vote.Voter),
        CastProxyVote vote => (vote.Ballot, vote.Voter),
        _ => null,
    };

    private static Decision<BoardEvent> DecideProxyVote(Board board, CastProxyVote vote, Caller by) =>
        !board.Proxies.Contains(vote.Proxy) ? "proxy-missing" : DecideVote(board, new CastVote(vote.Ballot, vote.Idea, vote.Dots, vote.Vote) { Voter = vote.Voter }, by);

    private static Decision<BoardEvent> DecideProxies(Board board, ListProxies list) => board.Proxies.SetEquals(list.Proxies) ? Nothing : new ProxiesListed(list.Proxies);

    private BallotClosed ClosedBallot(BallotId id, ImmutableHashSet<VoterKey> proxies)
    {
        var ballot = Ballots[id];
        var voted = proxies.Count(voter => ballot.Method is Methods.Dots ? ballot.Voters.ContainsKey(voter) : ballot.VotesOf.ContainsKey(voter));
        return new BallotClosed(id, voted == 0 ? null : voted);
    }

    /// <summary>What facilitators entered for each proxy voter. In an anonymous ballot no more than that they voted and what is left: once it
    /// was entered, nobody reads how, and after the close nothing at all.</summary>
    public ImmutableDictionary<ProxyId, ProxyBallot> ProxyBallots(BallotId id, Func<ProxyId, VoterKey?> keyOf)
    {
        if (!Ballots.TryGetValue(id, out var ballot) || ballot is { Anonymous: true, Open: false }) return ImmutableDictionary<ProxyId, ProxyBallot>.Empty;
        return Proxies.Select(proxy => (proxy, Voter: keyOf(proxy))).Where(one => one.Voter is not null).ToImmutableDictionary(one => one.proxy, one =>
        {
            var mine = MyBallotOf(ballot, one.Voter!.Value);
            var voted = !mine.Dots.IsEmpty || mine.Votes is { IsEmpty: false };
            return ballot.Anonymous ? new ProxyBallot(mine.Left, voted) : new ProxyBallot(mine.Left, voted, mine.Dots, mine.Votes);
        });
    }
}

/// <summary>One proxy voter's ballot, for facilitators.</summary>
/// <param name="Dots">Absent in an anonymous ballot, as are the votes.</param>
public sealed record ProxyBallot(int Left, bool Voted, ImmutableDictionary<IdeaId, int>? Dots = null, ImmutableDictionary<IdeaId, Vote>? Votes = null);
