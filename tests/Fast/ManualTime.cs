namespace LiveCoCreate.Fast;

/// <summary>A clock that stands until its one owner, the test, moves it. Timers fire within <see cref="Advance"/>.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<ManualTimer> _timers = [];
    private TimeSpan _now = TimeSpan.FromDays(1);
    private TaskCompletionSource _timerSet = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _runsAhead;

    public static readonly DateTimeOffset Start = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp()
    {
        lock (_lock) return _now.Ticks;
    }

    public override DateTimeOffset GetUtcNow() => Start.AddTicks(GetTimestamp());

    /// <summary>Completes when a timer is waiting for this clock to move.</summary>
    public Task TimerSetAsync()
    {
        lock (_lock) return _timers.Any(timer => timer.Due is not null) ? Task.CompletedTask : _timerSet.Task;
    }

    public void Advance(TimeSpan by)
    {
        ManualTimer[] due;
        lock (_lock)
        {
            _now += by;
            due = [.. _timers.Where(timer => timer.Due <= _now).OrderBy(timer => timer.Due)];
            foreach (var timer in due) timer.Due = timer.Period > TimeSpan.Zero ? _now + timer.Period : null;
        }

        foreach (var timer in due) timer.Fire();
    }

    /// <summary>From now on nobody waits: a timer that is set moves the clock to its time.</summary>
    public void RunAhead()
    {
        lock (_lock)
        {
            _runsAhead = true;
            foreach (var timer in _timers.Where(timer => timer.Due is not null)) RunTo(timer);
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state));
        lock (_lock) _timers.Add(timer);
        timer.Change(dueTime, period);
        return timer;
    }

    private void RunTo(ManualTimer timer)
    {
        if (timer.Due > _now) _now = timer.Due.Value;
        timer.Due = null;
        _ = Task.Run(timer.Fire);
    }

    private sealed class ManualTimer(ManualTime time, Action fire) : ITimer
    {
        public TimeSpan? Due { get; set; }

        public TimeSpan Period { get; private set; }

        public void Fire() => fire();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._lock)
            {
                Due = dueTime < TimeSpan.Zero ? null : time._now + dueTime;
                Period = period;
                if (Due is null) return true;
                time._timerSet.TrySetResult();
                time._timerSet = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                if (time._runsAhead) time.RunTo(this);
            }

            return true;
        }

        public void Dispose()
        {
            lock (time._lock) time._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
