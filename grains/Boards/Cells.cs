namespace LiveCoCreate.Grains.Boards;

/// <summary>Which groups' results may be told (PROTOCOL.md B4). It is not enough that each has five people: with the results of all beside them, what
/// is left when others are subtracted is told as well. A choice of groups is safe when the voters hold five sets of people, nobody in two of them,
/// each of which has everything in it that the groups tell apart (a basis of the same span). Whatever is added and subtracted, in any way, then
/// either says nothing or says something of somebody in each of the five: never of fewer than five people.</summary>
public static class Cells
{
    // Larger than any determinant of so few columns of noughts and ones: a rank modulo this prime is the rank.
    private const long Prime = 2_147_483_647;

    /// <param name="voters">Of each voter, which groups they are of: one bit a group.</param>
    /// <param name="families">Groups that are told together: the roles, or one question's answers. Earlier ones go first.</param>
    public static UInt128 Safe(IReadOnlyList<UInt128> voters, IEnumerable<IReadOnlyList<int>> families)
    {
        var told = UInt128.Zero;
        foreach (var family in families)
        {
            var sizes = family.Select(group => (Group: group, Size: voters.Count(voter => (voter & Bit(group)) != 0)))
                .Where(group => group.Size >= Limits.SmallestCell).OrderByDescending(group => group.Size).ThenBy(group => group.Group).ToList();
            // The smallest go until the others say nothing of few.
            while (sizes.Count > 0 && !AreSafe(voters, sizes.Aggregate(told, (all, group) => all | Bit(group.Group)))) sizes.RemoveAt(sizes.Count - 1);
            told = sizes.Aggregate(told, (all, group) => all | Bit(group.Group));
        }

        return told;
    }

    public static UInt128 Bit(int group) => UInt128.One << group;

    private static bool AreSafe(IReadOnlyList<UInt128> voters, UInt128 told)
    {
        var columns = Enumerable.Range(0, 128).Where(group => (told & Bit(group)) != 0).ToArray();
        // People who are of the same groups are one as good as the other.
        var alike = voters.CountBy(voter => voter & told).ToDictionary(one => one.Key, one => one.Value);
        var rank = Take(alike, columns, alike.Count, spend: false);
        for (var set = 0; set < Limits.SmallestCell; set++)
            if (Take(alike, columns, rank, spend: true) < rank) return false;
        return true;
    }

    /// <summary>Looks for people of different groups until there are so many that nothing is missing; the scarce are spared.</summary>
    private static int Take(Dictionary<UInt128, int> alike, int[] columns, int most, bool spend)
    {
        var basis = new List<(int Column, long[] Row)>();
        foreach (var (groups, _) in alike.Where(one => one.Value > 0).OrderByDescending(one => one.Value).ThenBy(one => one.Key).ToList())
        {
            if (basis.Count == most) break;
            // The results of all are told too: a column of ones.
            long[] row = [1, .. columns.Select(column => (groups & Bit(column)) != 0 ? 1L : 0L)];
            foreach (var (column, other) in basis)
                if (row[column] is var times and not 0)
                    for (var at = 0; at < row.Length; at++) row[at] = (row[at] + (Prime - times) * other[at]) % Prime;
            var lead = Array.FindIndex(row, value => value != 0);
            if (lead < 0) continue;
            var inverse = (long)System.Numerics.BigInteger.ModPow(row[lead], Prime - 2, Prime);
            basis.Add((lead, [.. row.Select(value => value * inverse % Prime)]));
            if (spend) alike[groups]--;
        }

        return basis.Count;
    }
}
