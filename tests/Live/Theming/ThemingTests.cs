using LiveCoCreate.Live.Servers;
using LiveCoCreate.Web.Theming;
using LiveCoCreate.Wire;
using LiveCoCreate.Wire.Theming;
using Microsoft.Extensions.DependencyInjection;

namespace LiveCoCreate.Live.Theming;

/// <summary>PROTOCOL TH1 to TH7: themes that are proposed to facilitators, live.</summary>
public sealed class ThemingTests : IAsyncLifetime
{
    private readonly HeldThemes _works = new();
    private readonly LocalServer _server;

    public ThemingTests() => _server = new LocalServer { Also = services => services.AddSingleton<FindThemes>(_works.Find) };

    public Task InitializeAsync() => _server.InitializeAsync();

    public Task DisposeAsync()
    {
        _works.LetGo();
        return _server.DisposeAsync();
    }

    [Fact] // TH1, TH2, TH4
    public async Task Ideas_of_one_topic_are_proposed_as_one_theme_and_accepted_all_at_once()
    {
        await using var room = await OpenAsync();
        var ideas = await WriteAsync(room, TopicIdeas.InHebrew(90));
        var omri = await room.SecondFacilitatorAsync();
        var proposed = await ProposeAsync(room.Facilitator);
        await omri.WaitForAsync(one => one.Themes is { State: "done", Whole: true });
        Assert.Equal(90, proposed.Places!.Count);
        Assert.InRange(proposed.Themes!.Count, 5, 9);
        Assert.All(proposed.Themes!, theme => Assert.True(theme.Title.Length > 0 && theme.Kept is null && proposed.In(theme.Theme).Contains(theme.Example)));
        Assert.Equal(proposed.Themes!.Count, proposed.Themes!.Select(theme => theme.Colour).Distinct().Count());
        // Nearly all of the ideas of a proposed theme are of one topic.
        foreach (var theme in proposed.Themes!)
        {
            var topics = proposed.In(theme.Theme).CountBy(idea => ideas[idea]).ToList();
            Assert.True(topics.Max(topic => topic.Value) >= 0.9 * topics.Sum(topic => topic.Value), $"{theme.Title}: {string.Join(", ", topics)}");
        }

        var events = _server.Events;
        var all = proposed.Themes!.Select((theme, at) => new { theme = theme.Theme, title = at == 0 ? "שם משלנו" : theme.Title, colour = theme.Colour }).ToArray();
        var version = await room.DoAsync(room.Facilitator, "accept-themes", new { themes = all });
        await room.Facilitator.ReachAsync(version);
        Assert.Equal("שם משלנו", room.Facilitator.Board.Themes[all[0].theme].Title);
        Assert.Equal(proposed.In(all[0].theme).Order(StringComparer.Ordinal), room.Facilitator.Board.Ideas.Where(idea => idea.Value.Theme == all[0].theme).Select(idea => idea.Key).Order(StringComparer.Ordinal));
        // Nothing of it was written down before.
        Assert.Equal(events + all.Length + all.Sum(theme => proposed.In(theme.theme).Count), _server.Events);
        Assert.Equal("proposal-stale", (await room.Facilitator.SubmitAsync(Command.OnBoard(room.Board, "accept-themes", new { themes = new[] { new { theme = "never-proposed", title = "x", colour = 1 } } }))).Refusal?.Code);
    }

    [Fact] // TH3, P5
    public async Task Only_facilitators_who_watch_the_board_are_told()
    {
        var (ears, elsewhere) = (new Ears(), new Ears());
        await using var room = await OpenAsync();
        await WriteAsync(room, TopicIdeas.InHebrew(36));
        var (joe, screen, omri) = (await room.JoinAsync(ears.Options), await room.ScreenAsync(ears.Options), await room.SecondFacilitatorAsync(options: elsewhere.Options));
        await omri.WatchAsync(omri.Workshop!.Steps![1].Board);
        var proposed = await ProposeAsync(room.Facilitator);
        await room.AllSeeAsync(joe, screen);
        Assert.Empty(ears.Where("\"run\""));
        Assert.Equal(0, ears.Count("themes"));
        // Whoever watches another board hears that nothing is proposed there (TH2), and no more.
        Assert.NotEqual(0, elsewhere.Count("themes"));
        Assert.All(elsewhere.All.Where(each => each.Source == "themes"), each => Assert.Contains("\"run\":0,\"state\":\"none\"", each.Text, StringComparison.Ordinal));
        foreach (var theme in proposed.Themes!) Assert.Empty(ears.Where(theme.Theme));
        // Who comes back to the board is told what there is.
        await omri.WatchAsync(room.Board);
        await omri.WaitForAsync(one => one.Themes is { Whole: true } themes && themes.Places!.Count == 36);

        foreach (var person in new[] { joe, screen })
        foreach (var what in new[] { "propose", "cancel", "put-aside" })
            Assert.Equal("not-allowed", (await person.SignalAsync(new { themes = new { board = room.Board, @do = what, theme = proposed.Themes![0].Theme } }))?.Code);
        foreach (var (asked, code) in new (object, string)[] { (new { board = room.Board, @do = "eat" }, "malformed"), (new { board = room.Board, @do = "put-aside" }, "malformed"), (new { board = "no-board", @do = "propose" }, "board-missing"), (new { board = room.Facilitator.Workshop!.Steps![1].Board, @do = "propose" }, "board-missing") })
            Assert.Equal(code, (await room.Facilitator.SignalAsync(new { themes = asked }))?.Code);
    }

    [Fact] // TH1
    public async Task A_run_says_how_far_it_is_lets_the_room_go_on_and_can_be_cancelled()
    {
        await using var room = await OpenAsync();
        await WriteAsync(room, TopicIdeas.InHebrew(36));
        var joe = await room.JoinAsync();
        _works.Hold();
        Assert.Null(await AskAsync(room.Facilitator, "propose"));
        await _works.Reached;
        await room.Facilitator.WaitForAsync(one => one.Themes is { State: "running", Progress: 0.5 });
        // Asked again it is the same run; the room goes on writing meanwhile, and is answered.
        Assert.Null(await AskAsync(room.Facilitator, "propose"));
        var late = await room.WriteAsync(joe, "לנטוע עצים בפארק כדי שיהיה צל");
        Assert.Equal(1, _works.Runs);
        Assert.Null(await AskAsync(room.Facilitator, "cancel"));
        await room.Facilitator.WaitForAsync(one => one.Themes is { State: "cancelled", Run: 0 });

        _works.LetGo();
        var proposed = await ProposeAsync(room.Facilitator);
        Assert.Contains(late, proposed.Places!.Keys);
        // What an earlier run found stays when the next one is cancelled.
        _works.Hold();
        Assert.Null(await AskAsync(room.Facilitator, "propose"));
        await _works.Reached;
        Assert.Null(await AskAsync(room.Facilitator, "cancel"));
        await room.Facilitator.WaitForAsync(one => one.Themes is { State: "cancelled", Run: 1 } themes && themes.Places!.Count == 37);
    }

    [Fact] // TH2
    public async Task What_is_written_after_a_run_is_placed_by_itself()
    {
        await using var room = await OpenAsync();
        await WriteAsync(room, TopicIdeas.InHebrew(90));
        var joe = await room.JoinAsync();
        var proposed = await ProposeAsync(room.Facilitator);
        var trees = proposed.Of(room.Facilitator.Board.Ideas.First(idea => idea.Value.Text!.StartsWith("לנטוע עצים", StringComparison.Ordinal)).Key);
        Assert.NotNull(trees);
        var late = await room.WriteAsync(joe, "לנטוע עצים גם ליד הפארק, שיהיה צל");
        await room.Facilitator.WaitForAsync(one => one.Themes!.Of(late) == trees);
        // And as part of what is proposed it is accepted with the rest.
        await room.Facilitator.ReachAsync(await room.DoAsync(room.Facilitator, "accept-themes", new { themes = new[] { new { theme = trees, title = "עצים", colour = 2 } } }));
        Assert.Equal(trees, room.Facilitator.Board.Ideas[late].Theme);
        Assert.Equal(1, _works.Runs);
    }

    [Fact] // TH5
    public async Task The_next_run_keeps_what_people_accepted_named_placed_took_out_and_kept_apart()
    {
        await using var room = await OpenAsync();
        var ideas = await WriteAsync(room, TopicIdeas.InHebrew(120));
        var first = await ProposeAsync(room.Facilitator);
        var (one, two) = (first.Themes![0], first.Themes![1]);
        await room.DoAsync(room.Facilitator, "accept-themes", new { themes = new[] { new { theme = one.Theme, title = one.Title, colour = one.Colour }, new { theme = two.Theme, title = two.Title, colour = two.Colour } } });
        await room.DoAsync(room.Facilitator, "rename-theme", new { theme = one.Theme, title = "השם שלנו" });
        // Somebody places an idea against the words, takes another one out, and keeps two apart that say nearly the same.
        var (pinned, out1) = (first.In(two.Theme)[0], first.In(one.Theme)[0]);
        await room.DoAsync(room.Facilitator, "theme-idea", new { idea = pinned, theme = one.Theme });
        await room.DoAsync(room.Facilitator, "theme-idea", new { idea = out1 });
        var third = first.Themes![2];
        var (left, right) = (first.In(third.Theme)[0], first.In(third.Theme)[1]);
        await room.DoAsync(room.Facilitator, "keep-apart", new { idea = left, other = right });
        Assert.Null(await AskAsync(room.Facilitator, "put-aside", first.Themes![3].Theme));
        await room.Facilitator.WaitForAsync(each => each.Themes!.Aside is [_]);

        var second = await ProposeAsync(room.Facilitator, run: 2);
        Assert.Equal(["השם שלנו", two.Title], new[] { one, two }.Select(theme => second.Themes!.Single(each => each.Theme == theme.Theme && each.Kept is true && each.Colour == theme.Colour).Title));
        Assert.Equal(one.Theme, second.Of(pinned));
        Assert.NotEqual(one.Theme, second.Of(out1));
        Assert.True(second.Of(left) is null || second.Of(left) != second.Of(right));
        Assert.Equal(new[] { left, right }.Order(StringComparer.Ordinal), Assert.Single(second.Apart!));
        Assert.All(first.In(two.Theme).Where(idea => idea != pinned), idea => Assert.Equal(two.Theme, second.Of(idea)));
        // Ghosts are the ghosts of before, and what was put aside stays aside.
        Assert.Contains(third.Theme, second.Themes!.Select(theme => theme.Theme));
        Assert.Equal([first.Themes![3].Theme], second.Aside!);
        Assert.NotEmpty(ideas);
    }

    public static TheoryData<string, string[], string?> Odd => new()
    {
        { "nothing", [], "too-few-ideas" },
        { "one idea", ["Shade"], "too-few-ideas" },
        { "all the same", [.. Enumerable.Repeat("Shade in the park", 12)], null },
        { "emoji", ["🌳", "🌳🌳", "🚲", "🎉🎉", "🌳", "👍", "😀"], null },
        { "signs", ["...", "!!!", "---", "???"], null },
        { "as long as can be", [.. Enumerable.Range(0, 12).Select(at => string.Concat(Enumerable.Repeat(at % 2 == 0 ? "a bench in the shade of trees " : "אוטובוס לילה לתחנת הרכבת ", 60))[..1000])], null },
        { "mixed directions", [.. TopicIdeas.InHebrew(12).Zip(TopicIdeas.InEnglish(12), (he, en) => he.Text + " / " + en.Text)], null },
    };

    [Theory, MemberData(nameof(Odd))] // TH1
    public async Task Whatever_people_write_is_answered_sensibly(string what, string[] texts, string? refusal)
    {
        await using var room = await OpenAsync();
        foreach (var text in texts) await room.WriteAsync(room.Facilitator, text);
        if (refusal is not null)
        {
            Assert.Equal(refusal, (await AskAsync(room.Facilitator, "propose"))?.Code);
            return;
        }

        var proposed = await ProposeAsync(room.Facilitator);
        Assert.Equal(texts.Length, proposed.Places!.Count);
        Assert.All(proposed.Places!.Values, place => Assert.True(place.Take(2).All(double.IsFinite)));
        if (what is "all the same") Assert.Equal((1, 12), (proposed.Themes!.Count, proposed.In(proposed.Themes![0].Theme).Count));
        if (what is "all the same") Assert.Equal(12, Assert.Single(proposed.Same!).Count);
        if (what is "signs") Assert.Empty(proposed.Themes!);
        Assert.DoesNotContain("Finding themes for board", _server.Log.Text, StringComparison.Ordinal);
    }

    [Fact] // P10
    public async Task What_is_forgotten_is_in_nothing_that_is_proposed_from_then_on()
    {
        await using var room = await OpenAsync();
        await WriteAsync(room, TopicIdeas.InHebrew(36));
        var joe = await room.JoinAsync();
        foreach (var text in new[] { "Unforgettable wells", "Unforgettable wells in the park", "Unforgettable wells at school" }) await room.WriteAsync(joe, text);
        var proposed = await ProposeAsync(room.Facilitator);
        Assert.Contains(proposed.Themes!, theme => theme.Title.Contains("unforgettable", StringComparison.OrdinalIgnoreCase));
        await joe.Browser.PostAsync($"api/workshops/{room.Workshop}/forget?as=participant", new { ideas = "remove" });
        await room.Facilitator.WaitForAsync(one => one.Themes is { State: "done", Whole: true, Run: > 1 } themes && themes.Places!.Count == 36);
        Assert.DoesNotContain(room.Facilitator.Themes!.Themes!, theme => theme.Title.Contains("unforgettable", StringComparison.OrdinalIgnoreCase));
    }

    private async Task<Room> OpenAsync() => await _server.OpenRoomAsync(new NewRoom("retrospective", Moderation: "open")) is var room && await room.DoAsync(room.Facilitator, "change-settings", new { @private = false }) > 0 ? room : throw new InvalidOperationException();

    /// <summary>Each idea with the topic it is of.</summary>
    private static async Task<Dictionary<string, int>> WriteAsync(Room room, IReadOnlyList<(int Topic, string Text)> ideas)
    {
        var written = await Task.WhenAll(ideas.Select(async idea => (Id: await room.WriteAsync(room.Facilitator, idea.Text), idea.Topic)));
        await room.AllSeeAsync();
        return written.ToDictionary(idea => idea.Id, idea => idea.Topic);
    }

    private static Task<Refusal?> AskAsync(LivePerson facilitator, string what, string? theme = null) => facilitator.SignalAsync(new { themes = new { board = facilitator.Board.Board, @do = what, theme } });

    private static async Task<ProposedThemes> ProposeAsync(LivePerson facilitator, int run = 1)
    {
        Assert.Null(await AskAsync(facilitator, "propose"));
        await facilitator.WaitForAsync(one => one.Themes is { State: "done" } themes && themes.Run == run);
        return facilitator.Themes!;
    }
}
