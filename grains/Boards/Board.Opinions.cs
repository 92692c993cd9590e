using System.Collections.Immutable;
using LiveCoCreate.Grains.Opinions;

namespace LiveCoCreate.Grains.Boards;

/// <summary>The votes of a round of agreeing as opinions are computed from them. It follows from the board alone, so that after a restart it is the same.</summary>
public sealed partial record Board
{
    /// <summary>The latest round of agreeing whose counts are due: before that nothing of it is computed, and so nothing can be told.</summary>
    internal BallotId? OpinionsOf(BallotId? wanted = null)
    {
        BallotId? latest = null;
        var round = 0;
        foreach (var (id, ballot) in Ballots)
            if (ballot is { Method: Methods.Agree, CountsAreDue: true } && ballot.Round > round && (wanted is null || wanted == id)) (latest, round) = (id, ballot.Round);
        return latest;
    }

    /// <summary>What participants can vote on, in the order in which it was written: each idea, and within it, in the order in which they count (F6), those that were merged into it.</summary>
    internal ImmutableArray<Statement> Statements()
    {
        var parts = Ideas.Where(idea => idea.Value.Into is not null && InTheOpen(idea.Value)).ToLookup(idea => RootId(idea.Value), idea => idea.Key);
        return
        [
            .. Ideas.Where(idea => idea.Value.Into is null && InTheOpen(idea.Value))
                .OrderBy(idea => idea.Value.At).ThenBy(idea => idea.Key.Value, StringComparer.Ordinal)
                .Select(idea => new Statement(idea.Key, [idea.Key, .. parts[idea.Key].OrderBy(part => part.Value, StringComparer.Ordinal)])),
        ];
    }
}

/// <summary>One thing to agree or disagree with.</summary>
/// <param name="Parts">The ideas whose votes are votes on it; of each person the first counts.</param>
internal sealed record Statement(IdeaId Id, ImmutableArray<IdeaId> Parts)
{
    public bool Equals(Statement? other) => other is not null && Id == other.Id && Parts.AsSpan().SequenceEqual(other.Parts.AsSpan());

    public override int GetHashCode() => Id.GetHashCode();
}

/// <summary>Which idea is part of which statement.</summary>
internal sealed class StatementSet
{
    private readonly Dictionary<IdeaId, (int Statement, int Order)> _of = [];

    private readonly HashSet<IdeaId> _ids = [];

    public StatementSet(ImmutableArray<Statement> all, ImmutableDictionary<IdeaId, Idea>? from = null)
    {
        (All, From) = (all, from);
        foreach (var (at, statement) in all.Index())
        {
            _ids.Add(statement.Id);
            foreach (var (order, part) in statement.Parts.Index()) _of[part] = (at, order);
        }
    }

    public ImmutableArray<Statement> All { get; }

    /// <summary>The ideas that they were found among.</summary>
    public ImmutableDictionary<IdeaId, Idea>? From { get; }

    public bool Has(IdeaId statement) => _ids.Contains(statement);

    public bool Are(StatementSet others) => ReferenceEquals(this, others) || All.AsSpan().SequenceEqual(others.All.AsSpan());

    public static StatementSet Of(Board board) => new(board.Statements(), board.Ideas);

    /// <summary>What one person says to each, from what they say of ideas.</summary>
    public Dictionary<IdeaId, Stance> Said(ImmutableDictionary<IdeaId, Vote> votes)
    {
        var said = new Dictionary<IdeaId, Stance>(votes.Count);
        foreach (var (idea, vote) in votes)
            if (Counts(idea, votes) is { } statement) said[All[statement].Id] = (Stance)vote.Value;
        return said;
    }

    /// <summary>The same as cells of a <see cref="VoteMatrix"/>, one for each of <see cref="All"/>.</summary>
    /// <returns>How many they say anything to.</returns>
    public int Said(ImmutableDictionary<IdeaId, Vote> votes, Span<byte> cells)
    {
        cells.Clear();
        var count = 0;
        foreach (var (idea, vote) in votes)
        {
            if (Counts(idea, votes) is not { } statement) continue;
            cells[statement] = VoteMatrix.Cell((Stance)vote.Value);
            count++;
        }

        return count;
    }

    public VoteMatrix Matrix(Ballot ballot) => VoteMatrix.Of([.. All.Select(each => each.Id)], ballot.VotesOf.Select(voter => KeyValuePair.Create(voter.Key, (IReadOnlyDictionary<IdeaId, Stance>)Said(voter.Value))));

    /// <summary>The statement for which this vote counts: of several parts of one statement the first that they voted on does.</summary>
    private int? Counts(IdeaId idea, ImmutableDictionary<IdeaId, Vote> votes)
    {
        if (!_of.TryGetValue(idea, out var part)) return null;
        for (var order = 0; order < part.Order; order++)
            if (votes.ContainsKey(All[part.Statement].Parts[order])) return null;
        return part.Statement;
    }
}
