using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Boards;
using LiveCoCreate.Grains.Turns;
using LiveCoCreate.Silo.Embedded;
using LiveCoCreate.Silo.Journals;
using LiveCoCreate.Web.Watch;
using LiveCoCreate.Wire.Servers;

namespace LiveCoCreate.Measure;

/// <summary>How long the first caller of a long board waits while it is activated: from its latest snapshot and what came after. The first time in a process
/// that has just started: warmed up, as a server is before it opens its door, and without that, when the code for it is not compiled yet; then five times more.
/// The board is written by this process, which by then has compiled everything, so it is opened in others, one after another, that do nothing else.</summary>
internal static class Activation
{
    private const int Processes = 5;
    private const int Times = 6;

    public static async Task<int> RunAsync(int events)
    {
        var data = Directory.CreateTempSubdirectory("activation").FullName;
        var (_, board, _) = await OpenReplay.FillAsync(["--urls", "http://127.0.0.1:0", "--DataFolder", data, "--Logging:LogLevel:Default=Warning"], events);
        var (warmed, cold, later) = (new List<double>(), new List<double>(), new List<double>());
        for (var process = 1; process <= Processes; process++)
        {
            foreach (var (how, first) in new[] { ("warmed up", warmed), ("cold", cold) })
            {
                var (code, said) = await ProgramProcess.RunAsync("LiveCoCreate.Measure.dll", "activate", data, board, how);
                if (code != 0) throw new InvalidOperationException(string.Join('\n', said));
                var times = JsonSerializer.Deserialize<double[]>(said[^1])!;
                first.Add(times[0]);
                later.AddRange(times[1..]);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"process {process}, {how}: {said[0]}; {times[0]:0} ms, then {string.Join(", ", times.Skip(1).Select(time => time.ToString("0", CultureInfo.InvariantCulture)))} ms"));
            }
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"in a process that has just started, warmed up as a server is, {Median(warmed):0} ms (300 at most); cold {Median(cold):0} ms; later on {Median(later):0} ms; medians of {warmed.Count}, {cold.Count} and {later.Count}"));
        Directory.Delete(data, recursive: true);
        return Median(warmed) < 300 ? 0 : 1;
    }

    /// <summary>What each of those processes does: says what it found, and how many milliseconds each time took.</summary>
    public static async Task<int> OpenAsync(string data, BoardId board, bool warmedUp)
    {
        if (warmedUp) await WarmUp.HoldAsync();
        await using var journal = SqliteJournal.Open(Path.Combine(data, "journal.db"));
        await using var secrets = SqliteSecrets.Open(Path.Combine(data, "secrets.db"));
        var (times, state) = (new List<double>(), Board.Empty);
        for (var time = 0; time < Times; time++)
        {
            await using var silo = new EmbeddedSilo(journal, secrets, TimeProvider.System);
            var began = Stopwatch.GetTimestamp();
            state = await silo.Board(board).StateAsync();
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        var snapshot = await journal.FindSnapshotAsync(board.Stream, ShapeOf<Board, BoardCommand, BoardEvent>(), long.MaxValue, CancellationToken.None);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{state.Version} events, {state.Version - (snapshot?.Version ?? 0)} of them after the snapshot, {state.Ideas.Count} ideas"));
        Console.WriteLine(JsonSerializer.Serialize(times));
        return 0;
    }

    private static string ShapeOf<TState, TCommand, TEvent>()
        where TState : ISourced<TState, TCommand, TEvent> => TState.StateVersion;

    private static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);
}
