using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Circles;
using LiveCoCreate.Grains.Workshops;
using LiveCoCreate.Web.Door;
using LiveCoCreate.Web.Seats;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace LiveCoCreate.Web.Live;

/// <summary>One workshop on this web node: who is connected, here and to the others, and what each audience is told of the workshop itself.</summary>
public sealed class WorkshopFeed : IWorkshopObserver, ICircleListener, IDisposable
{
    private static readonly TimeSpan PresenceEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PresenceForEach = TimeSpan.FromMilliseconds(10);

    private readonly ConcurrentDictionary<string, LiveConnection> _connections = [];
    private readonly Dictionary<(SeatKind, PersonId), int> _ofSeat = [];
    private readonly IWorkshop _workshop;
    private readonly Pressure _pressure;
    private readonly TimeProvider _clock;
    private readonly ITimer _presenceTimer;
    private readonly ITimer _participantsTimer;
    private readonly Lock _gate = new();
    private readonly Signals _signals;
    private readonly Holds _holds;
    private readonly ConcurrentDictionary<string, ShownRoom> _others = [];
    private readonly ICircle? _circle;
    private Workshop? _state;
    private ImmutableDictionary<Audience, SerializedHubMessage> _messages = ImmutableDictionary<Audience, SerializedHubMessage>.Empty;
    private ImmutableDictionary<Audience, SerializedHubMessage> _presence = ImmutableDictionary<Audience, SerializedHubMessage>.Empty;
    private SerializedHubMessage? _invitation;
    private SerializedHubMessage? _held;
    private long _presenceTold;
    private long _participantsTold;
    private bool _presenceWaits;
    private volatile bool _retired;
    private ImmutableArray<PresentPerson> _simulated = [];
    private Task? _ready;
    private volatile int _people;

    /// <param name="circles">Other web nodes; null where there are none.</param>
    public WorkshopFeed(WorkshopId id, IWorkshop workshop, Pressure pressure, TimeProvider clock, ICircles? circles = null)
    {
        (Id, _workshop, _pressure, _clock, _signals) = (id, workshop, pressure, clock, new Signals(clock, HttpDoor.NewId));
        _holds = new Holds(clock, TellHeld);
        _pressure.Changed += SchedulePresence;
        _presenceTimer = clock.CreateTimer(_ => TellPresence(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _participantsTimer = clock.CreateTimer(_ => SchedulePresence(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _circle = circles?.Open($"workshop/{id}", this);
    }

    public WorkshopId Id { get; }

    /// <summary>Is told why the workshop could not be listened to anew.</summary>
    public ILogger? Log { get; init; }

    public bool IsEmpty => _connections.IsEmpty && _simulated.IsEmpty;

    public IEnumerable<LiveConnection> Connections => _connections.Values;

    /// <summary>How many different people are here, on all nodes.</summary>
    public int People => _others.IsEmpty ? _people : Here().Count(seat => seat.Kind is SeatKind.Participant);

    /// <summary>On how many nodes this seat is connected: its limits hold for all of them together.</summary>
    public int NodesOf(SeatKind kind, PersonId id) => _others.IsEmpty ? 1 : 1 + _others.Values.Count(other => other.Connections(kind, id) > 0);

    /// <summary>People of the demo, who have no connections.</summary>
    public void Simulate(IEnumerable<PresentPerson> people)
    {
        _simulated = [.. people];
        SchedulePresence();
    }

    public Task ReadyAsync()
    {
        lock (_gate)
        {
            if (_ready is null || _ready.IsFaulted || _ready.IsCanceled) _ready = ListenAsync();
            return _ready;
        }
    }

    /// <returns>Whether it is among those who are here now; false where its seat has as many as it may, null where this feed has retired: the next one is to be asked.</returns>
    public bool? TryAdd(LiveConnection connection)
    {
        lock (_gate)
        {
            if (_retired) return null;
            var seat = (connection.Seat.Kind, connection.Seat.Id);
            var open = _ofSeat.GetValueOrDefault(seat);
            var elsewhere = _others.IsEmpty ? 0 : _others.Values.Sum(other => other.Connections(seat.Kind, seat.Id));
            if (open + elsewhere >= Limits.ConnectionsPerSeat) return false;
            _ofSeat[seat] = open + 1;
            // Counted as they come and go: everybody who joins asks.
            if (open == 0 && seat.Kind is SeatKind.Participant)
            {
                _people++;
                _signals.Here(seat.Id, here: true);
            }

            _connections[connection.Id] = connection;
        }

        connection.Workshop = this;
        return true;
    }

    /// <summary>Ends this feed where nobody is here: from then on nobody can be.</summary>
    public bool TryRetire()
    {
        lock (_gate) return !_retired && IsEmpty && (_retired = true);
    }

    /// <summary>What who came in is told first (PROTOCOL.md L1), and the others of them.</summary>
    public void Welcome(LiveConnection connection)
    {
        SchedulePresence();
        connection.Wake(Due.Workshop | Due.Presence | Due.Own | (connection.Seat.Kind is SeatKind.Facilitator ? Due.Held : Due.Nothing));
    }

    public OwnSignals OwnOf(LiveConnection connection)
    {
        var own = _signals.Of(connection.Seat.Id);
        lock (_gate) return _state?.Stands(connection.Agreed) is false ? own with { Charter = connection.Agreed } : own;
    }

    /// <summary>This person agreed to a version of the charter, on whichever of their devices.</summary>
    public void Agreed(PersonId person, int charter)
    {
        Say(new SaidInRoom(Agreed: person, Charter: charter));
        HasAgreed(person, charter);
    }

    private void HasAgreed(PersonId person, int charter)
    {
        foreach (var (_, connection) in _connections)
            if (connection.Seat.Kind is SeatKind.Participant && connection.Seat.Id == person) connection.Agreed = Math.Max(connection.Agreed, charter);
        TellOwn([person]);
        SchedulePresence();
    }

    /// <summary>Null where it was taken in, else why not (PROTOCOL.md L8).</summary>
    public Refusal? Signal(LiveConnection connection, Signal signal)
    {
        var seat = connection.Seat;
        if (_state is { Closed: true }) return Refusal.Of("workshop-closed");
        var before = Hands();
        switch (seat.Kind, signal)
        {
            case (SeatKind.Participant, { Ready: { } ready }):
                _signals.Ready(seat.Id, ready);
                if (!ready) Say(new SaidInRoom(NotReady: seat.Id));
                TellOwn([seat.Id]);
                break;
            case (SeatKind.Participant, { Hand: true }):
                _signals.Raise(seat.Id);
                break;
            case (SeatKind.Participant, { Hand: false }):
                _signals.Lower(seat.Id);
                Say(new SaidInRoom(Lower: seat.Id));
                break;
            case (SeatKind.Facilitator, { Floor: { } hand }):
                if (!_signals.GiveFloor(hand)) return Refusal.Of("hand-missing");
                Say(new SaidInRoom(Floor: hand));
                break;
            case (SeatKind.Facilitator, { PutDown: { } hand }):
                if (!_signals.PutDown(hand)) return Refusal.Of("hand-missing");
                Say(new SaidInRoom(PutDown: hand));
                break;
            case (SeatKind.Facilitator, { Hold: { } hold }):
                if (!hold.IsOfForm) return Refusal.Of("malformed");
                connection.Holding = hold;
                _holds.Changed();
                return null;
            case (SeatKind.Facilitator, { Invite: { } board }):
                if (_state is null || !_state.Rights.Boards.Any(one => one.Value == board)) return Refusal.Of("board-missing");
                Say(new SaidInRoom(Invite: board));
                Invite(board);
                return null;
            default:
                return Refusal.Of(seat.Kind is SeatKind.Screen ? "not-allowed" : "malformed");
        }

        // Everybody in the queue is somewhere else in it now, and who left it as well.
        if (signal.Ready is null) TellOwn([.. before, .. Hands()]);
        SchedulePresence();
        return null;
    }

    private List<PersonId> Hands() => [.. _signals.Hands.Select(hand => hand.Person)];

    /// <summary>Everybody is told: who wrote nothing yet is for their own app to know, and for nobody else.</summary>
    private void Invite(string board)
    {
        lock (_gate) _invitation = new SerializedHubMessage(new InvocationMessage("invited", [new { board }]));
        foreach (var (_, connection) in _connections)
            if (connection.Seat.Kind is SeatKind.Participant) connection.Wake(Due.Invitation);
    }

    public SerializedHubMessage? Invitation
    {
        get { lock (_gate) return _invitation; }
    }

    /// <summary>PROTOCOL.md R5: to facilitators alone, the same to each; whose is whose own they know.</summary>
    public SerializedHubMessage HeldMessage
    {
        get { lock (_gate) return _held ??= new SerializedHubMessage(new InvocationMessage("held", [new { holds = _others.Values.SelectMany(other => other.Holds).Concat(Holds.Of(_connections.Values)).OrderBy(held => held.By.Value, StringComparer.Ordinal) }])); }
    }

    private void TellHeld()
    {
        lock (_gate) _held = null;
        ShowOthers();
        foreach (var (_, connection) in _connections)
            if (connection.Seat.Kind is SeatKind.Facilitator) connection.Wake(Due.Held);
    }

    private void TellOwn(HashSet<PersonId> people)
    {
        foreach (var (_, connection) in _connections)
            if (connection.Seat.Kind is SeatKind.Participant && people.Contains(connection.Seat.Id)) connection.Wake(Due.Own);
    }

    public void Remove(LiveConnection connection)
    {
        lock (_gate)
        {
            if (!_connections.TryRemove(connection.Id, out _)) return;
            var seat = (connection.Seat.Kind, connection.Seat.Id);
            if (_ofSeat[seat] > 1)
            {
                _ofSeat[seat]--;
            }
            else
            {
                _ofSeat.Remove(seat);
                if (seat.Kind is SeatKind.Participant)
                {
                    _people--;
                    _signals.Here(seat.Id, here: false);
                }
            }
        }

        if (connection.Holding is { IsNothing: false }) _holds.Changed();
        SchedulePresence();
    }

    public SerializedHubMessage? Message(Audience audience)
    {
        lock (_gate)
        {
            if (_messages.TryGetValue(audience, out var message)) return message;
            if (_state?.SeenBy(Id, audience) is not { } view) return null;
            message = new SerializedHubMessage(new InvocationMessage("workshop", [view with { Now = _clock.Now() }]));
            _messages = _messages.SetItem(audience, message);
            return message;
        }
    }

    public SerializedHubMessage? PresenceMessage(Audience audience)
    {
        lock (_gate)
        {
            if (_presence.TryGetValue(audience, out var message)) return message;
            message = new SerializedHubMessage(new InvocationMessage("presence", [Presence.Of(Here(), _simulated, _signals, audience, _state?.Made?.Anonymous ?? true, _pressure.IsHigh)
                with { Agreed = AgreedSeenBy(audience) }]));
            _presence = _presence.SetItem(audience, message);
            return message;
        }
    }

    /// <summary>How many of the people here agreed to the charter in force; null while it is the one that everybody joined with.</summary>
    private int? AgreedSeenBy(Audience audience)
    {
        if (_state is not { } workshop || workshop.Charter.Version == 1) return null;
        var here = Here().Where(seat => seat.Kind is SeatKind.Participant).ToList();
        return Presence.Rounded(here.Count(person => workshop.Stands(person.Agreed)), here.Count, audience);
    }

    public void Changed(Workshop workshop)
    {
        var due = Due.Workshop;
        lock (_gate)
        {
            if (_state is not null && workshop.Version <= _state.Version) return;
            if (_state is not null && workshop.Current != _state.Current)
            {
                _signals.NewStep();
                due |= Due.Own;
            }

            if (_state is not null && workshop.Charter.Version != _state.Charter.Version) due |= Due.Own;

            (_state, _messages) = (workshop, _messages.Clear());
        }

        foreach (var connection in _connections.Values)
        {
            if (workshop.Revoked.Contains(connection.Seat.Id)) _ = connection.EndAsync("seat-revoked");
            else connection.Wake(due);
        }

        if (due.HasFlag(Due.Own)) SchedulePresence();
    }

    public void Ended()
    {
        lock (_gate) _ready = null;
        _ = Task.Run(() => Patiently.ListenAsync(() => !_connections.IsEmpty, ReadyAsync, Log));
    }

    public async ValueTask StopAsync()
    {
        if (_circle is not null) await _circle.DisposeAsync();
        await _workshop.UnwatchAsync(this);
    }

    /// <summary>What another node shows, or no longer does.</summary>
    public void Shown(string node, ReadOnlyMemory<byte>? state)
    {
        // Whoever is, or was, anything to be told of.
        List<PersonId> touched = [.. Hands(), .. _others.TryGetValue(node, out var before) ? before.Ready : []];
        if (state is { } bytes && JsonSerializer.Deserialize<ShownRoom>(bytes.Span, Json.Options) is { } room)
        {
            _others[node] = room;
            touched.AddRange(room.Ready);
            _signals.Shown(node, room.Seats.Where(seat => seat.Kind is SeatKind.Participant).Select(seat => seat.Id), room.Hands, room.Ready);
        }
        else
        {
            _others.TryRemove(node, out _);
            _signals.Gone(node);
        }

        TellOwn([.. touched, .. Hands()]);
        SchedulePresence();
        _holds.Changed();
    }

    public void Said(string node, ReadOnlyMemory<byte> word)
    {
        if (JsonSerializer.Deserialize<SaidInRoom>(word.Span, Json.Options) is not { } said) return;
        var hands = Hands();
        if (said.Invite is { } board) Invite(board);
        if (said.Floor is { } floor) _signals.GiveFloor(floor);
        if (said.PutDown is { } down) _signals.PutDown(down);
        if (said.Lower is { } lower) _signals.Lower(lower);
        if (said.NotReady is { } person) _signals.Ready(person, ready: false);
        if (said is { Agreed: { } agreed, Charter: { } charter }) HasAgreed(agreed, charter);
        TellOwn([.. hands, .. Hands(), .. said.NotReady is { } own ? [own] : Array.Empty<PersonId>()]);
        SchedulePresence();
    }

    private void Say(SaidInRoom word) => _circle?.Say(JsonSerializer.SerializeToUtf8Bytes(word, Json.Options));

    private void ShowOthers()
    {
        if (_circle is null) return;
        var (hands, ready) = _signals.Own;
        _circle.Show(JsonSerializer.SerializeToUtf8Bytes(new ShownRoom(HereOnly(), hands, ready, Holds.Of(_connections.Values)), Json.Options));
    }

    /// <summary>Each seat once; who is connected to this node and to another as this one has it.</summary>
    private List<SeatHere> Here() => [.. HereOnly().Concat(_others.Values.SelectMany(other => other.Seats)).DistinctBy(seat => (seat.Kind, seat.Id))];

    private List<SeatHere> HereOnly() => [.. _connections.Values.GroupBy(connection => (connection.Seat.Kind, connection.Seat.Id))
        .Select(seat => (First: seat.First(), Count: seat.Count()))
        .Select(seat => new SeatHere(seat.First.Seat.Kind, seat.First.Seat.Id, seat.First.Name, seat.First.Roles, seat.First.Agreed, seat.Count))];

    public void Dispose()
    {
        _pressure.Changed -= SchedulePresence;
        _holds.Dispose();
        _presenceTimer.Dispose();
        _participantsTimer.Dispose();
    }

    private async Task ListenAsync()
    {
        await _workshop.WatchAsync(this);
        Changed(await _workshop.StateAsync());
        // Retired meanwhile: nobody else would say that it listens no more.
        if (_retired) await _workshop.UnwatchAsync(this);
    }

    /// <summary>At most once a second (design: presence is soft).</summary>
    private void SchedulePresence()
    {
        lock (_gate)
        {
            if (_presenceWaits) return;
            _presenceWaits = true;
            _presenceTimer.Change(_presenceTold == 0 ? TimeSpan.Zero : Left(_presenceTold, PresenceEvery), Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Tells facilitators and screens; and the participants, where their turn has come. A full hall is told how many it is
    /// less often: while a thousand people come in, telling each of them every second was a fifth of the work.</summary>
    private void TellPresence()
    {
        bool everybody;
        lock (_gate)
        {
            _presenceTold = _clock.GetTimestamp();
            var left = _participantsTold == 0 ? TimeSpan.Zero : Left(_participantsTold, _people * PresenceForEach);
            everybody = left == TimeSpan.Zero;
            _presence = everybody ? _presence.Clear() : _presence.Remove(Audience.Facilitators).Remove(Audience.Screens);
            if (everybody) _participantsTold = _presenceTold;
            // Who was passed over is told when it is time, also when nobody comes or goes any more.
            _presenceWaits = false;
            if (!everybody) _participantsTimer.Change(left, Timeout.InfiniteTimeSpan);
        }

        ShowOthers();

        foreach (var (_, connection) in _connections)
            if (everybody || connection.Seat.Kind is not SeatKind.Participant) connection.Wake(Due.Presence);
    }

    private TimeSpan Left(long since, TimeSpan every)
    {
        var left = every - _clock.GetElapsedTime(since);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }
}
