using LiveCoCreate.Grains.Journals;
using LiveCoCreate.Silo.Journals;

namespace LiveCoCreate.Silo.Orleans;

/// <summary>Where a cluster keeps what happened, its secrets and the keys of its seats: all its nodes the same.</summary>
public sealed class ClusterJournal : IAsyncDisposable
{
    private readonly IAsyncDisposable _opened;

    private ClusterJournal(PostgresDatabase database) =>
        (_opened, Database, Journal, Secrets, Place) = (database, database, new PostgresJournal(database), new PostgresSecrets(database), $"PostgreSQL at {database.Name}");

    private ClusterJournal(GrainStorages storages) =>
        (_opened, Shelf, Journal, Secrets, Place) = (storages, storages.Shelf, new GrainStorageJournal(storages.Shelf), new GrainStorageSecrets(storages.Shelf), storages.Place);

    public IJournal Journal { get; }

    public ISecrets Secrets { get; }

    /// <summary>Null where a grain storage keeps it.</summary>
    public PostgresDatabase? Database { get; }

    public GrainStorageShelf? Shelf { get; }

    /// <summary>For a message.</summary>
    public string Place { get; }

    /// <exception cref="IOException">It cannot be reached, entered or written.</exception>
    /// <exception cref="InvalidDataException">It is a newer version's, or the setting means nothing.</exception>
    public static async Task<ClusterJournal> OpenAsync(ClusterSettings settings, CancellationToken cancellation) => settings.Storage is null
        ? new(await PostgresDatabase.OpenAsync(settings.Journal, cancellation))
        : new(await GrainStorages.OpenAsync(settings, cancellation));

    /// <summary>Beside silos no server may hold the same grains without them. No such server knows a grain storage.</summary>
    public Task ShareAsync(Action<string> lost, CancellationToken cancellation) => Database?.ShareAsync(lost, cancellation) ?? Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (Journal is IAsyncDisposable writing) await writing.DisposeAsync();
        await _opened.DisposeAsync();
    }
}
