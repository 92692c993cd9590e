using System.Collections.Concurrent;
using System.Text;
using LiveCoCreate.Live.Servers;
using LiveCoCreate.Wire;
using LiveCoCreate.Wire.Hub;

namespace LiveCoCreate.Live.Resuming;

/// <summary>PROTOCOL L2 and L4: a connection that comes back.</summary>
public sealed class ResumeTests(LocalServer server) : IClassFixture<LocalServer>
{
    [Fact] // L4, P2
    public async Task A_connection_cut_again_and_again_loses_nothing_and_doubles_nothing()
    {
        await using var room = await server.OpenRoomAsync();
        var dana = await room.JoinAsync();
        var ideas = Enumerable.Range(0, 120).Select(_ => Ids.New()).ToList();

        var answers = new List<Task<Answer>>();
        foreach (var (at, idea) in ideas.Index())
        {
            answers.Add(dana.SubmitAsync(Commands.AddIdea(room.Board, idea, room.Lane, $"Idea {at}")));
            if (at % 30 == 29) dana.Cut();
            if (at % 30 == 5) await answers[at];
        }

        Assert.All(await Task.WhenAll(answers), answer => Assert.True(answer.Accepted, $"{answer.Refusal}"));
        await room.AllSeeAsync(dana);
        Assert.True(dana.Counters.Reconnects >= 1);
        Assert.Equal(ideas.Order(), dana.Board.Ideas.Keys.Order());
        await dana.WaitForAsync(person => person.Mine.Ideas.Count == ideas.Count);
        Assert.Equal(ideas.Order(), dana.Mine.Ideas.Keys.Order());
        Assert.Equal(dana.Board.Ideas, room.Facilitator.Board.Ideas);
        Assert.Equal(ideas.Count, server.Journal($"board/{room.Board}").Count(row => row.Type == "idea-added"));
    }

    [Fact] // L4
    public async Task Commands_that_were_never_answered_are_sent_again_in_order_under_their_ids()
    {
        var sent = new ConcurrentQueue<(string Id, int Attempt)>();
        await using var room = await server.OpenRoomAsync();
        var dana = await room.JoinAsync(new LivePersonOptions { CommandSent = (command, attempt) => sent.Enqueue((command.Id, attempt)) });
        var commands = Enumerable.Range(0, 40).Select(at => Commands.AddIdea(room.Board, Ids.New(), room.Lane, $"Idea {at}")).ToList();

        // Cut before anything can be answered: the commands were put on the wire, and nobody knows which of them arrived.
        Task<Answer>[] answers;
        using (dana.HoldReconnecting())
        {
            answers = [.. commands.Select(dana.SubmitAsync)];
            dana.Cut();
            await dana.WaitForAsync(person => !person.IsConnected);
        }

        await Task.WhenAll(answers);
        var again = sent.Where(each => each.Attempt == 2).Select(each => each.Id).ToList();
        Assert.NotEmpty(again);
        Assert.Equal(commands.Select(command => command.Id).Where(again.Contains), again);
        Assert.All(answers, answer => Assert.True(answer.Result.Accepted));
        var rows = server.Journal($"board/{room.Board}").Where(row => row.Type == "idea-added").ToList();
        Assert.Equal(commands.Select(command => command.Id), rows.Select(row => row.Command));
    }

    [Fact] // P2, C2
    public async Task A_retry_after_the_answer_was_lost_gets_the_first_answer_and_changes_nothing()
    {
        await using var room = await server.OpenRoomAsync();
        var dana = await room.JoinAsync();
        var command = Commands.AddIdea(room.Board, Ids.New(), room.Lane, "Shade");

        // Another line of the same seat, which never reads an answer and vanishes once the command is durable.
        using (var deaf = await HubConnection.OpenAsync(server.Wire.HubAddress(room.Workshop, "participant", dana.Browser.Cookies), new Deaf()))
        {
            deaf.Invoke("Submit", [(byte)'[', .. command.Json, (byte)']']);
            await room.Facilitator.WaitForAsync(person => person.Board.Ideas.Count == 1);
            deaf.Cut();
        }

        var first = server.Journal($"board/{room.Board}")[^1].Version;
        await room.WriteAsync(room.Facilitator, "Something else meanwhile");
        var events = server.Events;

        var answer = await dana.SubmitAsync(command);
        Assert.Equal(first, answer.Expect("the retry"));
        Assert.Equal(events, server.Events);
    }

    [Fact] // P2, P4
    public async Task A_retry_gets_the_first_answer_also_after_the_server_was_started_anew()
    {
        var server = new LocalServer();
        await server.InitializeAsync();
        try
        {
            await using var room = await server.OpenRoomAsync();
            var dana = await room.JoinAsync();
            var command = Commands.AddIdea(room.Board, Ids.New(), room.Lane, "Shade");
            var first = (await dana.SubmitAsync(command)).Expect("the idea");
            await room.WriteAsync(dana, "Something else");

            await server.RestartAsync();
            Assert.Equal(first, (await dana.SubmitAsync(command)).Expect("the retry"));
            Assert.Equal(2, server.Journal($"board/{room.Board}").Count(row => row.Type == "idea-added"));
        }
        finally
        {
            await server.DisposeAsync();
        }
    }

    [Fact] // L2
    public async Task Who_was_away_for_a_moment_gets_the_difference()
    {
        await using var room = await server.OpenRoomAsync();
        var dana = await room.JoinAsync();
        await room.WriteAsync(dana, "Before");
        await room.AllSeeAsync(dana);
        using (dana.HoldReconnecting())
        {
            dana.Cut();
            await dana.WaitForAsync(person => !person.IsConnected);
            await room.WriteAsync(room.Facilitator, "While she was away");
            await room.AllSeeAsync();
        }

        await dana.WaitForAsync(person => person.Board.Ideas.Count == 2);
        Assert.Equal(0, dana.Counters.Resyncs);
        Assert.True(dana.Board.ShowsTheSameAs(room.Facilitator.Board with { Audience = "participants" }));
    }

    [Fact] // L2
    public async Task Who_was_away_for_long_fetches_the_whole_view()
    {
        await using var room = await server.OpenRoomAsync();
        var dana = await room.JoinAsync();
        using (dana.HoldReconnecting())
        {
            dana.Cut();
            await dana.WaitForAsync(person => !person.IsConnected);
            // One frame each: more of them than a server remembers.
            for (var at = 0; at < 140; at++) await room.Facilitator.ReachAsync(await room.DoAsync(room.Facilitator, "rename-lane", new { lane = room.Lane, title = $"Lane {at}" }));
        }

        await dana.WaitForAsync(person => person.Board.Lanes[room.Lane].Title == "Lane 139");
        Assert.Equal(1, dana.Counters.Resyncs);
        await room.AllSeeAsync(dana);
        Assert.Equal(1, dana.Counters.Resyncs);
    }

    [Fact] // L2
    public async Task Frames_that_arrive_while_the_whole_view_is_fetched_complete_it()
    {
        await using var room = await server.OpenRoomAsync();
        await room.JoinAsync();
        var writing = Enumerable.Range(0, 200).Select(at => room.WriteAsync(room.Facilitator, $"Idea {at}"));
        var all = Task.WhenAll(writing);

        // These have nothing yet, so they watch, fetch, and merge what comes meanwhile.
        var screens = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => room.ScreenAsync()));
        await all;
        await room.AllSeeAsync(screens);
        Assert.All(screens, screen => Assert.Equal(room.Facilitator.Board.Ideas, screen.Board.Ideas));
    }

    [Fact] // L1
    public async Task A_step_change_reaches_everybody_and_the_frames_of_the_old_board_stop_for_who_went_along()
    {
        await using var room = await server.OpenRoomAsync(new NewRoom("retrospective"));
        var ears = new Ears();
        var (dana, screen) = (await room.JoinAsync(ears.Options), await room.ScreenAsync());
        var next = dana.Workshop!.Steps![1];

        (await room.Facilitator.SubmitAsync(Command.OnWorkshop("go-to-step", new { step = next.Step }))).Expect("going on");
        foreach (var person in new[] { dana, screen, room.Facilitator }) await person.WaitForAsync(each => each.Workshop?.Current == next.Step);
        await dana.WatchAsync(next.Board);
        var late = room.New();
        Assert.Equal(next.Board, (await late.JoinAsync(room.Code)).Board?.Board);

        await room.AllSeeAsync(screen);
        var lane = dana.Board.Lanes.First().Key;
        (await dana.SubmitAsync(Commands.AddIdea(next.Board, Ids.New(), lane, "On the second board"))).Expect("writing on the second board");
        await dana.WaitForAsync(person => person.Board.Ideas.Count == 1);
        Assert.Empty(ears.Where(room.Facilitator.Board.Lanes[room.Lane].Title));
    }

    [Fact] // S1
    public async Task Seats_stay_valid_when_the_server_is_started_anew()
    {
        var server = new LocalServer();
        await server.InitializeAsync();
        try
        {
            await using var room = await server.OpenRoomAsync();
            var (dana, screen) = (await room.JoinAsync(), await room.ScreenAsync());
            await room.WriteAsync(dana, "Before");
            await room.AllSeeAsync(dana, screen);
            var before = dana.Board;

            await server.RestartAsync();
            foreach (var person in new[] { dana, screen, room.Facilitator })
            {
                Assert.True((await person.MeAsync()).Ok);
                await person.WaitForAsync(each => each.IsConnected);
            }

            await room.WriteAsync(dana, "After");
            await room.AllSeeAsync(dana, screen);
            Assert.Equal(2, dana.Board.Ideas.Count);
            Assert.Equal(before.Ideas.Single(), dana.Board.Ideas.Single(idea => idea.Value.Text == "Before"));
            await dana.WaitForAsync(person => person.Mine.Ideas.Count == 2);
        }
        finally
        {
            await server.DisposeAsync();
        }
    }

    private sealed class Deaf : IHubListener
    {
        public void Arrived(HubConnection connection, in HubRecord record, ReadOnlySpan<byte> json) => throw new InvalidOperationException(Encoding.UTF8.GetString(json));
    }
}
