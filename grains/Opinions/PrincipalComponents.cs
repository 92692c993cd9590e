using System.Runtime.Intrinsics;

namespace LiveCoCreate.Grains.Opinions;

/// <summary>The two directions in which the votes differ most, and how much of all difference they explain: unit vectors with one entry a column, or zeros where
/// there is no such difference.</summary>
/// <remarks>Found by iterating a block of four vectors with the matrix and its transpose, and solving the little problem that is left (Rayleigh and Ritz). It ends when
/// the two vectors are eigenvectors to within the tolerance, which takes a few rounds from the components of two seconds ago, and some dozens from nothing.</remarks>
internal sealed class PrincipalComponents
{
    private const int Block = 4;
    private const int Rounds = 400;

    private PrincipalComponents(double[] first, double[] second, double firstShare, double secondShare, int rounds)
    {
        (First, Second, FirstShare, SecondShare, RoundsTaken) = (first, second, firstShare, secondShare, rounds);
    }

    public double[] First { get; }

    public double[] Second { get; }

    public double FirstShare { get; }

    public double SecondShare { get; }

    public int RoundsTaken { get; }

    /// <param name="votes">The matrix.</param>
    /// <param name="start">Two vectors to start with.</param>
    /// <param name="like">Two vectors to turn the result's signs by; null: the largest entry of each is positive.</param>
    /// <param name="tolerance">Length of what is left of an eigenvector's equation, relative to the largest eigenvalue.</param>
    /// <param name="cancelled">Looked at once a round.</param>
    public static PrincipalComponents Of(CountedVotes votes, (double[] First, double[] Second)? start, (double[] First, double[] Second)? like, double tolerance, CancellationToken cancelled)
    {
        var m = votes.Columns.Length;
        var total = 0.0;
        foreach (var value in votes.Values) total += value * value;
        var (first, second) = (new double[m], new double[m]);
        // Everybody says the same.
        if (total <= 1e-12) return new PrincipalComponents(first, second, 0, 0, 0);

        var vectors = new double[m * Block];
        for (var at = 0; at < m; at++)
        {
            if (votes.IsOut[at]) continue;
            for (var lane = 0; lane < Block; lane++) vectors[at * Block + lane] = Noise(at * Block + lane);
            if (start is not { } known) continue;
            // A trace of noise, should a known vector stand at right angles to what became the largest difference.
            vectors[at * Block] = known.First[at] + 1e-3 * vectors[at * Block];
            vectors[at * Block + 1] = known.Second[at] + 1e-3 * vectors[at * Block + 1];
        }

        var (products, turnedVectors, turnedProducts, small, turn) = (new double[m * Block], new double[m * Block], new double[m * Block], new double[Block * Block], new double[Block * Block]);
        var round = 0;
        while (true)
        {
            cancelled.ThrowIfCancellationRequested();
            Orthonormalise(vectors, m);
            Multiply(votes, vectors, products);
            // vectors' products, of which the eigenvectors say how to turn the block.
            for (var a = 0; a < Block; a++)
                for (var b = a; b < Block; b++)
                {
                    var sum = 0.0;
                    for (var at = 0; at < m; at++) sum += vectors[at * Block + a] * products[at * Block + b];
                    small[a * Block + b] = small[b * Block + a] = sum;
                }

            Diagonalise(small, turn);
            Turn(vectors, turn, turnedVectors, m);
            Turn(products, turn, turnedProducts, m);
            var left = 0.0;
            for (var lane = 0; lane < 2; lane++)
            {
                var square = 0.0;
                for (var at = 0; at < m; at++)
                {
                    var difference = turnedProducts[at * Block + lane] - small[lane * Block + lane] * turnedVectors[at * Block + lane];
                    square += difference * difference;
                }

                left = Math.Max(left, Math.Sqrt(square));
            }

            if (left <= tolerance * small[0] || ++round == Rounds) break;
            (vectors, turnedProducts) = (turnedProducts, vectors);
        }

        var (one, two) = (small[0], small[Block + 1]);
        for (var at = 0; at < m; at++)
        {
            first[at] = turnedVectors[at * Block];
            if (two > 1e-10 * total) second[at] = turnedVectors[at * Block + 1];
        }

        Orient(first, like?.First);
        Orient(second, like?.Second);
        return new PrincipalComponents(first, second, one / total, Math.Max(0, two) / total, round);
    }

    /// <summary>products = X'X vectors, all lanes of the block at once.</summary>
    private static void Multiply(CountedVotes votes, double[] vectors, double[] products)
    {
        Array.Clear(products);
        ReadOnlySpan<int> cells = votes.Cells;
        ReadOnlySpan<double> values = votes.Values;
        for (var row = 0; row < votes.Rows; row++)
        {
            if (row % 32 == 0) Background.Breathe();
            var (from, to) = (votes.Starts[row], votes.Starts[row + 1]);
            var sum = Vector256<double>.Zero;
            for (var at = from; at < to; at++) sum += Vector256.Create(values[at]) * Vector256.Create<double>(vectors.AsSpan(cells[at] * Block, Block));
            for (var at = from; at < to; at++)
            {
                var product = products.AsSpan(cells[at] * Block, Block);
                (Vector256.Create<double>(product) + Vector256.Create(values[at]) * sum).CopyTo(product);
            }
        }
    }

    /// <summary>Gram and Schmidt, twice over. A vector of which nothing is left becomes zero and stays so.</summary>
    private static void Orthonormalise(double[] vectors, int m)
    {
        for (var lane = 0; lane < Block; lane++)
        {
            var before = Math.Sqrt(Dot(lane, lane));
            for (var time = 0; time < 2; time++)
                for (var other = 0; other < lane; other++)
                {
                    var dot = Dot(lane, other);
                    for (var at = 0; at < m; at++) vectors[at * Block + lane] -= dot * vectors[at * Block + other];
                }

            var length = Math.Sqrt(Dot(lane, lane));
            var scale = length <= 1e-12 * before || length == 0 ? 0 : 1 / length;
            for (var at = 0; at < m; at++) vectors[at * Block + lane] *= scale;
        }

        double Dot(int a, int b)
        {
            var sum = 0.0;
            for (var at = 0; at < m; at++) sum += vectors[at * Block + a] * vectors[at * Block + b];
            return sum;
        }
    }

    private static void Turn(double[] vectors, double[] turn, double[] turned, int m)
    {
        for (var at = 0; at < m; at++)
            for (var lane = 0; lane < Block; lane++)
            {
                var sum = 0.0;
                for (var from = 0; from < Block; from++) sum += vectors[at * Block + from] * turn[from * Block + lane];
                turned[at * Block + lane] = sum;
            }
    }

    /// <summary>Jacobi's rotations: afterwards the eigenvalues stand in the diagonal, the largest first, and their vectors in the columns of <paramref name="turn"/>.</summary>
    private static void Diagonalise(double[] small, double[] turn)
    {
        Array.Clear(turn);
        for (var at = 0; at < Block; at++) turn[at * Block + at] = 1;
        for (var sweep = 0; sweep < 30; sweep++)
        {
            double off = 0, on = 0;
            for (var a = 0; a < Block; a++)
                for (var b = 0; b < Block; b++)
                    if (a == b) on += small[a * Block + b] * small[a * Block + b];
                    else off += small[a * Block + b] * small[a * Block + b];
            if (off <= 1e-30 * on) break;
            for (var p = 0; p < Block; p++)
                for (var q = p + 1; q < Block; q++) Rotate(p, q);
        }

        for (var place = 0; place < Block; place++)
        {
            var best = place;
            for (var other = place + 1; other < Block; other++)
                if (small[other * Block + other] > small[best * Block + best]) best = other;
            if (best == place) continue;
            (small[place * Block + place], small[best * Block + best]) = (small[best * Block + best], small[place * Block + place]);
            for (var at = 0; at < Block; at++) (turn[at * Block + place], turn[at * Block + best]) = (turn[at * Block + best], turn[at * Block + place]);
        }

        void Rotate(int p, int q)
        {
            var apq = small[p * Block + q];
            if (apq == 0) return;
            var theta = (small[q * Block + q] - small[p * Block + p]) / (2 * apq);
            var t = (theta >= 0 ? 1 : -1) / (Math.Abs(theta) + Math.Sqrt(theta * theta + 1));
            var c = 1 / Math.Sqrt(t * t + 1);
            var s = t * c;
            for (var at = 0; at < Block; at++)
            {
                var (kp, kq) = (small[at * Block + p], small[at * Block + q]);
                (small[at * Block + p], small[at * Block + q]) = (c * kp - s * kq, s * kp + c * kq);
            }

            for (var at = 0; at < Block; at++)
            {
                var (pk, qk) = (small[p * Block + at], small[q * Block + at]);
                (small[p * Block + at], small[q * Block + at]) = (c * pk - s * qk, s * pk + c * qk);
                var (kp, kq) = (turn[at * Block + p], turn[at * Block + q]);
                (turn[at * Block + p], turn[at * Block + q]) = (c * kp - s * kq, s * kp + c * kq);
            }
        }
    }

    private static void Orient(double[] vector, double[]? like)
    {
        var sense = 0.0;
        if (like is not null)
            for (var at = 0; at < vector.Length; at++) sense += vector[at] * like[at];
        if (sense == 0)
            foreach (var entry in vector)
                if (Math.Abs(entry) > Math.Abs(sense) + 1e-12) sense = entry;
        if (sense >= 0) return;
        for (var at = 0; at < vector.Length; at++) vector[at] = -vector[at];
    }

    /// <summary>Between -1 and 1, always the same for the same place: something to start from that no matrix is likely to stand at right angles to.</summary>
    private static double Noise(int place)
    {
        var mixed = (ulong)(place + 1) * 0x9E3779B97F4A7C15;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return ((mixed ^ (mixed >> 31)) >> 11) * (2.0 / (1UL << 53)) - 1;
    }
}
