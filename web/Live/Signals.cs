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
    private readonly Dictionary<string, Elsewhere> _others = [];

    /// <summary>Hands in the order in which they were raised, on whichever node; whoever has the floor comes first.</summary>
    public IReadOnlyList<Hand> Hands
    {
        get
        {
            lock (_gate)
            {
                _hands.RemoveAll(hand => hand.GoneAt + KeepsPlace < clock.Now() && !_others.Values.Any(other => other.People.Contains(hand.Person)));
                return All();
            }
        }
    }

    /// <summary>What was signalled on this node, for the others.</summary>
    public (IReadOnlyList<Hand> Hands, IReadOnlyList<PersonId> Ready) Own
    {
        get { lock (_gate) return ([.. _hands], [.. _ready.OrderBy(person => person.Value, StringComparer.Ordinal)]); }
    }

    /// <summary>What was signalled on another node, and who is there; nothing once it is gone.</summary>
    public void Shown(string node, IEnumerable<PersonId> people, IReadOnlyList<Hand> hands, IReadOnlyList<PersonId> ready)
    {
        lock (_gate) _others[node] = new Elsewhere([.. people], [.. hands], [.. ready]);
    }

    public void Gone(string node)
    {
        lock (_gate) _others.Remove(node);
    }

    public int ReadyAmong(IEnumerable<PersonId> here)
    {
        lock (_gate) return here.Count(IsReady);
    }

    public OwnSignals Of(PersonId person)
    {
        lock (_gate)
        {
            if (_hands.Count == 0 && _others.Count == 0) return new OwnSignals(_ready.Contains(person), Hand: null, Floor: false);
            var hands = All();
            var at = hands.FindIndex(hand => hand.Person == person);
            var floor = at >= 0 && hands[at].HasFloor;
            var place = at < 0 || floor ? (int?)null : at + 1 - (hands[0].HasFloor ? 1 : 0);
            return new OwnSignals(IsReady(person), place, floor);
        }
    }

    public void Ready(PersonId person, bool ready)
    {
        lock (_gate)
        {
            if (ready) _ready.Add(person);
            else foreach (var set in _others.Values.Select(other => other.Ready).Append(_ready)) set.Remove(person);
        }
    }

    public void Raise(PersonId person)
    {
        lock (_gate)
        {
            if (!All().Exists(hand => hand.Person == person)) _hands.Add(new Hand(newId(), person, HasFloor: false, GoneAt: null, clock.Now()));
        }
    }

    public void Lower(PersonId person)
    {
        lock (_gate)
            foreach (var hands in Everywhere()) hands.RemoveAll(hand => hand.Person == person);
    }

    /// <summary>Gives the floor to a hand, wherever in the queue it is; whoever had it is done.</summary>
    /// <returns>False where there is no such hand (any more).</returns>
    public bool GiveFloor(string hand)
    {
        lock (_gate)
        {
            if (!All().Exists(one => one.Id == hand)) return false;
            foreach (var hands in Everywhere())
            {
                hands.RemoveAll(one => one.HasFloor && one.Id != hand);
                if (hands.FindIndex(one => one.Id == hand) is var at and >= 0) hands[at] = hands[at] with { HasFloor = true };
            }

            return true;
        }
    }

    /// <returns>False where there is no such hand (any more).</returns>
    public bool PutDown(string hand)
    {
        lock (_gate) return Everywhere().Sum(hands => hands.RemoveAll(one => one.Id == hand)) > 0;
    }

    /// <summary>Ready for what was done until now says nothing of what is done from now on.</summary>
    public void NewStep()
    {
        lock (_gate)
        {
            _ready.Clear();
            foreach (var other in _others.Values) other.Ready.Clear();
        }
    }

    public void Here(PersonId person, bool here)
    {
        lock (_gate)
        {
            var at = _hands.FindIndex(hand => hand.Person == person);
            if (at >= 0) _hands[at] = _hands[at] with { GoneAt = here ? null : clock.Now() };
        }
    }

    private bool IsReady(PersonId person) => _ready.Contains(person) || _others.Values.Any(other => other.Ready.Contains(person));

    private IEnumerable<List<Hand>> Everywhere() => _others.Values.Select(other => other.Hands).Prepend(_hands);

    private List<Hand> All() => [.. Everywhere().SelectMany(hands => hands).OrderByDescending(hand => hand.HasFloor).ThenBy(hand => hand.RaisedAt).DistinctBy(hand => hand.Person)];

    private sealed record Elsewhere(HashSet<PersonId> People, List<Hand> Hands, HashSet<PersonId> Ready);
}

/// <param name="GoneAt">When this person's last connection ended.</param>
public sealed record Hand(string Id, PersonId Person, bool HasFloor, DateTimeOffset? GoneAt, DateTimeOffset RaisedAt);

/// <summary>What one person has signalled.</summary>
/// <param name="Hand">The place in the queue, from 1; absent without a raised hand, and while it is this person's turn.</param>
/// <param name="Floor">It is this person's turn to speak.</param>
/// <param name="Charter">The version of the charter they agreed to, while another one is in force.</param>
public sealed record OwnSignals(bool Ready, int? Hand, bool Floor, int? Charter = null);
