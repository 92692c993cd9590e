using System.Net;
using System.Text;
using LiveCoCreate.Grains.Journals;
using LiveCoCreate.Live.Servers;
using LiveCoCreate.Wire;

namespace LiveCoCreate.Live.BadInput;

/// <summary>P8: what a newer server wrote is refused in words, and nothing is guessed.</summary>
public sealed class NewerJournalTests(LocalServer server) : IClassFixture<LocalServer>
{
    [Fact] // J3, C1
    public async Task A_board_that_a_newer_server_wrote_is_refused_with_a_code_of_its_own()
    {
        await using var room = await server.OpenRoomAsync();
        await using var other = await server.OpenRoomAsync();
        var person = await room.JoinAsync();
        var last = server.Journal($"board/{room.Board}")[^1];
        await server.Disk.AppendAsync(last.Stream, last.Version, [new Envelope(last.Stream, last.Version + 1, "idea-sung", DateTimeOffset.FromUnixTimeMilliseconds(last.At), null, "c", "{}")], CancellationToken.None);

        // Whoever is here: the command that met it, and all after it.
        Assert.Equal("journal-newer", (await person.SubmitAsync(Wire.Commands.AddIdea(room.Board, Ids.New(), room.Lane, "A bench"))).Refusal?.Code);
        var watched = await person.InvokeAsync("Watch", $"[\"{room.Board}\",0,0]");
        Assert.Contains("journal-newer", Encoding.UTF8.GetString(watched), StringComparison.Ordinal);

        // Whoever asks for it, also after a new start.
        await AssertRefusedAsync();
        await server.RestartAsync();
        await AssertRefusedAsync();
        Assert.Contains($"board/{room.Board} holds 'idea-sung'", server.Log.Text, StringComparison.Ordinal);

        // Other workshops go on.
        await other.WriteAsync(other.Facilitator, "A bench");

        async Task AssertRefusedAsync()
        {
            var answer = await person.Browser.GetAsync($"/api/boards/{room.Board}?workshop={room.Workshop}&as=participant");
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "journal-newer"), (answer.Status, answer.Refusal?.Code));
        }
    }
}
