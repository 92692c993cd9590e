using System.Collections.Immutable;

namespace LiveCoCreate.Grains.Opinions;

/// <summary>The search for groups among the people who are clustered: first base clusters, then groups of these.</summary>
internal sealed class Grouping
{
    // One round to divide, and up to 100 or 20 in which the centres move.
    private const int BaseRounds = 101;
    private const int GroupRounds = 21;

    private const double ClearlyTighter = 0.95;

    private Grouping(int[] rows, Division bases, int[] baseIds, int[] sizes, List<Candidate> candidates)
    {
        (Rows, Bases, BaseIds, Sizes, Candidates) = (rows, bases, baseIds, sizes, candidates);
    }

    /// <summary>A division of the base clusters into k groups.</summary>
    /// <param name="Searched">As it was found; the next search starts from it.</param>
    /// <param name="Kept">Without groups that are too small.</param>
    /// <param name="Silhouette">Of what is kept; null where that is less than two groups.</param>
    internal sealed record Candidate(int K, Division Searched, Division Kept, ImmutableArray<int> People, double? Silhouette);

    /// <summary>The clustered people, as rows of the votes. <see cref="Bases"/> is in this order.</summary>
    public int[] Rows { get; }

    public Division Bases { get; }

    /// <summary>Numbers that a base cluster keeps from one computation to the next.</summary>
    public int[] BaseIds { get; }

    /// <summary>People in each base cluster.</summary>
    public int[] Sizes { get; }

    public List<Candidate> Candidates { get; }

    public static Grouping Of(CountedVotes votes, Point[] positions, OpinionState previous, OpinionSettings settings, CancellationToken cancelled)
    {
        var rows = Clustered(votes, previous, settings);
        var points = Array.ConvertAll(rows, row => positions[row]);
        var standings = Array.ConvertAll(rows, row => previous.People.TryGetValue(votes.Snapshot.Voters[row], out var standing) ? standing : (Standing?)null);

        var (bases, ids) = BaseClusters(points, standings, settings, cancelled);
        var sizes = new int[bases.Count];
        foreach (var cluster in bases.Of) sizes[cluster]++;

        var candidates = new List<Candidate>();
        var most = Math.Min(settings.GroupsMost, 2 + bases.Count / settings.BaseClustersForOneMore);
        for (var k = 2; k <= most && bases.Count > 1; k++)
        {
            var searched = Groups(k, bases.Centres, sizes, points, standings, settings.Starts, cancelled);
            var kept = Keep(bases.Centres, sizes, searched, settings.MinimumGroup);
            var people = new int[kept.Count];
            for (var cluster = 0; cluster < sizes.Length; cluster++) people[kept.Of[cluster]] += sizes[cluster];
            candidates.Add(new Candidate(k, searched, kept, [.. people], kept.Count < 2 ? null : Silhouette(bases.Centres, kept)));
        }

        return new Grouping(rows, bases, ids, sizes, candidates);
    }

    private static int[] Clustered(CountedVotes votes, OpinionState previous, OpinionSettings settings)
    {
        var enough = Math.Min(settings.MinimumVotes, votes.Columns.Length);
        var isIn = new bool[votes.Rows];
        var count = 0;
        for (var row = 0; row < isIn.Length; row++)
            if (votes.VotesOf[row] >= enough || previous.People.ContainsKey(votes.Snapshot.Voters[row])) (isIn[row], count) = (true, count + 1);
        if (count < settings.MinimumClustered)
            foreach (var row in Enumerable.Range(0, isIn.Length).Where(row => !isIn[row]).OrderByDescending(row => votes.VotesOf[row]).Take(settings.MinimumClustered - count).ToList())
                isIn[row] = true;
        return [.. Enumerable.Range(0, isIn.Length).Where(row => isIn[row])];
    }

    private static (Division Bases, int[] Ids) BaseClusters(Point[] points, Standing?[] standings, OpinionSettings settings, CancellationToken cancelled)
    {
        // One more than may be tells whether they are too many.
        var distinct = KMeans.FirstDistinct(points, settings.BaseClusters + 1);
        var (known, centres) = MeansOf(points, standings, standing => standing.Base);
        Division bases;
        if (distinct.Count <= settings.BaseClusters)
        {
            // Each place is a cluster of its own.
            bases = KMeans.Run(points, null, distinct, 1, cancelled);
            var taken = new HashSet<int>();
            var ids = new int[bases.Count];
            Array.Fill(ids, -1);
            for (var at = 0; at < points.Length; at++)
                if (standings[at] is { } standing && ids[bases.Of[at]] < 0 && taken.Add(standing.Base)) ids[bases.Of[at]] = standing.Base;
            return (bases, Numbered(ids, known));
        }

        if (centres.Count == 0) centres = distinct[..settings.BaseClusters];
        KMeans.AddDistant(centres, points, settings.BaseClusters);
        bases = KMeans.Run(points, null, centres, BaseRounds, cancelled);
        return (bases, Numbered([.. bases.Starts.Select(start => start < known.Count ? known[start] : -1)], known));
    }

    /// <summary>New numbers for the clusters that have none.</summary>
    private static int[] Numbered(int[] ids, List<int> known)
    {
        var next = known.Count == 0 ? 0 : known.Max() + 1;
        for (var at = 0; at < ids.Length; at++)
            if (ids[at] < 0) ids[at] = next++;
        return ids;
    }

    private static Division Groups(int k, Point[] bases, int[] sizes, Point[] points, Standing?[] standings, int starts, CancellationToken cancelled)
    {
        var (_, centres) = MeansOf(points, standings, standing => standing.GroupOf.Length > k - 2 ? standing.GroupOf[k - 2] : null);
        if (centres.Count == 0) return Tightest(k, bases, sizes, starts, cancelled);
        KMeans.AddDistant(centres, bases, k);
        var going = KMeans.Run(bases, sizes, centres, GroupRounds, cancelled);
        if (starts == 1) return going;
        // A division that grew with the room stays, unless a fresh look finds a clearly tighter one: else the close would show another room than the one that was watched.
        var fresh = Tightest(k, bases, sizes, starts, cancelled);
        return KMeans.Cost(bases, sizes, fresh) < ClearlyTighter * KMeans.Cost(bases, sizes, going) ? fresh : going;
    }

    /// <summary>The first start is that of Polis; the others are as far from each other as chance has it, the same chance each time.</summary>
    private static Division Tightest(int k, Point[] bases, int[] sizes, int starts, CancellationToken cancelled)
    {
        var dice = new Random(k);
        Division? best = null;
        var least = double.MaxValue;
        for (var start = 0; start < starts; start++)
        {
            var centres = start == 0 ? KMeans.FirstDistinct(bases, k) : KMeans.Scattered(bases, sizes, k, dice);
            KMeans.AddDistant(centres, bases, k);
            var found = KMeans.Run(bases, sizes, centres, GroupRounds, cancelled);
            var cost = KMeans.Cost(bases, sizes, found);
            // Equal but for rounding is no reason to prefer a later one.
            if (best is not null && cost >= least * (1 - 1e-9)) continue;
            (best, least) = (found, cost);
        }

        return best!;
    }

    /// <summary>Where those who were together stand now, in the mean.</summary>
    private static (List<int> Known, List<Point> Centres) MeansOf(Point[] points, Standing?[] standings, Func<Standing, int?> clusterOf)
    {
        var sums = new SortedDictionary<int, (double X, double Y, int People)>();
        for (var at = 0; at < points.Length; at++)
        {
            if (standings[at] is not { } standing || clusterOf(standing) is not { } cluster) continue;
            var (x, y, people) = sums.GetValueOrDefault(cluster);
            sums[cluster] = (x + points[at].X, y + points[at].Y, people + 1);
        }

        return ([.. sums.Keys], [.. sums.Values.Select(sum => new Point(sum.X / sum.People, sum.Y / sum.People))]);
    }

    /// <summary>Gives up the smallest group until none is too small; its base clusters go to the nearest of the others.</summary>
    private static Division Keep(Point[] bases, int[] sizes, Division division, int least)
    {
        while (division.Count > 1)
        {
            var people = new int[division.Count];
            for (var at = 0; at < bases.Length; at++) people[division.Of[at]] += sizes[at];
            var smallest = Array.IndexOf(people, people.Min());
            if (people[smallest] >= least) break;
            var left = division.Centres.Where((_, group) => group != smallest).ToList();
            division = KMeans.Run(bases, sizes, left, 1, CancellationToken.None);
        }

        return division;
    }

    /// <summary>How well the groups stand apart, -1 to 1: of each base cluster, how much farther the nearest other group is than its own, in the mean of the distances to
    /// their base clusters. One that is alone in its group counts 0.</summary>
    internal static double Silhouette(Point[] points, Division division)
    {
        var sum = 0.0;
        var (distances, counts) = (new double[division.Count], new int[division.Count]);
        foreach (var group in division.Of) counts[group]++;
        for (var at = 0; at < points.Length; at++)
        {
            Background.Breathe();
            var own = division.Of[at];
            if (counts[own] < 2) continue;
            Array.Clear(distances);
            for (var other = 0; other < points.Length; other++) distances[division.Of[other]] += points[at].To(points[other]);
            var (near, nearest) = (distances[own] / (counts[own] - 1), double.MaxValue);
            for (var group = 0; group < counts.Length; group++)
                if (group != own) nearest = Math.Min(nearest, distances[group] / counts[group]);
            if (Math.Max(near, nearest) is > 0 and var larger) sum += (nearest - near) / larger;
        }

        return points.Length == 0 ? 0 : sum / points.Length;
    }
}
