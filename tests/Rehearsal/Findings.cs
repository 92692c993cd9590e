namespace LiveCoCreate.Rehearsal;

/// <summary>Differences found so far, from many threads; the first two thousand are kept.</summary>
internal sealed class Findings
{
    private readonly List<string> _all = [];

    public void Add(string finding)
    {
        lock (_all)
        {
            if (_all.Count < 2000) _all.Add(finding);
        }
    }

    public void Expect<T>(T expected, T seen, Func<string> what)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, seen)) Add($"{what()}: expected {expected}, seen {seen}");
    }

    public IReadOnlyList<string> All
    {
        get { lock (_all) return [.. _all]; }
    }
}
