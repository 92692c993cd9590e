using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Boards;

namespace LiveCoCreate.Web.Workshops;

/// <summary>A text in every language of the app, or one that is the same in all: a file may say it as a plain text.</summary>
[JsonConverter(typeof(WordsConverter))]
public sealed record Words(string He, string En)
{
    public string In(string language) => language == "he" ? He : En;

    private sealed class WordsConverter : JsonConverter<Words>
    {
        public override Words Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType is JsonTokenType.String && reader.GetString() is { } same) return new Words(same, same);
            var texts = JsonSerializer.Deserialize<ImmutableDictionary<string, string>>(ref reader, options);
            return texts?.GetValueOrDefault("he") is { } he && texts.GetValueOrDefault("en") is { } en ? new Words(he, en) : throw new JsonException("A text is a string, or he and en.");
        }

        public override void Write(Utf8JsonWriter writer, Words value, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            writer.WriteString("he", value.He);
            writer.WriteString("en", value.En);
            writer.WriteEndObject();
        }
    }
}

/// <summary>What a workshop can be made from: data, not code (templates.json, a file, an earlier workshop).</summary>
public sealed record Template(
    string Id, Words Title, Words About, ImmutableArray<Words> Charter, ImmutableArray<Words> Roles, ImmutableArray<TemplateStep> Steps,
    ImmutableArray<TemplateQuestion>? Questions = null);

public sealed record TemplateStep(Words Title, string Kind, ImmutableArray<Words> Lanes, bool Private, Moderation Moderation, int? DurationMs = null, bool? Writing = null,
    Words? Subject = null, BallotPreset? Ballot = null);

public sealed record TemplateQuestion(Words Title, ImmutableArray<Words> Options);

public static class Templates
{
    public static readonly ImmutableArray<Template> All = Load();

    public static Template? Find(string id) => All.FirstOrDefault(template => template.Id == id);

    private static ImmutableArray<Template> Load()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("templates.json")!;
        return JsonSerializer.Deserialize<ImmutableArray<Template>>(stream, Json.Options);
    }
}
