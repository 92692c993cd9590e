namespace LiveCoCreate.Grains.Clustering;

/// <summary>What people decided, as nodes for clustering: ideas that must be together are one node, each kept theme with what is fixed in it is one
/// node, and nodes that must be apart know each other. What is one node cannot be torn, whatever clustering does. So constraints hold by construction.</summary>
internal sealed class Obedience
{
    /// <summary>The node of each idea; -1 for an idea that stays out.</summary>
    public required int[] NodeOf { get; init; }

    public required int[] NodeOfTheme { get; init; }

    public required int Nodes { get; init; }

    public required int[]?[] Apart { get; init; }

    /// <summary>Nodes that people made of several ideas.</summary>
    public required bool[] Linked { get; init; }

    public required List<KeptTheme> Kept { get; init; }

    public required List<(IdeaId, IdeaId)> Unmet { get; init; }

    /// <param name="texts">Of each idea the number of its text: ideas of the same words are one node too, unless people decided about them. -1: it has no words.</param>
    public static Obedience To(ThemeRules rules, IReadOnlyList<IdeaText> ideas, int[] texts)
    {
        var (numbers, kept, keptNumbers) = (new Dictionary<IdeaId, int>(ideas.Count), new List<KeptTheme>(), new Dictionary<ThemeId, int>());
        for (var idea = 0; idea < ideas.Count; idea++) numbers.TryAdd(ideas[idea].Id, idea);
        foreach (var theme in rules.Kept)
            if (keptNumbers.TryAdd(theme.Id, kept.Count)) kept.Add(theme);
        foreach (var (_, theme) in rules.Fixed.OrderBy(pair => pair.Key.Value, StringComparer.Ordinal))
            if (theme is { } id && keptNumbers.TryAdd(id, kept.Count)) kept.Add(new(id));

        var (groups, decided, outside, unmet) = (new Groups(ideas.Count + kept.Count), new bool[ideas.Count + kept.Count], new bool[ideas.Count], new List<(IdeaId, IdeaId)>());
        foreach (var (id, theme) in rules.Fixed)
        {
            if (!numbers.TryGetValue(id, out var idea)) continue;
            decided[idea] = true;
            if (theme is null) outside[idea] = true;
            else groups.Join(idea, ideas.Count + keptNumbers[theme.Value]);
        }

        var apart = new List<(int One, int Other)>();
        foreach (var (one, other) in rules.Apart)
        {
            if (!numbers.TryGetValue(one, out var first) || !numbers.TryGetValue(other, out var second)) continue;
            if (groups.Of(first) == groups.Of(second)) unmet.Add((one, other));
            else apart.Add((first, second));
            (decided[first], decided[second]) = (true, true);
        }

        for (var theme = 0; theme < kept.Count; theme++)
            for (var before = 0; before < theme; before++) apart.Add((ideas.Count + theme, ideas.Count + before));
        foreach (var (one, other) in rules.Together)
        {
            if (!numbers.TryGetValue(one, out var first) || !numbers.TryGetValue(other, out var second)) continue;
            var (a, b) = (groups.Of(first), groups.Of(second));
            if (a != b && !(outside[first] && outside[second]))
            {
                if (outside[first] || outside[second] || apart.Any(pair => (groups.Of(pair.One), groups.Of(pair.Other)) is var (c, d) && ((c, d) == (a, b) || (d, c) == (a, b)))) unmet.Add((one, other));
                else groups.Join(a, b);
            }

            (decided[first], decided[second]) = (true, true);
        }

        var sameText = new Dictionary<int, int>(ideas.Count);
        for (var idea = 0; idea < ideas.Count; idea++)
            if (!decided[idea] && texts[idea] >= 0 && !sameText.TryAdd(texts[idea], idea)) groups.Join(sameText[texts[idea]], idea);

        return Numbered(ideas, texts, kept, groups, decided, outside, apart, unmet);
    }

    private static Obedience Numbered(IReadOnlyList<IdeaText> ideas, int[] texts, List<KeptTheme> kept, Groups groups, bool[] decided, bool[] outside, List<(int One, int Other)> apart, List<(IdeaId, IdeaId)> unmet)
    {
        var (nodes, nodeOf, sizes) = (new Dictionary<int, int>(ideas.Count), new int[ideas.Count + kept.Count], new List<int>(ideas.Count));
        for (var item = 0; item < nodeOf.Length; item++)
        {
            // An idea without words has nothing to be grouped by, but people may have grouped it.
            nodeOf[item] = -1;
            if (item < ideas.Count && (outside[item] || (texts[item] < 0 && !decided[item]))) continue;
            var root = groups.Of(item);
            if (!nodes.TryGetValue(root, out var node))
            {
                nodes.Add(root, node = nodes.Count);
                sizes.Add(0);
            }

            nodeOf[item] = node;
            if (item < ideas.Count && decided[item]) sizes[node]++;
        }

        var conflicts = new HashSet<int>?[nodes.Count];
        foreach (var (one, other) in apart)
            if (nodeOf[one] >= 0 && nodeOf[other] >= 0)
            {
                (conflicts[nodeOf[one]] ??= []).Add(nodeOf[other]);
                (conflicts[nodeOf[other]] ??= []).Add(nodeOf[one]);
            }

        return new()
        {
            NodeOf = nodeOf[..ideas.Count], NodeOfTheme = nodeOf[ideas.Count..], Nodes = nodes.Count, Kept = kept, Unmet = unmet,
            Apart = Array.ConvertAll(conflicts, others => others?.ToArray()), Linked = [.. sizes.Select(size => size > 1)],
        };
    }
}
