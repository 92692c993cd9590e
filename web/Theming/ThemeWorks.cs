using System.Runtime.InteropServices;
using LiveCoCreate.Grains.Clustering;

namespace LiveCoCreate.Web.Theming;

/// <summary>How themes are found: <see cref="ThemeRun.Of"/>, or what a test holds in its hand.</summary>
public delegate ThemeRun FindThemes(IReadOnlyList<IdeaText> ideas, ThemeRules rules, Themes previous, ulong seed, IProgress<double> progress, CancellationToken cancelled);

/// <summary>Where themes are found on this node: away from every grain's turn, and on half of its cores at most, so that a room that votes
/// meanwhile is answered as ever.</summary>
public sealed class ThemeWorks(FindThemes find, TimeProvider clock, ILogger<ThemeWorks> log) : IDisposable
{
    private readonly SemaphoreSlim _places = new(Math.Max(1, Environment.ProcessorCount / 2));

    public TimeProvider Clock => clock;

    /// <param name="begins">Its turn has come.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task<ThemeRun> FindAsync(IReadOnlyList<IdeaText> ideas, ThemeRules rules, Themes previous, ulong seed, Action begins, IProgress<double> progress, CancellationToken cancelled)
    {
        await _places.WaitAsync(cancelled);
        try
        {
            begins();
            // A thread of its own, which stands back.
            return await Task.Factory.StartNew(() =>
            {
                StandBack();
                return find(ideas, rules, previous, seed, progress, cancelled);
            }, cancelled, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
        finally
        {
            _places.Release();
        }
    }

    /// <summary>The calling thread lets all others go first. The runtime's own priorities mean nothing on Linux, where each thread has a niceness.</summary>
    private static void StandBack()
    {
        if (!OperatingSystem.IsLinux())
        {
            Thread.CurrentThread.Priority = ThreadPriority.BelowNormal;
            return;
        }

        const int niceness = 15;
        try
        {
            _ = SetPriority(which: 0, who: 0, niceness);
        }
        catch (Exception unknown) when (unknown is DllNotFoundException or EntryPointNotFoundException)
        {
            // Another C library: then it takes its turn like any other.
        }
    }

    [DllImport("libc", EntryPoint = "setpriority", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetPriority(int which, uint who, int niceness);

    public void Failed(string board, Exception wrong) => ThemingLog.Failed(log, board, wrong.GetType().FullName, wrong.StackTrace);

    public void Dispose() => _places.Dispose();
}

internal static partial class ThemingLog
{
    // Not the exception itself: its message may quote what people wrote.
    [LoggerMessage(1, LogLevel.Error, "Finding themes for board {Board} threw {Exception}{Place}")]
    public static partial void Failed(ILogger logger, string board, string? exception, string? place);
}
