using System.Net;
using System.Text;
using LiveCoCreate.Live.Seats;
using LiveCoCreate.Wire;
using LiveCoCreate.Wire.Seats;

namespace LiveCoCreate.Live.BadInput;

/// <summary>P8 over HTTP: a status, a code and a sentence for whatever is sent, never a 500.</summary>
public sealed class HttpTests(SharedRoom shared) : IClassFixture<SharedRoom>
{
    private const string Workshop = "\"title\":\"Our street\",\"language\":\"en\",\"template\":\"blank\",\"request\":\"r\"";
    private static readonly string Long = new('x', 1001);

    public static TheoryData<string, string, int, string> Bodies => new()
    {
        { "api/workshops", "", 400, "malformed" },
        { "api/workshops", "null", 400, "malformed" },
        { "api/workshops", "{", 400, "malformed" },
        { "api/workshops", "[]", 400, "malformed" },
        { "api/workshops", "\"x\"", 400, "malformed" },
        { "api/workshops", "{}", 400, "malformed" },
        { "api/workshops", """{"title":"\ud800","language":"en","template":"blank","request":"r"}""", 400, "malformed" },
        { "api/workshops", """{"title":null,"language":"en","template":"blank","request":"r"}""", 400, "malformed" },
        { "api/workshops", """{"title":"x","language":"fr","template":"blank","request":"r"}""", 400, "malformed" },
        { "api/workshops", """{"title":"x","language":"en","template":"blank","request":"a b"}""", 400, "malformed" },
        { "api/workshops", """{"title":"x","language":"en","template":"none","request":"r"}""", 404, "template-missing" },
        { "api/workshops", """{"title":" ","language":"en","template":"blank","request":"r"}""", 400, "empty-text" },
        { "api/workshops", $$"""{"title":"{{Long}}","language":"en","template":"blank","request":"r"}""", 413, "too-large" },
        { "api/workshops", $$"""{{{Workshop}},"purpose":"{{Long}}"}""", 413, "too-large" },
        { "api/workshops", $$"""{{{Workshop}},"facilitator":"{{Long}}"}""", 413, "too-large" },
        { "api/workshops", $$"""{{{Workshop}},"roles":[null]}""", 400, "malformed" },
        { "api/workshops", $$"""{{{Workshop}},"roles":["a",5]}""", 400, "malformed" },
        { "api/workshops", "{" + Workshop + ",\"roles\":{}}", 400, "malformed" },
        { "api/workshops", $$"""{{{Workshop}},"roles":["1","2","3","4","5","6","7","8","9","10","11","12","13"]}""", 413, "too-large" },
        { "api/workshops", $$"""{{{Workshop}},"charter":[null]}""", 400, "malformed" },
        { "api/workshops", $$"""{{{Workshop}},"charter":["{{Long}}"]}""", 413, "too-large" },
        { "api/workshops", $$"""{{{Workshop}},"questions":[null]}""", 400, "malformed" },
        { "api/workshops", $$"""{{{Workshop}},"questions":[{"title":"Age"}]}""", 400, "malformed" },
        { "api/workshops", $$"""{{{Workshop}},"questions":[{"title":"Age","options":null}]}""", 400, "malformed" },
        { "api/workshops", $$"""{{{Workshop}},"questions":[{"title":"Age","options":[]}]}""", 400, "empty-text" },
        { "api/workshops", $$"""{{{Workshop}},"questions":[{"title":"Age","options":[null]}]}""", 400, "malformed" },
        { "api/workshops", $$"""{{{Workshop}},"questions":[{"title":"Age","options":[" "]}]}""", 400, "empty-text" },
        { "api/workshops", $$"""{{{Workshop}},"questions":[{"title":"{{Long}}","options":["a"]}]}""", 413, "too-large" },
        { "api/workshops", $$"""{{{Workshop}},"moderation":"none"}""", 400, "malformed" },
        { "api/workshops", $$"""{{{Workshop}},"anonymous":"yes"}""", 400, "malformed" },
        { "api/codes/CODE/join", "", 400, "malformed" },
        { "api/codes/CODE/join", "{}", 400, "malformed" },
        { "api/codes/CODE/join", """{"request":"r"}""", 400, "malformed" },
        { "api/codes/CODE/join", """{"request":"","agreed":true}""", 400, "malformed" },
        { "api/codes/CODE/join", """{"request":"r","agreed":false}""", 409, "charter-not-agreed" },
        { "api/codes/CODE/join", """{"request":"r","agreed":"yes"}""", 400, "malformed" },
        { "api/codes/CODE/join", """{"request":"r","agreed":true,"roles":"all"}""", 400, "malformed" },
        { "api/codes/CODE/join", """{"request":"r","agreed":true,"answers":[]}""", 400, "malformed" },
        { "api/codes/CODE/join", """{"request":"r","agreed":true,"answers":{"q1":5}}""", 400, "malformed" },
        { "api/codes/CODE/join", $$"""{"request":"r","agreed":true,"alias":"{{Long}}"}""", 413, "too-large" },
        { "api/codes/CODE/join", $$"""{"request":"r","agreed":true,"language":"{{Long}}"}""", 413, "too-large" },
        { "api/codes/ZZZZZZ/join", """{"request":"r","agreed":true}""", 404, "code-unknown" },
        { "api/codes/%20/join", """{"request":"r","agreed":true}""", 404, "code-unknown" },
        { "api/seats", "{}", 400, "malformed" },
        { "api/seats", """{"workshop":"WORKSHOP","kind":"screen"}""", 400, "malformed" },
        { "api/seats", """{"workshop":"WORKSHOP","kind":"screen","secret":null}""", 400, "malformed" },
        { "api/seats", """{"workshop":"WORKSHOP","kind":"king","secret":"s"}""", 400, "malformed" },
        { "api/seats", """{"workshop":"WORKSHOP","kind":"system","secret":"s"}""", 400, "malformed" },
        { "api/seats", """{"workshop":"../","kind":"screen","secret":"s"}""", 400, "malformed" },
        { "api/seats", """{"workshop":"nowhere","kind":"screen","secret":"s"}""", 404, "workshop-missing" },
        { "api/seats", """{"workshop":"WORKSHOP","kind":"screen","secret":"s","request":"a b"}""", 400, "malformed" },
        { "api/seats", """{"workshop":"WORKSHOP","kind":"screen","secret":"s"}""", 401, "link-ended" },
        { "api/workshops/WORKSHOP/forget?as=participant", "", 400, "malformed" },
        { "api/workshops/WORKSHOP/forget?as=participant", """{"ideas":"maybe"}""", 400, "malformed" },
        { "api/workshops/WORKSHOP/forget?as=participant", """{"ideas":5}""", 400, "malformed" },
        { "api/workshops/WORKSHOP/forget?as=nobody", "{}", 400, "malformed" },
        { "api/workshops/WORKSHOP/forget", "{}", 400, "malformed" },
        { "api/workshops/nowhere/forget?as=participant", "{}", 401, "seat-missing" },
        { "live/negotiate", "", 400, "malformed" },
        { "live/negotiate?workshop=WORKSHOP&as=system", "", 400, "malformed" },
        { "api/nowhere", "{}", 404, "malformed" },
    };

    [Theory, MemberData(nameof(Bodies))] // I5, H2, H4, H5, H12
    public async Task A_wrong_body_is_answered_by_a_status_and_a_code_and_changes_nothing(string path, string body, int status, string code)
    {
        var events = shared.Server.Events;
        // Who holds a seat already gets it whatever else they send (H4), so a stranger joins.
        await using var stranger = shared.Server.Wire.NewPerson();
        var who = path.EndsWith("join", StringComparison.Ordinal) ? stranger : shared.Participant;
        var answer = await who.Browser.SendAsync(HttpMethod.Post, Filled(path), Encoding.UTF8.GetBytes(Filled(body)));
        SeatTests.Refused(answer, (HttpStatusCode)status, code);
        Assert.Equal(events, shared.Server.Events);
    }

    [Theory] // H2: a participant's browser holds a seat, so a stranger asks
    [InlineData("""{"request":"r","agreed":true,"roles":[null,"Nobody knows this role"],"answers":{"q9":"x"}}""")]
    [InlineData("""{"request":"r","agreed":true,"roles":null,"answers":null,"alias":null,"language":null,"more":{"unknown":[1]}}""")]
    public async Task What_is_unknown_in_a_body_is_ignored(string body)
    {
        await using var stranger = shared.Server.Wire.NewPerson();
        Assert.Equal(HttpStatusCode.OK, (await stranger.Browser.SendAsync(HttpMethod.Post, Filled("api/codes/CODE/join"), Encoding.UTF8.GetBytes(body))).Status);
    }

    public static TheoryData<string, int, string> Gets => new()
    {
        { "api/codes/x", 404, "code-unknown" },
        { "api/codes/OOOOOO", 404, "code-unknown" },
        { "api/codes/%F0%9F%8C%B3", 404, "code-unknown" },
        { "api/codes/x/qr.svg", 404, "code-unknown" },
        { "api/workshops/WORKSHOP", 400, "malformed" },
        { "api/workshops/WORKSHOP?as=", 400, "malformed" },
        { "api/workshops/WORKSHOP?as=participant&as=participant", 400, "malformed" },
        { "api/workshops/a%20b?as=participant", 400, "malformed" },
        { "api/workshops/nowhere?as=participant", 401, "seat-missing" },
        { "api/workshops/WORKSHOP/me?as=king", 400, "malformed" },
        { "api/boards/BOARD", 400, "malformed" },
        { "api/boards/BOARD?workshop=WORKSHOP", 400, "malformed" },
        { "api/boards/nowhere?workshop=WORKSHOP&as=participant", 404, "board-missing" },
        { "api/boards/a%20b?workshop=WORKSHOP&as=participant", 404, "board-missing" },
        { "api/boards/nowhere/timeline?workshop=WORKSHOP&as=participant", 404, "board-missing" },
        { "api/boards/BOARD/replay?workshop=WORKSHOP&as=participant", 400, "malformed" },
        { "api/boards/BOARD/replay?workshop=WORKSHOP&as=participant&at=", 400, "malformed" },
        { "api/boards/BOARD/replay?workshop=WORKSHOP&as=participant&at=soon", 400, "malformed" },
        { "api/boards/BOARD/replay?workshop=WORKSHOP&as=participant&at=1.5", 400, "malformed" },
        { "api/boards/BOARD/replay?workshop=WORKSHOP&as=participant&at=99999999999999999999", 400, "malformed" },
        { "api/boards/BOARD/replay?workshop=WORKSHOP&as=participant&at=9223372036854775807", 400, "malformed" },
        { "api/boards/BOARD/replay?workshop=WORKSHOP&as=participant&at=1&at=2", 400, "malformed" },
        { "api/boards/BOARD/replay/opinions?workshop=WORKSHOP&as=participant", 400, "malformed" },
        { "api/boards/BOARD/replay/opinions?workshop=WORKSHOP&as=participant&at=soon", 400, "malformed" },
        { "api/boards/nowhere/replay/opinions?workshop=WORKSHOP&as=participant&at=1", 404, "board-missing" },
        { "api/boards/BOARD/replay/frames?workshop=WORKSHOP&as=participant", 400, "malformed" },
        { "api/boards/BOARD/replay/frames?workshop=WORKSHOP&as=participant&since=x&until=1", 400, "malformed" },
        { "api/boards/BOARD/replay/frames?workshop=WORKSHOP&as=participant&since=0&until=1&most=many", 400, "malformed" },
        { "live", 400, "malformed" },
        { "live?workshop=WORKSHOP", 400, "malformed" },
        { "live?workshop=a%20b&as=participant", 400, "malformed" },
        { "api/nowhere", 404, "malformed" },
    };

    [Theory, MemberData(nameof(Gets))] // I5, H3, H7, H10, H11
    public async Task A_nonsense_address_is_answered_by_a_status_and_a_code(string path, int status, string code) =>
        SeatTests.Refused(await shared.Participant.Browser.GetAsync(Filled(path)), (HttpStatusCode)status, code);

    [Theory] // H11
    [InlineData("at=-62000000000000000", false)]
    [InlineData("at=-1", true)]
    [InlineData("at=0", true)]
    [InlineData("at=252999999999999", true)]
    public async Task A_moment_long_before_or_after_is_a_moment(string query, bool ok)
    {
        foreach (var path in new[] { "replay", "replay/opinions" })
        {
            var answer = await shared.Participant.Browser.GetAsync(Filled($"api/boards/BOARD/{path}?workshop=WORKSHOP&as=participant&{query}"));
            Assert.Equal(ok ? HttpStatusCode.OK : HttpStatusCode.BadRequest, answer.Status);
        }
    }

    [Theory] // H11
    [InlineData("since=-5&until=9000000000000")]
    [InlineData("since=9000000000&until=9000000000000")]
    [InlineData("since=3&until=0")]
    [InlineData("since=0&until=9000000000000&most=0")]
    [InlineData("since=0&until=9000000000000&most=-7")]
    [InlineData("since=0&until=9000000000000&most=1000000000000")]
    public async Task Frames_from_nowhere_to_nowhere_are_none_or_some(string query) =>
        Assert.Equal(HttpStatusCode.OK, (await shared.Participant.Browser.GetAsync(Filled($"api/boards/BOARD/replay/frames?workshop=WORKSHOP&as=participant&{query}"))).Status);

    [Theory, InlineData(262_145), InlineData(300_000)] // P8
    public async Task A_body_that_is_too_large_is_refused(int size)
    {
        var answer = await shared.Participant.Browser.PostAsync("api/workshops", new NewWorkshop(new string('x', size)));
        SeatTests.Refused(answer, HttpStatusCode.RequestEntityTooLarge, "too-large");
    }

    public static TheoryData<int, bool, bool> Bodies413 => new()
    {
        { 300_000, false, false }, { 5_000_000, false, false }, { 20_000_000, false, false },
        { 300_000, true, false }, { 5_000_000, true, false }, { 5_000_000, false, true },
    };

    [Theory, MemberData(nameof(Bodies413))] // P8: not a broken pipe
    public async Task Who_sends_megabytes_reads_the_refusal_and_is_answered_again(int size, bool chunked, bool expectContinue)
    {
        using var client = new HttpClient { BaseAddress = shared.Server.Address };
        for (var attempt = 0; attempt < 3; attempt++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "api/workshops") { Content = new ByteArrayContent(new byte[size]) };
            request.Content.Headers.ContentType = new("application/json");
            request.Headers.TransferEncodingChunked = chunked;
            request.Headers.ExpectContinue = expectContinue;
            using var answer = await client.SendAsync(request);
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
            Assert.Contains("\"too-large\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            Assert.True((await client.GetAsync(new Uri("healthz", UriKind.Relative))).IsSuccessStatusCode);
        }
    }

    private string Filled(string text) => text.Replace("WORKSHOP", shared.Room.Workshop, StringComparison.Ordinal)
        .Replace("BOARD", shared.Room.Board, StringComparison.Ordinal).Replace("CODE", shared.Room.Code, StringComparison.Ordinal);
}
