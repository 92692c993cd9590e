namespace LiveCoCreate.Grains.Opinions;

/// <summary>A snapshot without what nobody voted on, centred: for each row only the cells that hold a vote on a statement that counts. All others are 0 once the
/// empty ones are filled with their column's mean and the mean is taken away, and that is why products with it cost one step for each vote and not for each cell.</summary>
internal sealed class CountedVotes
{
    private CountedVotes(VoteSnapshot snapshot, int[] columns, double[] centre, bool[] isOut, int outs, int[] starts, int[] cells, double[] values, int[] votes)
    {
        (Snapshot, Columns, Centre, IsOut, Outs) = (snapshot, columns, centre, isOut, outs);
        (Starts, Cells, Values, VotesOf) = (starts, cells, values, votes);
    }

    public VoteSnapshot Snapshot { get; }

    /// <summary>The place of each column in the snapshot. Its length is the m of the formulas.</summary>
    public int[] Columns { get; }

    /// <summary>Mean of the votes of a column, -1 to 1; 0 where it is moderated out.</summary>
    public double[] Centre { get; }

    public bool[] IsOut { get; }

    /// <summary>How many columns are moderated out: these count as voted on by everybody.</summary>
    public int Outs { get; }

    /// <summary>Where a row's cells begin in <see cref="Cells"/> and <see cref="Values"/>; one more than there are rows.</summary>
    public int[] Starts { get; }

    /// <summary>The column of each vote that counts.</summary>
    public int[] Cells { get; }

    /// <summary>Vote less mean.</summary>
    public double[] Values { get; }

    /// <summary>Votes of each row, those on statements that are moderated out too.</summary>
    public int[] VotesOf { get; }

    public int Rows => VotesOf.Length;

    public static CountedVotes Of(VoteSnapshot snapshot)
    {
        var columns = Enumerable.Range(0, snapshot.Statements.Length).Where(column => snapshot.Tallies[column].Votes > 0).ToArray();
        var placeOf = new int[snapshot.Statements.Length];
        Array.Fill(placeOf, -1);
        var centre = new double[columns.Length];
        var isOut = new bool[columns.Length];
        for (var place = 0; place < columns.Length; place++)
        {
            var tally = snapshot.Tallies[columns[place]];
            isOut[place] = snapshot.IsOut[columns[place]];
            centre[place] = isOut[place] ? 0 : (double)(tally.Agrees - tally.Disagrees) / tally.Votes;
            placeOf[columns[place]] = place;
        }

        var total = columns.Where(column => !snapshot.IsOut[column]).Sum(column => snapshot.Tallies[column].Votes);
        var (starts, cells, values, votes) = (new int[snapshot.Voters.Length + 1], new int[total], new double[total], new int[snapshot.Voters.Length]);
        var at = 0;
        for (var row = 0; row < votes.Length; row++)
        {
            Background.Breathe();
            var stances = snapshot.Row(row);
            for (var column = 0; column < stances.Length; column++)
            {
                if (stances[column] == 0) continue;
                votes[row]++;
                if (snapshot.IsOut[column]) continue;
                var place = placeOf[column];
                (cells[at], values[at]) = (place, stances[column] - 2 - centre[place]);
                at++;
            }

            starts[row + 1] = at;
        }

        return new CountedVotes(snapshot, columns, centre, isOut, isOut.Count(each => each), starts, cells, values, votes);
    }

    /// <summary>Where a row stands, corrected for the statements it did not vote on.</summary>
    public Point PositionOf(int row, PrincipalComponents components)
    {
        double x = 0, y = 0;
        for (var at = Starts[row]; at < Starts[row + 1]; at++)
        {
            x += Values[at] * components.First[Cells[at]];
            y += Values[at] * components.Second[Cells[at]];
        }

        var scale = Math.Sqrt((double)Columns.Length / Math.Max(1, Starts[row + 1] - Starts[row] + Outs));
        return new Point(x * scale, y * scale);
    }
}
