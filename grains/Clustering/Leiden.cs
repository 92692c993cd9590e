namespace LiveCoCreate.Grains.Clustering;

/// <summary>Communities of a graph by modularity with a resolution: the Leiden algorithm (Traag, Waltman, van Eck, "From Louvain to Leiden:
/// guaranteeing well-connected communities", 2019): nodes move while it helps, each community is refined into well-connected parts, and the parts
/// are the nodes of the next, smaller graph. Refinement here takes the best merge instead of drawing one. Nodes that must stay apart never share a community on any level.</summary>
internal sealed class Leiden(double resolution, ulong seed)
{
    private const int Passes = 4;
    private Dice _dice = new(seed);

    /// <param name="start">The communities to start from, for instance those of last time; they keep no two nodes together that must be apart.</param>
    /// <param name="apart">Of each node those that it must never be together with; null for none.</param>
    public int[] Communities(Graph graph, int[]? start = null, int[]?[]? apart = null, CancellationToken cancelled = default)
    {
        var communities = Renumbered(start ?? [.. Enumerable.Range(0, graph.Count)], out _);
        if (graph.Total <= 0) return communities;
        for (var pass = 0; pass < Passes; pass++)
            if (!Improve(graph, communities, apart, cancelled)) break;
        return communities;
    }

    public double Quality(Graph graph, int[] communities)
    {
        var (inside, strengths) = (0.0, new double[graph.Count]);
        for (var node = 0; node < graph.Count; node++)
        {
            inside += 2 * graph.Loops[node];
            strengths[communities[node]] += graph.Strengths[node];
            var ends = graph.Ends(node);
            var weights = graph.Weights(node);
            for (var edge = 0; edge < ends.Length; edge++)
                if (communities[ends[edge]] == communities[node]) inside += weights[edge];
        }

        return graph.Total <= 0 ? 0 : inside / graph.Total - resolution * strengths.Sum(strength => strength * strength) / graph.Total / graph.Total;
    }

    private bool Improve(Graph graph, int[] communities, int[]?[]? apart, CancellationToken cancelled)
    {
        cancelled.ThrowIfCancellationRequested();
        var moved = Move(graph, communities, apart, null);
        var dense = Renumbered(communities, out var count);
        dense.CopyTo(communities, 0);
        if (count == graph.Count) return moved;

        var parts = Enumerable.Range(0, graph.Count).ToArray();
        Move(graph, parts, apart, communities);
        parts = Renumbered(parts, out var partCount);
        if (partCount == graph.Count) return moved;

        var (ofParts, apartParts) = (new int[partCount], apart is null ? null : new int[partCount][]);
        for (var node = 0; node < graph.Count; node++)
        {
            ofParts[parts[node]] = communities[node];
            if (apart?[node] is { } others) apartParts![parts[node]] = [.. (apartParts[parts[node]] ?? []).Concat(others.Select(other => parts[other])).Distinct()];
        }

        if (Improve(graph.Grouped(parts, partCount), ofParts, apartParts, cancelled)) moved = true;
        for (var node = 0; node < graph.Count; node++) communities[node] = ofParts[parts[node]];
        return moved;
    }

    // Fast local moving. Within `bounds` it is the refinement: only nodes that are still alone move, and only inside their community.
    private bool Move(Graph graph, int[] communities, int[]?[]? apart, int[]? bounds)
    {
        var count = graph.Count;
        var (strengths, sizes, toward, touched) = (new double[count], new int[count], new double[count], new List<int>());
        for (var node = 0; node < count; node++)
        {
            strengths[communities[node]] += graph.Strengths[node];
            sizes[communities[node]]++;
        }

        var (empty, order, waits) = (new Stack<int>(Enumerable.Range(0, count).Where(community => sizes[community] == 0)), Enumerable.Range(0, count).ToArray(), new bool[count]);
        _dice.Shuffle(order);
        var queue = new Queue<int>(order);
        Array.Fill(waits, true);
        var any = false;
        while (queue.TryDequeue(out var node))
        {
            waits[node] = false;
            var here = communities[node];
            if (bounds is not null && sizes[here] > 1) continue;
            var ends = graph.Ends(node);
            var weights = graph.Weights(node);
            var strength = graph.Strengths[node];
            foreach (var community in touched) toward[community] = 0;
            touched.Clear();
            for (var edge = 0; edge < ends.Length; edge++)
            {
                if (bounds is not null && bounds[ends[edge]] != bounds[node]) continue;
                var community = communities[ends[edge]];
                if (toward[community] == 0) touched.Add(community);
                toward[community] += weights[edge];
            }

            var factor = resolution * strength / graph.Total;
            var (best, gain) = (here, toward[here] - factor * (strengths[here] - strength));
            foreach (var community in touched)
                if (community != here && toward[community] - factor * strengths[community] is var value && value > gain + 1e-10 && MayJoin(node, community)) (best, gain) = (community, value);
            if (gain < -1e-10 && sizes[here] > 1 && empty.Count > 0) best = empty.Peek();
            if (best == here) continue;

            any = true;
            if (sizes[best] == 0) empty.Pop();
            (strengths[here], strengths[best]) = (strengths[here] - strength, strengths[best] + strength);
            sizes[best]++;
            if (--sizes[here] == 0) empty.Push(here);
            communities[node] = best;
            if (bounds is null)
                foreach (var end in ends)
                    if (!waits[end] && communities[end] != best)
                    {
                        waits[end] = true;
                        queue.Enqueue(end);
                    }
        }

        return any;

        bool MayJoin(int node, int community)
        {
            if (apart?[node] is { } others)
                foreach (var other in others)
                    if (communities[other] == community) return false;
            return true;
        }
    }

    /// <summary>The same communities, numbered from 0 in the order of their first nodes.</summary>
    public static int[] Renumbered(ReadOnlySpan<int> communities, out int count)
    {
        var (numbers, renumbered) = (new Dictionary<int, int>(), new int[communities.Length]);
        for (var node = 0; node < communities.Length; node++)
        {
            if (!numbers.TryGetValue(communities[node], out var number)) numbers.Add(communities[node], number = numbers.Count);
            renumbered[node] = number;
        }

        count = numbers.Count;
        return renumbered;
    }
}
