using System.Text.Json;
using System.Text.Json.Serialization;
using LiveCoCreate.Load.Scenarios;
using LiveCoCreate.Load.Servers;

namespace LiveCoCreate.Load.Figures;

/// <summary>Everything measured, as JSON: medians, ratios, and each run by itself.</summary>
internal static class Report
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    private static readonly double[] Shares = [0, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999, 1];

    public static void Write(string file, LoadOptions options, IReadOnlyList<Findings> all, IReadOnlyList<JournalFigures>? journal = null) =>
        File.WriteAllBytes(file, JsonSerializer.SerializeToUtf8Bytes(
            new { options.Command, options, machine = new { processors = Environment.ProcessorCount, os = Environment.OSVersion.VersionString, runtime = Environment.Version.ToString() }, findings = all.Select(Of), journal },
            Options));

    private static object Of(Findings findings) => new
    {
        findings.Scenario,
        findings.Title,
        figures = findings.Kinds.ToDictionary(
            kind => kind.Key,
            kind => new { kind.Title, kind.Unit, product = findings.Median(Side.Product, kind.Key), floor = findings.Median(Side.Floor, kind.Key), ratio = findings.Ratio(kind.Key) }),
        problems = findings.Problems,
        runs = findings.Runs.Select(run => new { run.Side, run.Run, run.Values, latency = Percentile(run), memory = run.Memory.Select(look => new[] { Math.Round(look.At, 2), Math.Round(look.MiB, 1) }), run.Problems, run.Notes }),
    };

    private static Dictionary<string, double> Percentile(RunFigures run)
    {
        double[] sorted = [.. run.Latencies.Select(sample => sample.Ms).Order()];
        return Shares.ToDictionary(share => $"p{share * 100:0.#}", share => Math.Round(Percentiles.At(sorted, share), 2));
    }
}
