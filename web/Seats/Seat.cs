using LiveCoCreate.Grains;

namespace LiveCoCreate.Web.Seats;

/// <summary>Who is calling, as the signed cookie has it (P6).</summary>
public sealed record Seat(WorkshopId Workshop, SeatKind Kind, PersonId Id, DateTimeOffset Until)
{
    public Audience Audience => Kind switch
    {
        SeatKind.Facilitator => Audience.Facilitators,
        SeatKind.Screen => Audience.Screens,
        _ => Audience.Participants,
    };
}
