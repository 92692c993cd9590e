using System.Diagnostics;
using LiveCoCreate.Load.Figures;
using LiveCoCreate.Load.Rooms;
using LiveCoCreate.Load.Servers;
using LiveCoCreate.Wire;

namespace LiveCoCreate.Load.Scenarios;

/// <summary>One room of a storm, and those of its people who take part and must not notice anything.</summary>
internal sealed class RoomInStorm(Room room, IReadOnlyList<Participant> people)
{
    public Room Room => room;

    public IReadOnlyList<Participant> People => people;

    public Ledger Ledger { get; } = new(room);

    public Probes Probes { get; } = new();

    public bool IsDone => Ledger.IsEverywhere(people) && Probes.All.All(probe => probe.IsEverywhere);
}

/// <summary>The storm itself, in one room or in many at once, until every replica has everything.</summary>
internal sealed class StormPlay(IReadOnlyList<RoomInStorm> rooms, LoadOptions options)
{
    // What comes twice may come late.
    private static readonly TimeSpan Late = TimeSpan.FromMilliseconds(300);

    /// <summary>When it began, as a Stopwatch timestamp.</summary>
    public long Start { get; private set; }

    private IEnumerable<Participant> Everyone => rooms.SelectMany(room => room.People);

    /// <summary>Plays it, and measures the server where there is one to measure.</summary>
    public async Task PlayAsync(ServerProcess? server = null, RunFigures? figures = null, UsageWatch? watch = null)
    {
        var random = new Random(options.Seed);
        List<(double, Action)> entries = [.. rooms.SelectMany(room => Votes(room, random)), .. rooms.SelectMany(room => Writing(room, random))];
        foreach (var room in rooms) ListenToProbes(room);
        GC.Collect();
        var (bytes, effort) = (Everyone.Sum(person => person.Bytes), server is null ? null : new Effort(server));

        (Start, var done) = Timetable.Begin(entries);
        foreach (var room in rooms) room.Ledger.Start = Start;
        await done;
        await Waiting.UntilAsync(() => rooms.All(room => room.IsDone), options.GiveUp);

        if (effort is null || figures is null || watch is null) return;
        effort.AddTo(figures);
        figures["cpuEach"] = figures["cpu"] * 1000 / Everyone.Count();
        figures["bytes"] = (Everyone.Sum(person => person.Bytes) - bytes) / 1024.0 / Everyone.Count();
        figures["memoryPeak"] = watch.Peak(Start);
        figures.Memory = watch.Memory(Start);
        await Task.Delay(Late);
        AddTimes(figures);
    }

    /// <summary>Whether anything was lost, doubled or cut.</summary>
    /// <param name="onlookers">Who is in these rooms as well and must have everything in the end.</param>
    public async Task CompareAsync(RunFigures figures, IReadOnlyCollection<Participant>? onlookers = null)
    {
        foreach (var room in rooms) await room.Ledger.CompareAsync(figures, [.. room.People, .. room.Room.People.Intersect(onlookers ?? [])]);
        var missing = rooms.Sum(room => room.Probes.All.Count(probe => !probe.IsEverywhere));
        if (missing > 0) figures.Problems.Add($"{missing} probes are not in every replica after {options.GiveUp} s");
        if (Everyone.Count(person => !person.IsConnected) is > 0 and var gone) figures.Problems.Add($"{gone} connections were lost");
    }

    private void AddTimes(RunFigures figures)
    {
        figures.Latencies = [.. rooms.SelectMany(room => room.Probes.EachClient(Start))];
        figures.AddPercentiles("probe", [.. figures.Latencies.Select(sample => sample.Ms).Order()]);
        figures.AddPercentiles("everyone", [.. rooms.SelectMany(room => room.Probes.Everywhere()).Order()]);
        figures.AddPercentiles("ack", [.. rooms.SelectMany(room => room.Ledger.Acks.Sorted()).Order()]);
        figures["full"] = rooms.Max(room => Full(room, room.Ledger.LastVoteSentAt));
        figures["fullAcked"] = rooms.Max(room => Full(room, room.Ledger.LastVoteAckedAt));
        figures["resyncs"] = Everyone.Sum(person => person.Resyncs);
    }

    private static double Full(RoomInStorm room, long since) =>
        Stopwatch.GetElapsedTime(since, room.People.Max(person => person.Replica.LastTallyAt)).TotalMilliseconds;

    private static void ListenToProbes(RoomInStorm room)
    {
        var listens = room.People.Select(person => person.Number).ToHashSet();
        room.Room.Appeared = (person, idea, now) =>
        {
            if (listens.Contains(person)) room.Probes.Heard(person, idea, now);
        };
    }

    private IEnumerable<(double, Action)> Votes(RoomInStorm room, Random random)
    {
        foreach (var person in room.People)
        {
            foreach (var idea in Choose(random, room.Room.Ideas.Count, options.Votes))
            {
                var arguments = room.Room.Vote(room.Room.Ideas[idea], 1);
                yield return (random.NextDouble() * options.Seconds * 1000, () => room.Ledger.Vote(person, idea, 1, arguments));
            }
        }
    }

    private IEnumerable<(double, Action)> Writing(RoomInStorm room, Random random)
    {
        for (var from = 0.0; from < options.Seconds * 1000; from += options.ProbeEveryMs)
        {
            var (person, id) = (room.People[random.Next(room.People.Count)], Ids.New());
            var arguments = room.Room.Write(id, "A new idea, written in the middle of a storm of votes, as it happens in life.");
            yield return (from + random.NextDouble() * options.ProbeEveryMs, () =>
            {
                room.Probes.Sent(room.Room.Numbers.Of(id), room.People.Count, room.Room.People.Count);
                room.Ledger.Send(person, arguments);
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
}
