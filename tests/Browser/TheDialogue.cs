using LiveCoCreate.Wire;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LiveCoCreate.Browser;

/// <summary>What is said about an idea, by the people and by the team (PROTOCOL F10 to F12).</summary>
[Collection("house")]
public sealed class TheDialogue(House house)
{
    private const string Idea = "ספסלים בצל, ליד בית הספר";

    [Fact]
    public async Task People_talk_about_an_idea_and_its_author_hears_at_once_what_becomes_of_it()
    {
        await using var workshop = await house.PrepareAsync(Words.Hebrew);
        await workshop.DoAsync("change-settings", new { moderation = "approve" });
        var (dana, sam) = (await workshop.JoinAsync("דנה"), await workshop.JoinAsync("סם"));
        await workshop.WriteAsync(dana, Idea);
        await workshop.DoAsync("approve-idea", new { idea = workshop.IdOf(Idea) });
        await using var danas = await house.PhoneAsync(Words.Hebrew);
        await using var sams = await house.PhoneAsync(Words.Hebrew);
        await using var noa = await house.LaptopAsync(Words.Hebrew);
        foreach (var (phone, person) in new[] { (danas, dana), (sams, sam) })
        {
            await phone.TakeSeatsAsync(person);
            await phone.GoAsync($"/room/{workshop.Made.Workshop}");
            await Expect(phone.Cards(Idea)).ToHaveCountAsync(1);
        }

        await noa.TakeSeatsAsync(workshop.Facilitator);
        await noa.GoAsync($"/facilitate/{workshop.Made.Workshop}");
        await Expect(noa.CardOnBoard(Idea)).ToHaveCountAsync(1);

        // One tap on the card, another in the sheet; the other phone counts both, and neither knows whose they are.
        await sams.PressAsync("dialogue:reaction.heart");
        await sams.PressAsync("dialogue:talk.open", ("text", Idea));
        await sams.PressAsync("dialogue:reaction.question");
        await Expect(danas.Button("dialogue:reaction.count", ("kind", danas.Say["dialogue:reaction.heart"]), ("n", 1))).ToHaveAttributeAsync("aria-pressed", "false");
        await Expect(sams.Button("dialogue:reaction.count", ("kind", sams.Say["dialogue:reaction.question"]), ("n", 1))).ToHaveAttributeAsync("aria-pressed", "true");

        // A comment waits, the facilitator reads with it what it is about, and then all read it.
        const string Question = "ומי ידאג לניקיון?";
        await sams.Field("dialogue:comment.label").FillAsync(Question);
        await sams.PressAsync("dialogue:comment.send");
        await sams.ReadsAsync("dialogue:comment.waiting");
        // A tap anywhere on the card opens the sheet, as the button does.
        await danas.Cards(Idea).GetByText(Idea, new() { Exact = true }).ClickAsync(new() { Force = true });
        await danas.ReadsAsync("dialogue:comments.none");
        await danas.DoesNotSeeAsync(Question);
        var waiting = noa.Page.GetByRole(AriaRole.Region, new() { Name = noa.Say["dialogue:queue.title"] });
        await Expect(waiting).ToContainTextAsync(noa.Say["dialogue:comment.of", ("text", Idea)]);
        await Expect(waiting).ToContainTextAsync(Question);
        await NothingIsWrongAsync(noa, "dialogue-queue");
        await waiting.GetByRole(AriaRole.Button, new() { Name = noa.Say["dialogue:desk.approve"], Exact = true }).ClickAsync();
        await danas.SeesAsync(Question);
        await sams.DoesNotReadAsync("dialogue:comment.waiting");

        // The team answers and decides by keyboard; its author is told before anything else.
        await danas.PressAsync("common:action.close");
        await noa.CardOnBoard(Idea).FocusAsync();
        await noa.Page.Keyboard.PressAsync("c");
        await noa.Field("dialogue:reply.label").FillAsync("העירייה תנקה פעמיים בשבוע.");
        await noa.PressAsync("dialogue:reply.save");
        await danas.ReadsAsync("dialogue:reply.told", ("text", Idea));
        await noa.Radio("dialogue:status.not-now").CheckAsync();
        await Expect(noa.Button("dialogue:status.save")).ToBeDisabledAsync();
        await noa.Field("dialogue:status.note.not-now").FillAsync("נבדוק שוב אחרי השיפוץ");
        await noa.PressAsync("dialogue:status.save");
        await danas.ReadsAsync("dialogue:status.told", ("text", Idea), ("status", danas.Say["dialogue:status.not-now"]));
        await Expect(danas.Cards(Idea)).ToContainTextAsync(danas.Say["dialogue:status.not-now"]);
        await sams.SeesAsync("נבדוק שוב אחרי השיפוץ");
        await sams.SeesAsync("העירייה תנקה פעמיים בשבוע.");
        await NothingIsWrongAsync(noa, "dialogue-desk");
        await NothingIsWrongAsync(sams, "dialogue-sheet");

        // What is hidden goes from the other phone, and its author reads why.
        await noa.PressAsync("dialogue:desk.hide", ("text", Question));
        await noa.Page.Keyboard.PressAsync("1");
        await sams.ReadsAsync("dialogue:comment.hidden");
        await sams.SeesAsync(noa.Say["facilitate:hide.told.topic"]);
        await danas.PressAsync("dialogue:talk.open", ("text", Idea));
        await danas.DoesNotSeeAsync(Question);
        await noa.PressAsync("dialogue:desk.show");
        await danas.SeesAsync(Question);

        // Undone, the badge is gone everywhere.
        await noa.Page.Keyboard.PressAsync("Escape");
        await noa.PressAsync("facilitate:bar.undo", ("what", noa.Say["dialogue:deed.comment-shown"]));
        await danas.DoesNotSeeAsync(Question);

        // The page of one's contributions says it all.
        await sams.GoAsync($"/mine/{workshop.Made.Workshop}");
        await sams.SeesAsync(Question);
        await danas.GoAsync($"/mine/{workshop.Made.Workshop}");
        await danas.ReadsAsync("dialogue:status.not-now");
        await danas.SeesAsync("נבדוק שוב אחרי השיפוץ");
        await danas.SeesAsync("העירייה תנקה פעמיים בשבוע.");
        foreach (var (visitor, name) in new[] { (danas, "dialogue-mine"), (sams, "dialogue-mine-comment") }) await NothingIsWrongAsync(visitor, name);
        foreach (var visitor in new[] { danas, sams, noa }) Assert.Empty(visitor.Complaints);
    }

    [Theory, InlineData(ColorScheme.Light), InlineData(ColorScheme.Dark)]
    public async Task A_comment_is_changed_and_withdrawn_and_a_reaction_taken_back(ColorScheme shade)
    {
        const string Lamps = "Solar lamps along the path";
        await using var workshop = await house.PrepareAsync(Words.English);
        var sam = await workshop.JoinAsync("Sam");
        await workshop.WriteAsync(sam, Lamps);
        await workshop.DoAsync("set-status", new { idea = workshop.IdOf(Lamps), status = "planned", note = "in spring" });
        await workshop.DoAsync("reply-to-idea", new { idea = workshop.IdOf(Lamps), text = "We ordered the first ten." });
        await workshop.DoAsync("add-comment", new { comment = Ids.New(), idea = workshop.IdOf(Lamps), text = "Where should they stand?" });
        await using var phone = await house.VisitAsync(Words.English, 390, 844, options => (options.IsMobile, options.HasTouch, options.ColorScheme, options.ReducedMotion) = (true, true, shade, ReducedMotion.Reduce));
        await phone.TakeSeatsAsync(sam);
        await phone.GoAsync($"/room/{workshop.Made.Workshop}");
        await Expect(phone.Cards(Lamps)).ToContainTextAsync(phone.Say["dialogue:status.planned"]);
        await NothingIsWrongAsync(phone, $"dialogue-card-{shade}");

        await phone.PressAsync("dialogue:talk.open", ("text", Lamps));
        await phone.SeesAsync("We ordered the first ten.");
        await phone.PressAsync("dialogue:reaction.star");
        await phone.Field("dialogue:comment.label").FillAsync("Near the scool");
        await phone.PressAsync("dialogue:comment.send");
        await phone.PressAsync("dialogue:comment.edit", ("text", "Near the scool"));
        await phone.Field("dialogue:comment.label").First.FillAsync("Near the school");
        await phone.PressAsync("common:action.save");
        await workshop.Facilitator.WaitForAsync(facilitator => facilitator.Board.Comments.Values.Any(comment => comment.Text == "Near the school" && comment.Edited) && facilitator.Board.Reactions.Values.Any(one => one.Star == 1));
        await NothingIsWrongAsync(phone, $"dialogue-thread-{shade}");

        await phone.PressAsync("dialogue:reaction.count", ("kind", phone.Say["dialogue:reaction.star"]), ("n", 1));
        await phone.PressAsync("dialogue:comment.withdraw", ("text", "Near the school"));
        await phone.DoesNotSeeAsync("Near the school");
        await workshop.Facilitator.WaitForAsync(facilitator => facilitator.Board.Comments.Count == 1 && facilitator.Board.Reactions.Count == 0);
        Assert.Empty(phone.Complaints);
    }

    private static async Task NothingIsWrongAsync(Visitor visitor, string name)
    {
        var size = visitor.Page.ViewportSize!;
        Assert.Empty(await EveryScreen.FaultsAsync(visitor, [(size.Width, size.Height)], $"{name}-{visitor.Say.Language}"));
    }
}
