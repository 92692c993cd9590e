using LiveCoCreate.Grains;

namespace LiveCoCreate.Web.Live;

/// <summary>Who is here now (PROTOCOL.md L6): numbers for the room, names for facilitators where the workshop shows names.</summary>
/// <param name="Pressed">The server is late, and tells the room less often; facilitators only.</param>
public sealed record Presence(
    int People, int Screens, int Facilitators, IReadOnlyDictionary<string, int> Roles,
    IReadOnlyList<PresentPerson>? Names = null, IReadOnlyList<string>? FacilitatorNames = null, bool? Pressed = null)
{
    public static Presence Of(IEnumerable<LiveConnection> connections, IReadOnlyList<PresentPerson> simulated, Audience audience, bool anonymous, bool pressed)
    {
        var here = connections.GroupBy(connection => (connection.Seat.Kind, connection.Seat.Id)).Select(person => person.First()).ToList();
        var people = here.Where(person => person.Seat.Kind is SeatKind.Participant)
            .Select(person => new PresentPerson(person.Seat.Id, person.Name, person.Roles)).ToList();
        var facilitators = here.Where(person => person.Seat.Kind is SeatKind.Facilitator).ToList();
        var sees = audience is Audience.Facilitators;
        // Facilitators of an anonymous workshop must not single anybody out by a rare role either.
        var smallest = sees && !anonymous ? 1 : Limits.SmallestCell;
        return new Presence(
            people.Count + simulated.Count,
            here.Count - people.Count - facilitators.Count,
            facilitators.Count,
            people.Concat(simulated).SelectMany(person => person.Roles).GroupBy(role => role).Where(role => role.Count() >= smallest).ToDictionary(role => role.Key, role => role.Count()),
            sees && !anonymous ? people : null,
            sees ? [.. facilitators.Select(person => person.Name ?? "")] : null,
            sees && pressed ? true : null);
    }
}

public sealed record PresentPerson(PersonId Id, string? Alias, IReadOnlyList<string> Roles);
