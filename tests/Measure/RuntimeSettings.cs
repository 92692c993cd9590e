using System.Text.Json;

namespace LiveCoCreate.Measure;

/// <summary>Most measures run the product's code in this process: they say nothing where it runs otherwise than in the product's own.</summary>
internal static class RuntimeSettings
{
    /// <exception cref="InvalidOperationException">A setting of the product's is not one of this tool's, or the other way round.</exception>
    public static void ExpectThoseOfTheProduct()
    {
        var (own, products) = (Of("LiveCoCreate.Measure"), Of("LiveCoCreate.Web"));
        var differ = own.Keys.Union(products.Keys).Where(name => own.GetValueOrDefault(name) != products.GetValueOrDefault(name)).ToList();
        if (differ.Count > 0) throw new InvalidOperationException($"Set as in web/LiveCoCreate.Web.csproj, in tests/Measure/LiveCoCreate.Measure.csproj: {string.Join(", ", differ)}.");
    }

    private static Dictionary<string, string> Of(string program)
    {
        using var file = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, $"{program}.runtimeconfig.json")));
        return file.RootElement.GetProperty("runtimeOptions").GetProperty("configProperties").EnumerateObject().ToDictionary(setting => setting.Name, setting => setting.Value.GetRawText());
    }
}
