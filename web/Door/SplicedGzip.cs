using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;

namespace LiveCoCreate.Web.Door;

/// <summary>Bytes that were compressed on their own, and may stand anywhere within a gzip stream.</summary>
/// <param name="Plain">As they are.</param>
/// <param name="Deflated">Compressed blocks (RFC 1951) that end on a byte, are not the last, and refer to nothing before them.</param>
public sealed record GzipPart(ReadOnlyMemory<byte> Plain, ReadOnlyMemory<byte> Deflated)
{
    public static GzipPart Of(ReadOnlyMemory<byte> plain)
    {
        using var deflated = new MemoryStream(plain.Length / 2);
        using var deflating = new DeflateStream(deflated, CompressionLevel.Fastest, leaveOpen: true);
        deflating.Write(plain.Span);
        // Flushed, but not ended: the end would say that no blocks follow.
        deflating.Flush();
        return new GzipPart(plain, deflated.ToArray());
    }
}

/// <summary>A gzip stream (RFC 1952) of parts. A hall that joins at once is given the same board within a thousand answers: it is compressed once,
/// and only what is one person's own is compressed for each.</summary>
public static class SplicedGzip
{
    private const int SumLength = 8;

    private static ReadOnlySpan<byte> Header => [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 4, 0xff];

    /// <summary>An empty block that says: the last.</summary>
    private static ReadOnlySpan<byte> End => [3, 0];

    public static byte[] Of(params ReadOnlySpan<GzipPart> parts)
    {
        var bytes = new ArrayBufferWriter<byte>(LengthOf(parts));
        Write(bytes, parts);
        return bytes.WrittenSpan.ToArray();
    }

    public static int LengthOf(params ReadOnlySpan<GzipPart> parts)
    {
        var length = Header.Length + End.Length + SumLength;
        foreach (var part in parts) length += part.Deflated.Length;
        return length;
    }

    /// <summary>Writes <see cref="LengthOf"/> bytes, each part straight from where it is kept.</summary>
    public static void Write(IBufferWriter<byte> to, params ReadOnlySpan<GzipPart> parts)
    {
        var (plain, sum) = (0u, new Crc32());
        to.Write(Header);
        foreach (var part in parts)
        {
            to.Write(part.Deflated.Span);
            plain += (uint)part.Plain.Length;
            sum.Append(part.Plain.Span);
        }

        to.Write(End);
        var end = to.GetSpan(SumLength);
        BinaryPrimitives.WriteUInt32LittleEndian(end, sum.GetCurrentHashAsUInt32());
        BinaryPrimitives.WriteUInt32LittleEndian(end[4..], plain);
        to.Advance(SumLength);
    }
}
