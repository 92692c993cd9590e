using LiveCoCreate.Fast.Boards;
using LiveCoCreate.Fast.Journals;
using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Boards;
using LiveCoCreate.Grains.Journals;
using static LiveCoCreate.Fast.Boards.Floor;
using static LiveCoCreate.Grains.Boards.BoardCommand;

namespace LiveCoCreate.Fast.Scenarios;

/// <summary>P1 and P3: nothing is shown before it is durable, and a grain whose write failed is gone.</summary>
public abstract class DurabilityScenarios<THost> : IAsyncLifetime
    where THost : IGrainHost<THost>
{
    private readonly FailingJournal _journal = new(new InMemoryJournal());
    private readonly InMemorySecrets _secrets = LiveBoard.Secrets();
    private THost _silo = default!;

    private IBoard Live => _silo.Board(TheBoard);

    public async Task InitializeAsync()
    {
        _silo = await THost.StartAsync(_journal, _secrets);
        Assert.True((await SendAsync("open", Caller.System, BoardSpec.OpenIt())).Accepted);
    }

    public async Task DisposeAsync() => await _silo.DisposeAsync();

    [Theory]
    [InlineData(FailingJournal.Failure.BeforeWriting, false)]
    [InlineData(FailingJournal.Failure.AfterWriting, true)]
    public async Task After_a_write_that_failed_the_board_is_what_the_journal_has(FailingJournal.Failure when, bool written)
    {
        var watcher = new Watcher();
        watcher.Has(await Live.WatchAsync(watcher));
        var before = await Live.StateAsync();
        _journal.FailNextAppend(when);

        var reply = await SendAsync("write", Ada, new AddIdea(Bench, Now, "x"));
        Assert.Equal("retry", reply.Refusal?.Code);
        await watcher.HasEnded.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(0, watcher.Told);

        var after = await Live.StateAsync();
        Assert.NotSame(before, after);
        Assert.Equal(written, after.Ideas.ContainsKey(Bench));
        Assert.Equal((await _journal.EventsAsync()).Count, after.Version);

        // The retry gets the first answer, or is the first attempt.
        Assert.Equal(new Reply(2), await SendAsync("write", Ada, new AddIdea(Bench, Now, "x")));
        Assert.Equal(2, (await _journal.EventsAsync()).Count);
    }

    [Fact]
    public async Task Nothing_is_told_before_it_is_durable()
    {
        var watcher = new Watcher();
        watcher.Has(await Live.WatchAsync(watcher));
        var held = _journal.HoldAppends();
        var write = SendAsync("write", Ada, new AddIdea(Bench, Now, "x"));
        await held.Reached;

        Assert.False(write.IsCompleted);
        Assert.Equal(0, watcher.Told);
        Assert.Empty((await Live.StateAsync()).Ideas);
        Assert.Empty((await Live.MineAsync(Ada.Id)).Ideas);
        var late = new Watcher();
        Assert.All(await Live.WatchAsync(late), view => Assert.Empty(view.Ideas));

        held.LetGo();
        Assert.True((await write).Accepted);
        Assert.Contains(Bench, (await watcher.NextAsync()).Frames[0].Frame.Ideas!.Keys);
        Assert.Single((await Live.MineAsync(Ada.Id)).Ideas);
    }

    [Fact]
    public async Task Who_lost_the_race_for_a_version_reloads()
    {
        await using var other = await THost.StartAsync(_journal, _secrets);
        await other.Board(TheBoard).SubmitAsync(Sent("there", Ben, new AddIdea(Shade, Now, "y")));
        Assert.Equal("retry", (await SendAsync("here", Ada, new AddIdea(Bench, Now, "x"))).Refusal?.Code);
        Assert.True((await SendAsync("here", Ada, new AddIdea(Bench, Now, "x"))).Accepted);
        Assert.Equal(2, (await Live.StateAsync()).Ideas.Count);
    }

    [Fact]
    public async Task Two_boards_ballots_of_the_same_id_do_not_share_a_secret()
    {
        var another = _silo.Board(new BoardId("board-2"));
        await another.SubmitAsync(Sent("open2", Caller.System, BoardSpec.OpenIt()));
        await SendAsync("write", Ada, new AddIdea(Bench, Now, "x"));
        await SendAsync("ballot", Fay, new OpenBallot(First, 3, 3, CountsDue.Live, true));
        await SendAsync("vote", Ada, new CastVote(First, Bench, 2));

        // Another workshop's facilitator learns the id, opens a ballot of their own under it, and closes it.
        await another.SubmitAsync(Sent("ballot2", Gus, new OpenBallot(First, 3, 3, CountsDue.Live, true)));
        await another.SubmitAsync(Sent("close2", Gus, new CloseBallot(First)));

        _journal.FailNextAppend(FailingJournal.Failure.BeforeWriting);
        await SendAsync("x", Ada, new CastVote(First, Bench, 1));
        Assert.Equal(2, (await Live.MineAsync(Ada.Id)).Ballots[First].Dots[Bench]);
        Assert.True((await SendAsync("vote2", Ada, new CastVote(First, Bench, 1))).Accepted);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task Closing_destroys_an_anonymous_ballots_secret_and_no_others(bool anonymous) // J9
    {
        await SendAsync("ballot", Fay, new OpenBallot(First, 3, 3, CountsDue.Close, anonymous));
        Assert.NotNull(await SecretAsync());
        Assert.True((await SendAsync("close", Fay, new CloseBallot(First))).Accepted);
        Assert.Equal(anonymous, await SecretAsync() is null);
    }

    [Fact]
    public async Task A_secret_that_a_crash_left_behind_is_destroyed_when_the_board_wakes()
    {
        await SendAsync("ballot", Fay, new OpenBallot(First, 3, 3, CountsDue.Close, true));
        // The close is durable and its caller is not told: the grain died before it came to the secret.
        _journal.FailNextAppend(FailingJournal.Failure.AfterWriting);
        Assert.Equal("retry", (await SendAsync("close", Fay, new CloseBallot(First))).Refusal?.Code);
        Assert.NotNull(await SecretAsync());
        await Live.StateAsync();
        Assert.Null(await SecretAsync());
    }

    [Fact]
    public async Task A_ballot_that_was_refused_leaves_no_secret_behind() // J9
    {
        await SendAsync("other", Fay, new OpenBallot(Second, 3, 3, CountsDue.Close, true));

        Assert.Equal("ballot-still-open", (await SendAsync("ballot", Fay, new OpenBallot(First, 3, 3, CountsDue.Close, true))).Refusal?.Code);
        Assert.Null(await SecretAsync());
        Assert.NotNull(await _secrets.FindAsync(Second.SecretOn(TheBoard), CancellationToken.None));

        await SendAsync("close", Fay, new CloseBallot(Second));
        Assert.Equal("malformed", (await SendAsync("ballot", Fay, new OpenBallot(First, 0, 3, CountsDue.Close, true))).Refusal?.Code);
        Assert.Null(await SecretAsync());
    }

    [Fact]
    public async Task Who_is_refused_a_ballot_takes_away_the_secret_of_no_other_of_its_name() // J9
    {
        await SendAsync("write", Ada, new AddIdea(Bench, Now, "x"));
        var attempts = await Task.WhenAll(Enumerable.Range(0, 20).Select(n => Task.Run(() => SendAsync($"ballot{n}", Fay, new OpenBallot(First, n % 2 == 0 ? 0 : 3, 3, CountsDue.Live, true)))));
        Assert.Single(attempts, reply => reply.Accepted);
        Assert.NotNull(await SecretAsync());

        // The secret that votes are signed with is the one that the next activation finds.
        await SendAsync("vote", Ada, new CastVote(First, Bench, 2));
        _journal.FailNextAppend(FailingJournal.Failure.BeforeWriting);
        await SendAsync("x", Ada, new CastVote(First, Bench, 1));
        Assert.Equal(2, (await Live.MineAsync(Ada.Id)).Ballots[First].Dots[Bench]);
    }

    private ValueTask<ReadOnlyMemory<byte>?> SecretAsync() => _secrets.FindAsync(First.SecretOn(TheBoard), CancellationToken.None);

    private Task<Reply> SendAsync(string id, Caller by, BoardCommand command) => Live.SubmitAsync(Sent(id, by, command)).AsTask();

    private static Submission<BoardCommand> Sent(string id, Caller by, BoardCommand command) => new(new(id), by, ManualTime.Start, command);
}
