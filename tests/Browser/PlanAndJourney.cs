using LiveCoCreate.Wire;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LiveCoCreate.Browser;

/// <summary>Steps of kind plan and journey, from the desk to the phone and the hall (PROTOCOL N1 to N4).</summary>
[Collection("house")]
public sealed class PlanAndJourney(House house)
{
    [Theory, InlineData("he"), InlineData("en")]
    public async Task What_people_wrote_comes_into_the_plan_which_the_team_keeps_after_the_workshop(string language)
    {
        var words = language == "he" ? Words.Hebrew : Words.English;
        string[] texts = language == "he"
            ? ["ספסלים עם משענת, בצל, כל חמישים צעדים", "תאורה טובה בשביל שמאחורי בית הספר", "ארוחת שישי משותפת פעם בחודש", "שירותים ציבוריים נקיים"]
            : ["Benches with a back, in the shade, every fifty steps", "Good light on the path behind the school", "A shared Friday dinner once a month", "Clean public toilets"];
        await using var workshop = await house.PrepareAsync(words);
        var dana = await workshop.JoinAsync("Dana");
        foreach (var text in texts) await workshop.WriteAsync(dana, text);
        await using var phone = await house.PhoneAsync(words);
        await phone.TakeSeatsAsync(dana);
        await phone.GoAsync($"/room/{workshop.Made.Workshop}");
        await Expect(phone.Cards(texts[0])).ToHaveCountAsync(1);
        // What is one's own comes behind the board, and only then is it remembered here.
        await phone.Page.WaitForFunctionAsync("n => Object.entries(localStorage).some(([key, ids]) => key.includes('lcc-wrote-') && ids.split(' ').length >= n)", texts.Length);
        await phone.Page.GotoAsync("about:blank");
        await AddStepAsync(workshop, language == "he" ? "מה עושים" : "What we do", "plan", language == "he" ? ["מה עושים"] : ["What we do"]);
        await using var noa = await house.LaptopAsync(words);
        await noa.TakeSeatsAsync(workshop.Facilitator);
        await noa.GoAsync($"/facilitate/{workshop.Made.Workshop}");

        // What was written before becomes items here.
        await noa.PressAsync("plan:desk.bring");
        foreach (var text in texts) await noa.Page.GetByRole(AriaRole.Checkbox, new() { Name = text }).CheckAsync();
        await NothingIsWrongAsync(noa, "plan-bring", [(1366, 768)]);
        await noa.PressAsync("bring:do", ("n", texts.Length));
        await Expect(noa.Page.GetByRole(AriaRole.Row)).ToHaveCountAsync(texts.Length + 1);

        // It is edited where it stands, by keyboard as by mouse.
        await Of(noa, "plan:of.owner", texts[0]).FillAsync(language == "he" ? "דנה מהעירייה" : "Dana, from the council");
        await Of(noa, "plan:of.owner", texts[0]).PressAsync("Enter");
        await Of(noa, "plan:of.due", texts[0]).FillAsync("2031-03-01");
        await Of(noa, "plan:of.due", texts[1]).FillAsync("2020-01-15");
        await Of(noa, "plan:of.measure", texts[0]).FillAsync(language == "he" ? "עשרים ספסלים עומדים" : "Twenty benches stand");
        await Of(noa, "plan:of.owner", texts[1]).FillAsync(language == "he" ? "ועד השכונה" : "The neighbours’ committee");
        await Of(noa, "plan:of.state", texts[1]).SelectOptionAsync("doing");
        await Of(noa, "plan:of.state", texts[2]).SelectOptionAsync("done");
        await noa.ReadsAsync("plan:progress", ("done", 1), ("n", 4));
        await noa.Page.GetByRole(AriaRole.Button, new() { Name = noa.Say["plan:grown", ("n", 1)] }).First.ClickAsync();
        await noa.Page.EvaluateAsync("document.activeElement.blur()");
        await NothingIsWrongAsync(noa, "plan-desk", [(1366, 768)]);

        // Dana was away meanwhile, and hears it when she comes back; once.
        await phone.GoAsync($"/room/{workshop.Made.Workshop}");
        await phone.ReadsAsync("dialogue:went.told", ("n", texts.Length));
        await phone.Page.ReloadAsync();
        await Expect(phone.Cards(texts[0])).ToContainTextAsync(language == "he" ? "דנה מהעירייה" : "Dana, from the council");
        await Expect(phone.Cards(texts[1])).ToContainTextAsync(phone.Say["plan:late"]);
        await phone.DoesNotReadAsync("dialogue:went.told", ("n", texts.Length));
        await NothingIsWrongAsync(phone, "plan-room", [(390, 844), (1366, 768)]);
        await using var hall = await house.ProjectorAsync(words);
        await hall.TakeSeatsAsync(workshop.Facilitator);
        await LookAtTheHallAsync(hall, workshop, texts[0], "plan-screen");

        // Months later: the workshop is over, nobody writes, and the team says what is done.
        await workshop.DoInWorkshopAsync("close-workshop", new { });
        await noa.ReadsAsync("facilitate:bar.closed");
        await Of(noa, "plan:of.state", texts[0]).SelectOptionAsync("done");
        await noa.ReadsAsync("plan:progress", ("done", 2), ("n", 4));
        await phone.GoAsync($"/mine/{workshop.Made.Workshop}");
        await Expect(phone.Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = texts[0] })).ToContainTextAsync(phone.Say["plan:state.done"]);
        await Expect(phone.Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = texts[0] })).ToContainTextAsync(phone.Say["dialogue:status.planned"]);
        await NothingIsWrongAsync(phone, "plan-mine", [(390, 844)]);
        foreach (var visitor in new[] { noa, phone, hall }) Assert.Empty(visitor.Complaints);
    }

    [Theory, InlineData("he"), InlineData("en")]
    public async Task People_go_through_a_journey_stage_by_stage_and_see_where_it_breaks(string language)
    {
        var words = language == "he" ? Words.Hebrew : Words.English;
        string[] stages = language == "he" ? ["לפני", "מגיעים", "בתור", "אחרי"] : ["Before", "Arriving", "Waiting in line", "After"];
        string[] texts = language == "he"
            ? ["היה קל למצוא את הטופס", "קיבלתי תזכורת יום קודם", "האתר עבד גם בטלפון", "השלט לא היה ברור", "מצאתי חניה", "עמדתי שעתיים בשמש", "אף אחד לא אמר כמה זמן זה ייקח", "התור נתקע כשהמערכת נפלה", "ענו לי יפה", "קיבלתי אישור במקום", "חזרו אליי תוך יום"]
            : ["The form was easy to find", "I got a reminder the day before", "The site worked on my phone", "The sign was unclear", "I found a place to park", "I stood two hours in the sun", "Nobody said how long it would take", "The line stopped when the system was down", "They answered kindly", "I got my permit at once", "They called back within a day"];
        (int Stage, int Feel)[] felt = [(0, 1), (0, 2), (0, 1), (1, -1), (1, 1), (2, -2), (2, -2), (2, -1), (3, 2), (3, 1), (3, 2)];
        await using var workshop = await house.PrepareAsync(words);
        var lanes = await AddStepAsync(workshop, language == "he" ? "המסע להיתר" : "The way to a permit", "journey", stages);
        var sam = await workshop.JoinAsync("Sam");
        await using var phone = await house.PhoneAsync(words);
        await phone.TakeSeatsAsync(sam);
        await phone.GoAsync($"/room/{workshop.Made.Workshop}");

        // A moment with a face, and on to the next stage.
        await phone.Page.GetByRole(AriaRole.Radio, new() { Name = phone.Say["journey:feel.1"], Exact = true }).CheckAsync();
        await phone.WriteAsync(texts[0]);
        await Expect(phone.Cards(texts[0])).ToContainTextAsync(phone.Say["journey:feel.1"]);
        for (var at = 1; at < texts.Length; at++)
            (await sam.SubmitAsync(Command.OnBoard(workshop.Board, "add-idea", new { idea = Ids.New(), lane = lanes[felt[at].Stage], text = texts[at], feel = felt[at].Feel }))).Expect("add-idea");
        await phone.PressAsync("journey:stage.next", ("title", stages[1]));
        await Expect(phone.Cards(texts[3])).ToHaveCountAsync(1);
        await Expect(phone.Cards(texts[0])).ToHaveCountAsync(0);
        await phone.PressAsync("journey:stage.next", ("title", stages[2]));
        await Expect(phone.Page.GetByRole(AriaRole.Region, new() { Name = stages[2] })).ToContainTextAsync(phone.Say["journey:breaks"]);
        await NothingIsWrongAsync(phone, "journey-room", [(390, 844), (1366, 768)]);

        await using var noa = await house.LaptopAsync(words);
        await noa.TakeSeatsAsync(workshop.Facilitator);
        await noa.GoAsync($"/facilitate/{workshop.Made.Workshop}");
        // Who listens reads the curve as a table: two moments are too few for how a stage felt.
        await Expect(noa.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = stages[1] })).ToContainTextAsync(noa.Say["journey:mean.few"]);
        await Expect(noa.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = stages[2] })).ToContainTextAsync(noa.Say["journey:table.yes"]);
        await NothingIsWrongAsync(noa, "journey-desk", [(1366, 768)]);
        await using var hall = await house.ProjectorAsync(words);
        await hall.TakeSeatsAsync(workshop.Facilitator);
        await LookAtTheHallAsync(hall, workshop, texts[5], "journey-screen");
        foreach (var visitor in new[] { phone, noa, hall }) Assert.Empty(visitor.Complaints);
    }

    private static ILocator Of(Visitor visitor, string key, string text) => visitor.Page.GetByLabel(visitor.Say[key, ("text", text)], new() { Exact = true });

    private static async Task<string[]> AddStepAsync(Prepared workshop, string title, string kind, string[] lanes)
    {
        string[] ids = [.. lanes.Select(_ => Ids.New())];
        var step = Ids.New();
        await workshop.DoInWorkshopAsync("add-step", new { step, title, kind, lanes = lanes.Zip(ids, (title, lane) => new { lane, title }), @private = false, moderation = "open", after = workshop.Facilitator.Workshop!.Current });
        await workshop.Facilitator.WaitForAsync(facilitator => facilitator.Workshop!.Steps!.Any(one => one.Step == step));
        await workshop.GoToStepAsync(workshop.Facilitator.Workshop!.Steps!.ToList().FindIndex(one => one.Step == step));
        return ids;
    }

    private static async Task LookAtTheHallAsync(Visitor hall, Prepared workshop, string text, string name)
    {
        await hall.GoAsync(workshop.Made.Links.Screen[workshop.Made.Links.Screen.IndexOf("/screen/", StringComparison.Ordinal)..]);
        await hall.SeesAsync(text);
        await NothingIsWrongAsync(hall, name, [(1920, 1080)]);
    }

    private static async Task NothingIsWrongAsync(Visitor visitor, string name, (int Width, int Height)[] sizes) =>
        Assert.Empty(await EveryScreen.FaultsAsync(visitor, sizes, $"{name}-{visitor.Say.Language}"));
}
