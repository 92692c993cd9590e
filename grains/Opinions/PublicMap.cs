using System.Collections.Immutable;

namespace LiveCoCreate.Grains.Opinions;

internal static class PublicMap
{
    /// <summary>Base clusters, the small ones merged with the nearest of their group, the smallest first, until each point stands for enough people. A group, or a whole room,
    /// that has fewer is not on the map.</summary>
    public static ImmutableArray<MapPoint> Of(IEnumerable<BaseCluster> bases, int least)
    {
        var map = ImmutableArray.CreateBuilder<MapPoint>();
        foreach (var group in bases.GroupBy(each => each.Group).OrderBy(each => each.Key))
        {
            var points = group.Select(each => new MapPoint(each.Centre, each.People, each.Group)).ToList();
            while (points.Count > 1)
            {
                var small = points.MinBy(each => each.People)!;
                if (small.People >= least) break;
                points.Remove(small);
                var near = points.MinBy(each => each.Centre.SquareTo(small.Centre))!;
                var people = near.People + small.People;
                points[points.IndexOf(near)] = near with { Centre = Between(near, small, people), People = people };
            }

            map.AddRange(points.Where(each => each.People >= least));
        }

        return map.ToImmutable();
    }

    private static Point Between(MapPoint one, MapPoint other, int people) => new(
        (one.Centre.X * one.People + other.Centre.X * other.People) / people,
        (one.Centre.Y * one.People + other.Centre.Y * other.People) / people);
}
