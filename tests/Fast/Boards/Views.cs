using System.Collections.Immutable;
using LiveCoCreate.Grains.Boards;

namespace LiveCoCreate.Fast.Boards;

/// <summary>Views by what they say: records compare dictionaries by reference.</summary>
internal static class Views
{
    public static void Same(BoardView expected, BoardView actual, string where)
    {
        if (IsSame(expected, actual)) return;
        Assert.Fail($"{where}:\nexpected {Canonical.Of(expected)}\nbut was {Canonical.Of(actual)}");
    }

    public static void Same(MineView expected, MineView actual, string where)
    {
        if (expected.Board == actual.Board && expected.Version == actual.Version && Same(expected.Ideas, actual.Ideas) && Same(expected.Ballots, actual.Ballots)
            && Same(expected.Comments, actual.Comments) && Same(expected.Reactions, actual.Reactions)) return;
        Assert.Fail($"{where}:\nexpected {Canonical.Of(expected)}\nbut was {Canonical.Of(actual)}");
    }

    private static bool IsSame(BoardView one, BoardView other) =>
        (one.Board, one.Audience, one.Version, one.Facts, one.Subject) == (other.Board, other.Audience, other.Version, other.Facts, other.Subject)
        && Same(one.Lanes, other.Lanes) && Same(one.Themes, other.Themes) && Same(one.Ideas, other.Ideas) && Same(one.Ballots, other.Ballots)
        && Same(one.Comments, other.Comments) && Same(one.Reactions, other.Reactions)
        && one.Counts.Count == other.Counts.Count && one.Counts.All(ballot => other.Counts.TryGetValue(ballot.Key, out var its) && Same(ballot.Value, its))
        && one.Tallies.Count == other.Tallies.Count && one.Tallies.All(ballot => other.Tallies.TryGetValue(ballot.Key, out var its) && Same(ballot.Value, its));

    private static bool Same<TKey, TValue>(ImmutableDictionary<TKey, TValue> one, ImmutableDictionary<TKey, TValue> other) where TKey : notnull =>
        one.Count == other.Count && one.All(entry => other.TryGetValue(entry.Key, out var value) && Equals(entry.Value, value));
}
