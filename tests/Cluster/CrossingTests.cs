using LiveCoCreate.Fast;
using LiveCoCreate.Fast.Boards;
using LiveCoCreate.Fast.Workshops;
using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Boards;
using LiveCoCreate.Grains.Journals;
using LiveCoCreate.Grains.Participants;
using LiveCoCreate.Silo.Embedded;
using static LiveCoCreate.Fast.Boards.Floor;

namespace LiveCoCreate.Cluster;

/// <summary>What goes from node to node comes as it went.</summary>
public sealed class CrossingTests
{
    [Theory, InlineData(2), InlineData(3), InlineData(8), InlineData(11)]
    public async Task A_walk_of_any_commands_ends_on_silos_as_it_does_embedded(int seed)
    {
        await using var silos = await Silos.StartAsync(2, new InMemoryJournal(), LiveBoard.Secrets());
        await using var embedded = new EmbeddedSilo(new InMemoryJournal(), LiveBoard.Secrets(), new ManualTime());
        var (there, here, walk) = (silos.Board(TheBoard), embedded.Board(TheBoard), new BoardWalk(seed));
        var open = walk.Open();
        Assert.Equal(Canonical.Of(await here.SubmitAsync(open)), Canonical.Of(await there.SubmitAsync(open)));
        var watcher = new Watcher();
        watcher.Has(await there.WatchAsync(watcher));
        for (var step = 0; step < 300; step++)
        {
            var sent = walk.Next(await here.StateAsync());
            var (expected, answered) = (await here.SubmitAsync(sent), await there.SubmitAsync(sent));
            Assert.True(Canonical.Of(expected) == Canonical.Of(answered), $"seed {seed}, step {step}: {sent.Command} was answered {answered} instead of {expected}");
        }

        var board = await here.StateAsync();
        Assert.Equal(Canonical.Of(board), Canonical.Of(await there.StateAsync()));
        foreach (var person in new[] { Ada, Ben, Cyd, Hall[0] })
            Assert.Equal(Canonical.Of(await here.MineAsync(person.Id)), Canonical.Of(await there.MineAsync(person.Id)));
        // What frames made of the views is what the board shows. A version that says nothing to an audience is not told to it.
        foreach (var audience in Audiences.Except([Audience.Public]))
        {
            var shown = Canonical.Of(board.SeenBy(TheBoard, audience) with { Version = 0 });
            while (Canonical.Of(watcher.View(audience) with { Version = 0 }) != shown) await watcher.NextAsync();
        }

        Assert.Null(watcher.Gap);
        Assert.False(watcher.HasEnded.IsCompleted);
    }

    [Fact]
    public async Task What_a_web_node_filled_in_arrives()
    {
        await using var silos = await Silos.StartAsync(2, new InMemoryJournal(), LiveBoard.Secrets());
        await silos.Workshop(TheWorkshop).SubmitAsync(new(new("create"), Caller.System, ManualTime.Start, WorkshopTests.Create()));
        var person = silos.Participant(Ada.Id);
        await person.SubmitAsync(new(new("join"), Caller.System, ManualTime.Start, new ParticipantCommand.Join(TheWorkshop, "Ada", [], System.Collections.Immutable.ImmutableDictionary<string, string>.Empty, "he", 3)));
        Assert.Equal("charter-changed", (await person.SubmitAsync(new(new("a1"), Ada, ManualTime.Start, new ParticipantCommand.AgreeCharter(1) { InForce = 2 }))).Refusal?.Code);
        Assert.True((await person.SubmitAsync(new(new("a2"), Ada, ManualTime.Start, new ParticipantCommand.AgreeCharter(2) { InForce = 2 }))).Accepted);
        Assert.Equal(2, (await person.StateAsync()).Charter);
    }

    [Fact]
    public async Task What_has_not_begun_is_nothing_and_no_mistake()
    {
        await using var silos = await Silos.StartAsync(2, new InMemoryJournal(), LiveBoard.Secrets());
        Assert.False((await silos.Workshop(TheWorkshop).RightsAsync()).Exists);
        Assert.Null((await silos.Workshop(TheWorkshop).StateAsync()).Made);
        Assert.False((await silos.Board(TheBoard).StateAsync()).Opened);
        Assert.Null((await silos.Participant(Ada.Id).StateAsync()).Workshop);
        Assert.Null(await silos.Code("ABC234").WorkshopAsync());
        Assert.Null(await silos.Board(TheBoard).OpinionsAsync(null));
        Assert.Null(await silos.Board(TheBoard).HereAsync(Ada.Id));
    }
}
