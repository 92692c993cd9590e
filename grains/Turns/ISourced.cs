namespace LiveCoCreate.Grains.Turns;

/// <summary>One event as a fold sees it.</summary>
/// <param name="By">Null where an anonymous ballot must not say.</param>
public sealed record Recorded<TEvent>(long Version, DateTimeOffset At, PersonId? By, CommandId Command, TEvent Event);

/// <summary>How an accepted command is signed in the journal.</summary>
/// <param name="Under">The name under which its id is remembered for retries: the person, or the voter key of an anonymous ballot.</param>
/// <param name="By">The person, or null.</param>
/// <param name="At">The submission's time, or its minute.</param>
public readonly record struct Mark(string Under, PersonId? By, DateTimeOffset At);

/// <summary>A state that is the fold of its events: no clock, no I/O, no randomness (P9).</summary>
public interface ISourced<TSelf, TCommand, TEvent>
    where TSelf : ISourced<TSelf, TCommand, TEvent>
{
    /// <summary>Before anything happened.</summary>
    static abstract TSelf Empty { get; }

    /// <summary>Names this shape of state: snapshots of another are ignored.</summary>
    static abstract string StateVersion { get; }

    /// <summary>What stands in the journal for an accepted command that changed nothing, so that its retry is recognised for as long as others.</summary>
    static abstract TEvent Nothing { get; }

    /// <summary>The version of the last event folded in.</summary>
    long Version { get; }

    static abstract Decision<TEvent> Decide(TSelf state, Submission<TCommand> submission);

    /// <summary>Never refuses: what happened, happened.</summary>
    static abstract TSelf Evolve(TSelf state, Recorded<TEvent> happened);

    static virtual Mark MarkOf(TSelf state, Submission<TCommand> submission) => new(submission.By.Id.Value, submission.By.Id, submission.At);

    /// <summary>Under which name the command of a recorded event is remembered.</summary>
    static virtual string? Under(Recorded<TEvent> happened) => happened.By?.Value;
}
