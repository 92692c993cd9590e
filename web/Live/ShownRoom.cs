using LiveCoCreate.Grains;

namespace LiveCoCreate.Web.Live;

/// <summary>One seat that is connected, with what others may be told of it.</summary>
/// <param name="Agreed">The version of the charter they agreed to last.</param>
/// <param name="Connections">How many of them.</param>
public sealed record SeatHere(SeatKind Kind, PersonId Id, string? Name, IReadOnlyList<string> Roles, int Agreed, int Connections);

/// <summary>What a web node shows the others of a workshop: who is connected to it, and what they signalled there.</summary>
public sealed record ShownRoom(IReadOnlyList<SeatHere> Seats, IReadOnlyList<Hand> Hands, IReadOnlyList<PersonId> Ready, IReadOnlyList<Held> Holds)
{
    private Dictionary<(SeatKind, PersonId), int>? _connections;

    /// <summary>Asked with each command.</summary>
    public int Connections(SeatKind kind, PersonId id) => (_connections ??= Seats.ToDictionary(seat => (seat.Kind, seat.Id), seat => seat.Connections)).GetValueOrDefault((kind, id));
}

/// <summary>What a web node says to the others once: a signal that is about people who may be connected there.</summary>
/// <param name="Agreed">Who agreed to the charter <paramref name="Charter"/>.</param>
public sealed record SaidInRoom(
    string? Invite = null, string? Floor = null, string? PutDown = null, PersonId? Lower = null, PersonId? NotReady = null, PersonId? Agreed = null, int? Charter = null);
