using System.Runtime.InteropServices;

namespace LiveCoCreate.Grains;

/// <summary>Work that keeps a core busy for a while: on a thread of its own, which lets all others go first, so that whoever waits for an answer meanwhile waits as ever.</summary>
public static class Background
{
    /// <summary>A third of what another thread gets, and no less: a collection that this thread sets off stops everybody, and goes on at this pace.</summary>
    private const int Niceness = 5;

    public static Task<T> Run<T>(Func<T> work, CancellationToken cancelled = default) => Task.Factory.StartNew(
        () =>
        {
            StandBack();
            return work();
        },
        cancelled, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>The runtime's own priorities mean nothing on Linux, where each thread has a niceness.</summary>
    private static void StandBack()
    {
        if (!OperatingSystem.IsLinux())
        {
            Thread.CurrentThread.Priority = ThreadPriority.BelowNormal;
            return;
        }

        try
        {
            _ = SetPriority(which: 0, who: 0, Niceness);
        }
        catch (Exception unknown) when (unknown is DllNotFoundException or EntryPointNotFoundException)
        {
            // Another C library: then it takes its turn like any other.
        }
    }

    [DllImport("libc", EntryPoint = "setpriority", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetPriority(int which, uint who, int niceness);
}
