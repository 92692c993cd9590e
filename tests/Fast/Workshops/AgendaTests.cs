using System.Collections.Immutable;
using LiveCoCreate.Fast.Boards;
using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Boards;
using LiveCoCreate.Grains.Turns;
using LiveCoCreate.Grains.Workshops;
using static LiveCoCreate.Fast.Boards.Floor;
using static LiveCoCreate.Grains.Workshops.WorkshopCommand;
using static LiveCoCreate.Grains.Workshops.WorkshopEvent;

namespace LiveCoCreate.Fast.Workshops;

/// <summary>The agenda while the room is in it (PROTOCOL C4).</summary>
public sealed class AgendaTests
{
    private static readonly StepId First = new("step-of-a"), Second = new("step-of-b"), Third = new("step-of-c"), New = new("new");

    private Workshop _workshop = Workshop.Empty;
    private int _commands;

    public AgendaTests() => Do(WorkshopTests.Create("ABC234", "a", "b", "c"), Caller.System);

    [Fact]
    public void A_step_is_added_behind_another_or_first()
    {
        Do(Add(New, Second));
        Assert.Equal([First, Second, New, Third], Agenda);
        Do(Add(new("newer"), null));
        Assert.Equal([new("newer"), First, Second, New, Third], Agenda);
        Assert.Equal(new BoardSettings(Moderation.Approve, Private: true, Anonymous: true), _workshop.Steps[3].Settings);
        Assert.Contains(new BoardId("board-of-new"), _workshop.Rights.Boards);
    }

    [Fact]
    public void A_step_that_is_wrong_is_not_added()
    {
        Refused("id-taken", Add(Second, First));
        Refused("step-missing", Add(New, new StepId("nowhere")));
        Refused("empty-text", Add(New, First) with { Title = " " });
        Refused("too-large", Add(New, First) with { Title = new string('x', Limits.StepTitle + 1) });
        Refused("malformed", Add(New, First) with { Lanes = [] });
        Refused("malformed", Add(New, First) with { Lanes = [null!] });
        Refused("id-taken", Add(New, First) with { Lanes = [new(Now, "Now"), new(Now, "Then")] });
        Refused("empty-text", Add(New, First) with { Lanes = [new(Now, " ")] });
        Refused("too-large", Add(New, First) with { Lanes = [new(Now, new string('x', Limits.LaneTitle + 1))] });
        Refused("too-many-lanes", Add(New, First) with { Lanes = [.. Enumerable.Range(0, Limits.LanesPerBoard + 1).Select(n => new LaneOfStep(new($"lane-{n}"), "x"))] });
        Refused("malformed", Add(New, First) with { DurationMs = -1 });
        // Only the grain names a board.
        Refused("malformed", Add(New, First) with { Board = null });
    }

    [Fact] // K1
    public void A_step_has_a_kind_and_its_copy_has_the_same()
    {
        Do(Add(New, Second));
        Assert.Equal("ideas", _workshop.Steps[2].Kind);
        foreach (var kind in new[] { "charter", "ideas", "opinion", "journey", "pilot", "plan", "pulse" }) Do(Add(new(kind), New) with { Kind = kind });
        Do(new DuplicateStep(new("pilot"), new("second-pilot")) { Board = new("x") });
        Do(new RemoveStep(new("pilot")));
        Do(new RestoreStep(new("pilot")));
        Assert.All(["charter", "ideas", "opinion", "journey", "pilot", "plan", "pulse"], kind => Assert.Equal(kind, _workshop.Steps.Single(step => step.Step == new StepId(kind)).Kind));
        Assert.Equal("pilot", _workshop.Steps.Single(step => step.Step == new StepId("second-pilot")).Kind);
        Refused("malformed", Add(new("newer"), First) with { Kind = "dance" });
    }

    [Fact] // K2
    public void To_a_pulse_facilitators_bring_what_is_voted_on_unless_they_say_otherwise()
    {
        Do(Add(New, null) with { Kind = "pulse" });
        Assert.False(_workshop.Steps[0].Writing);
        Do(Add(new("words"), null) with { Kind = "pulse", Writing = true });
        Assert.Null(_workshop.Steps[0].Writing);
        Do(Add(new("quiet"), null) with { Writing = false });
        Assert.False(_workshop.Steps[0].Writing);
    }

    [Fact] // K3, K4
    public void A_step_says_what_it_is_about_and_how_it_votes_and_its_copy_what_the_board_says_now()
    {
        Do(Add(New, null) with { Subject = " A bench ", Ballot = new BallotPreset("dots", 3, 1) });
        Assert.Equal(("A bench", new BallotPreset("dots", 3, 1)), (_workshop.Steps[0].Subject, _workshop.Steps[0].Ballot));
        Do(new DuplicateStep(New, new("copy")) { Board = new("x"), Subject = "Two benches" });
        Do(new DuplicateStep(New, new("bare")) { Board = new("y"), Subject = "" });
        Assert.Equal(["Two benches", null], new[] { "copy", "bare" }.Select(id => _workshop.Steps.Single(step => step.Step == new StepId(id)).Subject));
        Assert.All(_workshop.Steps.Where(step => step.Step.Value is "copy" or "bare"), step => Assert.Equal(3, step.Ballot!.Budget));
        Refused("too-large", Add(new("long"), null) with { Subject = new string('x', Limits.Subject + 1) });
        Refused("malformed", Add(new("dance"), null) with { Ballot = new BallotPreset("dance") });
        Refused("malformed", Add(new("none"), null) with { Ballot = new BallotPreset("dots") });
        Refused("malformed", Add(new("places"), null) with { Ballot = new BallotPreset("rank", Limits.PlacesMost + 1) });
    }

    [Fact] // K4
    public void Only_facilitators_are_told_how_a_step_is_meant_to_vote()
    {
        Do(Add(New, null) with { Ballot = new BallotPreset("agree") });
        foreach (var audience in Audiences)
            Assert.Equal(audience is Audience.Facilitators, _workshop.SeenBy(TheWorkshop, audience)!.Steps[0].Ballot is not null);
    }

    [Fact]
    public void Steps_have_a_limit_and_so_have_all_that_ever_were()
    {
        for (var n = 3; n < Limits.StepsPerAgenda; n++) Do(Add(new($"n{n}"), First));
        Refused("too-many-steps", Add(New, First));
        for (var n = Limits.StepsPerAgenda; n < Limits.StepsPerWorkshop; n++)
        {
            Do(new RemoveStep(_workshop.Steps[1].Step));
            Do(Add(new($"n{n}"), First));
        }

        Do(new RemoveStep(Third));
        Refused("too-many-steps", Add(New, First));
    }

    [Fact]
    public void A_step_that_is_removed_keeps_its_board_and_comes_back_where_it_was()
    {
        Assert.Equal([new StepRemoved(Second, First)], Do(new RemoveStep(Second)));
        Assert.Equal([First, Third], Agenda);
        Assert.Equal([new("a"), new("c"), new BoardId("b")], [.. _workshop.Rights.Boards]);
        Assert.Equal(new BoardId("b"), Assert.Single(_workshop.Rights.Removed));
        Assert.Empty(Do(new RemoveStep(Second)));
        Refused("step-missing", new GoToStep(Second));
        Assert.Equal([new StepRestored(Second, First)], Do(new RestoreStep(Second)));
        Assert.Equal([First, Second, Third], Agenda);
        Assert.Empty(_workshop.Rights.Removed);
        Assert.Empty(Do(new RestoreStep(Second)));
        Refused("step-missing", new RestoreStep(New));
    }

    [Fact]
    public void A_step_comes_back_last_when_the_one_before_it_is_gone_too()
    {
        Do(new GoToStep(Third));
        Do(new RemoveStep(Second));
        Do(new RemoveStep(First));
        Do(new RestoreStep(Second));
        Assert.Equal([Third, Second], Agenda);
        Do(new RestoreStep(First));
        Assert.Equal([First, Third, Second], Agenda);
    }

    [Fact]
    public void The_step_the_room_is_in_stays() => Refused("step-current", new RemoveStep(First));

    [Fact]
    public void Only_facilitators_are_told_what_was_removed()
    {
        Do(new RemoveStep(Second));
        Assert.Equal([Second], _workshop.SeenBy(TheWorkshop, Audience.Facilitators)!.RemovedSteps!.Value.Select(step => step.Step));
        foreach (var audience in Audiences.Except([Audience.Facilitators])) Assert.Null(_workshop.SeenBy(TheWorkshop, audience)!.RemovedSteps);
    }

    [Fact]
    public void Steps_change_places()
    {
        Assert.Equal([new StepMoved(Third, First, Second)], Do(new MoveStep(Third, First)));
        Assert.Equal([First, Third, Second], Agenda);
        Do(new MoveStep(Second));
        Assert.Equal([Second, First, Third], Agenda);
        Assert.Empty(Do(new MoveStep(Second)));
        Assert.Empty(Do(new MoveStep(Third, First)));
        Refused("malformed", new MoveStep(First, First));
        Refused("step-missing", new MoveStep(First, New));
        Assert.Equal(First, _workshop.Current);
    }

    [Fact]
    public void A_step_is_done_again_with_what_its_board_has_become()
    {
        Do(new DuplicateStep(Second, New, "Once more") { Board = new("board-of-new"), Settings = new(Moderation.Approve, true, true), Lanes = [new(Later, "Later")] });
        Assert.Equal([First, Second, New, Third], Agenda);
        var copy = _workshop.Steps[2];
        Assert.Equal(("Once more", new BoardId("board-of-new"), true, Later), (copy.Title, copy.Board, copy.Settings.Private, copy.Lanes[0].Lane));
        Refused("id-taken", new DuplicateStep(Second, First) { Board = new("x") });
        Refused("step-missing", new DuplicateStep(new("nowhere"), new("x")) { Board = new("x") });
    }

    [Fact]
    public void A_step_is_named_and_given_its_time()
    {
        Assert.Equal([new StepEdited(First, "Dream", 60_000, "Write", null)], Do(new EditStep(First, " Dream ", 60_000)));
        Assert.Empty(Do(new EditStep(First, "Dream")));
        Do(new EditStep(First, DurationMs: 0));
        Assert.Equal(("Dream", null), (_workshop.Steps[0].Title, _workshop.Steps[0].DurationMs));
        Refused("empty-text", new EditStep(First, " "));
        Refused("malformed", new EditStep(First, DurationMs: (int)Limits.Timer.TotalMilliseconds + 1));
        Refused("step-missing", new EditStep(New, "x"));
    }

    [Fact]
    public void A_timer_belongs_to_its_step()
    {
        Do(new StartTimer(60_000));
        Assert.Equal([new StepEntered(Second, First), new TimerStopped()], Do(new GoToStep(Second)));
        Assert.Null(_workshop.Timer);
    }

    [Fact]
    public void Only_facilitators_change_the_agenda_and_nobody_does_after_the_end()
    {
        WorkshopCommand[] all = [Add(New, First), new DuplicateStep(First, New), new RemoveStep(Second), new RestoreStep(Second), new MoveStep(First, Second), new EditStep(First, "x")];
        foreach (var command in all)
            foreach (var caller in new[] { Ada, Screen }) Refused("not-allowed", command, caller);
        Do(new CloseWorkshop());
        foreach (var command in all) Refused("workshop-closed", command);
    }

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 60)];

    /// <summary>Whatever is done to the agenda: the room is in a step of it, no board is lost or had twice, a retry is no news, and taking
    /// back what was just done leads to where it began.</summary>
    [Theory, MemberData(nameof(Seeds))]
    public void An_agenda_never_loses_a_board_nor_the_room(int seed)
    {
        var random = new Random(seed);
        StepId[] ids = [First, Second, Third, .. Enumerable.Range(0, 6).Select(n => new StepId($"n{n}"))];
        StepId Any() => ids[random.Next(ids.Length)];
        var boards = _workshop.Rights.Boards.ToHashSet();
        for (var at = 0; at < 60; at++)
        {
            WorkshopCommand command = random.Next(7) switch
            {
                0 => Add(Any(), random.Next(3) == 0 ? null : Any()),
                1 => Any() is var copy ? new DuplicateStep(Any(), copy) { Board = new("board-of-" + copy) } : null!,
                2 => new RemoveStep(Any()),
                3 => new RestoreStep(Any()),
                4 => new EditStep(Any(), $"Title {at}", random.Next(3) * 1000),
                5 => new MoveStep(Any(), random.Next(4) == 0 ? null : Any()),
                _ => new GoToStep(Any()),
            };
            var before = _workshop;
            if (Workshop.Decide(_workshop, new(new($"s{at}"), Fay, ManualTime.Start, command)).Refusal is not null) continue;
            var news = Do(command);
            boards.UnionWith(news.OfType<StepAdded>().Select(added => added.Step.Board));
            Assert.Contains(_workshop.Current, Agenda);
            Assert.Equal(boards.Count, _workshop.Rights.Boards.Length);
            Assert.Equal(boards, _workshop.Rights.Boards.ToHashSet());
            if (command is not (AddStep or DuplicateStep)) Assert.Empty(Do(command));
            if (Inverse(news, before) is { } back)
            {
                var after = _workshop;
                Do(back);
                Assert.Equal(before.Steps.AsEnumerable(), _workshop.Steps.AsEnumerable());
                _workshop = after;
            }
        }
    }

    private static WorkshopCommand? Inverse(WorkshopEvent[] news, Workshop before) => news switch
    {
        [StepAdded added] => new RemoveStep(added.Step.Step),
        [StepRemoved removed] => new RestoreStep(removed.Step),
        [StepRestored restored] => new RemoveStep(restored.Step),
        [StepMoved moved] => new MoveStep(moved.Step, moved.Before),
        [StepEdited edited] => new EditStep(edited.Step, edited.TitleBefore, edited.DurationMsBefore ?? 0),
        _ => null,
    };

    private StepId[] Agenda => [.. _workshop.Steps.Select(step => step.Step)];

    private static AddStep Add(StepId step, StepId? after) =>
        new(step, "Again", [new(Now, "Now")], true, Moderation.Approve, after) { Board = new("board-of-" + step) };

    private WorkshopEvent[] Do(WorkshopCommand command, Caller? by = null)
    {
        var decision = Workshop.Decide(_workshop, new(new($"c{++_commands}"), by ?? Fay, ManualTime.Start, command));
        Assert.True(decision.Refusal is null, $"{command} was refused with {decision.Refusal?.Code}.");
        foreach (var happened in decision.Events)
            _workshop = Workshop.Evolve(_workshop, new Recorded<WorkshopEvent>(_workshop.Version + 1, ManualTime.Start, Fay.Id, new($"c{_commands}"), happened));
        return [.. decision.Events];
    }

    private void Refused(string code, WorkshopCommand command, Caller? by = null) =>
        Assert.Equal(code, Workshop.Decide(_workshop, new(new("c"), by ?? Fay, ManualTime.Start, command)).Refusal?.Code);
}
