using System.Diagnostics;
using LiveCoCreate.Wire;

namespace LiveCoCreate.Rehearsal;

/// <summary>The people of a rehearsal: each with a seat, a connection and a replica of their own.</summary>
internal sealed class Hall(RehearsalOptions options, Script script, LiveServer server, LivePersonOptions everyone) : IAsyncDisposable
{
    private readonly Dictionary<string, LivePerson> _people = [];

    public Latencies Joined { get; } = new();

    public LivePerson Facilitator { get; } = server.NewPerson(everyone with { Reading = Reading.Full });

    public IReadOnlyDictionary<string, LivePerson> People => _people;

    public IReadOnlySet<string> FullReaders { get; } = Choose(script.People, options.FullReaders, options.Seed);

    public IEnumerable<LivePerson> Everyone => _people.Values.Append(Facilitator);

    public async Task FillAsync(string code, string board, Hears? hears, Action<int> progress, CancellationToken cancellation)
    {
        foreach (var id in script.People)
        {
            _people[id] = server.NewPerson(everyone with
            {
                Reading = FullReaders.Contains(id) ? Reading.Full : Reading.Light,
                Hears = hears,
            });
        }

        var joined = 0;
        var atOnce = new ParallelOptions { MaxDegreeOfParallelism = options.JoinsAtOnce, CancellationToken = cancellation };
        await Parallel.ForEachAsync(_people.Values, atOnce, async (person, stop) =>
        {
            var start = Stopwatch.GetTimestamp();
            await person.JoinAsync(code, cancellation: stop);
            Joined.Add(Stopwatch.GetElapsedTime(start));
            await person.WatchAsync(board, stop);
            progress(Interlocked.Increment(ref joined));
        });
    }

    public string NameOf(LivePerson person) =>
        ReferenceEquals(person, Facilitator) ? "the facilitator" : _people.First(entry => ReferenceEquals(entry.Value, person)).Key;

    public ValueTask DisposeAsync() =>
        new(Parallel.ForEachAsync(Everyone, new ParallelOptions { MaxDegreeOfParallelism = 64 }, (person, _) => person.DisposeAsync()));

    private static HashSet<string> Choose(IReadOnlyList<string> people, int count, int seed)
    {
        // The first is the most active author in all recordings, so among them is one who reads own ideas.
        var random = new Random(seed);
        return [people[0], .. people.OrderBy(_ => random.Next()).Take(count - 1)];
    }
}
