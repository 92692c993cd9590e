namespace LiveCoCreate.Grains.Opinions;

/// <summary>A place on the map of opinions. The units are those of votes (agree 1, disagree -1) along the two principal components; the origin is who votes like the average.</summary>
public readonly record struct Point(double X, double Y)
{
    internal double SquareTo(Point other) => (X - other.X) * (X - other.X) + (Y - other.Y) * (Y - other.Y);

    internal double To(Point other) => Math.Sqrt(SquareTo(other));
}
