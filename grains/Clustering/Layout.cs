namespace LiveCoCreate.Grains.Clustering;

/// <summary>A map of texts: neighbours attract each other, others, drawn at random, repel (UMAP, McInnes, Healy, Melville 2018, with its curve at a = b = 1).
/// The first map starts from the projection; later ones from where people saw the ideas last: what was there hardly moves, and what is new
/// starts among its neighbours.</summary>
internal static class Layout
{
    private const int FreshRounds = 60;
    private const int LaterRounds = 15;
    private const int Strangers = 3;
    private const float Settled = 0.02f;
    private const float Bound = 3;

    /// <param name="before">Where each text was, if it was.</param>
    /// <param name="themes">Of each text its theme, or -1: within a theme the pull is stronger.</param>
    public static Spot[] Of(Neighbours near, Projection projection, int[] themes, Spot?[] before, ulong seed, CancellationToken cancelled)
    {
        var (count, dice, fresh) = (near.Count, new Dice(seed), before.Count(spot => spot is not null) * 2 < near.Count);
        var (spots, pace) = (new Spot[count], new float[count]);
        for (var text = 0; text < count; text++)
        {
            spots[text] = !fresh && before[text] is { } known ? known : Start(text);
            pace[text] = !fresh && before[text] is not null ? Settled : 1;
        }

        var rounds = fresh ? FreshRounds : LaterRounds;
        for (var round = 0; round < rounds; round++)
        {
            cancelled.ThrowIfCancellationRequested();
            var rate = (fresh ? 0.3f : 0.1f) * (1 - (float)round / rounds);
            for (var text = 0; text < count; text++)
            {
                if (text % 32 == 0) Background.Breathe();
                var others = near.Of(text);
                var likeness = near.Likeness(text);
                for (var at = 0; at < others.Length; at++)
                {
                    var other = others[at];
                    var strength = Math.Min(1, likeness[at] * (themes[text] >= 0 && themes[other] == themes[text] ? 2 : 0.7f));
                    Pull(text, other, rate * strength);
                }

                for (var stranger = 0; stranger < Strangers; stranger++)
                    if (dice.Below(count) is var other && other != text) Push(text, other, rate);
            }
        }

        if (fresh) Scale(spots);
        return spots;

        Spot Start(int text)
        {
            var (x, y, sum) = (0f, 0f, 0f);
            if (!fresh)
                for (var at = 0; at < near.Of(text).Length; at++)
                    if (before[near.Of(text)[at]] is { } spot)
                    {
                        var weight = near.Likeness(text)[at] * near.Likeness(text)[at];
                        (x, y, sum) = (x + weight * spot.X, y + weight * spot.Y, sum + weight);
                    }

            var jitter = new Spot((dice.Unit() - 0.5f) * 0.1f, (dice.Unit() - 0.5f) * 0.1f);
            if (sum > 0) return new(x / sum + jitter.X, y / sum + jitter.Y);
            var place = projection.Place(text);
            // The first direction is what all texts have in common.
            return place.Length > 2 && (place[1] != 0 || place[2] != 0) ? new(3 * place[1] + jitter.X, 3 * place[2] + jitter.Y) : new(jitter.X * 20, jitter.Y * 20);
        }

        void Pull(int one, int other, float rate)
        {
            var (dx, dy) = (spots[other].X - spots[one].X, spots[other].Y - spots[one].Y);
            var force = rate * 2 / (1 + dx * dx + dy * dy);
            MoveBy(one, dx * force * 0.5f, dy * force * 0.5f);
            MoveBy(other, -dx * force * 0.5f, -dy * force * 0.5f);
        }

        void Push(int one, int other, float rate)
        {
            var (dx, dy) = (spots[one].X - spots[other].X, spots[one].Y - spots[other].Y);
            var distance = dx * dx + dy * dy;
            var force = Math.Min(4, 2 / ((0.05f + distance) * (1 + distance))) * rate * 0.3f;
            MoveBy(one, dx * force, dy * force);
        }

        void MoveBy(int text, float x, float y) =>
            spots[text] = fresh ? new(spots[text].X + x, spots[text].Y + y) : new(Math.Clamp(spots[text].X + x * pace[text], -Bound, Bound), Math.Clamp(spots[text].Y + y * pace[text], -Bound, Bound));
    }

    // Around (0, 0), at a mean square distance of one.
    private static void Scale(Spot[] spots)
    {
        if (spots.Length == 0) return;
        var (x, y) = (spots.Average(spot => spot.X), spots.Average(spot => spot.Y));
        var size = MathF.Sqrt(spots.Average(spot => (spot.X - x) * (spot.X - x) + (spot.Y - y) * (spot.Y - y)));
        for (var at = 0; at < spots.Length; at++)
            spots[at] = size < 1e-6f ? new(0, 0) : new(Math.Clamp((spots[at].X - x) / size, -Bound, Bound), Math.Clamp((spots[at].Y - y) / size, -Bound, Bound));
    }
}
