using System.Globalization;
using LiveCoCreate.Browser;
using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Boards;
using LiveCoCreate.Grains.Workshops;
using LiveCoCreate.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace LiveCoCreate.Measure;

/// <summary>How fluid thousands of ideas scroll, in real Chromium with a 4x CPU slowdown: the desk's queue and column with half of them waiting, and a
/// participant's room with all of them shown. Beside each, in the same run, a bare page: as many rows of the same texts in a box of the same size, each one
/// element, windowed by hand without a framework. That is what this machine can draw at all; what counts is the ratio. A pass goes on where the one before
/// ended, 2,000 px a second. The slowdown holds for the page's main thread alone; what it worked is in its own time, the slowdown included.
/// One more pass of each is traced, which costs something itself and says what the work was and what others did: the compositor, those who raster, and who draws the frames.</summary>
internal static class DeskScroll
{
    /// <summary>Goes down from where it is, back up from the end.</summary>
    private const string Scroll = """
        (where) => new Promise((done) => {
          const box = where ? document.querySelector(where) : document.scrollingElement
          const times = []
          const began = performance.now()
          let at = box.scrollTop
          let before = began
          const most = () => box.scrollHeight - box.clientHeight
          box.way ??= 1
          const frame = (now) => {
            times.push(now)
            at += box.way * Math.max(0, now - before) * 2
            before = now
            if (at > most()) box.way = -1
            if (at < 0) box.way = 1
            box.scrollTop = at
            if (now - began < 4000) requestAnimationFrame(frame)
            else done({ times, height: box.scrollHeight, nodes: document.querySelectorAll('*').length })
          }
          requestAnimationFrame(frame)
        })
        """;

    /// <summary>A row is one element that is never made anew: who leaves at one end comes back at the other with another text.</summary>
    private const string Bare = """
        ({ texts, width, height, row }) => {
          document.body.style.cssText = 'margin:0;background:#fff;font:16px/1.4 sans-serif'
          document.dir = 'rtl'
          const list = document.createElement('div')
          list.style.cssText = `position:relative;contain:strict;width:${width}px;height:${texts.length * row}px`
          const box = width < innerWidth ? document.createElement('div') : null
          if (box) {
            box.id = 'box'
            box.style.cssText = `width:${width}px;height:${height}px;overflow-y:auto`
            box.append(list)
            document.body.append(box)
          } else document.body.append(list)
          const slots = Array.from({ length: Math.min(texts.length, Math.ceil(height / row) * 3 + 1) }, () => {
            const slot = document.createElement('div')
            slot.style.cssText = `position:absolute;contain:strict;inset-inline:0;height:${row}px;box-sizing:border-box;padding:8px;border-bottom:1px solid #ccc`
            slot.shows = -1
            list.append(slot)
            return slot
          })
          const show = () => {
            const first = Math.max(0, Math.floor((box ?? document.scrollingElement).scrollTop / row) - Math.ceil(height / row))
            for (let n = first; n < Math.min(texts.length, first + slots.length); n++) {
              const slot = slots[n % slots.length]
              if (slot.shows === n) continue
              slot.shows = n
              slot.textContent = texts[n]
              slot.style.top = `${n * row}px`
            }
          }
          ;(box ?? document).addEventListener('scroll', show, { passive: true })
          show()
        }
        """;

    private static readonly string[] Words = ["ספסלים", "בצל", "ליד", "בית", "הספר", "ברזייה", "לילדים", "שביל", "אופניים", "גינה", "קהילתית", "תאורה", "בשביל", "מגרש", "כדורסל"];

    public static async Task<int> RunAsync(int ideas, int passes)
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.LaunchAsync(playwright);
        var data = Directory.CreateTempSubdirectory("desk-scroll").FullName;
        await using var server = LiveServer.Build(["--urls", "http://127.0.0.1:0", "--DataFolder", data, "--Logging:LogLevel:Default=Warning"]);
        await server.StartAsync();
        await using var context = await browser.NewContextAsync(new() { ViewportSize = new() { Width = 1440, Height = 900 }, Locale = "he-IL", BaseURL = server.Urls.First() });
        var desk = await MakeAsync(context, server.Services.GetRequiredService<IGrains>(), ideas, waiting: true);
        var page = await context.NewPageAsync();
        await page.GotoAsync($"/facilitate/{desk.Workshop}");
        await page.Locator("[data-waiting]").First.WaitForAsync();
        await page.Locator("[data-card]").First.WaitForAsync();
        var fluid = await CompareAsync(browser, page, "queue", "#panel-queue", ideas / 2, passes);
        fluid &= await CompareAsync(browser, page, "column", ".column .scroll", ideas / 2, passes);
        await page.CloseAsync();

        await using var pocket = await browser.NewContextAsync(new() { ViewportSize = new() { Width = 390, Height = 844 }, DeviceScaleFactor = 2, Locale = "he-IL", BaseURL = server.Urls.First() });
        var room = await MakeAsync(context, server.Services.GetRequiredService<IGrains>(), ideas, waiting: false);
        await pocket.APIRequest.PostAsync($"/api/codes/{room.Code}/join", new() { DataObject = new { request = NewId(), agreed = true, roles = Array.Empty<string>(), answers = new { }, language = "he" } });
        var phone = await pocket.NewPageAsync();
        await phone.GotoAsync($"/room/{room.Workshop}");
        await phone.Locator("article.card").First.WaitForAsync();
        fluid &= await CompareAsync(browser, phone, "room", "", ideas, passes);
        await server.StopAsync();
        Directory.Delete(data, recursive: true);
        return fluid ? 0 : 1;
    }

    /// <summary>Whether the median pass draws what the screen can show, 60 frames a second less what a clock is off.</summary>
    private static async Task<bool> CompareAsync(IBrowser browser, IPage page, string name, string where, int rows, int passes)
    {
        var box = await page.EvaluateAsync<double[]>("(where) => { const box = where ? document.querySelector(where) : document.scrollingElement; return [box.clientWidth, box.clientHeight] }", where);
        var bare = await page.Context.NewPageAsync();
        await bare.EvaluateAsync(Bare, new { texts = Enumerable.Range(0, rows).Select(Text), width = box[0], height = box[1], row = 96 });
        var (ours, theirs) = (new List<Scrolled>(), new List<Scrolled>());
        for (var pass = 0; pass < passes; pass++)
        {
            theirs.Add(await ScrollAsync(bare, where == "" ? "" : "#box"));
            ours.Add(await ScrollAsync(page, where));
        }

        double Median(List<Scrolled> all, Func<Scrolled, double> what) => all.Select(what).Order().ElementAt(all.Count / 2);
        string Tell(string who, List<Scrolled> all) => string.Create(CultureInfo.InvariantCulture,
            $"{name}, {who}: {Median(all, one => one.Frames):0.0} frames a second ({all.Min(one => one.Frames):0.0} to {all.Max(one => one.Frames):0.0}), p95 {Median(all, one => one.GapAt(0.95)):0} ms, worst {all.Max(one => one.GapAt(1)):0} ms; main thread {Median(all, one => one.Each("TaskDuration")):0.0} ms a frame (script {Median(all, one => one.Each("ScriptDuration")):0.0}, style {Median(all, one => one.Each("RecalcStyleDuration")):0.0}, layout {Median(all, one => one.Each("LayoutDuration")):0.0}); {all[^1].Height} px high, {all[^1].Nodes} elements");
        Console.WriteLine(Tell("bare rows", theirs));
        Console.WriteLine(Tell($"{rows} ideas", ours));
        var frames = Median(ours, one => one.Frames);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{name}: {frames / Median(theirs, one => one.Frames):0.00} of the bare page's frames; main thread {Median(ours, one => one.Each("TaskDuration")) / Median(theirs, one => one.Each("TaskDuration")):0.0} times its"));
        Console.WriteLine($"  traced, bare rows: {await TraceAsync(browser, bare, where == "" ? "" : "#box")}");
        Console.WriteLine($"  traced, ideas:     {await TraceAsync(browser, page, where)}");
        await bare.CloseAsync();
        return frames > 58;
    }

    private static async Task<string> TraceAsync(IBrowser browser, IPage page, string where)
    {
        var devtools = await browser.NewBrowserCDPSessionAsync();
        var trace = new Trace();
        var complete = new TaskCompletionSource();
        devtools.Event("Tracing.dataCollected").OnEvent += (_, some) => trace.Add(some!.Value.GetProperty("value"));
        devtools.Event("Tracing.tracingComplete").OnEvent += (_, _) => complete.TrySetResult();
        await page.BringToFrontAsync();
        await devtools.SendAsync("Tracing.start", new() { ["transferMode"] = "ReportEvents", ["categories"] = "-*,toplevel,devtools.timeline,disabled-by-default-devtools.timeline,cc,viz" });
        var scrolled = await ScrollAsync(page, where);
        await devtools.SendAsync("Tracing.end");
        await complete.Task;
        await devtools.DetachAsync();
        return string.Create(CultureInfo.InvariantCulture, $"{scrolled.Frames:0.0} frames a second; ms a frame: {trace.Tell(scrolled.Times.Length)}");
    }

    private static async Task<Scrolled> ScrollAsync(IPage page, string where)
    {
        await page.BringToFrontAsync();
        var devtools = await page.Context.NewCDPSessionAsync(page);
        await devtools.SendAsync("Performance.enable", new() { ["timeDomain"] = "threadTicks" });
        await devtools.SendAsync("Emulation.setCPUThrottlingRate", new() { ["rate"] = 4 });
        // What was drawn on the way in is no scrolling's cost.
        await page.EvaluateAsync("() => new Promise((done) => requestIdleCallback(done, { timeout: 5000 }))");
        var before = await MetricsAsync();
        var scrolled = await page.EvaluateAsync<Scrolled>(Scroll, where);
        scrolled.Worked = (await MetricsAsync()).ToDictionary(metric => metric.Key, metric => metric.Value - before[metric.Key]);
        await devtools.SendAsync("Emulation.setCPUThrottlingRate", new() { ["rate"] = 1 });
        await devtools.DetachAsync();
        return scrolled;

        async Task<Dictionary<string, double>> MetricsAsync() => (await devtools.SendAsync("Performance.getMetrics"))!.Value.GetProperty("metrics").EnumerateArray()
            .ToDictionary(metric => metric.GetProperty("name").GetString()!, metric => metric.GetProperty("value").GetDouble());
    }

    private static string Text(int n) => string.Join(' ', Enumerable.Range(0, 4 + n % 14).Select(at => Words[(n * 7 + at * (n % 5 + 1)) % Words.Length]));

    private static async Task<(string Workshop, string Code)> MakeAsync(IBrowserContext context, IGrains grains, int ideas, bool waiting)
    {
        var made = (await (await context.APIRequest.PostAsync("/api/workshops", new()
        {
            DataObject = new { title = "Many", language = "he", template = "blank", purpose = "", request = NewId(), facilitator = "Noa" },
        })).JsonAsync())!.Value;
        var workshop = made.GetProperty("workshop").GetString()!;
        await FillAsync(grains, new WorkshopId(workshop), ideas, waiting);
        return (workshop, made.GetProperty("code").GetString()!);
    }

    private static async Task FillAsync(IGrains grains, WorkshopId workshop, int ideas, bool waiting)
    {
        var id = (await grains.Workshop(workshop).StateAsync()).Steps[0].Board;
        var board = grains.Board(id);
        var lane = (await board.StateAsync()).Lanes.Keys.First();
        for (var half = 0; half < 2; half++)
        {
            if (half == 1 && waiting) await DoAsync(new Caller(SeatKind.Facilitator, new PersonId("measure")), new BoardCommand.ChangeSettings(Moderation.Approve));
            await Task.WhenAll(Enumerable.Range(0, ideas / 2).Select(n => DoAsync(
                new Caller(SeatKind.Participant, new PersonId($"person-{n % 400}")),
                new BoardCommand.AddIdea(new IdeaId(NewId()), lane, Text(n), "he")).AsTask()));
        }

        async ValueTask DoAsync(Caller by, BoardCommand command)
        {
            var reply = await board.SubmitAsync(new Submission<BoardCommand>(new CommandId(NewId()), by, DateTimeOffset.UnixEpoch, command));
            if (reply.Refusal is { } refusal) throw new InvalidOperationException(refusal.Message);
        }
    }

    private static string NewId() => Ids.From(System.Security.Cryptography.RandomNumberGenerator.GetBytes(12));

    private sealed class Scrolled
    {
        public double[] Times { get; set; } = [];

        /// <summary>Seconds of the main thread's own time, by what for.</summary>
        public Dictionary<string, double> Worked { get; set; } = [];

        public double Height { get; set; }

        public int Nodes { get; set; }

        public double Frames => (Times.Length - 1) * 1000 / (Times[^1] - Times[0]);

        public double GapAt(double share)
        {
            var gaps = Times.Zip(Times.Skip(1), (one, next) => next - one).Order().ToArray();
            return gaps[Math.Min(gaps.Length - 1, (int)(gaps.Length * share))];
        }

        public double Each(string metric) => Worked[metric] * 1000 / (Times.Length - 1);
    }
}
