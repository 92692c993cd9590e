using System.Net;
using System.Text;
using LiveCoCreate.Live.Servers;
using LiveCoCreate.Wire;

namespace LiveCoCreate.Live.Facilitating;

/// <summary>What facilitators do for the room, over the wire (PROTOCOL R3 to R6, H12).</summary>
public sealed class RoomTests : IAsyncLifetime
{
    private readonly LocalServer _server = new();

    public Task InitializeAsync() => _server.InitializeAsync();

    public Task DisposeAsync() => _server.DisposeAsync();

    [Fact] // R5
    public async Task What_a_facilitator_has_in_hand_is_told_to_facilitators_alone_and_ends_with_the_connection()
    {
        var ears = new Ears();
        await using var room = await _server.OpenRoomAsync();
        var (joe, omri) = (await room.JoinAsync(ears.Options), await room.SecondFacilitatorAsync());
        var screen = await room.ScreenAsync(ears.Options);
        var idea = await room.WriteAsync(joe, "Shade");
        Assert.Null(await omri.SignalAsync(new { hold = new { board = room.Board, ideas = new[] { idea }, how = "edit" } }));
        foreach (var person in new[] { room.Facilitator, omri }) await person.WaitForAsync(one => one.InHand is [{ Name: "Omri", How: "edit" }]);
        Assert.Equal([idea], room.Facilitator.InHand[0].Ideas);
        Assert.Null(await omri.SignalAsync(new { hold = new { } }));
        await room.Facilitator.WaitForAsync(one => one.InHand is []);

        Assert.Null(await omri.SignalAsync(new { hold = new { board = room.Board, ideas = new[] { idea }, how = "drag" } }));
        await room.Facilitator.WaitForAsync(one => one.InHand is [{ How: "drag" }]);
        using (omri.HoldReconnecting())
        {
            omri.Cut();
            await room.Facilitator.WaitForAsync(one => one.InHand is []);
        }

        foreach (var hold in new object[] { new { board = room.Board, ideas = new[] { idea }, how = "eat" }, new { board = room.Board, ideas = new[] { "not an id" }, how = "open" }, new { ideas = new[] { idea }, how = "open" } })
            Assert.Equal("malformed", (await room.Facilitator.SignalAsync(new { hold }))?.Code);
        foreach (var (person, code) in new[] { (joe, "malformed"), (screen, "not-allowed") })
            Assert.Equal(code, (await person.SignalAsync(new { hold = new { board = room.Board, ideas = new[] { idea }, how = "open" } }))?.Code);
        await room.AllSeeAsync(joe, screen);
        Assert.Empty(ears.Where("\"held\""));
        Assert.Empty(ears.Where("Omri"));
    }

    [Fact] // H12, P10
    public async Task A_facilitator_who_is_forgotten_is_in_no_file_and_what_they_did_is_in_the_log()
    {
        const string name = "Omri the Unforgettable";
        await using var room = await _server.OpenRoomAsync();
        var (joe, omri) = (await room.JoinAsync(), await room.SecondFacilitatorAsync(name));
        var idea = await room.WriteAsync(joe, "Shade");
        await room.DoAsync(omri, "hide-idea", new { idea, reason = "names a person" });
        Assert.NotEmpty(_server.Folder.FilesWith(name));
        var id = room.Facilitator.Workshop!.SeatedFacilitators!.Single(one => one.Name == name).Id;
        Assert.Equal(HttpStatusCode.NotFound, (await room.Facilitator.Browser.PostAsync(Path(room), new { facilitator = joe.ParticipantId })).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await room.Facilitator.Browser.PostAsync(Path(room), new { facilitator = id })).Status);

        await omri.WaitForAsync(one => one.Ended is not null);
        Assert.Empty(_server.Folder.FilesWith(name));
        var log = await LogAsync(room);
        Assert.Contains("\"by\":\"\",\"what\":\"idea-hidden\"", log, StringComparison.Ordinal);
        Assert.DoesNotContain(id, log, StringComparison.Ordinal);
        await _server.RestartAsync();
        Assert.Contains("\"by\":\"\",\"what\":\"idea-hidden\"", await LogAsync(room), StringComparison.Ordinal);
    }

    [Fact] // R3, R4, H12
    public async Task Whoever_has_no_phone_is_known_to_facilitators_alone_until_they_are_forgotten()
    {
        const string label = "Table three, Dina";
        var ears = new Ears();
        await using var room = await _server.OpenRoomAsync();
        var joe = await room.JoinAsync(ears.Options);
        var (idea, ballot) = (await room.WriteAsync(joe, "Shade"), await room.OpenBallotAsync());
        (await room.Facilitator.SubmitAsync(Command.OnWorkshop("add-proxy", new { proxy = "dina", label }))).Expect("add-proxy");
        await room.DoAsync(room.Facilitator, "cast-proxy-vote", new { proxy = "dina", ballot, idea, dots = 2 });
        var path = $"api/boards/{room.Board}/proxies?workshop={room.Workshop}&ballot={ballot}&as=";
        Assert.Equal("{\"proxies\":{\"dina\":{\"left\":8,\"voted\":true,\"dots\":{\"" + idea + "\":2}}}}", Encoding.UTF8.GetString((await room.Facilitator.Browser.GetAsync(path + "facilitator")).Body));
        Assert.Equal(HttpStatusCode.Forbidden, (await joe.Browser.GetAsync(path + "participant")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await joe.Browser.GetAsync($"api/boards/{room.Board}/cohorts?workshop={room.Workshop}&as=participant")).Status);

        Assert.Equal(HttpStatusCode.NoContent, (await room.Facilitator.Browser.PostAsync(Path(room), new { proxy = "dina" })).Status);
        Assert.Empty(_server.Folder.FilesWith(label));
        await room.AllSeeAsync(joe);
        Assert.Equal(2, joe.Board.Tally(ballot, idea));
        Assert.Empty(ears.Where(label));
    }

    private static string Path(Room room) => $"api/workshops/{room.Workshop}/forget?as=facilitator";

    private static async Task<string> LogAsync(Room room) =>
        Encoding.UTF8.GetString((await room.Facilitator.Browser.GetAsync($"api/boards/{room.Board}/log?workshop={room.Workshop}&as=facilitator")).Body);
}
