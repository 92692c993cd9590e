namespace LiveCoCreate.Grains.Journals;

/// <summary>Secrets for tests. Its randomness comes from outside (P9), so a test can say what a secret is.</summary>
public sealed class InMemorySecrets(Func<byte[]> random) : ISecrets
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, byte[]> _secrets = [];

    public ValueTask<ReadOnlyMemory<byte>> GetOrCreateAsync(string name, CancellationToken cancellation)
    {
        lock (_lock)
        {
            if (!_secrets.TryGetValue(name, out var secret)) _secrets[name] = secret = random();
            return ValueTask.FromResult<ReadOnlyMemory<byte>>(secret);
        }
    }

    public ValueTask<ReadOnlyMemory<byte>?> FindAsync(string name, CancellationToken cancellation)
    {
        lock (_lock)
        {
            // Not `? secret : null`: a null array converts to an empty memory, and nobody may sign with an empty key.
            return ValueTask.FromResult(_secrets.TryGetValue(name, out var secret) ? new ReadOnlyMemory<byte>?(secret) : null);
        }
    }

    public ValueTask DestroyAsync(string name, CancellationToken cancellation)
    {
        lock (_lock) _secrets.Remove(name);
        return ValueTask.CompletedTask;
    }
}
