using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace LiveCoCreate.Grains;

/// <summary>Work that keeps a core busy for a while: on threads of its own, one for each core, which let all others go first, so that whoever waits for an answer meanwhile waits as ever.
/// The threads stay, and with them the room that one piece of work rents after another.</summary>
public static class Background
{
    /// <summary>What is left over, and one part in seventy where nothing is. A collection that such a thread sets off goes on at this pace too, but then all others of this process wait
    /// and leave it the core: only where other processes are busy on the same cores does it take longer. Measured against 5 and 12 (<c>tests/Measure -- themes-live</c>).</summary>
    private const int Niceness = 19;

    private static readonly Lazy<Threads> Own = new(() => new Threads(Environment.ProcessorCount));

    public static Task<T> Run<T>(Func<T> work, CancellationToken cancelled = default) =>
        Task.Factory.StartNew(work, cancelled, TaskCreationOptions.DenyChildAttach | TaskCreationOptions.HideScheduler, Own.Value);

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

    private sealed class Threads : TaskScheduler
    {
        private readonly BlockingCollection<Task> _waiting = [];

        public Threads(int count)
        {
            for (var thread = 0; thread < count; thread++) new Thread(Work) { IsBackground = true, Name = "background" }.Start();
        }

        protected override void QueueTask(Task task) => _waiting.Add(task);

        protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

        protected override IEnumerable<Task> GetScheduledTasks() => _waiting;

        private void Work()
        {
            StandBack();
            foreach (var task in _waiting.GetConsumingEnumerable()) TryExecuteTask(task);
        }
    }
}
