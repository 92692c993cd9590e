using LiveCoCreate.Load.Figures;
using LiveCoCreate.Load.Rooms;
using LiveCoCreate.Load.Servers;

namespace LiveCoCreate.Load.Scenarios;

/// <summary>Commands at a steady rate, at random moments: how long an answer takes when it is durable, beside one that is not.</summary>
internal sealed class Pace(LoadOptions options) : Scenario(options)
{
    public override string Title =>
        $"pace: {Options.Rate} commands a second by {Options.People} people for {Options.Seconds} s{(Options.Warm ? ", warm" : "")}; median of {Options.Runs}";

    public override string LatencyTitle => "From sending a command to its answer";

    public override IReadOnlyList<Kind> Kinds { get; } =
    [
        new("ack.p50", "answer, p50", "ms", 2),
        new("ack.p99", "answer, p99", "ms", 2),
        new("ack.max", "answer, slowest", "ms", 2),
        new("flush.p50", "one flush of this disk, p50", "ms", 2, Compared: false),
        new("flush.p99", "one flush of this disk, p99", "ms", 2, Compared: false),
        new("allowed", "the floor's p50 and three flushes", "ms", 2, Compared: false),
        new("rate", "commands a second", "", 0, Compared: false),
        new("lost", "votes lost", "", 0, Compared: false),
        new("doubled", "votes doubled", "", 0, Compared: false),
        new("cpu", "server's processor time", "s", 2),
        new("othersCpu", "others' share of the machine meanwhile", "%", 0, Compared: false),
    ];

    public override async Task PlayAsync(ServerProcess server, RunFigures figures, IProgress<Progress> progress)
    {
        figures.AddPercentiles("flush", Disk.Flush(Options.Servers.DataParent));
        using var network = new Network(server.Addresses);
        if (Options.Warm) await Storm.WarmUpAsync(server, network, progress);
        await using var watch = new UsageWatch(server);
        await using var room = await Room.OpenAsync(server.Side, network, new RoomPlan(Options.Ideas, Options.Ideas));
        await room.FillAsync(Options.People, inside => progress.Report(new("people come", inside, Options.People)));
        await Task.Delay(TimeSpan.FromSeconds(Options.Settle));
        if (Options.Warm) await server.IdleAsync();

        progress.Report(new("commands", 0, 1));
        var (ledger, random, voters) = (new Ledger(room), new Random(Options.Seed), new Voters(room));
        var effort = new Effort(server);
        var moments = Enumerable.Range(0, (int)(Options.Rate * Options.Seconds)).Select(_ => random.NextDouble() * Options.Seconds * 1000).Order().ToList();
        (ledger.Start, var done) = Timetable.Begin(moments.Select(at => (at, (Action)(() => voters.VoteSomewhere(ledger, random)))));
        await done;
        await Waiting.UntilAsync(() => ledger.IsSettled(room.People), Options.GiveUp);
        effort.AddTo(figures);
        figures["rate"] = ledger.Accepted / Options.Seconds;
        figures.AddPercentiles("ack", ledger.Acks.Sorted());
        (figures.Memory, figures.Latencies) = (watch.Memory(ledger.Start), ledger.Acks.All);
        if (server.Side is Side.Floor) figures["allowed"] = figures["ack.p50"] + 3 * figures["flush.p50"];
        await Task.Delay(TimeSpan.FromMilliseconds(300));
        await ledger.CompareAsync(figures, room.People);
    }
}
