using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Journals;
using LiveCoCreate.Grains.Turns;

namespace LiveCoCreate.Web.Door;

/// <summary>What every request passes: headers, origin, and refusals as JSON.</summary>
public static class HttpDoor
{
    private const string Policy =
        "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; connect-src 'self' ws: wss:; " +
        "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    public static void UseDoor(this WebApplication app) => app.Use(async (http, next) =>
    {
        Guard(http.Response.Headers);
        try
        {
            if (IsChange(http.Request) && IsForeign(http.Request)) throw new RefusedException(StatusCodes.Status403Forbidden, "origin-foreign");
            await next(http);
        }
        catch (RefusedException refused)
        {
            await RefuseAsync(http, refused.Status, refused.Refusal);
        }
        catch (JournalAwayException)
        {
            await RefuseAsync(http, StatusCodes.Status503ServiceUnavailable, Refusal.Of("retry"));
        }
        catch (UnknownEventException newer)
        {
            DoorLog.Newer(app.Logger, newer.Message);
            await RefuseAsync(http, StatusCodes.Status503ServiceUnavailable, Refusal.Of("journal-newer"));
        }
        catch (BadHttpRequestException bad)
        {
            await RefuseAsync(http, bad.StatusCode, Refusal.Of(bad.StatusCode == StatusCodes.Status413PayloadTooLarge ? "too-large" : "malformed"));
        }
    });

    public static Task RefuseAsync(HttpContext http, int status, Refusal refusal)
    {
        if (http.Response.HasStarted) return Task.CompletedTask;
        http.Response.Clear();
        Guard(http.Response.Headers);
        http.Response.StatusCode = status;
        http.Response.Headers.CacheControl = "no-store";
        if (status is StatusCodes.Status429TooManyRequests) http.Response.Headers.RetryAfter = "1";
        return http.Response.WriteAsJsonAsync(refusal, Json.Options);
    }

    private static void Guard(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = Policy;
        headers["Referrer-Policy"] = "no-referrer";
        headers.XContentTypeOptions = "nosniff";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()";
    }

    /// <summary>The body as PROTOCOL.md describes it.</summary>
    public static async ValueTask<T> ReadAsync<T>(this HttpContext http) where T : class
    {
        var body = await BodyAsync(http);
        try
        {
            if (Parsed<T>(body) is { } read) return read;
        }
        catch (JsonException)
        {
            // Answered below.
        }
        finally
        {
            http.Request.BodyReader.AdvanceTo(body.End);
        }

        throw new RefusedException(StatusCodes.Status400BadRequest, "malformed");
    }

    private static T? Parsed<T>(ReadOnlySequence<byte> body)
    {
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = Json.Options.MaxDepth });
        var read = JsonSerializer.Deserialize<T>(ref reader, Json.Options);
        // What stands behind the value would be left unread.
        return reader.Read() ? throw new JsonException() : read;
    }

    /// <summary>The whole body, in the connection's own buffers. One over its limit is refused without being kept. It is answered before its sender is
    /// cut off: Kestrel takes in and drops what still comes, within <see cref="Limits.DroppedBytes"/> and its own five seconds, and so the answer is read.</summary>
    private static async ValueTask<ReadOnlySequence<byte>> BodyAsync(HttpContext http)
    {
        if (http.Request.ContentLength > Limits.RequestBytes) throw TooLarge;
        var reader = http.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(http.RequestAborted);
            if (read.Buffer.Length > Limits.RequestBytes)
            {
                reader.AdvanceTo(read.Buffer.End);
                throw TooLarge;
            }

            if (read.IsCompleted) return read.Buffer;
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static RefusedException TooLarge => new(StatusCodes.Status413PayloadTooLarge, "too-large");

    public static IResult Answer<T>(T value, int status = StatusCodes.Status200OK) => Results.Json(value, Json.Options, statusCode: status);

    /// <summary>The address under which this server was asked for.</summary>
    public static string Address(this HttpRequest request) => $"{request.Scheme}://{request.Host}";

    /// <summary>96 random bits (PROTOCOL.md I1).</summary>
    public static string NewId() => Ids.From(RandomNumberGenerator.GetBytes(12));

    /// <summary>Now, in the journal's whole milliseconds.</summary>
    public static DateTimeOffset Now(this TimeProvider clock) => DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds());

    private static bool IsChange(HttpRequest request) =>
        request.Path.StartsWithSegments("/live", StringComparison.Ordinal) || !(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method));

    private static bool IsForeign(HttpRequest request) =>
        request.Headers.Origin.ToString() is { Length: > 0 } origin && !string.Equals(origin, request.Address(), StringComparison.OrdinalIgnoreCase);
}

internal static partial class DoorLog
{
    [LoggerMessage(1, LogLevel.Error, "Refused with journal-newer: {Reason}")]
    public static partial void Newer(ILogger logger, string reason);
}
