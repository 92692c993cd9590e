using System.Globalization;
using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Boards;
using LiveCoCreate.Grains.Workshops;
using LiveCoCreate.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace LiveCoCreate.Measure;

/// <summary>How fluid thousands of ideas scroll, in real Chromium with a 4x CPU slowdown: the desk's queue and column with half of them waiting, and a
/// participant's room with all of them shown, beside the same pages with ten ideas, which is what the machine can do at all. Frames a second depend on
/// who else uses the machine; what the page's main thread worked, in its own time, does less:
/// for each second of scrolling, which is the same way and the same rows however many frames it took, and for each frame.</summary>
internal static class DeskScroll
{
    private const string Scroll = """
        (where) => new Promise((done) => {
          const box = where ? document.querySelector(where) : document.scrollingElement
          const times = []
          const began = performance.now()
          const frame = (now) => {
            times.push(now)
            box.scrollTop = ((now - began) * 2) % Math.max(1, box.scrollHeight - box.clientHeight)
            if (now - began < 4000) requestAnimationFrame(frame)
            else done({ times, height: box.scrollHeight, nodes: document.querySelectorAll('*').length })
          }
          requestAnimationFrame(frame)
        })
        """;

    public static async Task<int> RunAsync(int ideas)
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM") is { Length: > 0 } chromium ? chromium : "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
        var worst = double.MaxValue;
        foreach (var many in new[] { 10, ideas })
        {
            var data = Directory.CreateTempSubdirectory("desk-scroll").FullName;
            await using var server = LiveServer.Build(["--urls", "http://127.0.0.1:0", "--DataFolder", data, "--Logging:LogLevel:Default=Warning"]);
            await server.StartAsync();
            await using var context = await browser.NewContextAsync(new() { ViewportSize = new() { Width = 1440, Height = 900 }, Locale = "he-IL", BaseURL = server.Urls.First() });
            var desk = await MakeAsync(context, server.Services.GetRequiredService<IGrains>(), many, waiting: true);
            var page = await context.NewPageAsync();
            await page.GotoAsync($"/facilitate/{desk.Workshop}");
            await page.Locator("[data-waiting]").First.WaitForAsync();
            await page.Locator("[data-card]").First.WaitForAsync();
            foreach (var (name, where) in new[] { ("queue", "#panel-queue"), ("column", ".column .scroll") })
                Tell(many, name, await ScrollAsync(page, where));
            await page.CloseAsync();

            await using var pocket = await browser.NewContextAsync(new() { ViewportSize = new() { Width = 390, Height = 844 }, DeviceScaleFactor = 2, Locale = "he-IL", BaseURL = server.Urls.First() });
            var room = await MakeAsync(context, server.Services.GetRequiredService<IGrains>(), many, waiting: false);
            await pocket.APIRequest.PostAsync($"/api/codes/{room.Code}/join", new() { DataObject = new { request = NewId(), agreed = true, roles = Array.Empty<string>(), answers = new { }, language = "he" } });
            var phone = await pocket.NewPageAsync();
            await phone.GotoAsync($"/room/{room.Workshop}");
            await phone.Locator("article.card").First.WaitForAsync();
            Tell(many, "room", await ScrollAsync(phone, ""));
            await server.StopAsync();
            Directory.Delete(data, recursive: true);
        }

        return worst > 55 ? 0 : 1;

        void Tell(int many, string name, Scrolled scrolled)
        {
            var gaps = scrolled.Times.Zip(scrolled.Times.Skip(1), (one, next) => next - one).Order().ToArray();
            var frames = 1000 / gaps.Average();
            if (many == ideas) worst = Math.Min(worst, frames);
            string Each(string metric) => (scrolled.Worked[metric] * 1000 / gaps.Length).ToString("0.0", CultureInfo.InvariantCulture);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{many} ideas, {name}: {frames:0.0} frames a second, median {gaps[gaps.Length / 2]:0.0} ms, p95 {gaps[(int)(gaps.Length * 0.95)]:0.0} ms, worst {gaps[^1]:0} ms; main thread {scrolled.Worked["TaskDuration"] * 1000_000 / (scrolled.Times[^1] - scrolled.Times[0]):0} ms a second, {Each("TaskDuration")} ms a frame (script {Each("ScriptDuration")}, style {Each("RecalcStyleDuration")}, layout {Each("LayoutDuration")}); {scrolled.Height} px high, {scrolled.Nodes} elements on the page"));
        }
    }

    private static async Task<Scrolled> ScrollAsync(IPage page, string where)
    {
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
        string[] words = ["ספסלים", "בצל", "ליד", "בית", "הספר", "ברזייה", "לילדים", "שביל", "אופניים", "גינה", "קהילתית", "תאורה", "בשביל", "מגרש", "כדורסל"];
        for (var half = 0; half < 2; half++)
        {
            if (half == 1 && waiting) await DoAsync(new Caller(SeatKind.Facilitator, new PersonId("measure")), new BoardCommand.ChangeSettings(Moderation.Approve));
            await Task.WhenAll(Enumerable.Range(0, ideas / 2).Select(n => DoAsync(
                new Caller(SeatKind.Participant, new PersonId($"person-{n % 400}")),
                new BoardCommand.AddIdea(new IdeaId(NewId()), lane, string.Join(' ', Enumerable.Range(0, 4 + n % 14).Select(at => words[(n * 7 + at * (n % 5 + 1)) % words.Length])), "he")).AsTask()));
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
    }
}
