using System.Buffers;

namespace LiveCoCreate.Grains.Clustering;

/// <summary>Nodes and the weights between them. Edges stand with both their ends; what a node has with itself stands apart.</summary>
/// <remarks>A run makes a hundred of them, and large arrays by the hundred are what makes a process stop to collect: all its room is rented, and who made one gives it back.</remarks>
internal sealed class Graph : IDisposable
{
    private readonly int[] _starts;
    private readonly int[] _ends;
    private readonly float[] _weights;
    private readonly double[] _strengths;
    private readonly double[] _loops;

    private Graph(int count, int[] starts, int[] ends, float[] weights, double[] loops)
    {
        (Count, _starts, _ends, _weights, _loops, _strengths) = (count, starts, ends, weights, loops, ArrayPool<double>.Shared.Rent(count));
        for (var node = 0; node < Count; node++)
        {
            _strengths[node] = 2 * loops[node];
            foreach (var weight in Weights(node)) _strengths[node] += weight;
            Total += _strengths[node];
        }
    }

    public int Count { get; }

    /// <summary>Nobody may look at it any more.</summary>
    public void Dispose()
    {
        ArrayPool<int>.Shared.Return(_starts);
        ArrayPool<int>.Shared.Return(_ends);
        ArrayPool<float>.Shared.Return(_weights);
        ArrayPool<double>.Shared.Return(_strengths);
        ArrayPool<double>.Shared.Return(_loops);
    }

    /// <summary>Of each node the weights of its edges, loops twice.</summary>
    public ReadOnlySpan<double> Strengths => _strengths.AsSpan(0, Count);

    public ReadOnlySpan<double> Loops => _loops.AsSpan(0, Count);

    /// <summary>All strengths together.</summary>
    public double Total { get; }

    public ReadOnlySpan<int> Ends(int node) => _ends.AsSpan(_starts[node]..(_starts[node + 1]));

    public ReadOnlySpan<float> Weights(int node) => _weights.AsSpan(_starts[node]..(_starts[node + 1]));

    /// <summary>The graph of so many nodes with these edges; edges between the same two add up.</summary>
    /// <param name="loops">Of each node what it has with itself; none: nothing.</param>
    public static Graph Of(int count, Edges edges, ReadOnlySpan<double> loops = default)
    {
        var own = Room(count);
        loops.CopyTo(own);
        return Of(count, edges, own);
    }

    private static Graph Of(int count, Edges edges, double[] loops)
    {
        var (starts, next) = (ArrayPool<int>.Shared.Rent(count + 1), ArrayPool<int>.Shared.Rent(count + 1));
        Array.Clear(starts, 0, count + 1);
        foreach (var (from, to, _) in edges.All)
        {
            starts[from + 1]++;
            starts[to + 1]++;
        }

        for (var node = 0; node < count; node++) starts[node + 1] += starts[node];
        Array.Copy(starts, next, count);
        var (ends, weights) = (ArrayPool<int>.Shared.Rent(edges.All.Length * 2), ArrayPool<float>.Shared.Rent(edges.All.Length * 2));
        foreach (var (from, to, weight) in edges.All)
        {
            (ends[next[from]], weights[next[from]++]) = (to, weight);
            (ends[next[to]], weights[next[to]++]) = (from, weight);
        }

        var (merged, at) = (next, 0);
        merged[0] = 0;
        for (var node = 0; node < count; node++)
        {
            if (node % 32 == 0) Background.Breathe();
            var (first, last) = (starts[node], starts[node + 1]);
            Array.Sort(ends, weights, first, last - first);
            for (var edge = first; edge < last; edge++)
                if (at > merged[node] && ends[at - 1] == ends[edge]) weights[at - 1] += weights[edge];
                else (ends[at], weights[at++]) = (ends[edge], weights[edge]);
            merged[node + 1] = at;
        }

        ArrayPool<int>.Shared.Return(starts);
        return new(count, merged, ends, weights, loops);
    }

    /// <summary>The graph in which every group is one node.</summary>
    /// <param name="edges">Room to work in.</param>
    public Graph Grouped(ReadOnlySpan<int> groups, int count, Edges edges)
    {
        edges.Clear();
        var loops = Room(count);
        for (var node = 0; node < Count; node++)
        {
            if (node % 32 == 0) Background.Breathe();
            loops[groups[node]] += _loops[node];
            var ends = Ends(node);
            var weights = Weights(node);
            for (var edge = 0; edge < ends.Length; edge++)
                if (ends[edge] < node && groups[ends[edge]] != groups[node]) edges.Add(groups[node], groups[ends[edge]], weights[edge]);
                else if (ends[edge] < node) loops[groups[node]] += weights[edge];
        }

        return Of(count, edges, loops);
    }

    private static double[] Room(int count)
    {
        var room = ArrayPool<double>.Shared.Rent(count);
        Array.Clear(room, 0, count);
        return room;
    }
}

/// <summary>Edges between nodes, in rented room that grows with them.</summary>
internal sealed class Edges : IDisposable
{
    private (int From, int To, float Weight)[] _all = ArrayPool<(int, int, float)>.Shared.Rent(1024);
    private int _count;

    public ReadOnlySpan<(int From, int To, float Weight)> All => _all.AsSpan(0, _count);

    public void Add(int from, int to, float weight)
    {
        if (_count == _all.Length)
        {
            var more = ArrayPool<(int, int, float)>.Shared.Rent(2 * _count);
            All.CopyTo(more);
            ArrayPool<(int, int, float)>.Shared.Return(_all);
            _all = more;
        }

        _all[_count++] = (from, to, weight);
    }

    public void Clear() => _count = 0;

    public void Dispose() => ArrayPool<(int, int, float)>.Shared.Return(_all);
}
