using LiveCoCreate.Live.Servers;
using LiveCoCreate.Wire;
using Xunit.Abstractions;

namespace LiveCoCreate.Live.Views;

/// <summary>A phone in a tunnel: its connection is open and reads nothing.</summary>
public sealed class SlowReaderTests(LocalServer server, ITestOutputHelper output) : IClassFixture<LocalServer>
{
    private const int Rounds = 20;
    private const int Ideas = 64;

    [Fact] // L5, design: no send waits for another; a connection that is still writing skips frames and then gets the difference
    public async Task A_connection_that_does_not_read_holds_up_nobody_and_is_brought_up_to_date_when_it_reads_again()
    {
        using var reads = new ManualResetEventSlim(initialState: true);
        await using var room = await server.OpenRoomAsync();
        var slow = await room.JoinAsync(new LivePersonOptions { Hears = (_, source, _) => { if (source == "board") reads.Wait(); } });
        var quick = await room.JoinAsync();
        var ideas = await Task.WhenAll(Enumerable.Range(0, Ideas).Select(_ => room.WriteAsync(room.Facilitator, "At first")));
        await room.AllSeeAsync(slow, quick);
        var (slowFrames, quickFrames) = (slow.Counters.Frames, quick.Counters.Frames);

        reads.Reset();
        try
        {
            // About 200 kB a round: after a few of them no buffer between here and there takes more.
            foreach (var round in Enumerable.Range(0, Rounds))
            {
                var text = $"{round} {new string('…', 990)}";
                await Task.WhenAll(ideas.Select(idea => room.DoAsync(room.Facilitator, "edit-idea", new { idea, text })));
                await quick.WaitForAsync(person => person.Board.Ideas.Values.All(idea => idea.Text == text));
            }
        }
        finally
        {
            reads.Set();
        }

        await room.AllSeeAsync(slow, quick);
        (slowFrames, quickFrames) = (slow.Counters.Frames - slowFrames, quick.Counters.Frames - quickFrames);
        output.WriteLine($"{slowFrames} frames for the slow reader, {quickFrames} for the quick one");
        Assert.InRange(slowFrames, 1, quickFrames - 1);
        Assert.True(slow.Board.ShowsTheSameAs(quick.Board));
        Assert.Equal((1, 0, 1, 0), (slow.Counters.Connects, slow.Counters.Resyncs, slow.Counters.Watches, quick.Counters.Reconnects));
    }
}
