using Microsoft.Playwright;

namespace LiveCoCreate.Browser;

/// <summary>The browser that tests and measures drive: the one that CHROMIUM names, or Debian's.</summary>
internal static class Chromium
{
    /// <param name="more">Arguments beyond those that a browser without a person, a sandbox or a graphics card needs.</param>
    public static Task<IBrowser> LaunchAsync(IPlaywright playwright, params string[] more) => playwright.Chromium.LaunchAsync(new()
    {
        ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM") is { Length: > 0 } chromium ? chromium : "/usr/bin/chromium",
        Args = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", .. more],
        Timeout = 60_000,
    });
}
