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

    /// <summary>Whether one can live with it: 1, or -1 with a reason against it.</summary>
    public const string Consent = "consent";

    /// <summary>A place on a plane: impact, the value, and effort, each 0 to 10.</summary>
    public const string Axes = "axes";

    public static bool Has(string method) => method is Dots or Approval or Score or Agree or Rank or Consent or Axes;

    /// <summary>Whether a ballot can be opened so; budgets are of no account where a method has none.</summary>
    public static bool Opens(string method, int? budget, int? mostPerIdea) => method switch
    {
        Rank => budget is >= 1 and <= Limits.PlacesMost,
        Dots => budget is >= 1 and <= Limits.BudgetMost && mostPerIdea >= 1 && mostPerIdea <= budget,
        _ => Has(method),
    };

    /// <summary>Whether a ballot takes this vote on one idea.</summary>
    internal static bool Takes(Ballot ballot, Vote vote) => ballot.Method switch
    {
        Approval => vote.Value is 1,
        Score => vote.Value is >= 1 and <= 5,
        Agree => vote.Value is >= -1 and <= 1,
        Consent => vote.Value is 1 or -1,
        Axes => vote is { Value: >= 0 and <= 10, Effort: >= 0 and <= 10 },
        Rank => vote.Value >= 1 && vote.Value <= ballot.Budget,
        _ => false,
    };
}

/// <summary>What one person says of one idea, in every method but dots. None at all: they say nothing of it.</summary>
/// <param name="Value">What it means depends on the method.</param>
/// <param name="Reason">Of an objection.</param>
/// <param name="Signature">Whose reason it is, where the ballot and the board show names; filled in by the decider, never from the message.</param>
/// <param name="Effort">Beside the impact, where votes are places on a plane.</param>
public sealed record Vote(int Value, string? Reason = null, string? Signature = null, int? Effort = null);

/// <summary>Why somebody objects.</summary>
public sealed record Reason(string Text, string? Signature = null);

/// <summary>All votes on one idea, added up: which value how often.</summary>
/// <param name="Reasons">In the order of their words, which says nothing of who came when.</param>
/// <param name="Efforts">As the values, for the other axis.</param>
public sealed record Count(ImmutableDictionary<int, int> Values, ImmutableList<Reason>? Reasons = null, ImmutableDictionary<int, int>? Efforts = null)
{
    public static readonly Count None = new(ImmutableDictionary<int, int>.Empty);

    internal bool IsEmpty => Values.IsEmpty;

    internal Count With(Vote? before, Vote? after)
    {
        var values = Values;
        if (before is not null) values = Added(values, before.Value, -1);
        if (after is not null) values = Added(values, after.Value, 1);
        var efforts = Efforts ?? ImmutableDictionary<int, int>.Empty;
        if (before?.Effort is { } left) efforts = Added(efforts, left, -1);
        if (after?.Effort is { } effort) efforts = Added(efforts, effort, 1);
        var reasons = Reasons ?? [];
        if (before?.Reason is { } taken) reasons = reasons.Remove(new Reason(taken, before.Signature));
        if (after?.Reason is { } given)
        {
            var reason = new Reason(given, after.Signature);
            var at = reasons.FindIndex(other => (string.CompareOrdinal(other.Text, reason.Text), string.CompareOrdinal(other.Signature, reason.Signature)) is ( > 0, _) or (0, >= 0));
            reasons = reasons.Insert(at < 0 ? reasons.Count : at, reason);
        }

        return new(values, reasons.IsEmpty ? null : reasons, efforts.IsEmpty ? null : efforts);
    }

    private static ImmutableDictionary<int, int> Added(ImmutableDictionary<int, int> values, int value, int more) =>
        values.GetValueOrDefault(value) + more is var sum and not 0 ? values.SetItem(value, sum) : values.Remove(value);

    // Records compare dictionaries by reference; equal numbers are equal.
    public bool Equals(Count? other) => other is not null && Same(Values, other.Values) && (Reasons ?? []).SequenceEqual(other.Reasons ?? [])
        && (Efforts is null ? other.Efforts is null : other.Efforts is not null && Same(Efforts, other.Efforts));

    public override int GetHashCode() => Values.Count;

    private static bool Same(ImmutableDictionary<int, int> one, ImmutableDictionary<int, int> other) => ReferenceEquals(one, other)
        || (one.Count == other.Count && one.All(value => other.TryGetValue(value.Key, out var n) && n == value.Value));
}
