using System.Text.Json;
using System.Text.Json.Nodes;
using LiveCoCreate.Grains;

namespace LiveCoCreate.Fast;

/// <summary>A value as JSON that is the same text whenever the value is the same: keys in order, sets in order.</summary>
internal static class Canonical
{
    /// <summary>What is a set in the state, whose order says nothing.</summary>
    private static readonly HashSet<string> Sets = ["byAuthor", "commentsOn", "commentsBy", "revoked"];

    private static readonly JsonSerializerOptions Indented = new(JsonSerializerOptions.Default) { WriteIndented = true };

    public static string Of<T>(T value) =>
        Sorted(JsonSerializer.SerializeToNode(value, Json.Options), set: false)?.ToJsonString(Indented) ?? "null";

    private static JsonNode? Sorted(JsonNode? node, bool set) => node switch
    {
        JsonObject o => new JsonObject(o.OrderBy(field => field.Key, StringComparer.Ordinal)
            .Select(field => KeyValuePair.Create(field.Key, Sorted(field.Value, set || Sets.Contains(field.Key))))),
        JsonArray a when set => new JsonArray([.. a.Select(item => Sorted(item, set)).OrderBy(item => item?.ToJsonString(), StringComparer.Ordinal)]),
        JsonArray a => new JsonArray([.. a.Select(item => Sorted(item, set))]),
        _ => node?.DeepClone(),
    };
}
