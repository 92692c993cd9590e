using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Participants;
using Orleans;
using Orleans.Concurrency;

namespace LiveCoCreate.Silo.Orleans;

[Reentrant, GrainType("participant")]
public sealed class ParticipantOrleans(SiloGround silo) : Hosted<ParticipantGrain>(silo), IParticipantOrleans
{
    public Task<Answer<Reply>> SubmitAsync(Submission<ParticipantCommand> submission) => AskAsync(person => person.SubmitAsync(submission));

    public Task<Answer<Participant>> StateAsync() => AskAsync(person => person.StateAsync());

    public Task<Answer<bool>> ForgetAsync(CommandId command, DateTimeOffset at) => DoAsync(person => person.ForgetAsync(command, at));

    protected override ValueTask<ParticipantGrain> ActivateAsync() =>
        ParticipantGrain.ActivateAsync(new PersonId(this.GetPrimaryKeyString()), Silo.Journal, CancellationToken.None);
}
