using LiveCoCreate.Fast.Boards;
using LiveCoCreate.Fast.Journals;
using LiveCoCreate.Fast.Scenarios;
using LiveCoCreate.Fast.Workshops;
using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Boards;
using LiveCoCreate.Grains.Journals;
using LiveCoCreate.Silo.Embedded;
using static LiveCoCreate.Fast.Boards.Floor;
using static LiveCoCreate.Grains.Boards.BoardCommand;

namespace LiveCoCreate.Fast.Embedded;

/// <summary>What actors promise: one activation a key, activated on first call, dropped when idle. What they do meanwhile is in <see cref="SiloScenarios{THost}"/>.</summary>
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
    public async Task All_who_waited_for_a_write_that_failed_are_told_to_try_again()
    {
        await OpenAsync();
        var held = _journal.HoldAppends();
        var first = SendAsync("first", Ada, new AddIdea(Bench, Now, "x"));
        await held.Reached;
        _journal.FailNextAppend(FailingJournal.Failure.BeforeWriting);
        Task<Reply>[] waiting = [SendAsync("second", Ada, new AddIdea(Shade, Now, "x")), SendAsync("refused", Ada, new HideIdea(Bench, "x"))];
        held.LetGo();
        Assert.Null((await first).Refusal);
        Assert.Equal(["retry", "retry"], (await Task.WhenAll(waiting)).Select(reply => reply.Refusal?.Code));
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
}
