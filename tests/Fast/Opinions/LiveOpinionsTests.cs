using LiveCoCreate.Grains.Opinions;
using static LiveCoCreate.Fast.Opinions.Rooms;

namespace LiveCoCreate.Fast.Opinions;

public sealed class LiveOpinionsTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void People_of_one_mind_are_one_group(int minds)
    {
        var result = OpinionRun.Compute(OfMinds(minds, people: 90, statements: 24, seed: 5).Snapshot());
        Assert.Equal(minds, result.Groups.Length);
        Assert.True(AdjustedRand.Index(result.People.Select((person, at) => (person.Group, at % minds))) > 0.9);
    }

    [Fact]
    public void The_same_votes_and_the_same_past_give_the_same_result()
    {
        var votes = OfMinds(3, people: 150, statements: 30, seed: 6, answered: 0.5).Snapshot();
        var (one, other) = (OpinionRun.Compute(votes), OpinionRun.Compute(votes));
        Assert.Equal(one.People.AsEnumerable(), other.People.AsEnumerable());
        var (next, again) = (OpinionRun.Compute(votes, one.State), OpinionRun.Compute(votes, one.State));
        Assert.Equal(next.People.AsEnumerable(), again.People.AsEnumerable());
    }

    [Fact]
    public void Once_in_always_in()
    {
        var matrix = OfMinds(2, people: 40, statements: 10, seed: 8);
        var state = OpinionRun.Compute(matrix.Snapshot()).State;
        for (var statement = 1; statement < 10; statement++) matrix.Set(Voter(5), Statement(statement), null);
        Assert.False(OpinionRun.Compute(matrix.Snapshot()).Of(Voter(5))!.IsClustered);
        Assert.True(OpinionRun.Compute(matrix.Snapshot(), state).Of(Voter(5))!.IsClustered);
    }

    [Fact]
    public void Another_number_of_groups_is_shown_when_it_was_best_four_times_in_a_row()
    {
        var settings = OpinionSettings.Live;
        var two = OpinionRun.Compute(OfMinds(2, people: 90, statements: 24, seed: 9).Snapshot());
        Assert.Equal(2, two.Groups.Length);
        var votes = OfMinds(3, people: 90, statements: 24, seed: 9).Snapshot();
        // Only the past number: where people stood tells nothing of the other opinions they now have.
        var state = OpinionState.Cold with { Shown = 2, Leader = 2, Streak = 9 };
        var shown = new List<int>();
        for (var time = 0; time < 5; time++)
        {
            var result = OpinionRun.Compute(votes, state, settings);
            shown.Add(result.Groups.Length);
            state = result.State;
        }

        Assert.Equal([2, 2, 2, 3, 3], shown);
    }

    [Fact]
    public void The_map_does_not_turn_over_and_groups_keep_their_places_from_vote_to_vote()
    {
        var matrix = OfMinds(2, people: 120, statements: 20, seed: 10, answered: 0.6);
        var before = OpinionRun.Compute(matrix.Snapshot());
        var dice = new Random(11);
        for (var step = 0; step < 30; step++)
        {
            for (var vote = 0; vote < 10; vote++) matrix.Set(Voter(dice.Next(120)), Statement(dice.Next(20)), (Stance)dice.Next(-1, 2));
            var after = OpinionRun.Compute(matrix.Snapshot(), before.State);
            Assert.True(after.Statements.Zip(before.Statements).Sum(pair => pair.First.Loading.X * pair.Second.Loading.X) > 0.9);
            Assert.True(after.People.Zip(before.People).Count(pair => pair.First.Group == pair.Second.Group) > 100);
            Assert.True(after.Bases.IntersectBy(before.Bases.Select(cluster => cluster.Id), cluster => cluster.Id).Count() > 80);
            before = after;
        }
    }

    [Fact]
    public void Axes_that_start_from_those_of_before_are_the_axes_found_from_nothing()
    {
        var matrix = OfMinds(3, people: 200, statements: 30, seed: 12, answered: 0.5);
        var state = OpinionRun.Compute(matrix.Snapshot()).State;
        for (var person = 0; person < 40; person++) matrix.Set(Voter(person), Statement(person % 30), Stance.Pass);
        var (cold, warm) = (OpinionRun.Compute(matrix.Snapshot()), OpinionRun.Compute(matrix.Snapshot(), state));
        Assert.True(warm.Rounds < cold.Rounds, $"{warm.Rounds} and {cold.Rounds}");
        foreach (var (one, other) in cold.Statements.Zip(warm.Statements))
        {
            Assert.Equal(Math.Abs(one.Loading.X), Math.Abs(other.Loading.X), 1e-4);
            Assert.Equal(Math.Abs(one.Loading.Y), Math.Abs(other.Loading.Y), 1e-4);
        }
    }

    [Fact]
    public void Ones_own_place_follows_each_vote_and_is_the_one_the_next_computation_finds()
    {
        var matrix = OfMinds(2, people: 60, statements: 20, seed: 13, answered: 0.7);
        var result = OpinionRun.Compute(matrix.Snapshot());
        for (var person = 0; person < 60; person++)
        {
            var place = result.PositionOf([.. result.Statements.Select(statement => VoteMatrix.Cell(matrix.Get(Voter(person), statement.Id)))]);
            Assert.Equal(result.Of(Voter(person))!.Position.X, place.X, 1e-9);
            Assert.Equal(result.Of(Voter(person))!.Position.Y, place.Y, 1e-9);
        }
    }

    [Fact]
    public void A_computation_that_is_cancelled_ends()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        var votes = OfMinds(2, people: 60, statements: 20, seed: 14).Snapshot();
        Assert.ThrowsAny<OperationCanceledException>(() => OpinionRun.Compute(votes, cancelled: cancelled.Token));
    }

    [Theory]
    [InlineData("12 9", 30, "told told")]
    [InlineData("12 4", 30, "told untold")]
    // The four who are left over would be told by taking away the others.
    [InlineData("12 9 4", 25, "told untold untold")]
    [InlineData("12 9", 24, "told untold")]
    [InlineData("12 0", 12, "told told")]
    [InlineData("4 3", 7, "untold untold")]
    public void Numbers_of_few_are_not_told_nor_can_they_be_reckoned(string votes, int all, string told)
    {
        var groups = votes.Split(' ').Select(count => new Tally(int.Parse(count, null), 0, 0)).ToArray();
        Assert.Equal(told, string.Join(' ', Representation.Shown(new Tally(all, 0, 0), groups, 5).Select(shown => shown ? "told" : "untold")));
    }

    [Fact]
    public void The_draw_follows_the_weights_and_never_shows_what_was_answered()
    {
        var matrix = OfMinds(2, people: 40, statements: 6, seed: 15);
        matrix.Add(Statement(6));
        for (var statement = 0; statement < 3; statement++) matrix.Set(Voter(99), Statement(statement), Stance.Pass);
        matrix.ModerateOut(Statement(3));
        var result = OpinionRun.Compute(matrix.Snapshot());
        double[] weights = [.. result.Statements.Select(each => each.Priority)];
        byte[] said = [.. result.Statements.Select(each => VoteMatrix.Cell(matrix.Get(Voter(99), each.Id)))];
        var drawn = Enumerable.Range(0, 1000).Select(at => Assert.Single(NextStatement.Draw(weights, said, 1, _ => at / 1000.0))).CountBy(place => place).ToDictionary();
        Assert.Equal([4, 5, 6], drawn.Keys.Order());
        Assert.All(drawn, each => Assert.Equal(weights[each.Key] / (weights[4] + weights[5] + weights[6]), each.Value / 1000.0, 0.002));
    }

    [Fact]
    public void A_few_are_drawn_one_after_another_none_twice_and_fewer_where_fewer_are_left()
    {
        double[] weights = [1, 2, 0, 3, 4];
        byte[] said = [0, VoteMatrix.Cell(Stance.Agree), 0, 0, 0];
        // Of 1, 3 and 4 the middle one, then of 1 and 4 the last.
        Assert.Equal([3, 4], Drawn(2, draw => draw == 0 ? 0.2 : 0.9));
        Assert.Equal([0, 3, 4], Drawn(5, _ => 0));

        int[] Drawn(int most, Func<int, double> roll) => [.. NextStatement.Draw(weights, said, most, roll)];
    }

    [Fact]
    public void A_new_statement_comes_before_one_that_most_people_pass()
    {
        Assert.Equal(Math.Pow(0.5 * 0.5 * 9, 2), NextStatement.Priority(default, 0), 1e-12);
        Assert.True(NextStatement.Priority(default, 0) > 100 * NextStatement.Priority(new Tally(2, 2, 40), 1));
    }
}
