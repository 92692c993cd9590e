using LiveCoCreate.Grains;

namespace LiveCoCreate.Web.Live;

/// <summary>Who is here now (PROTOCOL.md L6): numbers for the room, names for facilitators where the workshop shows names.</summary>
/// <param name="Ready">How many said that they are ready for what comes next.</param>
/// <param name="Hands">How many hands are raised.</param>
/// <param name="Queue">The raised hands, for facilitators only.</param>
/// <param name="Pressed">The server is late, and tells the room less often; facilitators only.</param>
public sealed record Presence(
    int People, int Screens, int Facilitators, IReadOnlyDictionary<string, int> Roles,
    IReadOnlyList<PresentPerson>? Names = null, IReadOnlyList<string>? FacilitatorNames = null, bool? Pressed = null,
    int? Ready = null, int? Hands = null, IReadOnlyList<RaisedHand>? Queue = null)
{
    /// <summary>How many agreed to the charter in force.</summary>
    public int? Agreed { get; init; }

    /// <summary>For others than facilitators in steps of the smallest cell, until it is everybody: neither the few who did nor the few who did not
    /// are pointed at.</summary>
    public static int Rounded(int some, int all, Audience audience) =>
        audience is Audience.Facilitators || some == all ? some : some - some % Limits.SmallestCell;

    /// <param name="here">Each seat once, on whichever node it is connected.</param>
    public static Presence Of(IReadOnlyList<SeatHere> here, IReadOnlyList<PresentPerson> simulated, Signals signals, Audience audience, bool anonymous, bool pressed)
    {
        var people = here.Where(person => person.Kind is SeatKind.Participant)
            .Select(person => new PresentPerson(person.Id, person.Name, person.Roles)).ToList();
        var facilitators = here.Where(person => person.Kind is SeatKind.Facilitator).ToList();
        var sees = audience is Audience.Facilitators;
        // Facilitators of an anonymous workshop must not single anybody out by a rare role either.
        var smallest = sees && !anonymous ? 1 : Limits.SmallestCell;
        var (ready, hands) = (signals.ReadyAmong(people.Select(person => person.Id)), signals.Hands);
        return new Presence(
            people.Count + simulated.Count,
            here.Count - people.Count - facilitators.Count,
            facilitators.Count,
            people.Concat(simulated).SelectMany(person => person.Roles).GroupBy(role => role).Where(role => role.Count() >= smallest).ToDictionary(role => role.Key, role => role.Count()),
            sees && !anonymous ? people : null,
            sees ? [.. facilitators.Select(person => person.Name ?? "")] : null,
            sees && pressed ? true : null,
            ready > 0 ? ready : null,
            hands.Count > 0 ? hands.Count : null,
            sees && hands.Count > 0 ? [.. hands.Select(hand => new RaisedHand(hand.Id, anonymous ? null : people.Find(person => person.Id == hand.Person)?.Alias, hand.HasFloor, hand.GoneAt is null || people.Exists(person => person.Id == hand.Person)))] : null);
    }
}

public sealed record PresentPerson(PersonId Id, string? Alias, IReadOnlyList<string> Roles);

/// <param name="Alias">Where the workshop shows names.</param>
/// <param name="Floor">It is their turn to speak.</param>
/// <param name="Here">Not away just now.</param>
public sealed record RaisedHand(string Hand, string? Alias, bool Floor, bool Here);
