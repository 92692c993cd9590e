using LiveCoCreate.Load.Rooms;

namespace LiveCoCreate.Load.Scenarios;

/// <summary>People who vote for a long time: somebody puts a dot on an idea, or takes it away again.</summary>
internal sealed class Voters(Room room)
{
    private readonly HashSet<(int Person, int Idea)> _dots = [];
    private readonly int[] _unanswered = new int[room.People.Count];

    /// <summary>Whether this person has sent something that is not answered yet.</summary>
    public bool IsWaiting(Participant person) => Volatile.Read(ref _unanswered[person.Number]) > 0;

    /// <summary>Somebody who is here votes. Call from one thread.</summary>
    public void VoteSomewhere(Ledger ledger, Random random, Func<Participant, bool>? isHere = null)
    {
        var person = room.People[random.Next(room.People.Count)];
        if (isHere?.Invoke(person) == false) return;
        var idea = random.Next(room.Ideas.Count);
        var more = _dots.Remove((person.Number, idea)) ? -1 : 1;
        if (more > 0) _dots.Add((person.Number, idea));
        Interlocked.Increment(ref _unanswered[person.Number]);
        ledger.Vote(person, idea, more, room.Vote(room.Ideas[idea], more > 0 ? 1 : 0), () => Interlocked.Decrement(ref _unanswered[person.Number]));
    }
}
