using System.Text;
using LiveCoCreate.Live.Seats;
using LiveCoCreate.Live.Servers;
using LiveCoCreate.Wire;
using LiveCoCreate.Wire.Seats;

namespace LiveCoCreate.Live.Signals;

/// <summary>PROTOCOL L8: what a room says without words.</summary>
public sealed class SignalTests(LocalServer server) : IClassFixture<LocalServer>
{
    [Fact]
    public async Task Hands_wait_in_the_order_in_which_they_were_raised_and_each_person_knows_the_place()
    {
        await using var room = await server.OpenRoomAsync(new NewRoom());
        var (dana, sam, lee) = (await room.JoinAsync(), await room.JoinAsync(), await room.JoinAsync());
        foreach (var person in new[] { dana, sam, lee }) Assert.Null(await person.SignalAsync(new { hand = true }));
        foreach (var (person, place) in new[] { (dana, 1), (sam, 2), (lee, 3) }) await person.WaitForAsync(one => one.Own.Hand == place);
        await room.Facilitator.WaitForAsync(one => one.Presence?.Queue?.Count == 3);
        await dana.WaitForAsync(one => one.Presence?.Hands == 3);

        // Raised twice is raised once.
        Assert.Null(await dana.SignalAsync(new { hand = true }));
        var queue = room.Facilitator.Presence!.Queue!;
        Assert.Null(await room.Facilitator.SignalAsync(new { floor = queue[1].Hand }));
        await sam.WaitForAsync(one => one.Own is { Floor: true, Hand: null });
        await lee.WaitForAsync(one => one.Own.Hand == 2);
        await room.Facilitator.WaitForAsync(one => one.Presence?.Queue is [{ Floor: true }, { Floor: false }, _] now && now[0].Hand == queue[1].Hand);

        // Who speaks next ends the turn of who spoke.
        Assert.Null(await room.Facilitator.SignalAsync(new { floor = queue[0].Hand }));
        await dana.WaitForAsync(one => one.Own.Floor);
        await sam.WaitForAsync(one => one.Own == new OwnSignals());
        await lee.WaitForAsync(one => one.Own.Hand == 1);

        Assert.Null(await room.Facilitator.SignalAsync(new { putDown = queue[0].Hand }));
        Assert.Null(await lee.SignalAsync(new { hand = false }));
        foreach (var person in new[] { dana, lee }) await person.WaitForAsync(one => one.Own == new OwnSignals());
        await room.Facilitator.WaitForAsync(one => one.Presence is { Hands: 0, Queue: null });
        Assert.Equal("hand-missing", (await room.Facilitator.SignalAsync(new { floor = queue[0].Hand }))?.Code);
    }

    [Fact]
    public async Task Ready_is_counted_until_the_step_changes()
    {
        await using var room = await server.OpenRoomAsync(new NewRoom("retrospective"));
        var (dana, sam) = (await room.JoinAsync(), await room.JoinAsync());
        await using var again = server.Wire.NewPerson();
        foreach (var person in new[] { dana, sam }) Assert.Null(await person.SignalAsync(new { ready = true }));
        await room.Facilitator.WaitForAsync(one => one.Presence?.Ready == 2);
        Assert.Null(await sam.SignalAsync(new { ready = false }));
        await sam.WaitForAsync(one => !one.Own.Ready);
        await room.Facilitator.WaitForAsync(one => one.Presence?.Ready == 1);

        (await room.Facilitator.SubmitAsync(Command.OnWorkshop("go-to-step", new { step = room.Facilitator.Workshop!.Steps![1].Step }))).Expect("go-to-step");
        await dana.WaitForAsync(one => !one.Own.Ready);
        await room.Facilitator.WaitForAsync(one => one.Presence?.Ready == 0);
    }

    [Fact]
    public async Task Whoever_loses_the_connection_keeps_the_place_for_two_minutes()
    {
        await using var room = await server.OpenRoomAsync(new NewRoom());
        var (dana, sam) = (await room.JoinAsync(), await room.JoinAsync());
        foreach (var person in new[] { dana, sam })
        {
            Assert.Null(await person.SignalAsync(new { hand = true }));
            await person.WaitForAsync(one => one.Own.Hand is not null);
        }

        using (dana.HoldReconnecting())
        {
            dana.Cut();
            await room.Facilitator.WaitForAsync(one => one.Presence?.Queue is [{ Here: false }, { Here: true }]);
        }

        await room.Facilitator.WaitForAsync(one => one.Presence?.Queue is [{ Here: true }, { Here: true }]);
        using (dana.HoldReconnecting())
        {
            dana.Cut();
            await room.Facilitator.WaitForAsync(one => one.Presence?.Queue is [{ Here: false }, _]);
            server.Clock.Ahead += TimeSpan.FromMinutes(2.1);
            Assert.Null(await sam.SignalAsync(new { ready = true }));
            await room.Facilitator.WaitForAsync(one => one.Presence?.Queue is [{ Here: true }]);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_hand_has_a_name_only_where_the_workshop_shows_names(bool anonymous)
    {
        await using var room = await server.OpenRoomAsync(new NewRoom(Anonymous: anonymous));
        var heard = new List<string>();
        var dana = await room.JoinAsync(alias: "Dana of the tower");
        var second = await room.SecondFacilitatorAsync(options: new LivePersonOptions { Hears = (_, _, json) => { lock (heard) heard.Add(Encoding.UTF8.GetString(json)); } });
        Assert.Null(await dana.SignalAsync(new { hand = true }));
        await second.WaitForAsync(one => one.Presence?.Queue?.Count == 1);
        Assert.Equal(anonymous ? null : "Dana of the tower", second.Presence!.Queue![0].Alias);
        lock (heard)
        {
            Assert.Contains(heard, json => json.Contains("\"queue\"", StringComparison.Ordinal));
            if (anonymous) Assert.DoesNotContain(heard, json => json.Contains("Dana of the tower", StringComparison.Ordinal) || json.Contains(dana.ParticipantId, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task An_invitation_to_write_says_nothing_of_who_is_quiet()
    {
        await using var room = await server.OpenRoomAsync(new NewRoom());
        var invited = new List<string>();
        var options = new LivePersonOptions { Hears = (person, source, json) => { if (source == "invited") lock (invited) invited.Add(Encoding.UTF8.GetString(json)); } };
        var (quiet, writer) = (await room.JoinAsync(options), await room.JoinAsync(options));
        await room.WriteAsync(writer, "said");
        Assert.Null(await room.Facilitator.SignalAsync(new { invite = room.Board }));
        await room.AllSeeAsync(quiet, writer);
        lock (invited) Assert.Equal(Enumerable.Repeat($$"""{"type":1,"target":"invited","arguments":[{"board":"{{room.Board}}"}]}""", 2), invited);
        Assert.Equal("board-missing", (await room.Facilitator.SignalAsync(new { invite = Ids.New() }))?.Code);
        Assert.Equal("malformed", (await quiet.SignalAsync(new { invite = room.Board }))?.Code);
    }

    [Fact]
    public async Task Nobody_signals_for_somebody_else()
    {
        await using var room = await server.OpenRoomAsync(new NewRoom());
        var (dana, screen) = (await room.JoinAsync(), await room.ScreenAsync());
        Assert.Null(await dana.SignalAsync(new { hand = true }));
        await room.Facilitator.WaitForAsync(one => one.Presence?.Queue?.Count == 1);
        var hand = room.Facilitator.Presence!.Queue![0].Hand;
        foreach (var (person, signal, code) in new (LivePerson, object, string)[]
        {
            (screen, new { hand = true }, "not-allowed"), (screen, new { floor = hand }, "not-allowed"), (dana, new { floor = hand }, "malformed"), (dana, new { putDown = hand }, "malformed"),
            (room.Facilitator, new { hand = true }, "malformed"), (dana, new { hand = "yes" }, "malformed"), (dana, new { }, "malformed"), (dana, "hand", "malformed"),
        })
            Assert.Equal(code, (await person.SignalAsync(signal))?.Code);
        // A screen is told how many, and of nobody.
        await screen.WaitForAsync(one => one.Presence?.Hands == 1);
        Assert.Null(screen.Presence!.Queue);
        Assert.Equal(1, dana.Own.Hand);
    }
}
