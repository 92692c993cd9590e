using System.Text;
using LiveCoCreate.Grains;
using LiveCoCreate.Live.Servers;
using LiveCoCreate.Wire;
using Microsoft.Extensions.DependencyInjection;

namespace LiveCoCreate.Live.Watching;

public sealed class PressureBannerTests(LocalServer server) : IClassFixture<LocalServer>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Facilitators_are_told_that_the_server_is_late_and_when_that_is_over_and_nobody_else_is()
    {
        var (late, over) = (new TaskCompletionSource(), new TaskCompletionSource());
        var listening = new LivePersonOptions
        {
            Hears = (_, _, bytes) =>
            {
                var text = Encoding.UTF8.GetString(bytes);
                if (text.Contains("\"pressed\":true", StringComparison.Ordinal)) late.TrySetResult();
                else if (late.Task.IsCompleted && text.Contains("\"presence\"", StringComparison.Ordinal)) over.TrySetResult();
            },
        };
        var ears = new Ears();
        await using var room = await server.OpenRoomAsync(new NewRoom(Facilitator: listening));
        await room.JoinAsync(ears.Options);

        var pressure = server.Services.GetRequiredService<Pressure>();
        for (var time = 0; time < 50; time++) pressure.Note(TimeSpan.FromSeconds(1));

        await late.Task.WaitAsync(Patience);
        // The server's own sampler finds that nothing is late.
        await over.Task.WaitAsync(Patience);
        Assert.False(pressure.IsHigh);
        Assert.Empty(ears.Where("pressed"));
    }
}
