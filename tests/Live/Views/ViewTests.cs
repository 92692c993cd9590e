using System.IO.Compression;
using System.Net;
using System.Text.Json;
using LiveCoCreate.Live.Servers;
using LiveCoCreate.Wire;
using LiveCoCreate.Wire.Boards;

namespace LiveCoCreate.Live.Views;

/// <summary>PROTOCOL H7, H10, H11 and F1 to F3: a view, its frames, and the way back in time.</summary>
public sealed class ViewTests(LocalServer server) : IClassFixture<LocalServer>
{
    [Fact] // H7
    public async Task A_view_names_its_version_and_is_not_sent_twice()
    {
        await using var room = await server.OpenRoomAsync();
        var dana = await room.JoinAsync();
        await room.WriteAsync(dana, "Shade");
        await room.AllSeeAsync(dana);
        var path = $"api/boards/{room.Board}?workshop={room.Workshop}&as=participant";

        var first = await dana.Browser.GetAsync(path);
        Assert.Equal($"\"participants-{first.Read<BoardView>().Version}\"", first.ETag);
        Assert.Equal(new HashSet<string> { "private", "no-cache" }, first.Headers["Cache-Control"].Split(", ").ToHashSet());
        var again = await dana.Browser.GetAsync(path, first.ETag);
        Assert.Equal((HttpStatusCode.NotModified, 0, first.ETag), (again.Status, again.Body.Length, again.ETag));

        await room.WriteAsync(dana, "Water");
        await room.AllSeeAsync(dana);
        var changed = await dana.Browser.GetAsync(path, first.ETag);
        Assert.Equal(HttpStatusCode.OK, changed.Status);
        Assert.NotEqual(first.ETag, changed.ETag);
        Assert.NotEqual(changed.ETag, (await room.Facilitator.Browser.GetAsync($"api/boards/{room.Board}?workshop={room.Workshop}&as=facilitator")).ETag);
    }

    [Fact] // H7
    public async Task A_view_is_the_same_however_it_is_compressed()
    {
        await using var room = await server.OpenRoomAsync();
        var dana = await room.JoinAsync();
        for (var at = 0; at < 50; at++) await room.WriteAsync(dana, $"עץ מספר {at} ליד הגדר");
        await room.AllSeeAsync(dana);
        using var http = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.None, UseCookies = false });

        var plain = await FetchAsync(null);
        Assert.Equal(50, JsonDocument.Parse(plain.Body).RootElement.GetProperty("ideas").EnumerateObject().Count());
        foreach (var (accepts, encoding) in new[] { ("br", "br"), ("gzip", "gzip"), ("gzip, deflate, br, zstd", "br"), ("identity", null) })
        {
            var (body, used, size) = await FetchAsync(accepts);
            Assert.Equal(encoding, used);
            Assert.Equal(plain.Body, body);
            if (encoding is not null) Assert.InRange(size, 1, plain.Size / 2);
        }

        async Task<(byte[] Body, string? Encoding, int Size)> FetchAsync(string? accepts)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server.Address, $"api/boards/{room.Board}?workshop={room.Workshop}&as=participant"));
            request.Headers.Add("Cookie", dana.Browser.Cookies);
            if (accepts is not null) request.Headers.TryAddWithoutValidation("Accept-Encoding", accepts);
            using var response = await http.SendAsync(request);
            Assert.Equal("Accept-Encoding", response.Headers.Vary.Single());
            var (encoding, bytes) = (response.Content.Headers.ContentEncoding.SingleOrDefault(), await response.Content.ReadAsByteArrayAsync());
            using var packed = new MemoryStream(bytes);
            using Stream unpacked = encoding switch { "br" => new BrotliStream(packed, CompressionMode.Decompress), "gzip" => new GZipStream(packed, CompressionMode.Decompress), _ => packed };
            using var body = new MemoryStream();
            await unpacked.CopyToAsync(body);
            return (body.ToArray(), encoding, bytes.Length);
        }
    }

    [Fact] // F1, F2, P4
    public async Task A_view_and_the_frames_after_it_make_the_later_view_for_every_audience()
    {
        await using var room = await server.OpenRoomAsync(new NewRoom("retrospective", Moderation: "approve"));
        var (dana, noa, screen) = (await room.JoinAsync(), await room.JoinAsync(), await room.ScreenAsync());
        await LiveThroughItAsync(room, dana, noa);
        await room.AllSeeAsync(dana, noa, screen);

        // Replicas that were there all along merged nothing but frames.
        foreach (var person in new[] { dana, noa, screen, room.Facilitator })
        {
            Assert.Equal(0, person.Counters.Reconnects);
            var fetched = await person.FetchBoardAsync(room.Board);
            Assert.Equal(fetched.Version, person.Board.Version);
            Assert.True(fetched.ShowsTheSameAs(person.Board), $"{person.Kind}: frames and view differ");
        }

        // And the journal, read anew, says the same.
        var before = new[] { dana, screen, room.Facilitator }.Select(person => person.Board).ToList();
        var mine = dana.Mine;
        await using var other = server.Wire.NewPerson();
        foreach (var (at, person) in new[] { dana, screen, room.Facilitator }.Index())
            Assert.True((await Replays.AtTheEndAsync(person, room)).ShowsTheSameAs(before[at]), $"{person.Kind}: the replay ends elsewhere");
        Assert.Equal(mine.Version > 0, dana.Mine.Version >= mine.Version);
    }

    [Theory, InlineData(500), InlineData(3)] // H11, F3
    public async Task A_replay_walked_by_frames_ends_where_the_board_is(int most)
    {
        await using var room = await server.OpenRoomAsync(new NewRoom("retrospective", Moderation: "approve"));
        var (dana, noa, screen) = (await room.JoinAsync(), await room.JoinAsync(), await room.ScreenAsync());
        await LiveThroughItAsync(room, dana, noa);
        await room.AllSeeAsync(dana, noa, screen);
        foreach (var person in new[] { dana, screen, room.Facilitator })
        {
            var (view, frames) = await Replays.WalkAsync(person, room, most);
            Assert.True(view.ShowsTheSameAs(person.Board), $"{person.Kind}: the walk ends elsewhere");
            Assert.Equal(frames.Select(frame => frame.At).Order(), frames.Select(frame => frame.At));
            // Any moment of the walk is the view of that moment.
            foreach (var frame in frames.Where((_, at) => at % 4 == 0))
            {
                var walked = await Replays.AtAsync(person, room, 0);
                foreach (var earlier in frames.TakeWhile(each => each.Frame.Version <= frame.Frame.Version)) walked.TryMerge(earlier.Frame, out walked);
                var next = frames.SkipWhile(each => each.Frame.Version <= frame.Frame.Version).FirstOrDefault();
                var then = await Replays.AtAsync(person, room, frame.At);
                if (next is null || next.At > frame.At) Assert.True(walked.ShowsTheSameAs(then), $"{person.Kind} at {frame.At}");
            }
        }
    }

    [Fact] // H11, P5
    public async Task An_idea_that_is_hidden_today_is_gone_from_the_replay_of_yesterday()
    {
        await using var room = await server.OpenRoomAsync();
        var (dana, screen) = (await room.JoinAsync(), await room.ScreenAsync());
        var idea = await room.WriteAsync(dana, "A text that will be hidden");
        await room.WriteAsync(dana, "A text that stays");
        await room.AllSeeAsync(dana, screen);
        var then = server.Journal($"board/{room.Board}")[^1].At;
        Assert.Equal(2, (await Replays.AtAsync(dana, room, then)).Ideas.Count);

        await room.DoAsync(room.Facilitator, "hide-idea", new { idea, reason = "Names a neighbour" });
        await room.AllSeeAsync(dana, screen);
        foreach (var person in new[] { dana, screen })
        {
            Assert.Equal("A text that stays", (await Replays.AtAsync(person, room, then)).Ideas.Single().Value.Text);
            foreach (var path in Seats.SeatTests.BoardPaths(room.Board, room.Workshop, person.Kind))
                Assert.DoesNotContain("A text that will be hidden", System.Text.Encoding.UTF8.GetString((await person.Browser.GetAsync(path)).Body), StringComparison.Ordinal);
        }

        Assert.Equal(2, (await Replays.AtAsync(room.Facilitator, room, then)).Ideas.Count);
    }

    [Fact] // H10
    public async Task A_timeline_counts_the_events_and_names_the_chapters()
    {
        await using var room = await server.OpenRoomAsync(new NewRoom("retrospective"));
        var (dana, noa) = (await room.JoinAsync(), await room.JoinAsync());
        await LiveThroughItAsync(room, dana, noa);
        await room.AllSeeAsync(dana);
        var rows = server.Journal($"board/{room.Board}");

        using var timeline = JsonDocument.Parse((await dana.Browser.GetAsync($"api/boards/{room.Board}/timeline?workshop={room.Workshop}&as=participant")).Body);
        var root = timeline.RootElement;
        Assert.Equal((rows.Count, rows[^1].Version), (root.GetProperty("events").GetInt32(), root.GetProperty("version").GetInt64()));
        Assert.Equal((rows[0].At, rows[^1].At), (root.GetProperty("from").GetInt64(), root.GetProperty("to").GetInt64()));
        var density = root.GetProperty("density").EnumerateArray().Select(span => span.GetInt32()).ToList();
        Assert.Equal((200, rows.Count), (density.Count, density.Sum()));
        Assert.Equal(["opened", "revealed", "ballot-opened", "ballot-closed"], root.GetProperty("chapters").EnumerateArray().Select(chapter => chapter.GetProperty("kind").GetString()!));
    }

    /// <summary>A bit of everything that changes a view.</summary>
    private static async Task LiveThroughItAsync(Room room, LivePerson dana, LivePerson noa)
    {
        var facilitator = room.Facilitator;
        var ideas = new List<string>();
        foreach (var at in Enumerable.Range(0, 8)) ideas.Add(await room.WriteAsync(at % 2 == 0 ? dana : noa, $"Idea {at}"));
        await room.DoAsync(facilitator, "reveal-ideas", new { });
        if (facilitator.Board.Facts!.Moderation == "approve")
            foreach (var idea in ideas.Take(6)) await room.DoAsync(facilitator, "approve-idea", new { idea });
        await room.DoAsync(dana, "edit-idea", new { idea = ideas[0], text = "Idea 0, edited" });
        await room.DoAsync(facilitator, "hide-idea", new { idea = ideas[1], reason = "Twice" });
        await room.DoAsync(noa, "withdraw-idea", new { idea = ideas[3] });
        var (theme, lane) = (Ids.New(), Ids.New());
        await room.DoAsync(facilitator, "add-theme", new { theme, title = "Green", colour = 3 });
        await room.DoAsync(facilitator, "theme-idea", new { idea = ideas[2], theme });
        await room.DoAsync(facilitator, "add-lane", new { lane, title = "Later" });
        await room.DoAsync(facilitator, "move-idea", new { idea = ideas[4], lane });
        var ballot = await room.OpenBallotAsync();
        await room.VoteAsync(dana, ballot, ideas[2], 2);
        await room.VoteAsync(noa, ballot, ideas[4], 1);
        await room.DoAsync(facilitator, "merge-idea", new { idea = ideas[4], into = ideas[2] });
        await room.DoAsync(facilitator, "rename-theme", new { theme, title = "Very green" });
        await room.DoAsync(facilitator, "close-ballot", new { ballot });
        await room.DoAsync(facilitator, "remove-theme", new { theme });
        await room.DoAsync(facilitator, "unmerge-idea", new { idea = ideas[4] });
    }
}
