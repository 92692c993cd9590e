using System.Net;
using System.Text.Json;
using LiveCoCreate.Live.Servers;
using LiveCoCreate.Wire;

namespace LiveCoCreate.Live.Moderation;

/// <summary>PROTOCOL H16: what facilitators did, told to facilitators, from the journal alone.</summary>
public sealed class LogTests(LocalServer server) : IClassFixture<LocalServer>
{
    [Fact]
    public async Task It_says_who_did_what_when_and_what_can_still_be_undone()
    {
        await using var room = await server.OpenRoomAsync(new NewRoom(Moderation: "approve"));
        var (joe, omri) = (await room.JoinAsync(), await room.SecondFacilitatorAsync());
        var ideas = new List<string>();
        for (var n = 0; n < 3; n++) ideas.Add(await room.WriteAsync(joe, $"Idea {n}"));
        await room.DoAsync(room.Facilitator, "approve-ideas", new { ideas });
        await room.DoAsync(joe, "edit-idea", new { idea = ideas[0], text = "Joe's own words" });
        server.Clock.Ahead += TimeSpan.FromSeconds(1);
        await room.DoAsync(omri, "hide-idea", new { idea = ideas[1], reason = "names a person" });
        (await omri.SubmitAsync(Command.OnWorkshop("limit-participant", new { on = room.Board, idea = ideas[1] }))).Expect("limit");

        var (entries, more) = await ReadAsync(room.Facilitator, room);
        Assert.Equal(["participant-limited by Omri: 0", "idea-hidden by Omri: 1 names a person", "idea-approved by Dana: 3"], entries.Select(Told).Order(Comparer<string>.Create((one, other) => string.CompareOrdinal(other, one))));
        Assert.Null(more);
        Assert.True(entries.Select(entry => entry.GetProperty("at").GetInt64()).SequenceEqual(entries.Select(entry => entry.GetProperty("at").GetInt64()).OrderDescending()));
        // Three were approved and two of them changed since: one can still come back. What Omri did, only Omri undoes.
        Assert.Equal("idea-approved", Assert.Single(entries, entry => entry.TryGetProperty("command", out _)).GetProperty("what").GetString());
        var own = Assert.Single((await ReadAsync(omri, room)).Entries, entry => entry.TryGetProperty("command", out _));
        Assert.Equal("idea-hidden", own.GetProperty("what").GetString());
        await room.DoAsync(omri, "undo", new { undo = own.GetProperty("command").GetString() });
        var after = (await ReadAsync(omri, room)).Entries;
        Assert.True(after.Single(entry => entry.GetProperty("what").GetString() == "idea-shown").GetProperty("undone").GetBoolean());
        Assert.False(after.Single(entry => entry.GetProperty("what").GetString() == "idea-hidden").TryGetProperty("command", out _));
    }

    [Fact]
    public async Task It_comes_in_pages_and_nothing_is_lost_between_them()
    {
        await using var room = await server.OpenRoomAsync();
        for (var n = 0; n < 23; n++)
        {
            if (n % 3 == 0) server.Clock.Ahead += TimeSpan.FromMilliseconds(5);
            await room.DoAsync(room.Facilitator, "rename-lane", new { lane = room.Lane, title = $"Title {n}" });
        }

        var (all, before) = (new List<JsonElement>(), (long?)null);
        do
        {
            var page = await ReadAsync(room.Facilitator, room, $"&most=5{(before is { } at ? $"&before={at}" : "")}");
            all.AddRange(page.Entries);
            before = page.Before;
        }
        while (before is not null);
        Assert.Equal(23, all.Count);
    }

    [Fact] // K3
    public async Task It_says_what_a_board_is_about_in_todays_words_alone()
    {
        await using var room = await server.OpenRoomAsync();
        await room.DoAsync(room.Facilitator, "set-subject", new { text = "Dana's bench" });
        await room.DoAsync(room.Facilitator, "set-subject", new { text = "A bench" });
        var (entries, _) = await ReadAsync(room.Facilitator, room);
        Assert.Equal(["subject-set A bench", "subject-set A bench"], entries.Select(entry => $"{entry.GetProperty("what").GetString()} {entry.GetProperty("text").GetString()}"));
    }

    [Fact] // P5
    public async Task It_names_no_participant_and_is_for_facilitators_only()
    {
        await using var room = await server.OpenRoomAsync(new NewRoom(Moderation: "approve"));
        var joe = await room.JoinAsync();
        var idea = await room.WriteAsync(joe, "Shade");
        await room.DoAsync(room.Facilitator, "approve-idea", new { idea });
        (await room.Facilitator.SubmitAsync(Command.OnWorkshop("remove-participant", new { on = room.Board, idea }))).Expect("remove");
        var body = System.Text.Encoding.UTF8.GetString((await room.Facilitator.Browser.GetAsync(Path(room, "facilitator"))).Body);
        Assert.Contains("seat-revoked", body, StringComparison.Ordinal);
        Assert.DoesNotContain(joe.ParticipantId, body, StringComparison.Ordinal);
        var (dana, screen) = (await room.JoinAsync(), await room.ScreenAsync());
        foreach (var (person, kind) in new[] { (dana, "participant"), (screen, "screen") }) Assert.Equal(HttpStatusCode.Forbidden, (await person.Browser.GetAsync(Path(room, kind))).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await room.Facilitator.Browser.GetAsync(Path(room, "facilitator") + "&before=x")).Status);
    }

    private static string Told(JsonElement entry) =>
        $"{entry.GetProperty("what").GetString()} by {entry.GetProperty("by").GetString()}: {entry.GetProperty("ideas").GetInt32()}{(entry.TryGetProperty("reason", out var reason) ? " " + reason.GetString() : "")}";

    private static string Path(Room room, string kind) => $"api/boards/{room.Board}/log?workshop={room.Workshop}&as={kind}";

    private static async Task<(List<JsonElement> Entries, long? Before)> ReadAsync(LivePerson person, Room room, string more = "")
    {
        using var page = JsonDocument.Parse((await person.Browser.GetAsync(Path(room, "facilitator") + more)).Body);
        return ([.. page.RootElement.GetProperty("entries").EnumerateArray().Select(entry => entry.Clone())],
            page.RootElement.TryGetProperty("before", out var before) && before.ValueKind == JsonValueKind.Number ? before.GetInt64() : null);
    }
}
