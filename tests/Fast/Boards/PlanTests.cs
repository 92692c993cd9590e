using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Boards;
using static LiveCoCreate.Fast.Boards.BoardSpec;
using static LiveCoCreate.Fast.Boards.Floor;
using static LiveCoCreate.Grains.Boards.BoardCommand;
using static LiveCoCreate.Grains.Boards.BoardEvent;

namespace LiveCoCreate.Fast.Boards;

/// <summary>Plans and journeys: what is done about an idea, what it grew out of, and how a moment felt (N1 to N4).</summary>
public sealed class PlanTests
{
    private static readonly DateOnly March = new(2026, 3, 1);
    private static readonly Source Vision = new(new BoardId("board-vision"), new IdeaId("idea-of-vision"));

    private static BoardSpec Written => Opened().Given(Ada, new AddIdea(Bench, Now, "Benches")).Given(Ben, new AddIdea(Shade, Now, "Shade"));

    private static BoardSpec Planned => Written.Given(Fay, new SetPlan(Bench, "Dana", "2026-03-01", "Ten benches stand", PlanState.Doing));

    [Fact]
    public void An_idea_becomes_an_item_of_the_plan_that_all_see() => Written
        .When(Fay, new SetPlan(Bench, " Dana ", "2026-03-01", "Ten benches stand"))
        .Then(new PlanSet(Bench, "Dana", March, "Ten benches stand", PlanState.Todo, null, null, null, null))
        .ThenSeenBy(Audience.Participants, view => Assert.Equal(new PlanItem("Dana", March, "Ten benches stand", PlanState.Todo), view.Ideas[Bench].Plan))
        .ThenSeenBy(Audience.Public, view => Assert.Null(view.Ideas[Shade].Plan));

    [Fact]
    public void What_is_absent_stays_and_what_is_empty_is_cleared() => Planned
        .When(Gus, new SetPlan(Bench, State: PlanState.Done)).Then(new PlanSet(Bench, "Dana", March, "Ten benches stand", PlanState.Done, "Dana", March, "Ten benches stand", PlanState.Doing))
        .When(Gus, new SetPlan(Bench, "", "", " ")).Then(new PlanSet(Bench, null, null, null, PlanState.Done, "Dana", March, "Ten benches stand", PlanState.Done));

    [Fact]
    public void What_is_planned_so_already_changes_nothing() => Planned
        .When(Gus, new SetPlan(Bench)).ThenNothing().When(Gus, new SetPlan(Bench, "Dana ", "2026-03-01", State: PlanState.Doing)).ThenNothing();

    [Fact]
    public void An_empty_plan_is_one_all_the_same() => Written.When(Fay, new SetPlan(Bench)).Then(new PlanSet(Bench, null, null, null, PlanState.Todo, null, null, null, null));

    [Theory, InlineData("1 March"), InlineData("2026-02-30"), InlineData("2026-3-1"), InlineData("01/03/2026"), InlineData("2026-03-01T10:00")]
    public void What_is_no_date_is_malformed(string due) => Written.When(Fay, new SetPlan(Bench, Due: due)).ThenRefused("malformed");

    [Fact]
    public void An_owner_and_a_measure_have_limits() => Written
        .When(Fay, new SetPlan(Bench, new string('x', Limits.PlanOwner + 1))).ThenRefused("too-large")
        .When(Fay, new SetPlan(Bench, Measure: new string('x', Limits.PlanMeasure + 1))).ThenRefused("too-large")
        .When(Fay, new SetPlan(Bench, new string('x', Limits.PlanOwner), null, new string('x', Limits.PlanMeasure))).ThenAccepted();

    [Fact]
    public void What_participants_cannot_see_is_not_planned()
    {
        Opened(@private: true).Given(Ada, new AddIdea(Bench, Now, "x")).When(Fay, new SetPlan(Bench)).ThenRefused("idea-missing");
        Planned.Given(Fay, new HideIdea(Bench, "why")).ThenSeenBy(Audience.Participants, Shade).When(Fay, new SetPlan(Bench, "Ben")).ThenRefused("idea-missing");
    }

    [Fact]
    public void Who_words_an_item_anew_is_not_in_the_way_of_who_planned_it() => Written.Given(Fay, "plan", new SetPlan(Bench, "Dana"))
        .Given(Gus, new EditIdea(Bench, "Ten benches")).When(Fay, new Undo(new("plan"))).ThenAccepted().ThenSeenBy(Audience.Participants, view => Assert.Null(view.Ideas[Bench].Plan));

    [Fact]
    public void It_is_too_late_to_undo_once_somebody_planned_it_otherwise() => Written.Given(Fay, "plan", new SetPlan(Bench, "Dana"))
        .Given(Gus, new SetPlan(Bench, "Ben")).When(Fay, new Undo(new("plan"))).ThenRefused("undo-too-late");

    [Fact]
    public void What_a_facilitator_brings_into_the_plan_says_where_it_came_from() => Opened().When(Fay, new AddIdea(Bench, Now, "Benches", From: [Vision]))
        .ThenAccepted().ThenSeenBy(Audience.Participants, view => Assert.Equal(new Sources([Vision]), view.Ideas[Bench].From))
        .When(Fay, new AddIdea(Shade, Now, "x", From: [])).ThenSeenBy(Audience.Participants, view => Assert.Null(view.Ideas[Shade].From))
        .When(Ada, new AddIdea(Tap, Now, "x", From: [Vision])).ThenRefused("not-allowed")
        .When(Fay, new AddIdea(Tap, Now, "x", From: [null!])).ThenRefused("malformed");

    [Fact] // J7
    public void What_may_say_the_words_of_what_it_grew_out_of_is_found()
    {
        var said = Written.Given(Fay, new EditIdea(Bench, "More benches")).Board.Ideas[Bench];
        IEnumerable<IdeaId> Carrying(BoardSpec plan) => plan.Board.CarryingWordsOf(Vision, said);
        BoardSpec Grown(string text, params Source[] from) => Opened().Given(Fay, new AddIdea(Tap, Now, text, From: [.. from]));

        Assert.Equal([Tap], Carrying(Grown("More benches", Vision)));
        Assert.Equal([Tap], Carrying(Grown("Benches", Vision, Vision with { Idea = Shade })));
        Assert.Empty(Carrying(Grown("A place to sit", Vision)));
        Assert.Equal([Tap], Carrying(Grown("A place to sit", Vision).Given(Fay, new EditIdea(Tap, "Places to sit"))));
        Assert.Empty(Carrying(Grown("Sitting", Vision, Vision with { Idea = Shade }).Given(Fay, new EditIdea(Tap, "Places to sit"))));
        Assert.Empty(Carrying(Grown("More benches", Vision with { Idea = Shade })));
        Assert.Empty(Carrying(Grown("More benches")));
        Assert.Equal([Tap], Carrying(Grown("A place to sit", Vision).Given(Caller.System, new ExpungeText(Tap))));
    }

    [Fact]
    public void An_expunged_item_names_nobody_any_more_and_is_as_far_as_it_was() => Planned.Given(Caller.System, new ExpungeText(Bench))
        .ThenSeenBy(Audience.Participants, view => Assert.Equal(new PlanItem(PersonalAttribute.Forgotten, March, PersonalAttribute.Forgotten, PlanState.Doing), view.Ideas[Bench].Plan));

    [Fact]
    public void A_replay_tells_how_far_it_was_and_names_who_is_named_today()
    {
        var now = Planned.Given(Gus, new SetPlan(Bench, "Noa", "2026-04-01", "", PlanState.Done)).Board.SeenBy(TheBoard, Audience.Participants);
        Assert.Equal(new PlanItem("Noa", March, null, PlanState.Doing), Board.ReplaySeenBy(TheBoard, Audience.Participants, Planned.Board, now).Ideas[Bench].Plan);
        Assert.Null(Board.ReplaySeenBy(TheBoard, Audience.Participants, Written.Board, now).Ideas[Bench].Plan);
    }

    [Fact] // N3
    public void After_the_close_the_team_keeps_the_plan_and_takes_back_only_what_it_said_since()
    {
        var closed = Planned.Given(Fay, "before", new SetPlan(Bench, "Gal")).Given(Caller.System, new CloseBoard());
        closed.When(Fay, new Undo(new("before"))).ThenRefused("workshop-closed");
        var kept = closed.Given(Fay, "done", new SetPlan(Bench, State: PlanState.Done)).Given(Fay, "status", new SetStatus(Bench, IdeaStatus.NotNow, "no money"));
        kept.ThenSeenBy(Audience.Participants, view => Assert.Equal((PlanState.Done, "Gal", IdeaStatus.NotNow), (view.Ideas[Bench].Plan!.State, view.Ideas[Bench].Plan!.Owner, view.Ideas[Bench].Status)));
        Assert.True(kept.Board.CanUndo(Fay.Id, new("done")));
        kept.When(Gus, new Undo(new("done"))).ThenRefused("workshop-closed");
        kept.Given(Fay, new Undo(new("done"))).ThenSeenBy(Audience.Participants, view => Assert.Equal(PlanState.Doing, view.Ideas[Bench].Plan!.State))
            .When(Ada, new AddComment(Why, Bench, "x")).ThenRefused("workshop-closed");
    }

    [Fact]
    public void A_moment_says_how_it_felt() => Opened().When(Ada, new AddIdea(Bench, Now, "Nobody answered", Feel: -2))
        .Then(new IdeaAdded(Bench, Now, "Nobody answered", null, Ada.Id, null, Rank.Appended(2), false, false, -2))
        .ThenSeenBy(Audience.Screens, view => Assert.Equal(-2, view.Ideas[Bench].Feel)).ThenMine(Ada, mine => Assert.Equal(-2, mine.Ideas[Bench].Feel))
        .When(Ada, new AddIdea(Shade, Now, "x", Feel: 3)).ThenRefused("malformed").When(Ada, new EditIdea(Bench, "x", Feel: -3)).ThenRefused("malformed");

    [Fact]
    public void How_it_felt_is_its_authors_to_say() => Opened().Given(Ada, new AddIdea(Bench, Now, "Nobody answered", Feel: -2))
        .When(Fay, new EditIdea(Bench, "Nobody answered", Feel: 2)).ThenRefused("not-allowed")
        .Given(Fay, new EditIdea(Bench, "Nobody replied")).ThenSeenBy(Audience.Participants, view => Assert.Equal(-2, view.Ideas[Bench].Feel))
        .Given(Ada, new EditIdea(Bench, "Nobody replied", Feel: 1)).ThenSeenBy(Audience.Participants, view => Assert.Equal(1, view.Ideas[Bench].Feel))
        .When(Ada, new EditIdea(Bench, "Nobody replied", Feel: 1)).ThenNothing();

    [Fact]
    public void Another_face_alone_need_not_be_approved_again() => Opened(Moderation.Approve).Given(Ada, new AddIdea(Bench, Now, "Nobody answered")).Given(Fay, new ApproveIdea(Bench))
        .Given(Ada, new EditIdea(Bench, "Nobody answered", Feel: -1)).ThenSeenBy(Audience.Participants, Bench);
}
