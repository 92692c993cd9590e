using System.Globalization;
using LiveCoCreate.Load.Figures;
using LiveCoCreate.Load.Servers;

namespace LiveCoCreate.Load.Scenarios;

/// <summary>The same storm in rooms of different sizes: does what it costs grow with the room, or faster?</summary>
internal static class Sizes
{
    private static readonly int[] People = [100, 300, 1000, 2000];

    private static readonly (string Key, string Title, int Decimals)[] Columns =
    [
        ("probe.p50", "probe p50 ms", 1), ("probe.p99", "probe p99 ms", 1), ("ack.p50", "answer p50 ms", 1), ("full", "full tally ms", 1), ("cpu", "CPU s", 2),
        ("cpuEach", "CPU each ms", 2), ("memoryEach", "memory each KiB", 1), ("bytes", "bytes each KiB", 1), ("lost", "lost", 0), ("doubled", "doubled", 0), ("othersCpu", "others' CPU %", 0),
    ];

    public static async Task<IReadOnlyList<Findings>> RunAsync(LoadOptions options, IProgress<Progress> progress)
    {
        var all = new List<Findings>();
        foreach (var people in People)
            all.Add(await new Storm(options with { People = people, Command = "storm" }).RunAsync(new Sized(progress, people)));
        return all;
    }

    public static void Print(IReadOnlyList<Findings> all, LoadOptions options, TextWriter to)
    {
        to.WriteLine($"table: {options.Ideas} ideas, {options.Votes} votes each within {options.Seconds} s{(options.Warm ? ", warm" : "")}; median of {options.Runs}");
        to.WriteLine($"  {"people",6} {"",-8}{string.Concat(Columns.Select(column => $" {column.Title,15}"))}");
        for (var i = 0; i < all.Count; i++)
        {
            Row(People[i], "product", key => all[i].Median(Side.Product, key), false);
            Row(People[i], "floor", key => all[i].Median(Side.Floor, key), false);
            Row(People[i], "ratio", key => key == "othersCpu" ? null : all[i].Ratio(key), true);
        }

        foreach (var problem in all.SelectMany((findings, i) => findings.Problems.Select(problem => $"{People[i]} people, {problem}"))) to.WriteLine($"  ! {problem}");

        void Row(int people, string side, Func<string, double?> value, bool isRatio) => to.WriteLine(
            $"  {people,6} {side,-8}{string.Concat(Columns.Select(column => $" {value(column.Key)?.ToString(isRatio ? "N2" : $"N{column.Decimals}", CultureInfo.InvariantCulture) ?? "–",15}"))}");
    }

    private sealed class Sized(IProgress<Progress> progress, int people) : IProgress<Progress>
    {
        public void Report(Progress value) => progress.Report(value with { Phase = $"{people} people, {value.Phase}" });
    }
}
