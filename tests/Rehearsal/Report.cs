using System.Globalization;

namespace LiveCoCreate.Rehearsal;

internal static class Report
{
    private const int DifferencesShown = 50;

    public static void Print(RehearsalResult result, TextWriter to)
    {
        to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            {result.Recording}: {result.People} people, {result.Statements} statements ({result.Hidden} rejected), {result.RecordedVotes} recorded votes, {result.Commands} commands; board {result.Board}
            compared         {result.TalliesCompared} tallies in {result.ViewsCompared} views
            answered         {result.AnsweredMs}
            seen everywhere  {result.SeenEverywhereMs}
            joined           {result.JoinedMs}
            time             joining {result.JoinSeconds} s, playing {result.PlaySeconds} s, all {result.WallSeconds} s; {result.CommandsPerSecond} commands/s
            lines            {result.Line.Reconnects} reconnects, {result.Line.Resyncs} resyncs, {result.Line.TooFast} too-fast, {result.Line.Retries} retry, {result.Line.Slow} slow
            received         {result.Line.Frames} frames ({result.FramesParsed} different), {result.Line.BytesReceived / 1024.0 / 1024.0:0.0} MiB; own processor time {result.OwnProcessorSeconds} s
            """));
        if (result.Opinions is { } opinions)
        {
            to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
                opinions         {opinions.People} people, {opinions.Placed} placed; live {opinions.LiveGroups}, cold on the server {opinions.ColdGroups}, offline {(opinions.ColdEqualsOffline ? "the same to the last number" : "DIFFERENT")}
                                 adjusted Rand index of {opinions.Compared} people, as each was told: live against cold {opinions.LiveAgainstCold:0.000}; at rest ({opinions.RestGroups}) {opinions.RestAgainstCold:0.000}
                                 computed after {opinions.LiveMs:0} ms (live, waiting for its time included) and {opinions.ColdMs:0} ms (the close answered, then asked for)
                """));
            if (opinions.Reference is { } reference) to.WriteLine($"                 {reference}");
        }

        foreach (var difference in result.Differences.Take(DifferencesShown)) to.WriteLine($"  {difference}");
        if (result.Differences.Count > DifferencesShown) to.WriteLine($"  … and {result.Differences.Count - DifferencesShown} more");
        foreach (var leak in result.Leaks.Take(DifferencesShown)) to.WriteLine($"  leaked: {leak}");
        if (result.ApproveNothing) to.WriteLine(result.Leaks.Count == 0 ? $"nothing leaked ({result.BytesSearchedForLeaks} bytes searched)" : $"{result.Leaks.Count} leaks");
        to.WriteLine(result.Differences.Count == 0 ? "equal" : $"{result.Differences.Count} differences");
    }
}
