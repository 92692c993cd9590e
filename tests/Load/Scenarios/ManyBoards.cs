using LiveCoCreate.Load.Figures;
using LiveCoCreate.Load.Rooms;
using LiveCoCreate.Load.Servers;

namespace LiveCoCreate.Load.Scenarios;

/// <summary>Many small workshops at once, each with its own storm.</summary>
internal sealed class ManyBoards(LoadOptions options) : Scenario(options)
{
    public override string Title =>
        $"boards: {Options.Workshops} workshops of {Options.People} people, {Options.Ideas} ideas, {Options.Votes} votes each within {Options.Seconds} s; median of {Options.Runs}";

    public override string LatencyTitle => "A new idea, from being sent to each client's replica";

    public override ServerOptions Servers => Options.Servers with { ManyBoards = true };

    public override IReadOnlyList<Kind> Kinds { get; } =
    [
        new("probe.p50", "probe to each client, p50", "ms"),
        new("probe.p99", "probe to each client, p99", "ms"),
        new("ack.p50", "answer to a command, p50", "ms"),
        new("ack.p99", "answer to a command, p99", "ms"),
        new("full", "full tally, in the slowest workshop", "ms"),
        new("lost", "votes lost", "", 0, Compared: false),
        new("doubled", "votes doubled", "", 0, Compared: false),
        new("cpu", "server's processor time", "s", 2),
        new("memoryBefore", "server's memory before they come", "MiB"),
        new("memoryPeak", "server's memory, greatest", "MiB"),
        new("memoryEach", "memory, each connected participant", "KiB"),
        new("bytes", "bytes received, each client", "KiB"),
        new("clientCpu", "load client's own processor time", "s", 2, Compared: false),
        new("othersCpu", "others' share of the machine meanwhile", "%", 0, Compared: false),
    ];

    public override async Task PlayAsync(ServerProcess server, RunFigures figures, IProgress<Progress> progress)
    {
        using var network = new Network(server.Addresses);
        if (Options.Warm) await Storm.WarmUpAsync(server, network, progress);
        await using var watch = new UsageWatch(server);
        var before = server.Usage();
        var rooms = new List<Room>();
        try
        {
            for (var number = 0; number < Options.Workshops; number++)
            {
                // The warm-up made workshops too.
                rooms.Add(await Room.OpenAsync(server.Side, network, new RoomPlan(Options.Ideas, Options.Votes), number + Storm.WarmStorms));
                await rooms[number].FillAsync(Options.People);
                progress.Report(new("workshops open", number + 1, Options.Workshops));
            }

            await Task.Delay(TimeSpan.FromSeconds(Options.Settle));
            if (Options.Warm) await server.IdleAsync();
            figures["memoryBefore"] = before.MiB;
            figures["memoryEach"] = (server.Usage().MiB - before.MiB) * 1024 / Options.People / Options.Workshops;
            progress.Report(new("storm", 0, 1));
            var play = new StormPlay([.. rooms.Select(room => new RoomInStorm(room, room.People))], Options);
            await play.PlayAsync(server, figures, watch);
            await play.CompareAsync(figures);
        }
        finally
        {
            foreach (var room in rooms) await room.DisposeAsync();
        }
    }
}
