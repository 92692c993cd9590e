using System.Collections.Immutable;

namespace LiveCoCreate.Grains.Opinions;

/// <summary>Who says what to which statement: one row a voter, one column a statement, in the order in which they came. A vote costs one cell and two counts.
/// A snapshot shares the rows with the matrix; whoever votes next gets a copy of their row.</summary>
public sealed class VoteMatrix
{
    /// <summary>Rows of so many statements are small enough for the stack.</summary>
    internal const int OnStack = 512;

    private readonly Dictionary<VoterKey, Row> _rowOf = [];
    private readonly List<Row> _rows = [];
    private readonly Dictionary<IdeaId, int> _columnOf = [];
    private readonly List<IdeaId> _statements = [];
    private readonly List<bool> _isOut = [];
    private readonly List<Tally> _tallies = [];
    private int _snapshots;
    private int _gone;

    /// <summary>The votes of a room in an order that follows from them alone: from the same statements and the same votes the same is computed, whatever the voters are called and
    /// whenever they came. Voters are shuffled by what they say, since each search for groups starts from the first of them, who must not be those who say almost the same.</summary>
    /// <param name="statements">In their order.</param>
    /// <param name="votes">What each voter says, to these statements.</param>
    public static VoteMatrix Of(IReadOnlyList<IdeaId> statements, IEnumerable<KeyValuePair<VoterKey, IReadOnlyDictionary<IdeaId, Stance>>> votes)
    {
        var matrix = new VoteMatrix();
        foreach (var statement in statements) matrix.Add(statement);
        var rows = new List<(ulong Hash, byte[] Cells, VoterKey Voter)>();
        foreach (var (voter, said) in votes)
        {
            if (said.Count == 0) continue;
            var cells = new byte[statements.Count];
            foreach (var (statement, stance) in said) cells[matrix._columnOf[statement]] = Cell(stance);
            rows.Add((Hash(cells), cells, voter));
        }

        rows.Sort((one, other) => one.Hash != other.Hash ? one.Hash.CompareTo(other.Hash) : one.Cells.AsSpan().SequenceCompareTo(other.Cells));
        foreach (var (_, cells, voter) in rows)
            for (var column = 0; column < cells.Length; column++)
                if (cells[column] != 0) matrix.Set(voter, statements[column], (Stance)(cells[column] - 2));
        return matrix;
    }

    /// <summary>FNV-1a, and its bits mixed once more.</summary>
    private static ulong Hash(ReadOnlySpan<byte> cells)
    {
        var hash = 14695981039346656037UL;
        foreach (var cell in cells) hash = (hash ^ cell) * 1099511628211UL;
        hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccdUL;
        return hash ^ (hash >> 33);
    }

    public int Statements => _statements.Count;

    public int Voters => _rows.Count - _gone;

    /// <summary>What a cell holds: 0 where nothing was said.</summary>
    public static byte Cell(Stance? stance) => stance is { } said ? (byte)((int)said + 2) : (byte)0;

    /// <summary>Gives a statement its column before anybody voted on it. Again is nothing.</summary>
    public void Add(IdeaId statement) => ColumnOf(statement);

    /// <summary>Gives a voter their row before they vote. Again is nothing.</summary>
    public void Add(VoterKey voter) => RowOf(voter);

    /// <summary>What this voter says to this statement from now on; null takes it back. True if that is something new.</summary>
    public bool Set(VoterKey voter, IdeaId statement, Stance? stance)
    {
        if (stance is not (null or Stance.Agree or Stance.Disagree or Stance.Pass)) throw new ArgumentOutOfRangeException(nameof(stance), stance, "No such stance.");
        var column = ColumnOf(statement);
        var row = RowOf(voter);
        var before = row.At(column);
        if (before == stance) return false;

        row.Put(column, stance, _snapshots);
        if (before is { } old) _tallies[column] = _tallies[column].With(old, -1);
        if (stance is { } now) _tallies[column] = _tallies[column].With(now, 1);
        return true;
    }

    public Stance? Get(VoterKey voter, IdeaId statement) =>
        _rowOf.TryGetValue(voter, out var row) && _columnOf.TryGetValue(statement, out var column) ? row.At(column) : null;

    public Tally TallyOf(IdeaId statement) => _columnOf.TryGetValue(statement, out var column) ? _tallies[column] : default;

    /// <summary>All that one voter said, in the order of the statements.</summary>
    public IEnumerable<KeyValuePair<IdeaId, Stance>> VotesOf(VoterKey voter)
    {
        if (!_rowOf.TryGetValue(voter, out var row)) yield break;
        for (var column = 0; column < _statements.Count; column++)
            if (row.At(column) is { } stance) yield return new(_statements[column], stance);
    }

    /// <summary>A statement that is moderated out keeps its votes, but says nothing about anybody and stands in no list, until it is let in again.</summary>
    public void ModerateOut(IdeaId statement, bool isOut = true) => _isOut[ColumnOf(statement)] = isOut;

    /// <summary>Takes a voter out with all they said.</summary>
    public void Forget(VoterKey voter)
    {
        if (!_rowOf.Remove(voter, out var row)) return;
        for (var column = 0; column < _statements.Count; column++)
            if (row.At(column) is { } stance) _tallies[column] = _tallies[column].With(stance, -1);
        row.IsGone = true;
        _gone++;
        if (_gone * 2 <= _rows.Count) return;
        _rows.RemoveAll(each => each.IsGone);
        _gone = 0;
    }

    /// <summary>The votes as they are now, for a worker to compute from while more arrive.</summary>
    public VoteSnapshot Snapshot()
    {
        _snapshots++;
        var voters = ImmutableArray.CreateBuilder<VoterKey>(_rows.Count);
        var rows = new List<byte[]>(_rows.Count);
        foreach (var row in _rows)
        {
            if (row.IsGone || row.Votes == 0) continue;
            voters.Add(row.Voter);
            rows.Add(row.Cells);
        }

        return new VoteSnapshot(voters.ToImmutable(), [.. rows], [.. _statements], [.. _isOut], [.. _tallies]);
    }

    private int ColumnOf(IdeaId statement)
    {
        if (_columnOf.TryGetValue(statement, out var column)) return column;
        _columnOf[statement] = column = _statements.Count;
        _statements.Add(statement);
        _isOut.Add(false);
        _tallies.Add(default);
        return column;
    }

    private Row RowOf(VoterKey voter)
    {
        if (_rowOf.TryGetValue(voter, out var row)) return row;
        _rowOf[voter] = row = new Row(voter);
        _rows.Add(row);
        return row;
    }

    /// <summary>Cells are one byte: 0 where nothing was said, or a stance + 2. They end where this voter's last statement is.</summary>
    private sealed class Row(VoterKey voter)
    {
        private int _copiedAt;

        public VoterKey Voter => voter;

        public byte[] Cells { get; private set; } = [];

        public int Votes { get; private set; }

        public bool IsGone { get; set; }

        public Stance? At(int column) => column < Cells.Length && Cells[column] is > 0 and var cell ? (Stance)(cell - 2) : null;

        public void Put(int column, Stance? stance, int snapshots)
        {
            if (column >= Cells.Length || _copiedAt != snapshots)
            {
                var cells = new byte[column < Cells.Length ? Cells.Length : Math.Max(16, column + 1 + column / 2)];
                Cells.CopyTo(cells, 0);
                Cells = cells;
                _copiedAt = snapshots;
            }

            Votes += (stance is null ? 0 : 1) - (Cells[column] == 0 ? 0 : 1);
            Cells[column] = Cell(stance);
        }
    }
}

/// <summary>The votes at one moment; it never changes. Voters without a vote are not in it, statements without one are.</summary>
public sealed class VoteSnapshot
{
    private readonly byte[][] _rows;

    internal VoteSnapshot(ImmutableArray<VoterKey> voters, byte[][] rows, ImmutableArray<IdeaId> statements, ImmutableArray<bool> isOut, ImmutableArray<Tally> tallies)
    {
        (Voters, _rows, Statements, IsOut, Tallies) = (voters, rows, statements, isOut, tallies);
    }

    /// <summary>One for each row.</summary>
    public ImmutableArray<VoterKey> Voters { get; }

    /// <summary>One for each column, as <see cref="IsOut"/> and <see cref="Tallies"/>.</summary>
    public ImmutableArray<IdeaId> Statements { get; }

    /// <summary>Whether a statement is moderated out.</summary>
    public ImmutableArray<bool> IsOut { get; }

    public ImmutableArray<Tally> Tallies { get; }

    public Stance? this[int voter, int statement] =>
        _rows[voter] is var cells && statement < cells.Length && cells[statement] is > 0 and var cell ? (Stance)(cell - 2) : null;

    /// <summary>0 where nothing was said, or a stance + 2; it may be shorter than there are statements.</summary>
    internal ReadOnlySpan<byte> Row(int voter) => _rows[voter];
}
