using System.Diagnostics;
using System.Globalization;
using LiveCoCreate.Load.Figures;
using LiveCoCreate.Load.Rooms;
using LiveCoCreate.Load.Servers;
using LiveCoCreate.Wire;

namespace LiveCoCreate.Load.Scenarios;

/// <summary>Ordinary use for a long time: people write, vote, go and come back. Memory and latency by the minute.</summary>
internal sealed class Soak(LoadOptions options) : Scenario(options)
{
    /// <summary>No board takes more than 5,000 ideas.</summary>
    private const int MostIdeas = 4_000;
    private const int SettledAfterMinutes = 5;

    public override string Title =>
        string.Create(CultureInfo.InvariantCulture, $"soak: {Options.People} people for {Options.Minutes} minutes, {Options.Rate} votes and {IdeasPerSecond:0.##} ideas a second{(Options.Writing < Options.Minutes ? $" in the first {Options.Writing} of them" : "")}, one person a second goes and comes back; median of {Options.Runs}");

    public override string LatencyTitle => "A new idea, from being sent to each client's replica";

    public override IReadOnlyList<Kind> Kinds { get; } =
    [
        new("probe.p50", "probe to each client, p50", "ms"),
        new("probe.p99", "probe to each client, p99", "ms"),
        new("early.p99", "probe p99 until it settled", "ms"),
        new("late.p99", "probe p99 in the last fifth", "ms"),
        new("ack.p50", "answer to a command, p50", "ms"),
        new("ack.p99", "answer to a command, p99", "ms"),
        new("memorySettled", "server's memory when it settled", "MiB"),
        new("memoryEnd", "server's memory at the end", "MiB"),
        new("growth", "growth from settled to end", "%", 1, Compared: false),
        new("cpuMinute", "server's processor time, each minute", "s", 2),
        new("othersCpu", "others' share of the machine meanwhile", "%", 0, Compared: false),
        new("returns", "returns", "", 0, Compared: false),
        new("resyncs", "whole views fetched", "", 0, Compared: false),
        new("lost", "votes lost", "", 0, Compared: false),
        new("doubled", "votes doubled", "", 0, Compared: false),
    ];

    private double Seconds => Options.Minutes * 60;

    private double IdeasPerSecond => Math.Min(1, MostIdeas / Seconds);

    public override async Task PlayAsync(ServerProcess server, RunFigures figures, IProgress<Progress> progress)
    {
        using var network = new Network(server.Addresses);
        if (Options.Warm) await Storm.WarmUpAsync(server, network, progress);
        await using var watch = new UsageWatch(server);
        await using var room = await Room.OpenAsync(server.Side, network, new RoomPlan(Options.Ideas, Options.Ideas));
        await room.FillAsync(Options.People, inside => progress.Report(new("people come", inside, Options.People)));
        var life = new SoakLife(room, new Random(Options.Seed), TimeSpan.FromSeconds(Options.Away));
        var effort = new Effort(server);

        (life.Ledger.Start, var done) = Timetable.Begin(Moments(life.Vote, life.Write, life.GoAndComeBack,
            () => progress.Report(new("ordinary use", Stopwatch.GetElapsedTime(life.Ledger.Start).TotalSeconds, Seconds))));
        await done;
        await life.AllBackAsync();
        await Waiting.UntilAsync(() => life.Ledger.IsSettled(room.People), Options.GiveUp);

        effort.AddTo(figures);
        figures["cpuMinute"] = figures["cpu"] / Options.Minutes;
        await Task.Delay(TimeSpan.FromMilliseconds(300));
        AddTo(figures, life, watch);
        figures["resyncs"] = room.People.Sum(person => person.Resyncs);
        await life.Ledger.CompareAsync(figures, room.People);
    }

    private void AddTo(RunFigures figures, SoakLife life, UsageWatch watch)
    {
        var start = life.Ledger.Start;
        var (probes, acks, memory) = (life.Probes.EachClient(start).ToList(), life.Ledger.Acks.All, watch.Memory(start));
        (figures.Latencies, figures.Memory) = (probes, memory);
        var settled = Math.Min(SettledAfterMinutes * 60, Seconds / 3);
        figures.AddPercentiles("probe", Between(probes, 0, Seconds));
        figures.AddPercentiles("early", Between(probes, 0, settled));
        figures.AddPercentiles("late", Between(probes, Seconds * 0.8, Seconds));
        figures.AddPercentiles("ack", Between(acks, 0, Seconds));
        // The median of a while: a collection may be just before or just behind any single moment.
        figures["memorySettled"] = Percentiles.Median(Between(memory, settled * 0.8, settled));
        figures["memoryEnd"] = Percentiles.Median(Between(memory, Seconds - settled * 0.2, Seconds));
        figures["growth"] = (figures["memoryEnd"] / figures["memorySettled"] - 1) * 100;
        figures["returns"] = life.Returns;
        for (var minute = 0; minute < Options.Minutes; minute++)
        {
            var (from, to) = (minute * 60.0, Math.Min(Seconds, (minute + 1) * 60.0));
            var (seen, answered) = (Between(probes, from, to), Between(acks, from, to));
            figures.Notes.Add(string.Create(CultureInfo.InvariantCulture,
                $"minute {minute + 1,3}: probe p50 {Percentiles.At(seen, 0.5),6:0.0} p99 {Percentiles.At(seen, 0.99),6:0.0} ms, answer p50 {Percentiles.At(answered, 0.5),5:0.0} p99 {Percentiles.At(answered, 0.99),5:0.0} ms, memory {Percentiles.Median(Between(memory, from, to)),6:0.0} MiB"));
        }
    }

    /// <summary>When people do what. Each moment is drawn by itself: with a source of its own for each kind, which begins the same, they would come at the same moments,
    /// and every idea just behind a vote.</summary>
    internal IEnumerable<(double At, Action Do)> Moments(Action vote, Action write, Action goAndComeBack, Action tell)
    {
        var random = new Random(Options.Seed + 2);
        List<(double At, Action Do)> Of(double perSecond, Action act) => [.. Enumerable.Range(0, (int)(perSecond * Seconds)).Select(_ => (random.NextDouble() * Seconds * 1000, act))];
        return [.. Of(Options.Rate, vote), .. Of(IdeasPerSecond, write).Where(moment => moment.At < Options.Writing * 60_000), .. Of(1, goAndComeBack), .. Of(1, tell)];
    }

    private static double[] Between(IEnumerable<(double At, double Value)> all, double from, double to) =>
        [.. all.Where(each => each.At >= from && each.At < to).Select(each => each.Value).Order()];
}

/// <summary>What the people of a soak do. Everything but answers and returns happens on the timetable's thread.</summary>
/// <param name="away">For how long somebody is away at most; at least a fifth of it.</param>
internal sealed class SoakLife(Room room, Random random, TimeSpan away)
{
    private readonly Voters _voters = new(room);
    private readonly HashSet<Task> _returning = [];
    private readonly long[] _hereSince = Listening(room);
    private readonly int[] _writing = new int[room.People.Count];
    private readonly Random _pauses = new(1);
    private int _returns;

    public Ledger Ledger { get; } = new(room);

    public Probes Probes { get; } = new();

    public int Returns => Volatile.Read(ref _returns);

    public void Vote() => _voters.VoteSomewhere(Ledger, random, IsHere);

    public void Write()
    {
        room.Appeared ??= Heard;
        var person = room.People[random.Next(room.People.Count)];
        if (!IsHere(person)) return;
        var id = Ids.New();
        Probes.Sent(room.Numbers.Of(id), room.People.Count, room.People.Count);
        Interlocked.Increment(ref _writing[person.Number]);
        Ledger.Send(person, room.Write(id, "A new idea in an ordinary hour, of the length that ideas mostly have."), _ => Interlocked.Decrement(ref _writing[person.Number]));
    }

    public void GoAndComeBack()
    {
        var person = room.People[random.Next(room.People.Count)];
        if (!IsHere(person) || _voters.IsWaiting(person) || Volatile.Read(ref _writing[person.Number]) > 0) return;
        Interlocked.Exchange(ref _hereSince[person.Number], long.MaxValue);
        lock (_returning) _returning.Add(AwayAsync(person, away * (0.2 + 0.8 * random.NextDouble())));
    }

    public async Task AllBackAsync()
    {
        Task[] returning;
        lock (_returning) returning = [.. _returning];
        await Task.WhenAll(returning);
    }

    private bool IsHere(Participant person) => Interlocked.Read(ref _hereSince[person.Number]) != long.MaxValue;

    private async Task AwayAsync(Participant person, TimeSpan pause)
    {
        await person.CloseAsync();
        await Task.Delay(pause);
        await person.ComeBackAsync(_pauses);
        Interlocked.Exchange(ref _hereSince[person.Number], Stopwatch.GetTimestamp());
        Interlocked.Increment(ref _returns);
    }

    // Who was away when an idea was written gets it on returning: that is no latency of the server's.
    private void Heard(int person, int idea, long now)
    {
        if (person < 0 || Probes.SentAt(idea) is not { } sentAt || Interlocked.Read(ref _hereSince[person]) > sentAt) return;
        Probes.Heard(person, idea, now);
    }

    private static long[] Listening(Room room)
    {
        var since = new long[room.People.Count];
        Array.Fill(since, Stopwatch.GetTimestamp());
        return since;
    }
}
