namespace LiveCoCreate.Grains;

/// <summary>What proves who is calling. <see cref="System"/> is LiveCoCreate itself: what one stream's event makes another do.</summary>
public enum SeatKind
{
    Participant,
    Facilitator,
    Screen,
    System,
}

/// <summary>Who calls, from the seat alone (P6).</summary>
/// <param name="Signature">What a participant is called in a workshop that shows names; null elsewhere.</param>
public sealed record Caller(SeatKind Kind, PersonId Id, string? Signature = null)
{
    public static readonly Caller System = new(SeatKind.System, new PersonId("system"));

    public bool Facilitates => Kind is SeatKind.Facilitator;

    public bool TakesPart => Kind is SeatKind.Participant;
}

/// <summary>A command on its way to a grain. The time comes with it (P9); a retry carries the same id (P2).</summary>
public sealed record Submission<TCommand>(CommandId Id, Caller By, DateTimeOffset At, TCommand Command);

/// <summary>The answer to a command: the stream's version that holds its effect, durable, or a refusal.</summary>
public sealed record Reply(long Version, Refusal? Refusal = null, int? RetryAfterMs = null)
{
    public bool Accepted => Refusal is null;

    public static Reply Refused(string code, long version = 0) => new(version, Refusal.Of(code));
}

/// <summary>Who shares a view.</summary>
public enum Audience
{
    Facilitators,
    Participants,
    Screens,
    Public,
}

/// <summary>Marks a field that holds what a person wrote or is called: forgetting overwrites it (P10).</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class PersonalAttribute : Attribute
{
    /// <summary>Stands where a forgotten text stood.</summary>
    public const string Forgotten = "[forgotten]";
}
