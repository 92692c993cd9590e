using System.Collections.Concurrent;
using System.Collections.Immutable;
using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Boards;
using LiveCoCreate.Grains.Journals;
using LiveCoCreate.Grains.Opinions;
using LiveCoCreate.Grains.Turns;
using LiveCoCreate.Grains.Workshops;

namespace LiveCoCreate.Web.Boards;

/// <summary>A board's journal, read as what an audience saw when. Snapshots serve as keyframes: any moment is the nearest one
/// before it and at most <see cref="Limits.SnapshotEvery"/> events more.</summary>
public sealed class BoardTimelines(IJournal journal, IGrains grains) : IDisposable
{
    /// <summary>What changes within so many milliseconds is one moment: people see it as one.</summary>
    private const long MomentMs = 50;

    private const int Spans = 200;

    private const int OpinionsKept = 200;

    // A few at a time: a room that plays its timeline is not to be noticed by one that votes.
    private readonly SemaphoreSlim _cores = new(Math.Max(1, Environment.ProcessorCount / 2));

    private readonly ConcurrentDictionary<BoardId, PastOpinions> _opinions = [];

    /// <summary>The board of a step whose journal was read last, so that the next request reads only what is new.</summary>
    private readonly ConcurrentDictionary<BoardId, Outline> _outlines = [];

    /// <summary>PROTOCOL.md H10.</summary>
    public async ValueTask<object> OutlineAsync(BoardId board, CancellationToken cancellation)
    {
        var outline = await ReadAsync(board, cancellation);
        var (from, to) = outline.At.Length == 0 ? (0, 0) : (outline.At[0], outline.At[^1]);
        var density = new int[Spans];
        foreach (var at in outline.At) density[to == from ? 0 : (int)Math.Min(Spans - 1, (at - from) * Spans / (to - from))]++;
        return new { board, from, to, version = outline.At.Length, events = outline.At.Length, density, outline.Chapters };
    }

    /// <summary>PROTOCOL.md H11: the board as the audience saw it at a moment, less what it may not see now.</summary>
    public async ValueTask<object> ViewAsync(BoardId board, Audience audience, long at, CancellationToken cancellation)
    {
        var outline = await ReadAsync(board, cancellation);
        var version = outline.VersionAt(at);
        var now = (await grains.Board(board).StateAsync()).SeenBy(board, audience);
        var then = await StateAsync(board, version, cancellation);
        return new { at = version == 0 ? at : outline.At[version - 1], view = Board.ReplaySeenBy(board, audience, then, now) };
    }

    /// <summary>PROTOCOL.md O9: what the room thought at a moment, to whoever might know it then and may now; null: nothing.</summary>
    public async ValueTask<OpinionView?> OpinionsAsync(BoardId board, long at, CancellationToken cancellation)
    {
        var outline = await ReadAsync(board, cancellation);
        var now = await grains.Board(board).StateAsync();
        var then = await StateAsync(board, outline.VersionAt(at), cancellation);
        if (BoardOpinions.ToldThen(then, now) is not { } ballot) return null;
        // No finer than it was told live.
        if (then.Ballots[ballot].Open) then = await StateAsync(board, outline.VersionAt(at - at % (long)BoardOpinions.Every.TotalMilliseconds), cancellation);
        if (BoardOpinions.ToldThen(then, now) is not { } told) return null;

        // Whatever happens on the board, a forgetting too, ends what was kept of it.
        var kept = _opinions.AddOrUpdate(board, _ => new PastOpinions(now.Version), (_, known) => known.Of >= now.Version && known.At.Count < OpinionsKept ? known : new PastOpinions(now.Version));
        if (_opinions.Count > OpinionsKept) _opinions.Clear();
        var state = kept.Known.GetOrAdd(told, _ => new Lazy<Task<OpinionState>>(() => AsideAsync(() => BoardOpinions.Known(now, told)))).Value;
        return await kept.At.GetOrAdd(then.Version, _ => new Lazy<Task<OpinionView?>>(async () =>
        {
            var known = await state;
            return await AsideAsync(() => BoardOpinions.Then(board, then, now, known));
        })).Value.WaitAsync(cancellation);
    }

    public void Dispose() => _cores.Dispose();

    private async Task<T> AsideAsync<T>(Func<T> work)
    {
        await _cores.WaitAsync();
        try
        {
            return await Background.Soon.Run(work);
        }
        finally
        {
            _cores.Release();
        }
    }

    /// <summary>PROTOCOL.md H11: what changed since, moment by moment.</summary>
    public async ValueTask<object> FramesAsync(BoardId board, Audience audience, long since, long until, int most, CancellationToken cancellation)
    {
        var outline = await ReadAsync(board, cancellation);
        var last = outline.VersionAt(until);
        since = Math.Clamp(since, 0, outline.At.Length);
        var now = (await grains.Board(board).StateAsync()).SeenBy(board, audience);
        var state = await StateAsync(board, since, cancellation);
        var eye = new ReplayEye(board, audience, now);
        var view = eye.See(state);
        var frames = new List<object>();
        var reached = since;

        await using var events = journal.ReadAsync(board.Stream, since, last, cancellation).GetAsyncEnumerator(cancellation);
        while (await events.MoveNextAsync())
        {
            var happened = EventCodec<BoardEvent>.Read(events.Current);
            state = Board.Evolve(state, happened);
            reached = happened.Version;
            // The moment is over when the next event is of a later one.
            if (reached < last && outline.At[(int)reached] / MomentMs == outline.At[(int)reached - 1] / MomentMs) continue;
            var next = eye.See(state);
            var frame = Frame.Between(view, next);
            if (!frame.SaysSomething) continue;
            frames.Add(new { at = happened.At, frame });
            view = next;
            if (frames.Count == most) break;
        }

        return new { frames, done = reached >= last, at = reached >= last ? until : outline.At[(int)reached - 1] };
    }

    /// <summary>The state at a version: the nearest keyframe and what came after it.</summary>
    private async ValueTask<Board> StateAsync(BoardId board, long version, CancellationToken cancellation)
    {
        var state = Board.Empty;
        if (await journal.FindSnapshotAsync(board.Stream, StateVersion<Board>(), version, cancellation) is { } keyframe)
            state = TurnTaker<Board, BoardCommand, BoardEvent>.Read<TurnTaker<Board, BoardCommand, BoardEvent>.SavedState>(keyframe)?.State ?? state;
        await foreach (var envelope in journal.ReadAsync(board.Stream, state.Version, version, cancellation))
            state = Board.Evolve(state, EventCodec<BoardEvent>.Read(envelope));
        return state;
    }

    private static string StateVersion<T>() where T : ISourced<T, BoardCommand, BoardEvent> => T.StateVersion;

    private async ValueTask<Outline> ReadAsync(BoardId board, CancellationToken cancellation)
    {
        var version = (await grains.Board(board).StateAsync()).Version;
        if (_outlines.TryGetValue(board, out var known) && known.At.Length >= version) return known;
        var at = ImmutableArray.CreateBuilder<long>();
        var chapters = ImmutableArray.CreateBuilder<Chapter>();
        await foreach (var (happened, when, type) in journal.OutlineAsync(board.Stream, cancellation))
        {
            at.Add(when.ToUnixTimeMilliseconds());
            if (ChapterOf(type) is { } kind) chapters.Add(new Chapter(when, happened, kind));
        }

        if (_outlines.Count > 200) _outlines.Clear();
        return _outlines[board] = new Outline(at.ToImmutable(), chapters.ToImmutable());
    }

    private static string? ChapterOf(string type) => type switch
    {
        "board-opened" => "opened",
        "board-closed" => "closed",
        "ideas-revealed" => "revealed",
        "writing-opened" or "writing-closed" or "ballot-opened" or "ballot-closed" or "results-revealed" or "screen-turned" => type,
        _ => null,
    };

    /// <param name="Of">The version of today that it was looked at from.</param>
    private sealed record PastOpinions(long Of)
    {
        public ConcurrentDictionary<BallotId, Lazy<Task<OpinionState>>> Known { get; } = [];

        public ConcurrentDictionary<long, Lazy<Task<OpinionView?>>> At { get; } = [];
    }

    private sealed record Chapter(DateTimeOffset At, long Version, string Kind);

    /// <param name="At">When each version happened; versions count from 1.</param>
    private sealed record Outline(ImmutableArray<long> At, ImmutableArray<Chapter> Chapters)
    {
        /// <summary>The last version up to a moment; 0 before the first.</summary>
        public int VersionAt(long at)
        {
            var (low, high) = (0, At.Length);
            while (low < high)
            {
                var middle = (low + high) / 2;
                if (At[middle] <= at) low = middle + 1;
                else high = middle;
            }

            return low;
        }
    }
}
