using LiveCoCreate.Live.Seats;
using LiveCoCreate.Live.Servers;
using LiveCoCreate.Wire;

namespace LiveCoCreate.Live.Workshops;

/// <summary>PROTOCOL C4: the agenda changes while people are in it.</summary>
public sealed class AgendaTests(LocalServer server) : IClassFixture<LocalServer>
{
    [Fact]
    public async Task A_step_that_is_added_has_a_board_where_people_write_and_that_stays_when_the_step_goes()
    {
        await using var room = await server.OpenRoomAsync(new NewRoom("retrospective", Moderation: "open"));
        var dana = await room.JoinAsync();
        var (first, step, lane) = (room.Facilitator.Workshop!.Current!, Ids.New(), Ids.New());
        await DoAsync(room, "add-step", new { step, title = "More", lanes = new[] { new { lane, title = "Notes" } }, @private = false, moderation = "open", after = first, durationMs = 60_000 });
        await dana.WaitForAsync(person => person.Workshop!.Steps!.Count == 3);
        Assert.Equal(("More", step), (dana.Workshop!.Steps![1].Title, dana.Workshop.Steps[1].Step));
        var board = dana.Workshop.Steps[1].Board;

        await DoAsync(room, "go-to-step", new { step });
        await dana.WatchAsync(board);
        await WriteAsync(dana, board, lane, "still here");
        await DoAsync(room, "go-to-step", new { step = first });
        await DoAsync(room, "remove-step", new { step });
        await dana.WaitForAsync(person => person.Workshop!.Steps!.Count == 2);

        // Nothing more happens on it, whoever asks; the facilitators still see and replay it.
        foreach (var (person, idea) in new[] { (dana, Ids.New()), (room.Facilitator, Ids.New()) })
            Assert.Equal("step-missing", (await person.SubmitAsync(Command.OnBoard(board, "add-idea", new { idea, lane, text = "too late" }))).Refusal?.Code);
        await room.Facilitator.WatchAsync(board);
        Assert.Equal("still here", Assert.Single(room.Facilitator.Board.Ideas.Values).Text);
        Assert.Contains("still here", System.Text.Encoding.UTF8.GetString((await room.Facilitator.Browser.GetAsync($"/api/boards/{board}/replay?workshop={room.Workshop}&as=facilitator&at=9999999999999")).Body));

        await DoAsync(room, "restore-step", new { step });
        await WriteAsync(dana, board, lane, "here again");
    }

    [Fact]
    public async Task A_step_is_repeated_with_the_lanes_its_board_has_now_and_nothing_written()
    {
        await using var room = await server.OpenRoomAsync(new NewRoom("retrospective", Moderation: "open"));
        var (step, copy) = (room.Facilitator.Workshop!.Steps![0].Step, Ids.New());
        await room.DoAsync(room.Facilitator, "rename-lane", new { lane = room.Lane, title = "Keep doing" });
        await room.WriteAsync(room.Facilitator, "written the first time");
        await DoAsync(room, "duplicate-step", new { step, copy });
        await room.Facilitator.WaitForAsync(person => person.Workshop!.Steps!.Count == 3);
        var board = room.Facilitator.Workshop!.Steps![1].Board;
        Assert.NotEqual(room.Board, board);
        await room.Facilitator.WatchAsync(board);
        Assert.Contains("Keep doing", room.Facilitator.Board.Lanes.Values.Select(lane => lane.Title));
        Assert.Empty(room.Facilitator.Board.Ideas);
    }

    [Fact]
    public async Task The_agenda_is_there_again_after_the_server_was_away()
    {
        await using var own = new LocalServer();
        await own.InitializeAsync();
        await using var room = await own.OpenRoomAsync(new NewRoom("retrospective"));
        var steps = room.Facilitator.Workshop!.Steps!;
        await DoAsync(room, "move-step", new { step = steps[1].Step });
        await DoAsync(room, "edit-step", new { step = steps[0].Step, title = "Now last" });
        await own.RestartAsync();
        await room.Facilitator.WaitForAsync(person => person.Workshop!.Steps![1].Title == "Now last");
        Assert.Equal([steps[1].Step, steps[0].Step], room.Facilitator.Workshop!.Steps!.Select(step => step.Step));
    }

    private static async Task DoAsync(Room room, string type, object fields) => (await room.Facilitator.SubmitAsync(Command.OnWorkshop(type, fields))).Expect(type);

    private static async Task WriteAsync(LivePerson person, string board, string lane, string text) =>
        (await person.SubmitAsync(Command.OnBoard(board, "add-idea", new { idea = Ids.New(), lane, text }))).Expect(text);
}
