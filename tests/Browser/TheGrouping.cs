using LiveCoCreate.Wire;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LiveCoCreate.Browser;

/// <summary>Everyone groups, or compares; facilitators merge and split what comes of it (PROTOCOL G1 to G5).</summary>
[Collection("house")]
public sealed class TheGrouping(House house)
{
    [Fact]
    public async Task Two_phones_and_a_desk_group_the_same_ideas()
    {
        await using var workshop = await house.PrepareAsync(Words.Hebrew);
        var (dana, sam) = (await workshop.JoinAsync("דנה"), await workshop.JoinAsync("סם"));
        foreach (var text in new[] { "ספסלים בצל", "ברזייה ליד המגרש", "עצים לאורך הרחוב" }) await workshop.WriteAsync(dana, text);
        await workshop.DoAsync("close-writing", new { });
        await workshop.DoAsync("add-theme", new { theme = Ids.New(), title = "צל", colour = 3 });
        await workshop.DoAsync("change-settings", new { sorting = "everyone" });
        await using var danas = await RoomAsync(workshop, dana, Words.Hebrew);
        await using var sams = await RoomAsync(workshop, sam, Words.Hebrew);
        await using var noa = await DeskAsync(workshop, Words.Hebrew);
        await noa.Radio("facilitate:board.themes").CheckAsync();

        // A tap on an idea, a tap on a theme: the other phone counts, the desk shows it there.
        await Idea(danas, "ספסלים בצל").ClickAsync();
        await NothingIsWrongAsync(danas, "grouping-where");
        await Where(danas, "צל").ClickAsync();
        await Expect(Group(sams, "צל")).ToContainTextAsync("1");
        await Expect(noa.Column("צל")).ToContainTextAsync("ספסלים בצל");

        // By keyboard, and into a theme of one's own; the focus goes on to what is left.
        await Idea(sams, "ברזייה ליד המגרש").FocusAsync();
        await sams.Page.Keyboard.PressAsync("Enter");
        await Expect(Where(sams, "צל")).ToBeFocusedAsync();
        await sams.Page.Keyboard.PressAsync("Tab");
        await sams.Page.Keyboard.PressAsync("Enter");
        await Expect(sams.Page.Locator("input:focus, textarea:focus")).ToBeVisibleAsync();
        await sams.Page.Keyboard.TypeAsync("מים");
        await sams.Page.Keyboard.PressAsync("Enter");
        await Expect(Group(danas, "מים")).ToContainTextAsync("1");
        await Expect(Idea(sams, "עצים לאורך הרחוב")).ToBeFocusedAsync();
        await NothingIsWrongAsync(sams, "grouping-room");

        // The desk merges the two by its menu, which says what was made of what, and takes it back.
        await noa.PressAsync("facilitate:theme.menu", ("title", "מים"));
        await noa.PressAsync("grouping:theme.merge");
        await NothingIsWrongAsync(noa, "grouping-merge");
        await noa.Page.Keyboard.PressAsync("1");
        await noa.ReadsAsync("grouping:theme.made-of", ("titles", "מים"));
        await Expect(Group(danas, "מים")).ToHaveCountAsync(0);
        await Expect(Group(danas, "צל")).ToContainTextAsync("2");
        await NothingIsWrongAsync(noa, "grouping-desk");
        await noa.PressAsync("facilitate:theme.menu", ("title", "צל"));
        await noa.PressAsync("grouping:theme.split");
        await noa.Field("facilitate:theme.name").FillAsync("ברזיות");
        await noa.Page.GetByRole(AriaRole.Checkbox, new() { Name = "ברזייה ליד המגרש" }).CheckAsync();
        await NothingIsWrongAsync(noa, "grouping-split");
        await noa.PressAsync("grouping:split.do");
        await Expect(Group(danas, "ברזיות")).ToContainTextAsync("1");
        await noa.Page.Keyboard.PressAsync("Control+z");
        await Expect(Group(danas, "ברזיות")).ToHaveCountAsync(0);
        foreach (var visitor in new[] { danas, sams, noa }) Assert.Empty(visitor.Complaints);
    }

    [Fact]
    public async Task What_several_people_find_the_same_is_merged_by_one_press()
    {
        await using var workshop = await house.PrepareAsync(Words.English);
        var people = new[] { await workshop.JoinAsync("Ada"), await workshop.JoinAsync("Ben"), await workshop.JoinAsync("Cyd") };
        string[] texts = ["Benches in the shade", "Shaded benches", "A drinking fountain"];
        foreach (var text in texts) await workshop.WriteAsync(people[0], text);
        await workshop.DoAsync("change-settings", new { sorting = "pairs" });
        foreach (var person in people[1..])
            (await person.SubmitAsync(Command.OnBoard(workshop.Board, "judge-pair", new { idea = workshop.IdOf(texts[0]), other = workshop.IdOf(texts[1]), answer = "same" }))).Expect("judge-pair");
        await using var phone = await RoomAsync(workshop, people[0], Words.English);
        await using var noa = await DeskAsync(workshop, Words.English);

        // What shares words is asked first.
        var asked = phone.Page.GetByRole(AriaRole.Region, new() { Name = phone.Say["grouping:pairs.title"] });
        foreach (var text in texts[..2]) await Expect(asked).ToContainTextAsync(text);
        await NothingIsWrongAsync(phone, "grouping-pairs");
        await phone.PressAsync("grouping:pairs.same");
        await Expect(asked).ToContainTextAsync(texts[2]);
        await phone.ReadsAsync("grouping:pairs.count", ("n", 1));

        await noa.ReadsAsync("grouping:same.voices", ("n", 3));
        await NothingIsWrongAsync(noa, "grouping-proposals");
        await noa.PressAsync("grouping:same.merge");
        await noa.ReadsAsync("facilitate:card.merged", ("n", 1));
        await noa.DoesNotReadAsync("grouping:same.voices", ("n", 3));
        foreach (var visitor in new[] { phone, noa }) Assert.Empty(visitor.Complaints);
    }

    private async Task<Visitor> RoomAsync(Prepared workshop, LivePerson person, Words words)
    {
        var phone = await house.PhoneAsync(words);
        await phone.TakeSeatsAsync(person);
        await phone.GoAsync($"/room/{workshop.Made.Workshop}");
        return phone;
    }

    private async Task<Visitor> DeskAsync(Prepared workshop, Words words)
    {
        var noa = await house.LaptopAsync(words);
        await noa.TakeSeatsAsync(workshop.Facilitator);
        await noa.GoAsync($"/facilitate/{workshop.Made.Workshop}");
        // What stands beside what is pressed comes with the board.
        await noa.ReadsAsync("facilitate:board.lane.add");
        return noa;
    }

    private static ILocator Idea(Visitor visitor, string text) => visitor.Page.Locator("[data-sort]").Filter(new() { HasText = text });

    private static ILocator Group(Visitor visitor, string title) =>
        visitor.Page.GetByRole(AriaRole.Radiogroup, new() { Name = visitor.Say["grouping:sort.groups"] }).Locator("label").Filter(new() { HasText = title });

    private static ILocator Where(Visitor visitor, string theme) =>
        visitor.Page.GetByRole(AriaRole.Group, new() { Name = visitor.Say["grouping:sort.where"] }).GetByRole(AriaRole.Button, new() { Name = theme });

    private static async Task NothingIsWrongAsync(Visitor visitor, string name)
    {
        var size = visitor.Page.ViewportSize!;
        Assert.Empty(await EveryScreen.FaultsAsync(visitor, [(size.Width, size.Height)], $"{name}-{visitor.Say.Language}"));
    }
}
