namespace LiveCoCreate.Grains.Boards;

/// <summary>How evenly a board's ideas come from those who write: the equal-voice meter. Numbers only, and none while few write.</summary>
/// <param name="Writers">How many people wrote something that stands.</param>
/// <param name="Half">How few of them wrote at least half of it.</param>
public sealed record Voices(int Writers, int Half)
{
    /// <remarks>What facilitators enter for others is nobody's share: not theirs, and of the others nobody knows whose.</remarks>
    /// <returns>Null with fewer than <see cref="Limits.SmallestCell"/> writers: of three people, everybody knows who wrote most.</returns>
    public static Voices? Of(Board board)
    {
        var shares = new List<int>(board.ByAuthor.Count);
        foreach (var ideas in board.ByAuthor.Values)
            if (ideas.Count(idea => board.Ideas[idea] is { Proxy: false, Standing: Standing.Waiting or Standing.Shown }) is > 0 and var share) shares.Add(share);
        if (shares.Count < Limits.SmallestCell) return null;

        shares.Sort((one, other) => other - one);
        var (half, reached, all) = (0, 0, shares.Sum());
        while (reached * 2 < all) reached += shares[half++];
        return new Voices(shares.Count, half);
    }
}
