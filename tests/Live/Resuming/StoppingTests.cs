using System.Net;
using LiveCoCreate.Live.Servers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LiveCoCreate.Live.Resuming;

public sealed class StoppingTests
{
    [Fact]
    public async Task A_server_that_stops_lets_nobody_back_in_and_so_waits_for_nobody()
    {
        var server = new LocalServer();
        await server.InitializeAsync();
        await using var room = await server.OpenRoomAsync();
        var person = await room.JoinAsync();
        // Within this the server has begun to stop, and still listens.
        var back = new TaskCompletionSource<HttpStatusCode>();
        server.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(() =>
            back.SetResult(Task.Run(() => person.Browser.GetAsync($"live?workshop={room.Workshop}&as=participant")).GetAwaiter().GetResult().Status));

        await server.StopAsync();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await back.Task.WaitAsync(TimeSpan.FromSeconds(20)));
        Assert.DoesNotContain("failed to close gracefully", server.Log.Text, StringComparison.Ordinal);
        server.Wire.Dispose();
        server.Folder.Dispose();
    }
}
