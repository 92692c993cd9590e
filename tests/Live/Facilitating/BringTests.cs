using LiveCoCreate.Live.Servers;
using LiveCoCreate.Wire;

namespace LiveCoCreate.Live.Facilitating;

/// <summary>What came out of one step goes on to another, over the wire (PROTOCOL N5): the server itself reads what stands where.</summary>
public sealed class BringTests : IAsyncLifetime
{
    private readonly LocalServer _server = new();

    public Task InitializeAsync() => _server.InitializeAsync();

    public Task DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Only_what_everybody_sees_on_a_board_of_this_workshop_goes_on()
    {
        await using var room = await _server.OpenRoomAsync();
        await using var elsewhere = await _server.OpenRoomAsync();
        var joe = await room.JoinAsync();
        var (shade, rude) = (await room.WriteAsync(joe, "Shade"), await room.WriteAsync(joe, "Rude"));
        await room.DoAsync(room.Facilitator, "hide-idea", new { idea = rude, reason = "rude" });
        var foreign = await elsewhere.WriteAsync(await elsewhere.JoinAsync(), "Not of this workshop");

        var (next, lane) = await NextStepAsync(room, joe);
        Task<Answer> BringAsync(LivePerson person, string source, params string[] ideas) => person.SubmitAsync(
            Command.OnBoard(next, "bring-ideas", new { lane, source, ideas = ideas.Select(from => new { idea = Ids.New(), from }) }));

        Assert.Equal("board-missing", (await BringAsync(room.Facilitator, elsewhere.Board, foreign)).Refusal?.Code);
        Assert.Equal("board-missing", (await BringAsync(room.Facilitator, next, shade)).Refusal?.Code);
        Assert.Equal("board-missing", (await BringAsync(room.Facilitator, Ids.New(), shade)).Refusal?.Code);
        Assert.Equal("idea-missing", (await BringAsync(room.Facilitator, room.Board, rude)).Refusal?.Code);
        Assert.Equal("not-allowed", (await BringAsync(joe, room.Board, shade)).Refusal?.Code);
        (await BringAsync(room.Facilitator, room.Board, shade, rude)).Expect("bring-ideas");
        await joe.WaitForAsync(one => one.Board.Ideas.Values.Any(idea => idea.Text == "Shade"));
        Assert.Equal(["Shade"], joe.Board.Ideas.Values.Select(idea => idea.Text));
        (await BringAsync(room.Facilitator, room.Board, shade)).Expect("bring-ideas");
        await _server.RestartAsync();
        await joe.WaitForAsync(one => one.Board.Ideas.Count == 1);
    }

    [Fact] // N6
    public async Task Who_wrote_it_hears_at_once_what_is_planned_of_it_steps_later_and_when_it_is_taken_back()
    {
        await using var room = await _server.OpenRoomAsync();
        var joe = await room.JoinAsync();
        var shade = await room.WriteAsync(joe, "Shade");
        // Joe stays where he wrote it, and Dana goes on with the room.
        var dana = await room.JoinAsync();
        var (source, from) = (room.Board, shade);
        var planned = "";
        for (var further = 0; further < 2; further++)
        {
            var (next, lane) = await NextStepAsync(room, dana);
            var idea = Ids.New();
            (await room.Facilitator.SubmitAsync(Command.OnBoard(next, "bring-ideas", new { lane, source, ideas = new[] { new { idea, from } } }))).Expect("bring-ideas");
            (source, from, planned) = (next, idea, next);
        }

        await joe.WatchAsync(room.Board);
        var set = Command.OnBoard(planned, "set-status", new { idea = from, status = "planned", note = "in spring" });
        (await room.Facilitator.SubmitAsync(set)).Expect("set-status");
        await joe.WaitForAsync(one => one.Board.Ideas[shade] is { Status: "planned", Note: null });
        await dana.WaitForAsync(one => one.Board.Ideas[from] is { Status: "planned", Note: "in spring" });
        await _server.RestartAsync();
        (await room.Facilitator.SubmitAsync(Command.OnBoard(planned, "undo", new { undo = set.Id }))).Expect("undo");
        await joe.WaitForAsync(one => one.Board.Ideas[shade].Status is null);
        Assert.Equal("not-allowed", (await joe.SubmitAsync(Command.OnBoard(planned, "set-status", new { idea = from, status = "planned" }))).Refusal?.Code);
    }

    /// <summary>A step after this one, where the facilitator and this person are.</summary>
    private static async Task<(string Board, string Lane)> NextStepAsync(Room room, LivePerson joe)
    {
        var (step, lane) = (Ids.New(), Ids.New());
        foreach (var (type, fields) in new (string, object)[]
        {
            ("add-step", new { step, title = "Next", lanes = new[] { new { lane, title = "Notes" } }, @private = false, moderation = "open", after = room.Facilitator.Workshop!.Current }),
            ("go-to-step", new { step }),
        })
            (await room.Facilitator.SubmitAsync(Command.OnWorkshop(type, fields))).Expect(type);
        await joe.WaitForAsync(one => one.Workshop!.Current == step);
        var next = joe.Workshop!.Steps!.Single(one => one.Step == step);
        foreach (var person in new[] { room.Facilitator, joe }) await person.WatchAsync(next.Board);
        return (next.Board, lane);
    }
}
