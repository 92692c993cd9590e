using LiveCoCreate.Fast.Boards;
using LiveCoCreate.Fast.Journals;
using LiveCoCreate.Fast.Workshops;
using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Boards;
using LiveCoCreate.Grains.Journals;
using static LiveCoCreate.Fast.Boards.Floor;
using static LiveCoCreate.Grains.Boards.BoardCommand;

namespace LiveCoCreate.Fast.Scenarios;

/// <summary>PROTOCOL N6: what is decided of an idea of a later step reaches back to what it grew out of.</summary>
public abstract class ReachingScenarios<THost> : IAsyncLifetime
    where THost : IGrainHost<THost>
{
    private static readonly BoardId Written = new("board-1");
    private static readonly BoardId Grouped = new("board-2");
    private static readonly BoardId Voted = new("board-3");
    private static readonly IdeaId Lamp = new("idea-lamp");
    private static readonly IdeaId Path = new("idea-path");

    private readonly FailingJournal _journal = new(new InMemoryJournal());
    private THost _silo = default!;
    private int _commands;

    /// <summary>Ada and Ben wrote Bench and Shade; both were brought on as one idea, Tap, and Bench as Lamp as well; Tap went on once more, as Tree.</summary>
    public async Task InitializeAsync()
    {
        _silo = await THost.StartAsync(_journal, LiveBoard.Secrets());
        await _silo.Workshop(TheWorkshop).SubmitAsync(new(new("make"), Caller.System, ManualTime.Start, WorkshopTests.Create("ABC234", "board-1", "board-2", "board-3")));
        await DoAsync(Written, Ada, new AddIdea(Bench, Now, "Benches"));
        await DoAsync(Written, Ben, new AddIdea(Shade, Now, "Shade"));
        await DoAsync(Written, Fay, new AddTheme(Water, "A place to sit", 1));
        await DoAsync(Written, Fay, new ThemeIdeas([Bench, Shade], Water));
        await DoAsync(Grouped, Fay, new BringIdeas(Now, Written, [new(Lamp, From: Bench)]));
        await DoAsync(Grouped, Fay, new BringIdeas(Now, Written, [new(Tap, Theme: Water)]));
        await DoAsync(Voted, Fay, new BringIdeas(Now, Grouped, [new(Tree, From: Tap)]));
    }

    public async Task DisposeAsync() => await _silo.DisposeAsync();

    [Theory, InlineData(IdeaStatus.Planned), InlineData(IdeaStatus.Chosen)]
    public async Task What_is_planned_or_chosen_is_so_in_every_step_it_came_from_until_it_is_taken_back(IdeaStatus status)
    {
        await DoAsync(Voted, Fay, "good", new SetStatus(Tree, status, "in spring"));
        await StandAsync(status, (Voted, Tree), (Grouped, Tap), (Written, Bench), (Written, Shade));
        await StandAsync(IdeaStatus.Received, (Grouped, Lamp));
        // Why is said where it was decided.
        Assert.Null((await _silo.Board(Written).StateAsync()).Ideas[Bench].Note);

        await DoAsync(Voted, Fay, "back", new Undo(new("good")));
        await StandAsync(IdeaStatus.Received, (Voted, Tree), (Grouped, Tap), (Written, Bench), (Written, Shade));
        await DoAsync(Voted, Fay, "again", new Undo(new("back")));
        await StandAsync(status, (Voted, Tree), (Grouped, Tap), (Written, Bench), (Written, Shade));
        await DoAsync(Voted, Fay, new Undo(new("again")));
        await StandAsync(IdeaStatus.Received, (Voted, Tree), (Grouped, Tap), (Written, Bench), (Written, Shade));
    }

    [Theory, InlineData(IdeaStatus.Received), InlineData(IdeaStatus.Discussed), InlineData(IdeaStatus.NotNow)]
    public async Task Nothing_else_reaches_back(IdeaStatus status)
    {
        await DoAsync(Written, Fay, new SetStatus(Bench, IdeaStatus.Chosen));
        await DoAsync(Voted, Fay, new SetStatus(Tree, IdeaStatus.Planned, Here: true));
        await DoAsync(Voted, Fay, new SetStatus(Tree, status, "no money"));
        await StandAsync(status, (Voted, Tree));
        await StandAsync(IdeaStatus.Chosen, (Written, Bench));
        await StandAsync(IdeaStatus.Received, (Grouped, Tap), (Written, Shade));
    }

    [Fact]
    public async Task What_somebody_says_of_an_earlier_idea_later_holds_also_when_the_rest_is_taken_back()
    {
        await DoAsync(Voted, Fay, "good", new SetStatus(Tree, IdeaStatus.Planned));
        await DoAsync(Written, Gus, new SetStatus(Bench, IdeaStatus.NotNow, "no money"));
        await DoAsync(Voted, Fay, new Undo(new("good")));
        await StandAsync(IdeaStatus.NotNow, (Written, Bench));
        await StandAsync(IdeaStatus.Received, (Voted, Tree), (Grouped, Tap), (Written, Shade));
    }

    [Fact]
    public async Task What_was_said_before_gives_way_to_a_plan_and_only_where_nothing_was_decided_to_a_choice()
    {
        await DoAsync(Written, Fay, new SetStatus(Bench, IdeaStatus.NotNow, "no money"));
        await DoAsync(Written, Fay, new SetStatus(Shade, IdeaStatus.Planned, "in spring"));
        await DoAsync(Voted, Fay, new SetStatus(Tree, IdeaStatus.Chosen));
        await StandAsync(IdeaStatus.Chosen, (Voted, Tree), (Grouped, Tap));
        await StandAsync(IdeaStatus.NotNow, (Written, Bench));
        await DoAsync(Voted, Fay, "good", new SetStatus(Tree, IdeaStatus.Planned));
        await StandAsync(IdeaStatus.Planned, (Voted, Tree), (Grouped, Tap), (Written, Bench), (Written, Shade));
        Assert.Equal("in spring", (await _silo.Board(Written).StateAsync()).Ideas[Shade].Note);
        await DoAsync(Voted, Fay, new Undo(new("good")));
        await StandAsync(IdeaStatus.Chosen, (Voted, Tree), (Grouped, Tap));
        await StandAsync(IdeaStatus.NotNow, (Written, Bench));
        Assert.Equal("no money", (await _silo.Board(Written).StateAsync()).Ideas[Bench].Note);
        await StandAsync(IdeaStatus.Planned, (Written, Shade));
    }

    [Fact]
    public async Task What_grew_into_two_stays_planned_while_one_of_them_is()
    {
        await DoAsync(Voted, Fay, "first", new SetStatus(Tree, IdeaStatus.Planned));
        await DoAsync(Grouped, Fay, new SetStatus(Lamp, IdeaStatus.Planned));
        await DoAsync(Voted, Fay, new Undo(new("first")));
        await StandAsync(IdeaStatus.Planned, (Written, Bench), (Grouped, Lamp));
        await StandAsync(IdeaStatus.Received, (Voted, Tree), (Grouped, Tap), (Written, Shade));
    }

    [Fact]
    public async Task What_was_merged_into_it_grew_out_of_something_too()
    {
        await DoAsync(Grouped, Fay, new AddIdea(Path, Now, "x", From: [new Source(Written, Shade)]));
        await DoAsync(Grouped, Fay, new MergeIdea(Path, Lamp));
        await DoAsync(Grouped, Fay, new SetStatus(Lamp, IdeaStatus.Planned));
        await StandAsync(IdeaStatus.Planned, (Grouped, Lamp), (Written, Bench), (Written, Shade));
    }

    [Fact]
    public async Task What_is_not_to_be_seen_there_is_left_alone_and_a_circle_ends()
    {
        await DoAsync(Written, Fay, new HideIdea(Bench, "rude"));
        await DoAsync(Written, Fay, new AddIdea(Path, Now, "x", From: [new Source(Voted, Tree), new Source(Voted, Path), new Source(new("board-of-others"), Tree)]));
        await DoAsync(Grouped, Fay, new AddIdea(Path, Now, "x", From: [new Source(Written, Path)]));
        await DoAsync(Voted, Fay, new AddIdea(Lamp, Now, "x", From: [new Source(Grouped, Path)]));
        await DoAsync(Grouped, Fay, new MergeIdea(Path, Tap));
        await DoAsync(Voted, Fay, "good", new SetStatus(Tree, IdeaStatus.Planned));
        await StandAsync(IdeaStatus.Planned, (Voted, Tree), (Grouped, Tap), (Written, Shade), (Written, Path));
        await StandAsync(IdeaStatus.Received, (Written, Bench), (Voted, Lamp));
        await DoAsync(Voted, Fay, new Undo(new("good")));
        await StandAsync(IdeaStatus.Received, (Voted, Tree), (Grouped, Tap), (Written, Shade), (Written, Path));
    }

    [Fact]
    public async Task A_retry_tells_whom_the_first_attempt_did_not_reach()
    {
        foreach (var (id, command, status) in new[] { ("good", (BoardCommand)new SetStatus(Tree, IdeaStatus.Planned), IdeaStatus.Planned), ("back", new Undo(new("good")), IdeaStatus.Received) })
        {
            // Its own append passes, that of the step before does not.
            _journal.FailNextAppend(FailingJournal.Failure.BeforeWriting, Grouped.Stream);
            Assert.Equal("retry", (await SendAsync(Voted, Fay, id, command)).Refusal?.Code);
            await StandAsync(status, (Voted, Tree));
            Assert.NotEqual(status, (await _silo.Board(Grouped).StateAsync()).Ideas[Tap].Status);
            await DoAsync(Voted, Fay, id, command);
            await StandAsync(status, (Voted, Tree), (Grouped, Tap), (Written, Bench), (Written, Shade));
            var events = (await _journal.EventsAsync()).Count;
            await DoAsync(Voted, Fay, id, command);
            Assert.Equal(events, (await _journal.EventsAsync()).Count);
        }
    }

    [Fact]
    public async Task Who_wrote_it_first_is_forgotten_and_the_others_still_hear_of_it()
    {
        await DoAsync(Voted, Fay, "good", new SetStatus(Tree, IdeaStatus.Planned, "as Ada said"));
        foreach (var board in new[] { Written, Grouped, Voted }) await _silo.Board(board).ForgetAsync(new("forget"), Ada.Id, true, ManualTime.Start);
        await DoAsync(Voted, Fay, new Undo(new("good")));
        await StandAsync(IdeaStatus.Received, (Voted, Tree), (Grouped, Tap), (Written, Shade));
        await DoAsync(Voted, Fay, new SetStatus(Tree, IdeaStatus.Planned));
        await StandAsync(IdeaStatus.Planned, (Written, Shade));
        Assert.DoesNotContain("as Ada said", string.Join('\n', await _journal.AllAsync(Written.Stream)), StringComparison.Ordinal);
        Assert.DoesNotContain(Ada.Id.Value, string.Join('\n', await _journal.AllAsync(Written.Stream)), StringComparison.Ordinal);
    }

    private async Task StandAsync(IdeaStatus status, params (BoardId Board, IdeaId Idea)[] ideas)
    {
        foreach (var (board, idea) in ideas)
            Assert.Equal((board, idea, status), (board, idea, (await _silo.Board(board).StateAsync()).Ideas[idea].Status));
    }

    private Task DoAsync(BoardId board, Caller by, BoardCommand command) => DoAsync(board, by, $"c{++_commands}", command);

    private async Task DoAsync(BoardId board, Caller by, string id, BoardCommand command) => Assert.Null((await SendAsync(board, by, id, command)).Refusal);

    private async Task<Reply> SendAsync(BoardId board, Caller by, string id, BoardCommand command) => await _silo.Board(board).SubmitAsync(new(new(id), by, ManualTime.Start, command));
}
