using System.Net;
using System.Text;
using LiveCoCreate.Live.Servers;
using LiveCoCreate.Wire;
using LiveCoCreate.Wire.Boards;
using LiveCoCreate.Wire.Seats;

namespace LiveCoCreate.Live.Forgetting;

/// <summary>P10, H12: a person, or one text, is forgotten to the last byte.</summary>
public sealed class ForgettingTests : IAsyncLifetime
{
    private const string Alias = "Dana Unforgettable";

    private static readonly string[] Texts = ["A first thought about figs", "A second thought about olives", "Hidden thought about rats", "שקד פורח ליד הגדר", "Withdrawn thought about bees", "Merged thought about shade", "A comment about rosemary", "A hidden comment about wasps", "What the team answers about figs"];
    private const string Reason = "A reason that quotes the rats";

    private readonly LocalServer _server = new();

    public Task InitializeAsync() => _server.InitializeAsync();

    public Task DisposeAsync() => _server.DisposeAsync();

    [Fact] // P10, H12
    public async Task Of_a_person_who_is_forgotten_with_their_ideas_no_byte_is_left_and_the_board_still_replays()
    {
        var ears = new Ears();
        await using var room = await _server.OpenRoomAsync(new NewRoom(Anonymous: false));
        var (dana, noa, screen) = (await room.JoinAsync(alias: Alias), await room.JoinAsync(alias: "Noa"), await room.ScreenAsync());
        var (ballot, kept) = await LiveThroughItAsync(room, dana, noa);
        Assert.NotEmpty(_server.Folder.FilesWith(Alias));
        Assert.NotEmpty(_server.Folder.FilesWith(Texts[3]));

        Assert.Equal(HttpStatusCode.NoContent, (await dana.Browser.PostAsync($"api/workshops/{room.Workshop}/forget?as=participant", new { ideas = "remove" })).Status);
        await dana.WaitForAsync(person => person.Ended is not null);
        Assert.Equal("seat-revoked", dana.Ended?.Code);
        foreach (var person in new[] { noa, screen, room.Facilitator }) await person.WaitForAsync(each => each.Board.Ideas.Keys.SequenceEqual([kept]));

        NothingIsLeft();
        var listener = await room.JoinAsync(ears.Options);
        var view = await StillReplaysAsync(room, [listener, screen, room.Facilitator]);
        Assert.Equal(3, view.Tally(ballot, kept));
        Assert.Equal("What Noa commented stays", Assert.Single(view.Comments.Values).Text);
        Assert.Equal(new Reactions(Heart: 1), view.Reactions[kept]);

        // And from the journal as it stands: a new process knows no more.
        await _server.RestartAsync();
        await room.AllSeeAsync(noa, screen, listener);
        await StillReplaysAsync(room, [listener, screen, room.Facilitator]);
        Assert.Equal(3, noa.Board.Tally(ballot, kept));
        Assert.Equal(new Reactions(Heart: 1), noa.Board.Reactions[kept]);
        NothingIsLeft();
        foreach (var text in Texts.Append(Alias).Append(Reason)) Assert.Empty(ears.Where(text));
        Assert.DoesNotContain(Alias, _server.Log.Text, StringComparison.Ordinal);

        void NothingIsLeft()
        {
            foreach (var text in Texts.Append(Alias).Append(Reason)) Assert.Empty(_server.Folder.FilesWith(text));
        }
    }

    [Fact] // P10, H12
    public async Task Of_a_person_who_leaves_their_ideas_behind_only_the_name_goes()
    {
        await using var room = await _server.OpenRoomAsync(new NewRoom(Anonymous: false));
        var (dana, noa) = (await room.JoinAsync(alias: Alias), await room.JoinAsync(alias: "Noa"));
        var id = dana.ParticipantId;
        await LiveThroughItAsync(room, dana, noa);
        var before = noa.Board;

        Assert.Equal(HttpStatusCode.NoContent, (await dana.Browser.PostAsync($"api/workshops/{room.Workshop}/forget?as=participant", new { ideas = "keep" })).Status);
        await noa.WaitForAsync(person => person.Board.Ideas.Values.All(idea => idea.Signature != Alias));
        Assert.Equal(before.Comments.Select(comment => (comment.Key, comment.Value.Text)).Order(), noa.Board.Comments.Select(comment => (comment.Key, comment.Value.Text)).Order());
        Assert.Equal(before.Ideas.Select(idea => (idea.Key, idea.Value.Text)).Order(), noa.Board.Ideas.Select(idea => (idea.Key, idea.Value.Text)).Order());
        Assert.Empty(_server.Folder.FilesWith(Alias));
        Assert.DoesNotContain(_server.Journal($"board/{room.Board}"), row => row.By == id || row.Payload.Contains(id, StringComparison.Ordinal));
        await StillReplaysAsync(room, [noa, room.Facilitator]);

        await _server.RestartAsync();
        await room.AllSeeAsync(noa);
        Assert.All(noa.Board.Ideas.Values, idea => Assert.NotEqual(Alias, idea.Signature));
        Assert.Contains(noa.Board.Ideas.Values, idea => idea.Text == Texts[0]);
        Assert.Empty(_server.Folder.FilesWith(Alias));
    }

    [Fact] // P10, H12
    public async Task A_facilitator_expunges_one_text_and_what_was_said_of_it()
    {
        await using var room = await _server.OpenRoomAsync(new NewRoom(Anonymous: false));
        var (dana, noa) = (await room.JoinAsync(alias: "Dana"), await room.JoinAsync());
        var idea = await room.WriteAsync(dana, Texts[0]);
        await room.DoAsync(dana, "edit-idea", new { idea, text = Texts[1] });
        await room.DoAsync(room.Facilitator, "hide-idea", new { idea, reason = Reason });
        await room.DoAsync(room.Facilitator, "show-idea", new { idea });
        var other = await room.WriteAsync(dana, "What stays");
        await room.AllSeeAsync(dana, noa);

        var forget = $"api/workshops/{room.Workshop}/forget?as=facilitator";
        Assert.Equal(HttpStatusCode.NoContent, (await room.Facilitator.Browser.PostAsync(forget, new { board = room.Board, idea })).Status);
        await noa.WaitForAsync(person => person.Board.Ideas.GetValueOrDefault(idea)?.Text is not { } text || !text.Contains("thought", StringComparison.Ordinal));
        await dana.WaitForAsync(person => person.Mine.Ideas.GetValueOrDefault(idea)?.Text is not { } text || !text.Contains("thought", StringComparison.Ordinal));
        foreach (var text in new[] { Texts[0], Texts[1], Reason }) Assert.Empty(_server.Folder.FilesWith(text));
        Assert.Equal("What stays", noa.Board.Ideas[other].Text);
        await StillReplaysAsync(room, [noa, room.Facilitator]);

        // One comment goes alone.
        var (comment, further) = (await room.CommentAsync(noa, other, Texts[6]), await room.CommentAsync(noa, other, "A comment that stays"));
        Assert.NotEmpty(_server.Folder.FilesWith(Texts[6]));
        Assert.Equal(HttpStatusCode.NoContent, (await room.Facilitator.Browser.PostAsync(forget, new { board = room.Board, comment })).Status);
        await dana.WaitForAsync(person => person.Board.Comments.GetValueOrDefault(comment)?.Text is { } text && text != Texts[6]);
        Assert.Empty(_server.Folder.FilesWith(Texts[6]));
        Assert.Equal("A comment that stays", dana.Board.Comments[further].Text);
        Seats.SeatTests.Refused(await room.Facilitator.Browser.PostAsync(forget, new { board = room.Board, comment = "nothing" }), HttpStatusCode.NotFound, "comment-missing");

        // Again changes nothing that is seen, and what there is not is said so.
        Assert.Equal(HttpStatusCode.NoContent, (await room.Facilitator.Browser.PostAsync(forget, new { board = room.Board, idea })).Status);
        Seats.SeatTests.Refused(await room.Facilitator.Browser.PostAsync(forget, new { board = room.Board, idea = "nothing" }), HttpStatusCode.NotFound, "idea-missing");
        Seats.SeatTests.Refused(await room.Facilitator.Browser.PostAsync(forget, new { board = "nowhere", idea }), HttpStatusCode.NotFound, "board-missing");
        Seats.SeatTests.Refused(await room.Facilitator.Browser.PostAsync(forget, new { participant = "nobody" }), HttpStatusCode.NotFound, "facilitator-missing");
        Seats.SeatTests.Refused(await room.Facilitator.Browser.PostAsync(forget, new { }), HttpStatusCode.BadRequest, "malformed");
        var screen = await room.ScreenAsync();
        Seats.SeatTests.Refused(await screen.Browser.PostAsync($"api/workshops/{room.Workshop}/forget?as=screen", new { participant = dana.ParticipantId }), HttpStatusCode.Forbidden, "not-allowed");
    }

    [Theory, InlineData("stays"), InlineData("merged"), InlineData("removed")] // P10, H12, N5
    public async Task What_a_theme_was_called_goes_also_where_it_was_brought_to(string theTheme)
    {
        const string title = "Quinces of the Cohens";
        await using var room = await _server.OpenRoomAsync(new NewRoom(Template: "co-creation"));
        var dana = await room.JoinAsync();
        var steps = room.Facilitator.Workshop!.Steps!.Where(step => step.Kind is "ideas").ToList();
        var (first, second, third) = (steps[0], steps[1], steps[2]);
        await WatchAsync(first);
        await DoAsync(room.Facilitator, "change-settings", new { @private = false, moderation = "open", sorting = "everyone" });
        var (idea, theme, other) = (Ids.New(), Ids.New(), Ids.New());
        await DoAsync(dana, "add-idea", new { idea, lane = dana.Board.Lanes.Keys.First(), text = "Fruit for all" });
        await DoAsync(dana, "add-theme", new { theme, title, colour = 3 });
        await DoAsync(room.Facilitator, "theme-idea", new { idea, theme });

        // On to the next step, there put differently, and from there on again.
        var (brought, again) = (Ids.New(), Ids.New());
        await WatchAsync(second);
        await DoAsync(room.Facilitator, "bring-ideas", new { lane = room.Facilitator.Board.Lanes.Keys.First(), source = first.Board, ideas = new[] { new { idea = brought, theme } } });
        Assert.Equal(title, room.Facilitator.Board.Ideas[brought].Text);
        await WatchAsync(third);
        await DoAsync(room.Facilitator, "bring-ideas", new { lane = room.Facilitator.Board.Lanes.Keys.First(), source = second.Board, ideas = new[] { new { idea = again, from = brought } } });
        await WatchAsync(second);
        await DoAsync(room.Facilitator, "edit-idea", new { idea = brought, text = "Fruit trees" });
        await WatchAsync(first);
        if (theTheme == "removed") await DoAsync(room.Facilitator, "remove-theme", new { theme });
        if (theTheme == "merged")
        {
            await DoAsync(room.Facilitator, "add-theme", new { theme = other, title = "Trees", colour = 1 });
            await DoAsync(room.Facilitator, "merge-themes", new { theme, into = other });
        }

        Assert.NotEmpty(_server.Folder.FilesWith(title));
        Assert.Equal(HttpStatusCode.NoContent, (await dana.Browser.PostAsync($"api/workshops/{room.Workshop}/forget?as=participant", new { ideas = "remove" })).Status);
        Assert.Empty(_server.Folder.FilesWith(title));
        await WatchAsync(third);
        Assert.NotEqual(title, room.Facilitator.Board.Ideas.GetValueOrDefault(again)?.Text);

        async Task WatchAsync(StepView step)
        {
            await room.Facilitator.WatchAsync(step.Board);
            if (step == first) await dana.WatchAsync(step.Board);
        }

        static async Task DoAsync(LivePerson person, string type, object fields) =>
            await person.ReachAsync((await person.SubmitAsync(Command.OnBoard(person.Board.Board, type, fields))).Expect(type));
    }

    [Fact] // P10, P3
    public async Task People_are_forgotten_while_others_keep_writing_and_nothing_of_the_others_is_lost()
    {
        await using var room = await _server.OpenRoomAsync(new NewRoom(Anonymous: false));
        var writers = await Task.WhenAll(Enumerable.Range(0, 4).Select(at => room.JoinAsync(alias: $"Writer {at}")));
        var leavers = await Task.WhenAll(Enumerable.Range(0, 3).Select(at => room.JoinAsync(alias: $"Leaving person {at}")));
        foreach (var (at, leaver) in leavers.Index()) await room.WriteAsync(leaver, $"Leaving thought {at}");
        var over = new TaskCompletionSource();
        var writing = writers.Select(async (writer, at) =>
        {
            var ideas = new List<string>();
            do ideas.Add(await room.WriteAsync(writer, $"Staying thought {at}.{ideas.Count}")); while (!over.Task.IsCompleted && ideas.Count < 200);
            return ideas;
        }).ToList();

        foreach (var leaver in leavers)
            Assert.Equal(HttpStatusCode.NoContent, (await room.Facilitator.Browser.PostAsync($"api/workshops/{room.Workshop}/forget?as=facilitator", new { participant = leaver.ParticipantId, ideas = "remove" })).Status);
        over.SetResult();
        var ideas = (await Task.WhenAll(writing)).SelectMany(each => each).Order().ToList();

        await room.AllSeeAsync(writers);
        foreach (var at in Enumerable.Range(0, leavers.Length))
        {
            Assert.Empty(_server.Folder.FilesWith($"Leaving thought {at}"));
            Assert.Empty(_server.Folder.FilesWith($"Leaving person {at}"));
        }

        Assert.All(writers, writer => Assert.Equal(ideas, writer.Board.Ideas.Keys.Order()));
        var rows = _server.Journal($"board/{room.Board}");
        Assert.Equal(Enumerable.Range(1, rows.Count).Select(version => (long)version), rows.Select(row => row.Version));
        Assert.All(leavers, leaver => Assert.Equal("seat-revoked", leaver.Ended?.Code));
    }

    /// <summary>Everything that leaves a trace: writing, editing, being hidden with a reason, withdrawing, merging, voting.</summary>
    private static async Task<(string Ballot, string Kept)> LiveThroughItAsync(Room room, LivePerson dana, LivePerson noa)
    {
        var kept = await room.WriteAsync(noa, "What Noa wrote stays");
        var edited = await room.WriteAsync(dana, Texts[0] + " before");
        await room.DoAsync(dana, "edit-idea", new { idea = edited, text = Texts[1] });
        await room.DoAsync(room.Facilitator, "edit-idea", new { idea = edited, text = Texts[0] });
        var hidden = await room.WriteAsync(dana, Texts[2]);
        await room.DoAsync(room.Facilitator, "hide-idea", new { idea = hidden, reason = Reason });
        var undone = Command.OnBoard(room.Board, "show-idea", new { idea = hidden });
        (await room.Facilitator.SubmitAsync(undone)).Expect("showing");
        await room.DoAsync(room.Facilitator, "undo", new { undo = undone.Id });
        await room.WriteAsync(dana, Texts[3]);
        await room.DoAsync(dana, "withdraw-idea", new { idea = await room.WriteAsync(dana, Texts[4]) });
        await room.DoAsync(room.Facilitator, "merge-idea", new { idea = await room.WriteAsync(dana, Texts[5]), into = kept });
        await room.CommentAsync(noa, kept, "What Noa commented stays");
        await room.DoAsync(dana, "edit-comment", new { comment = await room.CommentAsync(dana, kept, "Before: " + Texts[6]), text = Texts[6] });
        await room.DoAsync(room.Facilitator, "hide-comment", new { comment = await room.CommentAsync(dana, kept, Texts[7]), reason = Reason });
        await room.DoAsync(room.Facilitator, "reply-to-idea", new { idea = edited, text = Texts[8] });
        await room.DoAsync(room.Facilitator, "set-status", new { idea = edited, status = "not-now", note = Reason });
        await room.DoAsync(dana, "react", new { idea = kept, reaction = "heart", on = true });
        await room.DoAsync(noa, "react", new { idea = kept, reaction = "heart", on = true });
        var ballot = await room.OpenBallotAsync();
        await room.VoteAsync(dana, ballot, kept, 2);
        await room.VoteAsync(noa, ballot, kept, 1);
        await room.VoteAsync(noa, ballot, edited, 3);
        await room.AllSeeAsync(dana, noa);
        return (ballot, kept);
    }

    /// <summary>Timeline, replay and frames work for all, hold nothing of what was forgotten, and end at the live view.</summary>
    private static async Task<BoardView> StillReplaysAsync(Room room, LivePerson[] people)
    {
        var last = new BoardView();
        // A view is as of the last frame, which may be a beat behind what was just answered; the replay is not.
        await room.AllSeeAsync(people);
        foreach (var person in people)
        {
            foreach (var path in Seats.SeatTests.BoardPaths(room.Board, room.Workshop, person.Kind))
            {
                var answer = await person.Browser.GetAsync(path);
                Assert.True(answer.Ok, $"{answer.Request}: {(int)answer.Status}");
                Assert.DoesNotContain(Alias, Encoding.UTF8.GetString(answer.Body), StringComparison.Ordinal);
            }

            await person.WaitForAsync(each => each.IsConnected);
            var replayed = await Views.Replays.AtTheEndAsync(person, room);
            last = await person.FetchBoardAsync(room.Board);
            Assert.True(last.ShowsTheSameAs(replayed), $"the replay of {person.Kind} ends elsewhere than the board is");
        }

        return last;
    }
}
