using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using LiveCoCreate.Live.Seats;
using LiveCoCreate.Live.Servers;
using LiveCoCreate.Wire;
using LiveCoCreate.Wire.Seats;

namespace LiveCoCreate.Live.Workshops;

/// <summary>PROTOCOL H14, H15, T1, T2: an agenda leaves as a file, and begins other workshops.</summary>
public sealed class TemplateTests(LocalServer server) : IClassFixture<LocalServer>
{
    private const string Least = """{"format":"livecocreate-template","version":1,"title":"x","steps":[{"title":"One","lanes":["Now"]}]}""";

    [Fact]
    public async Task A_file_of_a_workshop_makes_another_with_the_same_agenda_and_no_word_of_what_was_written()
    {
        await using var room = await server.OpenRoomAsync(new NewRoom("retrospective", Moderation: "approve"));
        await room.WriteAsync(room.Facilitator, "a secret thought");
        await DoAsync(room, "edit-step", new { step = room.Facilitator.Workshop!.Steps![0].Step, title = "Looking closely", durationMs = 90_000 });
        await room.DoAsync(room.Facilitator, "set-subject", new { text = "What was it like?" });
        await DoAsync(room, "add-step", new
        {
            step = Ids.New(), kind = "pulse", title = "Feel", lanes = new[] { new { lane = Ids.New(), title = "Options" } }, @private = false, moderation = "open", after = room.Facilitator.Workshop!.Steps![^1].Step,
            subject = "How are you?", ballot = new { method = "approval", counts = "live" },
        });
        await room.Facilitator.WaitForAsync(person => person.Workshop!.Steps!.Count == 3);
        var answer = await room.Facilitator.Browser.GetAsync($"/api/workshops/{room.Workshop}/template?as=facilitator");
        var text = Encoding.UTF8.GetString(answer.Body);
        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
        Assert.Contains("attachment", answer.Headers["Content-Disposition"], StringComparison.Ordinal);

        var person = room.New();
        var read = JsonNode.Parse((await person.Browser.SendAsync(HttpMethod.Post, "/api/templates/check", answer.Body)).Body)!;
        Assert.Equal(("file", "Looking closely", 90_000), ((string)read["id"]!, (string)read["steps"]![0]!["title"]!["he"]!, (int)read["steps"]![0]!["durationMs"]!));
        var made = await MakeAsync(person, new { file = JsonNode.Parse(text) });
        await person.WatchAsync();
        Assert.Equal(["Looking closely", .. room.Facilitator.Workshop.Steps!.Skip(1).Select(step => step.Title)], person.Workshop!.Steps!.Select(step => step.Title));
        Assert.Equal(room.Facilitator.Workshop.Charter, person.Workshop.Charter);
        Assert.Equal(room.Facilitator.Board.Lanes.Values.Select(lane => lane.Title).Order(), person.Board.Lanes.Values.Select(lane => lane.Title).Order());
        Assert.Equal((true, "approve"), (person.Board.Facts!.Private, person.Board.Facts!.Moderation));
        // K1 to K4: kinds, what the boards are about now, and how steps vote go with it.
        Assert.Equal("What was it like?", person.Board.Subject);
        Assert.Equal(["ideas", "plan", "pulse"], person.Workshop.Steps!.Select(step => step.Kind));
        var pulse = JsonNode.Parse(text)!["steps"]![2]!;
        Assert.Equal(("How are you?", false, "approval"), ((string)pulse["subject"]!, (bool)pulse["writing"]!, (string)pulse["ballot"]!["method"]!));
        // And the file of that one is the same file.
        var again = JsonNode.Parse((await person.Browser.GetAsync($"/api/workshops/{made}/template?as=facilitator")).Body)!;
        var first = JsonNode.Parse(text)!;
        foreach (var one in new[] { again, first }) foreach (var field in new[] { "title", "about" }) one.AsObject().Remove(field);
        Assert.Equal(first.ToJsonString(), again.ToJsonString());
    }

    public static TheoryData<string, int, string> Wrong => new()
    {
        { "[]", 400, "template-malformed" },
        { "{}", 400, "template-malformed" },
        { """{"format":5}""", 400, "template-malformed" },
        { Least.Replace("livecocreate-template", "other"), 400, "template-malformed" },
        { Least.Replace("\"version\":1", "\"version\":2,\"steps\":5"), 400, "template-newer" },
        { Least.Replace("\"version\":1,", ""), 400, "template-malformed" },
        { Least.Replace("[\"Now\"]", "[]"), 400, "template-malformed" },
        { Least.Replace("[\"Now\"]", "[null]"), 400, "template-malformed" },
        { Least.Replace("[\"Now\"]", "[{\"he\":\"x\"}]"), 400, "template-malformed" },
        { Least.Replace("[\"Now\"]", "[7]"), 400, "template-malformed" },
        { Least.Replace("[\"Now\"]", "[\"\\ud800\"]"), 400, "template-malformed" },
        { Least.Replace("[\"Now\"]", "[\" \"]"), 400, "empty-text" },
        { Least.Replace("\"One\"", "\"One\",\"minutes\":-1"), 400, "template-malformed" },
        { Least.Replace("\"One\"", "\"One\",\"minutes\":1e300"), 400, "template-malformed" },
        { Least.Replace("\"One\"", "\"One\",\"moderation\":\"none\""), 400, "template-malformed" },
        { Least.Replace("\"title\":\"x\"", "\"title\":\"x\",\"charter\":[null]"), 400, "template-malformed" },
        { Least.Replace("\"title\":\"x\"", "\"title\":\"x\",\"questions\":[{\"title\":\"a\",\"options\":[]}]"), 400, "template-malformed" },
        { Least.Replace("\"One\"", "\"One\",\"kind\":\"dance\""), 400, "template-malformed" },
        { Least.Replace("\"One\"", "\"One\",\"kind\":7"), 400, "template-malformed" },
        { Least.Replace("\"One\"", "\"One\",\"ballot\":{\"method\":\"dots\",\"budget\":0,\"mostPerIdea\":0}"), 400, "template-malformed" },
        { Least.Replace("\"One\"", "\"One\",\"subject\":\"" + new string('x', 1001) + "\""), 413, "too-large" },
        { Least.Replace("One", new string('x', 81)), 413, "too-large" },
        { Least.Replace("[{\"title\"", "[" + string.Concat(Enumerable.Repeat("{\"title\":\"a\",\"lanes\":[\"b\"]},", 60)) + "{\"title\""), 413, "too-large" },
    };

    [Theory, MemberData(nameof(Wrong))]
    public async Task A_file_that_is_wrong_is_refused_by_a_code_and_makes_nothing(string file, int status, string code)
    {
        await using var person = server.Wire.NewPerson();
        var events = server.Events;
        foreach (var answer in new[]
        {
            await person.Browser.SendAsync(HttpMethod.Post, "/api/templates/check", Encoding.UTF8.GetBytes(file)),
            await person.Browser.SendAsync(HttpMethod.Post, "/api/workshops", Encoding.UTF8.GetBytes($$"""{"title":"x","language":"en","template":"","request":"{{Ids.New()}}","file":{{file}}}""")),
        })
            Assert.Equal((status, code), ((int)answer.Status, answer.Refusal?.Code));
        Assert.Equal(events, server.Events);
    }

    [Fact]
    public async Task A_text_in_a_file_is_in_one_language_or_in_all()
    {
        await using var person = server.Wire.NewPerson();
        await MakeAsync(person, new { file = JsonNode.Parse(Least.Replace("\"One\"", "{\"he\":\"אחת\",\"en\":\"One\"}")), language = "he" });
        await person.WatchAsync();
        Assert.Equal("אחת", person.Workshop!.Steps![0].Title);
    }

    [Fact]
    public async Task A_workshop_begins_where_an_earlier_one_ended_and_who_is_forgotten_there_is_forgotten_here()
    {
        await using var own = new LocalServer();
        await own.InitializeAsync();
        await using var room = await own.OpenRoomAsync(new NewRoom("blank", Anonymous: false));
        var (dana, noa) = (await room.JoinAsync(alias: "Dana"), await room.JoinAsync(alias: "Noa"));
        var figs = await room.WriteAsync(dana, "figs for everyone");
        var kept = await room.WriteAsync(noa, "olives for everyone");
        var hidden = await room.WriteAsync(noa, "rats for everyone");
        await room.DoAsync(room.Facilitator, "hide-idea", new { idea = hidden, reason = "no" });
        var theme = Ids.New();
        await room.DoAsync(room.Facilitator, "add-theme", new { theme, title = "Food", colour = 3 });
        await room.DoAsync(room.Facilitator, "theme-idea", new { idea = kept, theme });

        await room.CommentAsync(dana, kept, "figs would be better");
        await room.CommentAsync(noa, kept, "olives last longer");
        await room.CommentAsync(room.Facilitator, kept, "we like both");
        await room.DoAsync(room.Facilitator, "set-status", new { idea = kept, status = "planned", note = "in autumn" });
        await room.DoAsync(room.Facilitator, "reply-to-idea", new { idea = kept, text = "With pleasure" });

        // What became of it later on was said of it too, and then something else.
        var (step, lane, grown) = (Ids.New(), Ids.New(), Ids.New());
        (await room.Facilitator.SubmitAsync(Command.OnWorkshop("add-step", new { step, title = "Next", lanes = new[] { new { lane, title = "Notes" } }, @private = false, moderation = "open", after = room.Facilitator.Workshop!.Current }))).Expect("add-step");
        await room.Facilitator.WaitForAsync(person => person.Workshop!.Steps!.Count == 2);
        var next = room.Facilitator.Workshop!.Steps!.Single(one => one.Step == step).Board;
        (await room.Facilitator.SubmitAsync(Command.OnBoard(next, "bring-ideas", new { lane, source = room.Board, ideas = new[] { new { idea = grown, from = figs } } }))).Expect("bring-ideas");
        (await room.Facilitator.SubmitAsync(Command.OnBoard(next, "set-status", new { idea = grown, status = "planned" }))).Expect("set-status");
        await room.DoAsync(room.Facilitator, "set-status", new { idea = figs, status = "not-now", note = "too cold" });

        // Only who facilitates it may.
        var stranger = room.New();
        Assert.Equal("seat-missing", (await PostAsync(stranger, new { from = new { workshop = room.Workshop, content = true } })).Refusal?.Code);
        Assert.Equal("seat-missing", (await PostAsync(dana, new { from = new { workshop = room.Workshop, content = true } })).Refusal?.Code);

        var request = Ids.New();
        foreach (var _ in new[] { 1, 2 }) Assert.Equal(HttpStatusCode.Created, (await PostAsync(room.Facilitator, new { from = new { workshop = room.Workshop, content = true } }, request)).Status);
        var copy = JsonDocument.Parse((await PostAsync(room.Facilitator, new { from = new { workshop = room.Workshop, content = true } }, request)).Body).RootElement.GetProperty("workshop").GetString()!;
        var second = room.New();
        second.Browser.SetCookie($"lcc-facilitator-{copy}", room.Facilitator.Browser.Cookie($"lcc-facilitator-{copy}"));
        second.Sit(copy, "facilitator");
        await second.WatchAsync();
        Assert.Equal(["figs for everyone", "olives for everyone"], second.Board.Ideas.Values.OrderBy(idea => idea.Rank, StringComparer.Ordinal).Select(idea => idea.Text));
        Assert.All(second.Board.Ideas.Values, idea => Assert.Null(idea.Signature));
        Assert.Equal("Food", second.Board.Themes[second.Board.Ideas.Values.Single(idea => idea.Text.StartsWith("olives", StringComparison.Ordinal)).Theme!].Title);

        var olives = second.Board.Ideas.Values.Single(idea => idea.Text.StartsWith("olives", StringComparison.Ordinal));
        Assert.Equal(("planned", "in autumn", "With pleasure"), (olives.Status, olives.Note, olives.Reply?.Text));
        Assert.Equal(("not-now", "too cold"), second.Board.Ideas.Values.Where(idea => idea.Text.StartsWith("figs", StringComparison.Ordinal)).Select(idea => (idea.Status, idea.Note)).Single());
        // In the order in which they are read there: what was said in the same millisecond is read in the order of its ids.
        await room.Facilitator.WaitForAsync(person => person.Board.Comments.Count == 3);
        Assert.Equal(
            room.Facilitator.Board.Comments.OrderBy(comment => comment.Value.At).ThenBy(comment => comment.Key, StringComparer.Ordinal).Select(comment => (comment.Value.Text, comment.Value.Team)),
            second.Board.Comments.Values.OrderBy(comment => comment.At).Select(comment => (comment.Text, comment.Team)));
        Assert.All(second.Board.Comments.Values, comment => Assert.Null(comment.Signature));

        Assert.NotEmpty(own.Folder.FilesWith("figs for everyone"));
        Assert.Equal(HttpStatusCode.NoContent, (await dana.Browser.PostAsync($"api/workshops/{room.Workshop}/forget?as=participant", new { ideas = "remove" })).Status);
        await second.WaitForAsync(person => person.Board.Ideas.Values.All(idea => idea.Text != "figs for everyone"));
        await second.WaitForAsync(person => person.Board.Comments.Values.All(comment => comment.Text != "figs would be better"));
        foreach (var gone in new[] { "figs for everyone", "figs would be better" }) Assert.Empty(own.Folder.FilesWith(gone));
        Assert.NotEmpty(own.Folder.FilesWith("olives last longer"));
        Assert.NotEmpty(own.Folder.FilesWith("olives for everyone"));
    }

    [Fact]
    public async Task Six_templates_are_there_in_both_languages_with_their_steps()
    {
        await using var person = server.Wire.NewPerson();
        var templates = JsonNode.Parse((await person.Browser.GetAsync("/api/templates")).Body)!.AsArray();
        Assert.Equal(["blank", "co-creation", "community-dialogue", "journey", "pilot", "retrospective"], templates.Select(template => (string)template!["id"]!).Order());
        foreach (var template in templates)
            foreach (var step in template!["steps"]!.AsArray())
                foreach (var language in new[] { "he", "en" }) Assert.NotEqual("", (string)step!["title"]![language]!);
    }

    [Fact] // T1: what we bring along keeps the rules that we hold others to.
    public async Task Each_of_the_six_could_be_a_file()
    {
        await using var person = server.Wire.NewPerson();
        foreach (var template in JsonNode.Parse((await person.Browser.GetAsync("/api/templates")).Body)!.AsArray().Select(template => template!.AsObject()))
        {
            (template["format"], template["version"]) = ("livecocreate-template", 1);
            foreach (var step in template["steps"]!.AsArray()) step!["minutes"] = (int?)step["durationMs"] / 60_000;
            var answer = await person.Browser.PostAsync("/api/templates/check", template);
            Assert.Equal((HttpStatusCode.OK, null), (answer.Status, answer.Refusal?.Code));
            var read = JsonNode.Parse(answer.Body)!["steps"]!.AsArray();
            foreach (var (step, same) in template["steps"]!.AsArray().Zip(read))
                foreach (var field in new[] { "kind", "subject", "durationMs" }) Assert.Equal(step![field]?.ToJsonString(), same![field]?.ToJsonString());
        }
    }

    private static async Task<string> MakeAsync(LivePerson person, object with)
    {
        var answer = await PostAsync(person, with);
        Assert.Equal(HttpStatusCode.Created, answer.Status);
        var made = JsonDocument.Parse(answer.Body).RootElement.GetProperty("workshop").GetString()!;
        person.Sit(made, "facilitator");
        return made;
    }

    private static Task<HttpAnswer> PostAsync(LivePerson person, object with, string? request = null)
    {
        var body = JsonSerializer.SerializeToNode(with)!.AsObject();
        body.TryAdd("language", "en");
        foreach (var (key, value) in new[] { ("title", "Once more"), ("template", ""), ("request", request ?? Ids.New()) }) body.Add(key, value);
        return person.Browser.PostAsync("/api/workshops", body);
    }

    private static async Task DoAsync(Room room, string type, object fields) => (await room.Facilitator.SubmitAsync(Command.OnWorkshop(type, fields))).Expect(type);
}
