using System.Threading.Channels;
using LiveCoCreate.Fast.Boards;
using LiveCoCreate.Fast.Journals;
using LiveCoCreate.Fast.Workshops;
using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Boards;
using LiveCoCreate.Grains.Codes;
using LiveCoCreate.Grains.Journals;
using LiveCoCreate.Grains.Turns;
using LiveCoCreate.Grains.Workshops;
using static LiveCoCreate.Fast.Boards.Floor;
using static LiveCoCreate.Grains.Boards.BoardCommand;

namespace LiveCoCreate.Fast.Scenarios;

/// <summary>What actors promise, and what one stream's events make others do.</summary>
public abstract class SiloScenarios<THost> : IAsyncLifetime
    where THost : IGrainHost<THost>
{
    private static readonly BoardId Second = new("board-2");

    private readonly FailingJournal _journal = new(new InMemoryJournal());
    private THost _silo = default!;

    public async Task InitializeAsync() => _silo = await NewSiloAsync();

    public async Task DisposeAsync() => await _silo.DisposeAsync();

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
    public async Task A_broken_grain_is_replaced_by_the_next_call()
    {
        await OpenAsync();
        _journal.FailNextAppend(FailingJournal.Failure.BeforeWriting);
        Assert.Equal("retry", (await SendAsync("write", Ada, new AddIdea(Bench, Now, "x"))).Refusal?.Code);
        Assert.True((await SendAsync("write", Ada, new AddIdea(Bench, Now, "x"))).Accepted);
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

    [Fact] // J3
    public async Task A_stream_that_a_newer_version_wrote_is_refused_by_name()
    {
        await OpenAsync();
        await _journal.AppendAsync(new Envelope(TheBoard.Stream, 2, "idea-sung", ManualTime.Start, null, "c", "{}"));
        await using var silo = await NewSiloAsync();
        var refused = await Assert.ThrowsAsync<UnknownEventException>(() => silo.Board(TheBoard).StateAsync().AsTask());
        Assert.Contains("board/board-1 holds 'idea-sung' at version 2", refused.Message, StringComparison.Ordinal);
        Assert.Contains("newer", refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<UnknownEventException>(() => silo.Board(TheBoard).SubmitAsync(new(new("c1"), Ada, ManualTime.Start, new AddIdea(Bench, Now, "x"))).AsTask());
    }

    [Fact]
    public async Task What_a_person_called_themes_is_told_to_whoever_must_forget_it()
    {
        await OpenAsync();
        await SendAsync("sort", Fay, new ChangeSettings(Sorting: Sorting.Everyone));
        await SendAsync("hers", Ada, new AddTheme(Water, "Her water", 1));
        await SendAsync("his", Fay, new AddTheme(Green, "Green", 2));

        Assert.Equal(["Her water"], await _silo.Board(TheBoard).TitlesByAsync(Ada.Id));
        await _silo.Board(TheBoard).ForgetTitlesAsync(new HashSet<string> { "Her water" });
        Assert.True((await _silo.Board(TheBoard).StateAsync()).Themes.ContainsKey(Water));
    }

    [Fact]
    public async Task A_new_workshop_has_its_boards()
    {
        Assert.True((await CreateAsync()).Accepted);
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
        Assert.Equal("retry", (await CreateAsync()).Refusal?.Code);
        Assert.True((await CreateAsync()).Accepted);
        await AllOpenOnceAsync();
    }

    [Fact]
    public async Task What_follows_from_a_workshop_is_done_once_however_often_it_wakes()
    {
        await CreateAsync();
        for (var wakes = 0; wakes < 3; wakes++)
        {
            await using var silo = await NewSiloAsync();
            await silo.Workshop(TheWorkshop).StateAsync();
        }

        await AllOpenOnceAsync();
    }

    [Fact]
    public async Task A_workshop_that_closes_closes_its_boards_and_puts_its_code_to_rest()
    {
        await _silo.Code("ABC234").SubmitAsync(new(new("claim"), Caller.System, ManualTime.Start, new CodeCommand.ClaimCode(TheWorkshop)));
        await CreateAsync();
        Assert.True((await _silo.Workshop(TheWorkshop).SubmitAsync(new(new("close"), Fay, ManualTime.Start.AddDays(1), new WorkshopCommand.CloseWorkshop()))).Accepted);

        Assert.True((await _silo.Board(TheBoard).StateAsync()).Closed);
        Assert.True((await _silo.Board(Second).StateAsync()).Closed);
        Assert.Equal("workshop-closed", (await SendAsync("write", Ada, new AddIdea(Bench, Now, "x"))).Refusal?.Code);
        Assert.Equal(["code-claimed", "code-rested"], (await _journal.AllAsync("code/ABC234")).Select(happened => happened.Type));
    }

    [Fact] // C7, C8
    public async Task Every_board_learns_the_workshops_words_and_whom_it_limits_once_however_often_it_wakes()
    {
        await CreateAsync();
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
            await using var silo = await NewSiloAsync();
            await silo.Workshop(TheWorkshop).StateAsync();
        }

        foreach (var id in boards)
        {
            await using var silo = await NewSiloAsync();
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
        await CreateAsync();
        _journal.FailNextAppend(FailingJournal.Failure.BeforeWriting, Second.Stream);
        Assert.Equal("retry", (await _silo.Workshop(TheWorkshop).SubmitAsync(new(new("words"), Fay, ManualTime.Start, new WorkshopCommand.ChangeWords(["fool"])))).Refusal?.Code);
        await _silo.Workshop(TheWorkshop).StateAsync();
        foreach (var id in new[] { TheBoard, Second }) Assert.Equal(["fool"], (await _silo.Board(id).StateAsync()).Words.AsEnumerable());
    }

    [Fact]
    public async Task A_workshops_observers_are_told_of_every_change()
    {
        await CreateAsync();
        var observer = new Listener();
        await _silo.Workshop(TheWorkshop).WatchAsync(observer);
        await _silo.Workshop(TheWorkshop).SubmitAsync(new(new("go"), Fay, ManualTime.Start, new WorkshopCommand.GoToStep(new("step-of-board-2"))));
        await observer.HeardAsync(workshop => workshop.Current.Value == "step-of-board-2");
        _journal.FailNextAppend(FailingJournal.Failure.BeforeWriting);
        await _silo.Workshop(TheWorkshop).SubmitAsync(new(new("stop"), Fay, ManualTime.Start, new WorkshopCommand.StartTimer(1000)));
        await observer.HasEnded.WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Rights_are_those_of_now()
    {
        await CreateAsync();
        Assert.Empty((await _silo.Workshop(TheWorkshop).RightsAsync()).Revoked);
        await _silo.Workshop(TheWorkshop).SubmitAsync(new(new("revoke"), Fay, ManualTime.Start, new WorkshopCommand.RevokeSeat(Ada.Id)));
        Assert.Contains(Ada.Id, (await _silo.Workshop(TheWorkshop).RightsAsync()).Revoked);
    }

    private async Task AllOpenOnceAsync()
    {
        foreach (var board in new[] { TheBoard, Second })
            Assert.Equal("board-opened", Assert.Single(await _journal.AllAsync(board.Stream)).Type);
        Assert.Single(await _journal.AllAsync(TheWorkshop.Stream));
    }

    private Task<THost> NewSiloAsync() => THost.StartAsync(_journal, LiveBoard.Secrets());

    private Task<Reply> CreateAsync() =>
        _silo.Workshop(TheWorkshop).SubmitAsync(new(new("create"), Caller.System, ManualTime.Start, WorkshopTests.Create())).AsTask();

    private async Task OpenAsync() => Assert.True((await SendAsync("open", Caller.System, BoardSpec.OpenIt())).Accepted);

    private Task<Reply> SendAsync(string id, Caller by, BoardCommand command) => _silo.Board(TheBoard).SubmitAsync(new(new(id), by, ManualTime.Start, command)).AsTask();

    private sealed class Listener : IWorkshopObserver
    {
        private readonly Channel<Workshop> _heard = Channel.CreateUnbounded<Workshop>();
        private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task HasEnded => _ended.Task;

        /// <summary>Waits until it is told of such a workshop, with a patience that only a broken test needs.</summary>
        public async Task HeardAsync(Func<Workshop, bool> such)
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            while (!such(await _heard.Reader.ReadAsync(patience.Token)))
            {
                // The next one, then.
            }
        }

        public void Changed(Workshop workshop) => _heard.Writer.TryWrite(workshop);

        public void Ended() => _ended.TrySetResult();
    }
}
