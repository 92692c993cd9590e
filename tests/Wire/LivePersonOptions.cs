namespace LiveCoCreate.Wire;

/// <summary>Hears the bytes that reach one person. <c>source</c> is the hub's target, <c>Completion</c>, or the HTTP request.
/// The bytes are valid only during the call.</summary>
public delegate void Hears(LivePerson who, string source, ReadOnlySpan<byte> json);

public sealed record LivePersonOptions
{
    public Reading Reading { get; init; } = Reading.Full;

    /// <summary>Keep the times of the last arrivals, for <see cref="LivePerson.WhenReached"/>.</summary>
    public bool KeepArrivals { get; init; }

    /// <summary>How long the server may be away before the line ends and what is unanswered fails.</summary>
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Send again what is answered with <c>retry</c> or <c>too-fast</c> (L4). A test that wants to see those turns it off.</summary>
    public bool SendAgain { get; init; } = true;

    /// <summary>Hears everything that arrives: frames, views, replies.</summary>
    public Hears? Hears { get; init; }

    /// <summary>Called under the person's lock each time a command is put on the wire; keep it short.</summary>
    public Action<Command, int>? CommandSent { get; init; }

    /// <summary>Called under the person's lock when a command has its final answer; keep it short.</summary>
    public Action<Command, Answer>? CommandAnswered { get; init; }
}
