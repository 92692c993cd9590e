namespace LiveCoCreate.Grains.Clustering;

/// <summary>Eigenvalues and eigenvectors of a small symmetric matrix, largest first: Jacobi's rotations, cyclic (Golub, Van Loan, section 8.5).</summary>
internal static class Eigen
{
    private const int Sweeps = 12;

    /// <param name="a">The matrix, by rows; it is used up.</param>
    /// <returns>The eigenvectors are rows.</returns>
    public static (double[] Values, double[][] Vectors) Of(double[][] a)
    {
        // Rows of `a` are rotated as rows and columns at once.
        var size = a.Length;
        var (v, all) = (new double[size][], 0.0);
        for (var i = 0; i < size; i++)
        {
            v[i] = new double[size];
            v[i][i] = 1;
            foreach (var number in a[i]) all += number * number;
        }

        for (var sweep = 0; sweep < Sweeps; sweep++)
        {
            var off = 0.0;
            for (var i = 0; i < size; i++)
                for (var j = 0; j < i; j++) off += a[i][j] * a[i][j];
            if (off <= all * 1e-12) break;
            var small = Math.Sqrt(off / size / size) * 1e-2;
            for (var p = 0; p < size - 1; p++)
            {
                Background.Breathe();
                for (var q = p + 1; q < size; q++)
                    if (Math.Abs(a[p][q]) > small) Rotate(a, v, p, q, size);
            }
        }

        var order = Enumerable.Range(0, size).OrderByDescending(i => a[i][i]).ToArray();
        return (Array.ConvertAll(order, i => a[i][i]), Array.ConvertAll(order, i => v[i]));
    }

    private static void Rotate(double[][] a, double[][] v, int p, int q, int size)
    {
        var theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
        var t = (theta >= 0 ? 1 : -1) / (Math.Abs(theta) + Math.Sqrt(theta * theta + 1));
        var c = 1 / Math.Sqrt(t * t + 1);
        var s = t * c;
        for (var i = 0; i < size; i++)
        {
            var row = a[i];
            (row[p], row[q]) = (c * row[p] - s * row[q], s * row[p] + c * row[q]);
        }

        Mix(a[p], a[q], c, s);
        Mix(v[p], v[q], c, s);
    }

    private static void Mix(double[] p, double[] q, double c, double s)
    {
        for (var i = 0; i < p.Length; i++) (p[i], q[i]) = (c * p[i] - s * q[i], s * p[i] + c * q[i]);
    }
}
