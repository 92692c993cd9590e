using System.Security.Cryptography;
using LiveCoCreate.Grains.Journals;

namespace LiveCoCreate.Silo.Journals;

/// <summary>Secrets in a grain storage, under a kind of their own (<c>secret</c>): a copy of the journal can leave them out.</summary>
public sealed class GrainStorageSecrets(GrainStorageShelf shelf) : ISecrets
{
    private const string Kind = "secret";
    private const int Length = 32;

    public async ValueTask<ReadOnlyMemory<byte>> GetOrCreateAsync(string name, CancellationToken cancellation)
    {
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var (known, edition) = await shelf.ReadAsync(Kind, name);
            if (known is not null) return known;

            // Whoever is first, on whichever node, makes it for all.
            var made = RandomNumberGenerator.GetBytes(Length);
            if (await shelf.TryWriteAsync(Kind, name, made, edition) is not null) return made;
        }
    }

    // Not `known : null`: a null array converts to an empty memory, and nobody may sign with an empty key.
    public async ValueTask<ReadOnlyMemory<byte>?> FindAsync(string name, CancellationToken cancellation) =>
        (await shelf.ReadAsync(Kind, name)).Bytes is { } known ? new ReadOnlyMemory<byte>?(known) : null;

    public async ValueTask DestroyAsync(string name, CancellationToken cancellation) => await shelf.ClearAsync(Kind, name);
}
