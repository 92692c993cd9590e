namespace LiveCoCreate.Measure;

/// <summary>How well found groups agree with true ones: adjusted Rand index (Hubert, Arabie 1985), normalised mutual information (arithmetic mean,
/// the V-measure of Rosenberg, Hirschberg 2007), purity.</summary>
internal readonly record struct ClusterScore(double Ari, double Nmi, double Purity)
{
    public static ClusterScore Of(IReadOnlyList<string> truth, IReadOnlyList<string> found)
    {
        double count = truth.Count;
        var (a, b, both) = (truth.CountBy(item => item).ToDictionary(), found.CountBy(item => item).ToDictionary(), truth.Zip(found).CountBy(item => item).ToDictionary());
        var (pairs, pairsA, pairsB) = (both.Values.Sum(Pairs), a.Values.Sum(Pairs), b.Values.Sum(Pairs));
        var (expected, most) = (pairsA * pairsB / Pairs(truth.Count), (pairsA + pairsB) / 2);
        var shared = both.Sum(cell => cell.Value / count * Math.Log(count * cell.Value / a[cell.Key.First] / b[cell.Key.Second]));
        var entropy = Entropy(a.Values) + Entropy(b.Values);
        return new(most == expected ? 1 : (pairs - expected) / (most - expected), entropy == 0 ? 1 : 2 * shared / entropy,
            both.GroupBy(cell => cell.Key.Second).Sum(group => group.Max(cell => cell.Value)) / count);

        double Entropy(IEnumerable<int> sizes) => -sizes.Sum(size => size / count * Math.Log(size / count));
    }

    private static double Pairs(int size) => size * (size - 1.0) / 2;
}
