using LiveCoCreate.Grains.Clustering;

namespace LiveCoCreate.Live.Theming;

/// <summary>Finds themes as ever, but each run stops half way until the test lets it go.</summary>
public sealed class HeldThemes
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _reached = New();
    private TaskCompletionSource _go = New();
    private bool _holds;

    public int Runs { get; private set; }

    /// <summary>From now on runs stop half way.</summary>
    public void Hold()
    {
        lock (_gate) (_holds, _reached, _go) = (true, New(), New());
    }

    /// <summary>A run is half way.</summary>
    public Task Reached
    {
        get { lock (_gate) return _reached.Task.WaitAsync(TimeSpan.FromSeconds(20)); }
    }

    public void LetGo()
    {
        lock (_gate)
        {
            _holds = false;
            _go.TrySetResult();
        }
    }

    public ThemeRun Find(IReadOnlyList<IdeaText> ideas, ThemeRules rules, Themes previous, ulong seed, ThemeRun? earlier, IProgress<double> progress, CancellationToken cancelled)
    {
        TaskCompletionSource? go = null;
        lock (_gate)
        {
            Runs++;
            if (_holds) go = _go;
        }

        if (go is not null)
        {
            progress.Report(0.5);
            lock (_gate) _reached.TrySetResult();
            go.Task.Wait(cancelled);
        }

        return ThemeRun.Of(ideas, rules, previous, seed, null, earlier, progress, cancelled);
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
