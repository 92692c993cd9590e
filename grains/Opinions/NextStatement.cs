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

    /// <summary>A few statements that somebody has said nothing to, drawn one after another, each more likely the more it weighs; what weighs nothing is not drawn.</summary>
    /// <param name="weights">One for each statement (<see cref="Priority"/>).</param>
    /// <param name="said">What they say to each, as cells of a <see cref="VoteMatrix"/>.</param>
    /// <param name="roll">The caller's dice: from 0 to just below 1, for the first draw, the second and so on.</param>
    /// <returns>Places in <paramref name="weights"/>, the first drawn first.</returns>
    public static ImmutableArray<int> Draw(ReadOnlySpan<double> weights, ReadOnlySpan<byte> said, int most, Func<int, double> roll)
    {
        var places = weights.Length <= VoteMatrix.OnStack ? stackalloc int[weights.Length] : new int[weights.Length];
        var (open, sum) = (0, 0.0);
        for (var place = 0; place < weights.Length; place++)
        {
            if (said[place] != 0 || weights[place] <= 0) continue;
            places[open++] = place;
            sum += weights[place];
        }

        var drawn = ImmutableArray.CreateBuilder<int>(Math.Min(most, open));
        for (var left = places[..open]; drawn.Count < most && left.Length > 0; left = left[..^1])
        {
            var at = 0;
            for (var rest = roll(drawn.Count) * sum; at < left.Length - 1 && (rest -= weights[left[at]]) >= 0; at++) { }
            drawn.Add(left[at]);
            sum -= weights[left[at]];
            left[(at + 1)..].CopyTo(left[at..]);
        }

        return drawn.ToImmutable();
    }
}
