using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Opinions;
using static LiveCoCreate.Fast.Opinions.Rooms;

namespace LiveCoCreate.Fast.Opinions;

public sealed class VoteMatrixTests
{
    private readonly VoteMatrix _matrix = new();

    [Fact]
    public void The_last_vote_of_a_person_on_a_statement_counts()
    {
        Assert.True(_matrix.Set(Voter(0), Statement(0), Stance.Agree));
        Assert.False(_matrix.Set(Voter(0), Statement(0), Stance.Agree));
        Assert.True(_matrix.Set(Voter(0), Statement(0), Stance.Pass));
        Assert.Equal(new Tally(0, 0, 1), _matrix.TallyOf(Statement(0)));
        Assert.Equal(Stance.Pass, _matrix.Get(Voter(0), Statement(0)));
    }

    [Fact]
    public void A_vote_that_is_taken_back_leaves_nothing()
    {
        _matrix.Set(Voter(0), Statement(0), Stance.Disagree);
        _matrix.Set(Voter(0), Statement(0), null);
        Assert.Equal(default, _matrix.TallyOf(Statement(0)));
        Assert.Empty(_matrix.VotesOf(Voter(0)));
        Assert.Empty(_matrix.Snapshot().Voters);
    }

    [Fact]
    public void A_snapshot_stays_as_it_was_while_people_go_on_voting()
    {
        var dice = new Random(7);
        var kept = new List<(VoteSnapshot Snapshot, Dictionary<(VoterKey, IdeaId), Stance> Votes)>();
        var votes = new Dictionary<(VoterKey, IdeaId), Stance>();
        for (var vote = 0; vote < 3000; vote++)
        {
            var (voter, statement, stance) = (Voter(dice.Next(20)), Statement(dice.Next(40)), (Stance)dice.Next(-1, 2));
            if (dice.Next(50) == 0)
            {
                _matrix.Forget(voter);
                foreach (var key in votes.Keys.Where(key => key.Item1 == voter).ToList()) votes.Remove(key);
            }
            else
            {
                _matrix.Set(voter, statement, stance);
                votes[(voter, statement)] = stance;
            }

            if (dice.Next(30) == 0) kept.Add((_matrix.Snapshot(), new(votes)));
        }

        foreach (var (snapshot, then) in kept)
        {
            var seen = new Dictionary<(VoterKey, IdeaId), Stance>();
            for (var row = 0; row < snapshot.Voters.Length; row++)
                for (var column = 0; column < snapshot.Statements.Length; column++)
                    if (snapshot[row, column] is { } stance) seen[(snapshot.Voters[row], snapshot.Statements[column])] = stance;
            Assert.Equal(then.OrderBy(each => each.Key.ToString()), seen.OrderBy(each => each.Key.ToString()));
            for (var column = 0; column < snapshot.Statements.Length; column++)
                Assert.Equal(then.Count(each => each.Key.Item2 == snapshot.Statements[column]), snapshot.Tallies[column].Votes);
        }
    }

    [Fact]
    public void Somebody_who_is_forgotten_is_in_no_count_and_in_no_result()
    {
        var matrix = OfMinds(2, people: 30, statements: 10, seed: 4);
        var state = OpinionRun.Compute(matrix.Snapshot()).State;
        matrix.Forget(Voter(3));
        var result = OpinionRun.Compute(matrix.Snapshot(), state);
        Assert.Equal(29, matrix.Voters);
        Assert.All(result.Statements, statement => Assert.Equal(29, statement.Tally.Votes));
        Assert.Null(result.Of(Voter(3)));
        Assert.DoesNotContain(Voter(3), result.State.People.Keys);
    }

    [Fact]
    public void A_number_that_is_no_stance_is_refused_and_changes_nothing()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => _matrix.Set(Voter(0), Statement(0), (Stance)2));
        Assert.Equal((0, 0), (_matrix.Voters, _matrix.Statements));
    }
}
