using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LiveCoCreate.Grains;

/// <summary>An id: 1 to 32 characters of <c>A-Z a-z 0-9 _ -</c> (PROTOCOL.md I1). Each kind of thing has a type of its own.</summary>
public interface IId<TSelf> where TSelf : struct, IId<TSelf>
{
    string Value { get; }

    static abstract TSelf Of(string value);
}

[JsonConverter(typeof(IdConverter<WorkshopId>))]
public readonly record struct WorkshopId(string Value) : IId<WorkshopId>
{
    public static WorkshopId Of(string value) => new(value);

    public string Stream => "workshop/" + Value;

    public override string ToString() => Value;
}

[JsonConverter(typeof(IdConverter<StepId>))]
public readonly record struct StepId(string Value) : IId<StepId>
{
    public static StepId Of(string value) => new(value);

    public override string ToString() => Value;
}

[JsonConverter(typeof(IdConverter<BoardId>))]
public readonly record struct BoardId(string Value) : IId<BoardId>
{
    public static BoardId Of(string value) => new(value);

    public string Stream => "board/" + Value;

    public override string ToString() => Value;
}

/// <summary>A participant or a facilitator in one workshop.</summary>
[JsonConverter(typeof(IdConverter<PersonId>))]
public readonly record struct PersonId(string Value) : IId<PersonId>
{
    /// <summary>Stands where a forgotten person's id stood (P10).</summary>
    public static readonly PersonId Nobody = new("forgotten");

    public static PersonId Of(string value) => new(value);

    public string Stream => "participant/" + Value;

    public override string ToString() => Value;
}

[JsonConverter(typeof(IdConverter<LaneId>))]
public readonly record struct LaneId(string Value) : IId<LaneId>
{
    public static LaneId Of(string value) => new(value);

    public override string ToString() => Value;
}

[JsonConverter(typeof(IdConverter<IdeaId>))]
public readonly record struct IdeaId(string Value) : IId<IdeaId>
{
    public static IdeaId Of(string value) => new(value);

    public override string ToString() => Value;
}

[JsonConverter(typeof(IdConverter<CommentId>))]
public readonly record struct CommentId(string Value) : IId<CommentId>
{
    public static CommentId Of(string value) => new(value);

    public override string ToString() => Value;
}

[JsonConverter(typeof(IdConverter<AnnouncementId>))]
public readonly record struct AnnouncementId(string Value) : IId<AnnouncementId>
{
    public static AnnouncementId Of(string value) => new(value);

    public override string ToString() => Value;
}

/// <summary>One principle of taking part; it keeps its id when it is reworded.</summary>
[JsonConverter(typeof(IdConverter<PrincipleId>))]
public readonly record struct PrincipleId(string Value) : IId<PrincipleId>
{
    public static PrincipleId Of(string value) => new(value);

    public override string ToString() => Value;
}

[JsonConverter(typeof(IdConverter<ThemeId>))]
public readonly record struct ThemeId(string Value) : IId<ThemeId>
{
    public static ThemeId Of(string value) => new(value);

    public override string ToString() => Value;
}

[JsonConverter(typeof(IdConverter<BallotId>))]
public readonly record struct BallotId(string Value) : IId<BallotId>
{
    public static BallotId Of(string value) => new(value);

    /// <summary>The name of this ballot's secret, kept beside the journal. Clients make ballot ids, so that a board of another workshop
    /// may have one of the same: it must not share its secret, nor destroy it.</summary>
    public string SecretOn(BoardId board) => $"ballot/{board}/{Value}";

    public override string ToString() => Value;
}

/// <summary>HMAC(ballot secret, participant): who voted, for those who hold the secret only.</summary>
[JsonConverter(typeof(IdConverter<VoterKey>))]
public readonly record struct VoterKey(string Value) : IId<VoterKey>
{
    public static VoterKey Of(string value) => new(value);

    public override string ToString() => Value;
}

/// <summary>Somebody in the room without a phone, for whom facilitators vote.</summary>
[JsonConverter(typeof(IdConverter<ProxyId>))]
public readonly record struct ProxyId(string Value) : IId<ProxyId>
{
    public static ProxyId Of(string value) => new(value);

    public override string ToString() => Value;
}

[JsonConverter(typeof(IdConverter<CommandId>))]
public readonly record struct CommandId(string Value) : IId<CommandId>
{
    public static CommandId Of(string value) => new(value);

    public override string ToString() => Value;
}

public static class Ids
{
    /// <summary>Whether a text is an id by PROTOCOL.md I1.</summary>
    public static bool IsId([NotNullWhen(true)] string? text) =>
        text is { Length: > 0 and <= Limits.IdLength } && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');

    /// <summary>An id of 96 bits from bytes that somebody else made random (or derived): 16 characters of base64url.</summary>
    public static string From(ReadOnlySpan<byte> bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes[..12]);
}

/// <summary>Writes ids as plain strings, also as property names, and refuses what is not an id.</summary>
public sealed class IdConverter<TId> : JsonConverter<TId> where TId : struct, IId<TId>
{
    public override TId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Parse(reader.GetString());

    public override void Write(Utf8JsonWriter writer, TId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);

    public override TId ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Parse(reader.GetString());

    public override void WriteAsPropertyName(Utf8JsonWriter writer, TId value, JsonSerializerOptions options) => writer.WritePropertyName(value.Value);

    private static TId Parse(string? text) => Ids.IsId(text)
        ? TId.Of(text)
        : throw new JsonException("An id is 1 to 32 characters of A-Z a-z 0-9 _ and -.");
}
