using System.Buffers;

namespace LiveCoCreate.Wire.Hub;

/// <summary>Bytes on loan from the pool: a quiet connection holds none.</summary>
internal sealed class PooledBytes : IBufferWriter<byte>
{
    private byte[] _bytes = [];
    private int _count;

    public int Count => _count;
    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, _count);

    public void Advance(int count) => _count += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        EnsureRoom(Math.Max(sizeHint, 256));
        return _bytes.AsMemory(_count);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        EnsureRoom(bytes.Length);
        bytes.CopyTo(_bytes.AsSpan(_count));
        _count += bytes.Length;
    }

    /// <summary>Forgets the first bytes, and moves the rest to the front.</summary>
    public void Consume(int count)
    {
        _bytes.AsSpan(count, _count - count).CopyTo(_bytes);
        _count -= count;
        if (_count == 0) Release();
    }

    public void Release()
    {
        if (_bytes.Length > 0) ArrayPool<byte>.Shared.Return(_bytes);
        (_bytes, _count) = ([], 0);
    }

    private void EnsureRoom(int more)
    {
        if (_bytes.Length - _count >= more) return;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_count + more, _count * 2));
        _bytes.AsSpan(0, _count).CopyTo(larger);
        if (_bytes.Length > 0) ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
