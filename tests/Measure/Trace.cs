using System.Globalization;
using System.Text.Json;

namespace LiveCoCreate.Measure;

/// <summary>What Chromium's threads worked, each in its own processor time, from the events of a trace. A thread's name counts once for all processes.</summary>
internal sealed class Trace
{
    private static readonly Dictionary<string, string[]> Kinds = new()
    {
        ["script"] = ["FunctionCall", "FireAnimationFrame", "EventDispatch", "RunMicrotasks", "TimerFire", "FireIdleCallback", "EvaluateScript", "MinorGC", "MajorGC", "ResizeObserver"],
        ["style"] = ["UpdateLayoutTree", "RecalculateStyles", "ParseHTML"],
        ["layout"] = ["Layout", "UpdateLayerTree", "HitTest", "IntersectionObserverController::computeIntersections"],
        ["paint"] = ["PrePaint", "Paint", "Layerize"],
        ["commit"] = ["Commit"],
    };

    private readonly Dictionary<(int Process, int Thread), string> _names = [];
    private readonly List<Span> _spans = [];

    public void Add(JsonElement events)
    {
        foreach (var one in events.EnumerateArray())
        {
            var thread = (one.GetProperty("pid").GetInt32(), one.GetProperty("tid").GetInt32());
            var name = one.GetProperty("name").GetString()!;
            if (name == "thread_name") _names[thread] = one.GetProperty("args").GetProperty("name").GetString()!;
            else if (one.GetProperty("ph").GetString() == "X" && one.TryGetProperty("tdur", out var worked) && one.TryGetProperty("tts", out var began))
                _spans.Add(new Span(thread, name, began.GetDouble(), worked.GetDouble()));
        }
    }

    public string Tell(int frames)
    {
        var renderer = _spans.Where(span => Name(span.Thread) == "CrRendererMain").GroupBy(span => span.Thread).MaxBy(thread => thread.Sum(span => span.Worked))!;
        var kinds = SelfTimes(renderer).GroupBy(self => Kinds.FirstOrDefault(kind => kind.Value.Contains(self.Name)).Key ?? "other").ToDictionary(kind => kind.Key, kind => kind.Sum(self => self.Worked));
        double Thread(params string[] names) => _spans.GroupBy(span => span.Thread).Where(thread => names.Any(Name(thread.Key).StartsWith)).Sum(thread => SelfTimes(thread).Sum(self => self.Worked));
        string Each(double worked) => (worked / 1000 / frames).ToString("0.0", CultureInfo.InvariantCulture);
        var main = string.Join(", ", Kinds.Keys.Append("other").Select(kind => $"{kind} {Each(kinds.GetValueOrDefault(kind))}"));
        return $"main {Each(kinds.Values.Sum())} ({main}), compositor {Each(Thread("Compositor"))}, raster {Each(Thread("ThreadPoolForegroundWorker", "CompositorTileWorker"))}, drawing {Each(Thread("VizCompositorThread", "CrGpuMain"))}";
    }

    private string Name((int Process, int Thread) thread) => _names.GetValueOrDefault(thread, "");

    /// <summary>What each did itself, without what it called.</summary>
    private static IEnumerable<(string Name, double Worked)> SelfTimes(IEnumerable<Span> thread)
    {
        var within = new Stack<(Span Span, double Called)>();
        foreach (var span in thread.OrderBy(span => span.Began).ThenByDescending(span => span.Worked))
        {
            while (within.TryPeek(out var outer) && outer.Span.Began + outer.Span.Worked <= span.Began)
                yield return Done();
            if (within.TryPop(out var around)) within.Push((around.Span, around.Called + span.Worked));
            within.Push((span, 0));
        }

        while (within.Count > 0) yield return Done();

        (string, double) Done()
        {
            var (span, called) = within.Pop();
            return (span.Name, Math.Max(0, span.Worked - called));
        }
    }

    private sealed record Span((int Process, int Thread) Thread, string Name, double Began, double Worked);
}
