namespace LiveCoCreate.Rehearsal;

public enum ActKind
{
    Add,
    Vote,

    /// <summary>Nobody will vote on the statement any more: a rejected one is hidden now.</summary>
    LastVote,
}

/// <summary>One thing somebody does, at the time it was recorded.</summary>
public sealed record Act(long At, ActKind Kind, string Person, string Statement, int Dots = 0);

/// <summary>A recording as dots on ideas: agreeing is one dot; leaving agreement takes it back; all other votes move no dot.</summary>
public sealed class Script
{
    private Script(Recording recording, IReadOnlyList<Act> acts)
    {
        Recording = recording;
        Acts = acts;
        People = [.. recording.Statements.Select(statement => statement.Author).Concat(recording.Votes.Select(vote => vote.Voter)).Distinct()];
        Agreements = recording.Votes
            .GroupBy(vote => (vote.Statement, vote.Voter))
            .Where(votes => votes.Last().Agrees)
            .Select(votes => votes.Key)
            .ToHashSet();
        Tallies = recording.Statements.ToDictionary(statement => statement.Id, statement => Agreements.Count(agreement => agreement.Statement == statement.Id));
    }

    public Recording Recording { get; }

    /// <summary>In the order of time; of one time, statements before votes.</summary>
    public IReadOnlyList<Act> Acts { get; }

    public IReadOnlyList<string> People { get; }

    /// <summary>Whose last vote on what is agreement.</summary>
    public IReadOnlySet<(string Statement, string Voter)> Agreements { get; }

    /// <summary>How many people's last vote on each statement is agreement.</summary>
    public IReadOnlyDictionary<string, int> Tallies { get; }

    public static Script Of(Recording recording)
    {
        var adds = recording.Statements.Select(statement => new Act(statement.At, ActKind.Add, statement.Author, statement.Id));
        var lastVotes = recording.Statements.Select(statement => (statement.Id, statement.At))
            .Concat(recording.Votes.Select(vote => (Id: vote.Statement, vote.At)))
            .GroupBy(moment => moment.Id)
            .Select(moments => new Act(moments.Max(moment => moment.At), ActKind.LastVote, "", moments.Key));
        return new Script(recording, [.. adds.Concat(Dots(recording.Votes)).Concat(lastVotes).OrderBy(act => act.At).ThenBy(act => act.Kind)]);
    }

    private static List<Act> Dots(IEnumerable<Vote> votes)
    {
        var agreeing = new HashSet<(string, string)>();
        List<Act> acts = [];
        foreach (var vote in votes)
        {
            var who = (vote.Voter, vote.Statement);
            var isNews = vote.Agrees ? agreeing.Add(who) : agreeing.Remove(who);
            if (isNews) acts.Add(new Act(vote.At, ActKind.Vote, vote.Voter, vote.Statement, vote.Agrees ? 1 : 0));
        }

        return acts;
    }
}
