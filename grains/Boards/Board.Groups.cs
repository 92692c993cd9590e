using System.Collections.Immutable;
using static LiveCoCreate.Grains.Boards.BoardCommand;
using static LiveCoCreate.Grains.Boards.BoardEvent;

namespace LiveCoCreate.Grains.Boards;

/// <summary>Results by role and by answer (PROTOCOL.md B4): added up when a ballot closes, and told when its counts are due.</summary>
public sealed partial record Board
{
    private static Decision<BoardEvent> DecideCloseBallot(Board board, CloseBallot close) =>
        !board.Ballots.TryGetValue(close.Ballot, out var closing) ? "ballot-missing" : closing.Open ? board.Closing(close.Ballot, close.Voters, close.ProxyKeys) : Nothing;

    private ImmutableArray<BoardEvent> Closing(BallotId id, ImmutableDictionary<VoterKey, Belonging>? voters, ImmutableHashSet<VoterKey> proxies) =>
        Grouped(Ballots[id], voters ?? ImmutableDictionary<VoterKey, Belonging>.Empty) is { IsEmpty: false } groups ? [ClosedBallot(id, proxies), new ResultsGrouped(id, groups)] : [ClosedBallot(id, proxies)];

    private ImmutableArray<GroupResult> Grouped(Ballot ballot, ImmutableDictionary<VoterKey, Belonging> known)
    {
        var voters = ballot.WhoVoted.OrderBy(voter => voter.Value, StringComparer.Ordinal).ToList();
        var groups = voters.Where(known.ContainsKey).SelectMany(voter => GroupsOf(known[voter])).Distinct()
            .OrderBy(group => group.Question ?? "", StringComparer.Ordinal).ThenBy(group => group.Title, StringComparer.Ordinal).ToList();
        if (groups.Count is 0 or > 127) return [];
        // Who gave no answer, and who is not known here, is of no group; what is left of all is judged with them in it.
        var masks = voters.ConvertAll(voter => known.TryGetValue(voter, out var who)
            ? GroupsOf(who).Aggregate(UInt128.Zero, (mask, group) => mask | Cells.Bit(groups.IndexOf(group))) : UInt128.Zero);
        var told = Cells.Safe(masks, groups.Index().GroupBy(group => group.Item.Question, group => group.Index).Select(family => family.ToList()));
        var ideas = IdeasSeenBy(Audience.Participants);
        return
        [
            .. groups.Index().Where(group => (told & Cells.Bit(group.Index)) != 0)
                .Select(group => ResultOf(group.Item, ballot.Of([.. voters.Where((_, at) => (masks[at] & Cells.Bit(group.Index)) != 0)]), ideas)),
        ];
    }

    private static GroupResult ResultOf((string? Question, string Title) group, Ballot part, ImmutableDictionary<IdeaId, IdeaView> ideas) => part.Method is Methods.Dots
        ? new GroupResult(group.Question, group.Title, part.HaveVoted, Dots: Tally(part, ideas))
        // A reason is somebody's own words: which group it came from is nobody's business.
        : new GroupResult(group.Question, group.Title, part.HaveVoted, Counts: Counted(part, ideas).ToImmutableDictionary(idea => idea.Key, idea => idea.Value with { Reasons = null }));

    private static IEnumerable<(string? Question, string Title)> GroupsOf(Belonging who) =>
        who.Roles.Distinct().Select(role => ((string?)null, role)).Concat(who.Answers.Select(answer => ((string?)answer.Key, answer.Value)));

    /// <summary>What groups said, as far as this audience sees the ideas now; nothing before the counts are due.</summary>
    public ImmutableArray<GroupResult> GroupsSeenBy(Audience audience, BallotId id)
    {
        if (!Ballots.TryGetValue(id, out var ballot) || !ballot.CountsAreDue || ballot.ByGroup.IsDefaultOrEmpty) return [];
        var ideas = IdeasSeenBy(audience);
        return [.. ballot.ByGroup.Select(group => group with { Dots = Seen(group.Dots), Counts = Seen(group.Counts) })];

        // What was merged since is told within another, whose own numbers stay as they were.
        ImmutableDictionary<IdeaId, T>? Seen<T>(ImmutableDictionary<IdeaId, T>? results) =>
            results?.RemoveRange(results.Keys.Where(idea => !ideas.TryGetValue(idea, out var view) || view.Into is not null));
    }
}

public sealed partial record Ballot
{
    /// <summary>Who may vote; null: everybody.</summary>
    public Electorate? For { get; init; }

    /// <summary>Whether each vote may say how sure it is.</summary>
    public bool Certainty { get; init; }

    /// <summary>What groups said; default where that was not added up.</summary>
    public ImmutableArray<GroupResult> ByGroup { get; init; } = [];

    [System.Text.Json.Serialization.JsonIgnore]
    internal IEnumerable<VoterKey> WhoVoted => Method is Methods.Dots ? Voters.Keys : VotesOf.Keys;

    internal bool HasVoted(VoterKey voter) => Method is Methods.Dots ? Voters.ContainsKey(voter) : VotesOf.ContainsKey(voter);

    /// <summary>The same ballot as if only these had voted.</summary>
    internal Ballot Of(HashSet<VoterKey> some)
    {
        var part = this with
        {
            Dots = ImmutableDictionary<IdeaId, ImmutableDictionary<VoterKey, int>>.Empty,
            Voters = ImmutableDictionary<VoterKey, VoterDots>.Empty,
            Tallies = ImmutableDictionary<IdeaId, int>.Empty,
            Votes = ImmutableDictionary<IdeaId, ImmutableDictionary<VoterKey, Vote>>.Empty,
            VotesOf = ImmutableDictionary<VoterKey, ImmutableDictionary<IdeaId, Vote>>.Empty,
            Counted = ImmutableDictionary<IdeaId, Count>.Empty,
        };
        foreach (var voter in some)
        {
            foreach (var (idea, dots) in Voters.GetValueOrDefault(voter, VoterDots.None).On) part = part.With(voter, idea, dots);
            foreach (var (idea, vote) in VotesOf.GetValueOrDefault(voter, ImmutableDictionary<IdeaId, Vote>.Empty)) part = part.With(voter, idea, vote);
        }

        return part;
    }
}
