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

/// <summary>The workshop as a whole: agenda, timer, seats, links and its end.</summary>
public sealed class WorkshopTests
{
    private static readonly DateTimeOffset Nine = ManualTime.Start;

    private Workshop _workshop = Workshop.Empty;
    private DateTimeOffset _now = Nine;
    private int _commands;

    public WorkshopTests() => Do(Caller.System, Create());

    public static CreateWorkshop Create(string code = "ABC234", params ReadOnlySpan<string> boards) => new(
        "Our street", "Shade for all", "he", code, "ideas", true, ["Be kind"], ["teacher"], [new Question("q", "Where?", ["here", "there"])],
        [.. (boards.IsEmpty ? ["board-1", "board-2"] : boards).ToArray().Select(board => new StepOfAgenda(
            new StepId("step-of-" + board), new BoardId(board), "ideas", "Write", new BoardSettings(Moderation.Open, false, true), [new LaneOfStep(Now, "Now")]))]);

    [Fact]
    public void A_workshop_begins_with_its_first_step() => Assert.Equal(("Our street", "step-of-board-1"), (_workshop.Title, _workshop.Current.Value));

    [Fact]
    public void A_workshop_is_made_once()
    {
        Assert.Empty(Do(Caller.System, Create("ZZZ222")));
        Assert.Equal("ABC234", _workshop.Made!.Code);
    }

    [Fact]
    public void Steps_are_gone_to_in_any_order()
    {
        Assert.Equal([new StepEntered(new("step-of-board-2"), new("step-of-board-1"))], Do(Fay, new GoToStep(new("step-of-board-2"))));
        Assert.Empty(Do(Gus, new GoToStep(new("step-of-board-2"))));
        Assert.Equal([new StepEntered(new("step-of-board-1"), new("step-of-board-2"))], Do(Fay, new GoToStep(new("step-of-board-1"))));
        Refused("step-missing", Fay, new GoToStep(new("step-of-nothing")));
    }

    [Fact]
    public void A_timer_starts_and_is_started_anew()
    {
        Assert.Equal([new TimerStarted(Nine.AddMinutes(5), Minutes(5))], Do(Fay, new StartTimer(Minutes(5))));
        After(2);
        Do(Fay, new StartTimer(Minutes(3)));
        Assert.Equal(new RoomTimer(Nine.AddMinutes(5), null, Minutes(3)), _workshop.Timer);
    }

    [Theory, InlineData(0), InlineData(-1), InlineData(int.MinValue), InlineData(8 * 60 * 60 * 1000 + 1)]
    public void A_timer_runs_for_a_while_and_not_longer_than_its_limit(int milliseconds) => Refused("malformed", Fay, new StartTimer(milliseconds));

    [Fact]
    public void Time_is_added_and_taken()
    {
        Do(Fay, new StartTimer(Minutes(5)));
        Do(Fay, new AddTime(Minutes(2)));
        Assert.Equal(new RoomTimer(Nine.AddMinutes(7), null, Minutes(7)), _workshop.Timer);
        Do(Fay, new AddTime(-Minutes(3)));
        Assert.Equal(new RoomTimer(Nine.AddMinutes(4), null, Minutes(4)), _workshop.Timer);
    }

    [Fact]
    public void A_timer_stands_while_it_is_paused()
    {
        Do(Fay, new StartTimer(Minutes(5)));
        After(2);
        Assert.Equal([new TimerPaused(Minutes(3))], Do(Fay, new PauseTimer()));
        Assert.Empty(Do(Gus, new PauseTimer()));
        After(10);
        Do(Fay, new AddTime(Minutes(1)));
        Assert.Equal(Minutes(4), _workshop.Timer!.RemainingMs);
        Do(Fay, new ResumeTimer());
        Assert.Equal(Nine.AddMinutes(2 + 10 + 4), _workshop.Timer.EndsAt);
        Assert.Empty(Do(Gus, new ResumeTimer()));
    }

    [Fact]
    public void Time_added_to_a_timer_that_has_run_out_counts_from_now()
    {
        Do(Fay, new StartTimer(Minutes(5)));
        After(9);
        Do(Fay, new AddTime(Minutes(1)));
        Assert.Equal(Nine.AddMinutes(10), _workshop.Timer!.EndsAt);
    }

    [Fact]
    public void A_timer_that_ran_out_is_paused_with_nothing_left()
    {
        Do(Fay, new StartTimer(Minutes(5)));
        After(9);
        Assert.Equal([new TimerPaused(0)], Do(Fay, new PauseTimer()));
    }

    [Theory, InlineData(true), InlineData(false)]
    public void However_often_time_is_added_a_timer_never_outgrows_its_limit(bool paused)
    {
        Do(Fay, new StartTimer(Minutes(5)));
        if (paused) Do(Fay, new PauseTimer());
        for (var i = 0; i < 100; i++) Do(Fay, new AddTime((int)Limits.Timer.TotalMilliseconds));
        var left = _workshop.Timer!.RemainingMs ?? (_workshop.Timer.EndsAt!.Value - _now).TotalMilliseconds;
        Assert.Equal(Limits.Timer.TotalMilliseconds, left);
        Do(Fay, new PauseTimer());
        Assert.Equal((int)Limits.Timer.TotalMilliseconds, _workshop.Timer.RemainingMs);
    }

    [Fact]
    public void No_timer_is_no_timer()
    {
        foreach (var command in new WorkshopCommand[] { new AddTime(1), new PauseTimer(), new ResumeTimer() }) Refused("timer-not-running", Fay, command);
        Assert.Empty(Do(Fay, new StopTimer()));
        Do(Fay, new StartTimer(1000));
        Assert.Equal([new TimerStopped()], Do(Fay, new StopTimer()));
        Assert.Null(_workshop.Timer);
    }

    [Fact]
    public void Details_are_edited_one_by_one()
    {
        Assert.Equal([new DetailsEdited("Our square", "Shade for all", "Our street", "Shade for all")], Do(Fay, new EditDetails(" Our square ")));
        Assert.Empty(Do(Fay, new EditDetails("Our square", "Shade for all")));
        Refused("empty-text", Fay, new EditDetails(" "));
        Refused("too-large", Fay, new EditDetails(new string('x', Limits.WorkshopTitle + 1)));
        Refused("too-large", Fay, new EditDetails(Purpose: new string('x', Limits.Purpose + 1)));
    }

    [Fact]
    public void An_announcement_is_for_everyone_until_it_is_ended_or_another_is_made()
    {
        Assert.Equal([new Announced(new("one"), "A break")], Do(Fay, new Announce(new("one"), " A break ")));
        Assert.Empty(Do(Gus, new Announce(new("one"), "A break")));
        foreach (var audience in Audiences) Assert.Equal("A break", _workshop.SeenBy(TheWorkshop, audience)!.Announcement?.Text);
        Do(Gus, new Announce(new("two"), "Back in the hall"));
        Assert.Empty(Do(Fay, new EndAnnouncement(new("one"))));
        Assert.Equal("Back in the hall", _workshop.Announcement?.Text);
        Assert.Equal([new AnnouncementEnded(new("two"))], Do(Fay, new EndAnnouncement(new("two"))));
        Assert.Null(_workshop.Announcement);
        Refused("empty-text", Fay, new Announce(new("x"), " "));
        Refused("too-large", Fay, new Announce(new("x"), new string('x', Limits.Announcement + 1)));
        foreach (var caller in new[] { Ada, Screen })
            foreach (var command in new WorkshopCommand[] { new Announce(new("x"), "x"), new EndAnnouncement(new("two")) }) Refused("not-allowed", caller, command);
        Do(Fay, new Announce(new("three"), "Thank you"));
        Do(Fay, new CloseWorkshop());
        Assert.Null(_workshop.Announcement);
        Refused("workshop-closed", Fay, new Announce(new("x"), "x"));
    }

    [Fact]
    public void A_link_that_is_renewed_ends_the_old_ones()
    {
        Do(Fay, new RenewLink(PrivateLink.Facilitate));
        Do(Fay, new RenewLink(PrivateLink.Facilitate));
        Assert.Equal((2, 0), (_workshop.Rights.Epochs[PrivateLink.Facilitate], _workshop.Rights.Epochs.GetValueOrDefault(PrivateLink.Screen)));
    }

    [Fact]
    public void A_seat_that_is_revoked_is_no_seat()
    {
        Do(Caller.System, new SeatFacilitator(Gus.Id, "Gus"));
        Assert.Equal([new SeatRevoked(Gus.Id)], Do(Fay, new RevokeSeat(Gus.Id)));
        Assert.Contains(Gus.Id, _workshop.Rights.Revoked);
        Assert.Empty(_workshop.Facilitators);
        Assert.Empty(Do(Fay, new RevokeSeat(Gus.Id)));
    }

    [Fact]
    public void Words_that_wait_for_approval_are_changed_all_at_once_and_told_to_facilitators_only()
    {
        Assert.Equal(["fool", "טיפש"], Assert.IsType<WordsChanged>(Assert.Single(Do(Fay, new ChangeWords([" fool ", "", "…", "fool", "טיפש"])))).Words.AsEnumerable());
        Assert.Empty(Do(Gus, new ChangeWords(["fool", "טיפש"])));
        Assert.Equal(["fool", "טיפש"], _workshop.SeenBy(TheWorkshop, Audience.Facilitators)!.Words!.Value.AsEnumerable());
        foreach (var audience in Audiences.Except([Audience.Facilitators])) Assert.Null(_workshop.SeenBy(TheWorkshop, audience)!.Words);
        Refused("malformed", Fay, new ChangeWords(default));
        Refused("too-large", Fay, new ChangeWords([new string('x', Limits.ListedWord + 1)]));
        Refused("too-many-words", Fay, new ChangeWords([.. Enumerable.Range(0, Limits.ListedWords + 1).Select(n => $"w{n}")]));
        foreach (var caller in new[] { Ada, Screen }) Refused("not-allowed", caller, new ChangeWords([]));
    }

    [Fact]
    public void Who_wrote_an_idea_is_limited_freed_and_removed()
    {
        Assert.Equal([new ParticipantLimited(Ada.Id)], Do(Fay, Limit(Ada.Id)));
        Assert.Empty(Do(Gus, Limit(Ada.Id)));
        Assert.Equal([new ParticipantFreed(Ada.Id)], Do(Gus, new FreeParticipant(TheBoard, Bench) { Author = Ada.Id }));
        Assert.Empty(Do(Fay, new FreeParticipant(TheBoard, Bench) { Author = Ada.Id }));
        Assert.Equal([new SeatRevoked(Ada.Id)], Do(Fay, new RemoveParticipant(TheBoard, Bench) { Author = Ada.Id }));
        Do(Caller.System, new SeatFacilitator(Gus.Id, "Gus"));
        Refused("author-missing", Fay, Limit(Gus.Id));
        Refused("author-missing", Fay, new RemoveParticipant(TheBoard, Bench) { Author = Gus.Id });
        Refused("author-missing", Fay, Limit(PersonId.Nobody));
        Refused("idea-missing", Fay, Limit(null));
        foreach (var caller in new[] { Ada, Screen }) Refused("not-allowed", caller, Limit(Ben.Id));

        static LimitParticipant Limit(PersonId? author) => new(TheBoard, Bench) { Author = author };
    }

    [Fact]
    public void A_seat_is_given_up_also_after_the_end()
    {
        Do(Fay, new CloseWorkshop());
        Assert.Equal([new SeatRevoked(Ada.Id)], Do(Caller.System, new RevokeSeat(Ada.Id)));
    }

    [Fact]
    public void Facilitators_are_seated_up_to_a_limit()
    {
        for (var n = 0; n < Limits.FacilitatorsPerWorkshop; n++) Do(Caller.System, new SeatFacilitator(new($"f{n}"), "x"));
        Assert.Empty(Do(Caller.System, new SeatFacilitator(new("f0"), "x")));
        Refused("too-many-facilitators", Caller.System, new SeatFacilitator(new("another"), "x"));
    }

    [Fact]
    public void A_closed_workshop_changes_no_more()
    {
        Do(Fay, new StartTimer(1000));
        Assert.Equal([new WorkshopClosed()], Do(Fay, new CloseWorkshop()));
        Assert.Null(_workshop.Timer);
        Assert.Empty(Do(Gus, new CloseWorkshop()));
        foreach (var command in new WorkshopCommand[] { new GoToStep(new("step-of-board-2")), new StartTimer(1000), new EditDetails("x") }) Refused("workshop-closed", Fay, command);
    }

    [Fact]
    public void Only_facilitators_run_a_workshop_and_only_the_server_makes_one()
    {
        foreach (var caller in new[] { Ada, Screen })
            foreach (var command in new WorkshopCommand[] { new CloseWorkshop(), new StartTimer(1000), new RevokeSeat(Ben.Id), new RenewLink(PrivateLink.Screen), new GoToStep(new("step-of-board-2")), new EditDetails("x") })
                Refused("not-allowed", caller, command);
        foreach (var caller in new[] { Ada, Screen, Fay }) foreach (var command in new WorkshopCommand[] { new SeatFacilitator(Gus.Id, "x"), new NoteCopy(new("other")), new ForgetProxy(Dina) }) Refused("not-allowed", caller, command);
        _workshop = Workshop.Empty;
        Refused("not-allowed", Fay, Create());
        Refused("workshop-missing", Fay, new CloseWorkshop());
    }

    [Fact]
    public void Only_facilitators_are_told_who_else_facilitates()
    {
        Do(Caller.System, new SeatFacilitator(Gus.Id, "Gus"));
        Assert.Equal(["Gus"], _workshop.SeenBy(TheWorkshop, Audience.Facilitators)!.SeatedFacilitators!.Value.Select(one => one.Name));
        foreach (var audience in Audiences.Except([Audience.Facilitators])) Assert.Null(_workshop.SeenBy(TheWorkshop, audience)!.SeatedFacilitators);
    }

    [Fact]
    public void The_protocols_table_and_the_code_know_the_same_commands() => Assert.Equal(
        CommandTable.Rows.Where(row => row.Workshop).Select(row => row.Type).Order(),
        typeof(WorkshopCommand).GetCustomAttributes(typeof(System.Text.Json.Serialization.JsonDerivedTypeAttribute), false)
            .Select(derived => (string)((System.Text.Json.Serialization.JsonDerivedTypeAttribute)derived).TypeDiscriminator!).Except(["create-workshop", "seat-facilitator", "note-copy", "forget-proxy"]).Order());

    private static int Minutes(int minutes) => minutes * 60_000;

    private void After(int minutes) => _now = _now.AddMinutes(minutes);

    private WorkshopEvent[] Do(Caller by, WorkshopCommand command)
    {
        var decision = Workshop.Decide(_workshop, new(new($"c{++_commands}"), by, _now, command));
        Assert.True(decision.Refusal is null, $"{command} was refused with {decision.Refusal?.Code}.");
        foreach (var happened in decision.Events)
            _workshop = Workshop.Evolve(_workshop, new Recorded<WorkshopEvent>(_workshop.Version + 1, _now, by.Id, new($"c{_commands}"), happened));
        return [.. decision.Events];
    }

    private void Refused(string code, Caller by, WorkshopCommand command) =>
        Assert.Equal(code, Workshop.Decide(_workshop, new(new("c"), by, _now, command)).Refusal?.Code);
}
