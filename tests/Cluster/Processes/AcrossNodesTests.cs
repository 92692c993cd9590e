using System.Diagnostics;
using System.Net;
using System.Text;
using LiveCoCreate.Wire;
using LiveCoCreate.Wire.Seats;
using LiveCoCreate.Wire.Theming;
using Xunit.Abstractions;

namespace LiveCoCreate.Cluster.Processes;

/// <summary>Two web nodes are one room: who is here, who is ready, who wants to speak, what is in hand, and how much a seat may ask.</summary>
public sealed class AcrossNodesTests(ITestOutputHelper output)
{
    [Fact] // L6, L8, R5, S1
    public async Task Two_web_nodes_are_one_room()
    {
        await using var cluster = await RunningCluster.StartAsync();
        using LiveServer here = new(cluster.Addresses[0]), there = new(cluster.Addresses[1]);
        await using LivePerson dana = here.NewPerson(), noa = there.NewPerson(), ada = here.NewPerson(), sam = there.NewPerson();
        var made = await dana.CreateWorkshopAsync(new("Our street", Template: "retrospective", Anonymous: false, Facilitator: "Dana"));
        await dana.WatchAsync();
        Assert.True((await noa.ExchangeAsync(new Uri(made.Links.Facilitate).PathAndQuery + new Uri(made.Links.Facilitate).Fragment, "Noa")).Ok);
        await noa.WatchAsync();
        await ada.JoinAsync(made.Code, new JoinRequest { Alias = "Ada" });
        await sam.JoinAsync(made.Code, new JoinRequest { Alias = "Sam" });
        foreach (var person in new[] { ada, sam }) await person.WatchAsync();

        // Everybody counts everybody, and facilitators know who facilitates.
        foreach (var person in new[] { dana, noa, ada, sam }) await person.WaitForAsync(one => one.Presence is { People: 2, Facilitators: 2 });
        foreach (var person in new[] { dana, noa }) await person.WaitForAsync(one => one.Presence?.FacilitatorNames?.Order().SequenceEqual(["Dana", "Noa"]) == true);

        // A seat that one node signed is good at the other.
        await using var again = there.NewPerson();
        again.Browser.SetCookie($"lcc-participant-{made.Workshop}", ada.Browser.Cookie($"lcc-participant-{made.Workshop}"));
        again.Sit(made.Workshop, "participant");
        await again.WatchAsync();
        await noa.WaitForAsync(one => one.Presence is { People: 2 });

        // Ready, and hands in one queue; a facilitator of either node gives the floor.
        Assert.Null(await ada.SignalAsync(new { ready = true }));
        await noa.WaitForAsync(one => one.Presence?.Ready == 1);
        await again.WaitForAsync(one => one.Own.Ready);
        Assert.Null(await ada.SignalAsync(new { hand = true }));
        await sam.WaitForAsync(one => one.Presence?.Hands == 1);
        Assert.Null(await sam.SignalAsync(new { hand = true }));
        await sam.WaitForAsync(one => one.Own.Hand == 2);
        await dana.WaitForAsync(one => one.Presence?.Queue?.Count == 2);
        Assert.Null(await dana.SignalAsync(new { floor = dana.Presence!.Queue![1].Hand }));
        await sam.WaitForAsync(one => one.Own.Floor);
        Assert.Null(await noa.SignalAsync(new { putDown = dana.Presence.Queue[0].Hand }));
        await ada.WaitForAsync(one => one.Own is { Hand: null, Floor: false });
        Assert.Null(await again.SignalAsync(new { ready = false }));
        await dana.WaitForAsync(one => one.Presence?.Ready == 0);

        // What one has in hand the other sees.
        Assert.Null(await dana.SignalAsync(new { hold = new { board = dana.Board.Board, ideas = new[] { Ids.New() }, how = "open" } }));
        await noa.WaitForAsync(one => one.InHand.Any(held => held.Name == "Dana"));

        // Who was at a node that is gone is gone with it, and nobody else.
        cluster.WebNodes[1].Kill();
        await dana.WaitForAsync(one => one.Presence is { People: 1, Facilitators: 1 }, TimeSpan.FromSeconds(30));
    }

    [Fact] // J3, C1
    public async Task What_a_newer_server_wrote_is_refused_by_every_node_with_a_code_of_its_own()
    {
        await using var cluster = await RunningCluster.StartAsync();
        using LiveServer here = new(cluster.Addresses[0]), there = new(cluster.Addresses[1]);
        await using LivePerson dana = here.NewPerson(), noa = there.NewPerson();
        var made = await dana.CreateWorkshopAsync(new("Our street"));
        await dana.WatchAsync();
        Assert.True((await noa.ExchangeAsync(new Uri(made.Links.Facilitate).PathAndQuery + new Uri(made.Links.Facilitate).Fragment, "Noa")).Ok);
        await noa.WatchAsync();
        var (board, lane) = (dana.Board.Board, dana.Board.Lanes.Keys.First());
        await cluster.Database.AskAsync(cluster.Journal, $"INSERT INTO livecocreate.event SELECT stream, max(version) + 1, 'idea-sung', max(at), NULL, 'c', '{{}}' FROM livecocreate.event WHERE stream = 'board/{board}' GROUP BY stream");

        foreach (var facilitator in new[] { dana, noa })
        {
            Assert.Equal("journal-newer", (await facilitator.SubmitAsync(Commands.AddIdea(board, Ids.New(), lane, "A bench"))).Refusal?.Code);
            Assert.Contains("journal-newer", Encoding.UTF8.GetString(await facilitator.InvokeAsync("Watch", $"[\"{board}\",0,0]")), StringComparison.Ordinal);
            var answer = await facilitator.Browser.GetAsync($"/api/boards/{board}?workshop={made.Workshop}&as=facilitator");
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "journal-newer"), (answer.Status, answer.Refusal?.Code));
        }

        foreach (var node in cluster.WebNodes) Assert.Contains($"board/{board} holds 'idea-sung'", node.Output, StringComparison.Ordinal);
        await noa.CreateWorkshopAsync(new("Another street"));
    }

    [Fact] // TH1, TH2, TH4
    public async Task Facilitators_at_two_web_nodes_are_proposed_the_same_themes()
    {
        await using var cluster = await RunningCluster.StartAsync();
        using LiveServer here = new(cluster.Addresses[0]), there = new(cluster.Addresses[1]);
        await using LivePerson dana = here.NewPerson(), noa = there.NewPerson();
        var made = await dana.CreateWorkshopAsync(new("Our street", Moderation: "open"));
        await dana.WatchAsync();
        Assert.True((await noa.ExchangeAsync(new Uri(made.Links.Facilitate).PathAndQuery + new Uri(made.Links.Facilitate).Fragment, "Noa")).Ok);
        await noa.WatchAsync();
        var (board, lane) = (dana.Board.Board, dana.Board.Lanes.Keys.First());
        await Task.WhenAll(TopicIdeas.InEnglish(60).Select(async idea => (await dana.SubmitAsync(Commands.AddIdea(board, Ids.New(), lane, idea.Text, "en"))).Expect("Writing an idea")));

        Assert.Null(await noa.SignalAsync(new { themes = new { board, @do = "propose" } }));
        foreach (var facilitator in new[] { noa, dana }) await facilitator.WaitForAsync(one => one.Themes is { State: "done", Places.Count: 60 });
        Assert.Equal(noa.Themes!.Themes!.Select(theme => (theme.Theme, theme.Title, theme.Colour)), dana.Themes!.Themes!.Select(theme => (theme.Theme, theme.Title, theme.Colour)));

        // The other node asks the one that found them, and accepts from what it was shown.
        var (aside, accepted) = (dana.Themes.Themes![0], dana.Themes.Themes[1]);
        Assert.Null(await dana.SignalAsync(new { themes = new { board, @do = "put-aside", theme = aside.Theme } }));
        foreach (var facilitator in new[] { noa, dana }) await facilitator.WaitForAsync(one => one.Themes?.Aside?.Contains(aside.Theme) == true);
        (await dana.SubmitAsync(Command.OnBoard(board, "accept-themes", new { themes = new[] { new { theme = accepted.Theme, title = accepted.Title, colour = accepted.Colour } } }))).Expect("Accepting a theme");
        await noa.WaitForAsync(one => one.Board.Ideas.Count(idea => idea.Value.Theme == accepted.Theme) == one.Themes!.In(accepted.Theme).Count);

        // Where its node is gone, so is what it proposed, and whoever proposes next finds anew.
        cluster.WebNodes[1].Kill();
        await dana.WaitForAsync(one => one.Themes is { State: "none" }, TimeSpan.FromSeconds(30));
        Assert.Null(await dana.SignalAsync(new { themes = new { board, @do = "propose" } }));
        await dana.WaitForAsync(one => one.Themes is { State: "done", Places.Count: 60 });
    }

    [Fact] // P8
    public async Task A_seat_may_send_no_more_commands_over_two_nodes_than_over_one()
    {
        const int each = 1_500;
        await using var cluster = await RunningCluster.StartAsync();
        using LiveServer here = new(cluster.Addresses[0]), there = new(cluster.Addresses[1]);
        await using LivePerson dana = here.NewPerson(), ada = here.NewPerson(), again = there.NewPerson();
        var made = await dana.CreateWorkshopAsync(new("Our street", Moderation: "open"));
        await dana.WatchAsync();
        var (board, lane) = (dana.Board.Board, dana.Board.Lanes.Keys.First());
        await ada.JoinAsync(made.Code);
        await ada.WatchAsync();
        again.Browser.SetCookie($"lcc-participant-{made.Workshop}", ada.Browser.Cookie($"lcc-participant-{made.Workshop}"));
        again.Sit(made.Workshop, "participant");
        await again.WatchAsync();

        // Each node knows that the seat is at the other too.
        Assert.Null(await ada.SignalAsync(new { ready = true }));
        await again.WaitForAsync(one => one.Own.Ready);
        Assert.Null(await again.SignalAsync(new { ready = false }));
        await ada.WaitForAsync(one => !one.Own.Ready);

        var since = Stopwatch.GetTimestamp();
        var answers = await Task.WhenAll(new[] { ada, again }.SelectMany(one => Enumerable.Range(0, each).Select(_ =>
            one.InvokeAsync("Submit", $"[{Encoding.UTF8.GetString(Commands.AddIdea(board, Ids.New(), lane, "Again and again").Json)}]", TimeSpan.FromMinutes(2)))));
        var took = Stopwatch.GetElapsedTime(since);

        var accepted = answers.Count(answer => !Encoding.UTF8.GetString(answer).Contains("too-fast", StringComparison.Ordinal));
        output.WriteLine($"{accepted} of {answers.Length} accepted in {took.TotalSeconds:0.0} s");
        var once = Grains.Limits.ParticipantBurst + (int)(Grains.Limits.ParticipantPerSecond * (took.TotalSeconds + 1));
        Assert.InRange(accepted, Grains.Limits.ParticipantBurst / 2, once);
        Assert.True(once < each, "so slow a machine shows nothing");
        // On a slow machine so many get through that the last meet the limit of ideas.
        await dana.WaitForAsync(one => one.Board.Ideas.Count == Math.Min(accepted, Grains.Limits.IdeasPerPerson));
    }

    [Fact] // P8
    public async Task A_seat_may_open_no_more_connections_on_two_nodes_than_on_one()
    {
        await using var cluster = await RunningCluster.StartAsync();
        using LiveServer here = new(cluster.Addresses[0]), there = new(cluster.Addresses[1]);
        await using LivePerson dana = here.NewPerson(), ada = here.NewPerson();
        var made = await dana.CreateWorkshopAsync(new("Our street"));
        await dana.ConnectAsync();
        await ada.JoinAsync(made.Code);
        await ada.ConnectAsync();
        var more = new List<LivePerson>();
        for (var n = 1; n < Grains.Limits.ConnectionsPerSeat; n++)
        {
            var one = here.NewPerson();
            more.Add(one);
            one.Browser.SetCookie($"lcc-participant-{made.Workshop}", ada.Browser.Cookie($"lcc-participant-{made.Workshop}"));
            one.Sit(made.Workshop, "participant");
            await one.ConnectAsync();
        }

        // The other node knows of them within a second, and of nobody else: a person there is told that there is one.
        await using var sam = there.NewPerson();
        await sam.JoinAsync(made.Code);
        await sam.ConnectAsync();
        await sam.WaitForAsync(one => one.Presence is { People: 2 });
        await dana.WaitForAsync(one => one.Presence is { People: 2 });
        await using var tooMany = there.NewPerson();
        tooMany.Browser.SetCookie($"lcc-participant-{made.Workshop}", ada.Browser.Cookie($"lcc-participant-{made.Workshop}"));
        tooMany.Sit(made.Workshop, "participant");
        _ = tooMany.ConnectAsync();
        await tooMany.WaitForAsync(one => one.Ended is { Code: "too-many-connections" });
        foreach (var one in more) await one.DisposeAsync();
    }
}
