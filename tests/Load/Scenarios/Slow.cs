using System.Diagnostics;
using LiveCoCreate.Load.Figures;
using LiveCoCreate.Load.Rooms;
using LiveCoCreate.Load.Servers;

namespace LiveCoCreate.Load.Scenarios;

/// <summary>The same storm twice on one server: with healthy readers only, then with a few who read little or nothing. When it is over they
/// read again, and those who were let go come back.</summary>
internal sealed class Slow(LoadOptions options) : Scenario(options)
{
    private const int BytesAtOnce = 512;
    private const double PatienceSeconds = 10;
    private static readonly TimeSpan ToldWithin = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    public override string Title =>
        $"slow: {Options.Share} % of {Options.People} people read slowly or not at all, {Options.Votes} votes each within {Options.Seconds} s; median of {Options.Runs}";

    public override string LatencyTitle => "A new idea, from being sent to each healthy client's replica, with slow ones around";

    public override IReadOnlyList<Kind> Kinds { get; } =
    [
        new("probe.p50", "probe to each healthy client, p50", "ms"),
        new("probe.p99", "probe to each healthy client, p99", "ms"),
        new("without.p50", "the same without slow ones, p50", "ms"),
        new("without.p99", "the same without slow ones, p99", "ms"),
        new("noticed", "p99 with slow ones over p99 without", "", 2, Compared: false),
        new("behind", "healthy clients that lack something at the end", "", 0, Compared: false),
        new("memoryWithout", "server's memory without slow ones, greatest", "MiB"),
        new("memoryPeak", "server's memory with slow ones, greatest", "MiB"),
        new("bytes", "bytes received, each healthy client", "KiB"),
        new("slow", "slow clients", "", 0, Compared: false),
        new("caughtUp", "of them caught up on the same connection", "", 0, Compared: false),
        new("letGo", "of them were let go", "", 0, Compared: false),
        new("cameBack", "of these were complete after coming back", "", 0, Compared: false),
        new("toldWhy", "of these were told why", "", 0, Compared: false),
        new("lost", "votes lost", "", 0, Compared: false),
        new("doubled", "votes doubled", "", 0, Compared: false),
        new("cpu", "server's processor time", "s", 2),
        new("othersCpu", "others' share of the machine meanwhile", "%", 0, Compared: false),
    ];

    public override async Task PlayAsync(ServerProcess server, RunFigures figures, IProgress<Progress> progress)
    {
        using var network = new Network(server.Addresses);
        if (Options.Warm) await Storm.WarmUpAsync(server, network, progress);
        await using var watch = new UsageWatch(server);
        await WithoutAsync(server, network, figures, watch, progress);
        await WithAsync(server, network, figures, watch, progress);
        // The floor promises nothing here: what it did is said above, and is no fault of anybody's.
        if (server.Side is Side.Floor) figures.Problems.Clear();
    }

    private async Task WithoutAsync(ServerProcess server, Network network, RunFigures figures, UsageWatch watch, IProgress<Progress> progress)
    {
        await using var room = await Room.OpenAsync(server.Side, network, new RoomPlan(Options.Ideas, Options.Votes));
        await room.FillAsync(Options.People, inside => progress.Report(new("people come", inside, Options.People)));
        progress.Report(new("storm without slow readers", 0, 1));
        var (play, run) = (new StormPlay([new RoomInStorm(room, room.People)], Options), new RunFigures(server.Side, 0));
        await play.PlayAsync(server, run, watch);
        await play.CompareAsync(run);
        figures.Problems.AddRange(run.Problems);
        (figures["without.p50"], figures["without.p99"], figures["memoryWithout"]) = (run["probe.p50"], run["probe.p99"], run["memoryPeak"]);
    }

    private async Task WithAsync(ServerProcess server, Network network, RunFigures figures, UsageWatch watch, IProgress<Progress> progress)
    {
        await using var room = await Room.OpenAsync(server.Side, network, new RoomPlan(Options.Ideas, Options.Votes));
        var readers = new SlowReaders(network, Pause, BytesAtOnce);
        var slow = readers.Expect(room, Math.Max(2, (int)(Options.People * Options.Share / 100)));
        foreach (var person in slow) await room.EnterAsync(person);
        await room.FillAsync(Options.People - slow.Count, inside => progress.Report(new("people come", inside, Options.People)));
        List<Participant> healthy = [.. room.People.Except(slow)];
        var began = Stopwatch.GetTimestamp();
        readers.Begin();

        progress.Report(new("storm with slow readers", 0, 1));
        var storm = new RoomInStorm(room, healthy);
        var play = new StormPlay([storm], Options);
        await play.PlayAsync(server, figures, watch);
        figures["noticed"] = figures["without.p99"] > 0 ? figures["probe.p99"] / figures["without.p99"] : 0;
        figures["behind"] = healthy.Count(person => person.Replica.Dots < storm.Ledger.Dots || person.Replica.Ideas < room.Numbers.Count);
        (figures["slow"], figures["memoryAfter"]) = (slow.Count, server.Usage().MiB);

        progress.Report(new("they read again", 0, 1));
        readers.End();
        await Waiting.UntilAsync(() => slow.All(person => !person.IsConnected || person.Replica.Dots >= storm.Ledger.Dots), PatienceSeconds);
        var letGo = slow.Where(person => !person.IsConnected).ToList();
        (figures["letGo"], figures["caughtUp"]) = (letGo.Count, slow.Count(person => person.IsConnected && person.Replica.Dots == storm.Ledger.Dots));
        foreach (var why in letGo.GroupBy(person => person.EndCode is { } code ? $"ended with {code}" : "cut off")) figures.Notes.Add($"{why.Count()} slow clients were let go: {why.Key}");
        var toldAtOnce = letGo.Where(person => person.EndCode is not null).ToHashSet();
        var random = new Random(Options.Seed);
        await Task.WhenAll(letGo.Select(person => person.ComeBackAsync(random)));
        HoldToItsWord(figures, letGo.Where(person => !toldAtOnce.Contains(person)), Stopwatch.GetElapsedTime(began));
        await Waiting.UntilAsync(() => letGo.All(person => person.Replica.Dots >= storm.Ledger.Dots), PatienceSeconds);
        figures["cameBack"] = letGo.Count(person => person.Replica.Dots == storm.Ledger.Dots);
        await play.CompareAsync(figures, slow);
    }

    /// <summary>What is stuck stands in front of any last word, so who was cut off for reading nothing is told why on coming back, if that is soon enough (L5).</summary>
    /// <param name="back">Those who were cut off without a word, and have come back.</param>
    /// <param name="away">For how long they may have been away.</param>
    internal static void HoldToItsWord(RunFigures figures, IEnumerable<Participant> back, TimeSpan away)
    {
        var told = back.ToLookup(person => person.SlowCode);
        figures["toldWhy"] = told.Where(each => each.Key is not null).Sum(each => each.Count());
        foreach (var each in told.Where(each => each.Key is not null)) figures.Notes.Add($"{each.Count()} of them were told why when they came back: {each.Key}");
        if (told[null].Count() is not (> 0 and var untold)) return;
        if (away < ToldWithin) figures.Problems.Add($"{untold} slow clients were cut off and never told why");
        else figures.Notes.Add($"{untold} of them came back too late to be told why");
    }
}

/// <summary>People on bad lines: half of them read nothing, half a few bytes now and then, from when it begins until it ends.</summary>
internal sealed class SlowReaders(Network network, TimeSpan pause, int bytesAtOnce)
{
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _began;

    public IReadOnlyList<Participant> Expect(Room room, int many)
    {
        List<Participant> people = [.. Enumerable.Range(0, many).Select(_ => room.Expect())];
        for (var i = 0; i < many; i++)
        {
            var readsNothing = i % 2 == 0;
            people[i].Reads = address => address with { Handler = network.NarrowSockets, ServerTimeout = TimeSpan.FromHours(1), ReadAtMost = bytesAtOnce, BeforeReading = _ => WaitAsync(readsNothing) };
        }

        return people;
    }

    public void Begin() => _began = true;

    public void End() => _over.SetResult();

    private Task WaitAsync(bool readsNothing) =>
        !_began || _over.Task.IsCompleted ? Task.CompletedTask : readsNothing ? _over.Task : Task.WhenAny(_over.Task, Task.Delay(pause));
}
