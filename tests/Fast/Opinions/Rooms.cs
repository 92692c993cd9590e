using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Opinions;

namespace LiveCoCreate.Fast.Opinions;

/// <summary>Small rooms that are made up, and what holds of the opinions of every room.</summary>
internal static class Rooms
{
    public static VoterKey Voter(int n) => new($"v{n}");

    public static IdeaId Statement(int n) => new($"s{n}");

    /// <summary>People of some minds, of which each says the opposite of the one before to half of the statements; one vote in ten is another.</summary>
    public static VoteMatrix OfMinds(int minds, int people, int statements, int seed, double answered = 1)
    {
        var dice = new Random(seed);
        var matrix = new VoteMatrix();
        for (var person = 0; person < people; person++)
            for (var statement = 0; statement < statements; statement++)
            {
                if (dice.NextDouble() >= answered) continue;
                var agrees = statement % (minds + 1) == person % minds || statement % (minds + 1) == minds;
                if (dice.Next(10) == 0) agrees = !agrees;
                matrix.Set(Voter(person), Statement(statement), agrees ? Stance.Agree : Stance.Disagree);
            }

        return matrix;
    }

    /// <summary>What must be true whatever the votes are.</summary>
    public static void AssertSound(VoteSnapshot votes, OpinionResult result, OpinionSettings settings)
    {
        Assert.Equal(votes.Voters, result.People.Select(person => person.Voter));
        Assert.Equal(votes.Statements, result.Statements.Select(statement => statement.Id));
        Assert.Equal(result.Clustered, result.Bases.Sum(cluster => cluster.People));
        Assert.NotEqual(1, result.Groups.Length);
        Assert.All(result.People, person => AssertFinite(person.Position.X, person.Position.Y));
        Assert.All(result.People, person => Assert.True(person.Group is null || (person.IsClustered && person.Group < result.Groups.Length)));
        Assert.All(result.Bases, cluster => AssertFinite(cluster.Centre.X, cluster.Centre.Y));
        Assert.Equal(result.Bases.Length, result.Bases.DistinctBy(cluster => cluster.Id).Count());
        Assert.InRange(result.Bases.Length, 0, settings.BaseClusters);
        Assert.All(result.Map, point => AssertFinite(point.Centre.X, point.Centre.Y));
        Assert.All(result.Map, point => Assert.True(point.People >= settings.MinimumShown));
        Assert.All(result.Choices, choice => AssertFinite(choice.Silhouette ?? 0));
        AssertFinite(result.Explained.First, result.Explained.Second);
        foreach (var (group, place) in result.Groups.Select((group, place) => (group, place)))
        {
            AssertFinite(group.Centre.X, group.Centre.Y);
            Assert.True(group.People >= settings.MinimumGroup);
            Assert.Equal(group.People, result.People.Count(person => person.Group == place));
            Assert.InRange(group.Representative.Length, 0, settings.ListLength);
            Assert.All(group.Representative, each => AssertFinite(each.Share, each.ShareZ, each.Ratio, each.RatioZ));
            Assert.DoesNotContain(group.Representative, each => result.Of(each.Id)!.IsOut);
            Assert.All(group.Representative, each => Assert.True(each.Votes >= settings.MinimumShown && result.Of(each.Id)!.Groups[place].IsShown));
        }

        foreach (var statement in result.Statements)
        {
            AssertFinite(statement.Centre, statement.Loading.X, statement.Loading.Y, statement.Extremity, statement.Priority, statement.GroupAware?.Agree ?? 0, statement.GroupAware?.Disagree ?? 0);
            Assert.Equal(result.Groups.Length, statement.Groups.Length);
            Assert.All(statement.Groups, group => AssertFinite(group.AgreeRatio, group.AgreeZ, group.DisagreeRatio, group.DisagreeZ));
            // What is not told cannot be reckoned from what is.
            Assert.All(statement.Groups.Where(group => group.IsShown && group.Tally.Votes > 0), group => Assert.True(group.Tally.Votes >= settings.MinimumShown));
            var untold = statement.Tally.Votes - statement.Groups.Where(group => group.IsShown).Sum(group => group.Tally.Votes);
            Assert.True(untold == 0 || untold >= settings.MinimumShown || statement.Groups.All(group => !group.IsShown || group.Tally.Votes == 0));
        }

        Assert.DoesNotContain(result.Agreed.Concat(result.Disagreed), each => result.Of(each.Id)!.IsOut);
        Assert.Equal(result.Clustered, result.State.People.Count);
    }

    private static void AssertFinite(params double[] numbers) => Assert.All(numbers, number => Assert.True(double.IsFinite(number), $"{number}"));
}
