using System.Security.Cryptography;
using LiveCoCreate.Grains.Journals;

namespace LiveCoCreate.Silo.Journals;

/// <summary>Secrets in a schema of their own (<c>livecocreate_secrets</c>), so that a copy of the journal can leave out the key to its votes.</summary>
public sealed class PostgresSecrets(PostgresDatabase database) : ISecrets
{
    private const int Length = 32;

    public async ValueTask<ReadOnlyMemory<byte>> GetOrCreateAsync(string name, CancellationToken cancellation)
    {
        while (true)
        {
            if (await FindAsync(name, cancellation) is { } known) return known;

            // Whoever was first, on whichever node, has made it for all.
            await database.AskAsync("INSERT INTO livecocreate_secrets.secret (name, bytes) VALUES ($1, $2) ON CONFLICT DO NOTHING", cancellation, name, RandomNumberGenerator.GetBytes(Length));
        }
    }

    public async ValueTask<ReadOnlyMemory<byte>?> FindAsync(string name, CancellationToken cancellation) =>
        await database.AskAsync("SELECT bytes FROM livecocreate_secrets.secret WHERE name = $1", cancellation, name) is byte[] secret ? new ReadOnlyMemory<byte>?(secret) : null;

    /// <inheritdoc/>
    /// <remarks>No query finds it again. The server's log keeps its bytes until it is written over, as <see cref="PostgresJournal"/> says.</remarks>
    public async ValueTask DestroyAsync(string name, CancellationToken cancellation)
    {
        await database.AskAsync("DELETE FROM livecocreate_secrets.secret WHERE name = $1", cancellation, name);
        await database.AskAsync("VACUUM livecocreate_secrets.secret", cancellation);
    }
}
