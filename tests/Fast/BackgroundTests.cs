using System.Globalization;
using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Clustering;
using LiveCoCreate.Grains.Opinions;

namespace LiveCoCreate.Fast;

public class BackgroundTests
{
    private const int IdlePolicy = 5;

    [Fact]
    public async Task What_may_take_its_time_gets_what_is_left_over_and_what_people_wait_for_a_good_share()
    {
        // Elsewhere the runtime's priorities do it.
        if (!OperatingSystem.IsLinux()) return;
        Assert.Equal((19, IdlePolicy), await Background.WhenIdle.Run(NicenessAndPolicy));
        Assert.Equal((5, 0), await Background.Soon.Run(NicenessAndPolicy));
        Assert.Equal((0, 0), await Task.Run(NicenessAndPolicy));
    }

    [Fact]
    public async Task A_run_over_the_ideas_gives_its_core_away_time_and_again()
    {
        var ideas = Enumerable.Range(0, 1500).Select(at => new IdeaText(new IdeaId($"i{at}"), $"garden{at % 7} tree{at % 13} bench{at % 29} path{at % 31} shade{at % 37}")).ToList();
        await GivesItsCoreAwayAsync(Background.WhenIdle, () => ThemeRun.Of(ideas, ThemeRules.None, Themes.Empty, seed: 1).Dispose());
    }

    [Fact]
    public async Task Groups_of_opinion_give_their_core_away_time_and_again()
    {
        var (dice, votes) = (new Random(3), new VoteMatrix());
        for (var person = 0; person < 1500; person++)
            for (var statement = 0; statement < 60; statement++) votes.Set(new VoterKey($"p{person}"), new IdeaId($"s{statement}"), (Stance)dice.Next(-1, 2));
        var snapshot = votes.Snapshot();
        await GivesItsCoreAwayAsync(Background.Soon, () => OpinionRun.Compute(snapshot, OpinionState.Cold, OpinionSettings.Live));
    }

    // A core that is given away is a switch that the thread itself asked for. Without breaths only what it waits for would be: its collections, a lock.
    private static async Task GivesItsCoreAwayAsync(Background background, Action work)
    {
        if (!OperatingSystem.IsLinux()) return;
        var given = await background.Run(() =>
        {
            var before = GivenAway();
            work();
            return GivenAway() - before;
        });
        Assert.True(given >= 30, $"It gave its core away {given} times.");

        static int GivenAway() => int.Parse(File.ReadLines("/proc/thread-self/status").First(line => line.StartsWith("voluntary_ctxt_switches:", StringComparison.Ordinal)).Split(':')[1], CultureInfo.InvariantCulture);
    }

    // man 5 proc_pid_stat: the 19th and the 41st field; the second may contain blanks.
    private static (int Niceness, int Policy) NicenessAndPolicy()
    {
        var stat = File.ReadAllText("/proc/thread-self/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return (int.Parse(fields[16], CultureInfo.InvariantCulture), int.Parse(fields[38], CultureInfo.InvariantCulture));
    }
}
