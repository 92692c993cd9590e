using System.Collections.Immutable;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using LiveCoCreate.Grains.Journals;
using LiveCoCreate.Load.Figures;
using LiveCoCreate.Silo.Journals;
using LiveCoCreate.Wire;

namespace LiveCoCreate.Load.Scenarios;

/// <summary>The product's journals without anything around them: streams append batches, each waiting for its own to be durable. PostgreSQL is a
/// server of its own on the same disk, with its defaults, and runs by turns with SQLite.</summary>
internal static class JournalAlone
{
    private static readonly (int Streams, int Batch)[] Lives = [(1, 1), (1, 20), (1, 100), (20, 1), (200, 1), (1000, 1), (20, 20), (200, 5), (200, 20)];

    public static async Task<IReadOnlyList<JournalFigures>> RunAsync(LoadOptions options, IProgress<Progress> progress)
    {
        var figures = new List<JournalFigures>();
        foreach (var (streams, batch) in Lives)
        {
            progress.Report(new($"{streams} streams, batches of {batch}", figures.Count, options.Postgres ? 2 * Lives.Length : Lives.Length));
            var folder = Directory.CreateDirectory(Path.Combine(options.Servers.DataParent, $"journal-{Environment.ProcessId}-{figures.Count}")).FullName;
            try
            {
                await using (var sqlite = SqliteJournal.Open(Path.Combine(folder, "journal.db")))
                {
                    if (await sqlite.SynchronousAsync() != 2) throw new InvalidOperationException("The journal does not flush each commit.");
                    figures.Add(await MeasureAsync("SQLite", sqlite, folder, streams, batch, options.Seconds));
                }

                if (!options.Postgres) continue;
                await using var server = await PostgresServer.StartAsync();
                await using var database = await PostgresDatabase.OpenAsync(await server.NewDatabaseAsync(), CancellationToken.None);
                await using var postgres = new PostgresJournal(database);
                figures.Add(await MeasureAsync("PostgreSQL", postgres, folder, streams, batch, options.Seconds));
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        }

        return figures;
    }

    public static void Print(IReadOnlyList<JournalFigures> figures, double seconds, TextWriter to)
    {
        to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"journal: SQLite with synchronous=FULL{(figures.Any(each => each.Journal != "SQLite") ? ", and PostgreSQL" : "")}, {seconds} s each; flush: 4 KiB at the end of a file, just before"));
        to.WriteLine($"  {"journal",-10} {"streams",8} {"batch",6} {"events/s",12} {"append p50",12} {"p99 ms",10} {"commits/s",10} {"flush p50",10} {"p99 ms",8}");
        foreach (var each in figures)
        {
            to.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  {each.Journal,-10} {each.Streams,8} {each.Batch,6} {each.EventsPerSecond,12:N0} {each.AppendP50,12:N2} {each.AppendP99,10:N2} {each.CommitsPerSecond,10:N0} {each.FlushP50,10:N2} {each.FlushP99,8:N2}"));
        }
    }

    private static async Task<JournalFigures> MeasureAsync(string called, IJournal journal, string folder, int streams, int batch, double seconds)
    {
        var flush = Disk.Flush(folder);
        var (commits, appends, events) = (0L, new Samples(), 0L);
        using var meters = new MeterListener { InstrumentPublished = (instrument, listener) => { if (instrument.Name == "journal.commit.duration") listener.EnableMeasurementEvents(instrument); } };
        meters.SetMeasurementEventCallback<double>((_, _, _, _) => Interlocked.Increment(ref commits));
        meters.Start();

        var start = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, streams).Select(stream => Task.Run(async () =>
        {
            var (name, version) = ($"board/{Ids.New()}", 0L);
            while (Stopwatch.GetElapsedTime(start).TotalSeconds < seconds)
            {
                var envelopes = Batch(name, version, batch);
                var began = Stopwatch.GetTimestamp();
                await journal.AppendAsync(name, version, envelopes, CancellationToken.None);
                appends.Add(start, began, Stopwatch.GetTimestamp());
                version += batch;
                Interlocked.Add(ref events, batch);
            }
        })));
        var took = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var sorted = appends.Sorted();
        return new JournalFigures(called, streams, batch, events / took, Percentiles.At(sorted, 0.5), Percentiles.At(sorted, 0.99), commits / took, Percentiles.At(flush, 0.5), Percentiles.At(flush, 0.99));
    }

    /// <summary>Votes, as a storm writes them.</summary>
    private static ImmutableArray<Envelope> Batch(string stream, long version, int events)
    {
        var now = TimeProvider.System.GetUtcNow();
        var at = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMillisecond));
        return [.. Enumerable.Range(1, events).Select(more => new Envelope(
            stream, version + more, "vote-cast", at, "r2Jc0sZbP5hAqT1v", Ids.New(),
            """{"ballot":"x1Y2z3A4b5C6d7E8","voter":"Zt3kQ9mP0aB1cD2eF3gH4iJ5kL6mN7oP8qR9sT0uV1w","idea":"a1B2c3D4e5F6g7H8","dots":1}"""))];
    }
}

/// <summary>What the journal did in one way of life.</summary>
internal sealed record JournalFigures(
    string Journal, int Streams, int Batch, double EventsPerSecond, double AppendP50, double AppendP99, double CommitsPerSecond, double FlushP50, double FlushP99);
