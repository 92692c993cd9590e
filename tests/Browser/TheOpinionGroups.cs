using System.Text.RegularExpressions;
using LiveCoCreate.Wire;
using LiveCoCreate.Wire.Boards;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LiveCoCreate.Browser;

/// <summary>Fourteen people in two camps: what both agree on, where they differ, and where one stands (PROTOCOL O). With SHOTS=FOLDER it keeps pictures.</summary>
[Collection("house of screens")]
public sealed class TheOpinionGroups(House house)
{
    private static readonly Dictionary<string, string[]> Statements = new()
    {
        ["he"] =
        [
            "כדאי לסגור את הרחוב למכוניות בשבתות", "מגיעות לנו חניות חינם ליד הבית", "השביל צריך להיות רחב דיו לאופניים", "אסור לוותר על שום מקום חניה",
            "אפשר להפחית את תאורת הרחוב אחרי חצות", "בלי מכוניות העסקים ברחוב ייסגרו", "צריך ספסלים בצל, כדי שגם מבוגרים יוכלו לשבת ולנוח בדרך אל הקניות", "ילדים צריכים להגיע לבית הספר לבד ובבטחה",
        ],
        ["en"] =
        [
            "Close the street to cars on weekends", "We deserve free parking next to our homes", "The path must be wide enough for bicycles", "No parking space may be given up",
            "Street lights can be dimmed after midnight", "Without cars the shops here will close", "We need benches in the shade, so that older people can rest on their way to the shops", "Children should reach school alone and safely",
        ],
    };

    [Theory, InlineData("he"), InlineData("en")]
    public async Task Two_camps_appear_on_phone_desk_and_projector_while_people_vote(string language)
    {
        var (words, texts) = (Words.Of(language), Statements[language]);
        await using var workshop = await house.PrepareAsync(words);
        await workshop.DoInWorkshopAsync("add-step", new { step = "opinion", kind = "opinion", title = words["kinds:kind.opinion"], lanes = new[] { new { lane = "said", title = "x" } }, @private = false, moderation = "open" });
        var people = await Task.WhenAll(Enumerable.Range(0, 14).Select(_ => workshop.JoinAsync()));
        await workshop.DoInWorkshopAsync("go-to-step", new { step = "opinion" });
        await workshop.Facilitator.WaitForAsync(person => person.Workshop!.Current == "opinion");
        var board = workshop.Facilitator.Workshop!.Steps!.Single(step => step.Step == "opinion").Board;
        await Task.WhenAll(people.Append(workshop.Facilitator).Select(person => person.WatchAsync(board)));
        for (var at = 0; at < texts.Length; at++) await workshop.WriteAsync(people[at], texts[at]);
        var ballot = Ids.New();
        await workshop.DoAsync("open-ballot", new { ballot, method = "agree", counts = "live", anonymous = true });
        var ideas = texts.Select(workshop.IdOf).ToList();
        await Task.WhenAll(people[1..].Index().Select(async one =>
        {
            for (var at = 0; at < texts.Length; at++)
                (await one.Item.SubmitAsync(Commands.CastVote(board, ballot, ideas[at], new Vote(Says(one.Index + 1, at))))).Expect("cast-vote");
        }));

        await using var phone = await VisitAsync(house.PhoneAsync(words), people[0], $"/room/{workshop.Made.Workshop}");
        await using var noa = await VisitAsync(house.LaptopAsync(words), workshop.Facilitator, $"/facilitate/{workshop.Made.Workshop}");
        var link = new Uri(workshop.Made.Links.Screen);
        await using var hall = await house.ProjectorAsync(words);
        await hall.GoAsync(link.PathAndQuery + link.Fragment);

        // Statement by statement, in the order in which this person is asked; what one stands with appears below.
        foreach (var _ in texts)
        {
            var asked = await phone.Page.Locator(".statement .said").TextContentAsync();
            // Counts are live, and yet no choice says how many made it before one has made one's own.
            await Expect(phone.Page.Locator(".one .choices small")).ToHaveCountAsync(0);
            var choice = new Regex($"^{Regex.Escape(words[$"votes:value.agree.{Says(0, Array.IndexOf(texts, asked))}"])}");
            await phone.Page.GetByRole(AriaRole.Region, new() { Name = words["votes:one.title"] }).GetByRole(AriaRole.Button, new() { NameRegex = choice }).ClickAsync();
            await Expect(phone.Page.Locator(".statement .said").Filter(new() { HasText = asked! })).ToHaveCountAsync(0);
        }

        await phone.ReadsAsync("opinions:here");
        await Expect(phone.Page.GetByText(words["opinions:here.group", ("letter", words["opinions:letters"][..1])]).Or(phone.Page.GetByText(words["opinions:here.group", ("letter", words["opinions:letters"][1..2])]))).ToBeVisibleAsync();
        await phone.ReadsAsync("opinions:together.two");
        await Expect(phone.Page.Locator("svg.map .here")).ToBeVisibleAsync();
        await LookAsync("opinion-groups-live", phone);

        await hall.ReadsAsync("opinions:together.two");
        await noa.Radio("kinds:opinion.title").CheckAsync();
        await noa.ReadsAsync("opinions:together.two");
        foreach (var visitor in new[] { phone, noa, hall })
        {
            await Expect(visitor.Page.Locator("svg.map .spot")).ToHaveCountAsync(2);
            // Only one's own phone knows where one stands.
            if (visitor != phone) await Expect(visitor.Page.Locator("svg.map .here")).ToHaveCountAsync(0);
            foreach (var shared in texts[6..]) await visitor.SeesAsync(visitor == hall ? shared[..20] : shared);
        }

        await workshop.DoAsync("close-ballot", new { ballot });
        await phone.ReadsAsync("opinions:here.gone");
        await noa.ReadsAsync("opinions:of", ("said", 7), ("votes", 7));
        await hall.ReadsAsync("opinions:together.two");
        await LookAsync("opinion-groups", phone, noa, hall);

        // Afterwards the moments of the vote show what was thought then: the end both camps with what sets them apart, the beginning nothing.
        await noa.GoAsync($"/replay/{workshop.Made.Workshop}?board={board}");
        await Expect(noa.Page.Locator("svg.map .spot")).ToHaveCountAsync(2);
        await noa.ReadsAsync("opinions:together.two");
        foreach (var letter in words["opinions:letters"][..2]) await Expect(noa.Page.GetByRole(AriaRole.Heading, new() { Name = words["opinions:group", ("letter", letter.ToString())] })).ToBeVisibleAsync();
        await Expect(noa.Page.Locator("svg.map .here")).ToHaveCountAsync(0);
        await LookAsync("opinion-groups-replay", noa);
        await noa.Page.GetByRole(AriaRole.Slider, new() { Name = words["replay:player.timeline"] }).PressAsync("Home");
        await Expect(noa.Page.Locator("svg.map")).ToHaveCountAsync(0);
        await phone.GoAsync($"/replay/{workshop.Made.Workshop}?board={board}");
        await Expect(phone.Page.Locator("svg.map .spot")).ToHaveCountAsync(2);
        await LookAsync("opinion-groups-replay", phone);
        foreach (var visitor in new[] { phone, noa, hall }) Assert.Empty(visitor.Complaints);

        async Task LookAsync(string what, params Visitor[] visitors)
        {
            var found = new List<string>();
            foreach (var visitor in visitors)
            {
                var size = visitor.Page.ViewportSize!;
                found.AddRange(await EveryScreen.FaultsAsync(visitor, [(size.Width, size.Height)], $"{what}-{language}"));
            }

            // The map is below what is voted on.
            if (Environment.GetEnvironmentVariable("SHOTS") is { Length: > 0 } shots)
                await phone.Page.ScreenshotAsync(new() { Path = Path.Combine(shots, $"{what}-{language}-whole.png"), FullPage = true });
            Assert.True(found.Count == 0, string.Join("\n", found));
        }
    }

    /// <summary>Even people are of the one mind, odd ones of the other, and all want the last two.</summary>
    private static int Says(int person, int statement) => statement > 5 || person % 2 == statement % 2 ? 1 : -1;

    private static async Task<Visitor> VisitAsync(Task<Visitor> opening, LivePerson person, string path)
    {
        var visitor = await opening;
        await visitor.TakeSeatsAsync(person);
        await visitor.GoAsync(path);
        return visitor;
    }
}
