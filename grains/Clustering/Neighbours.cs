using System.Buffers;

namespace LiveCoCreate.Grains.Clustering;

/// <summary>Of each text those that are most like it, the most alike first. Likeness is a mixture of two cosines: of the texts as they are, and of their
/// places in the projection.</summary>
/// <remarks>Its room is rented: who made it gives it back.</remarks>
internal sealed class Neighbours : IDisposable
{
    private readonly int[] _near;
    private readonly float[] _likeness;
    private readonly int[] _counts;
    private readonly int _most;

    private Neighbours(int count, int most) => (_most, _near, _likeness, _counts) = (most, ArrayPool<int>.Shared.Rent(count * most), ArrayPool<float>.Shared.Rent(count * most), new int[count]);

    public int Count => _counts.Length;

    public void Dispose()
    {
        ArrayPool<int>.Shared.Return(_near);
        ArrayPool<float>.Shared.Return(_likeness);
    }

    public ReadOnlySpan<int> Of(int text) => _near.AsSpan(text * _most, _counts[text]);

    public ReadOnlySpan<float> Likeness(int text) => _likeness.AsSpan(text * _most, _counts[text]);

    public static Neighbours Among(SparseRows rows, SparseRows turned, Projection projection, int most, Tuning tuning, CancellationToken cancelled)
    {
        var (near, scores) = (new Neighbours(rows.Count, most), new float[rows.Count]);
        for (var text = 0; text < rows.Count; text++)
        {
            if (text % 64 == 0) cancelled.ThrowIfCancellationRequested();
            Background.Breathe();
            Array.Clear(scores, 0, text);
            Like(rows.Features(text), rows.Weights(text), projection.Place(text), turned, projection, tuning, scores.AsSpan(0, text));
            for (var other = 0; other < text; other++)
            {
                near.Offer(text, other, scores[other]);
                near.Offer(other, text, scores[other]);
            }
        }

        for (var text = 0; text < rows.Count; text++) near.Sort(text);
        return near;
    }

    /// <summary>How like a text is to each of the first texts, as many as there is room for.</summary>
    public static void Like(ReadOnlySpan<int> features, ReadOnlySpan<float> weights, ReadOnlySpan<float> place, SparseRows turned, Projection projection, Tuning tuning, Span<float> scores)
    {
        for (var at = 0; at < features.Length; at++)
        {
            var having = turned.Features(features[at]);
            var strengths = turned.Weights(features[at]);
            var weight = weights[at] * (1 - tuning.Latent);
            for (var other = 0; other < having.Length && having[other] < scores.Length; other++) scores[having[other]] += strengths[other] * weight;
        }

        for (var other = 0; other < scores.Length; other++)
            if (scores[other] > 0) scores[other] += tuning.Latent * Math.Max(0, Floats.Dot(place, projection.Place(other)));
    }

    // A heap of each text, the least alike on top.
    private void Offer(int text, int other, float likeness)
    {
        if (likeness <= 0) return;
        var near = _near.AsSpan(text * _most, _most);
        var alike = _likeness.AsSpan(text * _most, _most);
        var count = _counts[text];
        if (count < _most)
        {
            var at = _counts[text]++;
            for (; at > 0 && alike[(at - 1) / 2] > likeness; at = (at - 1) / 2) (alike[at], near[at]) = (alike[(at - 1) / 2], near[(at - 1) / 2]);
            (alike[at], near[at]) = (likeness, other);
        }
        else if (likeness > alike[0])
        {
            var at = 0;
            while (2 * at + 1 < _most)
            {
                var child = 2 * at + 1;
                if (child + 1 < _most && alike[child + 1] < alike[child]) child++;
                if (alike[child] >= likeness) break;
                (alike[at], near[at]) = (alike[child], near[child]);
                at = child;
            }

            (alike[at], near[at]) = (likeness, other);
        }
    }

    private void Sort(int text)
    {
        var near = _near.AsSpan(text * _most, _counts[text]);
        var alike = _likeness.AsSpan(text * _most, _counts[text]);
        foreach (ref var likeness in alike) likeness = -likeness;
        alike.Sort(near);
        foreach (ref var likeness in alike) likeness = -likeness;
    }
}
