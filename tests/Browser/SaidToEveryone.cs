using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LiveCoCreate.Browser;

/// <summary>What a facilitator says reaches every phone and the hall's screen (PROTOCOL C5).</summary>
[Collection("house")]
public sealed class SaidToEveryone(House house)
{
    [Theory, InlineData("he"), InlineData("en")]
    public async Task An_announcement_is_seen_put_away_and_taken_down(string language)
    {
        var words = Words.Of(language);
        var text = language == "he" ? "הפסקה של חמש דקות, ואז חוזרים לאולם" : "A break of five minutes, then back to the hall";
        await using var workshop = await house.PrepareAsync(words, new("Garden", Language: language, Template: "retrospective", Facilitator: "Noa"));
        var (dana, sam) = (await workshop.JoinAsync(), await workshop.JoinAsync());
        await using var phone = await house.PhoneAsync(words);
        await using var other = await house.PhoneAsync(words);
        await using var hall = await house.ProjectorAsync(words);
        await using var noa = await house.LaptopAsync(words);
        foreach (var (visitor, person) in new[] { (phone, dana), (other, sam) })
        {
            await visitor.TakeSeatsAsync(person);
            await visitor.GoAsync($"/room/{workshop.Made.Workshop}");
        }

        await hall.Page.GotoAsync(workshop.Made.Links.Screen);
        await noa.TakeSeatsAsync(workshop.Facilitator);
        await noa.GoAsync($"/facilitate/{workshop.Made.Workshop}");
        await noa.PressAsync("facilitate:menu.label");
        await noa.PressAsync("facilitate:menu.announce");
        await noa.Page.GetByRole(AriaRole.Textbox, new() { Name = noa.Say["facilitate:announce.text"] }).FillAsync(text);
        await noa.PressAsync("facilitate:announce.go");
        foreach (var visitor in new[] { phone, other, hall }) await Expect(visitor.Page.GetByRole(AriaRole.Status).Filter(new() { HasText = text })).ToBeVisibleAsync();
        foreach (var visitor in new[] { phone, hall })
            Assert.Empty(await visitor.AskAxeAsync());
        if (Environment.GetEnvironmentVariable("SHOTS") is { Length: > 0 } shots)
            foreach (var (name, visitor) in new[] { ("room", phone), ("screen", hall) }) await visitor.Page.ScreenshotAsync(new() { Path = Path.Combine(shots, $"announcement-{name}-{language}.png") });

        // One puts it away for themselves, also after a reload; the others still see it.
        await phone.PressAsync("common:announcement.away");
        await phone.DoesNotSeeAsync(text);
        await phone.Page.ReloadAsync();
        await Expect(phone.WriteBox).ToBeVisibleAsync();
        await phone.DoesNotSeeAsync(text);
        await other.SeesAsync(text);

        await noa.PressAsync("facilitate:menu.label");
        await noa.PressAsync("facilitate:menu.announce");
        await noa.PressAsync("facilitate:announce.end");
        foreach (var visitor in new[] { other, hall }) await visitor.DoesNotSeeAsync(text);
        foreach (var visitor in new[] { phone, other, hall, noa }) Assert.Empty(visitor.Complaints);
    }
}
