using System.Buffers;

namespace LiveCoCreate.Grains.Clustering;

/// <summary>Nodes and the weights between them. Edges stand with both their ends; what a node has with itself stands apart.</summary>
/// <remarks>A run makes a hundred of them, and large arrays by the hundred are what makes a process stop to collect: who made one gives it back.</remarks>
internal sealed class Graph : IDisposable
{
    private readonly int[] _starts;
    private readonly int[] _ends;
    private readonly float[] _weights;

    private Graph(int[] starts, int[] ends, float[] weights, double[] loops)
    {
        (_starts, _ends, _weights, Strengths) = (starts, ends, weights, new double[starts.Length - 1]);
        for (var node = 0; node < Count; node++)
        {
            Strengths[node] = 2 * loops[node];
            foreach (var weight in Weights(node)) Strengths[node] += weight;
            Total += Strengths[node];
        }

        Loops = loops;
    }

    public int Count => _starts.Length - 1;

    /// <summary>Edges, each counted at both ends.</summary>
    public int EdgeEnds => _starts[^1];

    /// <summary>Nobody may look at its edges any more.</summary>
    public void Dispose()
    {
        ArrayPool<int>.Shared.Return(_ends);
        ArrayPool<float>.Shared.Return(_weights);
    }

    /// <summary>Of each node the weights of its edges, loops twice.</summary>
    public double[] Strengths { get; }

    public double[] Loops { get; }

    /// <summary>All strengths together.</summary>
    public double Total { get; }

    public ReadOnlySpan<int> Ends(int node) => _ends.AsSpan(_starts[node]..(_starts[node + 1]));

    public ReadOnlySpan<float> Weights(int node) => _weights.AsSpan(_starts[node]..(_starts[node + 1]));

    /// <summary>The graph of so many nodes with these edges; edges between the same two add up.</summary>
    public static Graph Of(int count, List<(int From, int To, float Weight)> edges, double[]? loops = null)
    {
        var starts = new int[count + 1];
        foreach (var (from, to, _) in edges)
        {
            starts[from + 1]++;
            starts[to + 1]++;
        }

        for (var node = 0; node < count; node++) starts[node + 1] += starts[node];
        var (next, ends, weights) = (starts[..^1], ArrayPool<int>.Shared.Rent(edges.Count * 2), ArrayPool<float>.Shared.Rent(edges.Count * 2));
        foreach (var (from, to, weight) in edges)
        {
            (ends[next[from]], weights[next[from]++]) = (to, weight);
            (ends[next[to]], weights[next[to]++]) = (from, weight);
        }

        var (merged, at) = (new int[count + 1], 0);
        for (var node = 0; node < count; node++)
        {
            var (first, last) = (starts[node], starts[node + 1]);
            Array.Sort(ends, weights, first, last - first);
            for (var edge = first; edge < last; edge++)
                if (at > merged[node] && ends[at - 1] == ends[edge]) weights[at - 1] += weights[edge];
                else (ends[at], weights[at++]) = (ends[edge], weights[edge]);
            merged[node + 1] = at;
        }

        return new(merged, ends, weights, loops ?? new double[count]);
    }

    /// <summary>The graph in which every group is one node.</summary>
    /// <param name="edges">Room to work in.</param>
    public Graph Grouped(int[] groups, int count, List<(int From, int To, float Weight)> edges)
    {
        edges.Clear();
        var loops = new double[count];
        for (var node = 0; node < Count; node++)
        {
            loops[groups[node]] += Loops[node];
            var ends = Ends(node);
            var weights = Weights(node);
            for (var edge = 0; edge < ends.Length; edge++)
                if (ends[edge] < node && groups[ends[edge]] != groups[node]) edges.Add((groups[node], groups[ends[edge]], weights[edge]));
                else if (ends[edge] < node) loops[groups[node]] += weights[edge];
        }

        return Of(count, edges, loops);
    }
}
