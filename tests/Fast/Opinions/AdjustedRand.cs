namespace LiveCoCreate.Fast.Opinions;

/// <summary>How well two divisions of the same people agree: 1 for the same, about 0 for two that have nothing to do with each other (Hubert and Arabie, 1985).</summary>
internal static class AdjustedRand
{
    public static double Index<TOne, TOther>(IEnumerable<(TOne One, TOther Other)> pairs)
    {
        var all = pairs.ToList();
        double both = all.GroupBy(pair => pair).Sum(Pairs), one = all.GroupBy(pair => pair.One).Sum(Pairs), other = all.GroupBy(pair => pair.Other).Sum(Pairs);
        var total = all.Count * (all.Count - 1.0) / 2;
        var expected = total == 0 ? 0 : one * other / total;
        var most = (one + other) / 2;
        return most == expected ? 1 : (both - expected) / (most - expected);

        static double Pairs<T>(IGrouping<T, (TOne, TOther)> group) => group.Count() * (group.Count() - 1.0) / 2;
    }
}
