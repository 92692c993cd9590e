using LiveCoCreate.Live.Servers;
using LiveCoCreate.Rehearsal;
using LiveCoCreate.Wire.Servers;
using Xunit.Abstractions;

namespace LiveCoCreate.Live.Leaks;

/// <summary>P5 with a whole recorded conversation, against the server's own process.</summary>
public sealed class RehearsalLeakTests(ITestOutputHelper output) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [RecordingFact("freshwater")] // P5, F4, F5
    public async Task Of_a_conversation_in_which_nothing_is_approved_nothing_reaches_anyone_nor_the_log()
    {
        var recording = Recordings.Read("freshwater");
        await using var server = new ServerProcess(_folder.Path);
        await server.StartAsync();
        var result = await new RehearsalRun(new RehearsalOptions(server.Address, recording) { ApproveNothing = true }).RunAsync();

        output.WriteLine($"{result.BytesSearchedForLeaks} bytes searched, {result.WallSeconds} s");
        Assert.Empty(result.Leaks);
        Assert.Empty(result.Differences.Take(20));
        Assert.True(result.BytesSearchedForLeaks > 100_000);
        Assert.All(recording.Statements, statement => Assert.DoesNotContain(statement.Text, server.Output, StringComparison.Ordinal));
    }

    public void Dispose() => _folder.Dispose();
}
