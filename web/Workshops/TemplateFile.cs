using System.Collections.Immutable;
using System.Text.Json;
using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Boards;
using LiveCoCreate.Grains.Workshops;
using LiveCoCreate.Web.Door;

namespace LiveCoCreate.Web.Workshops;

/// <summary>A template as a file that people keep and pass on (PROTOCOL.md, Template files). Read for ever: a change of meaning gets a new version.</summary>
public sealed record TemplateFile(
    string Format, int Version, Words Title, ImmutableArray<TemplateFileStep> Steps, Words? About = null,
    ImmutableArray<Words>? Charter = null, ImmutableArray<Words>? Roles = null, ImmutableArray<TemplateQuestion>? Questions = null)
{
    public const string Name = "livecocreate-template";
    public const int Latest = 1;

    /// <exception cref="RefusedException">What is wrong with the file.</exception>
    public static Template Read(JsonElement json)
    {
        if (json.ValueKind is not JsonValueKind.Object || !json.TryGetProperty("format", out var format) || format.ValueKind is not JsonValueKind.String || format.GetString() != Name)
            throw Wrong("template-malformed");
        if (json.TryGetProperty("version", out var version) && version.ValueKind is JsonValueKind.Number && version.TryGetInt32(out var number) && number > Latest)
            throw Wrong("template-newer");
        TemplateFile? file;
        try
        {
            file = json.Deserialize<TemplateFile>(Json.Options);
        }
        // JSON can escape half of a character, which no text can hold: reading it is an InvalidOperationException.
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            throw Wrong("template-malformed");
        }

        if (file is null || file.HoldsNothing()) throw Wrong("template-malformed");
        if (file.Texts().Any(text => string.IsNullOrWhiteSpace(text.Text.He) || string.IsNullOrWhiteSpace(text.Text.En))) throw Wrong("empty-text");
        if (!file.Fits()) throw Wrong("too-large", StatusCodes.Status413PayloadTooLarge);
        return new Template(
            "file", file.Title, file.About ?? new Words("", ""), file.Charter ?? [], file.Roles ?? [],
            [.. file.Steps.Select(step => new TemplateStep(step.Title, step.Kind ?? Kinds.Ideas, step.Lanes, step.Private ?? false, step.Moderation ?? Moderation.Open, step.Minutes is { } minutes ? (int)(minutes * 60_000) : null, step.Writing, step.Subject, step.Ballot))],
            file.Questions);
    }

    /// <summary>What an agenda is now, without anything that was written: the workshop's own words in its own language.</summary>
    public static object Of(Workshop workshop, IReadOnlyDictionary<BoardId, Board> boards) => new
    {
        format = Name,
        version = Latest,
        title = workshop.Title,
        about = workshop.Purpose.Length == 0 ? null : workshop.Purpose,
        charter = workshop.Charter.Principles.Select(principle => principle.Text),
        workshop.Made!.Roles,
        questions = workshop.Made.Questions.Select(question => new { question.Title, question.Options }),
        steps = workshop.Steps.Select(step => new
        {
            step.Title,
            step.Kind,
            lanes = LanesOf(boards[step.Board]).Select(lane => lane.Value.Title),
            @private = step.Settings.Private || boards[step.Board].Settings.Private,
            boards[step.Board].Settings.Moderation,
            minutes = step.DurationMs / 60_000m,
            writing = step.Writing ?? true,
            subject = boards[step.Board].Subject is { Length: > 0 } said ? said : null,
            step.Ballot,
        }),
    };

    /// <summary>A board's lanes in their order.</summary>
    public static IEnumerable<KeyValuePair<LaneId, Lane>> LanesOf(Board board) =>
        board.Lanes.OrderBy(lane => lane.Value.Rank, StringComparer.Ordinal).ThenBy(lane => lane.Key.Value, StringComparer.Ordinal);

    private IEnumerable<(Words Text, int Most)> Texts() =>
    [
        (Title, Limits.WorkshopTitle), .. (Charter ?? []).Select(one => (one, Limits.CharterPrinciple)), .. (Roles ?? []).Select(one => (one, Limits.RoleTitle)),
        .. Steps.SelectMany(step => step.Lanes.Select(lane => (lane, Limits.LaneTitle)).Prepend((step.Title, Limits.StepTitle))),
        .. (Questions ?? []).SelectMany(question => question.Options.Select(option => (option, Limits.QuestionOption)).Prepend((question.Title, Limits.QuestionTitle))),
    ];

    /// <summary>JSON lets a list hold null where our types do not, and a list be absent that must not be empty.</summary>
    private bool HoldsNothing() =>
        Steps.IsDefaultOrEmpty || Steps.Any(step => (TemplateFileStep?)step is null || step.Lanes.IsDefaultOrEmpty || step.Lanes.Any(Nothing) || step.Minutes is < 0 or > 480 || !Kinds.Has(step.Kind ?? Kinds.Ideas) || step.Ballot is { IsPossible: false })
        || (Charter is { } charter && (charter.IsDefault || charter.Any(Nothing))) || (Roles is { } roles && (roles.IsDefault || roles.Any(Nothing)))
        || (Questions is { } questions && (questions.IsDefault || questions.Any(question => (TemplateQuestion?)question is null || question.Options.IsDefaultOrEmpty || question.Options.Any(Nothing))));

    private bool Fits() =>
        Texts().All(text => Math.Max(text.Text.He.Length, text.Text.En.Length) <= text.Most)
        && Math.Max(About?.He.Length ?? 0, About?.En.Length ?? 0) <= Limits.Purpose
        && Steps.All(step => Math.Max(step.Subject?.He.Length ?? 0, step.Subject?.En.Length ?? 0) <= Limits.Subject)
        && Steps.Length <= Limits.StepsPerAgenda && Steps.All(step => step.Lanes.Length <= Limits.LanesPerBoard)
        && (Charter?.Length ?? 0) <= Limits.CharterPrinciples && (Roles?.Length ?? 0) <= Limits.Roles
        && (Questions?.Length ?? 0) <= Limits.Questions && (Questions ?? []).All(question => question.Options.Length <= Limits.QuestionOptions);

    private static bool Nothing(Words? words) => words is null;

    private static RefusedException Wrong(string code, int status = StatusCodes.Status400BadRequest) => new(status, code);
}

public sealed record TemplateFileStep(Words Title, ImmutableArray<Words> Lanes, bool? Private = null, Moderation? Moderation = null, decimal? Minutes = null,
    string? Kind = null, bool? Writing = null, Words? Subject = null, BallotPreset? Ballot = null);
