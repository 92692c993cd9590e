using System.Diagnostics;
using System.Globalization;
using LiveCoCreate.Grains;
using LiveCoCreate.Silo.Embedded;
using LiveCoCreate.Silo.Journals;

namespace LiveCoCreate.Measure;

/// <summary>How long the first caller of a long board waits while it is activated: from its latest snapshot and what came after.
/// The first time in a process whose code for it is not compiled yet, then five times more.</summary>
internal static class Activation
{
    public static async Task<int> RunAsync(int events)
    {
        var data = Directory.CreateTempSubdirectory("activation").FullName;
        var (_, board, _) = await OpenReplay.FillAsync(["--urls", "http://127.0.0.1:0", "--DataFolder", data, "--Logging:LogLevel:Default=Warning"], events);

        await using var journal = SqliteJournal.Open(Path.Combine(data, "journal.db"));
        await using var secrets = SqliteSecrets.Open(Path.Combine(data, "secrets.db"));
        var times = new List<double>();
        for (var time = 0; time < 6; time++)
        {
            await using var silo = new EmbeddedSilo(journal, secrets, TimeProvider.System);
            var clock = Stopwatch.StartNew();
            var state = await silo.Board(new BoardId(board)).StateAsync();
            times.Add(clock.Elapsed.TotalMilliseconds);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"activation {time + 1}: {state.Version} events, {state.Ideas.Count} ideas, {times[^1]:0} ms"));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"first {times[0]:0} ms, median of the others {times.Skip(1).Order().ElementAt(2):0} ms (300 at most)"));
        Directory.Delete(data, recursive: true);
        return times[0] < 300 ? 0 : 1;
    }
}
