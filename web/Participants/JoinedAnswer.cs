using System.Buffers;
using LiveCoCreate.Web.Door;

namespace LiveCoCreate.Web.Participants;

/// <summary>What a join is answered with (H4): one's own things, and the board that everybody is given, which is serialised and compressed once
/// and goes into the connection from where it is kept. A copy for each was two fifths of all that a hall's joining allocated.</summary>
internal sealed class JoinedAnswer : IResult
{
    private static readonly GzipPart Before = GzipPart.Of("{\"board\":"u8.ToArray());

    private readonly GzipPart _board;
    private readonly byte[] _after;

    /// <param name="own">A JSON object with at least one member.</param>
    public JoinedAnswer(byte[] own, GzipPart board)
    {
        (_board, _after) = (board, own);
        _after[0] = (byte)',';
    }

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var (request, response) = (httpContext.Request, httpContext.Response);
        response.ContentType = "application/json; charset=utf-8";
        if (request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.Ordinal)) WriteGzip(response);
        else WritePlain(response.BodyWriter);
        return response.BodyWriter.FlushAsync(httpContext.RequestAborted).AsTask();
    }

    private void WriteGzip(HttpResponse response)
    {
        var after = GzipPart.Of(_after);
        response.Headers.ContentEncoding = "gzip";
        response.Headers.Vary = "Accept-Encoding";
        response.ContentLength = SplicedGzip.LengthOf(Before, _board, after);
        SplicedGzip.Write(response.BodyWriter, Before, _board, after);
    }

    private void WritePlain(IBufferWriter<byte> to)
    {
        to.Write(Before.Plain.Span);
        to.Write(_board.Plain.Span);
        to.Write(_after);
    }
}
