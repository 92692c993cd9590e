using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.IO.Compression;
using System.Text.Json;
using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Boards;
using LiveCoCreate.Grains.Circles;
using LiveCoCreate.Web.Door;
using LiveCoCreate.Web.Theming;
using LiveCoCreate.Web.Watch;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace LiveCoCreate.Web.Live;

/// <summary>One board on this web node: its views by audience as of the last frame, and the connections that watch it.
/// A frame is serialised once for an audience, never once for a connection.</summary>
public sealed class BoardFeed : IBoardObserver
{
    private readonly IBoard _board;
    private readonly ConcurrentDictionary<string, LiveConnection> _watching = [];
    private readonly Dictionary<Audience, Seen> _seen = [];
    private readonly Lock _gate = new();
    private List<BoardNews>? _early;
    private Task? _ready;
    private OpinionView? _opinions;
    private (OpinionView? Of, object? Ideas, ImmutableArray<IdeaId> Unseen, SerializedHubMessage? Message) _opinionsTold = (null, null, [], null);

    // What the room thinks is some kilobytes and a place of their own for everybody: to all of a large room at once it would hold up every answer meanwhile.
    private const int Portions = 40;
    private const int LeastPortion = 25;
    private static readonly TimeSpan BetweenPortions = TimeSpan.FromMilliseconds(25);

    private readonly LiveMetrics _metrics;
    private readonly TimeProvider _clock;
    private volatile bool _retired;
    private bool _isSpreading;
    private bool _spreadAgain;

    public BoardFeed(BoardId id, IBoard board, LiveMetrics metrics, TimeProvider clock) => (Id, _board, _metrics, _clock) = (id, board, metrics, clock);

    public BoardId Id { get; }

    public int Connections => _watching.Count;

    /// <summary>What is proposed to those of the facilitators who watch.</summary>
    public BoardThemes? Themes { get; private init; }

    /// <summary>Is told why the board could not be listened to anew.</summary>
    public ILogger? Log { get; init; }

    public static BoardFeed Of(BoardId id, IBoard board, LiveMetrics metrics, ThemeWorks works, ICircles? circles = null, ILogger? log = null)
    {
        BoardFeed? feed = null;
        return feed = new BoardFeed(id, board, metrics, works.Clock) { Themes = new BoardThemes(id, board, works, () => feed?.TellThemes()).Among(circles), Log = log };
    }

    private void TellThemes()
    {
        foreach (var (_, connection) in _watching)
            if (connection.Seat.Kind is SeatKind.Facilitator) connection.Wake(Due.Themes);
    }

    /// <summary>Listens to the board; the same task for all who come at once.</summary>
    public Task ReadyAsync()
    {
        lock (_gate)
        {
            if (_ready is null || _ready.IsFaulted || _ready.IsCanceled) _ready = ListenAsync();
            return _ready;
        }
    }

    /// <returns>Whether it is among those who watch now; false where this feed has retired: the next one is to be asked.</returns>
    public bool Add(LiveConnection connection)
    {
        lock (_gate)
        {
            if (_retired) return false;
            _watching[connection.Id] = connection;
            return true;
        }
    }

    /// <summary>Ends this feed where nobody watches: from then on nobody can.</summary>
    public bool TryRetire()
    {
        lock (_gate) return !_retired && _watching.IsEmpty && (_retired = true);
    }

    /// <returns>Whether nobody watches any more.</returns>
    public bool Remove(LiveConnection connection)
    {
        _watching.TryRemove(connection.Id, out _);
        return _watching.IsEmpty;
    }

    public ValueTask StopAsync()
    {
        Themes?.Dispose();
        return _board.UnwatchAsync(this);
    }

    public ValueTask<OpinionHere?> HereAsync(PersonId person) => _board.HereAsync(person);

    public ValueTask<MineView> MineAsync(PersonId person) => _board.MineAsync(person);

    public long Version(Audience audience)
    {
        lock (_gate) return _seen[audience].View.Version;
    }

    /// <summary>Whether the difference from this version to now can still be told.</summary>
    public bool Knows(Audience audience, long since)
    {
        lock (_gate) return _seen[audience].Knows(since);
    }

    /// <summary>What a connection lacks that has been sent up to <paramref name="since"/>; null when nothing.</summary>
    public (SerializedHubMessage Message, long Version)? Since(Audience audience, long since)
    {
        lock (_gate) return _seen[audience].Since(since);
    }

    /// <summary>The view as compressed bytes, built at most once a version.</summary>
    public (byte[] Bytes, string? Encoding, string Tag) Bytes(Audience audience, string accepts)
    {
        Seen seen;
        BoardView view;
        lock (_gate)
        {
            seen = _seen[audience];
            view = seen.View;
        }

        return seen.Bytes(view, accepts);
    }

    /// <summary>The view as a part of a larger answer, compressed once for all who are given it.</summary>
    public GzipPart Part(Audience audience)
    {
        Seen seen;
        BoardView view;
        lock (_gate)
        {
            seen = _seen[audience];
            view = seen.View;
        }

        return seen.Part(view);
    }

    public BoardView View(Audience audience)
    {
        lock (_gate) return _seen[audience].View;
    }

    public ValueTask TellAsync(BoardNews news)
    {
        bool completes;
        lock (_gate)
        {
            // Told before the views are here that these frames complete: kept until they are.
            if (_early is { } early)
            {
                early.Add(news);
                return ValueTask.CompletedTask;
            }

            if (!Show(news)) ListenAnew();
            completes = CompletesOpinions();
        }

        WakeFor(news);
        if (completes) Spread();
        Themes?.Heard(news);
        return ValueTask.CompletedTask;
    }

    public ValueTask TellAsync(OpinionView opinions)
    {
        lock (_gate)
        {
            // Told twice when somebody began to watch, the later one may be here already.
            if (_opinions is { } known && known.Ballot == opinions.Ballot && known.Version > opinions.Version) return ValueTask.CompletedTask;
            _opinions = opinions;
        }

        Spread();
        return ValueTask.CompletedTask;
    }

    private void Spread()
    {
        lock (_gate)
        {
            if (_isSpreading)
            {
                _spreadAgain = true;
                return;
            }

            _isSpreading = true;
        }

        _ = Task.Run(SpreadAsync);
    }

    /// <summary>Tells everybody what the room thinks, a portion at a time, and once more where there was something newer before all were told.</summary>
    private async Task SpreadAsync()
    {
        for (var more = true; more;)
        {
            var (told, portion) = (0, Math.Max(LeastPortion, _watching.Count / Portions));
            foreach (var (_, connection) in _watching)
            {
                if (told > 0 && told % portion == 0) await Task.Delay(BetweenPortions, _clock);
                connection.Wake(Due.Opinions | Due.Here);
                told++;
            }

            lock (_gate) (_isSpreading, _spreadAgain, more) = (_spreadAgain, false, _spreadAgain);
        }
    }

    /// <summary>What the room thinks, less what participants do not see: what was hidden since, and what no frame has brought yet. Serialised once for all.</summary>
    public SerializedHubMessage? Opinions
    {
        get
        {
            lock (_gate)
            {
                if (_opinions is not { } opinions || !_seen.TryGetValue(Audience.Participants, out var seen)) return null;
                var told = _opinionsTold;
                if (ReferenceEquals(opinions, told.Of) && ReferenceEquals(seen.View.Ideas, told.Ideas)) return told.Message;
                ImmutableArray<IdeaId> unseen = [.. opinions.Ideas.Where(idea => !IsSeen(idea))];
                if (!ReferenceEquals(opinions, told.Of) || !unseen.AsSpan().SequenceEqual(told.Unseen.AsSpan()))
                    told.Message = new SerializedHubMessage(new InvocationMessage("opinions", [opinions.Within(IsSeen)]));
                _opinionsTold = (opinions, seen.View.Ideas, unseen, told.Message);
                return _opinionsTold.Message;
            }
        }
    }

    private bool IsSeen(IdeaId statement) => _seen[Audience.Participants].View.Ideas.TryGetValue(statement, out var idea) && idea.Into is null;

    /// <summary>Opinions wait for no beat, and so they may come before the frame with a statement that they speak of; once it is here they are told again, whole.</summary>
    private bool CompletesOpinions() => ReferenceEquals(_opinions, _opinionsTold.Of) && _opinionsTold.Unseen.Any(IsSeen);

    public void Ended()
    {
        lock (_gate) ListenAnew();
    }

    /// <summary>The next activation knows what became of the board; whoever watches is told the difference.</summary>
    private void ListenAnew()
    {
        _ready = null;
        _ = Task.Run(async () =>
        {
            if (!await Patiently.ListenAsync(() => !_watching.IsEmpty, ReadyAsync, Log)) return;
            foreach (var (_, connection) in _watching) connection.Wake(Due.Board | Due.Mine);
        });
    }

    private async Task ListenAsync()
    {
        _early = [];
        var views = await _board.WatchAsync(this);
        List<BoardNews> early;
        bool completes;
        lock (_gate)
        {
            foreach (var view in views)
            {
                if (_seen.TryGetValue(view.Audience, out var seen)) seen.Show(view);
                else _seen[view.Audience] = new Seen(view, _metrics);
            }

            (early, _early) = (_early ?? [], null);
            foreach (var news in early) Show(news);
            completes = CompletesOpinions();
        }

        foreach (var news in early) WakeFor(news);
        if (completes) Spread();
        // Retired meanwhile: nobody else would say that it listens no more.
        if (_retired) await _board.UnwatchAsync(this);
    }

    /// <returns>Whether the frames followed on what was seen; else something is missing here.</returns>
    private bool Show(BoardNews news)
    {
        var whole = true;
        foreach (var (audience, frame) in news.Frames) whole &= _seen[audience].Show(frame, news.Forgotten);
        if (news.Forgotten)
            foreach (var seen in _seen.Values) seen.Forget();
        return whole;
    }

    private void WakeFor(BoardNews news)
    {
        var told = news.Frames.Select(frame => frame.Audience).ToHashSet();
        var touched = news.Mine.ToHashSet();
        // Not .Values, which locks the dictionary and copies it.
        foreach (var (_, connection) in _watching)
        {
            var due = Due.Nothing;
            if (told.Contains(connection.Seat.Audience)) due |= Due.Board;
            if (connection.Seat.Kind is SeatKind.Participant)
            {
                if (touched.Contains(connection.Seat.Id)) due |= Due.Mine | Due.MineAlways | Due.Spoke;
                else if (news.Everyone) due |= Due.Mine;
            }

            if (due is not Due.Nothing) connection.Wake(due);
        }
    }

    /// <summary>What one audience has seen of late.</summary>
    private sealed class Seen(BoardView view, LiveMetrics metrics)
    {
        private const int Remembered = 128;

        private readonly Queue<BoardView> _earlier = new();
        private readonly Dictionary<long, SerializedHubMessage> _since = [];
        private Compressed? _compressed;

        public BoardView View { get; private set; } = view;

        /// <returns>False for a frame that leaves a gap.</returns>
        public bool Show(Frame frame, bool forgotten)
        {
            if (frame.LeavesGap(View.Version)) return false;
            var next = View.Merge(frame);
            if (ReferenceEquals(next, View)) return true;
            Show(next);
            if (!forgotten && frame.Since == _earlier.Last().Version) _since[frame.Since] = Message(frame);
            return true;
        }

        public void Show(BoardView next)
        {
            if (next.Version <= View.Version) return;
            _earlier.Enqueue(View);
            if (_earlier.Count > Remembered) _earlier.Dequeue();
            _since.Clear();
            (View, _compressed) = (next, null);
        }

        public void Forget()
        {
            _earlier.Clear();
            _since.Clear();
            _compressed = null;
        }

        public bool Knows(long since) => since == View.Version || Earlier(since) is not null;

        public (SerializedHubMessage, long)? Since(long since)
        {
            if (since >= View.Version) return null;
            if (_since.TryGetValue(since, out var message)) return (message, View.Version);
            // What is no longer remembered cannot be told as a difference: the client sees the gap and watches again (F2).
            var before = Earlier(since);
            var frame = before is null ? new Frame(View.Board, View.Version, View.Version) : Frame.Between(before, View);
            return (_since[since] = Message(frame), View.Version);
        }

        // No lambda: what one would capture is allocated on entering a method, and Since is asked for each connection and frame.
        private BoardView? Earlier(long version)
        {
            foreach (var view in _earlier)
                if (view.Version == version) return view;
            return null;
        }

        public GzipPart Part(BoardView view) => CompressedOf(view).Part.Value;

        public (byte[], string?, string) Bytes(BoardView view, string accepts)
        {
            var compressed = CompressedOf(view);
            var tag = $"\"{JsonNamingPolicy.KebabCaseLower.ConvertName(view.Audience.ToString())}-{view.Version}\"";
            if (accepts.Contains("br", StringComparison.Ordinal)) return (compressed.Brotli.Value, "br", tag);
            return accepts.Contains("gzip", StringComparison.Ordinal) ? (compressed.GZip.Value, "gzip", tag) : (compressed.Plain.Value, null, tag);
        }

        private Compressed CompressedOf(BoardView view)
        {
            lock (_earlier)
            {
                if (_compressed is { } ready && ready.Version == view.Version) return ready;
                var made = new Compressed(view, metrics);
                // Who looked just before a frame must not take the next version's from those who look just after it.
                if (_compressed is null || _compressed.Version < view.Version) _compressed = made;
                return made;
            }
        }

        private SerializedHubMessage Message(Frame frame)
        {
            var message = ReadyMessage.Of("board", frame.Written.IsEmpty ? frame : new ReadyJson(frame.Written), out var length);
            metrics.Frame(length);
            return message;
        }
    }

    private sealed class Compressed
    {
        public Compressed(BoardView view, LiveMetrics metrics)
        {
            Version = view.Version;
            Plain = new(() =>
            {
                metrics.View();
                return JsonSerializer.SerializeToUtf8Bytes(view, Json.Options);
            });
            Brotli = new(Compress);
            Part = new(() => GzipPart.Of(Plain.Value));
            GZip = new(() => SplicedGzip.Of(Part.Value));
        }

        public long Version { get; }

        public Lazy<byte[]> Plain { get; }

        public Lazy<byte[]> Brotli { get; }

        public Lazy<byte[]> GZip { get; }

        public Lazy<GzipPart> Part { get; }

        private byte[] Compress()
        {
            using var bytes = new MemoryStream();
            using (var compressing = new BrotliStream(bytes, CompressionLevel.Fastest)) compressing.Write(Plain.Value);
            return bytes.ToArray();
        }
    }
}
