using System.Text;
using LiveCoCreate.Load;
using LiveCoCreate.Load.Boards;
using LiveCoCreate.Load.Figures;
using LiveCoCreate.Load.Scenarios;
using LiveCoCreate.Load.Servers;

namespace LiveCoCreate.Live.Load;

/// <summary>A load tool that finds nothing lost must be one that would have found it.</summary>
public sealed class LoadToolTests
{
    private static readonly LoadOptions Small = new() { People = 20, Ideas = 10, Votes = 3, Seconds = 0.5, Runs = 1, GiveUp = 0.5, Settle = 0 };

    [Fact]
    public async Task A_small_storm_on_the_real_server_loses_nothing()
    {
        var findings = await PlayAsync(Small with { Only = Side.Product, GiveUp = 20 });

        Assert.Empty(findings.Problems);
        Assert.Equal((0, 0), (findings.Median(Side.Product, "lost"), findings.Median(Side.Product, "doubled")));
        Assert.True(findings.Median(Side.Product, "probe.p50") > 0);
        Assert.Equal(Small.People * 5, findings.Runs[0].Latencies.Count);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(0, 2)]
    public async Task What_a_server_loses_or_doubles_is_found(int lose, int doubled)
    {
        var findings = await PlayAsync(Small with { Only = Side.Floor, Servers = new ServerOptions { Lose = lose, Double = doubled } });

        Assert.Equal((lose, doubled), (findings.Median(Side.Floor, "lost"), findings.Median(Side.Floor, "doubled")));
        Assert.NotEmpty(findings.Problems);
    }

    [Fact] // F2
    public void A_replica_takes_only_what_begins_at_what_it_holds_and_drops_old_news()
    {
        var (numbers, replica, appeared) = (new IdeaNumbers(), default(Replica), new List<int>());
        replica = new Replica((idea, _) => appeared.Add(idea));
        Change Read(string json, bool isView = false) => Change.Read(Encoding.UTF8.GetBytes(json), numbers, isView);

        Assert.Equal(Taken.Gap, replica.Take(Read("""{"since":4,"version":5,"tallies":{"ballot":{"a":2}}}"""), 1));
        Assert.Equal(Taken.Merged, replica.Take(Read("""{"version":4,"ideas":{"a":{"text":"A","state":"shown"},"b":{}},"tallies":{"ballot":{"a":1}}}""", isView: true), 2));
        Assert.Equal(Taken.Old, replica.Take(Read("""{"since":2,"version":4,"tallies":{"ballot":{"a":9}}}"""), 3));
        Assert.Equal(Taken.Gap, replica.Take(Read("""{"since":5,"version":6,"tallies":{"ballot":{"a":9}}}"""), 4));
        Assert.Equal(Taken.Gap, replica.Take(Read("""{"since":3,"version":7,"tallies":{"ballot":{"a":9}}}"""), 5));
        Assert.Equal(Taken.Merged, replica.Take(Read("""{"since":4,"version":7,"ideas":{"b":null,"c":{"text":"]}"}},"tallies":{"ballot":{"a":3,"c":1}}}"""), 6));

        Assert.Equal((7, 2, 4, 6), (replica.Version, replica.Ideas, replica.Dots, replica.LastTallyAt));
        Assert.Equal([numbers.Of("a"), numbers.Of("b"), numbers.Of("c")], appeared);
        Assert.False(replica.Knows(numbers.Of("b")));
    }

    [Fact]
    public void Each_idea_appears_once_also_when_a_whole_view_brings_it_again()
    {
        var (numbers, appeared) = (new IdeaNumbers(), new List<int>());
        var replica = new Replica((idea, _) => appeared.Add(idea));
        Change Read(string json, bool isView = false) => Change.Read(Encoding.UTF8.GetBytes(json), numbers, isView);

        replica.Take(Read("""{"version":1,"ideas":{"a":{},"b":{}}}""", isView: true), 1);
        replica.Take(Read("""{"version":4,"ideas":{"a":{},"c":{}}}""", isView: true), 2);
        replica.Take(Read("""{"since":4,"version":5,"ideas":{"a":null,"b":{}}}"""), 3);
        replica.Take(Read("""{"since":5,"version":6,"ideas":{"a":{}}}"""), 4);

        Assert.Equal([numbers.Of("a"), numbers.Of("b"), numbers.Of("c")], appeared);
        Assert.Equal(3, replica.Ideas);
    }

    [Fact]
    public void Who_hears_a_probe_twice_does_not_stand_in_for_one_who_never_did()
    {
        var probes = new Probes();
        var probe = probes.Sent(idea: 3, watchers: 2, people: 5);

        probes.Heard(4, 3, probe.SentAt);
        probes.Heard(4, 3, probe.SentAt + 1);
        Assert.False(probe.IsEverywhere);
        Assert.Single(probe.Latencies);

        probes.Heard(2, 3, probe.SentAt);
        Assert.True(probe.IsEverywhere);
    }

    [Fact]
    public void The_floors_frames_follow_one_another_by_number()
    {
        var (numbers, replica) = (new IdeaNumbers(), new Replica());
        Change Read(string json, bool isView = false) => Change.Read(Encoding.UTF8.GetBytes(json), numbers, isView);

        replica.Take(Read("""{"version":0,"ideas":{"a":{}},"tallies":{}}""", isView: true), 1);
        Assert.Equal(Taken.Gap, replica.Take(Read("""{"version":2,"tallies":{"a":5}}"""), 2));
        Assert.Equal(Taken.Merged, replica.Take(Read("""{"version":1,"tallies":{"a":4}}"""), 3));
        Assert.Equal(4, replica.Tally(numbers.Of("a")));
    }

    [Fact]
    public void Percentiles_are_values_that_occurred()
    {
        double[] hundred = [.. Enumerable.Range(1, 100)];

        Assert.Equal((50, 99, 100, 1), (Percentiles.At(hundred, 0.5), Percentiles.At(hundred, 0.99), Percentiles.At(hundred, 1), Percentiles.At(hundred, 0)));
        Assert.Equal((0, 7, 7), (Percentiles.At([], 0.99), Percentiles.At([7], 0.5), Percentiles.At([7], 0.99)));
        Assert.Equal((2, 2.5), (Percentiles.Median([3, 1, 2]), Percentiles.Median([4, 1, 2, 3])));
    }

    [Fact]
    public void A_ratio_compares_medians()
    {
        RunFigures Run(Side side, double value) => new(side, 1) { ["probe.p99"] = value };
        var findings = new Findings("storm", "", [], "", [Run(Side.Floor, 10), Run(Side.Product, 11), Run(Side.Product, 90), Run(Side.Floor, 12), Run(Side.Floor, 11), Run(Side.Product, 22)]);

        Assert.Equal(2, findings.Ratio("probe.p99"));
        Assert.Null(findings.Ratio("never measured"));
    }

    private static Task<Findings> PlayAsync(LoadOptions options) => new Storm(options).RunAsync(new Silence());
}
