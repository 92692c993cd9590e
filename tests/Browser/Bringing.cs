using LiveCoCreate.Wire;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LiveCoCreate.Browser;

/// <summary>What came out of one step goes on to another, on each kind that gathers, from the desk to the phone of who wrote it (PROTOCOL N5, N6). With SHOTS=FOLDER in the environment it also keeps pictures.</summary>
[Collection("house")]
public sealed class Bringing(House house)
{
    private sealed record Texts(string Title, string[] Ideas, string[] Themes, string Opinions, string Statement);

    private static readonly Dictionary<string, Texts> All = new()
    {
        ["he"] = new(
            "הדרך להיתר",
            ["השלט לא היה ברור", "עמדתי שעתיים בשמש ואף אחד לא אמר כמה זמן זה ייקח, ורק אחרי שביקשתי שלוש פעמים אמרו לי שהמערכת נפלה ושכדאי לחזור ביום אחר, עם כל המסמכים מחדש ועם תמונה שצולמה השנה", "האתר עבד גם ב־iPhone וגם ב־Android", "ענו לי יפה", "קיבלתי תזכורת יום קודם", "חזרו אליי תוך יום"],
            ["מה מעכב אנשים בדרך", "מה עובד כבר היום"], "עמדות", "כולנו צריכים לדעת כמה זמן זה ייקח"),
        ["en"] = new(
            "The way to a permit",
            ["The sign was unclear", "I stood two hours in the sun and nobody said how long it would take, and only when I had asked three times I was told that the system was down and that I had better come back another day, with all the papers again and a picture taken this year", "The site worked on iPhone and Android", "They answered kindly", "I got a reminder the day before", "They called back within a day"],
            ["What keeps people waiting", "What works already"], "Opinions", "All of us need to know how long it takes"),
    };

    [Theory]
    [InlineData("journey", "he"), InlineData("journey", "en")]
    [InlineData("pilot", "he"), InlineData("pilot", "en")]
    [InlineData("opinion", "he"), InlineData("opinion", "en")]
    public async Task Themes_and_the_best_ideas_go_on_and_who_wrote_them_hears_it_and_what_becomes_of_them(string kind, string language)
    {
        var (words, texts) = (Words.Of(language), All[language]);
        await using var workshop = await house.PrepareAsync(words, new(texts.Title, Language: language, Template: kind == "opinion" ? "blank" : kind, Facilitator: language == "he" ? "נועה" : "Noa"));
        if (kind == "opinion")
            await workshop.DoInWorkshopAsync("add-step", new { step = "opinion", kind, title = texts.Opinions, lanes = new[] { new { lane = "said", title = texts.Opinions } }, @private = false, moderation = "open", after = workshop.Facilitator.Workshop!.Current });
        await workshop.Facilitator.WaitForAsync(noa => noa.Workshop!.Steps!.Count > 1);
        var kinds = workshop.Facilitator.Workshop!.Steps!.Select(step => step.Kind).ToList();
        var to = kinds.LastIndexOf(kind);
        await workshop.GoToStepAsync(to - 1);

        var people = new List<LivePerson>();
        for (var at = 0; at < 3; at++) people.Add(await workshop.JoinAsync());
        var dana = people[0];
        foreach (var (at, text) in texts.Ideas.Index()) await workshop.WriteAsync(people[at % 3], text, at % workshop.Lanes.Count, language);
        if (workshop.Facilitator.Board.Ideas.Values.Any(idea => idea.State is "waiting")) foreach (var text in texts.Ideas) await workshop.DoAsync("approve-idea", new { idea = workshop.IdOf(text) });
        foreach (var (at, title) in texts.Themes.Index())
        {
            var theme = Ids.New();
            await workshop.DoAsync("add-theme", new { theme, title, colour = at + 2 });
            foreach (var text in texts.Ideas.Skip(at * 2).Take(2)) await workshop.DoAsync("theme-idea", new { idea = workshop.IdOf(text), theme });
        }

        await workshop.DoAsync("close-writing", new { });
        var ballot = await workshop.OpenBallotAsync(budget: 5, mostPerIdea: 3);
        foreach (var (at, person) in people.Index()) await workshop.VoteAsync(person, ballot, texts.Ideas[at + 2], 3 - at);
        await workshop.DoAsync("close-ballot", new { ballot });
        var (before, wrote) = (workshop.Board, workshop.IdOf(texts.Ideas[0]));
        await using var phone = await house.PhoneAsync(words);
        await phone.TakeSeatsAsync(dana);
        await phone.GoAsync($"/room/{workshop.Made.Workshop}");
        await phone.Page.WaitForFunctionAsync("n => Object.entries(localStorage).some(([key, ids]) => key.includes('lcc-wrote-') && ids.split(' ').length >= n)", 2);

        await workshop.GoToStepAsync(to);
        await using var noa = await house.LaptopAsync(words);
        await noa.TakeSeatsAsync(workshop.Facilitator);
        await noa.GoAsync($"/facilitate/{workshop.Made.Workshop}");
        await noa.ReadsAsync("bring:empty.title");
        await LookAsync(noa, "empty", [EveryScreen.Laptop]);
        await noa.PressAsync("bring:open");
        await Checkbox(noa, texts.Themes[0]).CheckAsync();
        await noa.ReadsAsync("bring:within");
        await noa.PressAsync("bring:top", ("n", 3));
        await LookAsync(noa, "dialog", [EveryScreen.Phone, EveryScreen.Laptop]);
        await noa.PressAsync("bring:do", ("n", 4));
        await Expect(noa.CardOnBoard(texts.Themes[0])).ToBeVisibleAsync();
        await phone.ReadsAsync("dialogue:went.told", ("n", 2));
        await phone.DoesNotReadAsync("room:private.none");
        await LookAsync(phone, "told", [EveryScreen.Phone]);
        await LookAsync(noa, "desk", [EveryScreen.Laptop]);

        // Of what is here already one reads so.
        await OpenAgainAsync(noa);
        await noa.ReadsAsync("bring:in");
        await Expect(Checkbox(noa, texts.Themes[0])).ToBeDisabledAsync();
        await LookAsync(noa, "again", [EveryScreen.Laptop]);
        await noa.PressAsync("common:action.cancel");
        if (workshop.Facilitator.Board.Facts is { Private: true, Revealed: false }) await workshop.DoAsync("reveal-ideas", new { });
        await using var hall = await house.ProjectorAsync(words);
        await hall.Page.GotoAsync(workshop.Made.Links.Screen);
        await Expect(hall.Page.Locator(".stage").GetByText(texts.Themes[0]).First).ToBeInViewportAsync();
        await LookAsync(hall, "screen", [EveryScreen.Projector]);

        // What is decided here is true of what it grew out of, and its author sees it there.
        await workshop.DoAsync("set-status", new { idea = workshop.IdOf(texts.Themes[0]), status = "planned" });
        await workshop.Facilitator.WatchAsync(before);
        await workshop.Facilitator.WaitForAsync(noa => noa.Board.Ideas[wrote].Status == "planned");
        await phone.GoAsync($"/mine/{workshop.Made.Workshop}");
        await Expect(phone.Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = texts.Ideas[0] }).First).ToContainTextAsync(phone.Say["dialogue:status.planned"]);
        await LookAsync(phone, "mine", [EveryScreen.Phone, EveryScreen.Laptop]);
        foreach (var visitor in new[] { noa, phone, hall }) Assert.Empty(visitor.Complaints);

        async Task LookAsync(Visitor visitor, string what, (int, int)[] sizes) => Assert.Empty(await EveryScreen.FaultsAsync(visitor, sizes, $"bring-{kind}-{what}-{language}"));
    }

    private static ILocator Checkbox(Visitor noa, string text) => noa.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Checkbox, new() { Name = text }).First;

    private static Task OpenAgainAsync(Visitor noa) => noa.PressAsync("bring:open");
}
