using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;
using LiveCoCreate.Grains;

namespace LiveCoCreate.Web.Demo;

/// <summary>What the people of the demo say: texts of our own (demo.json).</summary>
public sealed record DemoScript(string Title, string Purpose, ImmutableArray<DemoStep> Steps)
{
    public static readonly ImmutableDictionary<string, DemoScript> All = Load();

    private static ImmutableDictionary<string, DemoScript> Load()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("demo.json")!;
        return JsonSerializer.Deserialize<ImmutableDictionary<string, DemoScript>>(stream, Json.Options)!;
    }
}

public sealed record DemoStep(ImmutableArray<DemoTheme> Themes);

public sealed record DemoTheme(string Title, ImmutableArray<string> Ideas);
