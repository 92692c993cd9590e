namespace LiveCoCreate.Grains.Opinions;

/// <summary>The numbers of the method. <see cref="Polis"/> is the published method to the letter, to compare with; <see cref="Live"/>, the default, is what
/// we show: the same, but nothing is a group, or a number of a group, that fewer than five people stand behind.</summary>
public sealed record OpinionSettings
{
    public static readonly OpinionSettings Live = new();

    public static readonly OpinionSettings Polis = new() { MinimumGroup = 1, MinimumShown = 1, Starts = 1, BestAgreedIsAgreed = false };

    /// <summary>Votes a person needs to be put into a group; all of them where there are fewer statements.</summary>
    public int MinimumVotes { get; init; } = 7;

    /// <summary>Where fewer people have that many votes, the most active others are taken too, up to this number.</summary>
    public int MinimumClustered { get; init; } = 15;

    /// <summary>Base clusters at most: people who stand so close that the search for groups takes them as one.</summary>
    public int BaseClusters { get; init; } = 100;

    /// <summary>Groups at most; fewer while there are few base clusters: 2, and one more for each <see cref="BaseClustersForOneMore"/>.</summary>
    public int GroupsMost { get; init; } = 5;

    public int BaseClustersForOneMore { get; init; } = 12;

    /// <summary>From cold, how many starts the search for groups is tried from; the tightest division is kept. With one, which Polis takes from the first people, the order in which
    /// people come decides what is found: of the largest recorded conversation two divisions that have hardly anything to do with each other.</summary>
    public int Starts { get; init; } = 20;

    /// <summary>Another number of groups is shown only after it was the best so many times in a row.</summary>
    public int WinsToChange { get; init; } = 4;

    /// <summary>People in a group at least. Without it the best division may be one far outlier against everybody else. The members of a smaller group go to the
    /// nearest of the others; a division of which fewer than two groups are left is none.</summary>
    public int MinimumGroup { get; init; } = 5;

    /// <summary>Votes of a group on a statement, and people at a point of the public map, that are shown at least.</summary>
    public int MinimumShown { get; init; } = 5;

    /// <summary>Statements in a list: representative of one group, agreed by all, disagreed by all.</summary>
    public int ListLength { get; init; } = 5;

    /// <summary>Whether the statement a group agrees on most is shown as agreed. In Polis it is shown as disagreed, with "0 of 23", where the others agree even more.</summary>
    public bool BestAgreedIsAgreed { get; init; } = true;
}
