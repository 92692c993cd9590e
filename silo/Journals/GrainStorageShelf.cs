using LiveCoCreate.Grains.Journals;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace LiveCoCreate.Silo.Journals;

/// <summary>Bytes by name in any of Orleans' grain storages. Who writes says which edition they read; of two who read the same one only the first writes.</summary>
public sealed class GrainStorageShelf(IGrainStorage storage)
{
    /// <summary>Bytes as they are, whatever serializer the storage has.</summary>
    [GenerateSerializer, Alias("livecocreate.kept")]
    public sealed class Kept
    {
        [Id(0)]
        public byte[] Bytes { get; set; } = [];
    }

    /// <returns>Null bytes where there is nothing; the edition says so too, to whoever writes the first.</returns>
    public async ValueTask<(byte[]? Bytes, string? Edition)> ReadAsync(string kind, string name)
    {
        var state = new GrainState<Kept>();
        await AskAsync(() => storage.ReadStateAsync(kind, Id(name), state));
        return (state.RecordExists && state.State is { Bytes.Length: > 0 } kept ? kept.Bytes : null, state.ETag);
    }

    /// <returns>The edition that this made; null where another was first.</returns>
    public async ValueTask<string?> TryWriteAsync(string kind, string name, byte[] bytes, string? edition)
    {
        var state = new GrainState<Kept>(new Kept { Bytes = bytes }, edition) { RecordExists = edition is not null };
        try
        {
            await AskAsync(() => storage.WriteStateAsync(kind, Id(name), state));
            return state.ETag;
        }
        catch (InconsistentStateException)
        {
            return null;
        }
    }

    public async ValueTask ClearAsync(string kind, string name)
    {
        while (true)
        {
            var state = new GrainState<Kept>();
            await AskAsync(() => storage.ReadStateAsync(kind, Id(name), state));
            if (!state.RecordExists) return;
            try
            {
                await AskAsync(() => storage.ClearStateAsync(kind, Id(name), state));
                return;
            }
            catch (InconsistentStateException)
            {
                // Written meanwhile: that goes too.
            }
        }
    }

    private static GrainId Id(string name) => GrainId.Create("journal", name);

    /// <summary>Every storage has exceptions of its own; to us they all mean that it is away.</summary>
    private static async ValueTask AskAsync(Func<Task> ask)
    {
        try
        {
            await ask();
        }
        catch (Exception reason) when (reason is not InconsistentStateException)
        {
            throw new JournalAwayException($"The grain storage of the journal cannot be read or written: {reason.GetType().FullName}", reason);
        }
    }
}
