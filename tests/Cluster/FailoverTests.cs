using System.Diagnostics;
using LiveCoCreate.Fast;
using LiveCoCreate.Fast.Boards;
using LiveCoCreate.Fast.Journals;
using LiveCoCreate.Fast.Workshops;
using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Boards;
using LiveCoCreate.Grains.Journals;
using Xunit.Abstractions;
using static LiveCoCreate.Fast.Boards.Floor;
using static LiveCoCreate.Grains.Boards.BoardCommand;

namespace LiveCoCreate.Cluster;

/// <summary>Silos that die, and silos that believe the others have.</summary>
public sealed class FailoverTests(ITestOutputHelper output)
{
    private readonly InMemoryJournal _journal = new();
    private int _commands;

    [Theory, InlineData(2), InlineData(3)]
    public async Task The_boards_of_a_killed_silo_are_live_again_and_nothing_is_lost_or_doubled(short silos)
    {
        await using var cluster = await Silos.StartAsync(silos, _journal, LiveBoard.Secrets());
        await cluster.Workshop(TheWorkshop).SubmitAsync(new(new("create"), Caller.System, ManualTime.Start, WorkshopTests.Create()));
        await SendAsync(cluster, Fay, new AddIdea(Bench, Now, "Benches"));
        await SendAsync(cluster, Fay, new OpenBallot(First, 100, 100, CountsDue.Live, true));
        var watcher = new Watcher();
        watcher.Has(await cluster.Board(TheBoard).WatchAsync(watcher));

        // Two hundred people vote while the silo of their board dies.
        var votes = Enumerable.Range(0, 200).Select(n => Task.Run(() => VoteAsync(cluster, n))).ToList();
        await Task.WhenAny(votes);
        var killed = Stopwatch.GetTimestamp();
        await cluster.KillSiloOfAsync(TheBoard);
        await watcher.HasEnded.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.True((await cluster.Board(TheBoard).SubmitAsync(new(new("after"), Fay, ManualTime.Start, new AddIdea(Shade, Now, "Shade")))).Accepted);
        var again = new Watcher();
        again.Has(await cluster.Board(TheBoard).WatchAsync(again));
        var live = Stopwatch.GetElapsedTime(killed);
        output.WriteLine($"live again after {live.TotalSeconds:0.0} s");
        Assert.InRange(live, TimeSpan.Zero, TimeSpan.FromSeconds(10));

        await Task.WhenAll(votes);
        Assert.Equal(200, (await cluster.Board(TheBoard).StateAsync()).SeenBy(TheBoard, Audience.Public).Tallies[First][Bench]);
        Assert.Equal(200, (await _journal.EventsAsync()).Count(happened => happened.Type == "vote-cast"));
        Assert.Contains(Shade, again.View(Audience.Participants).Ideas.Keys);
    }

    [Fact]
    public async Task A_silo_that_leaves_answers_what_is_under_way_and_its_boards_go_on_elsewhere()
    {
        var journal = new FailingJournal(_journal);
        await using var cluster = await Silos.StartAsync(2, journal, LiveBoard.Secrets());
        await cluster.Board(TheBoard).SubmitAsync(new(new("open"), Caller.System, ManualTime.Start, BoardSpec.OpenIt()));
        var watcher = new Watcher();
        watcher.Has(await cluster.Board(TheBoard).WatchAsync(watcher));
        var held = journal.HoldAppends();
        var write = cluster.Board(TheBoard).SubmitAsync(new(new("write"), Ada, ManualTime.Start, new AddIdea(Bench, Now, "Benches"))).AsTask();
        await held.Reached;
        var stopping = cluster.StopSiloOfAsync(TheBoard);
        held.LetGo();
        Assert.Equal(new Reply(2), await write);
        await stopping;
        await watcher.HasEnded.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(new Reply(2), await cluster.Board(TheBoard).SubmitAsync(new(new("write"), Ada, ManualTime.Start, new AddIdea(Bench, Now, "Benches"))));
        Assert.Equal(2, (await _journal.EventsAsync()).Count);
    }

    [Fact] // P3
    public async Task Two_activations_of_one_board_write_nothing_twice_and_lose_nothing()
    {
        // Two clusters that know nothing of each other on one journal: as when each half of one believes that the other is dead.
        var secrets = LiveBoard.Secrets();
        await using var one = await Silos.StartAsync(2, _journal, secrets);
        await using var other = await Silos.StartAsync(2, _journal, secrets);
        await one.Workshop(TheWorkshop).SubmitAsync(new(new("create"), Caller.System, ManualTime.Start, WorkshopTests.Create()));
        await SendAsync(one, Fay, new AddIdea(Bench, Now, "Benches"));
        await SendAsync(one, Fay, new OpenBallot(First, 100, 100, CountsDue.Live, true));
        await Task.WhenAll(Enumerable.Range(0, 100).SelectMany(n => new[] { VoteAsync(one, n), VoteAsync(other, 100 + n), VoteAsync(other, n) }));

        var events = await _journal.EventsAsync();
        Assert.Equal(Enumerable.Range(1, events.Count).Select(n => (long)n), events.Select(happened => happened.Version));
        Assert.Equal(200, events.Where(happened => happened.Type == "vote-cast").Select(happened => happened.Command).Distinct().Count());
        Assert.Equal(200, events.Count(happened => happened.Type == "vote-cast"));
        await using var third = await Silos.StartAsync(1, _journal, secrets);
        Assert.Equal(200, (await third.Board(TheBoard).StateAsync()).SeenBy(TheBoard, Audience.Public).Tallies[First][Bench]);
    }

    /// <summary>As a phone does: sent again under its id until it is answered.</summary>
    private static async Task VoteAsync(Silos silos, int person)
    {
        var vote = new Submission<BoardCommand>(new($"vote-{person}"), new Caller(SeatKind.Participant, new($"p{person}")), ManualTime.Start, new CastVote(First, Bench, 1));
        Reply reply;
        do reply = await silos.Board(TheBoard).SubmitAsync(vote);
        while (reply.Refusal?.Code is "retry");
        Assert.True(reply.Accepted, reply.Refusal?.Code);
    }

    private async Task SendAsync(Silos silos, Caller by, BoardCommand command) =>
        Assert.True((await silos.Board(TheBoard).SubmitAsync(new(new($"c{++_commands}"), by, ManualTime.Start, command))).Accepted);
}
