using System.Net;
using System.Text;
using LiveCoCreate.Fast.Journals;
using LiveCoCreate.Wire;
using LiveCoCreate.Wire.Seats;

namespace LiveCoCreate.Live.Servers;

/// <summary>J5 where no append comes first: what needs a secret that cannot be kept is to be asked for again, and then succeeds.</summary>
public sealed class FullDiskTests : IAsyncLifetime
{
    private readonly LocalServer _server = new();

    private string Secrets => Path.Combine(_server.Folder.Path, "secrets.db");

    public Task InitializeAsync() => _server.InitializeAsync();

    public Task DisposeAsync() => _server.DisposeAsync();

    [Fact] // J5, J9
    public async Task A_ballot_whose_secret_cannot_be_kept_is_answered_with_retry_and_opens_once_it_can()
    {
        if (!FailingDisk.IsPossible) return;
        await using var room = await _server.OpenRoomAsync();
        var open = Commands.OpenBallot(room.Board, Ids.New(), "approval", anonymous: true);

        // Not as a person would, who asks again by themselves until it is answered.
        using (new FailingDisk(Secrets))
            Assert.Contains("\"retry\"", Encoding.UTF8.GetString(await room.Facilitator.InvokeAsync("Submit", $"[{Encoding.UTF8.GetString(open.Json)}]")), StringComparison.Ordinal);

        (await room.Facilitator.SubmitAsync(open)).Expect("open-ballot");
    }

    [Fact] // J5, P5
    public async Task An_idea_that_cannot_be_written_is_answered_with_retry_and_the_operator_reads_why_but_not_what_it_said()
    {
        if (!FailingDisk.IsPossible) return;
        await using var room = await _server.OpenRoomAsync();
        var add = Commands.AddIdea(room.Board, Ids.New(), room.Lane, "an unforgettable bench", "en");

        using (new FailingDisk(Path.Combine(_server.Folder.Path, "journal.db")))
            Assert.Contains("\"retry\"", Encoding.UTF8.GetString(await room.Facilitator.InvokeAsync("Submit", $"[{Encoding.UTF8.GetString(add.Json)}]")), StringComparison.Ordinal);

        Assert.Contains($"board/{room.Board}: writing what was decided", _server.Log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("unforgettable", _server.Log.Text, StringComparison.Ordinal);
        (await room.Facilitator.SubmitAsync(add)).Expect("add-idea");
    }

    [Fact] // J5
    public async Task A_workshop_whose_links_have_no_key_yet_is_answered_with_503_and_made_once_there_can_be_one()
    {
        if (!FailingDisk.IsPossible) return;
        await using var dana = _server.Wire.NewPerson();
        var workshop = new NewWorkshop("Our street");
        using (new FailingDisk(Secrets))
        {
            var answer = await dana.Browser.PostAsync("api/workshops", workshop);
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "retry"), (answer.Status, answer.Refusal?.Code));
        }

        Assert.Equal(HttpStatusCode.Created, (await dana.Browser.PostAsync("api/workshops", workshop)).Status);
    }
}
