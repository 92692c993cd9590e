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

/// <summary>The answer to <c>Watch</c> (L2).</summary>
public sealed record Watched(long Now, long Version, bool Resync = false, BoardFrame? Frame = null, MineFrame? Mine = null);

/// <summary>One client's copy of what it watches, kept as PROTOCOL L2 and F2 say. No I/O: it says what it needs.</summary>
public sealed class Replica<TView, TFrame>(TView start, Func<TView, TFrame, (News News, TView After)> merge)
    where TView : class
{
    // Frames from beyond a gap. They wait for the difference: should nothing more happen on the board, no later
    // frame would tell that they were needed.
    private readonly List<TFrame> _early = [];

    public TView View { get; private set; } = start;

    /// <summary>A frame that was pushed.</summary>
    public Need Arrived(TFrame frame)
    {
        if (Merge(frame) != News.Gap) return Need.Nothing;
        _early.Add(frame);
        return Need.Difference;
    }

    /// <summary>The difference that was asked for; null where there is none.</summary>
    public Need CaughtUp(TFrame? difference)
    {
        if (difference is not null && Merge(difference) == News.Gap) return Need.Difference;
        return MergeEarly();
    }

    /// <summary>A view that was fetched instead.</summary>
    public Need Fetched(TView view)
    {
        View = view;
        return MergeEarly();
    }

    /// <summary>The next connection asks for the difference anyway.</summary>
    public void Disconnected() => _early.Clear();

    private Need MergeEarly()
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
