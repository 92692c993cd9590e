using System.Collections.Immutable;

namespace LiveCoCreate.Grains.Opinions;

/// <summary>Which statement somebody is shown next: drawn at random, and more likely the one of which a vote says more. Statements that are new, that divide, or that many agree on
/// come sooner than those most people pass.</summary>
public static class NextStatement
{
    /// <summary>The weight of a statement in the draw.</summary>
    /// <param name="tally">The votes on it.</param>
    /// <param name="extremity">How far from the middle a vote on it alone puts somebody; 0 for a new one.</param>
    public static double Priority(Tally tally, double extremity)
    {
        var votes = tally.Votes;
        var passed = (tally.Passes + 1.0) / (votes + 2.0);
        var isNew = 1 + 8 * Math.Pow(2, -votes / 5.0);
        var weight = (1 - passed) * (extremity + 1) * tally.AgreeShare * isNew;
        return weight * weight;
    }

    /// <summary>A statement that this voter has said nothing to; null when there is none left.</summary>
    /// <param name="votes">As they are now.</param>
    /// <param name="latest">The latest computation.</param>
    /// <param name="roll">From 0 to just below 1; the caller's dice.</param>
    /// <param name="isFor">Says no to statements that are not for this person, such as their own.</param>
    public static IdeaId? Draw(VoteMatrix votes, OpinionResult latest, VoterKey voter, double roll, Func<IdeaId, bool>? isFor = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(roll);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(roll, 1);
        var open = votes.OpenTo(voter)
            .Where(statement => isFor is null || isFor(statement))
            .Select(statement => (statement, Weight: Priority(votes.TallyOf(statement), latest.Of(statement)?.Extremity ?? 0)))
            .ToList();
        if (open.Count == 0) return null;

        var left = roll * open.Sum(each => each.Weight);
        foreach (var (statement, weight) in open)
            if ((left -= weight) < 0) return statement;
        return open[^1].statement;
    }

    /// <summary>A few of these statements, drawn one after another, each more likely the more it weighs.</summary>
    /// <param name="roll">The caller's dice: from 0 to just below 1, for the first draw, the second and so on.</param>
    public static ImmutableArray<IdeaId> Draw(IEnumerable<(IdeaId Statement, double Weight)> open, int most, Func<int, double> roll)
    {
        var left = open.ToList();
        var drawn = ImmutableArray.CreateBuilder<IdeaId>();
        var sum = left.Sum(each => each.Weight);
        while (drawn.Count < most && left.Count > 0)
        {
            var at = 0;
            for (var rest = roll(drawn.Count) * sum; at < left.Count - 1 && (rest -= left[at].Weight) >= 0; at++) { }
            drawn.Add(left[at].Statement);
            sum -= left[at].Weight;
            left.RemoveAt(at);
        }

        return drawn.ToImmutable();
    }
}
