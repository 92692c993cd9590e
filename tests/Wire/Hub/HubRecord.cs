using System.Text.Json;

namespace LiveCoCreate.Wire.Hub;

/// <summary>The kinds of SignalR's JSON protocol, version 1.</summary>
public enum HubRecordType
{
    Invocation = 1,
    StreamItem = 2,
    Completion = 3,
    StreamInvocation = 4,
    CancelInvocation = 5,
    Ping = 6,
    Close = 7,
}

/// <summary>One record as it came, its parts still unread. Parts may come in any order.</summary>
public readonly ref struct HubRecord
{
    /// <summary>What ends each record.</summary>
    public const byte Separator = 0x1e;

    private static ReadOnlySpan<byte> BoardFrameStart => "{\"type\":1,\"target\":\"board\",\"arguments\":["u8;

    public HubRecordType Type { get; private init; }
    public string? Target { get; private init; }
    public string? InvocationId { get; private init; }
    public string? Error { get; private init; }
    public bool AllowReconnect { get; private init; }

    /// <summary>A completion's result, as JSON; empty where there is none.</summary>
    public ReadOnlySpan<byte> Result { get; private init; }

    /// <summary>Begins with an invocation's first argument, as JSON. The protocol of LiveCoCreate has no second ones; should one
    /// come, it may stand behind the first and is to be ignored.</summary>
    public ReadOnlySpan<byte> Argument { get; private init; }

    public static HubRecord Read(ReadOnlySpan<byte> json)
    {
        // The one record that comes by the thousand, as SignalR writes it: its frame is found without reading it.
        if (json.StartsWith(BoardFrameStart) && json.EndsWith("]}"u8))
        {
            return new HubRecord { Type = HubRecordType.Invocation, Target = "board", Argument = json[BoardFrameStart.Length..^2] };
        }

        var (type, target, invocationId, error, allowReconnect) = (default(HubRecordType), (string?)null, (string?)null, (string?)null, false);
        var (result, argument) = (0..0, 0..0);
        var reader = new Utf8JsonReader(json);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) throw new JsonException("A hub record is an object.");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("type"u8) && reader.Read()) type = (HubRecordType)reader.GetInt32();
            else if (reader.ValueTextEquals("target"u8) && reader.Read()) target = reader.GetString();
            else if (reader.ValueTextEquals("invocationId"u8) && reader.Read()) invocationId = reader.GetString();
            else if (reader.ValueTextEquals("error"u8) && reader.Read()) error = reader.GetString();
            else if (reader.ValueTextEquals("allowReconnect"u8) && reader.Read()) allowReconnect = reader.GetBoolean();
            else if (reader.ValueTextEquals("result"u8) && reader.Read()) result = ValueAt(ref reader);
            else if (reader.ValueTextEquals("arguments"u8) && reader.Read()) argument = FirstOf(ref reader);
            else reader.Skip();
        }

        return new HubRecord
        {
            Type = type,
            Target = target,
            InvocationId = invocationId,
            Error = error,
            AllowReconnect = allowReconnect,
            Result = json[result],
            Argument = json[argument],
        };
    }

    private static Range ValueAt(ref Utf8JsonReader reader)
    {
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return start..(int)reader.BytesConsumed;
    }

    private static Range FirstOf(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.EndArray) return 0..0;
        var first = ValueAt(ref reader);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) reader.Skip();
        return first;
    }
}
