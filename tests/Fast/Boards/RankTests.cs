using LiveCoCreate.Grains;

namespace LiveCoCreate.Fast.Boards;

public sealed class RankTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 50)];

    [Theory, MemberData(nameof(Seeds))]
    public void Between_is_strictly_between(int seed)
    {
        var random = new Random(seed);
        var ranks = new List<string>();
        for (var step = 0; step < 200; step++)
        {
            var at = random.Next(ranks.Count + 1);
            var rank = Rank.Between(at == 0 ? null : ranks[at - 1], at == ranks.Count ? null : ranks[at]);
            ranks.Insert(at, rank);
            Assert.True(at == 0 || string.CompareOrdinal(ranks[at - 1], rank) < 0, $"seed {seed}, step {step}: {rank} is not behind the one before");
            Assert.True(at == ranks.Count - 1 || string.CompareOrdinal(rank, ranks[at + 1]) < 0, $"seed {seed}, step {step}: {rank} is not before the one behind");
        }
    }

    [Fact]
    public void What_is_appended_stands_behind_all_that_came_before()
    {
        var ranks = new[] { 1L, 2, 61, 62, 63, 3843, 3844, 238_327, 238_328, 1_000_000, 56_800_235_583 }
            .SelectMany(version => Enumerable.Range(0, Limits.LanesPerBoard * 4).Select(index => Rank.Appended(version, index))).ToList();
        Assert.Equal(ranks.Order(StringComparer.Ordinal), ranks);
        Assert.Equal(ranks.Count, ranks.Distinct().Count());
    }

    [Theory, InlineData(true), InlineData(false)]
    public void A_thousand_insertions_at_one_spot_stay_in_order(bool atTheFront)
    {
        var (low, high) = (Rank.Appended(7), Rank.Appended(8));
        for (var i = 0; i < 1000; i++)
        {
            var rank = Rank.Between(low, high);
            Assert.True(string.CompareOrdinal(low, rank) < 0 && string.CompareOrdinal(rank, high) < 0, $"step {i}: {low} {rank} {high}");
            if (atTheFront) high = rank;
            else low = rank;
        }
    }

    [Fact]
    public void There_is_always_room_at_the_very_front()
    {
        var first = Rank.Appended(1);
        for (var i = 0; i < 1000; i++)
        {
            var before = Rank.Between(null, first);
            Assert.True(string.CompareOrdinal(before, first) < 0, $"step {i}: {before} {first}");
            first = before;
        }
    }

    [Fact]
    public void Nothing_is_between_what_is_in_the_wrong_order() => Assert.Throws<ArgumentException>(() => Rank.Between("b", "a"));
}
