using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;
using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Boards;

namespace LiveCoCreate.Web.Workshops;

/// <summary>A text in every language of the app.</summary>
public sealed record Words(string He, string En)
{
    public string In(string language) => language == "he" ? He : En;
}

/// <summary>What a workshop can be made from: data, not code (templates.json).</summary>
public sealed record Template(
    string Id, Words Title, Words About, ImmutableArray<Words> Charter, ImmutableArray<Words> Roles, ImmutableArray<TemplateStep> Steps);

public sealed record TemplateStep(Words Title, string Kind, ImmutableArray<Words> Lanes, bool Private, Moderation Moderation);

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
