using System.Collections.Immutable;

namespace LiveCoCreate.Grains.Opinions;

/// <summary>One computation of a room's opinions from a snapshot of its votes. It reads nothing else: the same snapshot and the same previous state give the same result.</summary>
public static class OpinionRun
{
    private const double Exactly = 1e-9;
    private const double ForAMap = 1e-6;

    /// <param name="snapshot">The votes.</param>
    /// <param name="previous"><see cref="OpinionResult.State"/> of the computation before, in a live session; null computes from cold.</param>
    /// <param name="settings"><see cref="OpinionSettings.Live"/> unless said otherwise.</param>
    /// <param name="afresh">Everything is found as from cold; only how the map is turned and which group is which follow the one before.</param>
    /// <param name="cancelled">A computation that is cancelled throws, and has changed nothing.</param>
    public static OpinionResult Compute(
        VoteSnapshot snapshot, OpinionState? previous = null, OpinionSettings? settings = null, bool afresh = false, CancellationToken cancelled = default)
    {
        var known = previous ?? OpinionState.Cold;
        previous = afresh ? OpinionState.Cold : known;
        settings ??= OpinionSettings.Live;
        var votes = CountedVotes.Of(snapshot);
        var components = PrincipalComponents.Of(votes, Known(votes, previous), Known(votes, known), previous.Loadings.Count == 0 ? Exactly : ForAMap, cancelled);
        var positions = new Point[votes.Rows];
        for (var row = 0; row < positions.Length; row++) positions[row] = votes.PositionOf(row, components);

        var grouping = Grouping.Of(votes, positions, previous, settings, cancelled);
        var (choice, leader, streak) = Choose(grouping, previous, settings);
        var groupOf = Named(grouping, choice, known, snapshot);
        cancelled.ThrowIfCancellationRequested();

        var groupOfRow = new int?[votes.Rows];
        var baseOfRow = new int[votes.Rows];
        Array.Fill(baseOfRow, -1);
        for (var at = 0; at < grouping.Rows.Length; at++)
        {
            var cluster = grouping.Bases.Of[at];
            baseOfRow[grouping.Rows[at]] = cluster;
            groupOfRow[grouping.Rows[at]] = choice is null ? null : groupOf[cluster];
        }

        var groups = choice?.Kept.Count ?? 0;
        var statements = Statements(votes, components, groupOfRow, groups, settings);
        cancelled.ThrowIfCancellationRequested();
        ImmutableArray<BaseCluster> bases =
            [.. grouping.BaseIds.Select((id, cluster) => new BaseCluster(id, grouping.Bases.Centres[cluster], grouping.Sizes[cluster], choice is null ? null : groupOf[cluster]))];
        return new OpinionResult
        {
            Votes = votes.VotesOf.Sum(),
            Clustered = grouping.Rows.Length,
            Explained = (components.FirstShare, components.SecondShare),
            Rounds = components.RoundsTaken,
            Statements = statements,
            People = [.. snapshot.Voters.Select((voter, row) => new PersonOpinion(voter, positions[row], votes.VotesOf[row], baseOfRow[row] < 0 ? null : grouping.BaseIds[baseOfRow[row]], groupOfRow[row]))],
            Bases = bases,
            Map = PublicMap.Of(bases, settings.MinimumShown),
            Groups = [.. Enumerable.Range(0, groups).Select(group => Group(group, groupOfRow, positions, statements, settings))],
            Choices = [.. grouping.Candidates.Select(each => new GroupChoice(each.K, each.People, each.Silhouette, each == choice))],
            Agreed = Representation.Consensus(statements, agreed: true, settings),
            Disagreed = Representation.Consensus(statements, agreed: false, settings),
            State = new OpinionState(
                Standings(grouping, choice, groupOf, snapshot),
                statements.Where(each => each.Loading != default).ToDictionary(each => each.Id, each => each.Loading),
                choice?.K ?? 0, leader, streak),
        };
    }

    private static (double[], double[])? Known(CountedVotes votes, OpinionState previous)
    {
        if (previous.Loadings.Count == 0) return null;
        var (first, second) = (new double[votes.Columns.Length], new double[votes.Columns.Length]);
        for (var place = 0; place < first.Length; place++)
            (first[place], second[place]) = previous.Loadings.GetValueOrDefault(votes.Snapshot.Statements[votes.Columns[place]]);
        return (first, second);
    }

    /// <summary>The number of groups with the largest silhouette; live it must have been that a few times in a row, or the number that was shown is no division any more.</summary>
    private static (Grouping.Candidate? Choice, int Leader, int Streak) Choose(Grouping grouping, OpinionState previous, OpinionSettings settings)
    {
        var best = grouping.Candidates.Where(each => each.Silhouette is not null).MaxBy(each => each.Silhouette);
        if (best is null) return (null, 0, 0);
        var streak = best.K == previous.Leader ? previous.Streak + 1 : 1;
        var shown = grouping.Candidates.Find(each => each.K == previous.Shown && each.Silhouette is not null);
        return (shown is null || streak >= settings.WinsToChange ? best : shown, best.K, streak);
    }

    /// <summary>The group of each base cluster. Groups come in the order in which most of their members knew them, new ones last, the largest first.</summary>
    private static int[] Named(Grouping grouping, Grouping.Candidate? choice, OpinionState previous, VoteSnapshot snapshot)
    {
        if (choice is null) return [];
        var shared = new Dictionary<(int New, int Old), int>();
        for (var at = 0; at < grouping.Rows.Length; at++)
            if (previous.People.TryGetValue(snapshot.Voters[grouping.Rows[at]], out var standing) && standing.Group is { } old)
                shared[(choice.Kept.Of[grouping.Bases.Of[at]], old)] = shared.GetValueOrDefault((choice.Kept.Of[grouping.Bases.Of[at]], old)) + 1;

        var (nameOf, taken) = (new Dictionary<int, int>(), new HashSet<int>());
        foreach (var ((group, old), _) in shared.OrderByDescending(each => each.Value).ThenBy(each => each.Key))
            if (!nameOf.ContainsKey(group) && taken.Add(old)) nameOf[group] = old;
        var place = Enumerable.Range(0, choice.Kept.Count)
            .OrderBy(group => nameOf.GetValueOrDefault(group, int.MaxValue)).ThenByDescending(group => choice.People[group]).ThenBy(group => group)
            .Select((group, at) => (group, at)).ToDictionary(each => each.group, each => each.at);
        return [.. choice.Kept.Of.Select(group => place[group])];
    }

    private static ImmutableArray<StatementOpinion> Statements(CountedVotes votes, PrincipalComponents components, int?[] groupOfRow, int groups, OpinionSettings settings)
    {
        var snapshot = votes.Snapshot;
        var tallies = new Tally[snapshot.Statements.Length * groups];
        for (var row = 0; row < groupOfRow.Length; row++)
        {
            Background.Breathe();
            if (groupOfRow[row] is not { } group) continue;
            var stances = snapshot.Row(row);
            for (var column = 0; column < stances.Length; column++)
                if (stances[column] != 0) tallies[column * groups + group] = tallies[column * groups + group].With((Stance)(stances[column] - 2), 1);
        }

        var statements = ImmutableArray.CreateBuilder<StatementOpinion>(snapshot.Statements.Length);
        var place = 0;
        for (var column = 0; column < snapshot.Statements.Length; column++)
        {
            var (tally, isOut, centre, loading) = (snapshot.Tallies[column], snapshot.IsOut[column], 0.0, default(Point));
            if (tally.Votes > 0)
            {
                (centre, loading) = (votes.Centre[place], new Point(components.First[place], components.Second[place]));
                place++;
            }

            var extremity = Math.Sqrt(votes.Columns.Length) * (1 - centre) * loading.To(default);
            statements.Add(new StatementOpinion(
                snapshot.Statements[column], isOut, tally, centre, loading, extremity, isOut ? 0 : NextStatement.Priority(tally, extremity),
                isOut || groups == 0 || tally.Votes == 0 ? null : GroupAware(tallies.AsSpan(column * groups, groups)),
                GroupsOn(tally, tallies.AsSpan(column * groups, groups), settings)));
        }

        return statements.ToImmutable();
    }

    private static (double, double) GroupAware(ReadOnlySpan<Tally> groups)
    {
        var (agree, disagree) = (1.0, 1.0);
        foreach (var tally in groups) (agree, disagree) = (agree * tally.AgreeShare, disagree * tally.DisagreeShare);
        return (agree, disagree);
    }

    private static ImmutableArray<GroupOpinion> GroupsOn(Tally all, ReadOnlySpan<Tally> groups, OpinionSettings settings)
    {
        var clustered = default(Tally);
        foreach (var tally in groups) clustered += tally;
        var shown = Representation.Shown(all, groups, settings.MinimumShown);
        var opinions = ImmutableArray.CreateBuilder<GroupOpinion>(groups.Length);
        for (var group = 0; group < groups.Length; group++) opinions.Add(Representation.Compare(groups[group], clustered - groups[group], shown[group]));
        return opinions.MoveToImmutable();
    }

    private static OpinionGroup Group(int group, int?[] groupOfRow, Point[] positions, ImmutableArray<StatementOpinion> statements, OpinionSettings settings)
    {
        double x = 0, y = 0;
        var people = 0;
        for (var row = 0; row < positions.Length; row++)
            if (groupOfRow[row] == group) (x, y, people) = (x + positions[row].X, y + positions[row].Y, people + 1);
        return new OpinionGroup(people, new Point(x / people, y / people), Representation.Of(group, statements, settings));
    }

    private static Dictionary<VoterKey, Standing> Standings(Grouping grouping, Grouping.Candidate? choice, int[] groupOf, VoteSnapshot snapshot)
    {
        // People of one base cluster share one standing.
        var standings = new Standing[grouping.Bases.Count];
        for (var cluster = 0; cluster < standings.Length; cluster++)
            standings[cluster] = new Standing(grouping.BaseIds[cluster], choice is null ? null : groupOf[cluster], [.. grouping.Candidates.Select(each => each.Searched.Of[cluster])]);
        var people = new Dictionary<VoterKey, Standing>(grouping.Rows.Length);
        for (var at = 0; at < grouping.Rows.Length; at++) people[snapshot.Voters[grouping.Rows[at]]] = standings[grouping.Bases.Of[at]];
        return people;
    }
}
