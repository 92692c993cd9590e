using System.Globalization;
using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Boards;
using LiveCoCreate.Grains.Workshops;
using LiveCoCreate.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace LiveCoCreate.Measure;

/// <summary>How fluid the facilitators' desk scrolls with thousands of ideas, half of them waiting, in real Chromium with a 4x CPU slowdown: frames
/// while the queue and the board's column are scrolled at a steady pace, beside the same page with ten ideas, which is what the machine can do at all.</summary>
internal static class DeskScroll
{
    private const string Scroll = """
        (where) => new Promise((done) => {
          const box = document.querySelector(where)
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
            var address = server.Urls.First();
            await using var context = await browser.NewContextAsync(new() { ViewportSize = new() { Width = 1440, Height = 900 }, Locale = "he-IL", BaseURL = address });
            var made = await context.APIRequest.PostAsync("/api/workshops", new()
            {
                DataObject = new { title = "Many", language = "he", template = "blank", purpose = "", request = NewId(), facilitator = "Noa" },
            });
            var workshop = (await made.JsonAsync())!.Value.GetProperty("workshop").GetString()!;
            await FillAsync(server.Services.GetRequiredService<IGrains>(), new WorkshopId(workshop), many);

            var page = await context.NewPageAsync();
            await page.GotoAsync($"/facilitate/{workshop}");
            await page.Locator("[data-waiting]").First.WaitForAsync();
            await page.Locator("[data-card]").First.WaitForAsync();
            var devtools = await context.NewCDPSessionAsync(page);
            await devtools.SendAsync("Emulation.setCPUThrottlingRate", new() { ["rate"] = 4 });
            foreach (var (name, where) in new[] { ("queue", "#panel-queue"), ("column", ".column .scroll") })
            {
                var scrolled = await page.EvaluateAsync<Scrolled>(Scroll, where);
                var gaps = scrolled.Times.Zip(scrolled.Times.Skip(1), (one, next) => next - one).Order().ToArray();
                var frames = 1000 / gaps.Average();
                if (many == ideas) worst = Math.Min(worst, frames);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{many} ideas, {name}: {frames:0.0} frames a second, median {gaps[gaps.Length / 2]:0.0} ms, p95 {gaps[(int)(gaps.Length * 0.95)]:0.0} ms, worst {gaps[^1]:0} ms; {scrolled.Height} px high, {scrolled.Nodes} elements on the page"));
            }

            await server.StopAsync();
            Directory.Delete(data, recursive: true);
        }

        return worst > 55 ? 0 : 1;
    }

    private static async Task FillAsync(IGrains grains, WorkshopId workshop, int ideas)
    {
        var id = (await grains.Workshop(workshop).StateAsync()).Steps[0].Board;
        var board = grains.Board(id);
        var lane = (await board.StateAsync()).Lanes.Keys.First();
        string[] words = ["ספסלים", "בצל", "ליד", "בית", "הספר", "ברזייה", "לילדים", "שביל", "אופניים", "גינה", "קהילתית", "תאורה", "בשביל", "מגרש", "כדורסל"];
        for (var half = 0; half < 2; half++)
        {
            if (half == 1) await DoAsync(new Caller(SeatKind.Facilitator, new PersonId("measure")), new BoardCommand.ChangeSettings(Moderation.Approve));
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

        public double Height { get; set; }

        public int Nodes { get; set; }
    }
}
