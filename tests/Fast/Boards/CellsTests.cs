using System.Numerics;
using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Boards;

namespace LiveCoCreate.Fast.Boards;

/// <summary>Results by group say nothing of fewer than five people, whatever is added and subtracted.</summary>
public sealed class CellsTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 300)];

    /// <summary>Groups of these sizes, nobody in two; the last number is of no group.</summary>
    private static List<int> Told(params int[] sizes)
    {
        var voters = sizes.Index().SelectMany(size => Enumerable.Repeat(size.Index == sizes.Length - 1 ? UInt128.Zero : Cells.Bit(size.Index), size.Item)).ToList();
        var told = Cells.Safe(voters, [[.. Enumerable.Range(0, sizes.Length - 1)]]);
        return [.. Enumerable.Range(0, sizes.Length - 1).Where(group => (told & Cells.Bit(group)) != 0)];
    }

    [Fact]
    public void Groups_of_five_are_told() => Assert.Equal([0, 1, 2], Told(30, 5, 10, 0));

    [Fact]
    public void A_group_of_four_is_not_and_no_other_is_when_it_would_be_what_is_left() => Assert.Empty(Told(30, 4, 0));

    [Fact]
    public void Nor_when_it_is_those_who_did_not_say() => Assert.Equal([0], Told(30, 10, 3));

    [Fact]
    public void Of_three_a_second_one_goes_so_that_the_small_one_cannot_be_worked_out() => Assert.Equal([0], Told(30, 10, 3, 0));

    [Fact]
    public void Enough_who_did_not_say_hide_the_small_one() => Assert.Equal([0, 1], Told(30, 10, 3, 4));

    [Fact]
    public void All_of_one_group_is_what_all_said() => Assert.Equal([0], Told(6, 0));

    [Fact]
    public void A_question_gives_way_where_the_roles_beside_it_would_give_somebody_away()
    {
        // All teachers but one live here, and nobody else does: teachers less those who live here is one person.
        var voters = Enumerable.Range(0, 20).Select(n => (n < 8 ? Cells.Bit(0) : 0) | (n < 7 ? Cells.Bit(1) : 0)).ToList();
        Assert.Equal(Cells.Bit(0), Cells.Safe(voters, [[0], [1]]));
        Assert.Equal(Cells.Bit(1), Cells.Safe(voters, [[1], [0]]));
    }

    [Theory, MemberData(nameof(Seeds))]
    public void No_sum_and_no_difference_is_of_fewer_than_five(int seed)
    {
        var (voters, families) = Room(seed);
        var told = Cells.Safe(voters, families);
        Assert.True(Few(voters, told) is not { } few, $"seed {seed}: {told:b} of {string.Join(" ", voters)} tells of {Few(voters, told)} people");
    }

    [Fact]
    public void Somebody_is_told_something_and_a_rule_of_five_alone_would_give_people_away()
    {
        var rooms = Enumerable.Range(1, 300).Select(Room).ToList();
        Assert.Contains(rooms, room => UInt128.PopCount(Cells.Safe(room.Voters, room.Families)) > 1);
        Assert.Contains(rooms, room => Few(room.Voters, room.Families.SelectMany(family => family)
            .Where(group => room.Voters.Count(voter => (voter & Cells.Bit(group)) != 0) >= Limits.SmallestCell).Aggregate(UInt128.Zero, (all, group) => all | Cells.Bit(group))) is not null);
    }

    private static (List<UInt128> Voters, int[][] Families) Room(int seed)
    {
        var random = new Random(seed);
        int[][] families = random.Next(3) switch { 0 => [[0, 1]], 1 => [[0, 1, 2]], _ => [[0, 1], [2, 3]] };
        var voters = new List<UInt128>();
        for (var people = random.Next(5, 18); people > 0; people--)
        {
            var groups = UInt128.Zero;
            // Roles may be several; of a question's answers there is one, or none.
            foreach (var role in families[0])
                if (random.Next(2) == 0) groups |= Cells.Bit(role);
            if (families.Length > 1 && random.Next(5) > 0) groups |= Cells.Bit(families[1][random.Next(2)]);
            voters.Add(groups);
        }

        return (voters, families);
    }

    /// <summary>How few people something can be said of, if fewer than five: tried with each set of people, by whole numbers. What can be said of a set
    /// alone is lost when they are not looked at: the others span less.</summary>
    private static int? Few(List<UInt128> voters, UInt128 told)
    {
        var rows = voters.Select(voter => Enumerable.Range(0, 8).Where(group => (told & Cells.Bit(group)) != 0).Select(group => (voter & Cells.Bit(group)) != 0 ? BigInteger.One : 0).Prepend(1).ToArray()).ToList();
        if (told == 0) return null;
        var all = Rank(rows);
        for (var few = 1; few < Limits.SmallestCell; few++)
            if (Subsets(rows.Count, few).Any(some => Rank([.. rows.Where((_, at) => !some.Contains(at))]) < all)) return few;
        return null;
    }

    private static IEnumerable<HashSet<int>> Subsets(int of, int size) => size == 0 ? [[]]
        : Enumerable.Range(0, of).SelectMany(last => Subsets(last, size - 1).Select(some => some.Append(last).ToHashSet()));

    private static int Rank(List<BigInteger[]> rows)
    {
        var left = rows.ConvertAll(row => (BigInteger[])row.Clone());
        var rank = 0;
        for (var column = 0; left.Count > 0 && column < left[0].Length; column++)
        {
            var at = left.FindIndex(row => row[column] != 0);
            if (at < 0) continue;
            var pivot = left[at];
            left.RemoveAt(at);
            rank++;
            foreach (var row in left)
                if (row[column] is var times && times != 0)
                    for (var cell = row.Length - 1; cell >= 0; cell--) row[cell] = row[cell] * pivot[column] - pivot[cell] * times;
        }

        return rank;
    }
}
