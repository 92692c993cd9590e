using LiveCoCreate.Grains.Opinions;
using static LiveCoCreate.Fast.Opinions.Rooms;

namespace LiveCoCreate.Fast.Opinions;

public sealed class OddRoomsTests
{
    [Fact]
    public void A_room_without_votes_has_no_opinions()
    {
        var matrix = new VoteMatrix();
        matrix.Add(Voter(0));
        matrix.Add(Statement(0));
        var result = Sound(matrix);
        Assert.Empty(result.People);
        Assert.Empty(result.Groups);
        Assert.Empty(Sound(new VoteMatrix()).Statements);
    }

    [Fact]
    public void One_person_stands_in_the_middle_and_in_no_group()
    {
        var matrix = OfMinds(1, people: 1, statements: 10, seed: 1);
        var result = Sound(matrix);
        Assert.Equal(default, Assert.Single(result.People).Position);
        Assert.Empty(result.Groups);
        Assert.Empty(result.Map);
    }

    [Fact]
    public void Where_all_say_the_same_there_is_consensus_and_there_are_no_groups()
    {
        var matrix = new VoteMatrix();
        for (var person = 0; person < 40; person++)
            for (var statement = 0; statement < 8; statement++) matrix.Set(Voter(person), Statement(statement), statement % 2 == 0 ? Stance.Agree : Stance.Disagree);
        var result = Sound(matrix);
        Assert.Empty(result.Groups);
        Assert.Equal([0, 2, 4, 6], result.Agreed.Select(each => int.Parse(each.Id.Value[1..], null)));
        Assert.Equal(4, result.Disagreed.Length);
        Assert.Equal(40, Assert.Single(result.Map).People);
    }

    [Fact]
    public void Where_everything_is_moderated_out_nobody_stands_anywhere()
    {
        var matrix = OfMinds(2, people: 30, statements: 10, seed: 2);
        for (var statement = 0; statement < 10; statement++) matrix.ModerateOut(Statement(statement));
        var result = Sound(matrix);
        Assert.All(result.People, person => Assert.Equal(default, person.Position));
        Assert.Empty(result.Groups);
        Assert.Empty(result.Agreed.Concat(result.Disagreed));
        Assert.Empty(NextStatement.Draw([.. result.Statements.Select(each => each.Priority)], new byte[10], 1, _ => 0.5));
    }

    [Fact]
    public void A_statement_nobody_voted_on_moves_nobody()
    {
        var with = OfMinds(2, people: 30, statements: 10, seed: 3);
        with.Add(Statement(10));
        var (result, without) = (Sound(with), Sound(OfMinds(2, people: 30, statements: 10, seed: 3)));
        Assert.Equal(without.People.Select(person => person.Position), result.People.Select(person => person.Position));
        Assert.Null(result.Of(Statement(10))!.GroupAware);
        Assert.True(result.Of(Statement(10))!.Priority > result.Statements[..10].Max(statement => statement.Priority) / 10);
    }

    [Fact]
    public void One_far_outlier_is_no_group()
    {
        var matrix = new VoteMatrix();
        for (var person = 0; person < 60; person++)
            for (var statement = 0; statement < 12; statement++) matrix.Set(Voter(person), Statement(statement), person == 0 || (person + statement) % 11 == 0 ? Stance.Disagree : Stance.Agree);
        Assert.Contains(OpinionRun.Compute(matrix.Snapshot(), null, OpinionSettings.Polis).Choices, choice => choice.People.Contains(1));
        Assert.All(Sound(matrix).Groups, group => Assert.True(group.People >= 5));
    }

    [Fact]
    public void Every_room_of_random_votes_is_sound_from_cold_and_live()
    {
        for (var seed = 0; seed < 120; seed++)
        {
            var dice = new Random(seed);
            var (people, statements, answered) = (dice.Next(1, seed % 10 == 0 ? 260 : 40), dice.Next(1, 30), dice.NextDouble());
            var matrix = new VoteMatrix();
            var state = OpinionState.Cold;
            for (var step = 0; step < 4; step++)
            {
                for (var vote = 0; vote < people * statements * answered / 3; vote++)
                {
                    var (voter, statement) = (Voter(dice.Next(people)), Statement(dice.Next(statements)));
                    matrix.Set(voter, statement, dice.Next(12) == 0 ? null : (Stance)dice.Next(-1, 2));
                }

                if (dice.Next(3) == 0) matrix.ModerateOut(Statement(dice.Next(statements)), dice.Next(3) > 0);
                if (dice.Next(4) == 0) matrix.Forget(Voter(dice.Next(people)));
                foreach (var settings in new[] { OpinionSettings.Live, OpinionSettings.Polis }) Sound(matrix, null, settings);
                Sound(matrix, state, afresh: true);
                state = Sound(matrix, state).State;
            }
        }
    }

    private static OpinionResult Sound(VoteMatrix matrix, OpinionState? previous = null, OpinionSettings? settings = null, bool afresh = false)
    {
        var votes = matrix.Snapshot();
        var result = OpinionRun.Compute(votes, previous, settings, afresh);
        // In the published method a representative statement may be one that hardly anybody of the group voted on.
        if (settings != OpinionSettings.Polis) AssertSound(votes, result, OpinionSettings.Live);
        else Assert.All(result.People, person => Assert.True(double.IsFinite(person.Position.X) && double.IsFinite(person.Position.Y)));
        return result;
    }
}
