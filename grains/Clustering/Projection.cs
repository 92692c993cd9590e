using System.Buffers;

namespace LiveCoCreate.Grains.Clustering;

/// <summary>Texts in about a hundred directions, in which words that keep the same company lie near each other: latent semantic analysis
/// (Deerwester and others 1990) by a randomised singular value decomposition (Halko, Martinsson, Tropp 2011, algorithm 4.4).</summary>
internal sealed class Projection : IDisposable
{
    private const int Spare = 8;
    private const int Rounds = 2;

    private readonly float[] _places;
    private readonly float[] _basis;
    private readonly float[] _turn;
    private readonly int _wide;

    private Projection(int dimensions, int wide, float[] places, float[] basis, float[] turn) =>
        (Dimensions, _wide, _places, _basis, _turn) = (dimensions, wide, places, basis, turn);

    public int Dimensions { get; }

    /// <summary>A text's place, of length one (or zero).</summary>
    public ReadOnlySpan<float> Place(int text) => _places.AsSpan(text * Dimensions, Dimensions);

    public void Dispose()
    {
        ArrayPool<float>.Shared.Return(_places);
        ArrayPool<float>.Shared.Return(_basis);
    }

    public static Projection Of(SparseRows rows, int dimensions, ulong seed, CancellationToken cancelled)
    {
        var count = rows.Count;
        var wide = Math.Min((dimensions + Spare + 7) / 8 * 8, Math.Max(8, count / 8 * 8));
        dimensions = Math.Min(dimensions / 8 * 8, wide);
        var (dice, q, z) = (new Dice(seed), ArrayPool<float>.Shared.Rent(count * wide), ArrayPool<float>.Shared.Rent(rows.Width * wide));
        foreach (ref var number in q.AsSpan(0, count * wide)) number = dice.Unit() - 0.5f;
        for (var round = 0; round < Rounds; round++)
        {
            cancelled.ThrowIfCancellationRequested();
            Orthonormalise(q, count, wide);
            TimesTurned(rows, q, z, wide);
            Times(rows, z, q, wide);
        }

        Orthonormalise(q, count, wide);
        cancelled.ThrowIfCancellationRequested();
        TimesTurned(rows, q, z, wide);
        var w = ArrayPool<float>.Shared.Rent(count * wide);
        Times(rows, z, w, wide);

        // Q' A A' Q, whose eigenvectors turn Q into the left singular vectors of A.
        var gram = new double[wide][];
        var sums = new float[wide * wide];
        for (var text = 0; text < count; text++)
        {
            Background.Breathe();
            for (var i = 0; i < wide; i++)
                if (q[text * wide + i] is not 0 and var factor) Floats.Add(sums.AsSpan(i * wide, wide), w.AsSpan(text * wide, wide), factor);
        }

        ArrayPool<float>.Shared.Return(w);
        for (var i = 0; i < wide; i++)
        {
            gram[i] = new double[wide];
            for (var j = 0; j < wide; j++) gram[i][j] = (sums[i * wide + j] + sums[j * wide + i]) / 2.0;
        }

        var (values, vectors) = Eigen.Of(gram);

        var turn = new float[wide * dimensions];
        var places = ArrayPool<float>.Shared.Rent(count * dimensions);
        Array.Clear(places, 0, count * dimensions);
        for (var i = 0; i < wide; i++)
            for (var d = 0; d < dimensions; d++) turn[i * dimensions + d] = (float)(vectors[d][i] * Math.Sqrt(Math.Max(values[d], 0)));
        for (var text = 0; text < count; text++)
        {
            Background.Breathe();
            var place = places.AsSpan(text * dimensions, dimensions);
            for (var i = 0; i < wide; i++) Floats.Add(place, turn.AsSpan(i * dimensions, dimensions), q[text * wide + i]);
            Normalise(place);
        }

        ArrayPool<float>.Shared.Return(q);
        for (var i = 0; i < wide; i++)
            for (var d = 0; d < dimensions; d++) turn[i * dimensions + d] = (float)vectors[d][i];
        return new(dimensions, wide, places, z, turn);
    }

    /// <summary>Where a text would lie that was not there when the directions were found.</summary>
    public float[] Place(ReadOnlySpan<int> features, ReadOnlySpan<float> weights)
    {
        var (wide, place) = (new float[_wide], new float[Dimensions]);
        for (var at = 0; at < features.Length; at++) Floats.Add(wide, _basis.AsSpan(features[at] * _wide, _wide), weights[at]);
        for (var i = 0; i < _wide; i++) Floats.Add(place, _turn.AsSpan(i * Dimensions, Dimensions), wide[i]);
        Normalise(place);
        return place;
    }

    private static void Normalise(Span<float> place)
    {
        var length = MathF.Sqrt(Floats.Dot(place, place));
        foreach (ref var number in place) number = length > 1e-6f ? number / length : 0;
    }

    private static void Times(SparseRows rows, float[] by, float[] into, int wide)
    {
        Array.Clear(into, 0, rows.Count * wide);
        for (var row = 0; row < rows.Count; row++)
        {
            Background.Breathe();
            var features = rows.Features(row);
            var weights = rows.Weights(row);
            var to = into.AsSpan(row * wide, wide);
            for (var at = 0; at < features.Length; at++) Floats.Add(to, by.AsSpan(features[at] * wide, wide), weights[at]);
        }
    }

    private static void TimesTurned(SparseRows rows, float[] by, float[] into, int wide)
    {
        Array.Clear(into, 0, rows.Width * wide);
        for (var row = 0; row < rows.Count; row++)
        {
            Background.Breathe();
            var features = rows.Features(row);
            var weights = rows.Weights(row);
            var from = by.AsSpan(row * wide, wide);
            for (var at = 0; at < features.Length; at++) Floats.Add(into.AsSpan(features[at] * wide, wide), from, weights[at]);
        }
    }

    // Gram-Schmidt, twice, because once is not enough in single precision; on the transpose, so that memory is read in its order.
    private static void Orthonormalise(float[] q, int count, int wide)
    {
        var columns = ArrayPool<float>.Shared.Rent(wide * count);
        for (var row = 0; row < count; row++)
            for (var column = 0; column < wide; column++) columns[column * count + row] = q[row * wide + column];
        for (var column = 0; column < wide; column++)
        {
            Background.Breathe();
            var here = columns.AsSpan(column * count, count);
            for (var twice = 0; twice < 2; twice++)
                for (var before = 0; before < column; before++)
                {
                    var other = columns.AsSpan(before * count, count);
                    Floats.Add(here, other, -Floats.Dot(here, other));
                }

            var length = MathF.Sqrt(Floats.Dot(here, here));
            foreach (ref var number in here) number = length > 1e-5f ? number / length : 0;
        }

        for (var row = 0; row < count; row++)
            for (var column = 0; column < wide; column++) q[row * wide + column] = columns[column * count + row];
        ArrayPool<float>.Shared.Return(columns);
    }
}
