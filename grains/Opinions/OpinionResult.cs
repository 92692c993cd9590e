using System.Collections.Immutable;

namespace LiveCoCreate.Grains.Opinions;

/// <summary>Everything that views show of the opinions of a room, computed from one snapshot. The method is that of Polis (Small, Bjorkegren, Erkkilä, Shaw, Megill:
/// "Polis: Scaling Deliberation by Mapping High Dimensional Opinion Spaces", 2021).</summary>
/// <remarks><see cref="People"/>, <see cref="Bases"/> and <see cref="State"/> say where single people stand: they are for the server alone, but for a person's own place. What all
/// may see is <see cref="Map"/>, <see cref="Groups"/>, the lists of consensus, and of a statement's groups those that are shown (<see cref="GroupOpinion.IsShown"/>).</remarks>
public sealed class OpinionResult
{
    public static readonly OpinionResult Nothing = new();

    /// <summary>The votes on all statements, those of people who are in no group too.</summary>
    public int Votes { get; init; }

    /// <summary>People who are clustered: the groups' members, where there are groups.</summary>
    public int Clustered { get; init; }

    /// <summary>Of all difference between votes, what each axis of the map explains: 0 to 1.</summary>
    public (double First, double Second) Explained { get; init; }

    /// <summary>In the order of the matrix, those without votes too.</summary>
    public ImmutableArray<StatementOpinion> Statements { get; init; } = [];

    /// <summary>Everybody with a vote, in the order of the matrix.</summary>
    public ImmutableArray<PersonOpinion> People { get; init; } = [];

    /// <summary>People who stand so close together that groups are looked for as if they were one.</summary>
    public ImmutableArray<BaseCluster> Bases { get; init; } = [];

    /// <summary>The map that all may see: points of at least <see cref="OpinionSettings.MinimumShown"/> people.</summary>
    public ImmutableArray<MapPoint> Map { get; init; } = [];

    /// <summary>None, or two at least. A group keeps its place from one live computation to the next, as long as their number stays; from cold the largest comes first.</summary>
    public ImmutableArray<OpinionGroup> Groups { get; init; } = [];

    /// <summary>What was compared to find the number of groups.</summary>
    public ImmutableArray<GroupChoice> Choices { get; init; } = [];

    /// <summary>What all people agree on, whatever their group; the surest first.</summary>
    public ImmutableArray<ConsensusStatement> Agreed { get; init; } = [];

    /// <summary>What all people disagree with.</summary>
    public ImmutableArray<ConsensusStatement> Disagreed { get; init; } = [];

    /// <summary>For the next computation.</summary>
    public OpinionState State { get; init; } = OpinionState.Cold;

    /// <summary>Rounds it took to find the axes.</summary>
    public int Rounds { get; init; }

    // Asked by many at once: each of these is found by whoever comes first, or by two, and put here whole.
    private Tuple<int, int>? _counted;
    private Dictionary<VoterKey, PersonOpinion>? _personOf;
    private Dictionary<IdeaId, StatementOpinion>? _statementOf;

    public StatementOpinion? Of(IdeaId statement) =>
        (_statementOf ??= Statements.ToDictionary(each => each.Id)).GetValueOrDefault(statement);

    public PersonOpinion? Of(VoterKey voter) =>
        (_personOf ??= People.ToDictionary(each => each.Voter)).GetValueOrDefault(voter);

    /// <summary>Where somebody stands who votes like this, on this map: a person's own place moves with each of their votes, without waiting for the next computation.</summary>
    /// <param name="said">What they say to each of <see cref="Statements"/>, as cells of a <see cref="VoteMatrix"/>.</param>
    public Point PositionOf(ReadOnlySpan<byte> said)
    {
        var (counted, outs) = _counted ??= Tuple.Create(Statements.Count(each => each.Tally.Votes > 0), Statements.Count(each => each is { IsOut: true, Tally.Votes: > 0 }));
        double x = 0, y = 0;
        var voted = outs;
        for (var at = 0; at < said.Length; at++)
        {
            if (said[at] == 0 || Statements[at] is not { IsOut: false, Tally.Votes: > 0 } statement) continue;
            voted++;
            x += (said[at] - 2 - statement.Centre) * statement.Loading.X;
            y += (said[at] - 2 - statement.Centre) * statement.Loading.Y;
        }

        var scale = Math.Sqrt((double)counted / Math.Max(1, voted));
        return new Point(x * scale, y * scale);
    }

    /// <summary>The statements by how much every group agrees, the most first: a statement that one group rejects is far down, however large the others are.</summary>
    public IEnumerable<StatementOpinion> ByGroupAwareAgreement() => Statements.Where(each => each.GroupAware is not null).OrderByDescending(each => each.GroupAware!.Value.Agree);

    public IEnumerable<StatementOpinion> ByGroupAwareDisagreement() => Statements.Where(each => each.GroupAware is not null).OrderByDescending(each => each.GroupAware!.Value.Disagree);
}

/// <summary>One statement.</summary>
/// <param name="IsOut">Moderated out: it stands in no list and moves nobody.</param>
/// <param name="Tally">Of all people.</param>
/// <param name="Centre">Mean of the votes, -1 to 1.</param>
/// <param name="Loading">Its entries in the two unit vectors of the map. Who agrees with it stands farther in this direction.</param>
/// <param name="Extremity">How far from the middle of the map somebody stands who agreed with this statement and voted on no other.</param>
/// <param name="Priority">Weight in the draw of what to show next (<see cref="NextStatement"/>).</param>
/// <param name="GroupAware">Products of the groups' shares of agreement, and of disagreement: 0 to 1. Null where there are no groups, where nobody voted on it and where it is moderated out. It lets a
/// group's share be reckoned from the others: tell the number only where <see cref="IsShown"/>; the order says less.</param>
/// <param name="Groups">One for each group.</param>
public sealed record StatementOpinion(
    IdeaId Id, bool IsOut, Tally Tally, double Centre, Point Loading, double Extremity, double Priority, (double Agree, double Disagree)? GroupAware, ImmutableArray<GroupOpinion> Groups)
{
    /// <summary>Whether the votes of every group may be told.</summary>
    public bool IsShown => Groups.All(group => group.IsShown);
}

/// <summary>What one group says to one statement, and how that differs from the other groups.</summary>
/// <param name="Tally">Of its members.</param>
/// <param name="AgreeRatio">Its share of agreement over that of all other groups: above 1 it agrees more.</param>
/// <param name="AgreeZ">How sure that is, in standard deviations (<see cref="Significance.OfDifference"/>).</param>
/// <param name="DisagreeRatio">The same of disagreement.</param>
/// <param name="IsShown">Whether its numbers may be told: there are enough votes, and those that are not told cannot be reckoned from the rest.</param>
public sealed record GroupOpinion(Tally Tally, double AgreeRatio, double AgreeZ, double DisagreeRatio, double DisagreeZ, bool IsShown);

/// <summary>One person. For the server and, of oneself, for that person.</summary>
/// <param name="Votes">How many, those on statements that were moderated out too.</param>
/// <param name="Base">The base cluster, by its number; null for who is not clustered yet.</param>
/// <param name="Group">The group, as a place in <see cref="OpinionResult.Groups"/>; null for who is not clustered yet, and where there are no groups.</param>
public sealed record PersonOpinion(VoterKey Voter, Point Position, int Votes, int? Base, int? Group)
{
    public bool IsClustered => Base is not null;
}

/// <param name="Id">Stays the same while people stay together.</param>
public sealed record BaseCluster(int Id, Point Centre, int People, int? Group);

/// <summary>A point of the public map: the mean of some people who stand close together.</summary>
public sealed record MapPoint(Point Centre, int People, int? Group);

/// <param name="Centre">Mean of its members' positions.</param>
/// <param name="Representative">What sets it apart from the others, agreed before disagreed.</param>
public sealed record OpinionGroup(int People, Point Centre, ImmutableArray<RepresentativeStatement> Representative);

/// <summary>A statement that a group agrees or disagrees with more than the others do.</summary>
/// <param name="Agrees">Whether it is for its agreement or its disagreement; all the numbers are of that.</param>
/// <param name="Said">How many of the group said so,</param>
/// <param name="Votes">of those who voted on it.</param>
/// <param name="Share">(Said + 1) / (Votes + 2).</param>
/// <param name="ShareZ">Whether that is more than half.</param>
/// <param name="Ratio">The share over that of the other groups,</param>
/// <param name="RatioZ">and how sure that is. Both say something of the others: tell them only where <see cref="StatementOpinion.IsShown"/>.</param>
/// <param name="IsBestAgreed">It is the one that this group agrees on most.</param>
public sealed record RepresentativeStatement(IdeaId Id, bool Agrees, int Said, int Votes, double Share, double ShareZ, double Ratio, double RatioZ, bool IsBestAgreed);

/// <summary>A statement that all agree on, or disagree with.</summary>
/// <param name="Said">How many said so,</param>
/// <param name="Votes">of those who voted on it.</param>
/// <param name="Share">(Said + 1) / (Votes + 2).</param>
/// <param name="Z">Whether that is more than half, in standard deviations.</param>
public sealed record ConsensusStatement(IdeaId Id, int Said, int Votes, double Share, double Z);

/// <summary>A number of groups that was tried.</summary>
/// <param name="People">In each of the groups that were large enough.</param>
/// <param name="Silhouette">How well they stand apart, -1 to 1; null where fewer than two are left.</param>
public sealed record GroupChoice(int K, ImmutableArray<int> People, double? Silhouette, bool IsShown);
