using LiveCoCreate.Fast.Journals;
using LiveCoCreate.Live.Seats;
using LiveCoCreate.Live.Servers;
using LiveCoCreate.Silo.Journals;
using LiveCoCreate.Wire;
using Microsoft.Extensions.DependencyInjection;

namespace LiveCoCreate.Live.Killing;

/// <summary>P1: first durable, then told.</summary>
public sealed class DurabilityTests(LocalServer server) : IClassFixture<LocalServer>
{
    [Fact] // P1, J5
    public async Task The_connection_that_writes_the_journal_of_a_running_server_flushes_every_commit()
    {
        await using var room = await server.OpenRoomAsync();
        await room.WriteAsync(room.Facilitator, "Shade");

        Assert.Equal(2, await server.Services.GetRequiredService<SqliteJournal>().SynchronousAsync());
    }

    [Fact] // P1
    public async Task While_the_disk_has_not_said_yes_nobody_is_answered_and_nobody_shown()
    {
        var (author, others) = (new Ears(), new Ears());
        await using var room = await server.OpenRoomAsync();
        var (dana, noa) = (await room.JoinAsync(author.Options), await room.JoinAsync(others.Options));

        var held = server.Disk.HoldAppends();
        var answer = dana.SubmitAsync(Commands.AddIdea(room.Board, Ids.New(), room.Lane, "Not yet on the disk"));
        await held.Reached;
        foreach (var person in new[] { dana, noa, room.Facilitator })
        {
            foreach (var path in SeatTests.BoardPaths(room.Board, room.Workshop, person.Kind)) Assert.True((await person.Browser.GetAsync(path)).Ok);
        }

        // What the server had to say on this connection before, it has said when it answers this.
        Assert.Equal("board-missing", SeatTests.CodeOf(await noa.InvokeAsync("Watch", "[\"nowhere\",0,0]")));
        Assert.False(answer.IsCompleted);
        Assert.Empty(author.Where("Not yet on the disk"));
        Assert.Empty(others.Where("Not yet on the disk"));

        held.LetGo();
        Assert.True((await answer).Accepted);
        await room.AllSeeAsync(dana, noa);
        Assert.NotEmpty(others.Where("Not yet on the disk"));
    }

    [Theory, InlineData(FailingJournal.Failure.BeforeWriting), InlineData(FailingJournal.Failure.AfterWriting)] // P2, P3
    public async Task When_the_disk_fails_the_command_is_told_to_try_again_and_then_stands_there_once(FailingJournal.Failure failure)
    {
        await using var room = await server.OpenRoomAsync();
        var (dana, noa) = (await room.JoinAsync(), await room.JoinAsync());
        server.Disk.FailNextAppend(failure, $"board/{room.Board}");
        var command = Commands.AddIdea(room.Board, Ids.New(), room.Lane, "At the second attempt");
        var answer = await dana.SubmitAsync(command);

        Assert.Equal((true, 2), (answer.Accepted, answer.Attempts));
        Assert.Equal(answer.Version, Assert.Single(server.Journal($"board/{room.Board}"), row => row.Command == command.Id).Version);
        await room.AllSeeAsync(dana, noa);
        Assert.Equal("At the second attempt", noa.Board.Ideas.Single().Value.Text);
    }
}
