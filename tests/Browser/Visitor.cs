using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using LiveCoCreate.Wire;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LiveCoCreate.Browser;

/// <summary>Somebody with a browser: what they read, and what they press. Everything is found by what it is called.</summary>
public sealed partial class Visitor : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _complaints = [];

    private Visitor(IPage page, Words words, Uri address) => (Page, Say, Address) = (page, words, address);

    public IPage Page { get; }

    public IBrowserContext Context => Page.Context;

    /// <summary>The words of the language that this visitor reads.</summary>
    public Words Say { get; private set; }

    public Uri Address { get; }

    /// <summary>What the browser complained of: errors of scripts, of the console, of the content security policy.</summary>
    public IReadOnlyCollection<string> Complaints => _complaints;

    public static async Task<Visitor> OpenAsync(IBrowserContext context, Words words, Uri address)
    {
        context.SetDefaultTimeout(House.Patience);
        await context.AddInitScriptAsync("document.addEventListener('securitypolicyviolation', (e) => console.error(`content security policy: ${e.violatedDirective} refused ${e.blockedURI} at ${e.sourceFile}:${e.lineNumber}`))");
        var page = await context.NewPageAsync();
        var visitor = new Visitor(page, words, address);
        page.Console += (_, message) =>
        {
            // Asking which seats this browser holds is answered 401 where it holds none.
            var isAsking = message.Location.Contains("/me?as=", StringComparison.Ordinal) && message.Text.Contains("401", StringComparison.Ordinal);
            if (message.Type == "error" && !isAsking) visitor._complaints.Enqueue($"{message.Text} ({message.Location})");
        };
        page.PageError += (_, error) => visitor._complaints.Enqueue(error);
        return visitor;
    }

    public Task GoAsync(string path) => Page.GotoAsync(new Uri(Address, path).ToString());

    /// <summary>Takes the seats that this person holds without a browser.</summary>
    public Task TakeSeatsAsync(LivePerson person) => Context.AddCookiesAsync(person.Browser.Cookies.Split("; ").Select(cookie => cookie.Split('=', 2))
        .Select(cookie => new Cookie { Name = cookie[0], Value = cookie[1], Url = Address.ToString() }));

    public ILocator Button(string key, params (string, object)[] values) => Page.GetByRole(AriaRole.Button, new() { Name = Say[key, values], Exact = true });

    public ILocator Heading(string text) => Page.GetByRole(AriaRole.Heading, new() { Name = text });

    public ILocator Field(string key) => Page.GetByLabel(Say[key]);

    public ILocator Radio(string key) => Page.GetByRole(AriaRole.Radio, new() { Name = Say[key] });

    public Task PressAsync(string key, params (string, object)[] values) => Button(key, values).ClickAsync();

    /// <summary>The words of this key are in sight.</summary>
    public Task ReadsAsync(string key, params (string, object)[] values) => SeesAsync(Say[key, values]);

    public Task SeesAsync(string text) => Expect(Page.GetByText(text).Filter(new() { Visible = true }).First).ToBeVisibleAsync();

    public Task DoesNotReadAsync(string key, params (string, object)[] values) => DoesNotSeeAsync(Say[key, values]);

    public Task DoesNotSeeAsync(string text) => Expect(Page.GetByText(text).Filter(new() { Visible = true })).ToHaveCountAsync(0);

    /// <summary>Chooses another language, as a guest does whose language is not the workshop's.</summary>
    public async Task ChooseLanguageAsync(Words words)
    {
        await Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex($"^({Words.Hebrew["common:language.title"]}|{Words.English["common:language.title"]})$") }).ClickAsync();
        await Page.GetByRole(AriaRole.Radio, new() { Name = words[$"common:language.{words.Language}"] }).CheckAsync();
        Say = words;
        await Expect(Page.Locator("html")).ToHaveAttributeAsync("dir", words.Direction);
    }

    // In the room

    public ILocator WriteBox => Page.GetByRole(AriaRole.Textbox, new() { Name = Say["room:write.label"] });

    /// <summary>Every card with these words.</summary>
    public ILocator Cards(string text) => Page.GetByRole(AriaRole.Article).Filter(new() { HasText = text });

    public async Task JoinAsync(string? alias = null)
    {
        await Page.GetByRole(AriaRole.Checkbox, new() { Name = Say["join:charter.agree"] }).CheckAsync();
        if (alias is not null) await Field("join:alias.label").FillAsync(alias);
        await PressAsync("join:enter");
        await Expect(Page).ToHaveURLAsync(InRoom());
    }

    public async Task WriteAsync(string text)
    {
        await WriteBox.FillAsync(text);
        await PressAsync("room:write.send");
        await Expect(Cards(text)).ToHaveCountAsync(1);
    }

    public Task GiveDotAsync(string text) => Button("room:vote.give", ("text", text)).ClickAsync();

    public Task TakeDotAsync(string text) => Button("room:vote.take", ("text", text)).ClickAsync();

    // At the desk

    /// <summary>A card on the facilitators' board.</summary>
    public ILocator CardOnBoard(string text) => Page.GetByRole(AriaRole.Region, new() { Name = Say["facilitate:board.label"], Exact = true }).GetByRole(AriaRole.Button, new() { Name = text });

    public ILocator Queue => Page.GetByRole(AriaRole.List, new() { Name = Say["facilitate:queue.title"] }).GetByRole(AriaRole.Listitem);

    /// <summary>A lane or a theme.</summary>
    public ILocator Column(string title) => Page.GetByRole(AriaRole.Region, new() { Name = title });

    /// <summary>What axe finds serious or critical on the page as it is now: one line for each rule, with the first places where it is broken. In one run: the other way runs once in
    /// each frame and again in a page of its own where the parts are put together, and that was a third of what looking at a screen cost. The app has no frames.</summary>
    public async Task<IReadOnlyList<string>> AskAxeAsync(AxeRunOptions? rules = null)
    {
#pragma warning disable CS0618
        var result = await Page.RunAxeLegacy(options: rules);
#pragma warning restore CS0618
        return [..
            from violation in result.Violations
            where violation.Impact is "serious" or "critical"
            let first = violation.Nodes[0]
            let why = first.Any.Concat(first.All).Concat(first.None).Select(check => check.Message).FirstOrDefault()
            let places = string.Join(", ", violation.Nodes.Take(3).Select(node => node.Target)) + (violation.Nodes.Length > 3 ? $" and {violation.Nodes.Length - 3} more" : "")
            select $"{violation.Id} ({violation.Impact}) at {places}: {violation.Help}. {why}"];
    }

    public async ValueTask DisposeAsync() => await Context.DisposeAsync();

    [GeneratedRegex("/room/")]
    private static partial Regex InRoom();
}
