namespace LiveCoCreate.Grains.Opinions;

/// <summary>Points divided among centres. A cluster that lost its last point is gone.</summary>
/// <param name="Of">The cluster of each point.</param>
/// <param name="Starts">For each cluster, from which of the starting centres it came.</param>
internal sealed record Division(int[] Of, Point[] Centres, int[] Starts)
{
    public int Count => Centres.Length;
}

internal static class KMeans
{
    /// <summary>Centres that all moved less than this in a round are where they belong.</summary>
    private const double Still = 0.01;

    public static Division Run(Point[] points, int[]? weights, IReadOnlyList<Point> starts, int rounds, CancellationToken cancelled)
    {
        var division = new Division(new int[points.Length], [.. starts], [.. Enumerable.Range(0, starts.Count)]);
        for (var round = 0; round < rounds && division.Count > 0; round++)
        {
            cancelled.ThrowIfCancellationRequested();
            var before = division.Centres;
            division = Again(points, weights, division);
            if (AreStill(before, division.Centres)) break;
        }

        return division;
    }

    public static List<Point> FirstDistinct(IEnumerable<Point> points, int most)
    {
        var seen = new HashSet<Point>();
        return [.. points.Where(seen.Add).Take(most)];
    }

    /// <summary>Points drawn one after another, the likelier the farther they are from those that are drawn (k-means++, Arthur and Vassilvitskii, 2007).</summary>
    public static List<Point> Scattered(Point[] points, int[] weights, int wanted, Random dice)
    {
        var centres = new List<Point>();
        var chances = Array.ConvertAll(weights, weight => (double)weight);
        while (centres.Count < wanted)
        {
            Background.Breathe();
            var roll = dice.NextDouble() * chances.Sum();
            var at = 0;
            while (at < points.Length - 1 && (roll -= chances[at]) >= 0) at++;
            if (chances[at] <= 0) break;
            centres.Add(points[at]);
            for (var each = 0; each < points.Length; each++) chances[each] = weights[each] * centres.Min(points[each].SquareTo);
        }

        return centres;
    }

    /// <summary>Adds the points farthest from all centres, one after another, until there are as many centres as asked for, or every point is one.</summary>
    public static void AddDistant(List<Point> centres, Point[] points, int wanted)
    {
        if (centres.Count >= wanted || points.Length == 0) return;
        var distances = new double[points.Length];
        for (var at = 0; at < points.Length; at++) distances[at] = centres.Count == 0 ? double.MaxValue : centres.Min(points[at].SquareTo);
        while (centres.Count < wanted)
        {
            Background.Breathe();
            var farthest = Array.IndexOf(distances, distances.Max());
            if (distances[farthest] <= 0) return;
            centres.Add(points[farthest]);
            for (var at = 0; at < points.Length; at++) distances[at] = Math.Min(distances[at], points[at].SquareTo(points[farthest]));
        }
    }

    /// <summary>Mean of the squared distances from each point to its centre.</summary>
    public static double Cost(Point[] points, int[]? weights, Division division)
    {
        double sum = 0, people = 0;
        for (var at = 0; at < points.Length; at++)
        {
            var weight = weights?[at] ?? 1;
            sum += weight * points[at].SquareTo(division.Centres[division.Of[at]]);
            people += weight;
        }

        return people == 0 ? 0 : sum / people;
    }

    public static int Nearest(Point point, Point[] centres)
    {
        var (nearest, least) = (0, double.MaxValue);
        for (var at = 0; at < centres.Length; at++)
        {
            var square = point.SquareTo(centres[at]);
            if (square < least) (nearest, least) = (at, square);
        }

        return nearest;
    }

    private static Division Again(Point[] points, int[]? weights, Division division)
    {
        var of = new int[points.Length];
        var sums = new (double X, double Y, double Weight)[division.Count];
        for (var at = 0; at < points.Length; at++)
        {
            if (at % 32 == 0) Background.Breathe();
            var cluster = of[at] = Nearest(points[at], division.Centres);
            var weight = weights?[at] ?? 1;
            var (x, y, sum) = sums[cluster];
            sums[cluster] = (x + weight * points[at].X, y + weight * points[at].Y, sum + weight);
        }

        var place = new int[sums.Length];
        var (centres, starts) = (new List<Point>(), new List<int>());
        for (var cluster = 0; cluster < sums.Length; cluster++)
        {
            place[cluster] = centres.Count;
            if (sums[cluster].Weight == 0) continue;
            centres.Add(new Point(sums[cluster].X / sums[cluster].Weight, sums[cluster].Y / sums[cluster].Weight));
            starts.Add(division.Starts[cluster]);
        }

        for (var at = 0; at < of.Length; at++) of[at] = place[of[at]];
        return new Division(of, [.. centres], [.. starts]);
    }

    private static bool AreStill(Point[] before, Point[] after)
    {
        if (before.Length != after.Length) return false;
        var (left, right) = (Sorted(before), Sorted(after));
        for (var at = 0; at < left.Length; at++)
            if (left[at].To(right[at]) >= Still) return false;
        return true;
    }

    private static Point[] Sorted(Point[] centres) => [.. centres.OrderBy(centre => centre.X).ThenBy(centre => centre.Y)];
}
