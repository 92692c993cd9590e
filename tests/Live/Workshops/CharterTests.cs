using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using LiveCoCreate.Live.Servers;
using LiveCoCreate.Wire;
using LiveCoCreate.Wire.Seats;

namespace LiveCoCreate.Live.Workshops;

/// <summary>PROTOCOL CH: the principles of taking part, in versions that people agree to.</summary>
public sealed class CharterTests(LocalServer server) : IClassFixture<LocalServer>
{
    [Fact] // CH1 to CH4
    public async Task Everybody_sees_a_changed_charter_at_once_and_is_asked_again_until_they_agree()
    {
        await using var here = new LocalServer();
        await here.InitializeAsync();
        await using var room = await here.OpenRoomAsync(new NewRoom("retrospective"));
        var people = await Task.WhenAll(Enumerable.Range(0, 7).Select(_ => room.JoinAsync()));
        var screen = await room.ScreenAsync();
        var before = room.Facilitator.Workshop!.Charter!;
        Assert.Equal(["p1", "p2", "p3"], room.Facilitator.Workshop.Principles!);
        Assert.Null(room.Facilitator.Presence?.Agreed);

        await ChangeAsync(room, 1, [.. before.Skip(1).Select((text, at) => ($"p{at + 2}", text)), ("curious", "We stay curious")]);
        foreach (var person in people) await person.WaitForAsync(one => one.Workshop is { CharterVersion: 2 } now && now.Charter!.SequenceEqual(before.Skip(1).Append("We stay curious")) && one.Own.Charter == 1);
        await screen.WaitForAsync(one => one.Workshop!.CharterVersion == 2);
        await room.Facilitator.WaitForAsync(one => one.Presence?.Agreed == 0);
        // Nobody is stopped in what they do.
        await room.WriteAsync(people[0], "Written before agreeing again");

        Assert.Equal("malformed", (await AgreeAsync(people[0], 3)).Refusal?.Code);
        Assert.Equal("charter-changed", (await AgreeAsync(people[0], 1)).Refusal?.Code);
        foreach (var person in new[] { room.Facilitator, screen }) Assert.Equal("not-allowed", (await AgreeAsync(person, 2)).Refusal?.Code);
        foreach (var person in people[..6])
        {
            (await AgreeAsync(person, 2)).Expect("agree-charter");
            await person.WaitForAsync(one => one.Own.Charter is null);
        }

        // The one who has not is pointed at by nobody's number but the facilitators'.
        await room.Facilitator.WaitForAsync(one => one.Presence?.Agreed == 6);
        await screen.WaitForAsync(one => one.Presence?.Agreed == 5);

        // What was agreed is durable, and who has not agreed is asked again by the server that comes back.
        await here.RestartAsync();
        await people[6].WaitForAsync(one => one.IsConnected && one.Own.Charter == 1);
        await room.Facilitator.WaitForAsync(one => one.Presence is { People: 7, Agreed: 6 });
        Assert.Null(people[0].Own.Charter);
        (await AgreeAsync(people[6], 2)).Expect("agree-charter");
        await screen.WaitForAsync(one => one.Presence is { People: 7, Agreed: 7 });
        Assert.Equal(7, here.Journal().Count(row => row.Type == "charter-agreed"));

        var kept = JsonNode.Parse((await people[0].Browser.GetAsync($"/api/workshops/{room.Workshop}/charter?as=participant")).Body)!;
        Assert.Equal((2, 2, 2), ((int)kept["version"]!, (int)kept["agreed"]!, kept["versions"]!.AsArray().Count));
        Assert.Equal("We stay curious", (string)kept["versions"]![1]!["principles"]![2]!["text"]!);

        // Changed back it says what they agreed to first, in words nobody need agree to again who did not see the other one.
        await ChangeAsync(room, 2, [.. before.Select((text, at) => ($"p{at + 1}", text))]);
        foreach (var person in people) await person.WaitForAsync(one => one.Workshop!.CharterVersion == 3 && one.Own.Charter == 2);
    }

    [Fact] // CH2, H3, H4
    public async Task Whoever_joins_agrees_to_what_they_have_read()
    {
        await using var room = await server.OpenRoomAsync(new NewRoom("retrospective"));
        var read = Hello(await room.New().Browser.GetAsync($"/api/codes/{room.Code}"));
        await ChangeAsync(room, 1, [("p1", "Be kind")]);

        var late = room.New();
        var answer = await late.Browser.PostAsync($"/api/codes/{room.Code}/join", new JoinRequest { Charter = read.Version });
        Assert.Equal((HttpStatusCode.Conflict, "charter-changed"), (answer.Status, answer.Refusal?.Code));
        // As one who knows of no versions.
        Assert.Equal("charter-changed", (await late.Browser.PostAsync($"/api/codes/{room.Code}/join", new JoinRequest())).Refusal?.Code);
        var now = Hello(await late.Browser.GetAsync($"/api/codes/{room.Code}"));
        Assert.Equal((2, "Be kind"), (now.Version, now.Charter.Single()));
        var joined = await late.JoinAsync(room.Code, new JoinRequest { Charter = now.Version });
        Assert.Equal(2, JsonDocument.Parse(server.Journal($"participant/{joined.Participant}").Single().Payload).RootElement.GetProperty("charterVersion").GetInt32());
        await late.WatchAsync();
        Assert.Null(late.Own.Charter);

        // Whoever begins anew begins with what is in force, as its first version.
        var file = JsonNode.Parse((await room.Facilitator.Browser.GetAsync($"/api/workshops/{room.Workshop}/template?as=facilitator")).Body)!;
        Assert.Equal("Be kind", (string)file["charter"]!.AsArray().Single()!);
        Assert.Contains(JsonNode.Parse((await room.Facilitator.Browser.GetAsync($"/api/boards/{room.Board}/log?workshop={room.Workshop}&as=facilitator")).Body)!["entries"]!.AsArray(), entry => (string)entry!["what"]! == "charter-changed");
    }

    private static Task<Answer> AgreeAsync(LivePerson person, int charter) => person.SubmitAsync(Command.OnWorkshop("agree-charter", new { charter }));

    private static async Task ChangeAsync(Room room, int charter, (string Id, string Text)[] principles) =>
        (await room.Facilitator.SubmitAsync(Command.OnWorkshop("change-charter", new { charter, principles = principles.Select(one => new { id = one.Id, text = one.Text }) }))).Expect("change-charter");

    private static (int Version, string[] Charter) Hello(HttpAnswer answer)
    {
        var hello = JsonNode.Parse(answer.Body)!;
        return ((int)hello["charterVersion"]!, [.. hello["charter"]!.AsArray().Select(text => (string)text!)]);
    }
}
