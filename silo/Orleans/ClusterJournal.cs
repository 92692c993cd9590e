using LiveCoCreate.Grains.Journals;
using LiveCoCreate.Silo.Journals;

namespace LiveCoCreate.Silo.Orleans;

/// <summary>Where a cluster keeps what happened and its secrets: all its nodes the same.</summary>
public sealed class ClusterJournal : IAsyncDisposable
{
    private readonly PostgresDatabase _database;

    private ClusterJournal(PostgresDatabase database) =>
        (_database, Journal, Secrets, Place) = (database, new PostgresJournal(database), new PostgresSecrets(database), $"PostgreSQL at {database.Name}");

    public IJournal Journal { get; }

    public ISecrets Secrets { get; }

    /// <summary>For a message.</summary>
    public string Place { get; }

    /// <exception cref="IOException">It cannot be reached, entered or written.</exception>
    /// <exception cref="InvalidDataException">It is a newer version's, or the setting means nothing.</exception>
    public static async Task<ClusterJournal> OpenAsync(ClusterSettings settings, CancellationToken cancellation) =>
        new(await PostgresDatabase.OpenAsync(settings.Journal, cancellation));

    /// <summary>Beside silos no server may hold the same grains without them.</summary>
    public Task ShareAsync(Action<string> lost, CancellationToken cancellation) => _database.ShareAsync(lost, cancellation);

    public ValueTask DisposeAsync() => _database.DisposeAsync();
}
