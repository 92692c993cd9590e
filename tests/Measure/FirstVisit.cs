using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using LiveCoCreate.Browser;
using LiveCoCreate.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.Playwright;

namespace LiveCoCreate.Measure;

/// <summary>A participant's first visit in real Chromium on a slow phone: 1.6 Mbit/s down, 750 kbit/s up, 150 ms round trip, 4x CPU
/// slowdown. From following the join link to typing in the room, and what was downloaded. Median of several visits, each with an empty cache.</summary>
internal static class FirstVisit
{
    public static async Task<int> RunAsync(int visits)
    {
        var data = Directory.CreateTempSubdirectory("first-visit").FullName;
        await using var server = LiveServer.Build(["--urls", "http://127.0.0.1:0", "--DataFolder", data]);
        await server.StartAsync();
        var address = server.Urls.First();

        using var http = new HttpClient { BaseAddress = new Uri(address) };
        using var made = await http.PostAsJsonAsync("/api/workshops", new
        {
            title = "ביקור ראשון",
            language = "he",
            template = "blank",
            purpose = "כמה מהר אפשר להתחיל לכתוב?",
            request = Convert.ToHexString(System.Security.Cryptography.RandomNumberGenerator.GetBytes(12)),
        });
        var code = (await made.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString();

        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.LaunchAsync(playwright);

        var times = new List<(double Join, double Typing)>();
        long appBytes = 0, fontBytes = 0;
        for (var visit = 0; visit < visits; visit++)
        {
            await using var context = await browser.NewContextAsync(new() { ViewportSize = new() { Width = 390, Height = 844 }, IsMobile = true, HasTouch = true, Locale = "he-IL" });
            var page = await context.NewPageAsync();
            var devtools = await context.NewCDPSessionAsync(page);
            await devtools.SendAsync("Network.enable");
            await devtools.SendAsync("Network.emulateNetworkConditions", new() { ["offline"] = false, ["latency"] = 150, ["downloadThroughput"] = 1_600_000 / 8, ["uploadThroughput"] = 750_000 / 8 });
            await devtools.SendAsync("Emulation.setCPUThrottlingRate", new() { ["rate"] = 4 });

            var kinds = new Dictionary<string, string>();
            (appBytes, fontBytes) = (0, 0);
            devtools.Event("Network.responseReceived").OnEvent += (_, e) =>
                kinds[e!.Value.GetProperty("requestId").GetString()!] = e.Value.GetProperty("type").GetString()!;
            devtools.Event("Network.loadingFinished").OnEvent += (_, e) =>
            {
                var bytes = (long)e!.Value.GetProperty("encodedDataLength").GetDouble();
                var kind = kinds.GetValueOrDefault(e.Value.GetProperty("requestId").GetString()!);
                if (kind is "Script" or "Stylesheet") appBytes += bytes;
                if (kind is "Font") fontBytes += bytes;
            };

            var clock = Stopwatch.StartNew();
            await page.GotoAsync($"{address}/j/{code}", new() { WaitUntil = WaitUntilState.Commit });
            var agree = page.GetByRole(AriaRole.Checkbox).First;
            await agree.CheckAsync();
            var joinable = clock.Elapsed.TotalMilliseconds;
            await page.Locator("form button[type=submit]").ClickAsync();
            var box = page.Locator("textarea").First;
            await box.PressSequentiallyAsync("א");
            if (await box.InputValueAsync() != "א") throw new InvalidOperationException("What was typed is not in the box.");
            times.Add((joinable, clock.Elapsed.TotalMilliseconds));
            // What the room loads after it can be typed in belongs to the first visit too.
            await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"visit {visit + 1}: principles ticked after {joinable:0} ms, typing after {times[^1].Typing:0} ms; scripts and styles {appBytes / 1024.0:0.0} KiB, fonts {fontBytes / 1024.0:0.0} KiB"));
        }

        var median = times.Select(time => time.Typing).Order().ElementAt(times.Count / 2);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"median of {visits}: typing after {median:0} ms (2000 at most); scripts and styles {appBytes / 1024.0:0.0} KiB (90 at most), fonts {fontBytes / 1024.0:0.0} KiB"));
        await server.StopAsync();
        Directory.Delete(data, recursive: true);
        return median < 2000 && appBytes < 90 * 1000 ? 0 : 1;
    }
}
