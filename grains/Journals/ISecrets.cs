namespace LiveCoCreate.Grains.Journals;

/// <summary>Secrets kept beside the journal, never in it: ballot secrets, the key of private links.</summary>
public interface ISecrets
{
    /// <summary>The 32 random bytes of this name, made durably on the first call.</summary>
    ValueTask<ReadOnlyMemory<byte>> GetOrCreateAsync(string name, CancellationToken cancellation);

    /// <summary>The bytes of this name, or null where they were never made or are destroyed.</summary>
    ValueTask<ReadOnlyMemory<byte>?> FindAsync(string name, CancellationToken cancellation);

    /// <summary>Destroys the secret: when the task completes no byte of it is left in the store's files. Unknown names are fine.</summary>
    ValueTask DestroyAsync(string name, CancellationToken cancellation);
}
