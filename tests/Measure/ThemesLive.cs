using System.Diagnostics;
using System.Globalization;
using LiveCoCreate.Browser;
using LiveCoCreate.Wire;
using LiveCoCreate.Wire.Seats;
using LiveCoCreate.Wire.Servers;
using LiveCoCreate.Wire.Theming;
using Microsoft.Playwright;

namespace LiveCoCreate.Measure;

/// <summary>Themes that are proposed, live: from asking to the result before the facilitator; how long a room waits for its answers while runs follow one another
/// without a pause, beside the same room without any; and what a frame of the map costs while it is zoomed, in real Chromium with a 4x CPU slowdown.</summary>
internal static class ThemesLive
{
    private const string Zoom = """
        () => new Promise((done) => {
          const map = document.querySelector('.map .picture')
          const times = []
          const began = performance.now()
          const frame = (now) => {
            times.push(now)
            const box = map.getBoundingClientRect()
            map.dispatchEvent(new WheelEvent('wheel', { deltaY: Math.sin((now - began) / 300) * -60, clientX: box.x + box.width / 2, clientY: box.y + box.height / 2, cancelable: true }))
            if (now - began < 4000) requestAnimationFrame(frame)
            else done(times)
          }
          requestAnimationFrame(frame)
        })
        """;

    public static async Task<int> RunAsync(int count, int pairs)
    {
        var data = Directory.CreateTempSubdirectory("themes-live").FullName;
        // A process of its own, with the collector that it runs with: what the room throws away is not its garbage.
        await using var server = new ServerProcess(data, directory: Directory.GetCurrentDirectory());
        await server.StartAsync();
        using var wire = new LiveServer(server.Address, httpConnections: 64);
        await using var noa = wire.NewPerson();
        var made = await noa.CreateWorkshopAsync(new NewWorkshop("Many", Language: "he", Facilitator: "Noa"));
        await noa.WatchAsync();
        var lane = noa.Board.Lanes.Keys.First();
        var texts = TopicIdeas.InHebrew(400);
        for (var from = 0; from < count; from += 500)
            await Task.WhenAll(Enumerable.Range(from, Math.Min(500, count - from)).Select(n => noa.SubmitAsync(Commands.AddIdea(noa.Board.Board, Ids.New(), lane, $"{texts[n % 400].Text}, {texts[(n * 7 + n / 400 * 6) % 400].Text}"))));
        await noa.WaitForAsync(one => one.Board.Ideas.Count == count);

        var times = new List<double>();
        for (var run = 1; run <= 6; run++)
        {
            var clock = Stopwatch.StartNew();
            await ProposeAsync(noa, run);
            times.Add(clock.Elapsed.TotalMilliseconds);
        }

        Tell($"{count} ideas: {noa.Themes!.Themes!.Count} themes; from asking to the result: first {times[0]:0} ms, median of five more {times.Skip(1).Order().ElementAt(2):0} ms");
        var people = await Task.WhenAll(Enumerable.Range(0, 40).Select(async _ =>
        {
            var person = wire.NewPerson();
            await person.JoinAsync(made.Code);
            await person.WatchAsync();
            return person;
        }));
        var ids = noa.Board.Ideas.Keys.ToArray();
        var sent = 0;
        var slices = new Slices(() =>
        {
            var n = sent++;
            return people[n % people.Length].SubmitAsync(Command.OnBoard(noa.Board.Board, "react", new { idea = ids[n * 31 % ids.Length], reaction = "heart", on = n / ids.Length % 2 == 0 }));
        }, perSecond: 200, () => server.Usage().Processor, isAlone: true);
        var (first, stop, runs) = (noa.Themes!.Run, new CancellationTokenSource(), Task.CompletedTask);
        var ratio = await slices.CompareAsync("runs following one another", async on =>
        {
            await stop.CancelAsync();
            await runs;
            if (!on) return;
            stop = new CancellationTokenSource();
            runs = Task.Run(async () =>
            {
                while (!stop.IsCancellationRequested) await ProposeAsync(noa, noa.Themes!.Run + 1);
            });
        }, pairs, TimeSpan.FromSeconds(2.5));
        await stop.CancelAsync();
        await runs;
        Tell($"{noa.Themes!.Run - first} runs meanwhile");

        foreach (var person in people) await person.DisposeAsync();
        await ZoomAsync(server.Address.ToString(), noa, made.Workshop);
        await server.DisposeAsync();
        Directory.Delete(data, recursive: true);
        return ratio <= 1.2 ? 0 : 1;
    }

    private static async Task ProposeAsync(LivePerson noa, int run)
    {
        await noa.SignalAsync(new { themes = new { board = noa.Board.Board, @do = "propose" } });
        await noa.WaitForAsync(one => one.Themes is { State: "done" } themes && themes.Run >= run);
    }

    private static async Task ZoomAsync(string address, LivePerson noa, string workshop)
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.LaunchAsync(playwright);
        await using var context = await browser.NewContextAsync(new() { ViewportSize = new() { Width = 1440, Height = 900 }, Locale = "he-IL", BaseURL = address });
        await context.AddCookiesAsync(noa.Browser.Cookies.Split("; ").Select(cookie => cookie.Split('=', 2)).Select(cookie => new Cookie { Name = cookie[0], Value = cookie[1], Url = address }));
        var page = await context.NewPageAsync();
        await page.GotoAsync($"/facilitate/{workshop}");
        await page.Locator("input[value=map]").CheckAsync();
        await page.Locator(".map:not([data-drawn='0'])").WaitForAsync();
        var devtools = await context.NewCDPSessionAsync(page);
        await devtools.SendAsync("Performance.enable", new() { ["timeDomain"] = "threadTicks" });
        await devtools.SendAsync("Emulation.setCPUThrottlingRate", new() { ["rate"] = 4 });
        var before = await ScriptsAsync();
        var times = await page.EvaluateAsync<double[]>(Zoom);
        var worked = await ScriptsAsync() - before;
        var gaps = times.Zip(times.Skip(1), (one, next) => next - one).Order().ToArray();
        Tell($"zooming the map at a quarter of the speed: {1000 / gaps.Average():0.0} frames a second, p95 {gaps[(int)(gaps.Length * 0.95)]:0.0} ms, main thread {worked * 1000 / gaps.Length:0.0} ms a frame");

        async Task<double> ScriptsAsync() => (await devtools.SendAsync("Performance.getMetrics"))!.Value.GetProperty("metrics").EnumerateArray()
            .First(metric => metric.GetProperty("name").GetString() == "TaskDuration").GetProperty("value").GetDouble();
    }

    private static void Tell(FormattableString figures) => Console.WriteLine(figures.ToString(CultureInfo.InvariantCulture));
}
