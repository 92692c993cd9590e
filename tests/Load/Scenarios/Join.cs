using System.Diagnostics;
using LiveCoCreate.Load.Figures;
using LiveCoCreate.Load.Rooms;
using LiveCoCreate.Load.Servers;

namespace LiveCoCreate.Load.Scenarios;

/// <summary>A hall opens the join link within a few seconds.</summary>
internal sealed class Join(LoadOptions options) : Scenario(options)
{
    public override string Title =>
        $"join: {Options.People} people enter within {Options.Seconds} s, a board of {Options.Ideas} ideas{(Options.Warm ? ", warm" : "")}; median of {Options.Runs}";

    public override string LatencyTitle => "From opening the link to a complete board that is followed";

    public override IReadOnlyList<Kind> Kinds { get; } =
    [
        new("shown.p50", "complete board shown, p50", "ms"),
        new("shown.p99", "complete board shown, p99", "ms"),
        new("shown.max", "complete board shown, slowest", "ms"),
        new("live.p50", "complete and followed, p50", "ms"),
        new("live.p99", "complete and followed, p99", "ms"),
        new("live.max", "complete and followed, slowest", "ms"),
        new("cpu", "server's processor time", "s", 2),
        new("memoryBefore", "server's memory before they come", "MiB"),
        new("memoryPeak", "server's memory, greatest", "MiB"),
        new("memoryEach", "memory, each connected participant", "KiB"),
        new("bytes", "bytes received, each client", "KiB"),
        new("resyncs", "views fetched again", "", 0, Compared: false),
        new("clientCpu", "load client's own processor time", "s", 2, Compared: false),
        new("othersCpu", "others' share of the machine meanwhile", "%", 0, Compared: false),
    ];

    public override async Task PlayAsync(ServerProcess server, RunFigures figures, IProgress<Progress> progress)
    {
        using var network = new Network(server.Addresses);
        if (Options.Warm) await Storm.WarmUpAsync(server, network, progress);
        progress.Report(new("writing the ideas", 0, 1));
        await using var watch = new UsageWatch(server);
        await using var room = await Room.OpenAsync(server.Side, network, new RoomPlan(Options.Ideas, 1));
        var people = Enumerable.Range(0, Options.People).Select(_ => room.Expect()).ToList();
        var random = new Random(Options.Seed);
        var (shown, live, coming) = (new Samples(), new Samples(), new List<Task>());
        GC.Collect();
        var (before, effort) = (server.Usage(), new Effort(server));

        var start = Stopwatch.GetTimestamp();
        async Task ComeAsync(Participant person)
        {
            var clicked = Stopwatch.GetTimestamp();
            await room.EnterAsync(person, () => shown.Add(start, clicked, Stopwatch.GetTimestamp()));
            live.Add(start, clicked, person.WholeAt);
            progress.Report(new("people come", live.Count, Options.People));
        }

        (start, var done) = Timetable.Begin(people.Select(person =>
            (random.NextDouble() * Options.Seconds * 1000, (Action)(() => { lock (coming) coming.Add(Task.Run(() => ComeAsync(person))); }))));
        await done;
        await Task.WhenAll(coming);

        effort.AddTo(figures);
        await Task.Delay(TimeSpan.FromSeconds(1));
        figures.AddPercentiles("shown", shown.Sorted());
        figures.AddPercentiles("live", live.Sorted());
        figures["memoryBefore"] = before.MiB;
        figures["memoryPeak"] = watch.Peak(start);
        figures["memoryEach"] = (server.Usage().MiB - before.MiB) * 1024 / Options.People;
        figures["bytes"] = people.Sum(person => person.Bytes) / 1024.0 / Options.People;
        figures["resyncs"] = people.Sum(person => person.Resyncs);
        (figures.Memory, figures.Latencies) = (watch.Memory(start), live.All);
        if (people.Count(person => person.Replica.Ideas != Options.Ideas) is > 0 and var incomplete) figures.Problems.Add($"{incomplete} people do not have all ideas");
    }
}
