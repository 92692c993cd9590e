namespace LiveCoCreate.Wire.Boards;

/// <summary>What a replica lacks to be whole again.</summary>
public enum Need
{
    Nothing,

    /// <summary><c>Watch</c> again from the version that is held (F2).</summary>
    Difference,

    /// <summary>The server no longer knows that version: fetch the view (L2).</summary>
    WholeView,
}

/// <summary>The answer to <c>Watch</c> (L2). What is missing since then comes as frames, or is to be fetched.</summary>
public sealed record Watched(long Now, long Version, bool Resync = false);

/// <summary>One client's copy of what it watches, kept as PROTOCOL L2 and F2 say. No I/O: it says what it needs.</summary>
public sealed class Replica<TView, TFrame>(TView start, Func<TView, TFrame, (News News, TView After)> merge)
    where TView : class
{
    // Frames from beyond a gap. They wait for the view that is being fetched: should nothing more happen on the board,
    // no later frame would tell that they were needed.
    private readonly List<TFrame> _early = [];

    public TView View { get; private set; } = start;

    /// <summary>A frame that was pushed.</summary>
    public Need Arrived(TFrame frame)
    {
        if (Merge(frame) != News.Gap) return Need.Nothing;
        _early.Add(frame);
        return Need.Difference;
    }

    /// <summary>From now on frames begin at what is held: earlier ones from beyond a gap will come again as part of those.</summary>
    public void Rewatched() => _early.Clear();

    /// <summary>A view that was fetched instead. Frames that came meanwhile are merged into it.</summary>
    public Need Fetched(TView view)
    {
        View = view;
        return MergeEarly();
    }

    /// <summary>The view that was fetched is older than what is held.</summary>
    public Need MergeEarly()
    {
        _early.RemoveAll(frame => Merge(frame) != News.Gap);
        return _early.Count == 0 ? Need.Nothing : Need.Difference;
    }

    private News Merge(TFrame frame)
    {
        (var news, View) = merge(View, frame);
        return news;
    }
}
