using System.Buffers;

namespace LiveCoCreate.Grains.Clustering;

/// <summary>Communities of a graph by modularity with a resolution: the Leiden algorithm (Traag, Waltman, van Eck, "From Louvain to Leiden:
/// guaranteeing well-connected communities", 2019): nodes move while it helps, each community is refined into well-connected parts, and the parts
/// are the nodes of the next, smaller graph. Refinement here takes the best merge instead of drawing one. Nodes that must stay apart never share a community on any level.</summary>
/// <param name="edges">Room to work in, which several may use one after another.</param>
internal sealed class Leiden(double resolution, Edges edges)
{
    private const int Passes = 4;
    // Room to move in, for one move after another.
    private readonly Stack<int> _empty = [];
    private readonly Queue<int> _queue = [];
    private readonly List<int> _touched = [];
    private double[] _strengths = [];
    private double[] _toward = [];
    private int[] _sizes = [];
    private int[] _order = [];
    private bool[] _waits = [];
    private Dice _dice;

    /// <summary>All chance of what is found from now on comes from here.</summary>
    public void Shake(ulong seed) => _dice = new(seed);

    /// <param name="start">The communities to start from, for instance those of last time; they keep no two nodes together that must be apart.</param>
    /// <param name="apart">Of each node those that it must never be together with; null for none.</param>
    public int[] Communities(Graph graph, int[]? start = null, int[]?[]? apart = null, CancellationToken cancelled = default)
    {
        var communities = start is null ? [.. Enumerable.Range(0, graph.Count)] : Renumbered(start, out _);
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
        if (Renumber(communities.AsSpan(0, graph.Count)) == graph.Count) return moved;

        var parts = ArrayPool<int>.Shared.Rent(graph.Count);
        for (var node = 0; node < graph.Count; node++) parts[node] = node;
        Move(graph, parts, apart, communities);
        var partCount = Renumber(parts.AsSpan(0, graph.Count));
        if (partCount < graph.Count) moved |= ImproveParts(graph, communities, parts, partCount, apart, cancelled);
        ArrayPool<int>.Shared.Return(parts);
        return moved;
    }

    // The parts are the nodes of the next graph.
    private bool ImproveParts(Graph graph, int[] communities, int[] parts, int partCount, int[]?[]? apart, CancellationToken cancelled)
    {
        var (ofParts, apartParts) = (ArrayPool<int>.Shared.Rent(partCount), apart is null ? null : new int[partCount][]);
        for (var node = 0; node < graph.Count; node++)
        {
            ofParts[parts[node]] = communities[node];
            if (apart?[node] is { } others) apartParts![parts[node]] = [.. (apartParts[parts[node]] ?? []).Concat(others.Select(other => parts[other])).Distinct()];
        }

        using var grouped = graph.Grouped(parts, partCount, edges);
        var moved = Improve(grouped, ofParts, apartParts, cancelled);
        for (var node = 0; node < graph.Count; node++) communities[node] = ofParts[parts[node]];
        ArrayPool<int>.Shared.Return(ofParts);
        return moved;
    }

    // Fast local moving. Within `bounds` it is the refinement: only nodes that are still alone move, and only inside their community.
    private bool Move(Graph graph, int[] communities, int[]?[]? apart, int[]? bounds)
    {
        var count = graph.Count;
        if (_sizes.Length < count) (_strengths, _toward, _sizes, _order, _waits) = (new double[count], new double[count], new int[count], new int[count], new bool[count]);
        var (strengths, sizes, toward, touched) = (_strengths, _sizes, _toward, _touched);
        Array.Clear(strengths, 0, count);
        Array.Clear(sizes, 0, count);
        Array.Clear(toward, 0, count);
        touched.Clear();
        for (var node = 0; node < count; node++)
        {
            strengths[communities[node]] += graph.Strengths[node];
            sizes[communities[node]]++;
        }

        var (empty, waits, queue) = (_empty, _waits, _queue);
        var order = _order.AsSpan(0, count);
        empty.Clear();
        for (var node = 0; node < count; node++)
        {
            order[node] = node;
            if (sizes[node] == 0) empty.Push(node);
        }

        _dice.Shuffle(order);
        foreach (var node in order) queue.Enqueue(node);
        Array.Fill(waits, true, 0, count);
        var any = false;
        while (queue.TryDequeue(out var node))
        {
            waits[node] = false;
            if (node % 32 == 0) Background.Breathe();
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
        var renumbered = communities.ToArray();
        count = Renumber(renumbered);
        return renumbered;
    }

    /// <returns>How many there are.</returns>
    private static int Renumber(Span<int> communities)
    {
        var count = 0;
        // Nearly always they are numbers of nodes; those that start from known themes are not.
        if (!communities.IsEmpty && !communities.ContainsAnyExceptInRange(0, communities.Length - 1))
        {
            var places = ArrayPool<int>.Shared.Rent(communities.Length);
            Array.Fill(places, -1, 0, communities.Length);
            foreach (ref var community in communities)
            {
                ref var place = ref places[community];
                if (place < 0) place = count++;
                community = place;
            }

            ArrayPool<int>.Shared.Return(places);
            return count;
        }

        var numbers = new Dictionary<int, int>();
        foreach (ref var community in communities)
        {
            if (!numbers.TryGetValue(community, out var number)) numbers.Add(community, number = numbers.Count);
            community = number;
        }

        return numbers.Count;
    }
}
