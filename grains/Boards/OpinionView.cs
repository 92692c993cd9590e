using System.Collections.Immutable;
using System.Text.Json.Serialization;
using LiveCoCreate.Grains.Opinions;

namespace LiveCoCreate.Grains.Boards;

/// <summary>What a round of agreeing says of a room, the same for every audience that may know its counts (PROTOCOL.md O). Nothing in it stands for fewer than five people,
/// and nobody is named, by whatever key.</summary>
/// <param name="Version">The board's, whose votes it was computed from.</param>
/// <param name="Final">The round is over: it was computed from all its votes and from nothing else.</param>
/// <param name="People">Who voted.</param>
/// <param name="Placed">Of these, who voted on enough to be placed among the others.</param>
/// <param name="Map">Points of five people and more: x, y, how many, and their group; -1 where there are no groups.</param>
/// <param name="Groups">None, or two at least. A person's group is a place in this list.</param>
/// <param name="Together">What every group agrees on, or disagrees with; without groups the whole room. The surest first.</param>
/// <param name="Settled">The round is open and nobody has voted for a while: it was computed from all votes so far and from nothing else, as it will be once it is over.</param>
public sealed record OpinionView(
    BoardId Board, BallotId Ballot, long Version, bool Final, int People, int Placed,
    ImmutableArray<ImmutableArray<double>> Map, ImmutableArray<OpinionGroupView> Groups, ImmutableArray<SaidTogether> Together, bool Settled = false)
{
    private const int Decimals = 2;

    public static OpinionView Of(BoardId board, BallotId ballot, long version, bool final, OpinionResult result, OpinionSettings settings) => new(
        board, ballot, version, final, result.People.Length, result.Clustered,
        [.. result.Map.Select(point => ImmutableArray.Create(Round(point.Centre.X), Round(point.Centre.Y), point.People, point.Group ?? -1))],
        [.. result.Groups.Select(group => new OpinionGroupView(group.People, Round(group.Centre.X), Round(group.Centre.Y),
            [.. group.Representative.Select(each => new SaidByGroup(each.Id, each.Agrees, each.Said, each.Votes, Others(result, each)))]))],
        [.. AllTogether(result, agreed: true, settings), .. AllTogether(result, agreed: false, settings)]);

    /// <summary>Places are told with two digits: a map needs no more.</summary>
    internal static double Round(double number) => Math.Round(number, Decimals) + 0.0;

    /// <summary>What it speaks of, some of it more than once.</summary>
    [JsonIgnore]
    public IEnumerable<IdeaId> Ideas => Together.Select(each => each.Idea).Concat(Groups.SelectMany(group => group.Says).Select(each => each.Idea));

    /// <summary>The same without what may not be seen.</summary>
    public OpinionView Within(Func<IdeaId, bool> isSeen)
    {
        if (Ideas.All(isSeen)) return this;
        return this with
        {
            Together = [.. Together.Where(each => isSeen(each.Idea))],
            Groups = [.. Groups.Select(group => group with { Says = [.. group.Says.Where(each => isSeen(each.Idea))] })],
        };
    }

    private static IEnumerable<SaidTogether> AllTogether(OpinionResult result, bool agreed, OpinionSettings settings)
    {
        if (result.Groups.IsEmpty)
            return (agreed ? result.Agreed : result.Disagreed).Select(each => new SaidTogether(each.Id, agreed, each.Said, each.Votes, null));
        // A statement of which one group's numbers may not be told is none that we know all agree on.
        return (agreed ? result.ByGroupAwareAgreement() : result.ByGroupAwareDisagreement())
            .Where(each => each.IsShown && (agreed ? each.Tally.AgreeZ : each.Tally.DisagreeZ) > Significance.At90
                && each.Groups.All(group => group.Tally.Votes >= settings.MinimumShown && (agreed ? group.Tally.AgreeShare : group.Tally.DisagreeShare) > 0.5))
            .Take(settings.ListLength)
            .Select(each => new SaidTogether(each.Id, agreed, agreed ? each.Tally.Agrees : each.Tally.Disagrees, each.Tally.Votes,
                [.. each.Groups.Select(group => ImmutableArray.Create(agreed ? group.Tally.Agrees : group.Tally.Disagrees, group.Tally.Votes))]));
    }

    /// <summary>How many of the other groups said the same, where that may be told.</summary>
    private static ImmutableArray<int>? Others(OpinionResult result, RepresentativeStatement each)
    {
        var statement = result.Of(each.Id)!;
        if (!statement.IsShown) return null;
        var all = statement.Groups.Aggregate(default(Tally), (sum, group) => sum + group.Tally);
        return [(each.Agrees ? all.Agrees : all.Disagrees) - each.Said, all.Votes - each.Votes];
    }
}

/// <param name="X">Where it is on the map,</param>
/// <param name="Y">in the mean of its members.</param>
/// <param name="Says">What sets it apart, agreed before disagreed.</param>
public sealed record OpinionGroupView(int People, double X, double Y, ImmutableArray<SaidByGroup> Says);

/// <summary>What a group says more than the others.</summary>
/// <param name="Agrees">Whether it agrees or disagrees; all the numbers are of that.</param>
/// <param name="Said">How many of it said so,</param>
/// <param name="Votes">of those who voted on it.</param>
/// <param name="Others">The same two numbers of all other groups; absent where they would tell of fewer than five people.</param>
public sealed record SaidByGroup(IdeaId Idea, bool Agrees, int Said, int Votes, ImmutableArray<int>? Others);

/// <summary>What all say.</summary>
/// <param name="Groups">Of each group how many said so, of those who voted on it; absent without groups.</param>
public sealed record SaidTogether(IdeaId Idea, bool Agrees, int Said, int Votes, ImmutableArray<ImmutableArray<int>>? Groups);

/// <summary>What of a room's opinions is one person's own, and told to nobody else (PROTOCOL.md O5).</summary>
/// <param name="X">Where they stand on the map; absent before they voted, and once nobody can know it any more.</param>
/// <param name="Group">Their group, as a place in <see cref="OpinionView.Groups"/>; absent before they are placed.</param>
/// <param name="Next">Statements that they have said nothing to, in the order in which they are asked.</param>
public sealed record OpinionHere(BoardId Board, BallotId Ballot, double? X, double? Y, int? Group, ImmutableArray<IdeaId> Next)
{
    public bool Equals(OpinionHere? other) => other is not null && (Board, Ballot, X, Y, Group) == (other.Board, other.Ballot, other.X, other.Y, other.Group) && Next.SequenceEqual(other.Next);

    public override int GetHashCode() => HashCode.Combine(Ballot, X, Y, Group, Next.Length);
}
