using System.Net;
using LiveCoCreate.Live.Seats;
using LiveCoCreate.Live.Servers;
using LiveCoCreate.Wire.Seats;

namespace LiveCoCreate.Live.BadInput;

/// <summary>PROTOCOL H3: wrong codes are slowed down, right ones never.</summary>
public sealed class CodeTests(LocalServer server) : IClassFixture<LocalServer>
{
    private const int BeforeSlow = 20;

    [Fact] // H3, H4, P8
    public async Task A_wrong_code_is_unknown_and_after_twenty_of_them_the_answer_waits_while_a_right_code_goes_through()
    {
        await using var room = await server.OpenRoomAsync();
        var events = server.Events;
        var guesser = room.New().Browser;
        var isSlow = server.Clock.Hold(TimeSpan.FromSeconds(1));
        var guesses = new List<Task<HttpAnswer>>();
        try
        {
            // A slow machine may earn another quick answer while it guesses: one a second.
            while (!isSlow.IsCompleted)
            {
                guesses.Add(guesses.Count % 2 == 0 ? guesser.GetAsync("api/codes/ZZZZZZ") : guesser.PostAsync("api/codes/QQQQQQ/join", new JoinRequest()));
                await Task.WhenAny(guesses[^1], isSlow);
                Assert.InRange(guesses.Count, 1, 200);
            }

            Assert.InRange(guesses.Count, BeforeSlow + 1, 200);
            Assert.False(guesses[^1].IsCompleted);
            Assert.True((await room.New().Browser.GetAsync($"api/codes/{room.Code}")).Ok);
            Assert.True((await room.New().Browser.PostAsync($"api/codes/{room.Code}/join", new JoinRequest())).Ok);
        }
        finally
        {
            server.Clock.LetGo();
        }

        foreach (var guess in await Task.WhenAll(guesses)) SeatTests.Refused(guess, HttpStatusCode.NotFound, "code-unknown");
        Assert.Equal(events + 2, server.Events); // One joined: their own stream says so, and the workshop's.
    }

    [Theory, InlineData("lower"), InlineData("dashes"), InlineData("blanks")] // I2
    public async Task A_code_is_read_however_it_is_written(string how)
    {
        await using var room = await server.OpenRoomAsync();
        var code = how switch
        {
            "lower" => room.Code.ToLowerInvariant(),
            "dashes" => $"{room.Code[..3]}-{room.Code[3..]}",
            _ => $" {room.Code[..2]} {room.Code[2..]} ",
        };
        Assert.True((await room.New().Browser.GetAsync($"api/codes/{Uri.EscapeDataString(code)}")).Ok);
    }
}
