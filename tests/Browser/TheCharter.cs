using LiveCoCreate.Wire;
using LiveCoCreate.Wire.Seats;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LiveCoCreate.Browser;

/// <summary>How we take part, from the suggestion to the agreement (PROTOCOL CH). With SHOTS=FOLDER in the environment it also keeps pictures.</summary>
[Collection("house of screens")]
public sealed class TheCharter(House house)
{
    [Theory, InlineData("he"), InlineData("en")]
    public async Task A_suggestion_is_adopted_and_everybody_agrees_again_without_losing_what_they_write(string language)
    {
        var words = Words.Of(language);
        var (principle, better, remark) = language == "he"
            ? ("מקשיבים לפני שעונים.", "מקשיבים עד הסוף, ורק אז עונים.", "מה עם מי שמתביישת לדבר?")
            : ("We listen before we answer.", "We hear each other out, and only then answer.", "What about those too shy to speak?");
        await using var workshop = await house.PrepareAsync(words, new NewWorkshop(language == "he" ? "גינה לכל רחוב" : "A garden in every street", Language: language, Template: "co-creation", Anonymous: true, Facilitator: "Noa"));
        var step = Ids.New();
        await workshop.DoInWorkshopAsync("add-step", new { step, title = words["kinds:kind.charter"], kind = "charter", lanes = new[] { new { lane = "charter", title = words["kinds:kind.charter.lanes"] } }, @private = false, moderation = "open" });
        await workshop.Facilitator.WaitForAsync(person => person.Workshop!.Steps!.Any(one => one.Step == step));
        await workshop.DoInWorkshopAsync("go-to-step", new { step });
        await workshop.Facilitator.WatchAsync(workshop.Facilitator.Workshop!.Steps!.Single(one => one.Step == step).Board);
        var people = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => workshop.JoinAsync()));
        await using var dana = await house.PhoneAsync(words);
        await using var late = await house.PhoneAsync(words);
        await using var noa = await house.LaptopAsync(words);
        await using var screen = await house.ProjectorAsync(words);
        await late.GoAsync($"/j/{workshop.Made.Code}");
        await late.ReadsAsync("join:charter.title");
        await dana.GoAsync($"/j/{workshop.Made.Code}");
        await dana.JoinAsync();
        await noa.TakeSeatsAsync(workshop.Facilitator);
        await noa.GoAsync($"/facilitate/{workshop.Made.Workshop}");
        await screen.Page.GotoAsync(workshop.Made.Links.Screen);

        // Dana puts a principle differently, and begins to write something else.
        await dana.PressAsync("charter:propose.about", ("text", principle));
        await dana.Field("charter:propose.words").FillAsync(better);
        await dana.PressAsync("charter:propose.send");
        await Expect(dana.Cards(better)).ToHaveCountAsync(1);
        await dana.WriteBox.FillAsync(remark);
        await screen.SeesAsync(better);
        await screen.ReadsAsync("charter:screen.reword", ("n", 1));
        await NothingIsWrongAsync(screen, "screen-suggested", language);
        await NothingIsWrongAsync(dana, "room", language);

        await noa.SeesAsync(better);
        await NothingIsWrongAsync(noa, "desk", language);
        await noa.PressAsync("charter:desk.adopt.about", ("text", better));
        await NothingIsWrongAsync(noa, "adopt", language);
        await noa.PressAsync("charter:edit.adopt.save");
        await noa.ReadsAsync("charter:desk.agreed", ("agreed", 0), ("people", 7));
        await noa.ReadsAsync("dialogue:status.chosen");

        // Everybody is asked, and nobody is stopped.
        await dana.ReadsAsync("charter:agree.title");
        await dana.ReadsAsync("charter:change.was", ("text", principle));
        await NothingIsWrongAsync(dana, "agree", language);
        foreach (var person in people) (await person.SubmitAsync(Command.OnWorkshop("agree-charter", new { charter = 2 }))).Expect("agree-charter");
        await noa.ReadsAsync("charter:desk.agreed", ("agreed", 6), ("people", 7));
        await screen.ReadsAsync("charter:screen.agreed.least");
        await NothingIsWrongAsync(screen, "screen", language);
        await dana.PressAsync("charter:agree.do");
        await Expect(dana.Page.GetByRole(AriaRole.Heading, new() { Name = dana.Say["charter:agree.title"] })).ToHaveCountAsync(0);
        await Expect(dana.WriteBox).ToHaveValueAsync(remark);
        await screen.ReadsAsync("charter:screen.agreed.all");

        // Whoever was reading meanwhile reads what it is now, and then comes in.
        await late.Page.GetByRole(AriaRole.Checkbox, new() { Name = late.Say["join:charter.agree"] }).CheckAsync();
        await late.PressAsync("join:enter");
        await late.ReadsAsync("join:charter.changed");
        await late.SeesAsync(better);
        await NothingIsWrongAsync(late, "join", language);
        // Refusing the older charter is no mistake of the page's.
        await late.JoinAsync();
        await late.PressAsync("common:action.menu");
        await late.PressAsync("room:charter.open");
        await late.ReadsAsync("charter:read.changed", ("version", 1));
        await NothingIsWrongAsync(late, "read", language);
        foreach (var visitor in new[] { dana, noa, screen }) Assert.Empty(visitor.Complaints);
        Assert.All(late.Complaints, complaint => Assert.Contains("409", complaint, StringComparison.Ordinal));
    }

    private static async Task NothingIsWrongAsync(Visitor visitor, string name, string language)
    {
        var size = visitor.Page.ViewportSize!;
        // What lies under the dock can be scrolled out from there, and is too small to press only for who does not.
        if (size.Width == 390) await visitor.Page.SetViewportSizeAsync(390, 1700);
        Assert.Empty(await EveryScreen.FaultsAsync(visitor, [(size.Width, size.Height)], $"charter-{name}-{language}"));
    }
}
