using System.Globalization;
using LiveCoCreate.Load.Servers;

namespace LiveCoCreate.Load.Figures;

/// <summary>What is printed at the end.</summary>
internal static class Table
{
    private const int ProblemsShown = 20;

    public static void Print(Findings findings, TextWriter to)
    {
        to.WriteLine(findings.Title);
        to.WriteLine($"  {"",-46} {"product",12} {"floor",12} {"ratio",7}");
        foreach (var kind in findings.Kinds)
        {
            var (product, floor) = (findings.Median(Side.Product, kind.Key), findings.Median(Side.Floor, kind.Key));
            if (product is null && floor is null) continue;
            to.WriteLine($"  {$"{kind.Title}{(kind.Unit.Length > 0 ? ", " : "")}{kind.Unit}",-46} {Number(product, kind.Decimals),12} {Number(floor, kind.Decimals),12} {(kind.Compared ? Number(findings.Ratio(kind.Key), 2) : ""),7}");
        }

        foreach (var note in findings.Notes) to.WriteLine($"  · {note}");
        var problems = findings.Problems.ToList();
        foreach (var problem in problems.Take(ProblemsShown)) to.WriteLine($"  ! {problem}");
        if (problems.Count > ProblemsShown) to.WriteLine($"  … and {problems.Count - ProblemsShown} more");
    }

    private static string Number(double? value, int decimals) => value?.ToString($"N{decimals}", CultureInfo.InvariantCulture) ?? "–";
}
