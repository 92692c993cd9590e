using System.Text.Json.Serialization;
using LiveCoCreate.Grains.Journals;
using LiveCoCreate.Grains.Turns;
using static LiveCoCreate.Grains.Codes.CodeCommand;
using static LiveCoCreate.Grains.Codes.CodeEvent;

namespace LiveCoCreate.Grains.Codes;

/// <summary>A join code: 6 characters that are hard to mistake for one another (PROTOCOL.md I2). It lets in; it never is a key.</summary>
public static class JoinCode
{
    public const string Alphabet = "23456789ABCDEFGHJKMNPQRSTVWXYZ";

    public const int Length = 6;

    /// <summary>The code as it is kept, or null when the text cannot be one.</summary>
    public static string? Read(string? text)
    {
        if (text is null || text.Length > 32) return null;
        var code = string.Concat(text.ToUpperInvariant().Where(c => c is not (' ' or '-')));
        return code.Length == Length && code.All(c => Alphabet.Contains(c, StringComparison.Ordinal)) ? code : null;
    }

    public static string Stream(string code) => "code/" + code;
}

/// <summary>What happened to a code. Its first event claims it (P7: discriminators are for good).</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(CodeClaimed), "code-claimed")]
[JsonDerivedType(typeof(CodeRested), "code-rested")]
[JsonDerivedType(typeof(NothingChanged), "nothing-changed")]
public abstract record CodeEvent
{
    private CodeEvent() { }

    public sealed record CodeClaimed(WorkshopId Workshop) : CodeEvent;

    /// <summary>Its workshop closed; after <see cref="Limits.CodeRest"/> another may claim it.</summary>
    public sealed record CodeRested : CodeEvent;

    public sealed record NothingChanged : CodeEvent;
}

[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(ClaimCode), "claim-code")]
[JsonDerivedType(typeof(RestCode), "rest-code")]
public abstract record CodeCommand
{
    private CodeCommand() { }

    public sealed record ClaimCode(WorkshopId Workshop) : CodeCommand;

    public sealed record RestCode(WorkshopId Workshop) : CodeCommand;
}

public sealed record Code : ISourced<Code, CodeCommand, CodeEvent>
{
    public static Code Empty { get; } = new();

    public static string StateVersion => "code-3";

    static CodeEvent ISourced<Code, CodeCommand, CodeEvent>.Nothing => new NothingChanged();

    public long Version { get; init; }

    public WorkshopId? Workshop { get; init; }

    public DateTimeOffset? RestsSince { get; init; }

    public static Decision<CodeEvent> Decide(Code code, Submission<CodeCommand> submission) => submission.Command switch
    {
        _ when submission.By.Kind is not SeatKind.System => "not-allowed",
        ClaimCode claim when code.Workshop == claim.Workshop => default,
        ClaimCode claim when code.Workshop is null || submission.At - code.RestsSince >= Limits.CodeRest => new CodeClaimed(claim.Workshop),
        RestCode rest when code.Workshop == rest.Workshop && code.RestsSince is null => new CodeRested(),
        RestCode => default,
        _ => "code-taken",
    };

    public static Code Evolve(Code code, Recorded<CodeEvent> happened) => happened.Event switch
    {
        CodeClaimed claimed => new Code { Version = happened.Version, Workshop = claimed.Workshop },
        CodeRested => code with { Version = happened.Version, RestsSince = happened.At },
        _ => code with { Version = happened.Version },
    };
}

/// <summary>One join code: which workshop it lets into.</summary>
public interface ICode
{
    /// <summary>Refused with <c>code-taken</c> when another workshop has it.</summary>
    ValueTask<Reply> SubmitAsync(Submission<CodeCommand> submission);

    /// <summary>The workshop it lets into, or null.</summary>
    ValueTask<WorkshopId?> WorkshopAsync();
}

public sealed class CodeGrain : ICode, IGrain
{
    private readonly TurnTaker<Code, CodeCommand, CodeEvent> _turns;

    private CodeGrain(TurnTaker<Code, CodeCommand, CodeEvent> turns) => _turns = turns;

    public bool IsGone => _turns.IsGone;

    public Action<Mishap>? Mishap { set => _turns.Mishap = value; }

    public static async ValueTask<CodeGrain> ActivateAsync(string code, IJournal journal, CancellationToken cancellation) =>
        new(await TurnTaker<Code, CodeCommand, CodeEvent>.ActivateAsync(JoinCode.Stream(code), journal, (_, _) => default, cancellation));

    public ValueTask<Reply> SubmitAsync(Submission<CodeCommand> submission) => _turns.SubmitAsync(submission);

    public ValueTask<WorkshopId?> WorkshopAsync() => new(_turns.State.Workshop);

    public bool TryRetire() => _turns.TryRetire();

    public void Dispose()
    {
    }
}
