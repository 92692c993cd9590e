using System.Collections.Immutable;
using System.Threading.Channels;
using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Boards;
using LiveCoCreate.Live.Servers;
using LiveCoCreate.Web.Live;
using LiveCoCreate.Web.Seats;
using LiveCoCreate.Web.Watch;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Logging.Abstractions;

namespace LiveCoCreate.Live.Views;

/// <summary>A feed between a board that tells and connections that lag: what it hands on begins where its reader stands (F2).</summary>
public sealed class BoardFeedTests
{
    private static readonly BoardId Id = new("board-1");
    private static readonly LiveMetrics Metrics = new();

    [Fact]
    public async Task However_many_fetch_a_version_it_is_serialised_and_compressed_once()
    {
        var board = new ToldBoard(version: 5);
        var feed = new BoardFeed(Id, board, Metrics, TimeProvider.System);
        await feed.ReadyAsync();

        var fetched = await Task.WhenAll(Enumerable.Range(0, 50).Select(n => Task.Run(() => (Plain: feed.Bytes(Audience.Participants, "").Bytes, Packed: feed.Bytes(Audience.Participants, "br").Bytes))));
        Assert.All(fetched, one => Assert.True(ReferenceEquals(fetched[0].Plain, one.Plain) && ReferenceEquals(fetched[0].Packed, one.Packed)));

        await feed.TellAsync(Renamed(5, 6));
        Assert.NotSame(fetched[0].Plain, feed.Bytes(Audience.Participants, "").Bytes);
    }

    [Fact]
    public async Task A_feed_that_has_retired_takes_nobody_and_one_that_is_watched_does_not_retire()
    {
        var feed = new BoardFeed(Id, new ToldBoard(version: 5), Metrics, TimeProvider.System);
        await feed.ReadyAsync();
        LiveConnection connection = new(new HeardHub(), new Seat(new("workshop-1"), SeatKind.Screen, new("screen-1"), DateTimeOffset.MaxValue), default!, TimeProvider.System);
        Assert.True(feed.Add(connection));
        Assert.False(feed.TryRetire());
        feed.Remove(connection);
        Assert.True(feed.TryRetire());
        Assert.False(feed.Add(connection));
    }

    [Fact] // L2: listen first, read second
    public async Task A_frame_that_comes_before_the_views_it_completes_is_kept_for_them()
    {
        var board = new ToldBoard(version: 5) { WhileWatched = Renamed(5, 6) };
        var feed = new BoardFeed(Id, board, Metrics, TimeProvider.System);

        await feed.ReadyAsync();

        Assert.Equal((6, "title 6"), (feed.Version(Audience.Participants), Title(feed)));
        Assert.Equal(1, board.Watches);
    }

    [Fact] // L2
    public async Task A_frame_that_comes_while_the_feed_listens_anew_is_kept_for_the_new_views()
    {
        var board = new ToldBoard(version: 5);
        var feed = new BoardFeed(Id, board, Metrics, TimeProvider.System);
        await feed.ReadyAsync();
        (board.Version, board.WhileWatched) = (8, Renamed(8, 9));

        feed.Ended();
        await feed.ReadyAsync();

        Assert.Equal((9, "title 9"), (feed.Version(Audience.Participants), Title(feed)));
    }

    [Fact] // L2: whoever stayed connected hears of it, whatever was in the way
    public async Task A_feed_that_could_not_listen_anew_for_a_reason_that_nobody_foresaw_tries_again()
    {
        var board = new ToldBoard(version: 5);
        using var log = new HeardLog();
        var feed = new BoardFeed(Id, board, Metrics, TimeProvider.System) { Log = log };
        await feed.ReadyAsync();
        var hub = new HeardHub();
        var connection = new LiveConnection(hub, new Seat(new("workshop-1"), SeatKind.Screen, new("screen-1"), DateTimeOffset.MaxValue), default!, TimeProvider.System);
        feed.Add(connection);
        connection.Watch(feed, since: 5);

        (board.Version, board.Unforeseen) = (8, new InvalidOperationException("This silo is odd."));
        feed.Ended();

        await hub.HeardAsync("board");
        Assert.Equal((8, "title 8"), (feed.Version(Audience.Screens), Title(feed)));
        Assert.Contains("System.InvalidOperationException", log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("odd", log.Text, StringComparison.Ordinal);
    }

    [Fact] // F2
    public async Task A_feed_that_missed_a_frame_listens_anew_instead_of_lagging_for_ever()
    {
        var board = new ToldBoard(version: 5);
        var feed = new BoardFeed(Id, board, Metrics, TimeProvider.System);
        await feed.ReadyAsync();

        board.Version = 8;
        await feed.TellAsync(Renamed(7, 8));
        Assert.Equal(5, feed.Version(Audience.Participants));
        await feed.ReadyAsync();

        Assert.Equal((8, 2), (feed.Version(Audience.Participants), board.Watches));
    }

    [Fact] // F2
    public async Task Whoever_stands_at_any_version_is_told_exactly_what_came_after_it()
    {
        var feed = new BoardFeed(Id, new ToldBoard(version: 1), Metrics, TimeProvider.System);
        await feed.ReadyAsync();
        var random = new Random(7);
        var readers = Enumerable.Range(0, 12).Select(_ => feed.View(Audience.Participants)).ToArray();

        for (var version = 2; version < 100; version++)
        {
            await feed.TellAsync(Renamed(version - 1, version));
            for (var each = 0; each < readers.Length; each++)
            {
                // This one is still writing, and skips; that one has just fetched the view.
                if (random.Next(3) == 0) continue;
                if (random.Next(9) == 0) readers[each] = feed.View(Audience.Participants);
                if (feed.Since(Audience.Participants, readers[each].Version) is not { } next) continue;
                var frame = Read(next.Message);
                Assert.Equal((readers[each].Version, next.Version), (frame.Since, frame.Version));
                readers[each] = readers[each].Merge(frame);
                Assert.Equal(feed.Version(Audience.Participants), readers[each].Version);
            }
        }
    }

    [Fact] // O2
    public async Task Opinions_that_come_before_a_statement_of_theirs_are_told_again_once_it_is_here()
    {
        var feed = new BoardFeed(Id, new ToldBoard(version: 5), Metrics, TimeProvider.System);
        await feed.ReadyAsync();
        await feed.TellAsync(Written(5, 6, new("first")));
        var hub = new HeardHub();
        var connection = new LiveConnection(hub, new Seat(new("workshop-1"), SeatKind.Screen, new("screen-1"), DateTimeOffset.MaxValue), default!, TimeProvider.System);
        feed.Add(connection);
        connection.Watch(feed, since: 6);

        await feed.TellAsync(new OpinionView(Id, new("ballot"), Version: 9, Final: true, People: 14, Placed: 14, [], [], [Said("first"), Said("second")]));
        Assert.Equal(["first"], (await hub.NextAsync()).Together.Select(each => each.Idea.Value));
        await feed.TellAsync(Renamed(6, 7));
        await feed.TellAsync(Written(7, 8, new("second")));
        Assert.Equal(["first", "second"], (await hub.NextAsync()).Together.Select(each => each.Idea.Value));

        static SaidTogether Said(string idea) => new(new(idea), Agrees: true, 14, 14, Groups: null);
    }

    [Theory] // O5
    [InlineData("a frame for everybody", 5, "mine opinions here board opinions here")]
    [InlineData("their own vote", 5, "mine opinions here board mine opinions here")]
    [InlineData("their own vote", 1, "mine opinions here board mine here")]
    public async Task Where_somebody_stands_is_told_with_what_the_room_thinks_and_sooner_only_to_who_voted_and_is_asked_nothing_more(string happened, int next, string heard)
    {
        var (board, person) = (new ToldBoard(version: 5) { Next = next }, new PersonId("person-1"));
        var feed = new BoardFeed(Id, board, Metrics, TimeProvider.System);
        await feed.ReadyAsync();
        var hub = new HeardHub();
        var connection = new LiveConnection(hub, new Seat(new("workshop-1"), SeatKind.Participant, person, DateTimeOffset.MaxValue), default!, TimeProvider.System);
        feed.Add(connection);
        connection.Watch(feed, since: 5);

        await feed.TellAsync(Thought(version: 1));
        await hub.HeardAsync("here");
        board.Version = 6;
        await feed.TellAsync(happened is "their own vote" ? Renamed(5, 6) with { Mine = [person] } : Renamed(5, 6) with { Everyone = true });
        if (heard.EndsWith("opinions here", StringComparison.Ordinal)) await feed.TellAsync(Thought(version: 2));
        await hub.HeardAsync("here");
        Assert.Equal(heard, string.Join(' ', hub.Heard));

        static OpinionView Thought(long version) => new(Id, new("ballot"), version, Final: false, People: 14, Placed: 14, [], [], []);
    }

    private static string Title(BoardFeed feed) => feed.View(Audience.Participants).Lanes.Single().Value.Title;

    private static BoardNews Renamed(long since, long version) => new(Id, version,
        [(Audience.Participants, new Frame(Id, since, version) { Lanes = Lanes(version).ToImmutableDictionary(lane => lane.Key, LaneView? (lane) => lane.Value) })],
        [], Everyone: false, Forgotten: false);

    private static BoardNews Written(long since, long version, IdeaId idea) => new(Id, version,
        [(Audience.Participants, new Frame(Id, since, version) { Ideas = ImmutableDictionary<IdeaId, IdeaView?>.Empty.Add(idea, new IdeaView(new("lane-1"), null, idea.Value, null, "a", DateTimeOffset.UnixEpoch, IdeaState.Shown)) })],
        [], Everyone: false, Forgotten: false);

    private static ImmutableDictionary<LaneId, LaneView> Lanes(long version) =>
        ImmutableDictionary<LaneId, LaneView>.Empty.Add(new LaneId("lane-1"), new LaneView($"title {version}", "a"));

    private static Frame Read(Microsoft.AspNetCore.SignalR.SerializedHubMessage message) =>
        (Frame)((InvocationMessage)message.Message!).Arguments[0]!;

    /// <summary>A connection whose reader keeps what it hears.</summary>
    private sealed class HeardHub() : HubConnectionContext(new DefaultConnectionContext(), new HubConnectionContextOptions(), NullLoggerFactory.Instance)
    {
        private readonly Channel<InvocationMessage> _messages = Channel.CreateUnbounded<InvocationMessage>();

        public List<string> Heard { get; } = [];

        public override ValueTask WriteAsync(SerializedHubMessage message, CancellationToken cancellationToken = default) => WriteAsync(message.Message!, cancellationToken);

        public override ValueTask WriteAsync(HubMessage message, CancellationToken cancellationToken = default) => _messages.Writer.WriteAsync((InvocationMessage)message, cancellationToken);

        public async Task<object?> HeardAsync(string target)
        {
            while (true)
            {
                var message = await _messages.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));
                Heard.Add(message.Target);
                if (message.Target == target) return message.Arguments[0];
            }
        }

        public async Task<OpinionView> NextAsync() => (OpinionView)(await HeardAsync("opinions"))!;
    }

    /// <summary>A board that tells what the test says, when the test says.</summary>
    private sealed class ToldBoard(long version) : IBoard
    {
        public long Version { get; set; } = version;

        public int Watches { get; private set; }

        /// <summary>How many ideas a person is asked about.</summary>
        public int Next { get; init; }

        private int _asked;

        public BoardNews? WhileWatched { get; set; }

        /// <summary>What whoever watches next is answered with, once.</summary>
        public Exception? Unforeseen { get; set; }

        public async ValueTask<ImmutableArray<BoardView>> WatchAsync(IBoardObserver observer)
        {
            Watches++;
            ImmutableArray<BoardView> views = [.. new[] { Audience.Participants, Audience.Screens }.Select(audience => BoardView.Nothing(Id, audience) with { Version = Version, Lanes = Lanes(Version) })];
            await Task.Yield();
            var unforeseen = Unforeseen;
            Unforeseen = null;
            if (unforeseen is not null) throw unforeseen;
            if (WhileWatched is { } tell) await observer.TellAsync(tell);
            return views;
        }

        public ValueTask UnwatchAsync(IBoardObserver observer) => ValueTask.CompletedTask;

        public ValueTask<Reply> SubmitAsync(Submission<BoardCommand> submission) => throw new NotSupportedException();

        public ValueTask<MineView> MineAsync(PersonId person) => new(MineView.Nothing(Id) with { Version = Version });

        public ValueTask<Board> StateAsync() => throw new NotSupportedException();

        public ValueTask<System.Collections.Immutable.ImmutableHashSet<string>> TitlesByAsync(PersonId person) => throw new NotSupportedException();

        public ValueTask ForgetTitlesAsync(IReadOnlySet<string> titles) => throw new NotSupportedException();

        public ValueTask ForgetAsync(CommandId command, PersonId person, bool removeIdeas, DateTimeOffset at) => throw new NotSupportedException();

        public ValueTask<ImmutableDictionary<ProxyId, ProxyBallot>> ProxiesAsync(BallotId ballot) => throw new NotSupportedException();

        public ValueTask ForgetAsync(CommandId command, ProxyId proxy, DateTimeOffset at) => throw new NotSupportedException();

        public ValueTask<Reply> ExpungeAsync(CommandId command, IdeaId idea, DateTimeOffset at) => throw new NotSupportedException();

        public ValueTask<Reply> ExpungeAsync(CommandId command, CommentId comment, DateTimeOffset at) => throw new NotSupportedException();

        public ValueTask<Reply> ExpungeAsync(CommandId command, ThemeId theme, DateTimeOffset at) => throw new NotSupportedException();

        public ValueTask<OpinionView?> OpinionsAsync(BallotId? ballot) => throw new NotSupportedException();

        /// <summary>Another place each time.</summary>
        public ValueTask<OpinionHere?> HereAsync(PersonId person) => new(new OpinionHere(Id, new("ballot"), X: ++_asked, Y: 0, Group: null, [.. Enumerable.Range(1, Next).Select(n => new IdeaId($"idea-{n}"))]));

        public ValueTask<ImmutableArray<Pair>> PairsAsync(PersonId person, int most) => throw new NotSupportedException();
    }
}
