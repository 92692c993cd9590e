using LiveCoCreate.Wire;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LiveCoCreate.Browser;

/// <summary>Finding an idea among many. With SHOTS=FOLDER in the environment it also keeps pictures.</summary>
[Collection("house")]
public sealed class Searching(House house)
{
    private static readonly string[] Hebrew =
    [
        "מקום לילדים ולהורים ליד הבריכה", "שהילדים יוכלו ללכת לבד לבית הספר", "ספסלים בצל", "צל בכל תחנה", "שָׁלוֹם לכל השכנים: ערב היכרות", "מתנ״ס פתוח גם בערב",
        "ברזייה גם לילדים קטנים", "שבילי אופניים", "עצים שנותנים צל", "גינה קהילתית",
    ];

    private static readonly string[] English =
    [
        "A corner for children by the pool", "That children can walk to school alone", "Benches in the shade", "Shade at each stop", "An evening for all neighbours: a café", "The centre open in the evening",
        "A fountain for small children", "Cycle paths", "Trees that give shade", "A community garden",
    ];

    [Theory]
    [InlineData("he", "ילדים", 3, "שלום", 4)]
    [InlineData("en", "child", 3, "cafe", 4)]
    public async Task Words_are_found_however_they_are_written_and_lead_to_the_ideas_that_have_them(string language, string many, int found, string one, int at)
    {
        var (words, texts) = (Words.Of(language), language is "he" ? Hebrew : English);
        await using var workshop = await house.PrepareAsync(words);
        await using var writer = await workshop.JoinAsync();
        foreach (var text in texts) await workshop.WriteAsync(writer, text, language: language);
        await using var phone = await house.PhoneAsync(words);
        await phone.GoAsync($"/j/{workshop.Made.Code}");
        await phone.JoinAsync();
        var cards = phone.Page.GetByRole(AriaRole.Article);
        await Expect(cards).ToHaveCountAsync(texts.Length);

        await phone.PressAsync("common:search.label");
        var search = phone.Field("common:search.label");
        await search.FillAsync(many);
        await Expect(cards).ToHaveCountAsync(found);
        await Expect(cards.Locator("mark")).ToHaveCountAsync(found);
        await phone.ReadsAsync("common:search.found", ("n", found));
        var faults = await EveryScreen.FaultsAsync(phone, [(1366, 768), (390, 844)], $"search-{language}");

        await search.FillAsync(one);
        await Expect(cards).ToHaveCountAsync(1);
        await phone.SeesAsync(texts[at]);
        await search.FillAsync("zzz");
        await phone.ReadsAsync("common:search.none");
        await search.PressAsync("Escape");
        await Expect(search).ToBeFocusedAsync();
        await Expect(cards).ToHaveCountAsync(texts.Length);

        // The words of the room lead to its ideas.
        await phone.Radio("room:show.words").CheckAsync();
        await Expect(phone.Page.GetByRole(AriaRole.List, new() { Name = phone.Say["common:cloud.title"] }).GetByRole(AriaRole.Listitem)).Not.ToHaveCountAsync(0);
        faults.AddRange(await EveryScreen.FaultsAsync(phone, [(1366, 768), (390, 844)], $"words-{language}"));
        await phone.Page.GetByRole(AriaRole.Listitem).GetByRole(AriaRole.Button).Filter(new() { HasText = language is "he" ? "צל" : "shade" }).ClickAsync();
        await Expect(cards).ToHaveCountAsync(3);
        faults.AddRange(phone.Complaints);
        Assert.True(faults.Count == 0, string.Join("\n", faults));
    }

    [Theory]
    [InlineData("he", "ילדים", 3)]
    [InlineData("en", "child", 3)]
    public async Task A_facilitator_sees_only_what_is_looked_for_until_all_is_shown_again(string language, string many, int found)
    {
        var (words, texts) = (Words.Of(language), language is "he" ? Hebrew : English);
        await using var workshop = await house.PrepareAsync(words);
        foreach (var text in texts) await workshop.WriteAsync(workshop.Facilitator, text, language: language);
        var theme = Ids.New();
        await workshop.DoAsync("add-theme", new { theme, title = "★", colour = 3 });
        await workshop.DoAsync("theme-idea", new { idea = workshop.IdOf(texts[0]), theme });
        await workshop.DoAsync("set-status", new { idea = workshop.IdOf(texts[0]), status = "planned" });
        await using var desk = await house.LaptopAsync(words);
        await desk.TakeSeatsAsync(workshop.Facilitator);
        await desk.GoAsync($"/facilitate/{workshop.Made.Workshop}");
        var cards = desk.Page.GetByRole(AriaRole.Region, new() { Name = words["facilitate:board.label"], Exact = true }).Locator("[data-card]");
        await Expect(cards).ToHaveCountAsync(texts.Length);

        await desk.Page.Keyboard.PressAsync("/");
        await Expect(desk.Field("common:search.label")).ToBeFocusedAsync();
        await desk.Page.Keyboard.TypeAsync(many);
        await Expect(cards).ToHaveCountAsync(found);
        await Expect(cards.Locator("mark")).ToHaveCountAsync(found);
        await desk.Page.GetByRole(AriaRole.Combobox, new() { Name = words["facilitate:filter.status"] }).SelectOptionAsync("planned");
        await Expect(cards).ToHaveCountAsync(1);
        var faults = await EveryScreen.FaultsAsync(desk, [(390, 844), (1366, 768)], $"filter-{language}");
        await desk.Page.GetByRole(AriaRole.Combobox, new() { Name = words["facilitate:filter.theme"] }).SelectOptionAsync(new SelectOptionValue { Label = words["facilitate:board.unthemed"] });
        await Expect(desk.Heading(words["facilitate:filter.none"])).ToBeVisibleAsync();
        await desk.PressAsync("facilitate:filter.clear");
        await Expect(cards).ToHaveCountAsync(texts.Length);
        faults.AddRange(desk.Complaints);
        Assert.True(faults.Count == 0, string.Join("\n", faults));
    }
}
