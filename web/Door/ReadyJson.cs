using System.Text.Json;
using System.Text.Json.Serialization;

namespace LiveCoCreate.Web.Door;

/// <summary>JSON that was written before and stands as it is within an answer.</summary>
[JsonConverter(typeof(Converter))]
public readonly record struct ReadyJson(ReadOnlyMemory<byte> Utf8)
{
    private sealed class Converter : JsonConverter<ReadyJson>
    {
        public override ReadyJson Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, ReadyJson value, JsonSerializerOptions options) => writer.WriteRawValue(value.Utf8.Span, skipInputValidation: true);
    }
}
