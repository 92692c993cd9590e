using System.Collections.Immutable;
using System.Text.Json.Serialization;
using LiveCoCreate.Grains.Journals;
using LiveCoCreate.Grains.Turns;
using static LiveCoCreate.Grains.Participants.ParticipantCommand;
using static LiveCoCreate.Grains.Participants.ParticipantEvent;

namespace LiveCoCreate.Grains.Participants;

/// <summary>What happened to one person in one workshop (P7: discriminators are for good).</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(ParticipantJoined), "participant-joined")]
[JsonDerivedType(typeof(CharterAgreed), "charter-agreed")]
[JsonDerivedType(typeof(ParticipantForgotten), "participant-forgotten")]
[JsonDerivedType(typeof(NothingChanged), "nothing-changed")]
public abstract record ParticipantEvent
{
    private ParticipantEvent() { }

    /// <param name="Charter">How many principles the charter had that they agreed to.</param>
    /// <param name="CharterVersion">Which version that was; the first, where nothing is said.</param>
    public sealed record ParticipantJoined(
        WorkshopId Workshop, [Personal] string? Alias, ImmutableArray<string> Roles, [Personal] ImmutableDictionary<string, string> Answers,
        string? Language, int Charter, int? CharterVersion = null) : ParticipantEvent;

    /// <summary>Agreed again, to a later version.</summary>
    public sealed record CharterAgreed(int Charter) : ParticipantEvent;

    public sealed record ParticipantForgotten : ParticipantEvent;

    public sealed record NothingChanged : ParticipantEvent;
}

[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(Join), "join")]
[JsonDerivedType(typeof(AgreeCharter), "agree-charter")]
[JsonDerivedType(typeof(Forget), "forget")]
public abstract record ParticipantCommand
{
    private ParticipantCommand() { }

    public sealed record Join(
        WorkshopId Workshop, string? Alias, ImmutableArray<string> Roles, ImmutableDictionary<string, string> Answers, string? Language, int Charter, int CharterVersion = 1) : ParticipantCommand;

    /// <param name="Charter">The version that was read.</param>
    public sealed record AgreeCharter(int Charter) : ParticipantCommand
    {
        /// <summary>The version in force, filled in by who knows the workshop, never from the message.</summary>
        [JsonIgnore]
        public int InForce { get; init; }
    }

    public sealed record Forget : ParticipantCommand;
}

public sealed record Participant : ISourced<Participant, ParticipantCommand, ParticipantEvent>
{
    public static Participant Empty { get; } = new();

    public static string StateVersion => "participant-4";

    static ParticipantEvent ISourced<Participant, ParticipantCommand, ParticipantEvent>.Nothing => new NothingChanged();

    private static readonly ImmutableArray<ParticipantEvent> Nothing = [];

    public long Version { get; init; }

    public WorkshopId? Workshop { get; init; }

    public string? Alias { get; init; }

    public ImmutableArray<string> Roles { get; init; } = [];

    public ImmutableDictionary<string, string> Answers { get; init; } = ImmutableDictionary<string, string>.Empty;

    public string? Language { get; init; }

    /// <summary>The version of the charter they agreed to last.</summary>
    public int Charter { get; init; } = 1;

    public bool Forgotten { get; init; }

    public static Decision<ParticipantEvent> Decide(Participant participant, Submission<ParticipantCommand> submission) => submission.Command switch
    {
        AgreeCharter agree when submission.By.TakesPart && participant is { Workshop: not null, Forgotten: false } =>
            agree.Charter > agree.InForce || agree.Charter < 1 ? "malformed"
            : agree.Charter < agree.InForce ? "charter-changed"
            : participant.Charter == agree.Charter ? Nothing : new CharterAgreed(agree.Charter),
        _ when submission.By.Kind is not SeatKind.System => "not-allowed",
        Join join when participant.Workshop is null => new ParticipantJoined(
            join.Workshop, join.Alias, join.Roles, join.Answers, join.Language, join.Charter, join.CharterVersion is 1 ? null : join.CharterVersion),
        Join join => participant.Workshop == join.Workshop ? Nothing : "id-taken",
        ParticipantCommand.Forget => participant is { Workshop: not null, Forgotten: false } ? new ParticipantForgotten() : Nothing,
        _ => "command-unknown",
    };

    public static Participant Evolve(Participant participant, Recorded<ParticipantEvent> happened) => happened.Event switch
    {
        ParticipantJoined joined => participant with
        {
            Version = happened.Version,
            Workshop = joined.Workshop,
            Alias = joined.Alias,
            Roles = joined.Roles,
            Answers = joined.Answers,
            Language = joined.Language,
            Charter = joined.CharterVersion ?? 1,
        },
        CharterAgreed agreed => participant with { Version = happened.Version, Charter = agreed.Charter },
        ParticipantForgotten => new Participant { Version = happened.Version, Workshop = participant.Workshop, Forgotten = true },
        _ => participant with { Version = happened.Version },
    };

    /// <summary>What forgetting makes of this person's events (P10).</summary>
    public static Envelope Forget(Envelope envelope)
    {
        var before = EventCodec<ParticipantEvent>.Read(envelope);
        return before.Event is ParticipantJoined joined
            ? EventCodec<ParticipantEvent>.Write(envelope.Stream, before with
            {
                Event = joined with { Alias = null, Roles = [], Answers = ImmutableDictionary<string, string>.Empty, Language = null },
            })
            : envelope;
    }
}

/// <summary>One person in one workshop.</summary>
public interface IParticipant
{
    ValueTask<Reply> SubmitAsync(Submission<ParticipantCommand> submission);

    ValueTask<Participant> StateAsync();

    /// <summary>Forgets who this was (P10).</summary>
    ValueTask ForgetAsync(CommandId command, DateTimeOffset at);
}

public sealed class ParticipantGrain : IParticipant, IGrain
{
    private readonly TurnTaker<Participant, ParticipantCommand, ParticipantEvent> _turns;

    private ParticipantGrain(TurnTaker<Participant, ParticipantCommand, ParticipantEvent> turns) => _turns = turns;

    public bool IsGone => _turns.IsGone;

    public Action<Mishap>? Mishap { set => _turns.Mishap = value; }

    public static async ValueTask<ParticipantGrain> ActivateAsync(PersonId id, IJournal journal, CancellationToken cancellation) =>
        new(await TurnTaker<Participant, ParticipantCommand, ParticipantEvent>.ActivateAsync(id.Stream, journal, (_, _) => default, cancellation));

    public ValueTask<Reply> SubmitAsync(Submission<ParticipantCommand> submission) => _turns.SubmitAsync(submission);

    public ValueTask<Participant> StateAsync() => new(_turns.State);

    public async ValueTask ForgetAsync(CommandId command, DateTimeOffset at)
    {
        await _turns.SubmitAsync(new Submission<ParticipantCommand>(command, Caller.System, at, new ParticipantCommand.Forget()));
        await _turns.RewriteAsync(Participant.Forget);
    }

    public bool TryRetire() => _turns.TryRetire();

    public void Dispose()
    {
    }
}
