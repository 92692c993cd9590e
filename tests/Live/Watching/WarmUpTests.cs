using LiveCoCreate.Live.Servers;
using LiveCoCreate.Web.Watch;

namespace LiveCoCreate.Live.Watching;

public sealed class WarmUpTests
{
    [Fact]
    public async Task The_workshop_that_a_server_warms_up_with_is_held_to_its_end()
    {
        using var folder = new TemporaryFolder();
        await WarmUp.HoldAsync(folder.Path);
        Assert.Contains(JournalFile.Read(folder.Path), row => row.Type == "idea-merged");
    }
}
