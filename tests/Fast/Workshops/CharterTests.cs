using LiveCoCreate.Fast.Boards;
using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Boards;
using LiveCoCreate.Grains.Participants;
using LiveCoCreate.Grains.Turns;
using LiveCoCreate.Grains.Workshops;
using static LiveCoCreate.Fast.Boards.Floor;
using static LiveCoCreate.Grains.Workshops.WorkshopCommand;
using static LiveCoCreate.Grains.Workshops.WorkshopEvent;

namespace LiveCoCreate.Fast.Workshops;

/// <summary>The principles of taking part: in versions, changed by facilitators, agreed to by each person (PROTOCOL.md, Charter).</summary>
public sealed class CharterTests
{
    private static readonly Principle Kind = new(new("p1"), "Be kind");
    private static readonly Principle Brief = new(new("p2"), "Be brief");

    private Workshop _workshop = Workshop.Empty;
    private Participant _ada = Participant.Empty;
    private int _commands;

    public CharterTests()
    {
        Do(Caller.System, WorkshopTests.Create() with { Charter = [Kind.Text, Brief.Text] });
        Person(Caller.System, new ParticipantCommand.Join(TheWorkshop, null, [], System.Collections.Immutable.ImmutableDictionary<string, string>.Empty, null, 2));
    }

    [Fact] // CH1
    public void A_charter_begins_as_version_1_and_each_change_is_the_next()
    {
        Assert.Equal(1, _workshop.Charter.Version);
        Assert.Equal([Kind, Brief], _workshop.Charter.Principles.AsEnumerable());
        var changed = Assert.IsType<CharterChanged>(Assert.Single(Change(Kind with { Text = " Be kind to all " }, new(new("mine"), "Be curious"))));
        Assert.Equal(2, changed.Charter);
        Assert.Equal([Kind, Brief], changed.Before.AsEnumerable());
        Assert.Equal([Kind with { Text = "Be kind to all" }, new(new("mine"), "Be curious")], _workshop.Charter.Principles.AsEnumerable());
        var seen = _workshop.SeenBy(TheWorkshop, Audience.Participants)!;
        Assert.Equal(["Be kind to all", "Be curious"], seen.Charter.AsEnumerable());
        Assert.Equal((2, "p1,mine"), (seen.CharterVersion, string.Join(',', seen.Principles)));
    }

    [Fact] // CH1
    public void What_is_already_so_changes_nothing_whichever_version_it_was_made_from()
    {
        Change(Brief, Kind);
        Assert.Empty(Do(Gus, new ChangeCharter(1, [Brief, Kind])));
        Assert.Equal(2, _workshop.Charter.Version);
    }

    [Fact] // CH1
    public void Two_facilitators_at_once_do_not_undo_each_other_unseen()
    {
        Change(Kind);
        Refused("charter-changed", Gus, new ChangeCharter(1, [Kind, Brief, new(new("p3"), "Be here")]));
        Refused("charter-changed", Gus, new ChangeCharter(3, [Brief]));
    }

    [Fact] // CH1
    public void What_makes_no_charter_is_refused()
    {
        Refused("not-allowed", Ada, new ChangeCharter(1, []));
        Refused("id-taken", Fay, new ChangeCharter(1, [Kind, Kind with { Text = "Other" }]));
        Refused("empty-text", Fay, new ChangeCharter(1, [Kind with { Text = "  " }]));
        Refused("too-large", Fay, new ChangeCharter(1, [Kind with { Text = new string('x', Limits.CharterPrinciple + 1) }]));
        Refused("too-many-principles", Fay, new ChangeCharter(1, [.. Enumerable.Range(0, Limits.CharterPrinciples + 1).Select(n => new Principle(new($"n{n}"), $"Number {n}"))]));
        Refused("malformed", Fay, new ChangeCharter(1, [null!]));
        Refused("malformed", Fay, new ChangeCharter(1, default));
        // What is said twice is one principle.
        Change(Kind, new(new("again"), Kind.Text));
        Assert.Equal([Kind], _workshop.Charter.Principles.AsEnumerable());
    }

    [Fact] // CH2
    public void An_agreement_holds_while_the_same_is_said()
    {
        Assert.True(_workshop.Stands(1));
        Change(Brief, Kind);
        Assert.True(_workshop.Stands(1), "another order");
        Change(Kind);
        Assert.False(_workshop.Stands(1), "less");
        Assert.False(_workshop.Stands(2));
        Assert.True(_workshop.Stands(3));
        Change(Kind, Brief);
        Assert.True(_workshop.Stands(1), "as it was");
        Assert.False(_workshop.Stands(3));
        Change();
        Assert.True(_workshop.Stands(3), "nothing to agree to");
    }

    [Fact] // CH4
    public void The_last_versions_are_kept_and_the_one_in_force_always()
    {
        for (var n = 0; n < Limits.CharterVersionsKept + 5; n++) Change(new Principle(new("p1"), $"Number {n}"));
        Assert.Equal(Limits.CharterVersionsKept, _workshop.Charters.Length);
        Assert.Equal((Limits.CharterVersionsKept + 6, "Number 24"), (_workshop.Charter.Version, _workshop.Charter.Principles[0].Text));
        Assert.Equal(Enumerable.Range(7, Limits.CharterVersionsKept), _workshop.Charters.Select(kept => kept.Version));
    }

    [Fact] // CH3
    public void A_person_agrees_to_the_version_in_force_and_to_no_other()
    {
        Assert.Equal(1, _ada.Charter);
        Assert.Equal("charter-changed", Person(Ada, Agree(2, inForce: 3)));
        Assert.Equal("malformed", Person(Ada, Agree(4, inForce: 3)));
        Assert.Equal("malformed", Person(Ada, Agree(0, inForce: 3)));
        Assert.Equal("not-allowed", Person(Fay, Agree(3, inForce: 3)));
        Assert.Null(Person(Ada, Agree(3, inForce: 3)));
        Assert.Equal(3, _ada.Charter);
        var version = _ada.Version;
        Assert.Null(Person(Ada, Agree(3, inForce: 3)));
        Assert.Equal(version, _ada.Version);
        Person(Caller.System, new ParticipantCommand.Forget());
        Assert.Equal("not-allowed", Person(Ada, Agree(3, inForce: 3)));
    }

    [Fact] // CH3, P6
    public void Which_version_is_in_force_is_never_taken_from_the_message() => Assert.Equal(
        0, ((ParticipantCommand.AgreeCharter)System.Text.Json.JsonSerializer.Deserialize<ParticipantCommand>("""{"type":"agree-charter","charter":7,"inForce":7}""", Json.Options)!).InForce);

    [Fact] // CH5
    public void A_proposal_is_an_idea_that_names_what_it_would_change()
    {
        var board = BoardSpec.NotOpened.Given(Caller.System, "open", (BoardCommand.OpenBoard)BoardSpec.OpenIt() with { Kind = "charter" });
        var reworded = new Proposal(Kind.Id);
        board.Given(Ada, new BoardCommand.AddIdea(Bench, Now, "Be kind, also to who is late") { Proposal = reworded })
            .Given(Ada, new BoardCommand.AddIdea(Shade, Now, "Nobody keeps it") { Proposal = new Proposal(Brief.Id, Remove: true) })
            .Given(Ada, new BoardCommand.AddIdea(Tap, Now, "Be here") { Proposal = new Proposal(null, Remove: true) })
            .ThenSeenBy(Audience.Participants, view =>
            {
                Assert.Equal(reworded, view.Ideas[Bench].Proposal);
                Assert.Equal(new Proposal(Brief.Id, Remove: true), view.Ideas[Shade].Proposal);
                Assert.Null(view.Ideas[Tap].Proposal);
            })
            .ThenMine(Ada, mine => Assert.Equal(reworded, mine.Ideas[Bench].Proposal));
    }

    private WorkshopEvent[] Change(params Principle[] principles) => Do(Fay, new ChangeCharter(_workshop.Charter.Version, [.. principles]));

    private static ParticipantCommand.AgreeCharter Agree(int charter, int inForce) => new(charter) { InForce = inForce };

    private string? Person(Caller by, ParticipantCommand command)
    {
        var decision = Participant.Decide(_ada, new(new($"c{++_commands}"), by, ManualTime.Start, command));
        if (decision.Refusal is null)
            foreach (var happened in decision.Events)
                _ada = Participant.Evolve(_ada, new Recorded<ParticipantEvent>(_ada.Version + 1, ManualTime.Start, by.Id, new($"c{_commands}"), happened));
        return decision.Refusal?.Code;
    }

    private WorkshopEvent[] Do(Caller by, WorkshopCommand command)
    {
        var decision = Workshop.Decide(_workshop, new(new($"c{++_commands}"), by, ManualTime.Start, command));
        Assert.True(decision.Refusal is null, $"{command} was refused with {decision.Refusal?.Code}.");
        foreach (var happened in decision.Events)
            _workshop = Workshop.Evolve(_workshop, new Recorded<WorkshopEvent>(_workshop.Version + 1, ManualTime.Start, by.Id, new($"c{_commands}"), happened));
        return [.. decision.Events];
    }

    private void Refused(string code, Caller by, WorkshopCommand command) =>
        Assert.Equal(code, Workshop.Decide(_workshop, new(new("c"), by, ManualTime.Start, command)).Refusal?.Code);
}
