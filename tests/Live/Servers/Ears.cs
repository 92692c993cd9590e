using System.Text;
using System.Text.Json;
using LiveCoCreate.Wire;

namespace LiveCoCreate.Live.Servers;

/// <summary>Keeps every byte that reached one person, over HTTP and live.</summary>
public sealed class Ears
{
    private readonly List<(string Source, string Text)> _heard = [];

    public LivePersonOptions Options => new() { Hears = (_, source, bytes) => Hear(source, bytes) };

    public IReadOnlyList<(string Source, string Text)> All
    {
        get { lock (_heard) return [.. _heard]; }
    }

    public int Count(string source)
    {
        lock (_heard) return _heard.Count(each => each.Source == source);
    }

    /// <summary>Where this text came: as it is, or escaped in JSON.</summary>
    public IReadOnlyList<string> Where(string text)
    {
        var escaped = JsonSerializer.Serialize(text).Trim('"');
        lock (_heard) return [.. _heard.Where(each => each.Text.Contains(text, StringComparison.Ordinal) || each.Text.Contains(escaped, StringComparison.Ordinal)).Select(each => $"{each.Source}: {each.Text}")];
    }

    /// <summary>Where counts of this ballot came.</summary>
    public IReadOnlyList<string> WhereCounted(string ballot)
    {
        lock (_heard) return [.. _heard.Where(each => Counted(each.Text, ballot)).Select(each => $"{each.Source}: {each.Text}")];
    }

    private void Hear(string source, ReadOnlySpan<byte> bytes)
    {
        lock (_heard) _heard.Add((source, Encoding.UTF8.GetString(bytes)));
    }

    private static bool Counted(string text, string ballot)
    {
        if (!text.Contains("tallies", StringComparison.Ordinal) && !text.Contains("counts", StringComparison.Ordinal)) return false;
        using var json = JsonDocument.Parse(text);
        return Tallies(json.RootElement).Any(tallies => tallies.ValueKind == JsonValueKind.Object && tallies.TryGetProperty(ballot, out _));
    }

    private static IEnumerable<JsonElement> Tallies(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(field => field.Name is "tallies" or "counts" && field.Value.ValueKind is JsonValueKind.Object ? [field.Value] : Tallies(field.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Tallies),
        _ => [],
    };
}
