using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Clustering;

namespace LiveCoCreate.Web.Theming;

/// <summary>How themes are found: <see cref="ThemeRun.Of"/>, or what a test holds in its hand.</summary>
public delegate ThemeRun FindThemes(IReadOnlyList<IdeaText> ideas, ThemeRules rules, Themes previous, ulong seed, ThemeRun? earlier, IProgress<double> progress, CancellationToken cancelled);

/// <summary>Where themes are found on this node: away from every grain's turn, and on half of its cores at most, so that a room that votes
/// meanwhile is answered as ever.</summary>
public sealed class ThemeWorks(FindThemes find, TimeProvider clock, ILogger<ThemeWorks> log) : IDisposable
{
    private readonly SemaphoreSlim _places = new(Math.Max(1, Environment.ProcessorCount / 2));

    public TimeProvider Clock => clock;

    /// <param name="work">Finds themes, and makes of them what is told.</param>
    /// <param name="begins">Its turn has come.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task DoAsync(Action<FindThemes> work, Action begins, CancellationToken cancelled)
    {
        await _places.WaitAsync(cancelled);
        try
        {
            begins();
            await Background.WhenIdle.Run(() =>
            {
                work(find);
                return true;
            }, cancelled);
        }
        finally
        {
            _places.Release();
        }
    }

    public void Failed(string board, Exception wrong) => ThemingLog.Failed(log, board, wrong.GetType().FullName, wrong.StackTrace);

    public void Dispose() => _places.Dispose();
}

internal static partial class ThemingLog
{
    // Not the exception itself: its message may quote what people wrote.
    [LoggerMessage(1, LogLevel.Error, "Finding themes for board {Board} threw {Exception}{Place}")]
    public static partial void Failed(ILogger logger, string board, string? exception, string? place);
}
