using System.Security.Cryptography;
using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Boards;
using LiveCoCreate.Grains.Workshops;
using Orleans;

namespace LiveCoCreate.Silo.Orleans;

/// <summary>What this node watches: counts what it hears, and renews its lease. Where something was lost, or nobody there knows of it any more (the grain moved, its silo died),
/// the feed is told that it has ended, and watches anew.</summary>
internal abstract class Watching : IAsyncDisposable
{
    /// <summary>That something was lost is noticed within twice that, and so is a silo's death once the others know of it.</summary>
    public static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly ITimer _timer;
    private readonly Dictionary<long, Action> _ahead = [];
    private readonly Queue<Action> _due = [];
    private long _watch;
    private long _heard;
    private long _awaited;
    private bool _telling;
    private bool _isOn;
    private bool _renewing;

    protected Watching(TimeProvider clock) => _timer = clock.CreateTimer(_ => _ = RenewAsync(), null, RenewEvery, RenewEvery);

    public ValueTask DisposeAsync()
    {
        lock (_gate) _isOn = false;
        return _timer.DisposeAsync();
    }

    /// <summary>What is heard from now on belongs to this watch.</summary>
    protected long Begin()
    {
        lock (_gate)
        {
            (_heard, _awaited, _isOn) = (0, 0, true);
            _ahead.Clear();
            _due.Clear();
            return _watch = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(8));
        }
    }

    /// <summary>What a silo tells may come by any gateway, so the later may be there first: it waits for what is between. Feeds are told one after another, and not under the lock,
    /// since they ask for a watch under theirs.</summary>
    protected void Hear(long watch, long number, Action tell)
    {
        lock (_gate)
        {
            if (!_isOn || watch != _watch || number <= _heard) return;
            _ahead[number] = tell;
            while (_ahead.Remove(_heard + 1, out var next))
            {
                _heard++;
                _due.Enqueue(next);
            }

            if (_telling) return;
            _telling = true;
        }

        while (true)
        {
            Action next;
            lock (_gate)
            {
                _telling = _due.TryDequeue(out next!);
                if (!_telling) return;
            }

            next();
        }
    }

    protected void Over(long watch)
    {
        lock (_gate)
        {
            if (!_isOn || watch != _watch) return;
            _isOn = false;
        }

        TellEnded();
    }

    protected abstract ValueTask<Answer<long>> AskAsync(long watch);

    protected abstract void TellEnded();

    private async Task RenewAsync()
    {
        long watch;
        lock (_gate)
        {
            if (!_isOn || _renewing) return;
            (_renewing, watch) = (true, _watch);
        }

        try
        {
            var answer = await AskAsync(watch);
            if (answer.Outcome is Outcome.JournalAway or Outcome.JournalNewer) return;
            if (answer.Outcome is Outcome.Gone || answer.Value < 0 || IsBehind(watch, answer.Value)) Over(watch);
        }
        catch (Exception passing) when (OrleansGrains.IsPassing(passing))
        {
            // Asked again soon; the lease lasts longer than that.
        }
        finally
        {
            lock (_gate) _renewing = false;
        }
    }

    /// <summary>What was told before the last renewal should have come by now; what was told since may be on its way.</summary>
    private bool IsBehind(long watch, long told)
    {
        lock (_gate)
        {
            if (watch != _watch) return false;
            var behind = _heard < _awaited;
            _awaited = told;
            return behind;
        }
    }
}

internal sealed class WatchedBoard : Watching, IBoardWatcher
{
    private readonly IBoardOrleans _board;
    private readonly IBoardObserver _feed;
    private readonly IBoardWatcher _me;

    public WatchedBoard(IGrainFactory factory, IBoardOrleans board, IBoardObserver feed, TimeProvider clock) : base(clock) =>
        (_board, _feed, _me) = (board, feed, factory.CreateObjectReference<IBoardWatcher>(this));

    public Task<Answer<BoardView[]>> BeginAsync() => _board.WatchAsync(_me, Begin(), _feed.Connections);

    public Task<Answer<bool>> EndAsync() => _board.UnwatchAsync(_me);

    public void Release(IGrainFactory factory) => factory.DeleteObjectReference<IBoardWatcher>(_me);

    void IBoardWatcher.Heard(long watch, long number, ToldNews news) => Hear(watch, number, () => _ = _feed.TellAsync(news.Read()).AsTask());

    void IBoardWatcher.HeardOpinions(long watch, long number, OpinionView opinions) => Hear(watch, number, () => _ = _feed.TellAsync(opinions).AsTask());

    void IBoardWatcher.Ended(long watch) => Over(watch);

    protected override async ValueTask<Answer<long>> AskAsync(long watch) => await _board.RenewAsync(_me, watch, _feed.Connections);

    protected override void TellEnded() => _feed.Ended();
}

internal sealed class WatchedWorkshop : Watching, IWorkshopWatcher
{
    private readonly IWorkshopOrleans _workshop;
    private readonly IWorkshopObserver _feed;
    private readonly IWorkshopWatcher _me;

    public WatchedWorkshop(IGrainFactory factory, IWorkshopOrleans workshop, IWorkshopObserver feed, TimeProvider clock) : base(clock) =>
        (_workshop, _feed, _me) = (workshop, feed, factory.CreateObjectReference<IWorkshopWatcher>(this));

    public Task<Answer<bool>> BeginAsync() => _workshop.WatchAsync(_me, Begin());

    public Task<Answer<bool>> EndAsync() => _workshop.UnwatchAsync(_me);

    public void Release(IGrainFactory factory) => factory.DeleteObjectReference<IWorkshopWatcher>(_me);

    void IWorkshopWatcher.Heard(long watch, long number, Workshop workshop) => Hear(watch, number, () => _feed.Changed(workshop));

    void IWorkshopWatcher.Ended(long watch) => Over(watch);

    protected override async ValueTask<Answer<long>> AskAsync(long watch) => await _workshop.RenewAsync(_me, watch);

    protected override void TellEnded() => _feed.Ended();
}
