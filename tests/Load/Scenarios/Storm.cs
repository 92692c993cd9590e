using LiveCoCreate.Load.Figures;
using LiveCoCreate.Load.Rooms;
using LiveCoCreate.Load.Servers;

namespace LiveCoCreate.Load.Scenarios;

/// <summary>Everybody votes within a few seconds, at random moments, while ideas come in.</summary>
internal sealed class Storm(LoadOptions options) : Scenario(options)
{
    private const int WarmPeople = 200;
    public const int WarmStorms = 2;

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
        new("othersCpu", "others' share of the machine meanwhile", "%", 0, Compared: false),
    ];

    public override async Task PlayAsync(ServerProcess server, RunFigures figures, IProgress<Progress> progress)
    {
        using var network = new Network(server.Addresses);
        if (Options.Warm) await WarmUpAsync(server, network, progress);
        await using var watch = new UsageWatch(server);
        await using var room = await FillAsync(server, network, figures, progress);
        progress.Report(new("storm", 0, 1));
        var play = new StormPlay([new RoomInStorm(room, room.People)], Options);
        await play.PlayAsync(server, figures, watch);
        progress.Report(new("comparing", 1, 1));
        await play.CompareAsync(figures);
    }

    /// <summary>Smaller storms in other workshops. Several: what is used often is compiled twice, the first time only to be watched.</summary>
    public static async Task WarmUpAsync(ServerProcess server, Network network, IProgress<Progress> progress)
    {
        var small = new LoadOptions { Ideas = 20, Votes = 3, Seconds = 1.5 };
        for (var time = 0; time < WarmStorms; time++)
        {
            progress.Report(new("warming up", time, WarmStorms));
            await using var room = await Room.OpenAsync(server.Side, network, new RoomPlan(small.Ideas, small.Votes));
            await room.FillAsync(WarmPeople);
            await new StormPlay([new RoomInStorm(room, room.People)], small).PlayAsync();
        }

        await server.IdleAsync();
    }

    private async Task<Room> FillAsync(ServerProcess server, Network network, RunFigures figures, IProgress<Progress> progress)
    {
        var before = server.Usage();
        var room = await Room.OpenAsync(server.Side, network, new RoomPlan(Options.Ideas, Options.Votes, Options.Anonymous));
        await room.FillAsync(Options.People, inside => progress.Report(new("people come", inside, Options.People)));
        await Task.Delay(TimeSpan.FromSeconds(Options.Settle));
        if (Options.Warm) await server.IdleAsync();
        var connected = server.Usage();
        figures["people"] = Options.People;
        figures["memoryBefore"] = before.MiB;
        figures["memoryConnected"] = connected.MiB;
        figures["memoryEach"] = (connected.MiB - before.MiB) * 1024 / Options.People;
        return room;
    }
}
