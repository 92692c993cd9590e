using System.Numerics;
using System.Runtime.InteropServices;

namespace LiveCoCreate.Grains.Clustering;

/// <summary>The two loops in which clustering spends its time, as wide as the processor can.</summary>
internal static class Floats
{
    public static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var (wide, sum) = (0, Vector<float>.Zero);
        var left = MemoryMarshal.Cast<float, Vector<float>>(a);
        var right = MemoryMarshal.Cast<float, Vector<float>>(b);
        for (var at = 0; at < left.Length; at++) sum += left[at] * right[at];
        wide = left.Length * Vector<float>.Count;
        var dot = Vector.Sum(sum);
        for (var at = wide; at < a.Length; at++) dot += a[at] * b[at];
        return dot;
    }

    /// <summary>Adds so many times what is in the second to the first.</summary>
    public static void Add(Span<float> to, ReadOnlySpan<float> what, float times)
    {
        var many = new Vector<float>(times);
        var left = MemoryMarshal.Cast<float, Vector<float>>(to);
        var right = MemoryMarshal.Cast<float, Vector<float>>(what);
        for (var at = 0; at < left.Length; at++) left[at] += right[at] * many;
        for (var at = left.Length * Vector<float>.Count; at < to.Length; at++) to[at] += what[at] * times;
    }
}
