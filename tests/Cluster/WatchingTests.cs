using System.Text.Json;
using LiveCoCreate.Fast;
using LiveCoCreate.Fast.Boards;
using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Boards;
using LiveCoCreate.Grains.Journals;
using LiveCoCreate.Silo.Orleans;
using static LiveCoCreate.Fast.Boards.Floor;
using static LiveCoCreate.Grains.Boards.BoardCommand;

namespace LiveCoCreate.Cluster;

/// <summary>Frames on their way from the silo of a board to the web nodes that watch it.</summary>
public sealed class WatchingTests : IAsyncLifetime
{
    private readonly InMemoryJournal _journal = new();
    private readonly LossyWay _way = new();
    private Silos _silos = null!;
    private int _commands;

    public async Task InitializeAsync()
    {
        _silos = await Silos.StartAsync(2, _journal, LiveBoard.Secrets(), _way);
        Assert.True((await SendAsync(Caller.System, BoardSpec.OpenIt())).Accepted);
    }

    public async Task DisposeAsync() => await _silos.DisposeAsync();

    [Fact]
    public async Task A_frame_comes_as_the_bytes_that_were_written_once()
    {
        var watcher = await WatchAsync();
        await SendAsync(Ada, new AddIdea(Bench, Now, "Bänke, ספסלים"));
        var news = await watcher.NextAsync();
        Assert.NotEmpty(news.Frames);
        Assert.All(news.Frames, told => Assert.Equal(JsonSerializer.SerializeToUtf8Bytes(told.Frame with { Written = default }, Json.Options), told.Frame.Written.ToArray()));
        Assert.Contains("Bänke, ספסלים", System.Text.Encoding.UTF8.GetString(news.Frames[0].Frame.Written.Span), StringComparison.Ordinal);
        Assert.Contains(Ada.Id, news.Mine);
    }

    [Fact]
    public async Task Two_who_watch_are_told_the_same()
    {
        var (one, other) = (await WatchAsync(), await WatchAsync());
        await SendAsync(Ada, new AddIdea(Bench, Now, "Benches"));
        await one.ReachedAsync(2);
        await other.ReachedAsync(2);
        Assert.Equal(Canonical.Of(one.View(Audience.Participants)), Canonical.Of(other.View(Audience.Participants)));
        await _silos.Board(TheBoard).UnwatchAsync(one);
        await SendAsync(Ada, new AddIdea(Shade, Now, "Shade"));
        await other.ReachedAsync(3);
        Assert.Equal(2, one.View(Audience.Participants).Version);
    }

    [Fact]
    public async Task After_a_frame_that_was_lost_on_the_way_no_other_is_shown_until_all_is_read_anew()
    {
        var watcher = await WatchAsync();
        await _way.LoseNextAsync(() => SendAsync(Ada, new AddIdea(Bench, Now, "Benches")));
        await SendAsync(Ada, new AddIdea(Shade, Now, "Shade"));
        await watcher.HasEnded.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(0, watcher.Told);
        Assert.Equal(2, watcher.Has(await _silos.Board(TheBoard).WatchAsync(watcher)).View(Audience.Participants).Ideas.Count);
        await SendAsync(Ada, new AddIdea(Tap, Now, "Tap"));
        await watcher.ReachedAsync(4);
        Assert.Null(watcher.Gap);
    }

    [Fact]
    public async Task A_frame_that_was_lost_on_the_way_is_noticed_also_when_none_follows()
    {
        var watcher = await WatchAsync();
        await _way.LoseNextAsync(() => SendAsync(Ada, new AddIdea(Bench, Now, "Benches")));
        await watcher.HasEnded.WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Who_watches_a_board_that_moves_to_another_silo_is_told_to_watch_again_and_misses_nothing()
    {
        var watcher = await WatchAsync();
        await SendAsync(Ada, new AddIdea(Bench, Now, "Benches"));
        var before = _silos.SiloOf(TheBoard);
        await _silos.MoveAsync(TheBoard);
        await watcher.HasEnded.WaitAsync(TimeSpan.FromSeconds(20));
        await SendAsync(Ada, new AddIdea(Shade, Now, "Shade"));
        Assert.NotEqual(before, _silos.SiloOf(TheBoard));
        var again = new Watcher();
        Assert.Equal(2, again.Has(await _silos.Board(TheBoard).WatchAsync(again)).View(Audience.Participants).Ideas.Count);
        await SendAsync(Ada, new AddIdea(Tap, Now, "Tap"));
        await again.ReachedAsync(4);
    }

    [Fact]
    public async Task A_node_that_does_not_renew_is_let_go_and_counts_no_more()
    {
        var time = new ManualTime();
        var node = new WatchingNode(new Deaf(), watch: 7, connections: 900, time);
        Assert.Equal(900, node.Connections);
        time.Advance(TimeSpan.FromSeconds(14));
        Assert.Equal(0, node.Renew(7, connections: 1000));
        Assert.Equal(-1, node.Renew(8, connections: 1));
        time.Advance(TimeSpan.FromSeconds(14));
        await node.TellAsync(new BoardNews(TheBoard, 1, [], [], false, false));
        Assert.Equal(1, node.Renew(7, connections: 1000));
        time.Advance(TimeSpan.FromSeconds(16));
        Assert.Equal(0, node.Connections);
        await Assert.ThrowsAsync<TimeoutException>(() => node.TellAsync(new BoardNews(TheBoard, 2, [], [], false, false)).AsTask());
    }

    private async Task<Watcher> WatchAsync()
    {
        var watcher = new Watcher();
        return watcher.Has(await _silos.Board(TheBoard).WatchAsync(watcher));
    }

    private Task<Reply> SendAsync(Caller by, BoardCommand command) => _silos.Board(TheBoard).SubmitAsync(new(new($"c{++_commands}"), by, ManualTime.Start, command)).AsTask();

    private sealed class Deaf : IBoardWatcher
    {
        public void Heard(long watch, long number, ToldNews news)
        {
        }

        public void HeardOpinions(long watch, long number, OpinionView opinions)
        {
        }

        public void Ended(long watch)
        {
        }
    }
}
