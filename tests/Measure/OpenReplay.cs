using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Boards;
using LiveCoCreate.Grains.Workshops;
using LiveCoCreate.Web;
using LiveCoCreate.Wire.Servers;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using static LiveCoCreate.Grains.Boards.BoardCommand;

namespace LiveCoCreate.Measure;

/// <summary>How fast the replay of a long session opens: outline, the board at a moment, and the first frames from there, on a
/// server that has just started, from the beginning, the middle and the end; then again. The session is written by this process; the servers that it is
/// opened on are others: one is asked the moment it opens, while it still warms up, the other when it has.</summary>
internal static class OpenReplay
{
    private const int Ideas = 300;
    private const int People = 1000;
    private static readonly TimeSpan WarmUpTakes = TimeSpan.FromSeconds(2);

    public static async Task<int> RunAsync(int events)
    {
        var data = Directory.CreateTempSubdirectory("replay").FullName;
        var (workshop, board, cookie) = await FillAsync(["--urls", "http://127.0.0.1:0", "--DataFolder", data, "--Logging:LogLevel:Default=Warning"], events);

        var worst = 0.0;
        foreach (var waits in new[] { TimeSpan.Zero, WarmUpTakes })
        {
            await using var server = new ServerProcess(data);
            await server.StartAsync();
            await Task.Delay(waits);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"asked {waits.TotalSeconds:0} s after the server opened"));
            using var http = new HttpClient { BaseAddress = server.Address };
            http.DefaultRequestHeaders.Add("Cookie", cookie);
            worst = await OpenAsync(http, $"workshop={workshop}&as=facilitator", board);
        }

        Directory.Delete(data, recursive: true);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"worst, once the server has warmed up: {worst:0} ms until the board is shown (1000 at most)"));
        return worst < 1000 ? 0 : 1;
    }

    private static async Task<double> OpenAsync(HttpClient http, string seat, string board)
    {
        var worst = 0.0;
        foreach (var pass in new[] { "first", "again" })
        {
            foreach (var place in new[] { 1.0, 0.5, 0.02 })
            {
                var clock = Stopwatch.StartNew();
                var outline = await http.GetFromJsonAsync<JsonElement>($"/api/boards/{board}/timeline?{seat}");
                var outlined = clock.Elapsed.TotalMilliseconds;
                var (from, to) = (outline.GetProperty("from").GetInt64(), outline.GetProperty("to").GetInt64());
                var at = from + (long)((to - from) * place);
                var replay = await http.GetFromJsonAsync<JsonElement>($"/api/boards/{board}/replay?{seat}&at={at}");
                var viewed = clock.Elapsed.TotalMilliseconds;
                var since = replay.GetProperty("view").GetProperty("version").GetInt64();
                var frames = await http.GetFromJsonAsync<JsonElement>($"/api/boards/{board}/replay/frames?{seat}&since={since}&until={at + 10_000}&most=100");
                var all = clock.Elapsed.TotalMilliseconds;
                worst = Math.Max(worst, viewed);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{pass}, at {place:P0} of {outline.GetProperty("events").GetInt64()} events: outline {outlined:0} ms, board shown after {viewed:0} ms, {frames.GetProperty("frames").GetArrayLength()} frames more after {all:0} ms"));
            }
        }

        return worst;
    }

    internal static async Task<(string Workshop, string Board, string Cookie)> FillAsync(string[] args, int events)
    {
        await using var server = LiveServer.Build(args);
        await server.StartAsync();
        using var http = new HttpClient { BaseAddress = new Uri(server.Urls.First()) };
        using var made = await http.PostAsJsonAsync("/api/workshops", new { title = "A long session", language = "en", template = "blank", request = Convert.ToHexString(System.Security.Cryptography.RandomNumberGenerator.GetBytes(12)) });
        var answer = await made.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();
        var cookie = made.Headers.GetValues("Set-Cookie").First().Split(';')[0];
        var id = answer.GetProperty("workshop").GetString()!;

        var grains = server.Services.GetRequiredService<IGrains>();
        var step = (await grains.Workshop(new WorkshopId(id)).StateAsync()).Made!.Steps[0];
        var board = grains.Board(step.Board);
        var facilitator = new Caller(SeatKind.Facilitator, new PersonId("facilitator"));
        var start = TimeProvider.System.GetUtcNow();
        start = start.AddTicks(-(start.Ticks % TimeSpan.TicksPerMillisecond));
        var random = new Random(1);
        var clock = Stopwatch.StartNew();
        var sent = 0;
        ValueTask<Reply> Ask(Caller by, BoardCommand command)
        {
            var id = new byte[12];
            random.NextBytes(id);
            return board.SubmitAsync(new Submission<BoardCommand>(new CommandId(Ids.From(id)), by, start.AddMilliseconds(++sent * 54L), command));
        }

        await Ask(facilitator, new OpenBallot(new BallotId("ballot"), 100, 1, CountsDue.Live, false));
        for (var i = 0; i < Ideas; i++) await Ask(Person(i % People), new AddIdea(new IdeaId($"idea{i}"), step.Lanes[0].Lane, $"Idea number {i}, of the length that ideas mostly have, a sentence or so.", "en"));
        while (sent < events)
        {
            var together = Enumerable.Range(0, Math.Min(500, events - sent)).Select(_ =>
                Ask(Person(random.Next(People)), new CastVote(new BallotId("ballot"), new IdeaId($"idea{random.Next(Ideas)}"), random.Next(2))).AsTask()).ToArray();
            await Task.WhenAll(together);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{sent} commands written in {clock.Elapsed.TotalSeconds:0.0} s"));
        await server.StopAsync();
        return (id, step.Board.Value, cookie);
    }

    private static Caller Person(int i) => new(SeatKind.Participant, new PersonId($"person{i}"));
}
