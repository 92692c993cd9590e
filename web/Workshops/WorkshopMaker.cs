using System.Collections.Immutable;
using System.Text.Json;
using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Boards;
using LiveCoCreate.Grains.Codes;
using LiveCoCreate.Grains.Workshops;
using LiveCoCreate.Web.Door;
using LiveCoCreate.Web.Seats;

namespace LiveCoCreate.Web.Workshops;

/// <summary>What an organiser asks for (PROTOCOL.md H2).</summary>
public sealed record NewWorkshop(
    string Title, string Language, string Template, string Request, string? Purpose = null, bool Anonymous = true, Moderation? Moderation = null,
    ImmutableArray<string>? Roles = null, ImmutableArray<NewQuestion>? Questions = null, ImmutableArray<string>? Charter = null, string? Facilitator = null,
    JsonElement? File = null, EarlierWorkshop? From = null);

/// <param name="Content">With what everyone saw on its boards.</param>
public sealed record EarlierWorkshop(string Workshop, bool Content = false);

public sealed record NewQuestion(string Title, ImmutableArray<string> Options);

/// <summary>Makes workshops. All ids derive from the request's, so that sending it again makes nothing twice.</summary>
public sealed class WorkshopMaker(IGrains grains, SeatKeeper seats, TimeProvider clock)
{
    private const int CodeAttempts = 40;

    /// <param name="own">The organiser's own template: of a file, or of an earlier workshop.</param>
    /// <exception cref="RefusedException">What is wrong with the request.</exception>
    public async ValueTask<(WorkshopId Id, string Code)> MakeAsync(NewWorkshop wanted, Template? own = null)
    {
        Check(wanted);
        var template = own ?? Templates.Find(wanted.Template) ?? throw new RefusedException(StatusCodes.Status404NotFound, "template-missing");
        var id = new WorkshopId(await seats.DeriveAsync("workshop", wanted.Request));
        if (await grains.Workshop(id).StateAsync() is { Made: { } already }) return (id, already.Code);

        var code = await ClaimCodeAsync(id);
        var steps = ImmutableArray.CreateBuilder<StepOfAgenda>();
        foreach (var (index, step) in template.Steps.Index())
        {
            var key = index.ToString(System.Globalization.CultureInfo.InvariantCulture);
            var lanes = ImmutableArray.CreateBuilder<LaneOfStep>();
            foreach (var (at, lane) in step.Lanes.Index())
                lanes.Add(new LaneOfStep(new LaneId(await seats.DeriveAsync("lane", id.Value, key, at.ToString(System.Globalization.CultureInfo.InvariantCulture))), lane.In(wanted.Language)));
            steps.Add(new StepOfAgenda(
                new StepId(await seats.DeriveAsync("step", id.Value, key)), new BoardId(await seats.DeriveAsync("board", id.Value, key)), step.Kind, step.Title.In(wanted.Language),
                new BoardSettings(wanted.Moderation ?? step.Moderation, step.Private, wanted.Anonymous), lanes.ToImmutable(), step.DurationMs,
                step.Writing ?? Kinds.BeginsWithWriting(step.Kind) ? null : false, SubjectIn(step, wanted.Language), step.Ballot));
        }

        var reply = await grains.Workshop(id).SubmitAsync(new Submission<WorkshopCommand>(
            new CommandId(wanted.Request), Caller.System, clock.Now(), new WorkshopCommand.CreateWorkshop(
                wanted.Title.Trim(), wanted.Purpose?.Trim() ?? "", wanted.Language, code, template.Id, wanted.Anonymous,
                Clean(wanted.Charter) ?? [.. template.Charter.Select(principle => principle.In(wanted.Language))],
                Clean(wanted.Roles) ?? [.. template.Roles.Select(role => role.In(wanted.Language))],
                [.. (wanted.Questions ?? [.. (template.Questions ?? []).Select(question => new NewQuestion(question.Title.In(wanted.Language), [.. question.Options.Select(option => option.In(wanted.Language))]))])
                    .Select((question, index) => new Question($"q{index + 1}", question.Title.Trim(), Clean(question.Options)!.Value))],
                steps.ToImmutable())));
        return reply.Refusal is { } refusal ? throw RefusedException.From(refusal) : (id, code);
    }

    public async ValueTask<PersonId> SeatFacilitatorAsync(WorkshopId id, string request, string name)
    {
        var facilitator = new PersonId(await seats.DeriveAsync("facilitator", id.Value, request));
        var reply = await grains.Workshop(id).SubmitAsync(new Submission<WorkshopCommand>(
            new CommandId(facilitator.Value), Caller.System, clock.Now(), new WorkshopCommand.SeatFacilitator(facilitator, name)));
        return reply.Refusal is { } refusal ? throw RefusedException.From(refusal) : facilitator;
    }

    private async ValueTask<string> ClaimCodeAsync(WorkshopId id)
    {
        for (var attempt = 0; attempt < CodeAttempts; attempt++)
        {
            var bits = System.Buffers.Text.Base64Url.DecodeFromChars(await seats.DeriveAsync("code", id.Value, attempt.ToString(System.Globalization.CultureInfo.InvariantCulture)));
            var code = string.Concat(bits.Take(JoinCode.Length).Select(b => JoinCode.Alphabet[b % JoinCode.Alphabet.Length]));
            var reply = await grains.Code(code).SubmitAsync(new Submission<CodeCommand>(new CommandId(id.Value), Caller.System, clock.Now(), new CodeCommand.ClaimCode(id)));
            if (reply.Accepted) return code;
        }

        throw new RefusedException(StatusCodes.Status503ServiceUnavailable, "code-taken");
    }

    private static string? SubjectIn(TemplateStep step, string language) => step.Subject?.In(language).Trim() is { Length: > 0 } said ? said : null;

    private static void Check(NewWorkshop wanted)
    {
        if (!Ids.IsId(wanted.Request) || wanted.Language is not ("he" or "en") || HoldsNothing(wanted.Charter) || HoldsNothing(wanted.Roles) || HoldsNothing(wanted.Questions)
            || (wanted.Questions ?? []).Any(question => HoldsNothing<string>(question.Options)))
            throw new RefusedException(StatusCodes.Status400BadRequest, "malformed");
        if (string.IsNullOrWhiteSpace(wanted.Title)) throw new RefusedException(StatusCodes.Status400BadRequest, "empty-text");
        var fits = wanted.Title.Length <= Limits.WorkshopTitle && (wanted.Purpose?.Length ?? 0) <= Limits.Purpose && (wanted.Facilitator?.Length ?? 0) <= Limits.Alias
            && Fit(wanted.Charter, Limits.CharterPrinciples, Limits.CharterPrinciple) && Fit(wanted.Roles, Limits.Roles, Limits.RoleTitle)
            && (wanted.Questions?.Length ?? 0) <= Limits.Questions
            && (wanted.Questions ?? []).All(question => question.Title.Length <= Limits.QuestionTitle && Fit(question.Options, Limits.QuestionOptions, Limits.QuestionOption));
        if (!fits) throw new RefusedException(StatusCodes.Status413PayloadTooLarge, "too-large");
        if ((wanted.Questions ?? []).Any(question => string.IsNullOrWhiteSpace(question.Title) || question.Options.All(string.IsNullOrWhiteSpace)))
            throw new RefusedException(StatusCodes.Status400BadRequest, "empty-text");
    }

    /// <summary>JSON lets a list hold null where our types do not.</summary>
    private static bool HoldsNothing<T>(ImmutableArray<T>? list) where T : class => list is { IsDefault: false } some && some.Any(each => (T?)each is null);

    private static bool Fit(ImmutableArray<string>? texts, int most, int length) =>
        texts is not { IsDefault: false } some || (some.Length <= most && some.All(text => text.Length <= length));

    private static ImmutableArray<string>? Clean(ImmutableArray<string>? texts) =>
        texts is not { IsDefault: false } some ? null : [.. some.Select(text => text.Trim()).Where(text => text.Length > 0).Distinct()];
}
