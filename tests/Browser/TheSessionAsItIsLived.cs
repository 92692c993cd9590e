using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LiveCoCreate.Browser;

/// <summary>One workshop from the start page to its replay: Noa runs it from a laptop in Hebrew, Dana's phone reads Hebrew, Sam's English, and
/// Sam's network fails twice. A big screen hangs in the hall.</summary>
[Collection("house")]
public sealed partial class TheSessionAsItIsLived(House house) : IAsyncLifetime
{
    private const string Title = "גינה לכל רחוב";
    private const string Benches = "ספסלים בצל ליד מגרש המשחקים";
    private const string Tap = "ברז מים קרים ליד התחנה של קו 4 (Bus 4)";
    private const string Shed = "A shed with tools to borrow";
    private const string FruitTrees = "Fruit trees that anyone may pick from";
    private const string Draft = "And a corner for";
    private const string ShadeTheme = "צל ומים";
    private const string SharingTheme = "חולקים ביחד";
    private static readonly string[] Everything = [Benches, Tap, Shed, FruitTrees];

    private IDisposable _motion = null!;
    private readonly Cable _cable = new(house.Address);
    private Visitor _noa = null!, _dana = null!, _sam = null!, _hall = null!;
    private string _code = "", _screenLink = "";

    public async Task InitializeAsync()
    {
        _motion = house.InMotion();
        _noa = await house.LaptopAsync(Words.Hebrew);
        _dana = await house.PhoneAsync(Words.Hebrew);
        _sam = await house.PhoneAsync(Words.English, _cable.Address);
        _hall = await house.ProjectorAsync(Words.Hebrew);
    }

    public async Task DisposeAsync()
    {
        _motion.Dispose();
        foreach (var visitor in new[] { _noa, _dana, _sam, _hall }) await visitor.DisposeAsync();
        await _cable.DisposeAsync();
    }

    [Fact]
    public async Task From_the_start_page_to_the_replay_with_one_phone_offline_for_a_while()
    {
        var countsOnTheWire = WatchForCounts();
        await Noa_makes_a_workshop();
        await The_hall_shows_the_code();
        await Dana_joins_with_the_code_and_Sam_by_link();

        await They_write_in_private_and_Sam_goes_offline_meanwhile();
        await Noa_approves();
        await The_reveal_shows_everyone_everything();
        await Noa_makes_themes_by_keyboard_by_drag_and_by_tap();

        await Noa_opens_the_vote();
        await They_vote_and_Sam_goes_offline_again();
        await Nobody_sees_a_count();
        Assert.Empty(countsOnTheWire);
        await Noa_ends_the_vote_and_everyone_sees_the_results();

        await The_replay_shows_no_count_before_the_close();
        await A_link_to_a_moment_opens_there();
        foreach (var visitor in new[] { _noa, _dana, _hall }) Assert.Empty(visitor.Complaints);
    }

    private async Task Noa_makes_a_workshop()
    {
        await _noa.GoAsync("/");
        await _noa.Page.GetByRole(AriaRole.Link, new() { Name = _noa.Say["home:start.button"] }).ClickAsync();
        await Expect(_noa.Heading(_noa.Say["setup:title"])).ToBeVisibleAsync();
        await _noa.Field("setup:name.label").FillAsync(Title);
        await _noa.Field("setup:purpose.label").FillAsync("מה חשוב לנו שיהיה בגינות השכונה, ומה נעשה קודם?");
        await _noa.Page.GetByRole(AriaRole.Radio, new() { Name = "יצירה משותפת" }).CheckAsync();
        await _noa.Page.GetByText(_noa.Say["setup:more.title"]).ClickAsync();
        await _noa.Radio("setup:moderation.approve").CheckAsync();
        await _noa.Field("setup:facilitator.label").FillAsync("נועה");
        await _noa.PressAsync("setup:make");

        await Expect(_noa.Heading(_noa.Say["setup:made.title", ("title", Title)])).ToBeVisibleAsync();
        _code = JoinLink().Match(await _noa.Page.GetByText(JoinLink()).InnerTextAsync()).Groups[1].Value;
        _screenLink = await _noa.Page.GetByText(ScreenLink()).InnerTextAsync();
        await _noa.PressAsync("setup:made.open");
        await Expect(_noa.Heading(Title)).ToBeVisibleAsync();
    }

    private async Task The_hall_shows_the_code()
    {
        await _hall.Page.GotoAsync(_screenLink);
        await _hall.ReadsAsync("screen:lobby.scan");
        await _hall.ReadsAsync("screen:lobby.first");
        await Expect(_hall.Page.GetByText(new Regex(string.Join("\\s*", _code.ToCharArray()))).First).ToBeVisibleAsync();
        Assert.DoesNotContain('#', _hall.Page.Url);
    }

    private async Task Dana_joins_with_the_code_and_Sam_by_link()
    {
        await _dana.GoAsync("/");
        await _dana.Field("home:join.label").FillAsync(_code.ToLowerInvariant());
        await _dana.PressAsync("home:join.enter");
        await Expect(_dana.Heading(Title)).ToBeVisibleAsync();
        await _dana.SeesAsync("כל קול שווה");
        await _dana.JoinAsync("דנה");
        await Expect(_dana.Heading("איך אנחנו לוקחים חלק")).ToBeVisibleAsync();

        await _sam.GoAsync($"/j/{_code}");
        await _sam.ChooseLanguageAsync(Words.English);
        await Expect(_sam.Heading(Title)).ToBeVisibleAsync();
        await _sam.JoinAsync();
        await Expect(_noa.Button("facilitate:bar.people", ("n", 2))).ToBeVisibleAsync();
        await _hall.ReadsAsync("screen:lobby.people", ("n", 2));

        await _noa.PressAsync("facilitate:agenda.next");
        await _noa.ReadsAsync("facilitate:board.empty.private");
        await Expect(_dana.Heading("חזון")).ToBeVisibleAsync();
        foreach (var phone in new[] { _dana, _sam }) await phone.ReadsAsync("room:now.private");
    }

    private async Task They_write_in_private_and_Sam_goes_offline_meanwhile()
    {
        await _dana.WriteAsync(Benches);
        await _dana.WriteAsync(Tap);
        await _sam.WriteAsync(Shed);
        await Expect(_noa.Queue).ToHaveCountAsync(3);

        _cable.Pull();
        await Expect(_sam.Page.GetByText(_sam.Say["common:connection.reconnecting"]).Or(_sam.Page.GetByText(_sam.Say["common:connection.offline"])).First).ToBeVisibleAsync();
        await _sam.ReadsAsync("common:connection.kept");
        await _sam.WriteAsync(FruitTrees);
        await _sam.ReadsAsync("common:connection.to-send", ("n", 1));
        await _sam.WriteBox.FillAsync(Draft);

        // The page comes back before the live connection does, and has forgotten nothing.
        _cable.PlugInForPages();
        await _sam.Page.ReloadAsync();
        await _sam.ReadsAsync("common:connection.to-send", ("n", 1));
        await Expect(_sam.Cards(FruitTrees)).ToContainTextAsync(_sam.Say["room:idea.sending"]);
        await Expect(_sam.WriteBox).ToHaveValueAsync(Draft);
        await Expect(_noa.Queue).ToHaveCountAsync(3);

        _cable.PlugIn();
        await _sam.ReadsAsync("common:connection.connected");
        await _sam.DoesNotReadAsync("common:connection.to-send", ("n", 1));
        await _sam.DoesNotReadAsync("room:idea.sending");
        await Expect(_noa.Queue).ToHaveCountAsync(4);
        await Expect(_noa.Queue.Filter(new() { HasText = FruitTrees })).ToHaveCountAsync(1);
        await _hall.ReadsAsync("screen:private.how");
    }

    private async Task Noa_approves()
    {
        await _noa.Queue.Filter(new() { HasText = Benches }).GetByRole(AriaRole.Button, new() { Name = _noa.Say["facilitate:queue.approve"] }).ClickAsync();
        await Expect(_noa.Queue).ToHaveCountAsync(3);
        await _noa.PressAsync("facilitate:queue.all", ("n", 3));
        await _noa.ReadsAsync("facilitate:queue.empty.title");
        foreach (var text in Everything) await Expect(_noa.CardOnBoard(text)).ToHaveCountAsync(1);

        // Approved is not revealed: each still sees what they wrote themselves, and how many there are.
        foreach (var phone in new[] { _dana, _sam }) await phone.ReadsAsync("room:private.written", ("n", 4));
        await _dana.DoesNotSeeAsync(Shed);
        await _sam.DoesNotSeeAsync(Benches);
        await _hall.DoesNotSeeAsync(Benches);
    }

    private async Task The_reveal_shows_everyone_everything()
    {
        await _noa.PressAsync("facilitate:now.reveal.n", ("n", 4));
        foreach (var phone in new[] { _dana, _sam })
        {
            foreach (var text in Everything) await Expect(phone.Cards(text)).ToHaveCountAsync(1);
        }

        foreach (var text in new[] { Benches, FruitTrees }) await _hall.SeesAsync(text);
    }

    private async Task Noa_makes_themes_by_keyboard_by_drag_and_by_tap()
    {
        await _noa.CardOnBoard(Benches).FocusAsync();
        await _noa.Page.Keyboard.PressAsync("t");
        await _noa.Page.Keyboard.PressAsync("0");
        await Expect(_noa.Field("facilitate:theme.name")).ToBeFocusedAsync();
        await _noa.Page.Keyboard.TypeAsync(ShadeTheme);
        await _noa.Page.Keyboard.PressAsync("Enter");

        await _noa.Radio("facilitate:board.themes").CheckAsync();
        var shade = _noa.Column(ShadeTheme);
        await Expect(shade).ToContainTextAsync(Benches);
        await _noa.CardOnBoard(Tap).DragToAsync(shade.GetByRole(AriaRole.Heading));
        await Expect(shade).ToContainTextAsync(Tap);

        await _noa.CardOnBoard(Shed).ClickAsync();
        await _noa.CardOnBoard(FruitTrees).ClickAsync();
        await _noa.ReadsAsync("facilitate:chosen.count", ("n", 2));
        await _noa.Page.GetByRole(AriaRole.Region, new() { Name = _noa.Say["facilitate:chosen.count", ("n", 2)] })
            .GetByRole(AriaRole.Button, new() { Name = _noa.Say["facilitate:chosen.theme.new"] }).ClickAsync();
        await _noa.Field("facilitate:theme.name").FillAsync(SharingTheme);
        await _noa.PressAsync("common:action.add");
        await Expect(_noa.Column(SharingTheme)).ToContainTextAsync(Shed);
        await Expect(_noa.Column(SharingTheme)).ToContainTextAsync(FruitTrees);

        await Expect(_dana.Cards(Tap)).ToContainTextAsync(ShadeTheme);
        await _hall.SeesAsync(SharingTheme);
    }

    private async Task Noa_opens_the_vote()
    {
        await _noa.PressAsync("facilitate:now.writing.close");
        await _noa.PressAsync("facilitate:now.ballot.open");
        await Expect(_noa.Radio("facilitate:ballot.counts.close")).ToBeCheckedAsync();
        await _noa.PressAsync("facilitate:ballot.go");
        foreach (var phone in new[] { _dana, _sam })
        {
            await phone.ReadsAsync("room:now.vote");
            await phone.ReadsAsync("room:vote.left", ("n", 3), ("budget", 3));
        }

        await _hall.ReadsAsync("screen:voting.open");
        // The words that Sam never sent are still his.
        await _sam.ReadsAsync("room:write.draft");
    }

    private async Task They_vote_and_Sam_goes_offline_again()
    {
        await _dana.GiveDotAsync(Benches);
        await _dana.ReadsAsync("room:vote.left", ("n", 2), ("budget", 3));
        await _dana.GiveDotAsync(Shed);
        await _dana.ReadsAsync("room:vote.left", ("n", 1), ("budget", 3));
        await _dana.TakeDotAsync(Shed);
        await _dana.ReadsAsync("room:vote.left", ("n", 2), ("budget", 3));
        await _dana.GiveDotAsync(FruitTrees);
        await _dana.ReadsAsync("room:vote.left", ("n", 1), ("budget", 3));
        await _noa.ReadsAsync("facilitate:now.ballot.voted", ("n", 1));

        await _sam.Context.SetOfflineAsync(true);
        _cable.Pull();
        await _sam.ReadsAsync("common:connection.offline");
        await _sam.GiveDotAsync(FruitTrees);
        await _sam.ReadsAsync("room:vote.left", ("n", 2), ("budget", 3));
        await _sam.ReadsAsync("common:connection.to-send", ("n", 1));
        await _noa.ReadsAsync("facilitate:now.ballot.voted", ("n", 1));

        _cable.PlugIn();
        await _sam.Context.SetOfflineAsync(false);
        await _sam.ReadsAsync("common:connection.connected");
        await _noa.ReadsAsync("facilitate:now.ballot.voted", ("n", 2));
        await _sam.ReadsAsync("room:vote.left", ("n", 2), ("budget", 3));
    }

    private async Task Nobody_sees_a_count()
    {
        await _noa.ReadsAsync("facilitate:votes.secret.close");
        await Expect(_noa.Page.GetByRole(AriaRole.Main).GetByText(OneOrTwoDots(_noa.Say, "facilitate:board.dots"))).ToHaveCountAsync(0);
        foreach (var phone in new[] { _dana, _sam })
        {
            await Expect(phone.Page.GetByRole(AriaRole.Article).GetByText(OneOrTwoDots(phone.Say, "room:dots.count"))).ToHaveCountAsync(0);
            await Expect(phone.Heading(phone.Say["room:results.title"])).ToHaveCountAsync(0);
        }

        await _hall.ReadsAsync("screen:voting.open");
        await Expect(_hall.Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = _hall.Say["screen:card.dots"] })).ToHaveCountAsync(0);
        await Expect(_hall.Page.GetByText(_hall.Say["screen:results.title"])).ToHaveCountAsync(0);
    }

    private async Task Noa_ends_the_vote_and_everyone_sees_the_results()
    {
        await _noa.PressAsync("facilitate:now.ballot.close");
        foreach (var phone in new[] { _dana, _sam })
        {
            await Expect(phone.Heading(phone.Say["room:results.title"])).ToBeVisibleAsync();
            var results = phone.Page.GetByRole(AriaRole.Region, new() { Name = phone.Say["room:results.title"] }).GetByRole(AriaRole.Row);
            await Expect(results.Nth(1)).ToContainTextAsync(FruitTrees);
            await Expect(results.Nth(1)).ToContainTextAsync("2");
            await Expect(results.Filter(new() { HasText = Benches })).ToContainTextAsync("1");
            await phone.ReadsAsync("room:results.voters", ("n", 2));
        }

        await _hall.ReadsAsync("screen:results.title");
        await Expect(_hall.Page.GetByRole(AriaRole.Row).Nth(1)).ToContainTextAsync(FruitTrees);
        await _noa.ReadsAsync("facilitate:votes.voted", ("n", 2));
    }

    private async Task The_replay_shows_no_count_before_the_close()
    {
        await _noa.PressAsync("facilitate:menu.label");
        await _noa.PressAsync("facilitate:menu.replay");
        var counts = _noa.Heading(_noa.Say["votes:method.dots"]);
        await Expect(counts).ToBeVisibleAsync();

        var timeline = _noa.Page.GetByRole(AriaRole.Slider, new() { Name = _noa.Say["replay:player.timeline"] });
        await timeline.FocusAsync();
        await _noa.Page.Keyboard.PressAsync("Home");
        await _noa.DoesNotSeeAsync(Benches);
        await Expect(counts).ToHaveCountAsync(0);

        // It plays, by itself and to the end.
        await _noa.Page.GetByRole(AriaRole.Combobox, new() { Name = _noa.Say["replay:player.speed"] }).SelectOptionAsync("60");
        await _noa.PressAsync("replay:player.play");
        await _noa.SeesAsync(Benches);
        await Expect(counts).ToBeVisibleAsync();
        await Expect(_noa.Button("replay:player.play")).ToBeVisibleAsync();

        await _noa.PressAsync("replay:chapters.title");
        var chapters = _noa.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Listitem);
        await chapters.Filter(new() { HasText = _noa.Say["replay:chapter.ballot-closed"] }).GetByRole(AriaRole.Button).ClickAsync();
        // Keys are the dialog's while it is there.
        await Expect(_noa.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await _noa.ReadsAsync("replay:facts.voted");
        await Expect(counts).ToBeVisibleAsync();

        // One change earlier, which in Hebrew lies to the right.
        await timeline.FocusAsync();
        await _noa.Page.Keyboard.PressAsync("ArrowRight");
        await _noa.ReadsAsync("replay:facts.voting");
        await Expect(counts).ToHaveCountAsync(0);
        await Expect(_noa.Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = _noa.Say["screen:card.dots"] })).ToHaveCountAsync(0);
        await _noa.SeesAsync(FruitTrees);
    }

    private async Task A_link_to_a_moment_opens_there()
    {
        await _noa.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await _noa.PressAsync("replay:player.link");
        await _noa.ReadsAsync("replay:player.linked");
        var link = await _noa.Page.EvaluateAsync<string>("navigator.clipboard.readText()");

        await _sam.GoAsync(new Uri(link).PathAndQuery);
        await _sam.ReadsAsync("replay:facts.voting");
        await _sam.SeesAsync(FruitTrees);
        await Expect(_sam.Heading(_sam.Say["votes:method.dots"])).ToHaveCountAsync(0);
    }

    /// <summary>Everything that comes to any of the pages and holds counts.</summary>
    private ConcurrentQueue<string> WatchForCounts()
    {
        var counts = new ConcurrentQueue<string>();
        foreach (var visitor in new[] { _noa, _dana, _sam, _hall })
        {
            visitor.Page.WebSocket += (_, socket) => socket.FrameReceived += (_, frame) => Keep(frame.Text);
            visitor.Page.Response += (_, response) => _ = ReadAsync(response);
        }

        return counts;

        async Task ReadAsync(IResponse response)
        {
            try
            {
                if (response.Url.Contains("/api/", StringComparison.Ordinal)) Keep(await response.TextAsync());
            }
            catch (PlaywrightException)
            {
                // The page went on before the answer was read.
            }
        }

        void Keep(string? text)
        {
            if (text is not null && Tallies().IsMatch(text)) counts.Enqueue(text);
        }
    }

    private static Regex OneOrTwoDots(Words say, string key) => new($"{Regex.Escape(say[key, ("n", 1)])}|{Regex.Escape(say[key, ("n", 2)])}");

    [GeneratedRegex("/j/([A-Z0-9]{6})")]
    private static partial Regex JoinLink();

    [GeneratedRegex("^http.*/screen/.*#")]
    private static partial Regex ScreenLink();

    [GeneratedRegex("\"tallies\":\\{\"")]
    private static partial Regex Tallies();
}
