using System.Text.Json;
using LiveCoCreate.Live.Servers;
using LiveCoCreate.Rehearsal;
using LiveCoCreate.Wire;
using LiveCoCreate.Wire.Servers;
using Xunit.Abstractions;

namespace LiveCoCreate.Live.Killing;

/// <summary>P1 and P2 for the whole program, on a real disk: kill -9 at any moment.</summary>
public sealed class KillTests(ITestOutputHelper output) : IDisposable
{
    private const int Kills = 10;
    private const int Seed = 20_250_101;

    private readonly TemporaryFolder _folder = new();

    [RecordingFact("freshwater")] // P1, P2, L4
    public async Task A_server_killed_ten_times_during_a_conversation_loses_nothing_it_acknowledged_and_doubles_nothing()
    {
        await using var server = new ServerProcess(_folder.Path);
        await ConverseAsync(server, Kills, null, () => Task.FromResult(JournalFile.Read(_folder.Path)));
    }

    [RecordingFact("freshwater")] // P1, P2, L4, J5
    public async Task A_server_on_PostgreSQL_and_PostgreSQL_itself_killed_by_turns_lose_nothing_and_double_nothing()
    {
        await using var database = await PostgresServer.StartAsync();
        var journal = await database.NewDatabaseAsync();
        await using var server = new ServerProcess(_folder.Path, journal);
        await ConverseAsync(server, 4, database, () => JournalFile.ReadPostgresAsync(journal));
    }

    public void Dispose() => _folder.Dispose();

    private async Task ConverseAsync(ServerProcess server, int kills, PostgresServer? database, Func<Task<IReadOnlyList<Row>>> journal)
    {
        var recording = Recordings.Read("freshwater");
        var acknowledged = new Dictionary<string, (Command Command, Answer Answer)>();
        await server.StartAsync();
        var (commands, assassin) = (CommandsIn(recording), new Assassin(server, Points(CommandsIn(recording), kills), database));
        Assert.All(Points(commands, kills), point => Assert.InRange(point, commands * 0.05, commands * 0.95));

        var result = await new RehearsalRun(new RehearsalOptions(server.Address, recording)
        {
            // Long enough for ten restarts on a busy machine; what is lost is not to keep the test waiting for ever.
            GiveUpAfter = TimeSpan.FromSeconds(45),
            SettleWithin = TimeSpan.FromSeconds(20),
            Witness = assassin.Witness,
            Answered = (command, answer) => { lock (acknowledged) acknowledged.Add(command.Id, (command, answer)); },
        }).RunAsync();
        await assassin.Restarted;
        server.Kill();
        await server.GoneAsync();

        foreach (var death in assassin.Deaths) output.WriteLine($"killed after {death.Answered} answers, with {death.InFlight} commands in flight");
        output.WriteLine($"{result.Commands} commands, {result.Line.Reconnects} reconnects, {acknowledged.Values.Count(each => each.Answer.Attempts > 1)} sent again, {result.WallSeconds} s");
        Assert.Equal(kills, assassin.Deaths.Count);
        Assert.All(assassin.Deaths, death => Assert.InRange(death.InFlight, 1, int.MaxValue));
        Assert.All(assassin.Deaths, death => Assert.InRange(death.Answered, result.Commands * 0.05, result.Commands * 0.95));
        Assert.Empty(result.Differences.Take(20));
        Assert.True(result.Equal);
        Assert.Contains(acknowledged.Values, each => each.Answer.Attempts > 1);

        var rows = await journal();
        NoGaps(rows);
        NothingTwice(rows);
        Assert.All(acknowledged.Values, each => IsThere(each.Command, each.Answer, rows.Where(row => row.Command == each.Command.Id).ToList()));
    }

    /// <summary>One in each equal part of the rehearsal between 5 % and 95 %, at random.</summary>
    private static IEnumerable<int> Points(int commands, int kills)
    {
        var random = new Random(Seed);
        return Enumerable.Range(0, kills).Select(each => (int)(commands * (0.05 + 0.9 * (each + random.NextDouble()) / kills)));
    }

    private static int CommandsIn(Recording recording)
    {
        var (acts, statements) = (Script.Of(recording).Acts.Count(act => act.Kind != ActKind.LastVote), recording.Statements);
        // Each statement is approved, and the rejected ones are hidden in the end.
        return acts + statements.Count + statements.Count(statement => statement.Moderated == Moderated.Rejected);
    }

    // J2
    private static void NoGaps(IReadOnlyList<Row> rows)
    {
        foreach (var stream in rows.GroupBy(row => row.Stream))
            Assert.Equal(Enumerable.Range(1, stream.Count()).Select(version => (long)version), stream.Select(row => row.Version));
    }

    // P2: all events of one person's command stand together; had it been accepted twice, there would be two places.
    private static void NothingTwice(IReadOnlyList<Row> rows)
    {
        foreach (var command in rows.Where(row => row.By is not null).GroupBy(row => (row.By, row.Command)))
        {
            Assert.Single(command.Select(row => row.Stream).Distinct());
            Assert.Equal(command.Count() - 1, command.Max(row => row.Version) - command.Min(row => row.Version));
            Assert.Equal(command.Count(), command.Select(row => (row.Type, row.Payload)).Distinct().Count());
        }
    }

    private static void IsThere(Command command, Answer answer, List<Row> rows)
    {
        Assert.True(answer.Accepted, $"{answer.Refusal}");
        Assert.Equal(answer.Version, rows.Max(row => row.Version));
        using var asked = JsonDocument.Parse(command.Json);
        var (type, happened) = asked.RootElement.GetProperty("type").GetString() switch
        {
            "add-idea" => ("idea-added", new[] { "idea", "lane", "text" }),
            "approve-idea" => ("idea-approved", ["idea"]),
            "hide-idea" => ("idea-hidden", ["idea", "reason"]),
            "cast-vote" => ("vote-cast", ["ballot", "idea", "dots"]),
            "open-ballot" => ("ballot-opened", ["ballot", "budget", "mostPerIdea"]),
            var other => (other, []),
        };
        if (happened.Length == 0) return;
        var row = Assert.Single(rows, row => row.Type == type);
        using var payload = JsonDocument.Parse(row.Payload);
        foreach (var field in happened) Assert.Equal(Text(asked.RootElement.GetProperty(field)), Text(payload.RootElement.GetProperty(field)));
    }

    private static string Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()!.Trim() : value.GetRawText();
}
