using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LiveCoCreate.Browser;

/// <summary>The agenda is changed while the room is in it.</summary>
[Collection("house")]
public sealed class TheAgenda(House house)
{
    [Theory, InlineData("he"), InlineData("en")]
    public async Task Steps_come_go_change_places_and_are_done_again(string language)
    {
        var words = Words.Of(language);
        await using var workshop = await house.PrepareAsync(words, new("Garden", Language: language, Template: "retrospective", Facilitator: "Noa"));
        var dana = await workshop.JoinAsync();
        await using var noa = await house.LaptopAsync(words);
        await noa.TakeSeatsAsync(workshop.Facilitator);
        await noa.GoAsync($"/facilitate/{workshop.Made.Workshop}");
        var agenda = noa.Page.GetByRole(AriaRole.Navigation, new() { Name = noa.Say["facilitate:panel.agenda"] });
        var steps = agenda.GetByRole(AriaRole.Listitem);
        await Expect(steps).ToHaveCountAsync(2);
        var (first, second) = (dana.Workshop!.Steps![0].Title, dana.Workshop.Steps[1].Title);

        // A new one, with a time of its own.
        await noa.PressAsync("facilitate:agenda.add");
        await noa.Page.GetByRole(AriaRole.Textbox, new() { Name = noa.Say["facilitate:step.title"] }).FillAsync("Extra");
        await noa.Field("facilitate:step.minutes").FillAsync("4");
        await noa.PressAsync("common:action.add");
        await Expect(steps).ToHaveCountAsync(3);
        await Expect(steps.Nth(2)).ToContainTextAsync("Extra");
        await dana.WaitForAsync(person => person.Workshop!.Steps!.Count == 3);

        // By keyboard, and back with undo.
        await noa.Button("facilitate:agenda.go", ("n", 3), ("title", "Extra")).FocusAsync();
        await noa.Page.Keyboard.PressAsync("Alt+ArrowUp");
        await noa.SeesAsync(noa.Say["facilitate:deed.step-moved", ("title", "Extra"), ("n", 2)]);
        await Expect(steps.Nth(1)).ToContainTextAsync("Extra");
        await noa.Page.Keyboard.PressAsync("Control+z");
        await Expect(steps.Nth(2)).ToContainTextAsync("Extra");
        await noa.Page.Keyboard.PressAsync("Control+y");
        await Expect(steps.Nth(1)).ToContainTextAsync("Extra");

        // By drag.
        var (from, to) = (await steps.Nth(1).BoundingBoxAsync(), await steps.Nth(2).BoundingBoxAsync());
        await noa.Page.Mouse.MoveAsync(from!.X + (from.Width / 2), from.Y + 20);
        await noa.Page.Mouse.DownAsync();
        await noa.Page.Mouse.MoveAsync(to!.X + (to.Width / 2), to.Y + to.Height - 4, new() { Steps = 6 });
        await noa.Page.Mouse.UpAsync();
        await Expect(steps.Nth(2)).ToContainTextAsync("Extra");
        Assert.Equal(workshop.Facilitator.Workshop!.Steps![0].Step, workshop.Facilitator.Workshop.Current);

        // Off the agenda, and back from where such steps are kept.
        await noa.PressAsync("facilitate:agenda.menu", ("n", 3), ("title", "Extra"));
        await noa.PressAsync("facilitate:agenda.remove");
        await Expect(steps).ToHaveCountAsync(2);
        await noa.Page.GetByText(noa.Say["facilitate:agenda.removed", ("n", 1)]).ClickAsync();
        await noa.PressAsync("facilitate:agenda.restore", ("title", "Extra"));
        await Expect(steps).ToHaveCountAsync(3);

        // The step of now is done once more, with everyone, on an empty board; the old one waits behind it.
        await noa.PressAsync("facilitate:agenda.menu", ("n", 1), ("title", first));
        await Expect(noa.Button("facilitate:agenda.remove")).ToBeDisabledAsync();
        await noa.PressAsync("facilitate:agenda.repeat");
        await Expect(steps).ToHaveCountAsync(4);
        await dana.WaitForAsync(person => person.Workshop!.Steps!.Count == 4 && person.Workshop.Current == person.Workshop.Steps[1].Step);

        // Back to a step whose writing was closed: it opens.
        await noa.PressAsync("facilitate:agenda.previous");
        await noa.PressAsync("facilitate:now.writing.close");
        await noa.PressAsync("facilitate:agenda.next");
        await noa.PressAsync("facilitate:agenda.menu", ("n", 1), ("title", first));
        await noa.PressAsync("facilitate:agenda.reopen");
        await dana.WaitForAsync(person => person.Workshop!.Current == person.Workshop.Steps![0].Step);
        await Expect(noa.Button("facilitate:now.writing.close")).ToBeVisibleAsync();

        // Its settings, without being in it.
        await noa.PressAsync("facilitate:agenda.menu", ("n", 3), ("title", second));
        await noa.PressAsync("facilitate:agenda.edit");
        await noa.Page.GetByRole(AriaRole.Textbox, new() { Name = noa.Say["facilitate:step.title"] }).FillAsync("Last words");
        await noa.Radio("facilitate:step.moderation.approve").CheckAsync();
        await noa.PressAsync("common:action.save");
        await dana.WaitForAsync(person => person.Workshop!.Steps![2].Title == "Last words");
        Assert.Empty(noa.Complaints);
    }

    [Theory, InlineData("he"), InlineData("en")]
    public async Task An_agenda_is_saved_as_a_file_and_begins_another_workshop(string language)
    {
        var words = Words.Of(language);
        await using var workshop = await house.PrepareAsync(words, new("Garden", Language: language, Template: "retrospective", Facilitator: "Noa"));
        await workshop.DoAsync("change-settings", new { @private = false });
        await workshop.DoInWorkshopAsync("edit-step", new { step = workshop.Facilitator.Workshop!.Steps![0].Step, title = "Only ours", durationMs = 120_000 });
        var dana = await workshop.JoinAsync();
        await workshop.WriteAsync(dana, "Benches in the shade");
        await using var noa = await house.LaptopAsync(words);
        await noa.TakeSeatsAsync(workshop.Facilitator);
        await noa.GoAsync($"/facilitate/{workshop.Made.Workshop}");
        await noa.PressAsync("facilitate:menu.label");
        var file = await noa.Page.RunAndWaitForDownloadAsync(() => noa.Page.GetByRole(AriaRole.Link, new() { Name = noa.Say["facilitate:menu.template"] }).ClickAsync());
        var path = await file.PathAsync();
        Assert.Contains("Only ours", await File.ReadAllTextAsync(path), StringComparison.Ordinal);

        // A file that is none says so, and the one that is shows its steps.
        await noa.GoAsync("/new");
        await noa.Page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "photo.json", MimeType = "application/json", Buffer = "not a template"u8.ToArray() });
        await noa.ReadsAsync("refusals:refusal.template-malformed");
        await noa.Page.Locator("input[type=file]").SetInputFilesAsync(path);
        await noa.SeesAsync("Only ours");
        await noa.ReadsAsync("setup:template.is-file");

        // Or straight from the workshop, with what everyone saw.
        await noa.GoAsync($"/new?from={workshop.Made.Workshop}");
        await noa.ReadsAsync("setup:template.is-from");
        await noa.Page.GetByRole(AriaRole.Checkbox, new() { Name = noa.Say["setup:template.content"] }).CheckAsync();
        await noa.Field("setup:name.label").FillAsync("Garden, again");
        await noa.Field("setup:purpose.label").FillAsync("To go on");
        await noa.PressAsync("setup:make");
        await Expect(noa.Heading(noa.Say["setup:made.title", ("title", "Garden, again")])).ToBeVisibleAsync();
        await noa.Page.GetByText(noa.Say["setup:made.open"]).ClickAsync();
        await Expect(noa.CardOnBoard("Benches in the shade")).ToHaveCountAsync(1);
        Assert.All(noa.Complaints, complaint => Assert.Contains("/api/templates/check", complaint, StringComparison.Ordinal));
    }
}
