using System.Diagnostics;
using LiveCoCreate.Load.Figures;
using LiveCoCreate.Load.Rooms;
using LiveCoCreate.Load.Servers;
using LiveCoCreate.Wire;

namespace LiveCoCreate.Load.Scenarios;

/// <summary>Everybody votes within a few seconds, at random moments, while ideas come in.</summary>
internal sealed class Storm(LoadOptions options) : Scenario(options)
{
    private const int ProbeEveryMs = 100;
    private const int WarmPeople = 200;
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1);

    public override string Title =>
        $"storm: {Options.People} people, {Options.Ideas} ideas, {Options.Votes} votes each within {Options.Seconds} s{(Options.Warm ? ", warm" : "")}; median of {Options.Runs}";

    public override string LatencyTitle => "A new idea, from being sent to each client's replica";

    public override IReadOnlyList<Kind> Kinds { get; } =
    [
        new("probe.p50", "probe to each client, p50", "ms"),
        new("probe.p99", "probe to each client, p99", "ms"),
        new("probe.max", "probe to each client, greatest", "ms"),
        new("everyone.p50", "probe to every client, p50", "ms"),
        new("everyone.p99", "probe to every client, p99", "ms"),
        new("ack.p50", "answer to a command, p50", "ms"),
        new("ack.p99", "answer to a command, p99", "ms"),
        new("full", "full tally everywhere, after the last vote", "ms"),
        new("fullAcked", "full tally everywhere, after its answer", "ms", Compared: false),
        new("lost", "votes lost", "", 0, Compared: false),
        new("doubled", "votes doubled", "", 0, Compared: false),
        new("cpu", "server's processor time", "s", 2),
        new("cpuEach", "server's processor time, each participant", "ms", 2),
        new("memoryBefore", "server's memory before they come", "MiB"),
        new("memoryConnected", "server's memory with all connected", "MiB"),
        new("memoryPeak", "server's memory, greatest", "MiB"),
        new("memoryEach", "memory, each connected participant", "KiB"),
        new("bytes", "bytes received, each client", "KiB"),
        new("resyncs", "views fetched again", "", 0, Compared: false),
        new("clientCpu", "load client's own processor time", "s", 2, Compared: false),
    ];

    public override async Task PlayAsync(ServerProcess server, RunFigures figures, IProgress<Progress> progress)
    {
        using var network = new Network(server.Address);
        if (Options.Warm) await WarmUpAsync(server.Side, network, progress);
        await using var watch = new UsageWatch(server);
        var before = server.Usage();
        await using var room = await Room.OpenAsync(server.Side, network, new RoomPlan(Options.Ideas, Options.Votes, Options.Anonymous));
        await room.FillAsync(Options.People, inside => progress.Report(new("people come", inside, Options.People)));
        await Task.Delay(Quiet);
        var connected = server.Usage();
        figures["memoryBefore"] = before.MiB;
        figures["memoryConnected"] = connected.MiB;
        figures["memoryEach"] = (connected.MiB - before.MiB) * 1024 / Options.People;

        progress.Report(new("storm", 0, 1));
        await BlowAsync(room, figures, server, watch, Options);
        progress.Report(new("comparing", 1, 1));
    }

    /// <summary>A smaller storm in another workshop, so that both servers and this client have compiled what they use.</summary>
    public static async Task WarmUpAsync(Side side, Network network, IProgress<Progress> progress, int people = WarmPeople)
    {
        progress.Report(new("warming up", 0, 1));
        var small = new LoadOptions { People = people, Ideas = 20, Votes = 3, Seconds = 1.5 };
        await using var room = await Room.OpenAsync(side, network, new RoomPlan(small.Ideas, small.Votes));
        await room.FillAsync(small.People);
        await BlowAsync(room, new RunFigures(side, 0), null, null, small);
    }

    /// <summary>The storm itself, in a room full of people, until every replica has everything.</summary>
    private static async Task BlowAsync(Room room, RunFigures figures, ServerProcess? server, UsageWatch? watch, LoadOptions options)
    {
        var (ledger, probes) = (new Ledger(room), new Probes());
        room.Appeared = probes.Heard;
        var entries = Votes(room, ledger, options).Concat(Writing(room, ledger, probes, options)).ToList();
        GC.Collect();
        var bytes = room.People.Sum(person => person.Bytes);
        var (cpu, own) = (server?.Usage().CpuSeconds ?? 0, Environment.CpuUsage.TotalTime);

        var (start, done) = Timetable.Begin(entries);
        ledger.Start = start;
        await done;
        await WaitUntilAsync(() => ledger.IsEverywhere(room.People) && probes.All.All(probe => probe.IsEverywhere), options.GiveUp);
        if (server is null || watch is null) return;

        figures["cpu"] = server.Usage().CpuSeconds - cpu;
        figures["cpuEach"] = figures["cpu"] * 1000 / options.People;
        figures["clientCpu"] = (Environment.CpuUsage.TotalTime - own).TotalSeconds;
        figures["bytes"] = (room.People.Sum(person => person.Bytes) - bytes) / 1024.0 / options.People;
        // What comes twice may come late.
        await Task.Delay(TimeSpan.FromMilliseconds(300));
        probes.AddTo(figures);
        figures.AddPercentiles("ack", ledger.Acks.Sorted());
        var fullAt = room.People.Max(person => person.Replica.LastTallyAt);
        figures["full"] = Stopwatch.GetElapsedTime(ledger.LastVoteSentAt, fullAt).TotalMilliseconds;
        figures["fullAcked"] = Stopwatch.GetElapsedTime(ledger.LastVoteAckedAt, fullAt).TotalMilliseconds;
        figures["memoryPeak"] = watch.Peak(start);
        figures["resyncs"] = room.People.Sum(person => person.Resyncs);
        figures.Memory = watch.Memory(start);
        figures.Latencies = [.. probes.EachClient(start)];
        await ledger.CompareAsync(figures, room.People);
        var missing = probes.All.Count(probe => !probe.IsEverywhere);
        if (missing > 0) figures.Problems.Add($"{missing} of {probes.All.Count} probes are not in every replica after {options.GiveUp} s");
        if (room.People.Count(person => !person.IsConnected) is > 0 and var gone) figures.Problems.Add($"{gone} connections were lost");
    }

    private static IEnumerable<(double, Action)> Votes(Room room, Ledger ledger, LoadOptions options)
    {
        var random = new Random(options.Seed);
        foreach (var person in room.People)
        {
            foreach (var idea in Choose(random, room.Ideas.Count, options.Votes))
            {
                var arguments = room.Vote(room.Ideas[idea], 1);
                yield return (random.NextDouble() * options.Seconds * 1000, () => ledger.Vote(person, idea, 1, arguments));
            }
        }
    }

    /// <summary>One idea in each 100 ms, at a random moment of it: a fixed beat would lock to the server's.</summary>
    private static IEnumerable<(double, Action)> Writing(Room room, Ledger ledger, Probes probes, LoadOptions options)
    {
        var random = new Random(options.Seed + 1);
        for (var from = 0.0; from < options.Seconds * 1000; from += ProbeEveryMs)
        {
            var (person, id) = (room.People[random.Next(room.People.Count)], Ids.New());
            var arguments = room.Write(id, "A new idea, written in the middle of a storm of votes, as it happens in life.");
            yield return (from + random.NextDouble() * ProbeEveryMs, () =>
            {
                probes.Sent(room.Numbers.Of(id), room.People.Count);
                ledger.Send(person, arguments);
            });
        }
    }

    /// <summary>So many different numbers below a limit.</summary>
    private static HashSet<int> Choose(Random random, int below, int many)
    {
        var chosen = new HashSet<int>();
        while (chosen.Count < Math.Min(many, below)) chosen.Add(random.Next(below));
        return chosen;
    }

    public static async Task<bool> WaitUntilAsync(Func<bool> holds, double seconds)
    {
        var start = Stopwatch.GetTimestamp();
        while (!holds())
        {
            if (Stopwatch.GetElapsedTime(start).TotalSeconds > seconds) return false;
            await Task.Delay(5);
        }

        return true;
    }
}
