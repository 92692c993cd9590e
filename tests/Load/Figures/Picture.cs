using System.Globalization;
using System.Net;
using System.Text;
using LiveCoCreate.Load.Scenarios;
using LiveCoCreate.Load.Servers;

namespace LiveCoCreate.Load.Figures;

/// <summary>One page with everything on it: the medians as tables, and drawings of the typical run of each server.</summary>
internal static class Picture
{
    private const int Bins = 50;

    private const string Style = """
        :root { color-scheme: light dark; --ink: #1c2024; --quiet: #5f6873; --line: #d9dde2; --paper: #fff; --card: #f7f8fa; --product: #1d5fd1; --floor: #b4570a; --bad: #b3261e }
        @media (prefers-color-scheme: dark) { :root { --ink: #e8eaed; --quiet: #a0a8b3; --line: #3a4048; --paper: #15181c; --card: #1d2126; --product: #7fb0ff; --floor: #f0a35e; --bad: #ff8a80 } }
        body { margin: 0 auto; padding: 24px; max-width: 1080px; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, sans-serif }
        h1 { font-size: 22px; margin: 0 0 4px } h2 { font-size: 17px; margin: 36px 0 8px } p { color: var(--quiet); margin: 4px 0 }
        .legend span { display: inline-flex; align-items: center; gap: 8px; margin-inline-end: 24px; color: var(--ink) }
        .charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 480px), 1fr)); gap: 16px }
        figure { margin: 0; padding: 12px; background: var(--card); border: 1px solid var(--line); border-radius: 8px } figcaption { font-weight: 600; margin-bottom: 4px }
        svg { display: block; width: 100%; height: auto } text { fill: var(--quiet); font: 12px system-ui, sans-serif } .grid { stroke: var(--line) }
        .product { stroke: var(--product) } .floor { stroke: var(--floor) } .product, .floor { fill: none; stroke-width: 2 } .second { stroke-dasharray: 2 4; stroke-linecap: round }
        table { border-collapse: collapse; margin: 16px 0; font-variant-numeric: tabular-nums } th, td { padding: 3px 12px; text-align: right; border-bottom: 1px solid var(--line) } th:first-child, td:first-child { text-align: left; padding-left: 0 }
        .bad { color: var(--bad) }
        """;

    public static void Write(string file, IReadOnlyList<Findings> all, IReadOnlyList<JournalFigures>? journal = null) => File.WriteAllText(file, Draw(all, journal));

    public static string Draw(IReadOnlyList<Findings> all, IReadOnlyList<JournalFigures>? journal = null)
    {
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>LiveCoCreate under load</title><style>{Style}</style>");
        page.Append("<h1>LiveCoCreate under load</h1>");
        if (journal is not null) return page.Append(JournalAlone(journal)).Append("</html>").ToString();
        page.Append("<p>Beside the floor: a bare SignalR board in memory, driven by the same clients on the same machine.</p><p class=\"legend\">").Append(Legend("product", "", "LiveCoCreate")).Append(Legend("floor", "", "floor")).Append(Legend("", "", "solid: p99, or the value")).Append(Legend("", " second", "dotted: p50")).Append("</p>");
        if (all.Count > 1) page.Append(BySize(all));
        foreach (var findings in all) page.Append(Section(findings));
        return page.Append("</html>").ToString();
    }

    private static string Legend(string side, string kind, string text) =>
        $"<span><svg width=\"32\" height=\"8\" style=\"width:32px\"><line x1=\"1\" x2=\"31\" y1=\"4\" y2=\"4\" class=\"{(side.Length > 0 ? side : "product")}{kind}\"{(side.Length == 0 ? " style=\"stroke:currentColor\"" : "")}/></svg>{text}</span>";

    private static string Section(Findings findings)
    {
        var section = new StringBuilder($"<h2>{WebUtility.HtmlEncode(findings.Title)}</h2><div class=\"charts\">");
        var runs = new[] { findings.Typical(Side.Floor), findings.Typical(Side.Product) }.OfType<RunFigures>().ToList();
        // A side on which nothing came to be measured has nothing to draw; what went wrong there stands below.
        var (timed, measured) = (runs.Where(run => run.Latencies.Any(sample => sample.At > 0)).ToList(), runs.Where(run => run.Latencies.Count > 0).ToList());
        if (timed.Count > 0)
            section.Append(Figure(findings.LatencyTitle, new Chart("seconds since the start", "ms", [.. timed.SelectMany(OverTime)])));
        if (measured.Count > 0)
            section.Append(Figure($"{findings.LatencyTitle}: percentiles", new Chart("percent of all, at most this long", "ms", [.. measured.Select(ByShare)], [.. Shares.Select(share => (Place(share), $"{share * 100:0.#}"))])));
        if (runs.Any(run => run.Memory.Count > 1))
            section.Append(Figure("The server's memory (resident set)", new Chart("seconds since the start", "MiB", [.. runs.Select(run => new Line(Name(run.Side), false, [.. run.Memory.Select(look => (look.At, look.MiB))]))])));
        return section.Append("</div>").Append(Medians(findings)).ToString();
    }

    private static string BySize(IReadOnlyList<Findings> all)
    {
        string Of(string title, string unit, string key, string people) => Figure(title, new Chart("people", unit,
            [.. new[] { Side.Floor, Side.Product }.Where(all[0].Has).Select(side => new Line(Name(side), false, [.. all.Select(findings => (findings.Median(side, people) ?? 0, findings.Median(side, key) ?? 0))]))]));
        return $"<h2>By size of the room</h2><div class=\"charts\">{Of("Probe to each client, p99", "ms", "probe.p99", "people")}{Of("Server's processor time, each participant", "ms", "cpuEach", "people")}{Of("Server's memory, each participant", "KiB", "memoryEach", "people")}{Of("Full tally everywhere, after the last vote", "ms", "full", "people")}</div>";
    }

    /// <summary>The journal has no floor: each way of life is a row, and a bar says how many events a second that was.</summary>
    private static string JournalAlone(IReadOnlyList<JournalFigures> journal)
    {
        var most = Math.Max(1, journal.Select(each => each.EventsPerSecond).DefaultIfEmpty().Max());
        var table = new StringBuilder("<h2>The journal alone: streams append batches, each waits for its own to be durable</h2>");
        table.Append("<table><tr><th>journal<th>streams<th>batch<th>events a second<th><th>append p50, ms<th>p99<th>commits a second<th>flush of this disk p50, ms<th>p99");
        foreach (var each in journal)
        {
            table.Append(CultureInfo.InvariantCulture, $"<tr><td>{WebUtility.HtmlEncode(each.Journal)}<td>{each.Streams}<td>{each.Batch}<td>{Number(each.EventsPerSecond, 0)}<td>{Bar(each.EventsPerSecond / most)}");
            table.Append(CultureInfo.InvariantCulture, $"<td>{Number(each.AppendP50, 2)}<td>{Number(each.AppendP99, 2)}<td>{Number(each.CommitsPerSecond, 0)}<td>{Number(each.FlushP50, 2)}<td>{Number(each.FlushP99, 2)}");
        }

        return table.Append("</table>").ToString();
    }

    private static string Bar(double share) => string.Create(CultureInfo.InvariantCulture,
        $"<svg width=\"200\" height=\"10\" style=\"width:200px\" aria-hidden=\"true\"><line x1=\"0\" x2=\"{200 * share:0.#}\" y1=\"5\" y2=\"5\" class=\"product\" style=\"stroke-width:10\"/></svg>");

    private static string Medians(Findings findings)
    {
        var table = new StringBuilder("<table><tr><th>median<th>LiveCoCreate<th>floor<th>ratio");
        foreach (var kind in findings.Kinds)
        {
            var (product, floor) = (findings.Median(Side.Product, kind.Key), findings.Median(Side.Floor, kind.Key));
            if (product is null && floor is null) continue;
            table.Append(CultureInfo.InvariantCulture, $"<tr><td>{WebUtility.HtmlEncode(kind.Title)}{(kind.Unit.Length > 0 ? ", " : "")}{kind.Unit}<td>{Number(product, kind.Decimals)}<td>{Number(floor, kind.Decimals)}<td>{(kind.Compared ? Number(findings.Ratio(kind.Key), 2) : "")}");
        }

        table.Append("</table>");
        foreach (var problem in findings.Problems) table.Append(CultureInfo.InvariantCulture, $"<p class=\"bad\">{WebUtility.HtmlEncode(problem)}</p>");
        return table.ToString();
    }

    private static IEnumerable<Line> OverTime(RunFigures run)
    {
        var width = run.Latencies.Max(sample => sample.At) / Bins;
        var bins = run.Latencies.GroupBy(sample => (int)(sample.At / width)).OrderBy(bin => bin.Key)
            .Select(bin => (At: (bin.Key + 0.5) * width, Sorted: bin.Select(sample => sample.Ms).Order().ToArray())).ToList();
        yield return new Line(Name(run.Side), false, [.. bins.Select(bin => (bin.At, Percentiles.At(bin.Sorted, 0.99)))]);
        yield return new Line(Name(run.Side), true, [.. bins.Select(bin => (bin.At, Percentiles.At(bin.Sorted, 0.5)))]);
    }

    private static readonly double[] Shares = [0, 0.5, 0.9, 0.99, 0.999];

    /// <summary>The last percents are what people notice: each further nine gets as much room.</summary>
    private static double Place(double share) => -Math.Log10(1 - Math.Min(share, 0.9995));

    private static Line ByShare(RunFigures run)
    {
        double[] sorted = [.. run.Latencies.Select(sample => sample.Ms).Order()];
        var furthest = Math.Min(0.9995, 1 - 1.0 / Math.Max(2, sorted.Length));
        return new Line(Name(run.Side), false, [.. Enumerable.Range(0, 101).Select(step => Place(furthest) * step / 100).Select(place => (place, Percentiles.At(sorted, 1 - Math.Pow(10, -place))))]);
    }

    private static string Name(Side side) => side.ToString().ToLowerInvariant();

    private static string Figure(string title, Chart chart) => $"<figure><figcaption>{WebUtility.HtmlEncode(title)}</figcaption>{chart.Draw(title)}</figure>";

    private static string Number(double? value, int decimals) => value?.ToString($"N{decimals}", CultureInfo.InvariantCulture) ?? "–";
}

/// <param name="Side">Its colour.</param>
/// <param name="IsSecond">Dotted.</param>
internal sealed record Line(string Side, bool IsSecond, IReadOnlyList<(double X, double Y)> Points);

/// <summary>A line chart as SVG. Both axes begin at nothing, so that twice as much looks twice as high.</summary>
internal sealed record Chart(string XTitle, string YTitle, IReadOnlyList<Line> Lines, IReadOnlyList<(double At, string Text)>? XTicks = null)
{
    private const int Width = 520, Height = 270, Left = 56, Right = 16, Top = 22, Bottom = 44;

    public string Draw(string title)
    {
        var points = Lines.SelectMany(line => line.Points).ToList();
        var (mostX, mostY) = (Math.Max(1e-9, points.Select(point => point.X).DefaultIfEmpty(1).Max()), Nice(points.Select(point => point.Y).DefaultIfEmpty(1).Max()));
        double X(double value) => Left + value / mostX * (Width - Left - Right);
        double Y(double value) => Height - Bottom - value / mostY.Top * (Height - Top - Bottom);
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{WebUtility.HtmlEncode(title)}\">");
        for (var value = 0.0; value <= mostY.Top * 1.001; value += mostY.Step)
            svg.Append(CultureInfo.InvariantCulture, $"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{Y(value):0.#}\" y2=\"{Y(value):0.#}\"/><text x=\"{Left - 8}\" y=\"{Y(value) + 4:0.#}\" text-anchor=\"end\">{value:#,0.##}</text>");
        foreach (var (at, text) in XTicks ?? Ticks(mostX))
            if (at <= mostX * 1.001) svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{X(at):0.#}\" y=\"{Height - Bottom + 18}\" text-anchor=\"middle\">{text}</text>");
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left - 8}\" y=\"12\" text-anchor=\"end\">{YTitle}</text><text x=\"{(Width + Left - Right) / 2}\" y=\"{Height - 6}\" text-anchor=\"middle\">{XTitle}</text>");
        foreach (var line in Lines.Where(line => line.Points.Count > 0))
        {
            var path = string.Join(' ', line.Points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{X(point.X):0.#},{Y(point.Y):0.#}")));
            svg.Append(CultureInfo.InvariantCulture, $"<polyline class=\"{line.Side}{(line.IsSecond ? " second" : "")}\" points=\"{path}\"/>");
        }

        return svg.Append("</svg>").ToString();
    }

    private static IEnumerable<(double, string)> Ticks(double most)
    {
        var step = Nice(most).Step;
        for (var value = 0.0; value <= most * 1.001; value += step) yield return (value, value.ToString("#,0.##", CultureInfo.InvariantCulture));
    }

    /// <summary>A round number at or above the value, and steps of 1, 2 or 5 up to it.</summary>
    private static (double Top, double Step) Nice(double value)
    {
        var rough = Math.Max(value, 1e-6) / 5;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = (rough / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 } * power;
        return (Math.Ceiling(Math.Max(value, 1e-6) / step) * step, step);
    }
}
