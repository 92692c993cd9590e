using System.Collections.Concurrent;
using System.Diagnostics;
using LiveCoCreate.Load.Boards;
using LiveCoCreate.Load.Figures;
using LiveCoCreate.Load.Rooms;

namespace LiveCoCreate.Load.Scenarios;

/// <summary>Every vote and idea that was sent in one room, and what became of it. What it says in the end is the truth that replicas and
/// the server's own view are held against.</summary>
internal sealed class Ledger(Room room)
{
    private readonly ConcurrentDictionary<int, int> _tallies = [];
    private readonly ConcurrentDictionary<string, int> _refusals = [];
    private int _unanswered;
    private long _dots;
    private long _lastVoteSentAt;
    private long _lastVoteAckedAt;
    private long _lastSentAt;
    private int _accepted;

    public Samples Acks { get; } = new();

    public long Start { get; set; }

    public int Unanswered => Volatile.Read(ref _unanswered);

    public int Accepted => Volatile.Read(ref _accepted);

    public long LastVoteSentAt => Interlocked.Read(ref _lastVoteSentAt);

    public long LastVoteAckedAt => Interlocked.Read(ref _lastVoteAckedAt);

    /// <summary>Dots on all ideas together, by accepted votes.</summary>
    public long Dots => Interlocked.Read(ref _dots);

    public IReadOnlyDictionary<string, int> Refusals => _refusals;

    /// <param name="more">How many dots this vote adds to the idea, or takes.</param>
    /// <param name="answered">Hears whether it was accepted.</param>
    public void Vote(Participant person, int idea, int more, byte[] arguments, Action<bool>? answered = null)
    {
        Interlocked.Exchange(ref _lastVoteSentAt, Stopwatch.GetTimestamp());
        Send(person, arguments, accepted =>
        {
            if (accepted) Count(idea, more);
            answered?.Invoke(accepted);
        });
    }

    /// <param name="answered">Hears whether it was accepted.</param>
    public void Send(Participant person, byte[] arguments, Action<bool>? answered = null)
    {
        Interlocked.Increment(ref _unanswered);
        var sentAt = Stopwatch.GetTimestamp();
        Interlocked.Exchange(ref _lastSentAt, sentAt);
        person.Submit(arguments, refusal =>
        {
            if (refusal is null)
            {
                Acks.Add(Start, sentAt, Stopwatch.GetTimestamp());
                Interlocked.Increment(ref _accepted);
            }
            else
            {
                _refusals.AddOrUpdate(refusal, 1, (_, times) => times + 1);
            }

            answered?.Invoke(refusal is null);
            Interlocked.Decrement(ref _unanswered);
        });
    }

    /// <summary>Whether everything is answered and every replica has all dots, or more.</summary>
    public bool IsEverywhere(IEnumerable<Participant> people) => Unanswered == 0 && people.All(person => person.Replica.Dots >= Dots);

    /// <summary>Whether everything is answered and every replica has what was voted. Where dots are taken away too, a replica that has not heard of it has more.</summary>
    public bool IsSettled(IEnumerable<Participant> people) => Unanswered == 0 && people.All(person => person.Replica.Dots == Dots && Differences(person.Replica) == (0, 0));

    /// <summary>Holds every replica, and a fresh view, against the truth.</summary>
    public async Task CompareAsync(RunFigures figures, IReadOnlyCollection<Participant> people)
    {
        var fresh = new Replica();
        fresh.Take(await room.FreshAsync(), 0);
        var (lost, doubled) = Differences(fresh);
        var wrong = 0;
        foreach (var person in people)
        {
            var (less, more) = Differences(person.Replica);
            if (less > 0 || more > 0) wrong++;
            (lost, doubled) = (Math.Max(lost, less), Math.Max(doubled, more));
        }

        figures["lost"] = figures["lost"] + lost;
        figures["doubled"] = figures["doubled"] + doubled;
        if (lost > 0) figures.Problems.Add($"{lost} votes lost");
        if (doubled > 0) figures.Problems.Add($"{doubled} votes doubled");
        if (wrong > 0) figures.Problems.Add($"{wrong} of {people.Count} replicas differ from what was voted");
        if (Unanswered > 0) figures.Problems.Add($"{Unanswered} commands were never answered");
        foreach (var (code, times) in _refusals) figures.Problems.Add($"{times} commands were refused: {code}");
    }

    private void Count(int idea, int more)
    {
        _tallies.AddOrUpdate(idea, more, (_, dots) => dots + more);
        Interlocked.Add(ref _dots, more);
        Interlocked.Exchange(ref _lastVoteAckedAt, Stopwatch.GetTimestamp());
    }

    private (int Less, int More) Differences(Replica replica)
    {
        var (less, more) = (0, 0);
        for (var idea = 0; idea < room.Numbers.Count; idea++)
        {
            var over = replica.Tally(idea) - _tallies.GetValueOrDefault(idea);
            if (over < 0) less -= over;
            else more += over;
        }

        return (less, more);
    }
}
