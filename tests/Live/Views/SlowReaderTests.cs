using System.Diagnostics;
using LiveCoCreate.Live.Servers;
using LiveCoCreate.Web.Live;
using LiveCoCreate.Wire;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;
using WorkshopId = LiveCoCreate.Grains.WorkshopId;

namespace LiveCoCreate.Live.Views;

/// <summary>A phone in a tunnel: its connection is open and reads nothing.</summary>
public sealed class SlowReaderTests(LocalServer server, ITestOutputHelper output) : IClassFixture<LocalServer>
{
    private const int MostRounds = 200;
    private const int Ideas = 100;

    [Fact] // L5, design: no send waits for another; a connection that is still writing skips frames and then gets the difference
    public async Task A_connection_that_does_not_read_holds_up_nobody_and_is_brought_up_to_date_when_it_reads_again()
    {
        using var reads = new ManualResetEventSlim(initialState: true);
        await using var room = await server.OpenRoomAsync();
        var slow = await room.JoinAsync(new LivePersonOptions { Hears = (_, source, _) => { if (source == "board") reads.Wait(); } });
        var quick = await room.JoinAsync();
        var theme = Ids.New();
        await room.DoAsync(room.Facilitator, "add-theme", new { theme, title = "Trees", colour = 3 });
        var ideas = await Task.WhenAll(Enumerable.Range(0, Ideas).Select(_ => room.WriteAsync(room.Facilitator, new string('…', 1000))));
        await Task.WhenAll(ideas.Select(idea => room.DoAsync(room.Facilitator, "theme-idea", new { idea, theme })));
        await room.AllSeeAsync(slow, quick);
        var (slowFrames, quickFrames) = (slow.Counters.Frames, quick.Counters.Frames);
        var workshop = await server.Services.GetRequiredService<LiveRooms>().WorkshopAsync(new WorkshopId(room.Workshop));
        var connection = workshop.Connections.Single(each => each.Seat.Id.Value == slow.ParticipantId);

        reads.Reset();
        var rounds = 0;
        try
        {
            // Each half of a round tells all ideas anew, 300 kB, until no buffer between here and there takes more; and then some.
            for (var stuck = 0; stuck < 4; rounds++)
            {
                Assert.InRange(rounds, 0, MostRounds);
                var began = Stopwatch.GetTimestamp();
                var remove = Command.OnBoard(room.Board, "remove-theme", new { theme });
                await quick.ReachAsync((await room.Facilitator.SubmitAsync(remove)).Expect("removing the theme"));
                await quick.ReachAsync(await room.DoAsync(room.Facilitator, "undo", new { undo = remove.Id }));
                if (connection.Stuck > Stopwatch.GetElapsedTime(began)) stuck++;
            }
        }
        finally
        {
            reads.Set();
        }

        await room.AllSeeAsync(slow, quick);
        (slowFrames, quickFrames) = (slow.Counters.Frames - slowFrames, quick.Counters.Frames - quickFrames);
        output.WriteLine($"{rounds} rounds; {slowFrames} frames for the slow reader, {quickFrames} for the quick one");
        Assert.InRange(slowFrames, 1, quickFrames - 4);
        Assert.True(slow.Board.ShowsTheSameAs(quick.Board));
        Assert.Equal((1, 0, 1, 0), (slow.Counters.Connects, slow.Counters.Resyncs, slow.Counters.Watches, quick.Counters.Reconnects));
    }
}
