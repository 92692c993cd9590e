using System.Collections.Immutable;

namespace LiveCoCreate.Grains.Opinions;

/// <summary>What sets a group apart, and what all have in common.</summary>
public static class Representation
{
    public static GroupOpinion Compare(Tally group, Tally others, bool isShown) => new(
        group,
        group.AgreeShare / others.AgreeShare,
        Significance.OfDifference(group.Agrees, group.Votes, others.Agrees, others.Votes),
        group.DisagreeShare / others.DisagreeShare,
        Significance.OfDifference(group.Disagrees, group.Votes, others.Disagrees, others.Votes),
        isShown);

    /// <summary>Whose numbers on one statement may be told: groups of which enough people voted, unless the votes that are left over when these are taken from all votes
    /// are so few that they would be told as well; then the smallest of the others is left out too.</summary>
    public static bool[] Shown(Tally all, ReadOnlySpan<Tally> groups, int least)
    {
        var shown = new bool[groups.Length];
        var rest = all.Votes;
        for (var group = 0; group < groups.Length; group++)
            if (groups[group].Votes >= least || groups[group].Votes == 0) (shown[group], rest) = (true, rest - groups[group].Votes);
        while (rest > 0 && rest < least)
        {
            var smallest = -1;
            for (var group = 0; group < groups.Length; group++)
                if (shown[group] && groups[group].Votes > 0 && (smallest < 0 || groups[group].Votes < groups[smallest].Votes)) smallest = group;
            if (smallest < 0) break;
            (shown[smallest], rest) = (false, rest + groups[smallest].Votes);
        }

        return shown;
    }

    /// <summary>The few statements that speak for one group.</summary>
    public static ImmutableArray<RepresentativeStatement> Of(int group, IEnumerable<StatementOpinion> statements, OpinionSettings settings)
    {
        var candidates = new List<StatementOpinion>();
        StatementOpinion? bestAgreed = null, surest = null;
        foreach (var statement in statements)
        {
            var opinion = statement.Groups[group];
            if (statement.IsOut || (settings.MinimumShown > 1 && (!opinion.IsShown || opinion.Tally.Votes == 0))) continue;
            if (IsSignificant(opinion)) candidates.Add(statement);
            if (surest is null || Surest(opinion) > Surest(surest.Groups[group])) surest = statement;
            if (IsBetterAgreed(opinion, bestAgreed?.Groups[group])) bestAgreed = statement;
        }

        if (candidates.Count == 0)
            return (bestAgreed ?? surest) is { } only && only.Groups[group].Tally.Votes > 0 ? [Finish(only, group, only == bestAgreed, settings)] : [];

        var chosen = candidates.Where(candidate => candidate != bestAgreed)
            .Select(candidate => Finish(candidate, group, isBestAgreed: false, settings))
            .OrderByDescending(each => each.Ratio * each.RatioZ * each.Share * each.ShareZ);
        return [.. (bestAgreed is null ? [] : new[] { Finish(bestAgreed, group, isBestAgreed: true, settings) })
            .Concat(chosen).Take(settings.ListLength).OrderBy(each => !each.Agrees)];
    }

    public static ImmutableArray<ConsensusStatement> Consensus(IEnumerable<StatementOpinion> statements, bool agreed, OpinionSettings settings) =>
    [
        .. statements.Where(each => !each.IsOut && each.Tally.Votes >= settings.MinimumShown)
            .Select(each => agreed
                ? new ConsensusStatement(each.Id, each.Tally.Agrees, each.Tally.Votes, each.Tally.AgreeShare, each.Tally.AgreeZ)
                : new ConsensusStatement(each.Id, each.Tally.Disagrees, each.Tally.Votes, each.Tally.DisagreeShare, each.Tally.DisagreeZ))
            .Where(each => each.Share > 0.5 && each.Z > Significance.At90)
            .OrderByDescending(each => each.Share * each.Z)
            .Take(settings.ListLength),
    ];

    private static bool IsSignificant(GroupOpinion opinion) =>
        (opinion.AgreeZ > Significance.At90 && opinion.Tally.AgreeZ > Significance.At90) ||
        (opinion.DisagreeZ > Significance.At90 && opinion.Tally.DisagreeZ > Significance.At90);

    private static double Surest(GroupOpinion opinion) => Math.Max(opinion.AgreeZ, opinion.DisagreeZ);

    /// <summary>Goes through the statements in their order and keeps the better one, as Polis does: while the one at hand is agreed on more than elsewhere, another must be
    /// more representative; otherwise it must be agreed on more.</summary>
    private static bool IsBetterAgreed(GroupOpinion opinion, GroupOpinion? best)
    {
        var tally = opinion.Tally;
        if (tally.Agrees == 0 && tally.Disagrees == 0) return false;
        return best switch
        {
            null => tally.AgreeZ > Significance.At90 || (opinion.AgreeRatio > 1 && tally.AgreeShare > 0.5),
            { AgreeRatio: > 1 } => Representing(opinion) > Representing(best),
            _ => Agreeing(opinion) > Agreeing(best),
        };

        static double Agreeing(GroupOpinion of) => of.Tally.AgreeShare * of.Tally.AgreeZ;
        static double Representing(GroupOpinion of) => of.AgreeRatio * of.AgreeZ * Agreeing(of);
    }

    private static RepresentativeStatement Finish(StatementOpinion statement, int group, bool isBestAgreed, OpinionSettings settings)
    {
        var opinion = statement.Groups[group];
        var tally = opinion.Tally;
        return opinion.AgreeZ > opinion.DisagreeZ || (isBestAgreed && settings.BestAgreedIsAgreed)
            ? new(statement.Id, true, tally.Agrees, tally.Votes, tally.AgreeShare, tally.AgreeZ, opinion.AgreeRatio, opinion.AgreeZ, isBestAgreed)
            : new(statement.Id, false, tally.Disagrees, tally.Votes, tally.DisagreeShare, tally.DisagreeZ, opinion.DisagreeRatio, opinion.DisagreeZ, isBestAgreed);
    }
}
