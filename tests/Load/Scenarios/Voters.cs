using System.Collections.Concurrent;
using LiveCoCreate.Load.Rooms;

namespace LiveCoCreate.Load.Scenarios;

/// <summary>People who vote for a long time: somebody puts a dot on an idea, or takes it away again.</summary>
internal sealed class Voters(Room room)
{
    private readonly ConcurrentDictionary<(int Person, int Idea), bool> _dots = [];
    private readonly int[] _unanswered = new int[room.People.Count];

    /// <summary>Whether this person has sent something that is not answered yet.</summary>
    public bool IsWaiting(Participant person) => Volatile.Read(ref _unanswered[person.Number]) > 0;

    /// <summary>Whether this person's dot is on the idea, as far as it is answered or still hoped.</summary>
    public bool HasDot(Participant person, int idea) => _dots.GetValueOrDefault((person.Number, idea));

    /// <summary>Somebody who is here votes. Call from one thread.</summary>
    public void VoteSomewhere(Ledger ledger, Random random, Func<Participant, bool>? isHere = null)
    {
        var person = room.People[random.Next(room.People.Count)];
        if (isHere?.Invoke(person) == false) return;
        var idea = random.Next(room.Ideas.Count);
        var had = HasDot(person, idea);
        _dots[(person.Number, idea)] = !had;
        Interlocked.Increment(ref _unanswered[person.Number]);
        ledger.Vote(person, idea, had ? -1 : 1, room.Vote(room.Ideas[idea], had ? 0 : 1), accepted =>
        {
            // Refused: it is as it was.
            if (!accepted) _dots[(person.Number, idea)] = had;
            Interlocked.Decrement(ref _unanswered[person.Number]);
        });
    }
}
