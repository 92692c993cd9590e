using LiveCoCreate.Fast.Boards;
using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Codes;
using LiveCoCreate.Grains.Journals;
using LiveCoCreate.Grains.Workshops;
using static LiveCoCreate.Grains.Codes.CodeCommand;

namespace LiveCoCreate.Fast.Scenarios;

/// <summary>The code's stream: its first append claims it.</summary>
public abstract class CodeScenarios<THost> : IAsyncLifetime
    where THost : IGrainHost<THost>
{
    private static readonly WorkshopId One = new("workshop-1");
    private static readonly WorkshopId Another = new("workshop-2");

    private readonly InMemoryJournal _journal = new();
    private THost _silo = default!;
    private int _commands;

    public async Task InitializeAsync() => _silo = await THost.StartAsync(_journal, LiveBoard.Secrets());

    public async Task DisposeAsync() => await _silo.DisposeAsync();

    [Fact]
    public async Task Of_two_workshops_that_race_for_a_code_one_has_it()
    {
        var replies = await Task.WhenAll(SubmitAsync(new ClaimCode(One)), SubmitAsync(new ClaimCode(Another)));
        Assert.Equal(["code-taken", null], replies.Select(reply => reply.Refusal?.Code).OrderDescending());
        Assert.Equal(replies[0].Accepted ? One : Another, await _silo.Code("ABC234").WorkshopAsync());
    }

    [Fact]
    public async Task Two_silos_that_race_for_a_code_agree_who_has_it()
    {
        await using var other = await THost.StartAsync(_journal, LiveBoard.Secrets());
        Assert.Null(await other.Code("ABC234").WorkshopAsync());
        Assert.True((await SubmitAsync(new ClaimCode(One))).Accepted);
        Assert.Equal("retry", (await SubmitAsync(new ClaimCode(Another), silo: other)).Refusal?.Code);
        Assert.Equal("code-taken", (await SubmitAsync(new ClaimCode(Another), silo: other)).Refusal?.Code);
    }

    [Fact]
    public async Task A_workshop_that_claims_its_own_code_has_it_already()
    {
        await SubmitAsync(new ClaimCode(One));
        Assert.True((await SubmitAsync(new ClaimCode(One))).Accepted);
    }

    [Fact]
    public async Task A_code_is_free_thirty_days_after_its_workshop_closed()
    {
        await SubmitAsync(new ClaimCode(One));
        await SubmitAsync(new RestCode(One), days: 100);
        Assert.Equal("code-taken", (await SubmitAsync(new ClaimCode(Another), days: 129)).Refusal?.Code);
        Assert.Equal(One, await _silo.Code("ABC234").WorkshopAsync());
        Assert.True((await SubmitAsync(new ClaimCode(Another), days: 130)).Accepted);
        Assert.Equal(Another, await _silo.Code("ABC234").WorkshopAsync());

        // The old workshop's echo does not put the new one's code to rest.
        await SubmitAsync(new RestCode(One), days: 131);
        Assert.Equal("code-taken", (await SubmitAsync(new ClaimCode(One), days: 1000)).Refusal?.Code);
    }

    [Fact]
    public async Task Nobody_but_the_server_claims_a_code() => Assert.Equal("not-allowed",
        (await _silo.Code("ABC234").SubmitAsync(new(new("c"), Floor.Fay, ManualTime.Start, new ClaimCode(One)))).Refusal?.Code);

    private Task<Reply> SubmitAsync(CodeCommand command, int days = 0, IGrains? silo = null) =>
        (silo ?? _silo).Code("ABC234").SubmitAsync(new(new($"c{++_commands}"), Caller.System, ManualTime.Start.AddDays(days), command)).AsTask();
}
