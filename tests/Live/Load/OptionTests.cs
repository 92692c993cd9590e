using LiveCoCreate.Load;
using LiveCoCreate.Load.Servers;
using LiveCoCreate.Wire.Servers;

namespace LiveCoCreate.Live.Load;

public sealed class OptionTests
{
    [Fact]
    public void Options_are_read_over_what_is_usual_for_the_command()
    {
        var options = LoadOptions.Parse(["soak", "--people", "1,200", "--minutes", "0.5", "--only", "Product", "--anonymous", "--quiet", "12.5", "--lose", "3"]);

        Assert.Equal(("soak", 1200, 0.5, Side.Product, true, 12.5, 3), (options.Command, options.People, options.Minutes, options.Only, options.Anonymous, options.Quiet, options.Servers.Lose));
        Assert.Equal((10, 1, true), (options.Rate, options.Runs, options.Warm));
        Assert.Null(LoadOptions.Parse(["storm"]).Only);
    }

    [Theory]
    [InlineData("What shall be played?")]
    [InlineData("dance is not known.", "dance")]
    [InlineData("--poeple is not known.", "storm", "--poeple", "5")]
    [InlineData("5: expected --NAME.", "storm", "5")]
    [InlineData("--people needs a value.", "storm", "--people")]
    [InlineData("--people needs a value.", "storm", "--people", "--warm")]
    [InlineData("--people needs a whole number, not many.", "storm", "--people", "many")]
    [InlineData("--people needs a whole number, not 2.5.", "storm", "--people", "2.5")]
    [InlineData("--runs needs a whole number, not 99999999999.", "storm", "--runs", "99999999999")]
    [InlineData("--seconds needs a number, not soon.", "storm", "--seconds", "soon")]
    [InlineData("--quiet needs a number, not -1.", "storm", "--quiet", "-1")]
    [InlineData("--only needs product or floor, not both.", "storm", "--only", "both")]
    [InlineData("--only needs product or floor, not 1.", "storm", "--only", "1")]
    public void What_cannot_be_read_is_said_with_its_name_and_what_is_needed(string says, params string[] args) =>
        Assert.Equal(says, Assert.Throws<ArgumentException>(() => LoadOptions.Parse(args)).Message);

    [Fact]
    public async Task What_cannot_be_read_ends_with_2_and_the_usage()
    {
        var (code, said) = await ProgramProcess.RunAsync("LiveCoCreate.Load.dll", "storm", "--people", "many");

        Assert.Equal((2, "--people needs a whole number, not many."), (code, said[0]));
        Assert.Contains(said, line => line.Contains("reconnect", StringComparison.Ordinal));
    }
}
