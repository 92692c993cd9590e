using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Boards;
using static LiveCoCreate.Fast.Boards.BoardSpec;
using static LiveCoCreate.Fast.Boards.Floor;
using static LiveCoCreate.Grains.Boards.BoardCommand;
using static LiveCoCreate.Grains.Boards.BoardEvent;

namespace LiveCoCreate.Fast.Boards;

/// <summary>What a board is about (PROTOCOL K3): in the facilitators' words, for everybody.</summary>
public sealed class SubjectTests
{
    private static BoardSpec About(string subject) => Opened().Given(Fay, new SetSubject(subject));

    [Fact]
    public void Everybody_reads_what_a_board_is_about()
    {
        var about = Opened().When(Fay, new SetSubject(" A bench for each street ")).Then(new SubjectSet("A bench for each street", ""));
        foreach (var audience in Audiences) about.ThenSeenBy(audience, view => Assert.Equal("A bench for each street", view.Subject));
    }

    [Fact]
    public void A_step_may_begin_with_it_and_with_closed_writing() => NotOpened
        .Given(Caller.System, new OpenBoard(TheWorkshop, new StepId("step-1"), Kinds.Pulse, new BoardSettings(Moderation.Open, false, true), [new LaneOfStep(Now, "Options")], Writing: false, Subject: "How are you?"))
        .ThenSeenBy(Audience.Participants, view => Assert.Equal((Kinds.Pulse, false, "How are you?"), (view.Facts.Kind, view.Facts.Writing, view.Subject)))
        .When(Ada, new AddIdea(Bench, Now, "Fine")).ThenRefused("writing-closed")
        .When(Fay, new AddIdea(Bench, Now, "Fine")).ThenAccepted();

    [Fact]
    public void It_is_taken_away_by_saying_nothing() => About("A bench").When(Gus, new SetSubject(" ")).Then(new SubjectSet("", "A bench"))
        .ThenSeenBy(Audience.Participants, view => Assert.Equal("", view.Subject));

    [Fact]
    public void What_it_says_already_is_no_news() => About("A bench").When(Gus, new SetSubject("A bench ")).ThenNothing();

    [Fact]
    public void Its_limit_is_exact() => Opened().When(Fay, new SetSubject(new string('x', Limits.Subject + 1))).ThenRefused("too-large")
        .When(Fay, new SetSubject(new string('x', Limits.Subject))).ThenAccepted();

    [Fact]
    public void It_is_too_late_to_undo_once_another_facilitator_said_it_anew() => Opened().Given(Fay, "say", new SetSubject("A bench")).Given(Gus, new SetSubject("Two benches"))
        .When(Fay, new Undo(new("say"))).ThenRefused("undo-too-late");

    [Fact]
    public void A_frame_says_it_only_when_it_changed()
    {
        var (before, after) = (About("A bench"), About("A bench").Given(Ada, new AddIdea(Bench, Now, "Yes")));
        Assert.Null(Frame.Between(before.Board.SeenBy(TheBoard, Audience.Participants), after.Board.SeenBy(TheBoard, Audience.Participants)).Subject);
        var gone = after.Given(Fay, new SetSubject("")).Board.SeenBy(TheBoard, Audience.Participants);
        var frame = Frame.Between(after.Board.SeenBy(TheBoard, Audience.Participants), gone);
        Assert.True(frame.SaysSomething);
        Assert.Equal("", frame.Subject);
    }

    [Fact] // K3
    public void A_replay_reads_todays_words_where_there_were_some()
    {
        var (then, now) = (About("Dana's bench"), About("Dana's bench").Given(Fay, new SetSubject("A bench")));
        Assert.Equal("A bench", Board.ReplaySeenBy(TheBoard, Audience.Participants, then.Board, now.Board.SeenBy(TheBoard, Audience.Participants)).Subject);
        Assert.Equal("", Board.ReplaySeenBy(TheBoard, Audience.Participants, Opened().Board, now.Board.SeenBy(TheBoard, Audience.Participants)).Subject);
    }
}
