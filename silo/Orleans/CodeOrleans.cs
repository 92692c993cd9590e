using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Codes;
using Orleans;
using Orleans.Concurrency;

namespace LiveCoCreate.Silo.Orleans;

[Reentrant, GrainType("code")]
public sealed class CodeOrleans(SiloGround silo) : Hosted<CodeGrain>(silo), ICodeOrleans
{
    public Task<Answer<Reply>> SubmitAsync(Submission<CodeCommand> submission) => AskAsync(code => code.SubmitAsync(submission));

    public Task<Answer<string>> WorkshopAsync() => AskAsync(async code => (await code.WorkshopAsync())?.Value)!;

    protected override ValueTask<CodeGrain> ActivateAsync() => CodeGrain.ActivateAsync(this.GetPrimaryKeyString(), Silo.Journal, CancellationToken.None);
}
