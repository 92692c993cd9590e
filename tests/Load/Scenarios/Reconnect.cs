using System.Diagnostics;
using LiveCoCreate.Load.Figures;
using LiveCoCreate.Load.Rooms;
using LiveCoCreate.Load.Servers;

namespace LiveCoCreate.Load.Scenarios;

/// <summary>The hall's network goes away for a moment: every connection drops at once. A few people elsewhere stay and vote on.</summary>
internal sealed class Reconnect(LoadOptions options) : Scenario(options)
{
    private const int Staying = 20;
    private const int VotesWhileAway = 3;

    public override string Title =>
        $"reconnect: {Options.People} people lose their connections at once, {Options.Ideas} ideas{(Options.Warm ? ", warm" : "")}; median of {Options.Runs}";

    public override string LatencyTitle => "From the cut to being current again";

    public override IReadOnlyList<Kind> Kinds { get; } =
    [
        new("current.p50", "current again, p50", "ms"),
        new("current.p99", "current again, p99", "ms"),
        new("current.max", "all current again", "ms"),
        new("failures", "attempts that failed", "", 0, Compared: false),
        new("resyncs", "whole views fetched", "", 0, Compared: false),
        new("lost", "votes lost", "", 0, Compared: false),
        new("doubled", "votes doubled", "", 0, Compared: false),
        new("cpu", "server's processor time", "s", 2),
        new("memoryConnected", "server's memory with all connected", "MiB"),
        new("memoryPeak", "server's memory, greatest", "MiB"),
        new("bytes", "bytes received, each client", "KiB"),
        new("clientCpu", "load client's own processor time", "s", 2, Compared: false),
        new("othersCpu", "others' share of the machine meanwhile", "%", 0, Compared: false),
    ];

    public override async Task PlayAsync(ServerProcess server, RunFigures figures, IProgress<Progress> progress)
    {
        using var network = new Network(server.Addresses);
        if (Options.Warm) await Storm.WarmUpAsync(server, network, progress);
        await using var watch = new UsageWatch(server);
        await using var room = await Room.OpenAsync(server.Side, network, new RoomPlan(Options.Ideas, Options.Votes + VotesWhileAway));
        await room.FillAsync(Options.People + Staying, inside => progress.Report(new("people come", inside, Options.People + Staying)));
        var (stay, leave) = (room.People.Take(Staying).ToList(), room.People.Skip(Staying).ToList());
        var ledger = new Ledger(room) { Start = Stopwatch.GetTimestamp() };
        Vote(ledger, room, room.People, 0, Options.Votes);
        await Waiting.UntilAsync(() => ledger.IsEverywhere(room.People), Options.GiveUp);
        await Task.Delay(TimeSpan.FromSeconds(Options.Settle));
        if (Options.Warm) await server.IdleAsync();

        progress.Report(new("all are cut", 0, 1));
        var effort = new Effort(server);
        var (connected, bytes, random, failures, current) = (server.Usage(), leave.Sum(person => person.Bytes), new Random(Options.Seed), 0, new Samples());
        var start = Stopwatch.GetTimestamp();
        foreach (var person in leave) person.Cut();
        Vote(ledger, room, stay, Options.Votes, VotesWhileAway);
        await Task.WhenAll(leave.Select(async person =>
        {
            await Waiting.UntilAsync(() => !person.IsConnected, Options.GiveUp);
            Interlocked.Add(ref failures, await person.ComeBackAsync(random));
            current.Add(start, start, person.WholeAt);
            progress.Report(new("coming back", current.Count, leave.Count));
        }));

        effort.AddTo(figures);
        figures.AddPercentiles("current", current.Sorted());
        (figures["failures"], figures["resyncs"]) = (failures, leave.Sum(person => person.Resyncs));
        (figures["memoryConnected"], figures["memoryPeak"]) = (connected.MiB, watch.Peak(start));
        figures["bytes"] = (leave.Sum(person => person.Bytes) - bytes) / 1024.0 / leave.Count;
        (figures.Memory, figures.Latencies) = (watch.Memory(start), [.. current.All]);
        await Waiting.UntilAsync(() => ledger.IsEverywhere(room.People), Options.GiveUp);
        await Task.Delay(TimeSpan.FromMilliseconds(300));
        await ledger.CompareAsync(figures, room.People);
    }

    /// <summary>Each person votes for so many ideas, others than before.</summary>
    private static void Vote(Ledger ledger, Room room, IEnumerable<Participant> people, int first, int votes)
    {
        foreach (var person in people)
        {
            for (var vote = first; vote < Math.Min(first + votes, room.Ideas.Count); vote++)
            {
                var idea = (person.Number + vote) % room.Ideas.Count;
                ledger.Vote(person, idea, 1, room.Vote(room.Ideas[idea], 1));
            }
        }
    }
}
