using LiveCoCreate.Live.Servers;
using LiveCoCreate.Wire;

namespace LiveCoCreate.Live.Moderation;

/// <summary>PROTOCOL C6: moderation at volume, on a real server with a real journal.</summary>
public sealed class ManyTests(LocalServer server) : IClassFixture<LocalServer>
{
    [Fact]
    public async Task Five_hundred_ideas_are_approved_by_one_command_one_append_and_one_frame_and_one_undo_restores_all()
    {
        await using var room = await server.OpenRoomAsync(new NewRoom(Moderation: "approve"));
        var writers = new[] { await room.JoinAsync(), await room.JoinAsync(), await room.JoinAsync() };
        var watcher = await room.JoinAsync();
        var ideas = (await Task.WhenAll(writers.Select(writer => Task.WhenAll(Enumerable.Range(0, 170).Select(n => room.WriteAsync(writer, $"Idea {n}")))))).SelectMany(idea => idea).Take(500).ToList();
        await room.AllSeeAsync(watcher);
        Assert.Empty(watcher.Board.Ideas);

        var (appends, frames, events) = (server.Disk.Appends, watcher.Counters.Frames, server.Events);
        var approve = Command.OnBoard(room.Board, "approve-ideas", new { ideas });
        var version = (await room.Facilitator.SubmitAsync(approve)).Expect("approve-ideas");
        await watcher.WaitForAsync(person => person.Board.Version >= version);
        Assert.Equal((appends + 1, frames + 1, events + 500), (server.Disk.Appends, watcher.Counters.Frames, server.Events));
        Assert.Equal(ideas.Order(), watcher.Board.Ideas.Keys.Order());

        (appends, frames) = (server.Disk.Appends, watcher.Counters.Frames);
        var undone = await room.DoAsync(room.Facilitator, "undo", new { undo = approve.Id });
        await watcher.WaitForAsync(person => person.Board.Version >= undone);
        Assert.Equal((appends + 1, frames + 1), (server.Disk.Appends, watcher.Counters.Frames));
        Assert.Empty(watcher.Board.Ideas);
        await room.AllSeeAsync(watcher);
        Assert.Equal(510, room.Facilitator.Board.Ideas.Values.Count(idea => idea.State == "waiting"));
    }

    [Fact]
    public async Task As_many_ideas_as_one_command_may_name_fit_into_a_message()
    {
        await using var room = await server.OpenRoomAsync();
        var idea = await room.WriteAsync(await room.JoinAsync(), "Shade");
        var ideas = Enumerable.Range(1, Grains.Limits.IdeasPerCommand - 1).Select(_ => Ids.New()).Append(idea).ToList();
        await room.DoAsync(room.Facilitator, "hide-ideas", new { ideas, reason = "why" });
        await room.Facilitator.WaitForAsync(person => person.Board.Ideas[idea].State == "hidden");
    }
}
