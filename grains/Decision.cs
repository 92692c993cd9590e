using System.Collections.Immutable;

namespace LiveCoCreate.Grains;

/// <summary>What a decider answers: the events that happen, or why nothing does.</summary>
public readonly struct Decision<TEvent>
{
    private readonly ImmutableArray<TEvent> _events;

    private Decision(ImmutableArray<TEvent> events, Refusal? refusal) => (_events, Refusal) = (events, refusal);

    /// <summary>Empty for a refusal, and for what is already so (PROTOCOL.md C3).</summary>
    public ImmutableArray<TEvent> Events => _events.IsDefault ? [] : _events;

    public Refusal? Refusal { get; }

    public static implicit operator Decision<TEvent>(TEvent happened) => new([happened], null);

    public static implicit operator Decision<TEvent>(ImmutableArray<TEvent> happened) => new(happened, null);

    public static implicit operator Decision<TEvent>(Refusal refusal) => new([], refusal);

    /// <summary>Refused with this code.</summary>
    public static implicit operator Decision<TEvent>(string code) => new([], Refusal.Of(code));
}
