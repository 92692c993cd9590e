using LiveCoCreate.Wire;
using LiveCoCreate.Wire.Boards;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LiveCoCreate.Browser;

/// <summary>A ballot of each method but dots, as it is lived: opened at the desk, voted in on a phone, and read everywhere once it closed.
/// With SHOTS=FOLDER in the environment it also keeps pictures.</summary>
[Collection("house of votes")]
public sealed class EveryMethod(House house)
{
    private static readonly Dictionary<string, string[]> Texts = new()
    {
        ["he"] = ["ספסלים מוצלים לאורך כל הרחוב, עם מקום לעגלות", "ברז מים קרים ליד המגרש", "לילה בלי מכוניות פעם בחודש", "גינה קהילתית על הגג של המתנ״ס", "Wi-Fi חינם בכיכר"],
        ["en"] = ["Shaded benches all along the street, with room for prams", "A tap with cold water by the pitch", "One night a month without cars", "A community garden on the roof of the centre", "Free Wi-Fi in the square"],
    };

    private static readonly int[][] Crowd = [[5, 4, 2, 3, 1], [4, 4, 1, 5, 2], [5, 3, 3, 3, 1], [5, 5, 2, 4, 1], [3, 4, 4, 4, 5], [4, 2, 5, 3, 1], [5, 4, 1, 2, 2]];

    /// <summary>How a method is voted in on a phone, and by a crowd whose liking of each idea is 1 to 5.</summary>
    private static readonly Dictionary<string, (Func<Visitor, string[], Task> OnPhone, Func<int, int, Vote?> Liking)> Methods = new()
    {
        ["approval"] = (async (phone, texts) =>
        {
            await Choice(phone, texts[0], phone.Say["votes:value.approval.1"]).ClickAsync();
            await Choice(phone, texts[3], phone.Say["votes:value.approval.1"]).ClickAsync();
            await phone.ReadsAsync("room:vote.said", ("said", 2), ("all", 5));
            // Tapped once more, it is taken back.
            await Choice(phone, texts[3], phone.Say["votes:value.approval.1"]).ClickAsync();
            await phone.ReadsAsync("room:vote.said", ("said", 1), ("all", 5));
        }, (liking, _) => liking > 2 ? new Vote(1) : null),
        ["score"] = (async (phone, texts) =>
        {
            await Choice(phone, texts[0], phone.Say["votes:value.score", ("n", 4)]).ClickAsync();
            await Choice(phone, texts[0], phone.Say["votes:value.score", ("n", 5)]).ClickAsync();
            await Choice(phone, texts[1], phone.Say["votes:value.score", ("n", 2)]).ClickAsync();
            await phone.ReadsAsync("room:vote.said", ("said", 2), ("all", 5));
        }, (liking, _) => new Vote(liking)),
        ["agree"] = (async (phone, texts) =>
        {
            // One statement at a time, and the next one by itself.
            await phone.SeesAsync(texts[0]);
            await phone.PressAsync("votes:value.agree.1");
            await phone.SeesAsync(texts[1]);
            await phone.PressAsync("votes:one.next");
            await phone.SeesAsync(texts[2]);
            await phone.PressAsync("votes:value.agree.-1");
            await phone.SeesAsync(texts[3]);
            await phone.PressAsync("votes:one.back");
            await Expect(phone.Button("votes:value.agree.-1")).ToHaveAttributeAsync("aria-pressed", "true");
            await phone.Radio("room:show.newest").CheckAsync();
            await Choice(phone, texts[4], phone.Say["votes:value.agree.0"]).ClickAsync();
            await phone.Radio("room:show.one").CheckAsync();
            await phone.ReadsAsync("room:vote.said", ("said", 3), ("all", 5));
            await phone.SeesAsync(texts[1]);
        }, (liking, _) => new Vote(Math.Sign(liking - 3))),
        ["consent"] = (async (phone, texts) =>
        {
            await Choice(phone, texts[0], phone.Say["votes:value.consent.1"]).ClickAsync();
            await Choice(phone, texts[2], phone.Say["votes:value.consent.-1"]).ClickAsync();
            await phone.Field("votes:object.why").FillAsync(texts[4]);
            await phone.PressAsync("votes:object.send");
            await Expect(Choice(phone, texts[2], phone.Say["votes:value.consent.-1"])).ToHaveAttributeAsync("aria-pressed", "true");
            await phone.ReadsAsync("room:vote.said", ("said", 2), ("all", 5));
            await Choice(phone, texts[3], phone.Say["votes:value.consent.-1"]).ClickAsync();
        }, (liking, idea) => liking > 1 ? new Vote(1) : new Vote(-1, $"({idea}) ?")),
        ["axes"] = (async (phone, texts) =>
        {
            var card = phone.Cards(texts[4]);
            await card.Locator(".area").ClickAsync(new() { Position = new() { X = 60, Y = 40 } });
            await Expect(card.Locator(".point")).ToHaveCountAsync(1);
            await phone.Cards(texts[1]).GetByRole(AriaRole.Slider, new() { Name = phone.Say["votes:axes.impact"] }).FillAsync("8");
            await phone.Cards(texts[1]).GetByRole(AriaRole.Slider, new() { Name = phone.Say["votes:axes.effort"] }).FillAsync("3");
            await phone.ReadsAsync("room:vote.said", ("said", 2), ("all", 5));
        }, (liking, idea) => new Vote(liking * 2, Effort: idea * 2)),
        ["rank"] = (async (phone, texts) =>
        {
            await Choice(phone, texts[0], phone.Say["votes:value.rank", ("n", 1)]).ClickAsync();
            await Choice(phone, texts[1], phone.Say["votes:value.rank", ("n", 2)]).ClickAsync();
            // A place holds one idea.
            await Choice(phone, texts[3], phone.Say["votes:value.rank", ("n", 2)]).ClickAsync();
            await Expect(Choice(phone, texts[1], phone.Say["votes:value.rank", ("n", 2)])).ToHaveAttributeAsync("aria-pressed", "false");
            await Expect(phone.Page.GetByRole(AriaRole.Status).GetByText(texts[3])).ToBeVisibleAsync();
        }, (_, idea) => idea < 3 ? new Vote(idea + 1) : null),
    };

    public static TheoryData<string, string> MethodsInLanguages()
    {
        var data = new TheoryData<string, string>();
        foreach (var method in Methods.Keys) foreach (var language in new[] { "he", "en" }) data.Add(method, language);
        return data;
    }

    [Theory, MemberData(nameof(MethodsInLanguages))]
    public async Task Is_opened_at_the_desk_voted_in_on_a_phone_and_read_everywhere_once_it_closed(string method, string language)
    {
        var (words, texts, found) = (Words.Of(language), Texts[language], new List<string>());
        await using var workshop = await house.PrepareAsync(words);
        var crowd = new List<LivePerson>();
        foreach (var likings in Crowd) crowd.Add(await workshop.JoinAsync());
        foreach (var text in texts) await workshop.WriteAsync(crowd[0], text, language: language);
        await workshop.DoAsync("close-writing", new { });

        await using var phone = await house.PhoneAsync(words);
        await phone.GoAsync($"/j/{workshop.Made.Code}");
        await phone.JoinAsync();
        await using var desk = await house.LaptopAsync(words);
        await desk.TakeSeatsAsync(workshop.Facilitator);
        await desk.GoAsync($"/facilitate/{workshop.Made.Workshop}");
        await using var screen = await house.ProjectorAsync(words);
        await screen.Page.GotoAsync(workshop.Made.Links.Screen);

        await desk.PressAsync("facilitate:now.ballot.open");
        await desk.Radio($"votes:method.{method}").CheckAsync();
        found.AddRange(await EveryScreen.FaultsAsync(desk, [(390, 844), (1366, 768)], $"{method}-dialog-{language}"));
        await desk.PressAsync("facilitate:ballot.go");

        await screen.ReadsAsync($"votes:how.{method}");
        await Methods[method].OnPhone(phone, texts);
        found.AddRange(await EveryScreen.FaultsAsync(phone, [(1366, 768), (390, 844)], $"{method}-voting-{language}"));
        await workshop.Facilitator.WaitForAsync(facilitator => facilitator.Board.Ballots.Count == 1);
        var ballot = workshop.Facilitator.Board.Ballots.Keys.Single();
        for (var person = 0; person < crowd.Count; person++)
        for (var idea = 0; idea < texts.Length; idea++)
            if (Methods[method].Liking(Crowd[person][idea], idea) is { } vote)
                (await crowd[person].SubmitAsync(Commands.CastVote(workshop.Board, ballot, workshop.IdOf(texts[idea]), vote))).Expect("cast-vote");
        await desk.ReadsAsync("facilitate:votes.voted", ("n", crowd.Count + 1));
        // The counts are nobody's until the close.
        foreach (var visitor in new[] { phone, desk, screen }) await Expect(visitor.Page.GetByRole(AriaRole.Table)).ToHaveCountAsync(0);
        Assert.Empty(workshop.Facilitator.Board.Counts);

        await desk.PressAsync("facilitate:now.ballot.close");
        await Expect(phone.Heading(phone.Say["room:results.title"])).ToBeVisibleAsync();
        foreach (var visitor in new[] { phone, desk }) await Expect(visitor.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = texts[0] })).ToHaveCountAsync(1);
        await screen.ReadsAsync("screen:results.title");
        await screen.SeesAsync(texts[1]);
        await using var replay = await house.LaptopAsync(words);
        await replay.TakeSeatsAsync(workshop.Facilitator);
        await replay.GoAsync($"/replay/{workshop.Made.Workshop}");
        await Expect(replay.Heading(replay.Say[$"votes:method.{method}"])).ToBeVisibleAsync();

        found.AddRange(await EveryScreen.FaultsAsync(phone, [(1366, 768), (390, 844)], $"{method}-results-{language}"));
        found.AddRange(await EveryScreen.FaultsAsync(desk, [(390, 844), (1366, 768)], $"{method}-desk-{language}"));
        // The drum roll has its time.
        await Expect(screen.Page.Locator("li:not(.open) .place")).ToHaveCountAsync(0);
        found.AddRange(await EveryScreen.FaultsAsync(screen, [(1920, 1080)], $"{method}-screen-{language}"));
        found.AddRange(await EveryScreen.FaultsAsync(replay, [(390, 844), (1366, 768)], $"{method}-replay-{language}"));

        // A second round shows what it shifted.
        if (method is "score")
        {
            var second = Ids.New();
            await workshop.DoAsync("open-ballot", new { ballot = second, method, counts = "close", anonymous = true });
            (await crowd[0].SubmitAsync(Commands.CastVote(workshop.Board, second, workshop.IdOf(texts[4]), new Vote(5)))).Expect("cast-vote");
            await workshop.DoAsync("close-ballot", new { ballot = second });
            foreach (var visitor in new[] { phone, desk })
                await Expect(visitor.Page.GetByRole(AriaRole.Columnheader, new() { Name = words["votes:shift.title"] })).ToHaveCountAsync(1);
            await Expect(screen.Page.Locator("li").GetByText("↑")).ToHaveCountAsync(1);
            found.AddRange(await EveryScreen.FaultsAsync(phone, [(390, 844)], $"{method}-shift-{language}"));
            found.AddRange(await EveryScreen.FaultsAsync(screen, [(1920, 1080)], $"{method}-shift-screen-{language}"));
        }

        foreach (var visitor in new[] { phone, desk, screen, replay }) found.AddRange(visitor.Complaints);
        Assert.True(found.Count == 0, $"{method} in {language}:\n  {string.Join("\n  ", found)}");
    }

    private static ILocator Choice(Visitor phone, string text, string choice) =>
        phone.Cards(text).GetByRole(AriaRole.Button, new() { Name = choice, Exact = true });
}
