namespace LiveCoCreate.Grains.Opinions;

/// <summary>The two tests that Polis uses, with every count one higher than it is, so that few votes prove little and none divides by zero.
/// Both answer in standard deviations.</summary>
public static class Significance
{
    /// <summary>A higher figure is significant at 90 %, one-sided.</summary>
    public const double At90 = 1.2816;

    /// <summary>Whether <paramref name="successes"/> of <paramref name="trials"/> are more than half.</summary>
    public static double OfHalf(int successes, int trials) =>
        2 * Math.Sqrt(trials + 1) * ((successes + 1.0) / (trials + 1) - 0.5);

    /// <summary>Whether the first share is larger than the second.</summary>
    public static double OfDifference(int successes, int trials, int otherSuccesses, int otherTrials)
    {
        double s1 = successes + 1, n1 = trials + 1, s2 = otherSuccesses + 1, n2 = otherTrials + 1;
        var both = (s1 + s2) / (n1 + n2);
        return both >= 1 ? 0 : (s1 / n1 - s2 / n2) / Math.Sqrt(both * (1 - both) * (1 / n1 + 1 / n2));
    }
}
