using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace LiveCoCreate.Grains;

/// <summary>Work that keeps a core busy for a while: on threads of its own, one for each core, which let all others go first, so that whoever waits for an answer meanwhile waits as ever.
/// The threads stay, and with them the room that one piece of work rents after another.</summary>
public sealed class Background
{
    private readonly int _niceness;
    private readonly Lazy<Threads> _threads;

    private Background(int niceness)
    {
        _niceness = niceness;
        _threads = new(() => new Threads(Environment.ProcessorCount, StandBack));
    }

    /// <summary>What people wait for, such as the map of a room that votes: a third of what another thread gets, and no less. With 19 a busy room saw its groups late, and was answered no sooner.</summary>
    public static Background Soon { get; } = new(niceness: 5);

    /// <summary>What may take its time, such as themes: what is left over, and one part in seventy where nothing is. In turn on quiet cores the slower hundredth of answers took 1.10 times as long
    /// during runs over 2,000 ideas, with 12 1.25 and with 5 1.51 times; later, on noisier ones, 1.32 (<c>tests/Measure -- themes-live</c>). A collection that such a thread sets off goes on at its pace
    /// where other processes fill the cores.</summary>
    public static Background WhenIdle { get; } = new(niceness: 19);

    public Task<T> Run<T>(Func<T> work, CancellationToken cancelled = default) =>
        Task.Factory.StartNew(work, cancelled, TaskCreationOptions.DenyChildAttach | TaskCreationOptions.HideScheduler, _threads.Value);

    /// <summary>The runtime's own priorities mean nothing on Linux, where each thread has a niceness.</summary>
    private void StandBack()
    {
        if (!OperatingSystem.IsLinux())
        {
            Thread.CurrentThread.Priority = ThreadPriority.BelowNormal;
            return;
        }

        try
        {
            _ = SetPriority(which: 0, who: 0, _niceness);
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

        private readonly Action _begin;

        public Threads(int count, Action begin)
        {
            _begin = begin;
            for (var thread = 0; thread < count; thread++) new Thread(Work) { IsBackground = true, Name = "background" }.Start();
        }

        protected override void QueueTask(Task task) => _waiting.Add(task);

        protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

        protected override IEnumerable<Task> GetScheduledTasks() => _waiting;

        private void Work()
        {
            _begin();
            foreach (var task in _waiting.GetConsumingEnumerable()) TryExecuteTask(task);
        }
    }
}
