using System.Security.Cryptography;

namespace LiveCoCreate.Silo.Orleans;

/// <summary>Names what an activation holds, so that a node that has it already is sent nothing.</summary>
internal sealed class Editions<T> where T : class
{
    // Begins anywhere, so that what another activation named is never taken for this one's.
    private long _tag = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(8)) | 1;
    private T? _latest;

    public Edition<T> Of(T held, long known)
    {
        if (!ReferenceEquals(held, _latest)) (_latest, _tag) = (held, _tag + 2);
        return new(_tag, known == _tag ? null : held);
    }
}
