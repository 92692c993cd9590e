using LiveCoCreate.Wire;
using LiveCoCreate.Wire.Boards;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LiveCoCreate.Browser;

/// <summary>A pulse, opinions and a pilot as they are lived, at the desk, on a phone and on the screen. With SHOTS=FOLDER in the environment it also keeps pictures.</summary>
[Collection("house of votes")]
public sealed class StepKinds(House house)
{
    private sealed record Texts(string Feel, string[] Options, string OneWord, string[] Answers, string Street, string[] Statements, string[] Lanes, string Concept, string[] Reactions);

    private static readonly Dictionary<string, Texts> All = new()
    {
        ["he"] = new(
            "איך אתם מרגישים לקראת השינוי?", ["סקרנים", "קצת חוששים", "מוכנים להתחיל", "צריכים עוד מידע"],
            "במילה אחת: איך היה?", ["תקווה", "תקווה", "תקווה!", "שייכות", "עייפות", "שייכות", "אומץ"],
            "איך נחלק את הרחוב?", ["הרחוב הראשי צריך להיות סגור למכוניות בערב אחד בשבוע", "חניה חשובה יותר ממדרכה רחבה", "כל בניין צריך עץ אחד לפחות", "הקו הישיר של האוטובוס יעבור בתוך השכונה, גם אם זה יוסיף חמש דקות"],
            ["מדבר אליי", "מדאיג אותי", "מה ישפר"],
            "ספרייה של כלי עבודה במקלט של הבניין: כל דייר מפקיד כלי אחד, לוקח מה שצריך עד שבוע, ומחזיר נקי. תורנות של שעה בשבוע, ורשימה על הדלת.",
            ["סוף סוף לא אקנה מקדחה לשימוש אחד", "מי מתקן כשמשהו נשבר?", "להוסיף סדנה פעם בחודש", "אפשר גם עגלות תינוק"]),
        ["en"] = new(
            "How do you feel about the change?", ["Curious", "A little worried", "Ready to begin", "In need of more to go on"],
            "In one word: how was it?", ["hope", "Hope", "hope!", "belonging", "tired", "belonging", "courage"],
            "How shall we share the street?", ["The main street should be closed to cars one evening a week", "Parking matters more than a wide pavement", "Every building needs at least one tree", "The direct bus should go through the neighbourhood, even if it takes five minutes more"],
            ["Speaks to me", "Worries me", "Would make it better"],
            "A library of tools in the shelter of the house: everyone lends one tool, takes what they need for up to a week, and brings it back clean. One hour of duty a week, and a list on the door.",
            ["At last I need not buy a drill to use it once", "Who mends what breaks?", "Add a workshop once a month", "Prams would be welcome too"]),
    };

    [Theory, InlineData("he"), InlineData("en")]
    public async Task Each_shows_its_board_in_its_own_way(string language)
    {
        var (words, texts) = (Words.Of(language), All[language]);
        await using var workshop = await house.PrepareAsync(words, new(words == Words.Hebrew ? "הרחוב שלנו" : "Our street", Language: language, Anonymous: true, Facilitator: "Noa"));
        foreach (var step in new object[]
        {
            new { step = "pulse", kind = "pulse", title = words["kinds:kind.pulse"], subject = texts.Feel, lanes = new[] { new { lane = "options", title = "x" } }, @private = false, moderation = "open", after = workshop.Facilitator.Workshop!.Current },
            new { step = "words", kind = "pulse", writing = true, title = words["kinds:kind.pulse"], subject = texts.OneWord, lanes = new[] { new { lane = "words", title = "x" } }, @private = false, moderation = "open", after = "pulse" },
            new { step = "opinion", kind = "opinion", title = words["kinds:kind.opinion"], subject = texts.Street, lanes = new[] { new { lane = "said", title = "x" } }, @private = false, moderation = "open", after = "words" },
            new { step = "pilot", kind = "pilot", title = words["kinds:kind.pilot"], lanes = texts.Lanes.Select((title, at) => new { lane = $"lane{at}", title }), @private = false, moderation = "open", after = "opinion" },
        })
            await workshop.DoInWorkshopAsync("add-step", step);
        await workshop.Facilitator.WaitForAsync(noa => noa.Workshop!.Steps!.Count == 5);
        var crowd = new List<LivePerson>();
        for (var at = 0; at < 7; at++) crowd.Add(await workshop.JoinAsync());

        await using var phone = await house.PhoneAsync(words);
        await phone.TakeSeatsAsync(crowd[0]);
        var drawn = new TaskCompletionSource();
        phone.Page.WebSocket += (_, socket) => socket.FrameReceived += (_, frame) =>
        {
            if (frame.Text?.Contains("\"target\":\"here\"", StringComparison.Ordinal) is true) drawn.TrySetResult();
        };
        await phone.GoAsync($"/room/{workshop.Made.Workshop}");
        await using var noa = await house.LaptopAsync(words);
        await noa.TakeSeatsAsync(workshop.Facilitator);
        await noa.GoAsync($"/facilitate/{workshop.Made.Workshop}");
        await using var hall = await house.ProjectorAsync(words);
        await hall.Page.GotoAsync(workshop.Made.Links.Screen);

        // The kinds there are, each with what it is for.
        await noa.PressAsync("facilitate:agenda.add");
        await noa.Page.GetByRole(AriaRole.Radio, new() { Name = words["kinds:kind.journey"] }).CheckAsync();
        await Expect(noa.Field("facilitate:step.lanes")).Not.ToHaveValueAsync(words["kinds:kind.ideas.lanes"]);
        await LookAsync("new", noa);
        await noa.PressAsync("common:action.cancel");

        await WatchAsync(workshop, crowd, "pulse");
        await phone.SeesAsync(texts.Feel);
        await hall.SeesAsync(texts.Feel);
        foreach (var option in texts.Options)
        {
            await noa.Field("kinds:pulse.option").FillAsync(option);
            await noa.Page.Keyboard.PressAsync("Enter");
            await Expect(noa.CardOnBoard(option)).ToBeVisibleAsync();
        }

        await Expect(phone.WriteBox).ToHaveCountAsync(0);
        await noa.PressAsync("kinds:round.open");
        // Before the round the same words stand on cards, and in the names of what can be pressed there.
        await phone.ReadsAsync("kinds:pulse.now.vote");
        await phone.Page.GetByRole(AriaRole.Button, new() { Name = texts.Options[2], Pressed = false }).ClickAsync();
        await VoteAsync(workshop, crowd.Skip(1), (at, idea) => (at + idea) % 3 == 0 || idea == 2 ? new Vote(1) : null);
        // Live, and bars for everyone.
        await Expect(hall.Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = texts.Options[2] })).ToContainTextAsync("7");
        await Expect(phone.Page.GetByRole(AriaRole.Button, new() { Name = texts.Options[2] })).ToContainTextAsync("7");
        await LookAsync("pulse", phone, noa, hall);

        await WatchAsync(workshop, crowd, "words");
        for (var at = 0; at < texts.Answers.Length; at++) await workshop.WriteAsync(crowd[at], texts.Answers[at]);
        await Expect(hall.Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = texts.Answers[0] })).ToContainTextAsync("3");
        await LookAsync("words", phone, noa, hall);

        await WatchAsync(workshop, crowd, "opinion");
        for (var at = 0; at < texts.Statements.Length; at++) await workshop.WriteAsync(crowd[at], texts.Statements[at]);
        await Expect(noa.CardOnBoard(texts.Statements[3])).ToBeVisibleAsync();
        await noa.PressAsync("kinds:round.open");
        var asked = await phone.Page.Locator(".statement .said").TextContentAsync();
        // What is asked next is drawn for each. What somebody has before their eyes stays there.
        await drawn.Task.WaitAsync(TimeSpan.FromSeconds(20));
        await Expect(phone.Page.Locator(".statement .said")).ToHaveTextAsync(asked!);
        await phone.PressAsync("votes:value.agree.1");
        await Expect(phone.Page.Locator(".statement .said").Filter(new() { HasText = asked })).ToHaveCountAsync(0);
        await LookAsync("opinion-voting", phone, noa, hall);
        await VoteAsync(workshop, crowd.Skip(1), (at, idea) => new Vote(idea switch { 0 => 1, 1 => at % 2 == 0 ? 1 : -1, 2 => at == 1 ? 0 : 1, _ => -1 }));
        await hall.ReadsAsync("kinds:opinion.shared");
        await noa.PressAsync("facilitate:now.ballot.close");
        foreach (var visitor in new[] { phone, noa, hall })
        {
            await visitor.ReadsAsync("kinds:opinion.shared");
            await visitor.ReadsAsync("kinds:opinion.divided");
        }

        await LookAsync("opinion", phone, noa, hall);

        await WatchAsync(workshop, crowd, "pilot");
        await noa.PressAsync("kinds:subject.add.pilot");
        await noa.Field("kinds:subject.label").FillAsync(texts.Concept);
        await noa.PressAsync("common:action.save");
        foreach (var visitor in new[] { phone, hall }) await visitor.SeesAsync(texts.Concept);
        for (var at = 0; at < texts.Reactions.Length; at++) await workshop.WriteAsync(crowd[at], texts.Reactions[at], at % 3);
        foreach (var visitor in new[] { phone, hall }) await visitor.SeesAsync(texts.Reactions[3]);
        await LookAsync("pilot", phone, noa, hall);

        // And so does the replay.
        await noa.GoAsync($"/replay/{workshop.Made.Workshop}");
        await noa.SeesAsync(texts.Concept);
        await noa.SeesAsync(texts.Reactions[3]);
        await LookAsync("replay", noa);
        foreach (var visitor in new[] { phone, noa, hall }) Assert.Empty(visitor.Complaints);

        async Task LookAsync(string what, params Visitor[] visitors)
        {
            var found = new List<string>();
            foreach (var visitor in visitors)
            {
                var size = visitor.Page.ViewportSize!;
                found.AddRange(await EveryScreen.FaultsAsync(visitor, [(size.Width, size.Height)], $"kind-{what}-{language}"));
            }

            Assert.True(found.Count == 0, string.Join("\n  ", found));
        }
    }

    private static async Task WatchAsync(Prepared workshop, IEnumerable<LivePerson> crowd, string step)
    {
        await workshop.GoToStepAsync(workshop.Facilitator.Workshop!.Steps!.ToList().FindIndex(one => one.Step == step));
        foreach (var person in crowd) await person.WatchAsync(workshop.Board);
    }

    private static async Task VoteAsync(Prepared workshop, IEnumerable<LivePerson> crowd, Func<int, int, Vote?> liking)
    {
        await workshop.Facilitator.WaitForAsync(noa => noa.Board.Ballots.Values.Any(ballot => ballot.Open));
        var ballot = workshop.Facilitator.Board.Ballots.Single(ballot => ballot.Value.Open).Key;
        var ideas = workshop.Facilitator.Board.Ideas.OrderBy(idea => idea.Value.Rank, StringComparer.Ordinal).Select(idea => idea.Key).ToList();
        foreach (var (at, person) in crowd.Index())
            foreach (var (place, idea) in ideas.Index())
                if (liking(at + 1, place) is { } vote) (await person.SubmitAsync(Command.OnBoard(workshop.Board, "cast-vote", new { ballot, idea, vote }))).Expect("cast-vote");
    }
}
