using System.Buffers;
using System.Net;
using System.Text;

namespace LiveCoCreate.Load.Rooms;

/// <summary>An HTTP answer: the body as text, and how many bytes it was on the wire. Its bytes go back to the pool when it is disposed.</summary>
internal sealed record HttpBody(HttpStatusCode Status, PooledBytes Body, long OnTheWire, string? Cookie) : IDisposable
{
    public ReadOnlySpan<byte> Expect(string what) => Status is HttpStatusCode.OK or HttpStatusCode.Created
        ? Body.Memory.Span
        : throw new InvalidOperationException($"{what} was answered {(int)Status}: {Encoding.UTF8.GetString(Body.Memory.Span)}");

    public void Dispose() => Body.Dispose();
}

/// <summary>Bytes in a buffer of the shared pool. A thousand boards in arrays of their own made this tool collect all its memory ten times a second,
/// and what people waited for then was the tool.</summary>
internal sealed class PooledBytes : IDisposable
{
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(4096);
    private int _length;

    private PooledBytes()
    {
    }

    public ReadOnlyMemory<byte> Memory => _buffer.AsMemory(0, _length);

    /// <summary>Reads to the end.</summary>
    public static async ValueTask<PooledBytes> ReadAsync(Stream stream)
    {
        var bytes = new PooledBytes();
        while (await stream.ReadAsync(bytes.Room()) is var read and > 0) bytes._length += read;
        return bytes;
    }

    public Stream AsStream() => new MemoryStream(_buffer, 0, _length, writable: false);

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private Memory<byte> Room()
    {
        if (_length == _buffer.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(_length * 2);
            _buffer.AsSpan(0, _length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        return _buffer.AsMemory(_length);
    }
}
