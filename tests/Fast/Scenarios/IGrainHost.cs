using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Boards;
using LiveCoCreate.Grains.Codes;
using LiveCoCreate.Grains.Journals;
using LiveCoCreate.Grains.Participants;
using LiveCoCreate.Grains.Workshops;
using LiveCoCreate.Silo.Embedded;

namespace LiveCoCreate.Fast.Scenarios;

/// <summary>Where a scenario's grains live. Each scenario runs on every kind of host there is, from one source: embedded here, on Orleans in tests/Cluster.</summary>
public interface IGrainHost<TSelf> : IGrains, IAsyncDisposable
    where TSelf : IGrainHost<TSelf>
{
    static abstract Task<TSelf> StartAsync(IJournal journal, ISecrets secrets);
}

public sealed class EmbeddedHost(EmbeddedSilo silo) : IGrainHost<EmbeddedHost>
{
    public static Task<EmbeddedHost> StartAsync(IJournal journal, ISecrets secrets) => Task.FromResult(new EmbeddedHost(new EmbeddedSilo(journal, secrets, new ManualTime())));

    public IWorkshop Workshop(WorkshopId id) => silo.Workshop(id);

    public IBoard Board(BoardId id) => silo.Board(id);

    public IParticipant Participant(PersonId id) => silo.Participant(id);

    public ICode Code(string code) => silo.Code(code);

    public ValueTask DisposeAsync() => silo.DisposeAsync();
}
