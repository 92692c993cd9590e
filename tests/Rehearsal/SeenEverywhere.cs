using System.Diagnostics;
using LiveCoCreate.Wire;

namespace LiveCoCreate.Rehearsal;

/// <summary>Measures how long it takes until everyone sees something.</summary>
internal sealed class SeenEverywhere(Hall hall, RehearsalOptions options)
{
    private readonly List<Task> _samples = [];
    private int _accepted;

    public Latencies Latencies { get; } = new();

    /// <summary>Samples that never reached everybody: each is a difference.</summary>
    public List<string> Unseen { get; } = [];

    /// <summary>Told of each accepted command whose effect everyone may see.</summary>
    public void Accepted(Answer answer)
    {
        if (Interlocked.Increment(ref _accepted) % options.SampleEach != 0) return;
        var connected = hall.Everyone.Where(person => person.IsConnected).ToList();
        lock (_samples) _samples.Add(FollowAsync(answer, connected));
    }

    public Task FinishAsync()
    {
        lock (_samples) return Task.WhenAll(_samples);
    }

    private async Task FollowAsync(Answer answer, List<LivePerson> connected)
    {
        var last = answer.SentAt;
        foreach (var person in connected)
        {
            if (person.WhenReached(answer.Version) is null && !await ReachedAsync(person, answer.Version)) return;
            last = Math.Max(last, person.WhenReached(answer.Version) ?? last);
        }

        Latencies.Add(Stopwatch.GetElapsedTime(answer.SentAt, last));
    }

    private async Task<bool> ReachedAsync(LivePerson person, long version)
    {
        try
        {
            await person.ReachAsync(version, options.GiveUpAfter + options.SettleWithin);
            return true;
        }
        catch (Exception late) when (late is TimeoutException or LineLostException)
        {
            lock (Unseen) Unseen.Add($"version {version} never reached {hall.NameOf(person)}: {late.Message}");
            return false;
        }
    }
}
