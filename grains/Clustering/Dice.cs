namespace LiveCoCreate.Grains.Clustering;

/// <summary>Numbers that look random and follow from a seed alone: SplitMix64 (Steele, Lea, Flood 2014).</summary>
internal struct Dice(ulong seed)
{
    private ulong _state = seed;

    public ulong Next()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    public int Below(int bound) => (int)(((Next() >> 32) * (ulong)bound) >> 32);

    /// <summary>From 0 to 1.</summary>
    public float Unit() => (Next() >> 40) * (1f / (1 << 24));

    public void Shuffle(Span<int> items)
    {
        for (var at = items.Length - 1; at > 0; at--)
        {
            var other = Below(at + 1);
            (items[at], items[other]) = (items[other], items[at]);
        }
    }
}
