namespace LiveCoCreate.Live.Servers;

/// <summary>The system's clock, set ahead by what a test says. It can hold timers of one length back until they are let go.</summary>
public sealed class MovableClock : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<ITimer> _heldTimers = [];
    private TimeSpan? _hold;
    private TaskCompletionSource _held = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _aheadTicks;

    public TimeSpan Ahead { get => new(Interlocked.Read(ref _aheadTicks)); set => Interlocked.Exchange(ref _aheadTicks, value.Ticks); }

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Ahead;

    /// <summary>From now on a timer that is made to ring once after just this long waits for <see cref="LetGo"/>. The task ends when there is one.</summary>
    public Task Hold(TimeSpan length)
    {
        lock (_gate)
        {
            _hold = length;
            _held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _held.Task;
        }
    }

    /// <summary>Rings what is held.</summary>
    public void LetGo()
    {
        lock (_gate)
        {
            _hold = null;
            foreach (var timer in _heldTimers) timer.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
            _heldTimers.Clear();
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        lock (_gate)
        {
            var isHeld = dueTime == _hold && period == Timeout.InfiniteTimeSpan;
            var timer = base.CreateTimer(callback, state, isHeld ? Timeout.InfiniteTimeSpan : dueTime, period);
            if (!isHeld) return timer;
            _heldTimers.Add(timer);
            _held.TrySetResult();
            return timer;
        }
    }
}
