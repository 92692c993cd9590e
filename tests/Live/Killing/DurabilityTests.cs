using LiveCoCreate.Live.Servers;
using LiveCoCreate.Silo.Journals;
using Microsoft.Extensions.DependencyInjection;

namespace LiveCoCreate.Live.Killing;

public sealed class DurabilityTests(LocalServer server) : IClassFixture<LocalServer>
{
    [Fact] // P1, J5
    public async Task The_connection_that_writes_the_journal_of_a_running_server_flushes_every_commit()
    {
        await using var room = await server.OpenRoomAsync();
        await room.WriteAsync(room.Facilitator, "Shade");

        Assert.Equal(2, await server.Services.GetRequiredService<SqliteJournal>().SynchronousAsync());
    }
}
