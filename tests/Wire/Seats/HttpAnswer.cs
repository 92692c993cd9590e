using System.Net;
using System.Text.Json;

namespace LiveCoCreate.Wire.Seats;

/// <summary>An HTTP answer, read whole.</summary>
public sealed record HttpAnswer(HttpStatusCode Status, byte[] Body, string? ETag, IReadOnlyDictionary<string, string> Headers, string Request)
{
    public bool Ok => (int)Status is >= 200 and < 300;

    /// <summary>The refusal that an error carries (I5); null where the answer is no error or no refusal.</summary>
    public Refusal? Refusal
    {
        get
        {
            if ((int)Status < 400) return null;
            try { return WireJson.Read<Refusal>(Body) is { Code: not null } refusal ? refusal : null; }
            catch (JsonException) { return null; }
        }
    }

    public T Read<T>(Reading reading = Reading.Full)
    {
        if (!Ok) throw new RefusedException(Refusal ?? new Refusal($"http-{(int)Status}", System.Text.Encoding.UTF8.GetString(Body)), Request);
        return WireJson.Read<T>(Body, reading);
    }
}
