using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace LiveCoCreate.Grains.Boards;

[JsonDerivedType(typeof(ShowOnScreen), "show-on-screen")]
[JsonDerivedType(typeof(CastProxyVote), "cast-proxy-vote")]
[JsonDerivedType(typeof(LeaveScreen), "leave-screen")]
[JsonDerivedType(typeof(ListProxies), "list-proxies")]
public abstract partial record BoardCommand
{
    /// <summary>The keys of all proxy voters in the ballots that are open, filled in by the grain for what closes one: how many of them voted
    /// is known only as long as the secrets are.</summary>
    [JsonIgnore]
    public ImmutableHashSet<VoterKey> ProxyKeys { get; init; } = [];

    /// <param name="View">Absent: the screen goes its own course again.</param>
    /// <param name="Idea">Which one, where it is one idea.</param>
    public sealed record ShowOnScreen(ScreenView? View = null, IdeaId? Idea = null) : BoardCommand;

    /// <summary>The room has gone to another step.</summary>
    public sealed record LeaveScreen : BoardCommand;

    /// <summary>A facilitator votes for somebody without a phone, by the same rules as everybody.</summary>
    public sealed record CastProxyVote(ProxyId Proxy, BallotId Ballot, IdeaId Idea, int? Dots = null, Vote? Vote = null) : BoardCommand
    {
        /// <summary>As for <see cref="CastVote"/>: from the ballot's secret, never from the message.</summary>
        [JsonIgnore]
        public VoterKey? Voter { get; init; }
    }

    /// <summary>The workshop's proxy voters, as they are now.</summary>
    public sealed record ListProxies(ImmutableArray<ProxyId> Proxies) : BoardCommand;
}
