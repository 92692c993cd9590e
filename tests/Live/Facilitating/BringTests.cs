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
        Task<Answer> BringAsync(LivePerson person, string source, params string[] ideas) => person.SubmitAsync(
            Command.OnBoard(next.Board, "bring-ideas", new { lane, source, ideas = ideas.Select(from => new { idea = Ids.New(), from }) }));

        Assert.Equal("board-missing", (await BringAsync(room.Facilitator, elsewhere.Board, foreign)).Refusal?.Code);
        Assert.Equal("board-missing", (await BringAsync(room.Facilitator, next.Board, shade)).Refusal?.Code);
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
}
