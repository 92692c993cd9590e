using Orleans;

namespace LiveCoCreate.Silo.Orleans;

/// <summary>What became of a call between nodes. Exceptions lose on the way what they are, so what callers must tell apart is a value.</summary>
public enum Outcome
{
    Done,

    /// <summary>The activation is over, broken or idle: the next one is to be asked the same again.</summary>
    Gone,

    /// <summary>The journal could not be read or written just now.</summary>
    JournalAway,

    /// <summary>The journal holds what the silo is too old to know.</summary>
    JournalNewer,
}

/// <param name="Why">For an operator, where there is more to say than the outcome.</param>
[GenerateSerializer, Immutable]
public readonly record struct Answer<T>([property: Id(0)] Outcome Outcome, [property: Id(1)] T? Value, [property: Id(2)] string? Why = null);

/// <summary>What a grain holds, or nothing where the caller has it already.</summary>
/// <param name="Tag">Names what is held; no two activations give the same.</param>
[GenerateSerializer, Immutable]
public readonly record struct Edition<T>([property: Id(0)] long Tag, [property: Id(1)] T? Held) where T : class;
