using System.Collections.Immutable;

namespace LiveCoCreate.Grains.Boards;

/// <summary>How people vote in a ballot. The names stand in the journal, for good (P7).</summary>
public static class Methods
{
    public const string Dots = "dots";

    /// <summary>Each idea that one could live with: 1.</summary>
    public const string Approval = "approval";

    /// <summary>1 to 5.</summary>
    public const string Score = "score";

    /// <summary>Agree 1, pass 0, disagree -1.</summary>
    public const string Agree = "agree";

    /// <summary>The best few, in order: 1 for the first. How many is the ballot's budget.</summary>
    public const string Rank = "rank";

    public static bool Has(string method) => method is Dots or Approval or Score or Agree or Rank;

    /// <summary>Whether a ballot takes this vote on one idea.</summary>
    internal static bool Takes(Ballot ballot, Vote vote) => ballot.Method switch
    {
        Approval => vote.Value is 1,
        Score => vote.Value is >= 1 and <= 5,
        Agree => vote.Value is >= -1 and <= 1,
        Rank => vote.Value >= 1 && vote.Value <= ballot.Budget,
        _ => false,
    };
}

/// <summary>What one person says of one idea, in every method but dots. None at all: they say nothing of it.</summary>
/// <param name="Value">What it means depends on the method.</param>
public sealed record Vote(int Value);

/// <summary>All votes on one idea, added up: which value how often.</summary>
public sealed record Count(ImmutableDictionary<int, int> Values)
{
    public static readonly Count None = new(ImmutableDictionary<int, int>.Empty);

    internal bool IsEmpty => Values.IsEmpty;

    internal Count With(Vote? before, Vote? after)
    {
        var values = Values;
        if (before is not null) values = Added(values, before.Value, -1);
        if (after is not null) values = Added(values, after.Value, 1);
        return new(values);
    }

    private static ImmutableDictionary<int, int> Added(ImmutableDictionary<int, int> values, int value, int more) =>
        values.GetValueOrDefault(value) + more is var sum and not 0 ? values.SetItem(value, sum) : values.Remove(value);

    // Records compare dictionaries by reference; equal numbers are equal.
    public bool Equals(Count? other) => other is not null && Same(Values, other.Values);

    public override int GetHashCode() => Values.Count;

    private static bool Same(ImmutableDictionary<int, int> one, ImmutableDictionary<int, int> other) => ReferenceEquals(one, other)
        || (one.Count == other.Count && one.All(value => other.TryGetValue(value.Key, out var n) && n == value.Value));
}
