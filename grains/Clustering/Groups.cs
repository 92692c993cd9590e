namespace LiveCoCreate.Grains.Clustering;

/// <summary>Which items belong together, joined pair by pair (union-find with path halving).</summary>
internal sealed class Groups(int count)
{
    private readonly int[] _parents = [.. Enumerable.Range(0, count)];

    public int Of(int item)
    {
        while (_parents[item] != item) item = _parents[item] = _parents[_parents[item]];
        return item;
    }

    /// <summary>The lower number stands for both, so that the order of joining makes no difference.</summary>
    public void Join(int one, int other)
    {
        var (low, high) = (Of(one), Of(other));
        if (low > high) (low, high) = (high, low);
        _parents[high] = low;
    }
}
