namespace LiveCoCreate.Load.Figures;

/// <summary>Shares of what was measured, by nearest rank: each is a value that really occurred.</summary>
internal static class Percentiles
{
    /// <summary>The value that this share of all is at most; 0 where nothing was measured.</summary>
    public static double At(IReadOnlyList<double> sorted, double share) =>
        sorted.Count == 0 ? 0 : sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Count) - 1, 0, sorted.Count - 1)];

    /// <summary>The middle value; between two, their mean.</summary>
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? 0 : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
