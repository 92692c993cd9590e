using LiveCoCreate.Load;
using LiveCoCreate.Load.Figures;
using LiveCoCreate.Load.Scenarios;
using LiveCoCreate.Load.Servers;

namespace LiveCoCreate.Live.Load;

/// <summary>Each scenario as it is played, by a handful of people for a second, against a server in a process of its own.</summary>
public sealed class ScenarioTests
{
    private static readonly LoadOptions Small = new() { People = 6, Ideas = 5, Votes = 2, Seconds = 0.5, Runs = 1, Settle = 0 };

    [Fact]
    public async Task People_who_enter_have_the_whole_board_and_are_timed_on_both_servers()
    {
        var findings = await PlayAsync(new Join(Small with { Command = "join" }));

        Assert.All(findings.Runs, run => Assert.Equal((6, true, true), (run.Latencies.Count, run["shown.p50"] > 0, run["live.p50"] > 0)));
        Assert.Equal([Side.Floor, Side.Product], findings.Runs.Select(run => run.Side));
        Assert.NotNull(findings.Ratio("live.p99"));
    }

    [Fact]
    public async Task People_whose_connections_drop_come_back_to_all_that_was_voted_meanwhile()
    {
        var findings = await PlayAsync(new Reconnect(Small with { Command = "reconnect", Only = Side.Product }));

        Assert.Equal(6, findings.Runs[0].Latencies.Count);
        Assert.Equal((0, 0), (findings.Median(Side.Product, "lost"), findings.Median(Side.Product, "doubled")));
    }

    [Fact]
    public async Task Slow_readers_catch_up_when_they_read_again()
    {
        var findings = await PlayAsync(new Slow(Small with { Command = "slow", Only = Side.Product }));

        Assert.Equal((2, 2, 0, 0), (findings.Median(Side.Product, "slow"), findings.Median(Side.Product, "caughtUp"), findings.Median(Side.Product, "letGo"), findings.Median(Side.Product, "behind")));
    }

    [Fact]
    public async Task In_a_soak_people_go_and_come_back_and_nothing_is_lost()
    {
        var findings = await PlayAsync(new Soak(Small with { Command = "soak", Only = Side.Product, Minutes = 2 / 60.0, Rate = 20, Away = 0.2 }));

        Assert.InRange(findings.Median(Side.Product, "returns")!.Value, 1, 2);
        Assert.True(findings.Median(Side.Product, "ack.p50") > 0);
        Assert.Equal((0, 0), (findings.Median(Side.Product, "lost"), findings.Median(Side.Product, "doubled")));
    }

    private static async Task<Findings> PlayAsync(Scenario scenario)
    {
        var findings = await scenario.RunAsync(new Silence());
        Assert.Empty(findings.Problems);
        return findings;
    }
}
