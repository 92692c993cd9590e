using LiveCoCreate.Wire;
using LiveCoCreate.Wire.Seats;
using LiveCoCreate.Wire.Boards;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LiveCoCreate.Browser;

/// <summary>A round for some, and one that asks everybody how sure they are and shows what groups said.</summary>
[Collection("house of votes")]
public sealed class AskingSome(House house)
{
    private static readonly Dictionary<string, (string Teachers, string Parents, string[] Texts)> Scripts = new()
    {
        ["he"] = ("מורים", "הורים", ["ספסלים מוצלים לאורך כל הרחוב", "ברז מים קרים ליד המגרש", "לילה בלי מכוניות פעם בחודש"]),
        ["en"] = ("Teachers", "Parents", ["Shaded benches all along the street", "A tap with cold water by the pitch", "One night a month without cars"]),
    };

    [Theory, InlineData("he"), InlineData("en")]
    public async Task A_round_for_some_says_so_and_what_groups_said_is_read_everywhere(string language)
    {
        var (words, (teachers, parents, texts), found) = (Words.Of(language), Scripts[language], new List<string>());
        await using var workshop = await house.PrepareAsync(words, new NewWorkshop("AB", Language: language, Roles: [teachers, parents], Facilitator: "Noa"));
        var crowd = new List<(LivePerson Person, int Liking)>();
        for (var n = 0; n < 6; n++) crowd.Add((await workshop.JoinAsync(null, teachers), 5));
        for (var n = 0; n < 5; n++) crowd.Add((await workshop.JoinAsync(null, parents), 2));
        // Whoever has no role is what is left of all, and must not be few either.
        for (var n = 0; n < 5; n++) crowd.Add((await workshop.JoinAsync(), 3));
        foreach (var text in texts) await workshop.WriteAsync(crowd[0].Person, text, language: language);
        await workshop.DoAsync("close-writing", new { });

        await using var phone = await house.PhoneAsync(words);
        await phone.GoAsync($"/j/{workshop.Made.Code}");
        await phone.JoinAsync();
        await using var desk = await house.LaptopAsync(words);
        await desk.TakeSeatsAsync(workshop.Facilitator);
        await desk.GoAsync($"/facilitate/{workshop.Made.Workshop}");
        await using var screen = await house.ProjectorAsync(words);
        await screen.Page.GotoAsync(workshop.Made.Links.Screen);

        // Only the teachers: whoever joined without a role is told so, and whom it is for.
        await desk.PressAsync("facilitate:now.ballot.open");
        await desk.Radio("votes:method.consent").CheckAsync();
        await desk.Radio("rounds:who.some").CheckAsync();
        await desk.ReadsAsync("rounds:who.none");
        await Expect(desk.Button("facilitate:ballot.go")).ToBeDisabledAsync();
        await desk.Page.GetByRole(AriaRole.Checkbox, new() { Name = teachers }).CheckAsync();
        await desk.ReadsAsync("rounds:who.people", ("n", 6));
        found.AddRange(await EveryScreen.FaultsAsync(desk, [(390, 844), (1366, 768)], $"some-dialog-{language}"));
        await desk.PressAsync("facilitate:ballot.go");
        await phone.ReadsAsync("rounds:barred.title");
        await phone.SeesAsync(phone.Say["rounds:barred.why", ("who", teachers)]);
        await Expect(phone.Page.GetByRole(AriaRole.Button, new() { Name = phone.Say["votes:value.consent.1"] })).ToHaveCountAsync(0);
        found.AddRange(await EveryScreen.FaultsAsync(phone, [(390, 844)], $"some-phone-{language}"));
        await workshop.Facilitator.WaitForAsync(facilitator => facilitator.Board.Ballots.Count == 1);
        var first = workshop.Facilitator.Board.Ballots.Keys.Single();
        foreach (var (person, n) in crowd.Take(6).Select((one, n) => (one.Person, n)))
            (await person.SubmitAsync(Commands.CastVote(workshop.Board, first, workshop.IdOf(texts[n % 3]), new Vote(-1, $"{texts[(n + 1) % 3]} ({n})")))).Expect("cast-vote");
        await desk.PressAsync("facilitate:now.ballot.close");
        await screen.ReadsAsync("rounds:reasons.title");
        await screen.SeesAsync($"{texts[1]} (0)");
        found.AddRange(await EveryScreen.FaultsAsync(screen, [(1920, 1080)], $"some-reasons-{language}"));

        // Everybody, and how sure they are.
        await desk.PressAsync("facilitate:now.ballot.again");
        await desk.Radio("votes:method.score").CheckAsync();
        await desk.Page.GetByRole(AriaRole.Group, new() { Name = desk.Say["rounds:sure.ask"] }).GetByRole(AriaRole.Radio, new() { Name = desk.Say["rounds:sure.ask.on"] }).CheckAsync();
        await desk.PressAsync("facilitate:ballot.go");
        await phone.Cards(texts[0]).GetByRole(AriaRole.Button, new() { Name = phone.Say["votes:value.score", ("n", 4)], Exact = true }).ClickAsync();
        await phone.Cards(texts[0]).GetByRole(AriaRole.Button, new() { Name = phone.Say["rounds:sure.yes"], Exact = true }).ClickAsync();
        await Expect(phone.Cards(texts[0]).GetByRole(AriaRole.Button, new() { Name = phone.Say["rounds:sure.yes"], Exact = true })).ToHaveAttributeAsync("aria-pressed", "true");
        found.AddRange(await EveryScreen.FaultsAsync(phone, [(390, 844)], $"sure-phone-{language}"));
        await workshop.Facilitator.WaitForAsync(facilitator => facilitator.Board.Ballots.Count == 2);
        var second = workshop.Facilitator.Board.Ballots.Keys.Single(ballot => ballot != first);
        foreach (var (person, liking) in crowd)
        foreach (var text in texts.Take(2))
            (await person.SubmitAsync(Command.OnBoard(workshop.Board, "cast-vote", new { ballot = second, idea = workshop.IdOf(text), vote = new { value = text == texts[0] ? liking : 3, sure = liking == 5 } }))).Expect("cast-vote");
        await desk.PressAsync("facilitate:now.ballot.close");

        await phone.PressAsync("rounds:groups.show");
        await desk.PressAsync("rounds:groups.show");
        foreach (var visitor in new[] { phone, desk })
            await Expect(visitor.Page.GetByRole(AriaRole.Columnheader, new() { Name = visitor.Say["rounds:groups.of", ("group", parents), ("n", 5)] })).ToHaveCountAsync(1);
        await phone.SeesAsync(phone.Say["rounds:sure.count", ("sure", 7), ("unsure", 10)]);
        await Expect(screen.Page.Locator("li:not(.open) .place")).ToHaveCountAsync(0);
        await screen.Page.Keyboard.PressAsync("g");
        await Expect(screen.Page.GetByRole(AriaRole.Columnheader, new() { Name = screen.Say["rounds:groups.of", ("group", teachers), ("n", 6)] })).ToHaveCountAsync(1);
        found.AddRange(await EveryScreen.FaultsAsync(phone, [(390, 844)], $"groups-phone-{language}"));
        found.AddRange(await EveryScreen.FaultsAsync(desk, [(1366, 768)], $"groups-desk-{language}"));
        found.AddRange(await EveryScreen.FaultsAsync(screen, [(1920, 1080)], $"groups-screen-{language}"));
        foreach (var visitor in new[] { phone, desk, screen }) found.AddRange(visitor.Complaints);
        Assert.True(found.Count == 0, $"In {language}:\n  {string.Join("\n  ", found)}");
    }
}
