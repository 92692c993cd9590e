namespace LiveCoCreate.Grains.Clustering;

/// <summary>The constants of clustering: one set for all languages, chosen on some labelled sets and checked on others (ARCHITECTURE.md).</summary>
public sealed record Tuning
{
    public static readonly Tuning Default = new();

    /// <summary>How much of the likeness of two texts is that of their words; the rest is that of the pieces of their words.</summary>
    public float Words { get; init; } = 0.3f;

    /// <summary>What more than such a part of all texts have tells nothing.</summary>
    public float TooCommon { get; init; } = 0.3f;

    /// <summary>How much what no other text has lengthens a text, and makes it less like others.</summary>
    public float Lonely { get; init; } = 1f;

    /// <summary>Directions of the projection (LSA).</summary>
    public int Dimensions { get; init; } = 100;

    /// <summary>How much of the likeness is that in the projection; the rest is that of the texts as they are.</summary>
    public float Latent { get; init; } = 0.3f;

    /// <summary>Neighbours of each text.</summary>
    public int Neighbours { get; init; } = 16;

    /// <summary>More means smaller themes.</summary>
    public double Resolution { get; init; } = 1;

    /// <summary>Runs that vote which texts belong together.</summary>
    public int Runs { get; init; } = 8;

    /// <summary>How much better, as a part of its quality, a fresh start must be before known themes move towards it.</summary>
    public double Better { get; init; } = 0.03;

    /// <summary>Which part of the ideas that people know may change their theme in one run; the rest of a change waits for the next ones.</summary>
    public double Moving { get; init; } = 0.06;

    /// <summary>An idea that is less like every other than this stays ungrouped.</summary>
    public float Least { get; init; } = 0.15f;

    /// <summary>Ideas that are at least so much alike say the same.</summary>
    public float Duplicate { get; init; } = 0.8f;

    /// <summary>Ideas of the smallest theme that is proposed (of a board with fewer than ten times as many: two).</summary>
    public int Smallest { get; init; } = 3;

    /// <summary>How much of the likeness to its neighbours a new idea must have to one theme to be put there.</summary>
    public float Share { get; init; } = 0.4f;
}
