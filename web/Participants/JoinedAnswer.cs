using LiveCoCreate.Web.Door;

namespace LiveCoCreate.Web.Participants;

/// <summary>What a join is answered with (H4): one's own things, and the board that everybody is given, which is serialised and compressed once.</summary>
internal static class JoinedAnswer
{
    private const string Type = "application/json; charset=utf-8";

    private static readonly GzipPart Before = GzipPart.Of("{\"board\":"u8.ToArray());

    /// <param name="own">A JSON object with at least one member.</param>
    public static IResult Of(HttpContext http, byte[] own, GzipPart board)
    {
        var after = own;
        after[0] = (byte)',';
        if (!http.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.Ordinal))
            return Results.Bytes((byte[])[.. Before.Plain.Span, .. board.Plain.Span, .. after], Type);
        http.Response.Headers.ContentEncoding = "gzip";
        http.Response.Headers.Vary = "Accept-Encoding";
        return Results.Bytes(SplicedGzip.Of(Before, board, GzipPart.Of(after)), Type);
    }
}
