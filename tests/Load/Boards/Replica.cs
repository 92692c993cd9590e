namespace LiveCoCreate.Load.Boards;

/// <summary>What a change was to the one who got it (PROTOCOL.md F2).</summary>
internal enum Taken
{
    Old,
    Merged,

    /// <summary>It does not begin at what is held, so something may be missing: nothing was merged.</summary>
    Gap,
}

/// <summary>One client's own copy of a board: which ideas there are, and their tallies. Small, since a process holds two thousand.</summary>
/// <param name="appeared">Hears each idea once: the moment it is first here.</param>
internal sealed class Replica(Action<int, long>? appeared = null)
{
    private int[] _tallies = [];
    private bool[] _known = [];
    private bool[] _appeared = [];

    /// <summary>-1: nothing yet.</summary>
    public long Version { get; private set; } = -1;

    public int Ideas { get; private set; }

    /// <summary>All dots together.</summary>
    public long Dots { get; private set; }

    /// <summary>When a tally last changed, as a Stopwatch timestamp.</summary>
    public long LastTallyAt { get; private set; }

    public int Tally(int idea) => idea < _tallies.Length ? _tallies[idea] : 0;

    public bool Knows(int idea) => idea < _known.Length && _known[idea];

    public Taken Take(Change change, long now)
    {
        if (change.Version <= Version) return Taken.Old;
        if (change.IsWhole) Clear();
        else if (change.Since != Version) return Taken.Gap;
        foreach (var idea in change.Ideas) Appear(idea, now);
        foreach (var idea in change.Gone) Vanish(idea);
        foreach (var (idea, dots) in change.Tallies) Set(idea, dots, now);
        Version = change.Version;
        return Taken.Merged;
    }

    // Which ideas have appeared stays: who waits for one waits for its first coming, and a whole view brings all of them again.
    private void Clear()
    {
        Array.Clear(_tallies);
        Array.Clear(_known);
        (Ideas, Dots) = (0, 0);
    }

    private void Appear(int idea, long now)
    {
        EnsureRoom(idea);
        if (_known[idea]) return;
        _known[idea] = true;
        Ideas++;
        if (_appeared[idea]) return;
        _appeared[idea] = true;
        appeared?.Invoke(idea, now);
    }

    private void Vanish(int idea)
    {
        if (!Knows(idea)) return;
        _known[idea] = false;
        Ideas--;
    }

    private void Set(int idea, int dots, long now)
    {
        EnsureRoom(idea);
        if (_tallies[idea] == dots) return;
        Dots += dots - _tallies[idea];
        _tallies[idea] = dots;
        LastTallyAt = now;
    }

    private void EnsureRoom(int idea)
    {
        if (idea < _tallies.Length) return;
        var length = Math.Max(idea + 16, _tallies.Length * 3 / 2);
        Array.Resize(ref _tallies, length);
        Array.Resize(ref _known, length);
        Array.Resize(ref _appeared, length);
    }
}
