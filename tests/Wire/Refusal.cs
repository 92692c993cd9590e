using System.Diagnostics;
using System.Text.Json;

namespace LiveCoCreate.Wire;

/// <summary>A refusal (I5), wherever it came from.</summary>
public sealed record Refusal(string Code, string Message = "", int? RetryAfterMs = null)
{
    public override string ToString() => $"{Code}: {Message}";
}

/// <summary>A request that was expected to work was refused.</summary>
public sealed class RefusedException(Refusal refusal, string what) : Exception($"{what} was refused with {refusal}")
{
    public Refusal Refusal { get; } = refusal;
}

/// <summary>The server was away for longer than <see cref="LivePersonOptions.GiveUpAfter"/>, or let the person go for good.</summary>
public sealed class LineLostException(string why) : Exception(why);

/// <summary>The hub answered an invocation with an error, which PROTOCOL.md knows no use for.</summary>
public sealed class HubErrorException(string target, string error) : Exception($"{target} failed in the hub: {error}");

/// <summary>How one command was answered, at last.</summary>
/// <param name="Version">The version that holds its effect; 0 where refused.</param>
/// <param name="SentAt">When it was first put on the wire, as a <see cref="Stopwatch"/> timestamp.</param>
/// <param name="Attempts">How often it was sent.</param>
public sealed record Answer(long Version, Refusal? Refusal, long SentAt, long AnsweredAt, int Attempts)
{
    /// <summary>From the first time it was put on the wire, through whatever happened to the connection.</summary>
    public TimeSpan Took => Stopwatch.GetElapsedTime(SentAt, AnsweredAt);

    public bool Accepted => Refusal is null;

    /// <summary>The version, or an exception that names the refusal.</summary>
    public long Expect(string what) => Refusal is null ? Version : throw new RefusedException(Refusal, what);

    internal static (long Version, Refusal? Refusal) Read(ReadOnlySpan<byte> result)
    {
        var reader = new Utf8JsonReader(result);
        var (version, code, message, retryAfterMs) = (0L, (string?)null, "", (int?)null);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("version"u8) && reader.Read()) version = reader.TokenType == JsonTokenType.Null ? 0 : reader.GetInt64();
            else if (reader.ValueTextEquals("code"u8) && reader.Read()) code = reader.GetString();
            else if (reader.ValueTextEquals("message"u8) && reader.Read()) message = reader.GetString() ?? "";
            else if (reader.ValueTextEquals("retryAfterMs"u8) && reader.Read()) retryAfterMs = reader.TokenType == JsonTokenType.Null ? null : (int)reader.GetDouble();
            else reader.Skip();
        }

        return (version, code is null ? null : new Refusal(code, message, retryAfterMs));
    }
}
