using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Boards;
using static LiveCoCreate.Fast.Boards.BoardSpec;
using static LiveCoCreate.Fast.Boards.Floor;
using static LiveCoCreate.Grains.Boards.BoardCommand;
using static LiveCoCreate.Grains.Boards.BoardEvent;

namespace LiveCoCreate.Fast.Boards;

/// <summary>What the big screens are turned to (R1, R2).</summary>
public sealed class ScreenTests
{
    private static readonly Showing Benches = new(ScreenView.Idea, Bench);

    private static BoardSpec Written => Opened().Given(Ada, new AddIdea(Bench, Now, "Benches")).Given(Ben, new AddIdea(Shade, Now, "Shade"));

    private static BoardSpec Lit => Written.Given(Fay, "lit", new ShowOnScreen(ScreenView.Idea, Bench));

    private static OpenBallot Ballot(BallotId ballot, CountsDue counts = CountsDue.Close) => new(ballot, 3, 3, counts, Anonymous: false);

    [Fact]
    public void An_idea_stands_on_the_screen_until_a_facilitator_ends_it()
    {
        Written.When(Fay, new ShowOnScreen(ScreenView.Idea, Bench)).Then(new ScreenTurned(Benches, null)).When(Gus, new ShowOnScreen(ScreenView.Idea, Bench)).ThenNothing();
        foreach (var audience in Audiences) Lit.ThenSeenBy(audience, view => Assert.Equal(Benches, view.Facts.Screen));
        Lit.When(Gus, new ShowOnScreen()).Then(new ScreenTurned(null, Benches)).ThenSeenBy(Audience.Screens, view => Assert.Null(view.Facts.Screen)).When(Fay, new ShowOnScreen()).ThenNothing();
    }

    [Fact]
    public void What_the_room_cannot_see_is_never_shown()
    {
        Opened(@private: true).Given(Ada, new AddIdea(Bench, Now, "x")).When(Fay, new ShowOnScreen(ScreenView.Idea, Bench)).ThenRefused("idea-missing");
        Opened(Moderation.Approve).Given(Ada, new AddIdea(Bench, Now, "x")).When(Fay, new ShowOnScreen(ScreenView.Idea, Bench)).ThenRefused("idea-missing");
        Written.Given(Fay, new HideIdea(Bench, "why")).When(Fay, new ShowOnScreen(ScreenView.Idea, Bench)).ThenRefused("idea-missing");
        Written.When(Fay, new ShowOnScreen(ScreenView.Idea, Tap)).ThenRefused("idea-missing").When(Fay, new ShowOnScreen(ScreenView.Idea)).ThenRefused("malformed")
            .When(Fay, new ShowOnScreen(ScreenView.Cloud, Bench)).ThenRefused("malformed").When(Fay, new ShowOnScreen(Idea: Bench)).ThenRefused("malformed");
    }

    public static TheoryData<string> Endings => ["hidden", "withdrawn", "edited under approval", "merged", "expunged", "author gone", "a ballot", "closed"];

    [Theory, MemberData(nameof(Endings))]
    public void It_ends_with_what_was_shown_and_does_not_come_back_with_it(string ending)
    {
        var (by, command) = ending switch
        {
            "hidden" => (Gus, new HideIdea(Bench, "why")),
            "withdrawn" => (Ada, new WithdrawIdea(Bench)),
            "edited under approval" => (Ada, new EditIdea(Bench, "More")),
            "merged" => (Gus, new MergeIdea(Bench, Shade)),
            "expunged" => (Caller.System, new ExpungeText(Bench)),
            "author gone" => (Caller.System, new ForgetAuthor(Ada.Id, true)),
            "a ballot" => (Gus, Ballot(First)),
            _ => (Caller.System, (BoardCommand)new CloseBoard()),
        };
        var lit = ending == "edited under approval" ? Lit.Given(Gus, new ChangeSettings(Moderation.Approve)) : Lit;
        foreach (var audience in Audiences) lit.Given(by, command).ThenSeenBy(audience, view => Assert.Null(view.Facts.Screen));
        if (ending == "hidden") lit.Given(by, command).Given(Gus, new ShowIdea(Bench)).ThenSeenBy(Audience.Screens, view => Assert.Null(view.Facts.Screen));
        if (ending == "merged") lit.Given(by, command).Given(Gus, new UnmergeIdea(Bench)).ThenSeenBy(Audience.Screens, view => Assert.Null(view.Facts.Screen));
    }

    [Fact]
    public void What_was_merged_is_shown_as_what_it_became() => Written.Given(Fay, new MergeIdea(Bench, Shade)).When(Fay, new ShowOnScreen(ScreenView.Idea, Bench))
        .Then(new ScreenTurned(new Showing(ScreenView.Idea, Shade), null));

    [Fact]
    public void Other_ideas_come_and_go_beside_it() => Lit.Given(Gus, new HideIdea(Shade, "why")).Given(Ada, new AddIdea(Tap, Now, "Tap"), new EditIdea(Bench, "More"))
        .ThenSeenBy(Audience.Screens, view => Assert.Equal(Benches, view.Facts.Screen));

    [Fact]
    public void Results_are_shown_once_there_are_some()
    {
        Written.When(Fay, new ShowOnScreen(ScreenView.Results)).ThenRefused("ballot-missing");
        Written.Given(Fay, Ballot(First)).When(Fay, new ShowOnScreen(ScreenView.Results)).ThenRefused("ballot-open");
        Written.Given(Fay, Ballot(First), new CloseBallot(First)).When(Fay, new ShowOnScreen(ScreenView.Results)).Then(new ScreenTurned(new Showing(ScreenView.Results), null))
            .Given(Fay, Ballot(Second)).ThenSeenBy(Audience.Screens, view => Assert.Null(view.Facts.Screen));
    }

    [Fact]
    public void Undo_does_not_bring_back_what_is_gone() => Lit.Given(Fay, "cloud", new ShowOnScreen(ScreenView.Cloud)).Given(Gus, new HideIdea(Bench, "why"))
        .When(Fay, new Undo(new("cloud"))).ThenRefused("undo-too-late");

    [Fact]
    public void A_replay_keeps_from_the_screen_what_is_gone_now()
    {
        var then = Lit.Board;
        Assert.Equal(Benches, Board.ReplaySeenBy(TheBoard, Audience.Screens, then, Lit.Board.SeenBy(TheBoard, Audience.Screens)).Facts.Screen);
        var now = Lit.Given(Gus, new HideIdea(Bench, "why")).Board.SeenBy(TheBoard, Audience.Screens);
        Assert.Null(Board.ReplaySeenBy(TheBoard, Audience.Screens, then, now).Facts.Screen);
    }
}
