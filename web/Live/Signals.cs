using LiveCoCreate.Grains;
using LiveCoCreate.Web.Door;

namespace LiveCoCreate.Web.Live;

/// <summary>What a room says without words: that somebody is ready, that somebody would like to speak. Soft like presence: never journaled,
/// gone when the server starts anew (PROTOCOL.md L8).</summary>
/// <param name="newId">Names a hand by something that says nothing of whose it is.</param>
public sealed class Signals(TimeProvider clock, Func<string> newId)
{
    /// <summary>Whoever loses the connection keeps the place in the queue for so long.</summary>
    private static readonly TimeSpan KeepsPlace = TimeSpan.FromMinutes(2);

    private readonly Lock _gate = new();
    private readonly HashSet<PersonId> _ready = [];
    private readonly List<Hand> _hands = [];

    /// <summary>Hands in the order in which they were raised; whoever has the floor comes first.</summary>
    public IReadOnlyList<Hand> Hands
    {
        get
        {
            lock (_gate)
            {
                _hands.RemoveAll(hand => hand.GoneAt + KeepsPlace < clock.Now());
                return [.. _hands];
            }
        }
    }

    public int ReadyAmong(IEnumerable<PersonId> here)
    {
        lock (_gate) return _ready.Count == 0 ? 0 : here.Count(_ready.Contains);
    }

    public OwnSignals Of(PersonId person)
    {
        lock (_gate)
        {
            var at = _hands.FindIndex(hand => hand.Person == person);
            var floor = at >= 0 && _hands[at].HasFloor;
            var place = at < 0 || floor ? (int?)null : at + 1 - (_hands[0].HasFloor ? 1 : 0);
            return new OwnSignals(_ready.Contains(person), place, floor);
        }
    }

    public void Ready(PersonId person, bool ready)
    {
        lock (_gate)
        {
            if (ready) _ready.Add(person);
            else _ready.Remove(person);
        }
    }

    public void Raise(PersonId person)
    {
        lock (_gate)
        {
            if (!_hands.Exists(hand => hand.Person == person)) _hands.Add(new Hand(newId(), person, HasFloor: false, GoneAt: null));
        }
    }

    public void Lower(PersonId person)
    {
        lock (_gate) _hands.RemoveAll(hand => hand.Person == person);
    }

    /// <summary>Gives the floor to a hand, wherever in the queue it is; whoever had it is done.</summary>
    /// <returns>False where there is no such hand (any more).</returns>
    public bool GiveFloor(string hand)
    {
        lock (_gate)
        {
            var at = _hands.FindIndex(one => one.Id == hand);
            if (at < 0) return false;
            var called = _hands[at] with { HasFloor = true };
            _hands.RemoveAll(one => one.Id == hand || one.HasFloor);
            _hands.Insert(0, called);
            return true;
        }
    }

    /// <returns>False where there is no such hand (any more).</returns>
    public bool PutDown(string hand)
    {
        lock (_gate) return _hands.RemoveAll(one => one.Id == hand) > 0;
    }

    /// <summary>Ready for what was done until now says nothing of what is done from now on.</summary>
    public void NewStep()
    {
        lock (_gate) _ready.Clear();
    }

    public void Here(PersonId person, bool here)
    {
        lock (_gate)
        {
            var at = _hands.FindIndex(hand => hand.Person == person);
            if (at >= 0) _hands[at] = _hands[at] with { GoneAt = here ? null : clock.Now() };
        }
    }
}

/// <param name="GoneAt">When this person's last connection ended.</param>
public sealed record Hand(string Id, PersonId Person, bool HasFloor, DateTimeOffset? GoneAt);

/// <summary>What one person has signalled.</summary>
/// <param name="Hand">The place in the queue, from 1; absent without a raised hand, and while it is this person's turn.</param>
/// <param name="Floor">It is this person's turn to speak.</param>
/// <param name="Charter">The version of the charter they agreed to, while another one is in force.</param>
public sealed record OwnSignals(bool Ready, int? Hand, bool Floor, int? Charter = null);
