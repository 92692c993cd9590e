using LiveCoCreate.Live.Servers;
using LiveCoCreate.Rehearsal;
using LiveCoCreate.Wire.Servers;
using Xunit.Abstractions;

namespace LiveCoCreate.Cluster.Processes;

/// <summary>P1 to P4 for a whole cluster: a recorded conversation over both web nodes, in spite of what happens to one of the four.</summary>
public sealed class RehearsalTests(ITestOutputHelper output)
{
    private const string Recorded = "freshwater";

    /// <summary>Silo and web node may be away for so long; a killed silo is noticed by the others, and its boards wake up on another.</summary>
    private static readonly TimeSpan LiveAgainWithin = TimeSpan.FromSeconds(10);

    [RecordingFact(Recorded)] // P4
    public Task Over_two_web_nodes_everybody_sees_what_was_recorded() => RehearseAsync("nothing happens", _ => null);

    [RecordingFact(Recorded)] // P2, P3
    public Task A_silo_that_is_killed_loses_nothing_and_its_boards_are_live_again_soon() => RehearseAsync("kill -9 of a silo", cluster => cluster.Silos[0].Kill, killed: true);

    [RecordingFact(Recorded)] // P2, L4
    public Task A_web_node_that_is_killed_loses_nothing_and_its_people_go_on_at_the_other() => RehearseAsync("kill -9 of a web node", cluster => cluster.WebNodes[0].Kill, killed: true);

    [RecordingFact(Recorded)] // P2
    public Task A_silo_that_is_told_to_stop_hands_its_boards_over() => RehearseAsync("SIGTERM to a silo", cluster => cluster.Silos[0].Stop, stopped: cluster => cluster.Silos[0]);

    [RecordingFact(Recorded)] // P2, L4
    public Task A_web_node_that_is_told_to_stop_loses_no_command() => RehearseAsync("SIGTERM to a web node", cluster => cluster.WebNodes[0].Stop, stopped: cluster => cluster.WebNodes[0]);

    private async Task RehearseAsync(string what, Func<RunningCluster, Action?> trouble, bool killed = false, Func<RunningCluster, ProgramProcess>? stopped = null)
    {
        await using var cluster = await RunningCluster.StartAsync();
        var recording = Recordings.Read(Recorded);
        var (act, point, gate, happened) = (trouble(cluster), recording.Votes.Count / 6, new Lock(), (Task?)null);
        var result = await new RehearsalRun(new RehearsalOptions(cluster.Addresses[0], recording)
        {
            MoreServers = [cluster.Addresses[1]],
            Witness = moment =>
            {
                lock (gate)
                {
                    if (act is null || happened is not null || moment.Kind is not MomentKind.Answered || moment.Answered < point || moment.InFlight == 0) return;
                    happened = Task.Run(act);
                }
            },
        }).RunAsync();
        if (happened is not null) await happened;

        output.WriteLine($"{what}: {result.Commands} commands in {result.PlaySeconds} s, {result.Line.Reconnects} reconnects, answered {result.AnsweredMs}, seen everywhere {result.SeenEverywhereMs}");
        output.WriteLine($"the longest that anybody waited for an answer: {result.AnsweredMs.Max / 1000:0.0} s");
        Assert.Empty(result.Differences.Take(20));
        Assert.True(result.Equal);
        Assert.Equal(act is not null, happened is not null);
        if (killed) Assert.InRange(result.AnsweredMs.Max, 0, LiveAgainWithin.TotalMilliseconds);
        if (stopped is not null) Assert.Equal(0, await stopped(cluster).GoneAsync().WaitAsync(TimeSpan.FromSeconds(40)));
    }
}
