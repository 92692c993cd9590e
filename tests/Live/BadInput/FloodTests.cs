using System.Text.Json;
using LiveCoCreate.Live.Servers;
using LiveCoCreate.Wire;
using Xunit.Abstractions;

namespace LiveCoCreate.Live.BadInput;

/// <summary>P8: one seat that sends without end.</summary>
public sealed class FloodTests(LocalServer server, ITestOutputHelper output) : IClassFixture<LocalServer>
{
    private const int Commands = 10_000;

    [Fact] // L4, C1
    public async Task Ten_thousand_commands_of_one_seat_are_mostly_too_fast_and_nobody_else_notices()
    {
        await using var room = await server.OpenRoomAsync();
        var (flooder, bystander) = (await room.JoinAsync(), await room.JoinAsync());
        var before = server.Events;
        var flood = Enumerable.Range(0, Commands).Select(_ =>
        {
            var command = Wire.Commands.AddIdea(room.Board, Ids.New(), room.Lane, "Again and again");
            return flooder.InvokeAsync("Submit", $"[{System.Text.Encoding.UTF8.GetString(command.Json)}]", TimeSpan.FromMinutes(2));
        }).ToList();

        var meanwhile = 0;
        while (!flood[^1].IsCompleted)
        {
            await room.WriteAsync(bystander, $"Meanwhile {meanwhile++}");
            if (meanwhile == 100) break;
        }

        var answers = (await Task.WhenAll(flood)).Select(answer => JsonDocument.Parse(answer).RootElement).ToList();
        var refused = answers.Where(answer => answer.TryGetProperty("code", out _)).ToList();
        output.WriteLine($"{refused.Count} of {Commands} refused; {meanwhile} commands of a bystander accepted meanwhile");
        Assert.All(refused, answer =>
        {
            Assert.Equal("too-fast", answer.GetProperty("code").GetString());
            Assert.InRange(answer.GetProperty("retryAfterMs").GetInt32(), 1, 60_000);
        });
        Assert.InRange(refused.Count, Commands / 2, Commands - 1);
        Assert.InRange(meanwhile, 1, 100);
        Assert.Equal(before + (Commands - refused.Count) + meanwhile, server.Events);
        Assert.Equal(1, flooder.Counters.Connects);
        await room.AllSeeAsync(flooder, bystander);
        Assert.Equal(1, bystander.Counters.Connects);
    }
}
