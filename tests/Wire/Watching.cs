using System.Diagnostics;
using System.Globalization;
using System.Text;
using LiveCoCreate.Wire.Boards;
using LiveCoCreate.Wire.Line;

namespace LiveCoCreate.Wire;

/// <summary>Keeps one person's replicas whole (L2, F2). Everything happens under the person's gate.</summary>
internal sealed class Watching(LiveServer server, LivePersonOptions options, LiveLine line, Lock gate,
    Func<string, CancellationToken, Task<BoardView>> fetch, Func<bool> hasMine)
{
    private const int ArrivalsKept = 256;

    private readonly (long Version, long At)[]? _arrivals = options.KeepArrivals ? new (long, long)[ArrivalsKept] : null;
    private Replica<BoardView, SharedFrame> _board = New(new BoardView());
    private Replica<MineView, MineFrame> _mine = New(new MineView());
    private long _arrived;
    private bool _isWanted;
    private bool _isAsking;
    private bool _isMineAwaited;
    private long _expected;
    private int _round;

    public BoardView Board => _board.View;
    public MineView Mine => _mine.View;

    /// <summary>All is here that the server had when it was last asked.</summary>
    public bool IsWhole => _isWanted && !_isAsking && !_isMineAwaited && line.IsConnected && Board.Version >= _expected;

    /// <summary>Starts over with this board.</summary>
    public void Begin(BoardView board, MineView? mine)
    {
        (_board, _mine) = (New(board), New(mine ?? new MineView { Board = board.Board }));
        (_arrived, _expected, _isAsking) = (0, 0, false);
        _round++;
        Remember();
    }

    /// <summary>A new connection knows nothing of what the last one watched.</summary>
    public void Reconnected()
    {
        if (_isWanted) Watch();
    }

    /// <summary>Asks the server to be told from now on, and for what came since.</summary>
    public void Watch()
    {
        _isWanted = true;
        if (!line.IsConnected || Board.Board.Length == 0 || _isAsking) return;
        (_isAsking, _isMineAwaited, _expected) = (true, hasMine(), long.MaxValue);
        line.Count(counters => counters with { Watches = counters.Watches + 1 });
        var board = _board;
        var arguments = string.Create(CultureInfo.InvariantCulture, $"[\"{Board.Board}\",{Board.Version},{Mine.Version}]");
        line.Ask("Watch", Encoding.UTF8.GetBytes(arguments), (result, error) =>
        {
            if (!ReferenceEquals(board, _board)) return;
            _isAsking = false;
            if (error is null) CaughtUp(result);
            else line.End(new Refusal("watch-failed", error));
        });
    }

    public void Disconnected()
    {
        (_isAsking, _expected) = (false, long.MaxValue);
        _round++;
    }

    public void BoardArrived(ReadOnlySpan<byte> json)
    {
        line.Count(counters => counters with { Frames = counters.Frames + 1 });
        var shared = server.Frames.Read(json, options.Reading);
        if (shared.Frame.Board != Board.Board) return;
        Supply(_board.Arrived(shared));
        Remember();
    }

    public void MineArrived(ReadOnlySpan<byte> json)
    {
        var frame = WireJson.Read<MineFrame>(json, options.Reading);
        if (frame.Board != Board.Board) return;
        _isMineAwaited &= frame.Since != 0;
        Supply(_mine.Arrived(frame));
    }

    public long? WhenReached(long version)
    {
        if (_arrivals is null || Board.Version < version) return null;
        long? when = null;
        for (var at = _arrived - 1; at >= Math.Max(0, _arrived - ArrivalsKept); at--)
        {
            var arrival = _arrivals[at % ArrivalsKept];
            if (arrival.Version < version) break;
            when = arrival.At;
        }

        return when;
    }

    private void CaughtUp(ReadOnlySpan<byte> result)
    {
        var refusal = Answer.Read(result).Refusal;
        if (refusal is not null)
        {
            Refused(refusal);
            return;
        }

        var answer = WireJson.Read<Watched>(result, options.Reading);
        _expected = answer.Version;
        if (answer.Resync) Supply(Need.WholeView);
        else _board.Rewatched();
        _mine.Rewatched();
    }

    // A board that cannot be watched (board-missing, …) ends the line; a crowded server's too-fast does not.
    private void Refused(Refusal refusal)
    {
        if (refusal.Code is not ("too-fast" or "retry"))
        {
            line.End(refusal);
            return;
        }

        line.Count(counters => counters with { TooFast = counters.TooFast + 1 });
        _ = WatchLaterAsync(TimeSpan.FromMilliseconds(refusal.RetryAfterMs ?? 250));
    }

    private async Task WatchLaterAsync(TimeSpan wait)
    {
        await Task.Delay(wait);
        lock (gate) Watch();
    }

    private void Supply(Need need)
    {
        if (need == Need.Difference) Watch();
        else if (need == Need.WholeView) _ = FetchAsync(_board, _round);
    }

    private async Task FetchAsync(Replica<BoardView, SharedFrame> board, int round)
    {
        _isAsking = true;
        // The first view of all is no resync: nothing was held.
        if (Board.Version > 0) line.Count(counters => counters with { Resyncs = counters.Resyncs + 1 });
        try
        {
            var view = await fetch(board.View.Board, CancellationToken.None);
            lock (gate)
            {
                if (!ReferenceEquals(board, _board)) return;
                // A view may be a beat older than what is held already (H7).
                var need = view.Version >= Board.Version ? _board.Fetched(view) : _board.MergeEarly();
                Remember();
                if (round == _round)
                {
                    _isAsking = false;
                    Supply(need);
                }

                line.Stir();
            }
        }
        catch (Exception broken)
        {
            // A seat that ended in between says so here first, and the line's own goodbye comes after it.
            lock (gate) line.End((broken as RefusedException)?.Refusal ?? new Refusal("view-missing", broken.Message));
        }
    }

    private void Remember()
    {
        if (_arrivals is null || Board.Version == 0) return;
        if (_arrived > 0 && _arrivals[(_arrived - 1) % ArrivalsKept].Version == Board.Version) return;
        _arrivals[_arrived++ % ArrivalsKept] = (Board.Version, Stopwatch.GetTimestamp());
    }

    private static Replica<BoardView, SharedFrame> New(BoardView start) => new(start, (view, frame) => frame.MergeInto(view));

    private static Replica<MineView, MineFrame> New(MineView start) => new(start, Merging.Merge);
}
