using System.Text.Json;
using LiveCoCreate.Grains.Journals;
using LiveCoCreate.Live.Seats;
using LiveCoCreate.Live.Servers;
using LiveCoCreate.Wire;
using LiveCoCreate.Wire.Seats;
using Microsoft.Extensions.DependencyInjection;

namespace LiveCoCreate.Live.Leaks;

/// <summary>P5 on the wire and on the disk: bytes that must not be there are searched for where they would be.</summary>
public sealed class LeakTests(LocalServer server) : IClassFixture<LocalServer>
{
    private const string Secret = "Under the old fig tree";

    [Theory, InlineData("open"), InlineData("approve")] // P5, F4
    public async Task What_is_written_privately_reaches_nobody_before_the_reveal(string moderation)
    {
        var ears = new { Others = new Ears(), Screen = new Ears(), Facilitator = new Ears() };
        await using var room = await server.OpenRoomAsync(new NewRoom("retrospective", Moderation: moderation, Facilitator: ears.Facilitator.Options));
        var (author, other, screen) = (await room.JoinAsync(), await room.JoinAsync(ears.Others.Options), await room.ScreenAsync(ears.Screen.Options));

        var idea = await room.WriteAsync(author, Secret);
        await room.DoAsync(author, "edit-idea", new { idea, text = $"{Secret}, edited" });
        await author.WaitForAsync(person => person.Mine.Ideas.GetValueOrDefault(idea)?.Text == $"{Secret}, edited");
        await room.AllSeeAsync(author, other, screen);
        foreach (var person in new[] { other, screen, room.Facilitator })
        {
            Assert.Equal(1, person.Board.Facts!.Unrevealed);
            await ReadAllAsync(person, room);
        }

        Assert.Empty(ears.Others.Where(Secret));
        Assert.Empty(ears.Screen.Where(Secret));
        // Where ideas wait for approval, facilitators must read them first.
        if (moderation == "open") Assert.Empty(ears.Facilitator.Where(Secret));
        else await room.DoAsync(room.Facilitator, "approve-idea", new { idea });

        await room.DoAsync(room.Facilitator, "reveal-ideas", new { });
        foreach (var person in new[] { other, screen, room.Facilitator }) await person.WaitForAsync(each => each.Board.Ideas.GetValueOrDefault(idea)?.State == "shown");
        // A replay of the time before shows the board as it was then: without it.
        await ReadAllAsync(other, room);
        var then = server.Journal($"board/{room.Board}").Single(row => row.Type == "ideas-revealed").At - 1;
        var replay = await other.Browser.GetAsync($"api/boards/{room.Board}/replay?workshop={room.Workshop}&as=participant&at={then}");
        Assert.DoesNotContain(Secret, System.Text.Encoding.UTF8.GetString(replay.Body), StringComparison.Ordinal);
    }

    [Fact] // P5, F10, F11
    public async Task A_comment_that_is_not_shown_and_who_reacted_reach_nobody()
    {
        var ears = new { Other = new Ears(), Screen = new Ears(), Facilitator = new Ears() };
        await using var room = await server.OpenRoomAsync(new NewRoom(Moderation: "approve", Facilitator: ears.Facilitator.Options));
        var (author, other, screen) = (await room.JoinAsync(), await room.JoinAsync(ears.Other.Options), await room.ScreenAsync(ears.Screen.Options));
        var idea = await room.WriteAsync(author, "Shade");
        await room.DoAsync(room.Facilitator, "approve-idea", new { idea });

        var comment = await room.CommentAsync(author, idea, Secret);
        await room.DoAsync(author, "react", new { idea, reaction = "star", on = true });
        await author.WaitForAsync(person => person.Mine.Comments.GetValueOrDefault(comment)?.State == "waiting" && person.Mine.Reactions.GetValueOrDefault(idea)?.Star == 1);
        await room.Facilitator.WaitForAsync(person => person.Board.Comments.GetValueOrDefault(comment)?.State == "waiting");
        await NobodyReadsItAsync();

        await room.DoAsync(room.Facilitator, "hide-comment", new { comment, reason = "It names a neighbour" });
        await author.WaitForAsync(person => person.Mine.Comments.GetValueOrDefault(comment)?.Reason == "It names a neighbour");
        await NobodyReadsItAsync();
        await room.DoAsync(room.Facilitator, "show-comment", new { comment });
        await other.WaitForAsync(person => person.Board.Comments.GetValueOrDefault(comment)?.Text == Secret);

        // When its idea goes it goes, also from what came before.
        await room.DoAsync(room.Facilitator, "hide-idea", new { idea, reason = "no" });
        await other.WaitForAsync(person => person.Board.Comments.Count == 0 && person.Board.Reactions.Count == 0);
        foreach (var person in new[] { other, screen })
            Assert.DoesNotContain(Secret, System.Text.Encoding.UTF8.GetString((await person.Browser.GetAsync(
                $"api/boards/{room.Board}/replay?workshop={room.Workshop}&as={person.Kind}&at={server.Journal($"board/{room.Board}").Last(row => row.Type == "comment-shown").At}")).Body), StringComparison.Ordinal);
        Assert.Empty(ears.Other.Where(author.ParticipantId));
        Assert.Empty(ears.Facilitator.Where(author.ParticipantId));

        async Task NobodyReadsItAsync()
        {
            await room.AllSeeAsync(other, screen);
            foreach (var person in new[] { other, screen })
            {
                Assert.Equal(1, person.Board.Reactions[idea].Star);
                await ReadAllAsync(person, room);
            }

            Assert.Empty(ears.Other.Where(Secret));
            Assert.Empty(ears.Screen.Where(Secret));
            Assert.Empty(ears.Other.Where("It names a neighbour"));
        }
    }

    [Theory, InlineData("close"), InlineData("reveal")] // P5, F5
    public async Task Counts_that_are_not_due_reach_nobody(string counts)
    {
        var ears = new { Voter = new Ears(), Screen = new Ears(), Facilitator = new Ears() };
        await using var room = await server.OpenRoomAsync(new NewRoom(Facilitator: ears.Facilitator.Options));
        var (voter, screen) = (await room.JoinAsync(ears.Voter.Options), await room.ScreenAsync(ears.Screen.Options));
        var idea = await room.WriteAsync(voter, "Shade");
        var ballot = await room.OpenBallotAsync(counts);
        await room.VoteAsync(voter, ballot, idea, 2);
        await voter.WaitForAsync(person => person.Mine.Dots(ballot, idea) == 2);
        await room.AllSeeAsync(voter, screen);

        await NobodyCountsAsync();
        Assert.Equal(1, room.Facilitator.Board.Ballots[ballot].Voters);
        Assert.Null(voter.Board.Ballots[ballot].Voters);
        Assert.Null(screen.Board.Ballots[ballot].Voters);

        await room.DoAsync(room.Facilitator, "close-ballot", new { ballot });
        await room.AllSeeAsync(voter, screen);
        if (counts == "reveal")
        {
            await NobodyCountsAsync();
            await room.DoAsync(room.Facilitator, "reveal-results", new { ballot });
        }

        foreach (var person in new[] { voter, screen, room.Facilitator }) await person.WaitForAsync(each => each.Board.Tally(ballot, idea) == 2);
        // Replayed, the time before is as it was: without counts.
        var due = server.Journal($"board/{room.Board}").Single(row => row.Type == (counts == "close" ? "ballot-closed" : "results-revealed")).At;
        foreach (var person in new[] { voter, screen, room.Facilitator })
        {
            using var before = JsonDocument.Parse((await person.Browser.GetAsync($"api/boards/{room.Board}/replay?workshop={room.Workshop}&as={person.Kind}&at={due - 1}")).Body);
            Assert.False(before.RootElement.GetProperty("view").GetProperty("tallies").TryGetProperty(ballot, out _));
        }

        async Task NobodyCountsAsync()
        {
            foreach (var person in new[] { voter, screen, room.Facilitator }) await ReadAllAsync(person, room);
            Assert.Empty(ears.Voter.WhereCounted(ballot));
            Assert.Empty(ears.Screen.WhereCounted(ballot));
            Assert.Empty(ears.Facilitator.WhereCounted(ballot));
        }
    }

    [Fact] // J6, J9
    public async Task How_somebody_voted_in_an_anonymous_ballot_stands_nowhere_once_it_is_closed()
    {
        await using var room = await server.OpenRoomAsync();
        var voters = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => room.JoinAsync()));
        var ideas = new[] { await room.WriteAsync(voters[0], "Shade"), await room.WriteAsync(voters[1], "Water") };
        var ballot = await room.OpenBallotAsync("close", anonymous: true);
        foreach (var (at, voter) in voters.Index())
        {
            await room.VoteAsync(voter, ballot, ideas[at % 2], 1 + at % 3);
            await room.VoteAsync(voter, ballot, ideas[(at + 1) % 2], 1);
        }

        var secrets = server.Services.GetRequiredService<ISecrets>();
        var secret = (await secrets.FindAsync($"ballot/{room.Board}/{ballot}", CancellationToken.None))!.Value;
        await room.DoAsync(room.Facilitator, "close-ballot", new { ballot });
        await room.AllSeeAsync(voters);
        Assert.Equal(5, voters[0].Board.Ballots[ballot].Voters);

        Assert.Null(await secrets.FindAsync($"ballot/{room.Board}/{ballot}", CancellationToken.None));
        Assert.Empty(server.Folder.FilesWith(secret.ToArray()));
        var rows = server.Journal($"board/{room.Board}");
        var votes = rows.Where(row => row.Type == "vote-cast").ToList();
        Assert.Equal(10, votes.Count);
        Assert.All(votes, vote =>
        {
            Assert.Null(vote.By);
            Assert.All(voters, voter => Assert.DoesNotContain(voter.ParticipantId, vote.Payload, StringComparison.Ordinal));
            var previous = rows.Single(row => row.Version == vote.Version - 1).At;
            Assert.True(vote.At % 60_000 == 0 || vote.At == previous, $"a vote at {vote.At}, after {previous}");
        });
        // Nor does anything else in the journal name the person and the vote together: a vote's command stands in its own events only.
        Assert.All(votes, vote => Assert.Single(server.Journal(), row => row.Payload.Contains(vote.Command, StringComparison.Ordinal) || row.Command == vote.Command));
    }

    [Fact] // P5
    public async Task An_anonymous_workshop_keeps_no_name()
    {
        await using var room = await server.OpenRoomAsync(new NewRoom(Anonymous: true));
        var ears = new Ears();
        var listener = await room.SecondFacilitatorAsync(options: ears.Options);
        var dana = await room.JoinAsync(alias: "Dana Unforgettable");
        await room.WriteAsync(dana, "Shade");
        await room.AllSeeAsync(dana, listener);
        await listener.WaitForAsync(person => person.Presence?.People == 1);

        Assert.Null((await dana.MeAsync()).Read<Me>().Name);
        Assert.Empty(ears.Where("Dana Unforgettable"));
        Assert.Empty(server.Folder.FilesWith("Dana Unforgettable"));
        Assert.DoesNotContain("Dana Unforgettable", server.Log.Text, StringComparison.Ordinal);
        Assert.Null(listener.Presence!.Names);
    }

    [Fact] // P5, P8
    public async Task A_mistake_in_deciding_is_logged_by_its_place_and_told_by_its_code_only()
    {
        await using var room = await server.OpenRoomAsync();
        var board = server.Services.GetRequiredService<Grains.Workshops.IGrains>().Board(new Grains.BoardId(room.Board));
        var caller = new Grains.Caller(Grains.SeatKind.Facilitator, new Grains.PersonId("person-unforgettable"));

        var reply = await board.SubmitAsync(new Grains.Submission<Grains.Boards.BoardCommand>(new Grains.CommandId("mistake"), caller, DateTimeOffset.UnixEpoch, null!));

        Assert.Equal(Grains.Refusal.Of("internal-error"), reply.Refusal);
        Assert.Contains($"board/{room.Board}: deciding nothing threw System.NullReferenceException", server.Log.Text, StringComparison.Ordinal);
        Assert.Contains("Board.DecideFacilitated", server.Log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("person-unforgettable", server.Log.Text, StringComparison.Ordinal);
    }

    [Fact] // P5
    public async Task A_name_is_signed_where_the_workshop_shows_names()
    {
        await using var room = await server.OpenRoomAsync(new NewRoom(Anonymous: false));
        var dana = await room.JoinAsync(alias: "Dana");
        await room.WriteAsync(dana, "Shade");
        await room.AllSeeAsync(dana);
        Assert.Equal("Dana", room.Facilitator.Board.Ideas.Single().Value.Signature);
        await room.Facilitator.WaitForAsync(person => person.Presence?.Names is [{ Alias: "Dana" }]);
    }

    [Fact] // P5, F4
    public async Task What_waits_for_approval_or_was_hidden_reaches_no_participant_and_no_screen()
    {
        var (ears, screens) = (new Ears(), new Ears());
        await using var room = await server.OpenRoomAsync(new NewRoom(Moderation: "approve"));
        var (author, other, screen) = (await room.JoinAsync(), await room.JoinAsync(ears.Options), await room.ScreenAsync(screens.Options));
        var idea = await room.WriteAsync(author, Secret);
        await room.Facilitator.WaitForAsync(person => person.Board.Ideas.GetValueOrDefault(idea)?.State == "waiting");
        await room.DoAsync(room.Facilitator, "hide-idea", new { idea, reason = "Names a neighbour" });
        await author.WaitForAsync(person => person.Mine.Ideas.GetValueOrDefault(idea)?.Reason == "Names a neighbour");
        await room.AllSeeAsync(author, other, screen);
        foreach (var person in new[] { other, screen }) await ReadAllAsync(person, room);
        foreach (var listener in new[] { ears, screens })
        {
            Assert.Empty(listener.Where(Secret));
            Assert.Empty(listener.Where("Names a neighbour"));
            Assert.Empty(listener.Where(idea));
        }
    }

    [Fact] // L6
    public async Task A_rare_role_singles_nobody_out()
    {
        await using var room = await server.OpenRoomAsync(new NewRoom("co-creation"));
        var roles = room.Facilitator.Workshop!.Roles!;
        foreach (var at in Enumerable.Range(0, 6))
        {
            var person = room.New();
            await person.JoinAsync(room.Code, new JoinRequest { Roles = at == 0 ? [roles[1]] : [roles[0]] });
            await person.WatchAsync();
        }

        var screen = await room.ScreenAsync();
        foreach (var person in new[] { room.Facilitator, screen })
        {
            await person.WaitForAsync(each => each.Presence?.People == 6);
            Assert.Equal([roles[0]], person.Presence!.Roles!.Keys);
        }
    }

    /// <summary>Asks for everything there is to ask about a board.</summary>
    private static async Task ReadAllAsync(LivePerson person, Room room)
    {
        foreach (var path in SeatTests.BoardPaths(room.Board, room.Workshop, person.Kind).Append($"api/workshops/{room.Workshop}?as={person.Kind}"))
            Assert.True((await person.Browser.GetAsync(path)).Ok);
    }
}
