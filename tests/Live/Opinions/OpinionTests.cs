using LiveCoCreate.Live.Servers;
using LiveCoCreate.Live.Views;
using LiveCoCreate.Wire;
using LiveCoCreate.Wire.Boards;

namespace LiveCoCreate.Live.Opinions;

/// <summary>PROTOCOL O on the wire: fourteen people in two camps.</summary>
public sealed class OpinionTests(LocalServer server) : IClassFixture<LocalServer>
{
    private const int People = 14;
    private const int Statements = 8;

    [Fact] // O1, O2, O5, O7
    public async Task Two_groups_appear_while_people_vote_and_each_is_told_where_they_stand()
    {
        await using var room = await server.OpenRoomAsync();
        var (people, statements) = await FillAsync(room);
        var shared = statements[6..];
        var screen = await room.ScreenAsync();
        var ballot = await OpenAsync(room, "live");
        await CampsAsync(room, people, statements, ballot);

        foreach (var one in people.Append(screen).Append(room.Facilitator)) await one.WaitForAsync(each => IsOfAll(each.Opinions, final: false));
        var told = room.Facilitator.Opinions!;
        Assert.Equal([7, 7], told.Groups.Select(group => group.People));
        Assert.Equal(shared.Order(), told.Together.Where(each => each.Agrees).Select(each => each.Idea).Order());
        foreach (var group in told.Groups) Assert.All(group.Says, each => Assert.Equal((7, 7, true), (each.Said, each.Votes, !shared.Contains(each.Idea))));
        Assert.Equal(WireJson.Write(told), WireJson.Write(people[0].Opinions!));
        Assert.Equal(WireJson.Write(told), WireJson.Write(screen.Opinions!));

        foreach (var person in people) await person.WaitForAsync(each => each.Here is { Group: not null, X: not null } here && here.Next!.Count == 0);
        Assert.Single(people[..7].Select(person => person.Here!.Group).Distinct());
        Assert.Single(people[7..].Select(person => person.Here!.Group).Distinct());
        Assert.NotEqual(people[0].Here!.Group, people[13].Here!.Group);
        Assert.Null(room.Facilitator.Here);
        Assert.Null(screen.Here);

        // Whoever comes late is told at once what is known, and stands nowhere yet.
        var late = await room.JoinAsync();
        await late.WaitForAsync(each => each.Opinions is { Groups.Count: 2 } && each.Here is { X: null, Group: null, Next.Count: 5 });

        await room.DoAsync(room.Facilitator, "close-ballot", new { ballot });
        foreach (var one in people.Append(screen).Append(room.Facilitator)) await one.WaitForAsync(each => each.Opinions is { Final: true, Groups.Count: 2 });
        Assert.Equal(WireJson.Write(room.Facilitator.Opinions!), WireJson.Write((await screen.FetchOpinionsAsync(ballot)).Opinions!));
        // The round had names, so that everybody may go on knowing where they stood.
        foreach (var person in people)
            Assert.Equal(7, room.Facilitator.Opinions!.Groups[(await person.FetchOpinionsAsync()).Here!.Group!.Value].People);
    }

    [Fact] // O1, O3
    public async Task After_a_restart_the_map_is_there_again_live_and_closed()
    {
        await using var room = await server.OpenRoomAsync();
        var (people, statements) = await FillAsync(room);
        var ballot = await OpenAsync(room, "live", anonymous: true);
        await CampsAsync(room, people, statements, ballot);
        await room.Facilitator.WaitForAsync(each => IsOfAll(each.Opinions, final: false));
        await people[3].WaitForAsync(each => each.Here?.Group is not null);

        await server.RestartAsync();
        var late = await room.JoinAsync();
        await late.WaitForAsync(each => IsOfAll(each.Opinions, final: false));
        Assert.NotNull((await people[3].FetchOpinionsAsync()).Here!.Group);

        await room.DoAsync(room.Facilitator, "close-ballot", new { ballot });
        await late.WaitForAsync(each => IsOfAll(each.Opinions, final: true));
        Assert.Null((await people[3].FetchOpinionsAsync()).Here!.X);
        await server.RestartAsync();
        Assert.Equal(WireJson.Write(late.Opinions!), WireJson.Write((await room.Facilitator.FetchOpinionsAsync(ballot)).Opinions!));
    }

    [Theory, InlineData("close"), InlineData("reveal")] // P5, O1
    public async Task Before_counts_are_due_nobody_is_told_what_the_room_thinks(string counts)
    {
        var ears = new { Voter = new Ears(), Screen = new Ears(), Facilitator = new Ears() };
        await using var room = await server.OpenRoomAsync(new NewRoom(Facilitator: ears.Facilitator.Options));
        var (voter, screen) = (await room.JoinAsync(ears.Voter.Options), await room.ScreenAsync(ears.Screen.Options));
        var (people, statements) = await FillAsync(room);
        var ballot = await OpenAsync(room, counts, anonymous: true);
        await CampsAsync(room, [.. people[..13], voter], statements, ballot);
        await NobodyKnowsAsync();
        await room.DoAsync(room.Facilitator, "close-ballot", new { ballot });
        if (counts == "reveal")
        {
            await NobodyKnowsAsync();
            await room.DoAsync(room.Facilitator, "reveal-results", new { ballot });
        }

        foreach (var person in new[] { voter, screen, room.Facilitator }) await person.WaitForAsync(each => IsOfAll(each.Opinions, final: true));
        // The voter's own place went with the secret; and what all are told names nobody.
        Assert.DoesNotContain(ears.Voter.Where("\"here\""), text => text.Contains("\"x\"", StringComparison.Ordinal));
        foreach (var heard in new[] { ears.Screen, ears.Facilitator }) Assert.Equal(0, heard.Count("here"));

        async Task NobodyKnowsAsync()
        {
            await room.AllSeeAsync(voter, screen);
            foreach (var person in new[] { voter, screen, room.Facilitator }) Assert.Null((await person.FetchOpinionsAsync(ballot)).Opinions);
            foreach (var heard in new[] { ears.Voter, ears.Screen, ears.Facilitator }) Assert.Equal((0, 0), (heard.Count("opinions"), heard.Count("here")));
        }
    }

    [Fact] // P5, O4, O5
    public async Task What_all_are_told_holds_no_person_and_no_voter_key_and_where_one_stands_reaches_nobody_else()
    {
        var ears = new { Other = new Ears(), Screen = new Ears(), Facilitator = new Ears() };
        await using var room = await server.OpenRoomAsync(new NewRoom(Facilitator: ears.Facilitator.Options));
        var (other, screen) = (await room.JoinAsync(ears.Other.Options), await room.ScreenAsync(ears.Screen.Options));
        var (people, statements) = await FillAsync(room);
        var ballot = await OpenAsync(room, "live", anonymous: true);
        await CampsAsync(room, people, statements, ballot);
        foreach (var one in new[] { other, screen, room.Facilitator }) await one.WaitForAsync(each => IsOfAll(each.Opinions, final: false));
        await other.FetchOpinionsAsync();

        var keys = server.Journal($"board/{room.Board}").Where(row => row.Type == "vote-given").Select(row => System.Text.Json.JsonDocument.Parse(row.Payload).RootElement.GetProperty("voter").GetString()!).Distinct().ToList();
        Assert.Equal(People, keys.Count);
        foreach (var heard in new[] { ears.Other, ears.Screen, ears.Facilitator })
        {
            Assert.NotEqual(0, heard.Count("opinions"));
            foreach (var key in keys) Assert.Empty(heard.Where(key));
            foreach (var person in people) Assert.DoesNotContain(heard.All, each => each.Source == "opinions" && each.Text.Contains(person.ParticipantId, StringComparison.Ordinal));
        }

        // Who did not vote stands nowhere: the only place that is told is one's own.
        Assert.DoesNotContain(ears.Other.All, each => each.Source == "here" && each.Text.Contains("\"x\"", StringComparison.Ordinal));
        Assert.Equal((0, 0), (ears.Screen.Count("here"), ears.Facilitator.Count("here")));

        // What is hidden is told to nobody who comes after.
        await room.DoAsync(room.Facilitator, "hide-idea", new { idea = statements[6], reason = "no" });
        var heardLate = new Ears();
        var late = await room.JoinAsync(heardLate.Options);
        await late.WaitForAsync(each => each.Opinions is { Groups.Count: 2 });
        Assert.Empty(heardLate.Where(statements[6]));
    }

    [Theory, InlineData("live"), InlineData("close"), InlineData("reveal")] // O9, P5
    public async Task A_replay_tells_what_was_thought_then_to_all_who_might_know_it_then_and_to_nobody_before(string counts)
    {
        var ears = new Ears();
        await using var room = await server.OpenRoomAsync();
        var (listener, screen) = (await room.JoinAsync(ears.Options), await room.ScreenAsync());
        var (people, statements) = await FillAsync(room);
        var ballot = await OpenAsync(room, counts, anonymous: true);
        await CampsAsync(room, people[..7], statements, ballot);
        await CampsAsync(room, people, statements, ballot);
        await room.DoAsync(room.Facilitator, "close-ballot", new { ballot });
        if (counts == "reveal")
        {
            Assert.Null(await Replays.OpinionsAtAsync(room.Facilitator, room, Replays.Ever));
            await room.DoAsync(room.Facilitator, "reveal-results", new { ballot });
        }

        await room.Facilitator.WaitForAsync(each => IsOfAll(each.Opinions, final: true));
        var due = server.Journal($"board/{room.Board}").Last(row => row.Type == (counts == "reveal" ? "results-revealed" : "ballot-closed")).At;
        foreach (var one in new[] { listener, screen, room.Facilitator })
        {
            var end = (await Replays.OpinionsAtAsync(one, room, Replays.Ever))!;
            Assert.Equal(WireJson.Write(room.Facilitator.Opinions! with { Version = 0 }), WireJson.Write(end with { Version = 0 }));
            Assert.Equal(WireJson.Write(end with { Version = 0 }), WireJson.Write((await Replays.OpinionsAtAsync(one, room, due))! with { Version = 0 }));
            var before = await Replays.OpinionsAtAsync(one, room, due - 1);
            Assert.False(before is { Final: true });
            if (counts != "live") Assert.Null(before);
        }

        var keys = server.Journal($"board/{room.Board}").Where(row => row.Type == "vote-given").Select(row => System.Text.Json.JsonDocument.Parse(row.Payload).RootElement.GetProperty("voter").GetString()!).Distinct().ToList();
        Assert.Equal(People, keys.Count);
        foreach (var key in keys) Assert.Empty(ears.Where(key));

        // What is hidden today is told of no moment.
        Assert.Contains((await Replays.OpinionsAtAsync(listener, room, due))!.Together, each => each.Idea == statements[6]);
        await room.DoAsync(room.Facilitator, "hide-idea", new { idea = statements[6], reason = "no" });
        foreach (var one in new[] { listener, screen, room.Facilitator })
            Assert.DoesNotContain(statements[6], System.Text.Encoding.UTF8.GetString(WireJson.Write((await Replays.OpinionsAtAsync(one, room, due))!)), StringComparison.Ordinal);
    }

    [Fact] // O6
    public async Task What_one_is_asked_next_is_what_one_has_not_spoken_of()
    {
        await using var room = await server.OpenRoomAsync();
        var (people, statements) = await FillAsync(room, people: 2);
        var ballot = await OpenAsync(room, "live");
        var person = people[0];
        await person.WaitForAsync(each => each.Here is { Next.Count: 5 });
        var said = new HashSet<string>();
        while (said.Count < Statements)
        {
            // What was told before this vote may hold what has been spoken of since; something else is in it until all is said.
            var next = person.Here!.Next!.First(idea => !said.Contains(idea));
            said.Add(next);
            (await person.SubmitAsync(Commands.CastVote(room.Board, ballot, next, new Vote(1)))).Expect("cast-vote");
            await person.WaitForAsync(each => said.Count == Statements ? each.Here!.Next!.Count == 0 : each.Here!.Next!.Any(idea => !said.Contains(idea)));
        }

        Assert.Empty(person.Here!.Next!);
        Assert.Equal(statements.Order(), said.Order());
    }

    private static bool IsOfAll(OpinionsView? told, bool final) => told is { People: People, Groups.Count: 2 } && told.Final == final && told.Together.Any(each => each.Votes == People);

    private static async Task<(LivePerson[] People, string[] Statements)> FillAsync(Room room, int people = People)
    {
        var here = await Task.WhenAll(Enumerable.Range(0, people).Select(_ => room.JoinAsync()));
        var statements = new List<string>();
        for (var at = 0; at < Statements; at++) statements.Add(await room.WriteAsync(here[at % people], $"Statement {at}"));
        return (here, [.. statements]);
    }

    private static async Task<string> OpenAsync(Room room, string counts, bool anonymous = false)
    {
        var ballot = Ids.New();
        await room.DoAsync(room.Facilitator, "open-ballot", new { ballot, method = "agree", counts, anonymous });
        return ballot;
    }

    /// <summary>The first seven agree with the first three and not with the next three, the others the other way round; all agree with the last two.</summary>
    private static Task CampsAsync(Room room, LivePerson[] people, string[] statements, string ballot) => Task.WhenAll(people.Index().Select(async one =>
    {
        foreach (var (at, statement) in statements.Index())
            (await one.Item.SubmitAsync(Commands.CastVote(room.Board, ballot, statement, new Vote(at > 5 || at < 3 == one.Index < 7 ? 1 : -1)))).Expect("cast-vote");
    }));
}
