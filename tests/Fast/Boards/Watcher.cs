using System.Collections.Immutable;
using System.Threading.Channels;
using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Boards;

namespace LiveCoCreate.Fast.Boards;

/// <summary>Who watches a board: holds the views, merges the frames, and fails where one leaves a gap.</summary>
internal sealed class Watcher : IBoardObserver
{
    private readonly Lock _lock = new();
    private readonly Channel<BoardNews> _news = Channel.CreateUnbounded<BoardNews>();
    private readonly Channel<OpinionView> _opinions = Channel.CreateUnbounded<OpinionView>();
    private readonly Dictionary<Audience, BoardView> _views = [];
    private readonly List<(long Version, Audience? Audience, TaskCompletionSource Reached)> _awaited = [];
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int Connections { get; set; } = 1;

    public Func<BoardNews, ValueTask>? OnTold { get; set; }

    public Task HasEnded => _ended.Task;

    public string? Gap { get; private set; }

    public int Told { get; private set; }

    public Watcher Has(ImmutableArray<BoardView> views)
    {
        lock (_lock)
            foreach (var view in views)
                if (!_views.TryGetValue(view.Audience, out var held) || held.Version < view.Version) _views[view.Audience] = view;
        return this;
    }

    public BoardView View(Audience audience)
    {
        lock (_lock) return _views[audience];
    }

    /// <summary>The next news, within a patience that only a broken test needs.</summary>
    public async Task<BoardNews> NextAsync() => await _news.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20));

    public bool HasNews => _news.Reader.Count > 0;

    /// <summary>Completes when this audience's view, or every view, is at this version or beyond.</summary>
    public Task ReachedAsync(long version, Audience? audience = null)
    {
        lock (_lock)
        {
            if (IsAt(version, audience)) return Task.CompletedTask;
            _awaited.Add((version, audience, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)));
            return _awaited[^1].Reached.Task.WaitAsync(TimeSpan.FromSeconds(20));
        }
    }

    public async ValueTask TellAsync(BoardNews news)
    {
        if (OnTold is not null) await OnTold(news);
        lock (_lock)
        {
            Told++;
            foreach (var (audience, frame) in news.Frames)
            {
                // Before this watcher has read its views it keeps nothing: they hold what these frames say.
                if (!_views.TryGetValue(audience, out var held)) continue;
                if (frame.LeavesGap(held.Version)) Gap ??= $"{audience}: a frame since {frame.Since} for who is at {held.Version}";
                _views[audience] = held.Merge(frame);
            }

            foreach (var (_, _, reached) in _awaited.Where(one => IsAt(one.Version, one.Audience))) reached.TrySetResult();
        }

        _news.Writer.TryWrite(news);
    }

    /// <summary>The next that is told of opinions, within a patience that only a broken test needs.</summary>
    public async Task<OpinionView> NextOpinionsAsync() => await _opinions.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20));

    public bool HasOpinions => _opinions.Reader.Count > 0;

    public ValueTask TellAsync(OpinionView opinions)
    {
        _opinions.Writer.TryWrite(opinions);
        return ValueTask.CompletedTask;
    }

    public void Ended() => _ended.TrySetResult();

    private bool IsAt(long version, Audience? audience) => _views.Values.All(view => view.Version >= version || (audience is { } one && view.Audience != one));
}
