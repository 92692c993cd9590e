namespace LiveCoCreate.Rehearsal;

public enum ActKind
{
    Add,
    Vote,

    /// <summary>Nobody will vote on the statement any more: a rejected one is hidden now.</summary>
    LastVote,
}

/// <summary>One thing somebody does, at the time it was recorded.</summary>
/// <param name="Value">Of a vote: its dots, or what it says.</param>
public sealed record Act(long At, ActKind Kind, string Person, string Statement, int Value = 0);

/// <summary>A recording as votes on ideas. As dots agreeing is one; leaving agreement takes it back; all other votes move no dot.</summary>
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
        Said = recording.Votes.GroupBy(vote => (vote.Statement, vote.Voter)).ToDictionary(votes => votes.Key, votes => ValueOf(votes.Last()));
        SaidOf = Said.GroupBy(said => said.Key.Statement).ToDictionary(votes => votes.Key, votes => new[] { 1, 0, -1 }.Select(value => votes.Count(said => said.Value == value)).ToArray());
        Tallies = recording.Statements.ToDictionary(statement => statement.Id, statement => Agreements.Count(agreement => agreement.Statement == statement.Id));
    }

    public Recording Recording { get; }

    /// <summary>In the order of time; of one time, statements before votes.</summary>
    public IReadOnlyList<Act> Acts { get; }

    public IReadOnlyList<string> People { get; }

    /// <summary>Whose last vote on what is agreement.</summary>
    public IReadOnlySet<(string Statement, string Voter)> Agreements { get; }

    /// <summary>What people said last of each statement: 1 agree, 0 pass, -1 disagree.</summary>
    public IReadOnlyDictionary<(string Statement, string Voter), int> Said { get; }

    /// <summary>How many people's last vote on each statement is agreement, a pass and disagreement; a statement without votes is not in it.</summary>
    public IReadOnlyDictionary<string, int[]> SaidOf { get; }

    /// <summary>How many people's last vote on each statement is agreement.</summary>
    public IReadOnlyDictionary<string, int> Tallies { get; }

    public static Script Of(Recording recording, Method method = Method.Dots)
    {
        var adds = recording.Statements.Select(statement => new Act(statement.At, ActKind.Add, statement.Author, statement.Id));
        var lastVotes = recording.Statements.Select(statement => (statement.Id, statement.At))
            .Concat(recording.Votes.Select(vote => (Id: vote.Statement, vote.At)))
            .GroupBy(moment => moment.Id)
            .Select(moments => new Act(moments.Max(moment => moment.At), ActKind.LastVote, "", moments.Key));
        return new Script(recording, [.. adds.Concat(method is Method.Dots ? Dots(recording.Votes) : Says(recording.Votes)).Concat(lastVotes).OrderBy(act => act.At).ThenBy(act => act.Kind)]);
    }

    public static int ValueOf(Vote vote) => vote.Agrees ? 1 : vote.Passes ? 0 : -1;

    private static List<Act> Says(IEnumerable<Vote> votes)
    {
        var said = new Dictionary<(string, string), int>();
        List<Act> acts = [];
        foreach (var vote in votes)
        {
            var who = (vote.Voter, vote.Statement);
            if (said.TryGetValue(who, out var before) && before == ValueOf(vote)) continue;
            said[who] = ValueOf(vote);
            acts.Add(new Act(vote.At, ActKind.Vote, vote.Voter, vote.Statement, ValueOf(vote)));
        }

        return acts;
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
