using System.Diagnostics;
using System.Runtime.InteropServices;

namespace LiveCoCreate.Load.Scenarios;

/// <summary>Does things at their moments, on a thread of its own: a busy pool must not delay what the people of a storm do.</summary>
internal static class Timetable
{
    private const double LongestNapMs = 50;

    /// <param name="entries">When, in milliseconds from now, and what.</param>
    /// <returns>The Stopwatch timestamp that the moments count from, and the end of it all.</returns>
    public static (long Start, Task Done) Begin(IEnumerable<(double AtMs, Action Do)> entries, CancellationToken cancellation = default)
    {
        var sorted = entries.OrderBy(entry => entry.AtMs).ToArray();
        var start = Stopwatch.GetTimestamp();
        return (start, Task.Factory.StartNew(() => Run(sorted, start, cancellation), cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default));
    }

    private static void Run((double AtMs, Action Do)[] entries, long start, CancellationToken cancellation)
    {
        using var never = new ManualResetEventSlim(initialState: false, spinCount: 0);
        for (var next = 0; next < entries.Length && !cancellation.IsCancellationRequested;)
        {
            var wait = entries[next].AtMs - Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            if (wait <= 0) entries[next++].Do();
            // In whole milliseconds, as .NET sleeps, what is due within the same one would be done at once: at a thousand commands a second most
            // would come in company, and their moments would not be random. Spinning instead would take half a core from both servers.
            else if (OperatingSystem.IsLinux()) _ = MicroSleep((uint)Math.Ceiling(Math.Min(wait, LongestNapMs) * 1000));
            else never.Wait((int)Math.Ceiling(Math.Min(wait, LongestNapMs)), CancellationToken.None);
        }
    }

    [DllImport("libc", EntryPoint = "usleep", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int MicroSleep(uint microseconds);
}
