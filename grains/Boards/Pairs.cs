using System.Collections.Immutable;

namespace LiveCoCreate.Grains.Boards;

/// <summary>Two ideas to compare.</summary>
public sealed record Pair(IdeaId Idea, IdeaId Other);

/// <param name="Likeness">0 to 100: how much of their words two ideas share.</param>
public sealed record LikelyPair(IdeaId One, IdeaId Other, int Likeness);

/// <summary>Which two ideas somebody is asked about next (PROTOCOL.md G5): a pure function of the board and the person. What shares words comes
/// first, then what fewest people have answered, then an order of each person's own, so that a room does not answer the same pair all at once.</summary>
public static class Pairs
{
    /// <summary>Up to so many ideas each is compared with each.</summary>
    private const int Few = 40;

    /// <summary>Of more, each with those most like it and some neighbours in no order at all: what shares no word may still mean the same.</summary>
    private const int Nearest = 4;
    private const int Neighbours = 2;

    /// <summary>By how many of its rarest pieces an idea looks for others, and how common a piece may be to lead anywhere.</summary>
    private const int Rarest = 12;
    private const int Common = 60;

    public static ImmutableArray<LikelyPair> Likely(Board board)
    {
        var ideas = board.Ideas.Where(idea => idea.Value.Into is null && idea.Value is { Standing: Standing.Shown, Unrevealed: false }).Select(idea => idea.Key)
            .OrderBy(id => Mixed(id.Value, "")).ThenBy(id => id.Value, StringComparer.Ordinal).ToArray();
        var pieces = ideas.Select(id => PiecesOf(board.Ideas[id].Text)).ToArray();
        var pairs = new HashSet<(int, int)>();
        if (ideas.Length <= Few)
        {
            for (var one = 0; one < ideas.Length; one++)
            for (var other = one + 1; other < ideas.Length; other++) pairs.Add((one, other));
        }
        else
        {
            foreach (var pair in ByRarePieces(pieces)) pairs.Add(pair);
            for (var one = 0; one < ideas.Length; one++)
            for (var next = 1; next <= Neighbours; next++) pairs.Add((Math.Min(one, (one + next) % ideas.Length), Math.Max(one, (one + next) % ideas.Length)));
        }

        return [.. pairs.Select(pair => (Ids: Pairing.Ordered(ideas[pair.Item1], ideas[pair.Item2]), Likeness: Likeness(pieces[pair.Item1], pieces[pair.Item2])))
            .Select(pair => new LikelyPair(pair.Ids.One, pair.Ids.Other, pair.Likeness))];
    }

    public static ImmutableArray<Pair> Next(Board board, ImmutableArray<LikelyPair> likely, PersonId person, int most)
    {
        if (board.Settings.Sorting is not Sorting.Pairs) return [];
        var wanted = likely.Where(pair => board.Pairing.Of(person, pair.One, pair.Other) is null && !StandTogether(board, pair)).Select(pair => (Pair: pair, Count: board.Pairing.Count(pair.One, pair.Other)))
            // What the room agrees on, or has looked at often enough, comes when nothing else is left.
            .OrderBy(one => one.Count.IsAlike || one.Count.IsApart || one.Count.Same + one.Count.Different >= 3 * Limits.PairVoices)
            .ThenByDescending(one => one.Pair.Likeness / 20).ThenBy(one => one.Count.Same + one.Count.Different)
            .ThenBy(one => Mixed(person.Value, one.Pair.One.Value + one.Pair.Other.Value)).ThenBy(one => one.Pair.One.Value, StringComparer.Ordinal).ThenBy(one => one.Pair.Other.Value, StringComparer.Ordinal);
        // Which of the two is read first is nobody's choice either.
        return [.. wanted.Take(most).Select(one => Mixed(person.Value, one.Pair.Other.Value) % 2 == 0 ? new Pair(one.Pair.One, one.Pair.Other) : new Pair(one.Pair.Other, one.Pair.One))];
    }

    private static bool StandTogether(Board board, LikelyPair pair) => board.Ideas[pair.One].Theme is { } theme && board.Ideas[pair.Other].Theme == theme;

    /// <summary>Those that share the rarest of their pieces, most of them first, and of each only its nearest.</summary>
    private static IEnumerable<(int, int)> ByRarePieces(HashSet<string>[] pieces)
    {
        var holders = new Dictionary<string, List<int>>();
        for (var idea = 0; idea < pieces.Length; idea++)
        foreach (var piece in pieces[idea])
        {
            if (!holders.TryGetValue(piece, out var those)) holders[piece] = those = [];
            those.Add(idea);
        }

        for (var idea = 0; idea < pieces.Length; idea++)
        {
            var near = pieces[idea].Where(piece => holders[piece].Count is > 1 and <= Common).OrderBy(piece => holders[piece].Count).ThenBy(piece => piece, StringComparer.Ordinal).Take(Rarest)
                .SelectMany(piece => holders[piece]).Where(other => other != idea).Distinct()
                .OrderByDescending(other => Likeness(pieces[idea], pieces[other])).ThenBy(other => other).Take(Nearest);
            foreach (var other in near) yield return (Math.Min(idea, other), Math.Max(idea, other));
        }
    }

    /// <summary>A text in pieces of three letters: a prefix or an ending more costs a piece or two and not the word.</summary>
    private static HashSet<string> PiecesOf(string text)
    {
        var line = " " + string.Join(' ', WordList.Tokens(text)) + " ";
        var pieces = new HashSet<string>();
        for (var at = 0; at + 3 <= line.Length; at++) pieces.Add(line.Substring(at, 3));
        return pieces;
    }

    private static int Likeness(HashSet<string> one, HashSet<string> other)
    {
        var both = one.Count <= other.Count ? one.Count(other.Contains) : other.Count(one.Contains);
        return both == 0 ? 0 : 100 * both / (one.Count + other.Count - both);
    }

    /// <summary>An order that is the same each time and follows nothing that people could know (FNV-1a).</summary>
    private static uint Mixed(string one, string other)
    {
        var mixed = 2166136261u;
        foreach (var letter in one) mixed = (mixed ^ letter) * 16777619u;
        foreach (var letter in other) mixed = (mixed ^ letter) * 16777619u;
        return mixed ^ (mixed >> 15);
    }
}
