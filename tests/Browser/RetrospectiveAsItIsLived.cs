using LiveCoCreate.Wire;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LiveCoCreate.Browser;

/// <summary>The retrospective, from the template to what is done about it: a team looks back, each alone and then together. With SHOTS=FOLDER in the environment it also keeps pictures.</summary>
[Collection("house")]
public sealed class RetrospectiveAsItIsLived(House house)
{
    private sealed record Texts(string Title, string Own, string[] Keep, string[] Change, string[] Try, string Theme, string Owner);

    private static readonly Dictionary<string, Texts> All = new()
    {
        ["he"] = new("שנת הגינה הקהילתית", "ארוחה אחרי כל יום עבודה", ["יום עבודה בשישי בבוקר", "הקבוצה בוואטסאפ"], ["לא כולם ידעו מתי נפגשים", "הכלים הלכו לאיבוד"], ["לוח עם תורנויות ליד השער", "מפתח אצל שלושה אנשים"], "לדעת מתי ומי", "רותם"),
        ["en"] = new("A year of our garden", "A meal after each day of work", ["Working on Friday mornings", "The group on our phones"], ["Not everyone knew when we meet", "The tools got lost"], ["A board with turns by the gate", "Keys with three people"], "Knowing when and who", "Robin"),
    };

    [Theory, InlineData("he"), InlineData("en")]
    public async Task A_team_looks_back_alone_and_then_together_and_leaves_with_one_small_step(string language)
    {
        using var motion = house.InMotion();
        var (words, texts) = (Words.Of(language), All[language]);
        await using var workshop = await house.PrepareAsync(words, new(texts.Title, Language: language, Template: "retrospective", Facilitator: language == "he" ? "נועה" : "Noa"));
        await using var phone = await house.PhoneAsync(words);
        await phone.GoAsync($"/j/{workshop.Made.Code}");
        await phone.JoinAsync();
        await using var noa = await house.LaptopAsync(words);
        await noa.TakeSeatsAsync(workshop.Facilitator);
        await noa.GoAsync($"/facilitate/{workshop.Made.Workshop}");
        await using var hall = await house.ProjectorAsync(words);
        await hall.Page.GotoAsync(workshop.Made.Links.Screen);

        // Each alone: nobody reads what the others write.
        await phone.WriteAsync(texts.Own);
        var others = new List<LivePerson>();
        for (var at = 0; at < 4; at++) others.Add(await workshop.JoinAsync());
        foreach (var (lane, said) in new[] { texts.Keep, texts.Change, texts.Try }.Index())
            foreach (var (at, text) in said.Index()) (await others[lane + at].SubmitAsync(Commands.AddIdea(workshop.Board, Ids.New(), workshop.Lanes[lane], text, language))).Expect("add-idea");
        await hall.ReadsAsync("screen:private.count", ("n", 7));
        foreach (var visitor in new[] { noa, phone, hall }) await visitor.DoesNotSeeAsync(texts.Change[0]);
        await LookAsync("alone");

        await noa.PressAsync("facilitate:now.reveal.n", ("n", 7));
        foreach (var visitor in new[] { noa, phone, hall }) await visitor.SeesAsync(texts.Change[0]);
        await LookAsync("together");

        // What belongs together is put together, and dots say what matters.
        await workshop.Facilitator.WaitForAsync(one => one.Board.Ideas.Count == 7);
        var theme = Ids.New();
        await workshop.DoAsync("add-theme", new { theme, title = texts.Theme, colour = 3 });
        foreach (var text in new[] { texts.Change[0], texts.Try[0] }) await workshop.DoAsync("theme-idea", new { idea = workshop.IdOf(text), theme });
        await noa.Radio("facilitate:board.themes").CheckAsync();
        await Expect(noa.Column(texts.Theme)).ToBeVisibleAsync();
        await LookAsync("themes");
        await noa.PressAsync("facilitate:now.ballot.open");
        await Expect(noa.Radio("votes:method.dots")).ToBeCheckedAsync();
        await noa.PressAsync("facilitate:ballot.go");
        await phone.ReadsAsync("room:vote.left", ("n", 3), ("budget", 3));
        await phone.GiveDotAsync(texts.Try[0]);
        await workshop.Facilitator.WaitForAsync(one => one.Board.Ballots.Count == 1);
        var ballot = workshop.Facilitator.Board.Ballots.Single().Key;
        foreach (var person in others)
        {
            await person.WaitForAsync(one => one.Board.Ballots.ContainsKey(ballot));
            foreach (var text in new[] { texts.Try[0], texts.Keep[0] }) await workshop.VoteAsync(person, ballot, text);
        }

        await LookAsync("voting");
        await noa.PressAsync("facilitate:now.ballot.close");
        await phone.ReadsAsync("room:results.title");
        await hall.ReadsAsync("screen:results.title");
        await LookAsync("results");

        // The next step.
        await noa.PressAsync("facilitate:agenda.next");
        await noa.PressAsync("plan:desk.bring");
        await noa.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Checkbox, new() { Name = texts.Try[0] }).CheckAsync();
        await LookAsync("bring");
        await noa.PressAsync("bring:do", ("n", 1));
        var owner = noa.Page.GetByLabel(noa.Say["plan:of.owner", ("text", texts.Try[0])], new() { Exact = true });
        await owner.FillAsync(texts.Owner);
        await owner.PressAsync("Enter");
        foreach (var visitor in new[] { phone, hall }) await visitor.SeesAsync(texts.Owner);
        await LookAsync("next");
        foreach (var visitor in new[] { noa, phone, hall }) Assert.Empty(visitor.Complaints);

        async Task LookAsync(string what)
        {
            foreach (var (visitor, name) in new[] { (noa, "noa"), (phone, "phone"), (hall, "hall") })
            {
                var size = visitor.Page.ViewportSize!;
                Assert.Empty(await EveryScreen.FaultsAsync(visitor, [(size.Width, size.Height)], $"retro-{what}-{name}-{language}"));
            }
        }
    }
}
