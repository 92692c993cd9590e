using LiveCoCreate.Fast.Boards;
using LiveCoCreate.Fast.Journals;
using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Boards;
using LiveCoCreate.Grains.Journals;
using LiveCoCreate.Grains.Turns;
using LiveCoCreate.Silo.Embedded;
using static LiveCoCreate.Fast.Boards.Floor;
using static LiveCoCreate.Grains.Boards.BoardCommand;

namespace LiveCoCreate.Fast.Turns;

/// <summary>P8: a command whose decider throws costs the others nothing and changes nothing.</summary>
public sealed class MishapTests : IAsyncLifetime
{
    private readonly FailingJournal _journal = new(new InMemoryJournal());
    private readonly List<Mishap> _mishaps = [];
    private readonly EmbeddedSilo _silo;

    public MishapTests() => _silo = new EmbeddedSilo(_journal, LiveBoard.Secrets(), new ManualTime(), _mishaps.Add);

    public async Task InitializeAsync() => Assert.True((await SendAsync("open", Caller.System, BoardSpec.OpenIt())).Accepted);

    public async Task DisposeAsync() => await _silo.DisposeAsync();

    [Fact]
    public async Task A_command_whose_decider_throws_is_refused_alone()
    {
        var before = await _silo.Board(TheBoard).StateAsync();

        var reply = await SendAsync("none", Fay, null!);

        Assert.Equal(("internal-error", 1), (reply.Refusal?.Code, reply.Version));
        Assert.Same(before, await _silo.Board(TheBoard).StateAsync());
        var mishap = Assert.Single(_mishaps);
        Assert.Equal((TheBoard.Stream, "none"), (mishap.Stream, mishap.Id.Value));
        Assert.IsType<NullReferenceException>(mishap.Exception);
    }

    [Fact]
    public async Task The_others_of_its_batch_go_on_unharmed_before_it_and_after_it()
    {
        var (held, loads) = (_journal.HoldAppends(), _journal.Loads);
        var first = SendAsync("first", Ada, new AddIdea(Bench, Now, "x"));
        await held.Reached;
        Task<Reply>[] waiting = [SendAsync("before", Ada, new AddIdea(Shade, Now, "x")), SendAsync("none", Fay, null!), SendAsync("after", Ben, new AddIdea(Tap, Now, "x"))];
        held.LetGo();

        Assert.Equal([null, "internal-error", null], (await Task.WhenAll(waiting)).Select(reply => reply.Refusal?.Code));
        Assert.Equal([3, 3, 4], waiting.Select(reply => reply.Result.Version));
        Assert.True((await first).Accepted);
        Assert.Equal((4, loads), ((await _journal.EventsAsync()).Count, _journal.Loads));
    }

    [Fact]
    public async Task Sending_it_again_and_again_keeps_nobody_from_the_board()
    {
        var (before, loads) = (await _silo.Board(TheBoard).StateAsync(), _journal.Loads);
        for (var attempt = 0; attempt < 5; attempt++) Assert.Equal("internal-error", (await SendAsync("none", Fay, null!)).Refusal?.Code);

        Assert.Same(before, await _silo.Board(TheBoard).StateAsync());
        Assert.Equal(loads, _journal.Loads);
    }

    [Fact]
    public async Task A_fold_that_throws_still_breaks_the_grain() // P3
    {
        var turns = await TurnTaker<Fragile, string, FragileEvent>.ActivateAsync("fragile/1", _journal, (_, _) => ValueTask.CompletedTask, CancellationToken.None);

        var reply = await turns.SubmitAsync(new Submission<string>(new("c1"), Fay, ManualTime.Start, "fold"));

        Assert.Equal(("retry", true), (reply.Refusal?.Code, turns.IsGone));
        Assert.Empty(await _journal.AllAsync("fragile/1"));
    }

    private Task<Reply> SendAsync(string id, Caller by, BoardCommand command) =>
        _silo.Board(TheBoard).SubmitAsync(new Submission<BoardCommand>(new(id), by, ManualTime.Start, command)).AsTask();

    private sealed record FragileEvent;

    private sealed record Fragile : ISourced<Fragile, string, FragileEvent>
    {
        public static Fragile Empty { get; } = new();

        public static string StateVersion => "fragile-1";

        public static FragileEvent Nothing { get; } = new();

        public long Version => 0;

        public static Decision<FragileEvent> Decide(Fragile state, Submission<string> submission) => new FragileEvent();

        public static Fragile Evolve(Fragile state, Recorded<FragileEvent> happened) => throw new InvalidOperationException("This fold is broken.");
    }
}
