using System.Text;
using System.Text.Json;
using LiveCoCreate.Live.Seats;
using LiveCoCreate.Live.Servers;
using LiveCoCreate.Wire;

namespace LiveCoCreate.Live.BadInput;

/// <summary>A workshop that all tests of a class share: what is refused changes nothing, so they cannot be in one another's way.</summary>
public sealed class SharedRoom : IAsyncLifetime
{
    public LocalServer Server { get; } = new();

    public Room Room { get; private set; } = null!;

    /// <summary>Another workshop of the same server.</summary>
    public Room Other { get; private set; } = null!;

    public LivePerson Participant { get; private set; } = null!;

    public LivePerson Screen { get; private set; } = null!;

    /// <summary>Does nothing wrong, and is not to be harmed.</summary>
    public LivePerson Bystander { get; private set; } = null!;

    /// <summary>An idea of the bystander's that is shown.</summary>
    public string Idea { get; private set; } = "";

    public string Ballot { get; private set; } = "";

    public async Task InitializeAsync()
    {
        await Server.InitializeAsync();
        (Room, Other) = (await Server.OpenRoomAsync(new NewRoom("retrospective", Moderation: "open")), await Server.OpenRoomAsync());
        await Room.DoAsync(Room.Facilitator, "change-settings", new { @private = false });
        (Participant, Screen, Bystander) = (await Room.JoinAsync(), await Room.ScreenAsync(), await Room.JoinAsync());
        Idea = await Room.WriteAsync(Bystander, "An idea of the bystander's");
        Ballot = await Room.OpenBallotAsync();
        await Room.AllSeeAsync(Participant, Screen, Bystander);
    }

    public LivePerson Who(string seat) => seat switch { "facilitator" => Room.Facilitator, "screen" => Screen, _ => Participant };

    /// <summary>Sends what may be no command at all, and returns the code and the sentence of the answer.</summary>
    public async Task<(string? Code, string? Message)> SubmitAsync(LivePerson person, string json)
    {
        var text = json.Replace("BOARD", Room.Board, StringComparison.Ordinal).Replace("OTHER", Other.Board, StringComparison.Ordinal).Replace("LANE", Room.Lane, StringComparison.Ordinal)
            .Replace("IDEA", Idea, StringComparison.Ordinal).Replace("BALLOT", Ballot, StringComparison.Ordinal).Replace("STEP", Room.Facilitator.Workshop!.Steps![1].Step, StringComparison.Ordinal);
        using var answer = JsonDocument.Parse(await person.InvokeAsync("Submit", $"[{text}]"));
        return (answer.RootElement.TryGetProperty("code", out var code) ? code.GetString() : null, answer.RootElement.TryGetProperty("message", out var message) ? message.GetString() : null);
    }

    /// <summary>Refused with this code and one clear sentence, and nothing is journaled.</summary>
    public async Task IsRefusedAsync(string seat, string json, string expected)
    {
        var (person, events) = (Who(seat), Server.Events);
        var (connects, theirs) = (person.Counters.Connects, Bystander.Counters.Connects);
        var (code, message) = await SubmitAsync(person, json);
        Assert.Equal(expected, code);
        Assert.Matches("^[A-Z][^\n]*\\.$", message);
        Assert.Equal(events, Server.Events);
        Assert.Equal((connects, theirs), (person.Counters.Connects, Bystander.Counters.Connects));
    }

    public async Task DisposeAsync()
    {
        await Room.AllSeeAsync(Participant, Screen, Bystander);
        await Room.DisposeAsync();
        await Other.DisposeAsync();
        await Server.DisposeAsync();
    }
}

/// <summary>PROTOCOL C1, P8: whatever is sent as a command is answered by a stable code and changes nothing.</summary>
public sealed class CommandTests(SharedRoom shared) : IClassFixture<SharedRoom>
{
    private static readonly string Long = new('x', 1001);

    public static TheoryData<string, string, string, string> Wrong => new()
    {
        { "a text", "participant", "\"add-idea\"", "malformed" },
        { "a number", "participant", "5", "malformed" },
        { "null", "participant", "null", "malformed" },
        { "a list", "participant", "[{}]", "malformed" },
        { "an empty object", "participant", "{}", "malformed" },
        { "no command id", "participant", """{"board":"BOARD","type":"add-idea","idea":"i","lane":"LANE","text":"x"}""", "malformed" },
        { "an empty command id", "participant", """{"command":"","board":"BOARD","type":"add-idea","idea":"i","lane":"LANE","text":"x"}""", "malformed" },
        { "a command id with a blank", "participant", """{"command":"a b","board":"BOARD","type":"add-idea","idea":"i","lane":"LANE","text":"x"}""", "malformed" },
        { "a command id that is too long", "participant", """{"command":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","board":"BOARD","type":"add-idea","idea":"i","lane":"LANE","text":"x"}""", "malformed" },
        { "a command id that is a number", "participant", """{"command":1,"board":"BOARD","type":"add-idea","idea":"i","lane":"LANE","text":"x"}""", "malformed" },
        { "half a character as command id", "participant", """{"command":"\ud800","board":"BOARD","type":"add-idea","idea":"i","lane":"LANE","text":"x"}""", "malformed" },
        { "no type", "participant", """{"command":"c","board":"BOARD"}""", "malformed" },
        { "a type that is a list", "participant", """{"command":"c","board":"BOARD","type":["add-idea"]}""", "malformed" },
        { "half a character as type", "participant", """{"command":"c","board":"BOARD","type":"\udfff"}""", "malformed" },
        { "an unknown type", "participant", """{"command":"c","board":"BOARD","type":"explode"}""", "command-unknown" },
        { "the type of an event", "participant", """{"command":"c","board":"BOARD","type":"idea-added"}""", "command-unknown" },
        { "the type in another case", "participant", """{"command":"c","board":"BOARD","type":"Add-Idea"}""", "command-unknown" },
        { "no board", "participant", """{"command":"c","type":"add-idea","idea":"i","lane":"LANE","text":"x"}""", "malformed" },
        { "a board that is a number", "participant", """{"command":"c","board":7,"type":"add-idea","idea":"i","lane":"LANE","text":"x"}""", "malformed" },
        { "half a character as board", "participant", """{"command":"c","board":"\ud800","type":"add-idea","idea":"i","lane":"LANE","text":"x"}""", "malformed" },
        { "a board that there is not", "participant", """{"command":"c","board":"nowhere","type":"add-idea","idea":"i","lane":"LANE","text":"x"}""", "board-missing" },
        { "a board of another workshop", "participant", """{"command":"c","board":"OTHER","type":"add-idea","idea":"i","lane":"LANE","text":"x"}""", "board-missing" },
        { "a board of another workshop, by a facilitator", "facilitator", """{"command":"c","board":"OTHER","type":"open-writing"}""", "board-missing" },
        { "no text", "participant", """{"command":"c","board":"BOARD","type":"add-idea","idea":"i","lane":"LANE"}""", "malformed" },
        { "null as text", "participant", """{"command":"c","board":"BOARD","type":"add-idea","idea":"i","lane":"LANE","text":null}""", "malformed" },
        { "a number as text", "participant", """{"command":"c","board":"BOARD","type":"add-idea","idea":"i","lane":"LANE","text":1}""", "malformed" },
        { "an object as text", "participant", """{"command":"c","board":"BOARD","type":"add-idea","idea":"i","lane":"LANE","text":{"a":1}}""", "malformed" },
        { "half a character as text", "participant", """{"command":"c","board":"BOARD","type":"add-idea","idea":"i","lane":"LANE","text":"\ud800"}""", "malformed" },
        { "an empty text", "participant", """{"command":"c","board":"BOARD","type":"add-idea","idea":"i","lane":"LANE","text":""}""", "empty-text" },
        { "a blank text", "participant", """{"command":"c","board":"BOARD","type":"add-idea","idea":"i","lane":"LANE","text":" \n\t "}""", "empty-text" },
        { "a text that is too long", "participant", $$"""{"command":"c","board":"BOARD","type":"add-idea","idea":"i","lane":"LANE","text":"{{Long}}"}""", "too-large" },
        { "a language that is too long", "participant", """{"command":"c","board":"BOARD","type":"add-idea","idea":"i","lane":"LANE","text":"x","language":"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"}""", "too-large" },
        { "an idea id that is none", "participant", """{"command":"c","board":"BOARD","type":"add-idea","idea":"../i","lane":"LANE","text":"x"}""", "malformed" },
        { "an idea id that someone else used", "participant", """{"command":"c","board":"BOARD","type":"add-idea","idea":"IDEA","lane":"LANE","text":"x"}""", "id-taken" },
        { "a lane that there is not", "participant", """{"command":"c","board":"BOARD","type":"add-idea","idea":"i","lane":"nowhere","text":"x"}""", "lane-missing" },
        { "an edit of someone else's idea", "participant", """{"command":"c","board":"BOARD","type":"edit-idea","idea":"IDEA","text":"mine"}""", "idea-missing" },
        { "a withdrawal of someone else's idea", "participant", """{"command":"c","board":"BOARD","type":"withdraw-idea","idea":"IDEA"}""", "idea-missing" },
        { "a withdrawal, by a facilitator", "facilitator", """{"command":"c","board":"BOARD","type":"withdraw-idea","idea":"IDEA"}""", "not-allowed" },
        { "a vote, by a facilitator", "facilitator", """{"command":"c","board":"BOARD","type":"cast-vote","ballot":"BALLOT","idea":"IDEA","dots":1}""", "not-allowed" },
        { "dots as text", "participant", """{"command":"c","board":"BOARD","type":"cast-vote","ballot":"BALLOT","idea":"IDEA","dots":"1"}""", "malformed" },
        { "half a dot", "participant", """{"command":"c","board":"BOARD","type":"cast-vote","ballot":"BALLOT","idea":"IDEA","dots":0.5}""", "malformed" },
        { "dots without end", "participant", """{"command":"c","board":"BOARD","type":"cast-vote","ballot":"BALLOT","idea":"IDEA","dots":1e99}""", "malformed" },
        { "dots below nothing", "participant", """{"command":"c","board":"BOARD","type":"cast-vote","ballot":"BALLOT","idea":"IDEA","dots":-1}""", "malformed" },
        { "more dots than one idea gets", "participant", """{"command":"c","board":"BOARD","type":"cast-vote","ballot":"BALLOT","idea":"IDEA","dots":4}""", "most-per-idea" },
        { "a vote in a ballot that there is not", "participant", """{"command":"c","board":"BOARD","type":"cast-vote","ballot":"b","idea":"IDEA","dots":1}""", "ballot-missing" },
        { "a vote for nothing", "participant", """{"command":"c","board":"BOARD","type":"cast-vote","ballot":"BALLOT","idea":"nothing","dots":1}""", "idea-missing" },
        { "a vote under another's voter key", "participant", """{"command":"c","board":"BOARD","type":"cast-vote","ballot":"b","idea":"IDEA","dots":1,"voter":"v","by":"v"}""", "ballot-missing" },
        { "a second ballot", "facilitator", """{"command":"c","board":"BOARD","type":"open-ballot","ballot":"b","budget":5,"mostPerIdea":1,"counts":"live","anonymous":false}""", "ballot-still-open" },
        { "a ballot without how it counts", "facilitator", """{"command":"c","board":"BOARD","type":"open-ballot","ballot":"b","budget":5,"mostPerIdea":1}""", "malformed" },
        { "results of a ballot that is open", "facilitator", """{"command":"c","board":"BOARD","type":"reveal-results","ballot":"BALLOT"}""", "ballot-open" },
        { "a colour that there is not", "facilitator", """{"command":"c","board":"BOARD","type":"add-theme","theme":"t","title":"Green","colour":12}""", "malformed" },
        { "a theme's title that is too long", "facilitator", $$"""{"command":"c","board":"BOARD","type":"add-theme","theme":"t","title":"{{Long[..81]}}","colour":1}""", "too-large" },
        { "a reason that is too long", "facilitator", $$"""{"command":"c","board":"BOARD","type":"hide-idea","idea":"IDEA","reason":"{{Long[..201]}}"}""", "too-large" },
        { "hiding without a reason", "facilitator", """{"command":"c","board":"BOARD","type":"hide-idea","idea":"IDEA","reason":""}""", "empty-text" },
        { "a moderation as number", "facilitator", """{"command":"c","board":"BOARD","type":"change-settings","moderation":1}""", "malformed" },
        { "a moderation that there is not", "facilitator", """{"command":"c","board":"BOARD","type":"change-settings","moderation":"none"}""", "malformed" },
        { "an idea merged into itself", "facilitator", """{"command":"c","board":"BOARD","type":"merge-idea","idea":"IDEA","into":"IDEA"}""", "merge-circle" },
        { "an undo of nothing", "facilitator", """{"command":"c","board":"BOARD","type":"undo","undo":"nothing"}""", "undo-missing" },
        { "approving what does not wait", "facilitator", """{"command":"c","board":"BOARD","type":"approve-idea","idea":"IDEA"}""", "idea-not-waiting" },
        { "a step that there is not", "facilitator", """{"command":"c","type":"go-to-step","step":"nowhere"}""", "step-missing" },
        { "a timer of no time", "facilitator", """{"command":"c","type":"start-timer","durationMs":0}""", "malformed" },
        { "a timer of a text", "facilitator", """{"command":"c","type":"start-timer","durationMs":"long"}""", "malformed" },
        { "time for no timer", "facilitator", """{"command":"c","type":"add-time","ms":1000}""", "timer-not-running" },
        { "a title that is too long", "facilitator", $$"""{"command":"c","type":"edit-details","title":"{{Long[..121]}}"}""", "too-large" },
        { "a link that there is not", "facilitator", """{"command":"c","type":"renew-link","link":"participants"}""", "malformed" },
        { "a seat that is no id", "facilitator", """{"command":"c","type":"revoke-seat","seat":"a b"}""", "malformed" },
        { "a command of the workshop for a board", "facilitator", """{"command":"c","board":"BOARD","type":"close-workshop"}""", "command-unknown" },
        { "a command of a person's own stream", "facilitator", """{"command":"c","board":"BOARD","type":"forget"}""", "command-unknown" },
        { "a command of a code", "facilitator", """{"command":"c","type":"claim-code","workshop":"w"}""", "command-unknown" },
    };

    [Theory, MemberData(nameof(Wrong))] // C1, P8
    public Task A_wrong_command_is_refused_by_a_code_and_changes_nothing(string what, string seat, string json, string code)
    {
        Assert.NotEmpty(what);
        return shared.IsRefusedAsync(seat, json, code);
    }

    /// <summary>Each command that only facilitators may send, with fields that would be accepted from one.</summary>
    public static TheoryData<string> OfFacilitators =>
    [
        """{"command":"c","board":"BOARD","type":"approve-idea","idea":"IDEA"}""",
        """{"command":"c","board":"BOARD","type":"hide-idea","idea":"IDEA","reason":"x"}""",
        """{"command":"c","board":"BOARD","type":"show-idea","idea":"IDEA"}""",
        """{"command":"c","board":"BOARD","type":"move-idea","idea":"IDEA","lane":"LANE"}""",
        """{"command":"c","board":"BOARD","type":"theme-idea","idea":"IDEA"}""",
        """{"command":"c","board":"BOARD","type":"merge-idea","idea":"IDEA","into":"other"}""",
        """{"command":"c","board":"BOARD","type":"unmerge-idea","idea":"IDEA"}""",
        """{"command":"c","board":"BOARD","type":"add-theme","theme":"t","title":"Green","colour":1}""",
        """{"command":"c","board":"BOARD","type":"merge-themes","theme":"t","into":"u"}""",
        """{"command":"c","board":"BOARD","type":"split-theme","theme":"t","part":"u","title":"Green","colour":1,"ideas":["IDEA"]}""",
        """{"command":"c","board":"BOARD","type":"accept-themes","themes":[{"theme":"t","title":"Green","colour":1,"ideas":["IDEA"]}]}""",
        """{"command":"c","board":"BOARD","type":"keep-apart","idea":"IDEA","other":"o"}""",
        """{"command":"c","board":"BOARD","type":"approve-theme","theme":"t"}""",
        """{"command":"c","board":"BOARD","type":"set-subject","text":"x"}""",
        """{"command":"c","board":"BOARD","type":"set-plan","idea":"IDEA","state":"done"}""",
        """{"command":"c","board":"BOARD","type":"show-on-screen","view":"cloud"}""",
        """{"command":"c","board":"BOARD","type":"cast-proxy-vote","proxy":"p","ballot":"BALLOT","idea":"IDEA","dots":1}""",
        """{"command":"c","type":"change-charter","charter":1,"principles":[]}""",
        """{"command":"c","type":"add-proxy","proxy":"p","label":"Table 3"}""",
        """{"command":"c","board":"BOARD","type":"rename-theme","theme":"t","title":"Green"}""",
        """{"command":"c","board":"BOARD","type":"remove-theme","theme":"t"}""",
        """{"command":"c","board":"BOARD","type":"add-lane","lane":"l","title":"Lane"}""",
        """{"command":"c","board":"BOARD","type":"rename-lane","lane":"LANE","title":"Lane"}""",
        """{"command":"c","board":"BOARD","type":"remove-lane","lane":"LANE"}""",
        """{"command":"c","board":"BOARD","type":"change-settings","private":true}""",
        """{"command":"c","board":"BOARD","type":"open-writing"}""",
        """{"command":"c","board":"BOARD","type":"close-writing"}""",
        """{"command":"c","board":"BOARD","type":"reveal-ideas"}""",
        """{"command":"c","board":"BOARD","type":"open-ballot","ballot":"b","budget":5,"mostPerIdea":1,"counts":"live","anonymous":false}""",
        """{"command":"c","board":"BOARD","type":"close-ballot","ballot":"BALLOT"}""",
        """{"command":"c","board":"BOARD","type":"reveal-results","ballot":"BALLOT"}""",
        """{"command":"c","board":"BOARD","type":"undo","undo":"c"}""",
        """{"command":"c","type":"go-to-step","step":"STEP"}""",
        """{"command":"c","type":"start-timer","durationMs":60000}""",
        """{"command":"c","type":"add-time","ms":1000}""",
        """{"command":"c","type":"pause-timer"}""",
        """{"command":"c","type":"resume-timer"}""",
        """{"command":"c","type":"stop-timer"}""",
        """{"command":"c","type":"edit-details","title":"Mine"}""",
        """{"command":"c","type":"renew-link","link":"screen"}""",
        """{"command":"c","type":"revoke-seat","seat":"someone"}""",
        """{"command":"c","type":"close-workshop"}""",
    ];

    [Theory, MemberData(nameof(OfFacilitators))] // C1, P6
    public async Task A_facilitators_command_is_not_for_participants_nor_for_screens(string json)
    {
        // Some rooms may sort ideas too (G1); this one may not.
        await shared.IsRefusedAsync("participant", json, json.Contains("\"theme-idea\"", StringComparison.Ordinal) || json.Contains("\"add-theme\"", StringComparison.Ordinal) ? "sorting-closed" : "not-allowed");
        await shared.IsRefusedAsync("screen", json, "not-allowed");
    }

    [Theory] // C1
    [InlineData("""{"command":"c","board":"BOARD","type":"add-idea","idea":"i","lane":"LANE","text":"x"}""")]
    [InlineData("""{"command":"c","board":"BOARD","type":"edit-idea","idea":"IDEA","text":"x"}""")]
    [InlineData("""{"command":"c","board":"BOARD","type":"withdraw-idea","idea":"IDEA"}""")]
    [InlineData("""{"command":"c","board":"BOARD","type":"cast-vote","ballot":"BALLOT","idea":"IDEA","dots":1}""")]
    public Task A_screen_shows_and_sends_nothing(string json) => shared.IsRefusedAsync("screen", json, "not-allowed");

    [Theory] // P6: what only the server itself asks
    [InlineData("""{"command":"c","board":"BOARD","type":"open-board","workshop":"w","step":"s","kind":"ideas","settings":{"moderation":"open","private":false,"anonymous":true},"lanes":[]}""")]
    [InlineData("""{"command":"c","board":"BOARD","type":"close-board"}""")]
    [InlineData("""{"command":"c","board":"BOARD","type":"forget-author","author":"someone","removeIdeas":true}""")]
    [InlineData("""{"command":"c","board":"BOARD","type":"expunge-text","idea":"IDEA"}""")]
    [InlineData("""{"command":"c","type":"create-workshop","title":"t","purpose":"","language":"en","code":"ABCDEF","template":"blank","anonymous":true,"charter":[],"roles":[],"questions":[],"steps":[]}""")]
    [InlineData("""{"command":"c","type":"seat-facilitator","facilitator":"me","name":"Me"}""")]
    public async Task What_only_the_server_itself_asks_is_refused_from_every_seat(string json)
    {
        foreach (var seat in new[] { "participant", "screen", "facilitator" }) await shared.IsRefusedAsync(seat, json, "not-allowed");
    }

    [Theory] // L2
    [InlineData("[\"nowhere\",0,0]", "board-missing")]
    [InlineData("[\"OTHER\",0,0]", "board-missing")]
    [InlineData("[\"../..\",0,0]", "malformed")]
    [InlineData("[\"\",0,0]", "malformed")]
    public async Task A_board_that_is_not_the_workshops_cannot_be_watched(string arguments, string code)
    {
        var answer = await shared.Participant.InvokeAsync("Watch", arguments.Replace("OTHER", shared.Other.Board, StringComparison.Ordinal));
        Assert.Equal(code, SeatTests.CodeOf(answer));
    }

    [Theory] // L3: SignalR's own answer, to this one call
    [InlineData("Explode", "[]")]
    [InlineData("OnConnectedAsync", "[]")]
    [InlineData("Submit", "[]")]
    [InlineData("Submit", "[{},{}]")]
    [InlineData("Watch", "[5,0,0]")]
    [InlineData("Watch", "[null,0,0]")]
    [InlineData("Watch", "[\"b\",\"zero\",0]")]
    public async Task An_unknown_hub_method_or_wrong_arguments_are_an_error_and_the_connection_lives(string target, string arguments)
    {
        var (events, connects) = (shared.Server.Events, shared.Participant.Counters.Connects);
        var error = await Record.ExceptionAsync(() => shared.Participant.InvokeAsync(target, arguments));
        if (error is not null) Assert.IsType<HubErrorException>(error);
        else Assert.Equal("malformed", SeatTests.CodeOf(await shared.Participant.InvokeAsync(target, arguments)));
        await shared.Room.AllSeeAsync(shared.Participant, shared.Bystander);
        Assert.Equal((events + 1, connects), (shared.Server.Events, shared.Participant.Counters.Connects));
    }

    [Theory] // L7
    [InlineData("not a message\u001e")]
    [InlineData("{}\u001e")]
    [InlineData("[]\u001e")]
    [InlineData("{\"type\":\u001e")]
    [InlineData("{\"type\":\"one\"}\u001e")]
    [InlineData("{\"type\":1,\"target\":5}\u001e")]
    [InlineData("\u001e\u001e\u001e")]
    public async Task What_is_no_message_closes_its_own_connection_only(string raw)
    {
        var (events, connects, theirs) = (shared.Server.Events, shared.Participant.Counters.Connects, shared.Bystander.Counters.Connects);
        shared.Participant.SendRaw(Encoding.UTF8.GetBytes(raw));
        await shared.Participant.WaitForAsync(person => person.Counters.Connects > connects);
        await shared.Room.AllSeeAsync(shared.Participant, shared.Bystander, shared.Screen);
        Assert.Equal((events + 1, theirs), (shared.Server.Events, shared.Bystander.Counters.Connects));
    }

    [Theory, InlineData(33_000), InlineData(1_000_000)] // L7
    public async Task A_message_over_32_KiB_closes_its_own_connection_only(int size)
    {
        var (events, connects, theirs) = (shared.Server.Events, shared.Participant.Counters.Connects, shared.Bystander.Counters.Connects);
        var command = Commands.AddIdea(shared.Room.Board, Ids.New(), shared.Room.Lane, new string('x', size));
        shared.Participant.SendRaw([.. "{\"type\":1,\"invocationId\":\"big\",\"target\":\"Submit\",\"arguments\":["u8, .. command.Json, .. "]}\u001e"u8]);
        await shared.Participant.WaitForAsync(person => person.Counters.Connects > connects);
        await shared.Room.AllSeeAsync(shared.Participant, shared.Bystander, shared.Screen);
        Assert.Equal((events + 1, theirs), (shared.Server.Events, shared.Bystander.Counters.Connects));
    }

    [Fact] // C2
    public async Task A_refused_command_leaves_no_trace_and_its_id_can_be_used_again()
    {
        var id = Ids.New();
        var (code, _) = await shared.SubmitAsync(shared.Participant, $$"""{"command":"{{id}}","board":"BOARD","type":"add-idea","idea":"{{id}}","lane":"LANE","text":""}""");
        Assert.Equal("empty-text", code);
        (code, _) = await shared.SubmitAsync(shared.Participant, $$"""{"command":"{{id}}","board":"BOARD","type":"add-idea","idea":"{{id}}","lane":"LANE","text":"Now with a text"}""");
        Assert.Null(code);
        Assert.Single(shared.Server.Journal(), row => row.Command == id);
    }
}
