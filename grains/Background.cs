using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace LiveCoCreate.Grains;

/// <summary>Work that keeps a core busy for a while: on threads of its own, one for each core, which let all others go first, so that whoever waits for an answer meanwhile waits as ever.
/// The threads stay, and with them the room that one piece of work rents after another.</summary>
public sealed class Background
{
    // SCHED_IDLE of <sched.h>.
    private const int Idle = 5;

    private static readonly long BreathEvery = Stopwatch.Frequency / 2000;

    // On these threads alone it is not 0.
    [ThreadStatic]
    private static long t_nextBreath;

    private readonly int _niceness;
    private readonly bool _whenIdle;
    private readonly Lazy<Threads> _threads;

    private Background(int niceness, bool whenIdle = false)
    {
        (_niceness, _whenIdle) = (niceness, whenIdle);
        _threads = new(() => new Threads(Environment.ProcessorCount, StandBack));
    }

    /// <summary>What people wait for, such as the map of a room that votes: a third of what another thread gets, and no less. With 19 a busy room saw its groups late, and was answered no sooner.</summary>
    public static Background Soon { get; } = new(niceness: 5);

    /// <summary>What may take its time, such as themes: what is left over. To the kernel a core with such a thread is as good as idle, so whoever wakes goes there at once instead of behind somebody else.
    /// Where other programs of the same group fill the cores it hardly gets on, and a collection meanwhile waits for it.</summary>
    public static Background WhenIdle { get; } = new(niceness: 19, whenIdle: true);

    public Task<T> Run<T>(Func<T> work, CancellationToken cancelled = default) =>
        Task.Factory.StartNew(work, cancelled, TaskCreationOptions.DenyChildAttach | TaskCreationOptions.HideScheduler, _threads.Value);

    /// <summary>Long loops say this each few microseconds or so: on a thread of these it sleeps for a moment (some 60 microseconds) twice a millisecond, on any other it does nothing.</summary>
    /// <remarks>A core that never rests fetches no work: of two threads that wait for one core, the second waits there to the end of a tick (4 ms) while the other core is busy with what could wait.
    /// A core that falls idle looks around and fetches it. Without these breaths the slower hundredth of answers took about 1.3 times as long during runs over 2,000 ideas, with them 1.1
    /// (<c>tests/Measure -- themes-live</c>).</remarks>
    public static void Breathe()
    {
        if (t_nextBreath == 0 || Stopwatch.GetTimestamp() < t_nextBreath) return;
        _ = Sleep(microseconds: 1);
        t_nextBreath = Stopwatch.GetTimestamp() + BreathEvery;
    }

    /// <summary>The runtime's own priorities mean nothing on Linux, where each thread has a niceness and a policy.</summary>
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
            var priority = 0;
            // Not every C library does it; then the niceness is left.
            if (_whenIdle) _ = SetPolicy(who: 0, Idle, in priority);
            _ = Sleep(microseconds: 1);
            t_nextBreath = Stopwatch.GetTimestamp();
        }
        catch (Exception unknown) when (unknown is DllNotFoundException or EntryPointNotFoundException)
        {
            // Another C library: then it takes its turn like any other.
        }
    }

    [DllImport("libc", EntryPoint = "setpriority", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetPriority(int which, uint who, int niceness);

    [DllImport("libc", EntryPoint = "sched_setscheduler", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetPolicy(int who, int policy, in int priority);

    [DllImport("libc", EntryPoint = "usleep", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Sleep(uint microseconds);

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
