using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Boards;
using static LiveCoCreate.Fast.Boards.BoardSpec;
using static LiveCoCreate.Fast.Boards.Floor;
using static LiveCoCreate.Grains.Boards.BoardCommand;
using static LiveCoCreate.Grains.Boards.BoardEvent;

namespace LiveCoCreate.Fast.Boards;

/// <summary>PROTOCOL N5: what came out of one step goes on to another.</summary>
public sealed class BringTests
{
    private static readonly BoardId Earlier = new("board-earlier");

    /// <summary>The step before: Tap was merged into Bench, and Bench and Shade have a theme.</summary>
    private static BoardSpec There => Opened().Given(Ada, new AddIdea(Bench, Now, "Benches", "en"), new AddIdea(Tap, Now, "Seats")).Given(Ben, new AddIdea(Shade, Now, "צל", "he"))
        .Given(Fay, new MergeIdea(Tap, Bench), new AddTheme(Water, "A place to sit", 3), new ThemeIdeas([Bench, Shade], Water));

    internal static IdeaId New(IdeaId from) => new($"new-{from.Value}");

    internal static BringIdeas Bringing(params IdeaId[] ideas) => Bring([.. ideas.Select(idea => new Bringing(New(idea), idea))]);

    internal static BringIdeas Bring(params Bringing[] all) => From(There, all);

    private static BringIdeas From(BoardSpec there, params Bringing[] all) => new(Now, Earlier, [.. all]) { There = there.Board };

    private static BringIdeas Those(BoardSpec there, params IdeaId[] ideas) => From(there, [.. ideas.Select(idea => new Bringing(New(idea), idea))]);

    private static Source Of(IdeaId idea) => new(Earlier, idea);

    private static IdeaAdded Brought(IdeaId id, string text, string? language, int version, params Source[] from) =>
        new(id, Now, text, language, Fay.Id, null, Rank.Appended(version), Waiting: false, Private: false, From: [.. from]);

    [Theory, InlineData(Kinds.Ideas), InlineData(Kinds.Opinion), InlineData(Kinds.Pilot), InlineData(Kinds.Journey), InlineData(Kinds.Plan)]
    public void Ideas_come_to_a_board_of_any_kind_at_once_and_say_what_they_grew_out_of(string kind) => NotOpened
        .Given(Caller.System, "open", new OpenBoard(TheWorkshop, new StepId("step-1"), kind, new BoardSettings(Moderation.Approve, true, true), [new LaneOfStep(Now, "Now")]))
        .When(Fay, Bringing(Bench, Shade))
        .Then(Brought(New(Bench), "Benches", "en", 2, Of(Bench), Of(Tap)), Brought(New(Shade), "צל", "he", 3, Of(Shade)))
        .ThenSeenBy(Audience.Participants, view => Assert.Equal(new Sources([Of(Bench), Of(Tap)]), view.Ideas[New(Bench)].From))
        .ThenSeenBy(Audience.Screens, New(Bench), New(Shade)).ThenOrder(Now, New(Bench), New(Shade));

    [Fact]
    public void A_theme_becomes_one_idea_that_grew_out_of_all_of_it() => Opened().When(Fay, Bring(new Bringing(Tree, Theme: Water)))
        .Then(Brought(Tree, "A place to sit", null, 2, Of(Bench), Of(Shade), Of(Tap)));

    [Fact]
    public void What_a_theme_holds_beyond_its_limit_does_not_make_it_come_twice()
    {
        var ideas = Enumerable.Range(0, Limits.SourcesPerIdea + 9).Select(n => new IdeaId($"idea-{n}")).ToArray();
        var large = Opened().Given(Ada, [.. ideas.Select(idea => new AddIdea(idea, Now, "x"))]).Given(Fay, new AddTheme(Water, "Much", 1), new ThemeIdeas([.. ideas], Water));
        var brought = Opened().Given(Fay, From(large, new Bringing(Tree, Theme: Water)));
        Assert.Equal(Limits.SourcesPerIdea, brought.Board.Ideas[Tree].From!.All.Length);
        brought.When(Gus, From(large, new Bringing(Bench, Theme: Water))).ThenNothing();
    }

    [Fact]
    public void What_it_says_there_now_is_what_comes() => Opened().When(Fay, From(There.Given(Gus, new EditIdea(Bench, "More benches"), new RenameTheme(Water, "Sitting")), new(New(Bench), Bench), new(Tree, Theme: Water)))
        .Then(Brought(New(Bench), "More benches", "en", 2, Of(Bench), Of(Tap)), Brought(Tree, "Sitting", null, 3, Of(Bench), Of(Shade), Of(Tap)));

    [Fact]
    public void What_is_here_already_does_not_come_twice()
    {
        var here = Opened().Given(Fay, Bringing(Bench));
        here.When(Gus, From(There, new Bringing(Tap, Bench))).ThenNothing();
        here.When(Gus, From(There, new(Tap, Bench), new(Tree, Shade))).Then(Brought2());
        here.Given(Fay, Bringing(Shade)).When(Gus, From(There, new Bringing(Tree, Theme: Water))).ThenNothing();
        Opened().When(Fay, Bring(new(Tree, Theme: Water), new(New(Bench), Bench))).Then(Brought(Tree, "A place to sit", null, 2, Of(Bench), Of(Shade), Of(Tap)));
        // What was hidden here may come again.
        here.Given(Gus, new HideIdea(New(Bench), "why")).When(Fay, From(There, new Bringing(Tree, Bench))).Then(Brought(Tree, "Benches", "en", 4, Of(Bench), Of(Tap)));

        static IdeaAdded Brought2() => Brought(Tree, "צל", "he", 3, Of(Shade)) with { Author = Gus.Id };
    }

    [Fact]
    public void A_retry_changes_nothing_however_late_it_comes() => Opened().Given(Fay, Bringing(Bench, Shade)).When(Fay, Bringing(Bench, Shade)).ThenNothing()
        .Given(Gus, new HideIdea(New(Bench), "why")).When(Fay, Bringing(Bench, Shade)).ThenNothing();

    [Fact]
    public void What_participants_cannot_see_there_never_comes()
    {
        foreach (var there in new[]
        {
            Opened(@private: true).Given(Ada, new AddIdea(Bench, Now, "Benches")),
            Opened(Moderation.Approve).Given(Ada, new AddIdea(Bench, Now, "Benches")),
            Opened(Moderation.Approve, @private: true).Given(Ada, new AddIdea(Bench, Now, "Benches")).Given(Fay, new ApproveIdea(Bench)),
            There.Given(Fay, new HideIdea(Bench, "why")),
            There.Given(Ada, new WithdrawIdea(Bench)),
            There.Given(Fay, new MergeIdea(Bench, Shade)),
            There.Given(Caller.System, new ExpungeText(Bench)),
        })
            Opened().When(Fay, Those(there, Bench)).ThenRefused("idea-missing");

        // Revealed, it may; and what is left of a theme comes without the rest.
        Opened().When(Fay, Those(Opened(@private: true).Given(Ada, new AddIdea(Bench, Now, "Benches")).Given(Fay, new RevealIdeas()), Bench)).ThenAccepted();
        Opened().When(Fay, From(There.Given(Fay, new HideIdea(Bench, "why")), new(New(Bench), Bench), new(Tree, Theme: Water))).Then(Brought(Tree, "A place to sit", null, 2, Of(Shade)));
        Opened().When(Fay, From(There.Given(Fay, new HideIdeas([Bench, Shade], "why")), new Bringing(Tree, Theme: Water))).ThenRefused("idea-missing");
    }

    [Fact]
    public void A_theme_that_waits_for_approval_does_not_come() => Opened().When(Fay, From(
        Opened(Moderation.Approve).Given(Fay, new ChangeSettings(Sorting: Sorting.Everyone), new AddIdea(Bench, Now, "x")).Given(Ada, new AddTheme(Water, "Hers", 1), new ThemeIdea(Bench, Water)),
        new Bringing(Tree, Theme: Water))).ThenRefused("idea-missing");

    [Fact]
    public void One_undo_takes_all_of_it_back_and_another_brings_it_again() => Opened().Given(Fay, "bring", Bringing(Bench, Shade)).Given(Fay, "undo", new Undo(new("bring")))
        .ThenSeenBy(Audience.Participants)
        .When(Fay, "redo", new Undo(new("undo"))).ThenSeenBy(Audience.Participants, New(Bench), New(Shade))
        .When(Fay, new Undo(new("redo"))).ThenSeenBy(Audience.Participants);

    [Fact]
    public void What_was_taken_back_can_be_brought_anew() => Opened().Given(Fay, "bring", Bringing(Bench)).Given(Fay, new Undo(new("bring")))
        .When(Fay, From(There, new Bringing(Tree, Bench))).ThenSeenBy(Audience.Participants, Tree);

    [Fact]
    public void What_somebody_made_something_of_is_not_taken_from_them()
    {
        var here = Opened().Given(Fay, "bring", Bringing(Bench, Shade));
        foreach (var used in new[]
        {
            here.Given(Gus, new OpenBallot(First, 3, 3, CountsDue.Close, true)).Given(Ben, new CastVote(First, New(Bench), 1)),
            here.Given(Ben, new AddComment(Why, New(Bench), "x")),
            here.Given(Ben, new AddIdea(Tree, Now, "x")).Given(Gus, new MergeIdea(Tree, New(Bench))),
            here.Given(Gus, new EditIdea(New(Bench), "x")),
        })
        {
            var back = used.When(Fay, new Undo(new("bring"))).ThenAccepted();
            Assert.Equal(Standing.Shown, back.Board.Ideas[New(Bench)].Standing);
            Assert.Equal(Standing.Hidden, back.Board.Ideas[New(Shade)].Standing);
        }

        Opened().Given(Fay, "bring", Bringing(Bench)).Given(Ben, new AddComment(Why, New(Bench), "x")).When(Fay, new Undo(new("bring"))).ThenRefused("undo-too-late");
    }

    [Fact]
    public void It_is_signed_where_people_are_named_and_only_by_who_brought_it() => Opened(anonymous: false).When(Fay with { Signature = "Fay" }, Those(Opened(anonymous: false).Given(Ada, new AddIdea(Bench, Now, "x")), Bench))
        .ThenSeenBy(Audience.Participants, view => Assert.Equal("Fay", view.Ideas[New(Bench)].Signature));

    [Fact]
    public void What_names_neither_or_both_or_one_twice_or_nothing_is_malformed()
    {
        foreach (var wrong in new Bringing[][] { [], [new(Tree)], [new(Tree, Bench, Water)], [new(Tree, Bench), new(Tree, Shade)], [null!] })
            Opened().When(Fay, Bring(wrong)).ThenRefused("malformed");
    }

    [Fact]
    public void A_board_that_is_not_there_brings_nothing() => Opened().When(Fay, Bringing(Bench) with { There = null }).ThenRefused("board-missing");

    [Fact]
    public void What_is_forgotten_where_it_stood_is_found_where_it_went()
    {
        var here = Opened().Given(Fay, Bringing(Bench));
        Assert.Equal([New(Bench)], here.Board.CarryingWordsOf(Of(Bench), There.Board.Ideas[Bench]));
    }
}
