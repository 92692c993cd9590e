using LiveCoCreate.Wire;
using LiveCoCreate.Wire.Seats;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LiveCoCreate.Browser;

/// <summary>Raised hands and being ready. With SHOTS=FOLDER in the environment it also keeps pictures.</summary>
[Collection("house")]
public sealed class WithoutWords(House house)
{
    [Theory]
    [InlineData("he", true)]
    [InlineData("en", false)]
    public async Task Hands_are_called_in_turn_and_the_room_knows_who_is_ready(string language, bool anonymous)
    {
        var words = Words.Of(language);
        await using var workshop = await house.PrepareAsync(words, new NewWorkshop(words.Language is "he" ? "גינה לכל רחוב" : "A garden in every street", Language: language, Anonymous: anonymous, Facilitator: "Noa"));
        await using var desk = await house.LaptopAsync(words);
        await desk.TakeSeatsAsync(workshop.Facilitator);
        await desk.GoAsync($"/facilitate/{workshop.Made.Workshop}");
        await desk.Page.GetByRole(AriaRole.Tab, new() { Name = desk.Say["facilitate:panel.people"] }).ClickAsync();
        await using var dana = await house.PhoneAsync(words);
        await using var sam = await house.PhoneAsync(words);
        foreach (var (phone, alias) in new[] { (dana, "Dana"), (sam, "Sam") })
        {
            await phone.GoAsync($"/j/{workshop.Made.Code}");
            await phone.JoinAsync(anonymous ? null : alias);
            await phone.PressAsync("room:signal.hand");
        }

        await dana.ReadsAsync("room:signal.hand.place", ("n", 1));
        await sam.ReadsAsync("room:signal.hand.place", ("n", 2));
        var hands = desk.Page.GetByRole(AriaRole.List).Filter(new() { Has = desk.Button("facilitate:hands.floor") }).GetByRole(AriaRole.Listitem);
        await Expect(hands).ToHaveCountAsync(2);
        await Expect(hands.First).ToContainTextAsync(anonymous ? words["facilitate:hands.nameless", ("n", 1)] : "Dana");
        await Expect(desk.Page.GetByRole(AriaRole.Status).Filter(new() { HasText = words["facilitate:hands.count", ("n", 2)] })).ToHaveCountAsync(1);

        await hands.First.GetByRole(AriaRole.Button, new() { Name = words["facilitate:hands.floor"] }).ClickAsync();
        await dana.ReadsAsync("room:signal.floor");
        await sam.ReadsAsync("room:signal.hand.place", ("n", 1));
        await dana.PressAsync("room:signal.ready");
        await desk.ReadsAsync("facilitate:ready.count", ("n", 1), ("all", 2));
        List<string> faults = [
            .. await EveryScreen.FaultsAsync(dana, [(390, 844)], $"hands-floor-{language}"),
            .. await EveryScreen.FaultsAsync(sam, [(390, 844)], $"hands-waiting-{language}"),
            .. await EveryScreen.FaultsAsync(desk, [(390, 844), (1366, 768)], $"hands-desk-{language}"),
        ];

        await dana.PressAsync("room:signal.floor.done");
        await Expect(dana.Button("room:signal.hand")).ToHaveAttributeAsync("aria-pressed", "false");
        await Expect(hands).ToHaveCountAsync(1);
        await desk.PressAsync("facilitate:hands.down");
        await Expect(sam.Button("room:signal.hand")).ToHaveAttributeAsync("aria-pressed", "false");
        foreach (var visitor in new[] { desk, dana, sam }) faults.AddRange(visitor.Complaints);
        Assert.True(faults.Count == 0, string.Join("\n", faults));
    }

    [Fact]
    public async Task The_quiet_are_invited_without_anybody_learning_who_they_are()
    {
        await using var workshop = await house.PrepareAsync(Words.Hebrew);
        for (var person = 0; person < 5; person++) await workshop.WriteAsync(await workshop.JoinAsync(), $"רעיון {person}");
        await using var quiet = await house.PhoneAsync(Words.Hebrew);
        await using var writer = await house.PhoneAsync(Words.Hebrew);
        foreach (var phone in new[] { quiet, writer })
        {
            await phone.GoAsync($"/j/{workshop.Made.Code}");
            await phone.JoinAsync();
        }

        await writer.WriteAsync("כבר אמרתי");
        await using var desk = await house.LaptopAsync(Words.Hebrew);
        await desk.TakeSeatsAsync(workshop.Facilitator);
        await desk.GoAsync($"/facilitate/{workshop.Made.Workshop}");
        await desk.Page.GetByRole(AriaRole.Tab, new() { Name = desk.Say["facilitate:panel.people"] }).ClickAsync();
        await desk.ReadsAsync("facilitate:voices.half", ("n", 3), ("writers", 6));
        await desk.PressAsync("facilitate:voices.invite");
        await desk.ReadsAsync("facilitate:voices.invited");
        await quiet.ReadsAsync("room:invited.text");
        List<string> faults = [.. await EveryScreen.FaultsAsync(quiet, [(390, 844)], "invited-he"), .. await EveryScreen.FaultsAsync(desk, [(390, 844), (1366, 768)], "voices-he")];
        await writer.DoesNotReadAsync("room:invited.text");
        // Whoever writes has accepted.
        await quiet.WriteAsync("גם אני");
        await quiet.DoesNotReadAsync("room:invited.text");
        Assert.True(faults.Count == 0, string.Join("\n", faults));
    }
}
