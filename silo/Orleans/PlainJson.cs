using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Boards;
using LiveCoCreate.Grains.Participants;
using LiveCoCreate.Grains.Workshops;

namespace LiveCoCreate.Silo.Orleans;

/// <summary>How contracts are written between nodes: as on the wire, and what no message from outside may say goes along as well.</summary>
public static class PlainJson
{
    private static readonly Type[] Commands = [typeof(BoardCommand), typeof(WorkshopCommand), typeof(ParticipantCommand)];

    public static readonly JsonSerializerOptions Options = Make();

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions(Json.Options) { MaxDepth = 64 };
        options.Converters.Insert(0, new Ids());
        options.TypeInfoResolver = options.TypeInfoResolver!.WithAddedModifier(WithWhatNodesFillIn);
        options.MakeReadOnly();
        return options;
    }

    /// <summary>A web node has filled in, say, which charter is in force: it is left out of what comes in from outside, and must not be on the way to a silo.</summary>
    private static void WithWhatNodesFillIn(JsonTypeInfo type)
    {
        if (!Commands.Any(family => family.IsAssignableFrom(type.Type)) || type.Type.IsAbstract) return;
        foreach (var property in type.Type.GetProperties(BindingFlags.Instance | BindingFlags.Public))
        {
            if (property.GetCustomAttribute<JsonIgnoreAttribute>() is null || property.SetMethod is null) continue;
            var name = type.Options.PropertyNamingPolicy!.ConvertName(property.Name);
            var info = type.Properties.FirstOrDefault(one => one.Name == name);
            if (info is null) type.Properties.Add(info = type.CreateJsonPropertyInfo(property.PropertyType, name));
            info.Get = property.GetValue;
            info.Set = property.SetValue;
            info.ShouldSerialize = (_, value) => value is not null;
        }
    }

    /// <summary>Before anything has happened a state holds ids that are none. From outside they are refused; between nodes they go as they are.</summary>
    private sealed class Ids : JsonConverterFactory
    {
        public override bool CanConvert(Type typeToConvert) => typeToConvert.IsValueType && typeToConvert.GetInterfaces().Any(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IId<>));

        public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) => (JsonConverter)Activator.CreateInstance(typeof(Id<>).MakeGenericType(typeToConvert))!;
    }

    private sealed class Id<TId> : JsonConverter<TId> where TId : struct, IId<TId>
    {
        public override TId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString() is { Length: > 0 } id ? TId.Of(id) : default;

        public override void Write(Utf8JsonWriter writer, TId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value ?? "");

        public override TId ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => TId.Of(reader.GetString()!);

        public override void WriteAsPropertyName(Utf8JsonWriter writer, TId value, JsonSerializerOptions options) => writer.WritePropertyName(value.Value);
    }
}
