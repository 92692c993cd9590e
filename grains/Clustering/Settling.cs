namespace LiveCoCreate.Grains.Clustering;

/// <summary>How themes that people know become better ones without a shock: in one run no more than a small part of the known ideas change their
/// theme, those first that gain most by it. A larger change takes several runs.</summary>
internal static class Settling
{
    /// <summary>A node that had no theme is numbered from here downwards.</summary>
    public const int Unknown = int.MaxValue;

    public static int[] Towards(int[] better, int[] known, Graph graph, Obedience obedience, double moving)
    {
        var (settled, sizes) = (new int[graph.Count], new int[graph.Count]);
        foreach (var node in obedience.NodeOf)
            if (node >= 0) sizes[node]++;
        var names = Named(better, known, sizes, obedience);
        var (moves, left) = (new List<(double Gain, int Node)>(), 0.0);
        for (var node = 0; node < graph.Count; node++)
        {
            settled[node] = names[better[node]];
            if (!IsKnown(known[node], graph.Count)) continue;
            left += sizes[node] * moving;
            if (settled[node] == known[node]) continue;
            var gain = 0.0;
            var ends = graph.Ends(node);
            var weights = graph.Weights(node);
            for (var edge = 0; edge < ends.Length; edge++)
                if (better[ends[edge]] == better[node]) gain += weights[edge];
                else if (known[ends[edge]] == known[node]) gain -= weights[edge];
            moves.Add((gain / Math.Max(1e-9, graph.Strengths[node]), node));
        }

        foreach (var (_, node) in moves.OrderByDescending(move => move.Gain).ThenBy(move => move.Node))
            if (sizes[node] <= left) left -= sizes[node];
            else settled[node] = known[node];

        // Some moved and some did not: those that must be apart may have met.
        for (var node = 0; node < graph.Count; node++)
        {
            if (obedience.Apart[node] is not { } others || obedience.NodeOfTheme.Contains(node) || !others.Any(other => settled[other] == settled[node])) continue;
            settled[node] = names[better[node]];
            if (others.Any(other => settled[other] == settled[node])) settled[node] = Unknown - node;
        }

        return settled;
    }

    private static bool IsKnown(int theme, int nodes) => theme <= Unknown - nodes;

    // Each community by the known theme with which it shares most ideas, a theme that people made before all; -1 and below for new ones.
    private static int[] Named(int[] better, int[] known, int[] sizes, Obedience obedience)
    {
        var (names, taken) = (new int[better.Length], new HashSet<int>());
        for (var community = 0; community < names.Length; community++) names[community] = -1 - community;
        foreach (var node in obedience.NodeOfTheme)
        {
            names[better[node]] = known[node];
            taken.Add(known[node]);
        }

        var shared = new Dictionary<(int Community, int Theme), int>();
        for (var node = 0; node < better.Length; node++)
            if (IsKnown(known[node], better.Length)) shared[(better[node], known[node])] = shared.GetValueOrDefault((better[node], known[node])) + sizes[node];
        foreach (var ((community, theme), _) in shared.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key))
            if (names[community] < 0 && taken.Add(theme)) names[community] = theme;
        return names;
    }
}
