using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using LiveCoCreate.Wire.Boards;

namespace LiveCoCreate.Wire;

/// <summary>How much of a board a replica reads.</summary>
public enum Reading
{
    Full,

    /// <summary>Of ideas only which there are and their state: texts are skipped over. For a crowd in one process.</summary>
    Light,
}

/// <summary>How the wire's JSON is read and written.</summary>
public static class WireJson
{
    public static JsonSerializerOptions Full { get; } = new(JsonSerializerDefaults.Web)
    {
        // Hebrew stays Hebrew; nothing of this is ever put into a page.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static JsonSerializerOptions Light { get; } = new(Full)
    {
        Converters = { new StateOnly<Idea>((state, into) => new Idea(state, into)), new StateOnly<Mine>((state, into) => new Mine(state, Into: into)) },
    };

    /// <summary>Reads one value; what stands behind it is ignored.</summary>
    public static T Read<T>(ReadOnlySpan<byte> json, Reading reading = Reading.Full)
    {
        var reader = new Utf8JsonReader(json);
        return JsonSerializer.Deserialize<T>(ref reader, For(reading)) ?? throw new JsonException($"Expected a {typeof(T).Name}, not null.");
    }

    public static byte[] Write<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, Full);

    public static JsonSerializerOptions For(Reading reading) => reading == Reading.Light ? Light : Full;

    private sealed class StateOnly<T>(Func<string, string?, T> make) : JsonConverter<T>
    {
        // A board has a handful of states and thousands of ideas.
        private static readonly string[] States = ["shown", "waiting", "hidden", "unrevealed", "private", "merged", "withdrawn"];

        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var (state, into) = ("", (string?)null);
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("state"u8)) state = ReadState(ref reader);
                else if (reader.ValueTextEquals("into"u8)) into = ReadText(ref reader);
                else reader.Skip();
            }

            return make(state, into);
        }

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            throw new NotSupportedException("A light reading is not written: it would lose the texts.");

        private static string ReadState(ref Utf8JsonReader reader)
        {
            reader.Read();
            foreach (var state in States)
            {
                if (reader.ValueTextEquals(state)) return state;
            }

            return reader.GetString() ?? "";
        }

        private static string? ReadText(ref Utf8JsonReader reader)
        {
            reader.Read();
            return reader.GetString();
        }
    }
}
