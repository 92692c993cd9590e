using LiveCoCreate.Load;
using LiveCoCreate.Load.Scenarios;

namespace LiveCoCreate.Live.Load;

public sealed class SoakTests
{
    [Fact]
    public void Whatever_happens_in_a_soak_has_a_moment_of_its_own()
    {
        var (options, what) = (new LoadOptions { Command = "soak", Minutes = 1, Rate = 20 }, "");
        var moments = new Soak(options).Moments(() => what = "vote", () => what = "write", () => what = "go", () => what = "tell").ToList();
        var by = moments.ToLookup(moment =>
        {
            moment.Do();
            return what;
        }, moment => moment.At);

        Assert.Equal((60 * options.Rate, 60, 60, 60), (by["vote"].Count(), by["write"].Count(), by["go"].Count(), by["tell"].Count()));
        Assert.Equal(moments.Count, moments.Select(moment => moment.At).Distinct().Count());
    }
}
