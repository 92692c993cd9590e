using LiveCoCreate.Fast.Boards;
using LiveCoCreate.Fast.Journals;
using LiveCoCreate.Fast.Workshops;
using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Boards;
using LiveCoCreate.Grains.Codes;
using LiveCoCreate.Grains.Journals;
using LiveCoCreate.Grains.Workshops;
using LiveCoCreate.Silo.Embedded;
using static LiveCoCreate.Fast.Boards.Floor;
using static LiveCoCreate.Grains.Boards.BoardCommand;

namespace LiveCoCreate.Fast.Embedded;

/// <summary>What actors promise: one activation a key, activated on first call, dropped when idle or broken.</summary>
public sealed class EmbeddedSiloTests : IAsyncLifetime
{
    private static readonly BoardId Second = new("board-2");

    private readonly ManualTime _time = new();
    private readonly FailingJournal _journal = new(new InMemoryJournal());
    private readonly EmbeddedSilo _silo;

    public EmbeddedSiloTests() => _silo = NewSilo();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _silo.DisposeAsync();

    [Fact]
    public async Task A_hundred_first_calls_at_once_make_one_activation()
    {
        await OpenAsync();
        await using var silo = NewSilo();
        var before = _journal.Loads;
        var states = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(() => silo.Board(TheBoard).StateAsync().AsTask())));
        Assert.All(states, state => Assert.Same(states[0], state));
        Assert.Equal(1, silo.Active);
        Assert.Equal(before + 1, _journal.Loads);
    }

    [Fact]
    public async Task Ten_thousand_commands_from_everywhere_are_all_answered_once()
    {
        await OpenAsync();
        await SendAsync("write", Ada, new AddIdea(Bench, Now, "x"));
        await SendAsync("ballot", Fay, new OpenBallot(First, 9, 9, CountsDue.Live, false));
        var replies = await Task.WhenAll(Enumerable.Range(0, 10_000).Select(n => Task.Run(() =>
            _silo.Board(TheBoard).SubmitAsync(new(new($"v{n}"), new Caller(SeatKind.Participant, new($"p{n}")), ManualTime.Start, new CastVote(First, Bench, 1))).AsTask())));
        Assert.All(replies, reply => Assert.True(reply.Accepted));
        Assert.Equal(10_000, (await _silo.Board(TheBoard).StateAsync()).SeenBy(TheBoard, Audience.Public).Tallies[First][Bench]);
        Assert.Equal(10_003, (await _journal.EventsAsync()).Count);
    }

    [Fact]
    public async Task A_grain_that_nobody_called_for_five_minutes_is_dropped_and_comes_back_as_it_was()
    {
        await OpenAsync();
        var before = await _silo.Board(TheBoard).StateAsync();
        _time.Advance(TimeSpan.FromMinutes(4.9));
        Assert.Equal(1, _silo.Active);
        await _silo.Board(TheBoard).StateAsync();
        _time.Advance(TimeSpan.FromMinutes(4.9));
        Assert.Equal(1, _silo.Active);
        DropIdle();

        var after = await _silo.Board(TheBoard).StateAsync();
        Assert.NotSame(before, after);
        Assert.Equal(Canonical.Of(before), Canonical.Of(after));
    }

    [Fact]
    public async Task A_watched_grain_stays()
    {
        await OpenAsync();
        var watcher = new Watcher();
        watcher.Has(await _silo.Board(TheBoard).WatchAsync(watcher));
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(1, _silo.Active);
        await _silo.Board(TheBoard).UnwatchAsync(watcher);
        DropIdle();
    }

    [Fact]
    public async Task A_busy_grain_stays()
    {
        await OpenAsync();
        var held = _journal.HoldAppends();
        var write = SendAsync("write", Ada, new AddIdea(Bench, Now, "x"));
        await held.Reached;
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(1, _silo.Active);
        held.LetGo();
        Assert.True((await write).Accepted);
    }

    [Fact]
    public async Task A_broken_grain_is_replaced_by_the_next_call()
    {
        await OpenAsync();
        _journal.FailNextAppend(FailingJournal.Failure.BeforeWriting);
        Assert.Equal("retry", (await SendAsync("write", Ada, new AddIdea(Bench, Now, "x"))).Refusal?.Code);
        Assert.True((await SendAsync("write", Ada, new AddIdea(Bench, Now, "x"))).Accepted);
        Assert.Equal(1, _silo.Active);
    }

    [Fact]
    public async Task Who_watches_a_grain_that_breaks_is_told_to_watch_again()
    {
        await OpenAsync();
        var watcher = new Watcher();
        watcher.Has(await _silo.Board(TheBoard).WatchAsync(watcher));
        _journal.FailNextAppend(FailingJournal.Failure.AfterWriting);
        await SendAsync("write", Ada, new AddIdea(Bench, Now, "x"));
        await watcher.HasEnded.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Single(watcher.Has(await _silo.Board(TheBoard).WatchAsync(watcher)).View(Audience.Participants).Ideas);
    }

    [Fact]
    public async Task A_new_workshop_has_its_boards()
    {
        Assert.True((await CreateAsync(_silo)).Accepted);
        Assert.True((await _silo.Board(TheBoard).StateAsync()).Opened);
        Assert.True((await _silo.Board(Second).StateAsync()).Opened);
        Assert.Equal([TheBoard, Second], (await _silo.Workshop(TheWorkshop).RightsAsync()).Boards.AsEnumerable());
    }

    [Theory]
    [InlineData("board/board-1", FailingJournal.Failure.BeforeWriting), InlineData("board/board-2", FailingJournal.Failure.BeforeWriting)]
    [InlineData("board/board-2", FailingJournal.Failure.AfterWriting), InlineData("workshop/workshop-1", FailingJournal.Failure.AfterWriting)]
    public async Task A_new_workshop_whose_making_failed_half_way_has_its_boards_when_it_is_made_again(string stream, FailingJournal.Failure when)
    {
        _journal.FailNextAppend(when, stream);
        Assert.Equal("retry", (await CreateAsync(_silo)).Refusal?.Code);
        Assert.True((await CreateAsync(_silo)).Accepted);
        await AllOpenOnceAsync();
    }

    [Fact]
    public async Task A_new_workshop_whose_server_died_half_way_has_its_boards_when_it_wakes()
    {
        var dying = _journal.HoldAppends();
        _ = CreateAsync(_silo);
        await dying.Reached;
        _journal.FailNextAppend(FailingJournal.Failure.BeforeWriting, TheBoard.Stream);
        dying.LetGo();
        // The first silo is never asked again; the next one reads what the journal has.
        while ((await _journal.AllAsync(TheWorkshop.Stream)).Count == 0) await Task.Yield();
        await using var next = NewSilo();
        for (var tries = 0; tries < 3; tries++)
        {
            try
            {
                await next.Workshop(TheWorkshop).RightsAsync();
                break;
            }
            catch (Exception raced) when (raced is not Xunit.Sdk.XunitException)
            {
                // Both silos may follow at once: one of them loses, and whoever calls next repeats it.
            }
        }

        await AllOpenOnceAsync();
    }

    [Fact]
    public async Task What_follows_from_a_workshop_is_done_once_however_often_it_wakes()
    {
        await CreateAsync(_silo);
        for (var wakes = 0; wakes < 3; wakes++)
        {
            await using var silo = NewSilo();
            await silo.Workshop(TheWorkshop).StateAsync();
        }

        await AllOpenOnceAsync();
    }

    [Fact]
    public async Task A_workshop_that_closes_closes_its_boards_and_puts_its_code_to_rest()
    {
        await _silo.Code("ABC234").SubmitAsync(new(new("claim"), Caller.System, ManualTime.Start, new CodeCommand.ClaimCode(TheWorkshop)));
        await CreateAsync(_silo);
        Assert.True((await _silo.Workshop(TheWorkshop).SubmitAsync(new(new("close"), Fay, ManualTime.Start.AddDays(1), new WorkshopCommand.CloseWorkshop()))).Accepted);

        Assert.True((await _silo.Board(TheBoard).StateAsync()).Closed);
        Assert.True((await _silo.Board(Second).StateAsync()).Closed);
        Assert.Equal("workshop-closed", (await SendAsync("write", Ada, new AddIdea(Bench, Now, "x"))).Refusal?.Code);
        Assert.Equal(["code-claimed", "code-rested"], (await _journal.AllAsync("code/ABC234")).Select(happened => happened.Type));
    }

    [Fact] // C7, C8
    public async Task Every_board_learns_the_workshops_words_and_whom_it_limits_once_however_often_it_wakes()
    {
        await CreateAsync(_silo);
        await SendAsync("write", Ada, new AddIdea(Bench, Now, "x"));
        Assert.True((await DoAsync("words", new WorkshopCommand.ChangeWords(["fool"]))).Accepted);
        Assert.True((await DoAsync("limit", new WorkshopCommand.LimitParticipant(TheBoard, Bench))).Accepted);
        Assert.Equal("idea-missing", (await DoAsync("x", new WorkshopCommand.LimitParticipant(new("board-of-others"), Bench))).Refusal?.Code);
        Assert.Equal("idea-missing", (await DoAsync("x", new WorkshopCommand.LimitParticipant(TheBoard, Tap))).Refusal?.Code);
        Assert.True((await DoAsync("step", new WorkshopCommand.AddStep(new("later"), "Later", [new LaneOfStep(Now, "Now")], false, Moderation.Open))).Accepted);
        var boards = (await _silo.Workshop(TheWorkshop).RightsAsync()).Boards;
        Assert.Equal(3, boards.Length);
        for (var wakes = 0; wakes < 2; wakes++)
        {
            await using var silo = NewSilo();
            await silo.Workshop(TheWorkshop).StateAsync();
        }

        foreach (var id in boards)
        {
            await using var silo = NewSilo();
            var board = await silo.Board(id).StateAsync();
            Assert.Equal(["fool"], board.Words.AsEnumerable());
            Assert.Equal([Ada.Id], board.Limited);
            Assert.Equal(1, (await _journal.AllAsync(id.Stream)).Count(happened => happened.Type == "words-listed"));
            Assert.Equal(1, (await _journal.AllAsync(id.Stream)).Count(happened => happened.Type == "authors-limited"));
            Assert.Equal(0, (await _journal.AllAsync(id.Stream)).Count(happened => happened.Type == "nothing-changed"));
        }

        Task<Reply> DoAsync(string command, WorkshopCommand what) => _silo.Workshop(TheWorkshop).SubmitAsync(new(new(command), Fay, ManualTime.Start, what)).AsTask();
    }

    [Fact]
    public async Task A_board_that_could_not_be_told_the_words_learns_them_when_its_workshop_wakes()
    {
        await CreateAsync(_silo);
        _journal.FailNextAppend(FailingJournal.Failure.BeforeWriting, Second.Stream);
        Assert.Equal("retry", (await _silo.Workshop(TheWorkshop).SubmitAsync(new(new("words"), Fay, ManualTime.Start, new WorkshopCommand.ChangeWords(["fool"])))).Refusal?.Code);
        await _silo.Workshop(TheWorkshop).StateAsync();
        foreach (var id in new[] { TheBoard, Second }) Assert.Equal(["fool"], (await _silo.Board(id).StateAsync()).Words.AsEnumerable());
    }

    [Fact]
    public async Task A_workshops_observers_are_told_of_every_change()
    {
        await CreateAsync(_silo);
        var observer = new Listener();
        await _silo.Workshop(TheWorkshop).WatchAsync(observer);
        await _silo.Workshop(TheWorkshop).SubmitAsync(new(new("go"), Fay, ManualTime.Start, new WorkshopCommand.GoToStep(new("step-of-board-2"))));
        Assert.Equal("step-of-board-2", observer.Last?.Current.Value);
        _journal.FailNextAppend(FailingJournal.Failure.BeforeWriting);
        await _silo.Workshop(TheWorkshop).SubmitAsync(new(new("stop"), Fay, ManualTime.Start, new WorkshopCommand.StartTimer(1000)));
        Assert.True(observer.HasEnded);
    }

    [Fact]
    public async Task Rights_are_those_of_now()
    {
        await CreateAsync(_silo);
        Assert.Empty((await _silo.Workshop(TheWorkshop).RightsAsync()).Revoked);
        await _silo.Workshop(TheWorkshop).SubmitAsync(new(new("revoke"), Fay, ManualTime.Start, new WorkshopCommand.RevokeSeat(Ada.Id)));
        Assert.Contains(Ada.Id, (await _silo.Workshop(TheWorkshop).RightsAsync()).Revoked);
    }

    /// <summary>Lets time pass until all are dropped: a turn that has answered may still be on its way out when the first sweep comes.</summary>
    private void DropIdle() => Assert.True(SpinWait.SpinUntil(() =>
    {
        _time.Advance(TimeSpan.FromMinutes(1));
        return _silo.Active == 0;
    }, TimeSpan.FromSeconds(20)));

    private async Task AllOpenOnceAsync()
    {
        foreach (var board in new[] { TheBoard, Second })
            Assert.Equal("board-opened", Assert.Single(await _journal.AllAsync(board.Stream)).Type);
        Assert.Single(await _journal.AllAsync(TheWorkshop.Stream));
    }

    private EmbeddedSilo NewSilo() => new(_journal, LiveBoard.Secrets(), _time);

    private static Task<Reply> CreateAsync(EmbeddedSilo silo) =>
        silo.Workshop(TheWorkshop).SubmitAsync(new(new("create"), Caller.System, ManualTime.Start, WorkshopTests.Create())).AsTask();

    private async Task OpenAsync() => Assert.True((await SendAsync("open", Caller.System, BoardSpec.OpenIt())).Accepted);

    private Task<Reply> SendAsync(string id, Caller by, BoardCommand command) => _silo.Board(TheBoard).SubmitAsync(new(new(id), by, ManualTime.Start, command)).AsTask();

    private sealed class Listener : IWorkshopObserver
    {
        public Workshop? Last { get; private set; }

        public bool HasEnded { get; private set; }

        public void Changed(Workshop workshop) => Last = workshop;

        public void Ended() => HasEnded = true;
    }
}
