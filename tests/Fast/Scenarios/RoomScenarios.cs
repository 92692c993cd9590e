using LiveCoCreate.Fast.Boards;
using LiveCoCreate.Fast.Journals;
using LiveCoCreate.Fast.Workshops;
using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Boards;
using LiveCoCreate.Grains.Journals;
using LiveCoCreate.Grains.Workshops;
using static LiveCoCreate.Fast.Boards.Floor;

namespace LiveCoCreate.Fast.Scenarios;

/// <summary>What a workshop makes its boards do for the room: screens that are left, people without a phone, and who is forgotten.</summary>
public abstract class RoomScenarios<THost>
    where THost : IGrainHost<THost>
{
    private readonly InMemoryJournal _journal = new();
    private int _commands;

    [Fact]
    public async Task What_a_screen_was_turned_to_ends_when_the_room_goes_on()
    {
        await using var silo = await OpenAsync();
        await DoAsync(silo, new BoardCommand.AddIdea(Bench, Now, "Benches"));
        await DoAsync(silo, new BoardCommand.ShowOnScreen(ScreenView.Idea, Bench));
        await DoAsync(silo, new WorkshopCommand.GoToStep(new("step-of-board-2")));
        Assert.Null((await silo.Board(TheBoard).StateAsync()).Showing);
        await DoAsync(silo, new WorkshopCommand.GoToStep(new("step-of-board-1")));
        Assert.Null((await silo.Board(TheBoard).StateAsync()).Showing);
    }

    [Fact]
    public async Task Who_is_voted_for_is_known_on_every_board_also_on_those_that_come_later()
    {
        await using var silo = await OpenAsync();
        await DoAsync(silo, new WorkshopCommand.AddProxy(Dina, " table 3, Dina "));
        await DoAsync(silo, new WorkshopCommand.AddStep(new("later"), "Later", [new LaneOfStep(Now, "Now")], false, Moderation.Open));
        var workshop = await silo.Workshop(TheWorkshop).StateAsync();
        foreach (var step in workshop.Steps) Assert.Equal([Dina], (await silo.Board(step.Board).StateAsync()).Proxies);
        Assert.Equal(new ProxyVoter(Dina, "table 3, Dina"), Assert.Single(workshop.SeenBy(TheWorkshop, Audience.Facilitators)!.Proxies!.Value.ToArray()));
        foreach (var audience in Audiences.Except([Audience.Facilitators])) Assert.Null(workshop.SeenBy(TheWorkshop, audience)!.Proxies);
    }

    [Fact]
    public async Task What_they_are_called_is_forgotten()
    {
        await using var silo = await OpenAsync();
        await DoAsync(silo, new WorkshopCommand.AddProxy(Dina, "table 3, Dina"));
        await silo.Workshop(TheWorkshop).ForgetAsync(new("forget"), Dina, ManualTime.Start);
        Assert.DoesNotContain("table 3", string.Join('\n', await _journal.AllAsync(TheWorkshop.Stream)), StringComparison.Ordinal);
        Assert.Empty((await silo.Workshop(TheWorkshop).StateAsync()).Proxies);
        Assert.Empty((await silo.Board(TheBoard).StateAsync()).Proxies);
    }

    [Fact]
    public async Task A_facilitator_is_forgotten_and_what_they_did_stays()
    {
        await using var silo = await OpenAsync();
        await silo.Workshop(TheWorkshop).SubmitAsync(new(new("seat"), Caller.System, ManualTime.Start, new WorkshopCommand.SeatFacilitator(Fay.Id, "Fay of the north")));
        await DoAsync(silo, new WorkshopCommand.StartTimer(1000));
        await silo.Workshop(TheWorkshop).SubmitAsync(new(new("end"), Caller.System, ManualTime.Start, new WorkshopCommand.RevokeSeat(Fay.Id)));
        await silo.Workshop(TheWorkshop).ForgetAsync(Fay.Id);
        var kept = await _journal.AllAsync(TheWorkshop.Stream);
        Assert.DoesNotContain("Fay of the north", string.Join('\n', kept), StringComparison.Ordinal);
        Assert.Equal(PersonId.Nobody.Value, kept.Single(happened => happened.Type == "timer-started").By);
    }

    [Fact]
    public async Task There_are_only_so_many_and_each_has_a_name()
    {
        await using var silo = await OpenAsync();
        Assert.Equal("empty-text", (await AskAsync(silo, new WorkshopCommand.AddProxy(Dina, " "))).Refusal?.Code);
        Assert.Equal("too-large", (await AskAsync(silo, new WorkshopCommand.AddProxy(Dina, new string('x', Limits.ProxyLabel + 1)))).Refusal?.Code);
        await DoAsync(silo, new WorkshopCommand.AddProxy(Dina, "Dina"));
        await DoAsync(silo, new WorkshopCommand.AddProxy(Dina, "Dina"));
        Assert.Equal("id-taken", (await AskAsync(silo, new WorkshopCommand.AddProxy(Dina, "Eli"))).Refusal?.Code);
        for (var n = 1; n < Limits.ProxiesPerWorkshop; n++) await DoAsync(silo, new WorkshopCommand.AddProxy(new($"p{n}"), $"{n}"));
        Assert.Equal("too-many-proxies", (await AskAsync(silo, new WorkshopCommand.AddProxy(Eli, "Eli"))).Refusal?.Code);
    }

    private async Task<THost> OpenAsync()
    {
        var silo = await THost.StartAsync(_journal, LiveBoard.Secrets());
        await silo.Workshop(TheWorkshop).SubmitAsync(new(new("make"), Caller.System, ManualTime.Start, WorkshopTests.Create()));
        return silo;
    }

    private async Task<Reply> AskAsync(THost silo, WorkshopCommand command) => await silo.Workshop(TheWorkshop).SubmitAsync(new(new($"c{++_commands}"), Fay, ManualTime.Start, command));

    private async Task DoAsync(THost silo, WorkshopCommand command) => Assert.Null((await AskAsync(silo, command)).Refusal);

    private async Task DoAsync(THost silo, BoardCommand command) =>
        Assert.Null((await silo.Board(TheBoard).SubmitAsync(new(new($"c{++_commands}"), Fay, ManualTime.Start, command))).Refusal);
}
