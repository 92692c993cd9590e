using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using LiveCoCreate.Grains.Turns;
using static LiveCoCreate.Grains.Boards.BoardCommand;
using static LiveCoCreate.Grains.Boards.BoardEvent;

namespace LiveCoCreate.Grains.Boards;

/// <summary>Plans: what is done about an idea, by whom and until when; and what the team may still say once the workshop is over, since that is when plans are kept.</summary>
public sealed partial record Board
{
    /// <summary>On a closed board nothing happens any more, but that the team says what became of it (C10).</summary>
    private static Decision<BoardEvent> DecideAfterTheClose(Board board, BoardCommand command, Caller by) => command switch
    {
        SetPlan or SetStatus or ReplyToIdea when by.Facilitates => DecideDialogue(board, command, by)!.Value,
        // The close left nothing to be undone: what there is was said since.
        Undo undo when by.Facilitates && board.Done.GetValueOrDefault(by.Id, []).Exists(done => done.Command == undo.Command) => DecideUndo(board, undo, by.Id),
        _ => "workshop-closed",
    };

    private static Decision<BoardEvent> DecidePlan(Board board, SetPlan set)
    {
        if (set.Owner?.Length > Limits.PlanOwner || set.Measure?.Length > Limits.PlanMeasure) return "too-large";
        DateOnly? due = null;
        if (!string.IsNullOrWhiteSpace(set.Due))
        {
            if (!DateOnly.TryParseExact(set.Due, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)) return "malformed";
            due = date;
        }

        if (board.Find(set.Idea) is not { } idea || !board.InTheOpen(idea)) return "idea-missing";
        var plan = new PlanItem(
            Kept(set.Owner, idea.Plan?.Owner), set.Due is null ? idea.Plan?.Due : due, Kept(set.Measure, idea.Plan?.Measure), set.State ?? idea.Plan?.State ?? PlanState.Todo);
        return plan == idea.Plan ? Nothing : PlanSet.Of(set.Idea, plan, idea.Plan);
    }

    /// <summary>What is absent stays; what is blank is nothing from now on.</summary>
    private static string? Kept(string? said, string? before) => said is null ? before : string.IsNullOrWhiteSpace(said) ? null : said.Trim();

    /// <summary>Null when it may be said so.</summary>
    private static string? Wrong(Sources? from, Caller by) => from switch
    {
        null or { All.IsEmpty: true } => null,
        _ when !by.Facilitates => "not-allowed",
        { All.Length: > Limits.SourcesPerIdea } => "too-many-at-once",
        // JSON lets a list hold null where our types do not.
        { All: var all } => all.Any(source => (Source?)source is null) ? "malformed" : null,
    };

    private static bool IsFeel(int? feel) => feel is null or (>= -2 and <= 2);

    private static Board ApplyPlan(Board board, Recorded<BoardEvent> happened) => happened.Event switch
    {
        PlanSet set => board.Change(set.Idea, idea => idea with { Plan = set.Plan }),
        _ => throw new UnreachableException($"No fold for {happened.Event.GetType().Name}."),
    };

    /// <summary>Null when nothing takes it back.</summary>
    private static ImmutableArray<BoardEvent>? InverseOfPlan(BoardEvent happened) =>
        happened is PlanSet set ? [PlanSet.Of(set.Idea, set.Before, set.Plan)] : null;

    /// <summary>An item of its own: who words an idea anew is not in the way of who plans it.</summary>
    private static string? ItemOfPlan(BoardEvent happened) => happened is PlanSet { Idea: var idea } ? "plan/" + idea : null;

    /// <summary>Which ideas may say, or have said, what that one says: they grew out of it, and say the same, or were put differently since they did.
    /// One that is forgotten already is named again, so that a forgetting that was cut off is finished by its retry.</summary>
    public IEnumerable<IdeaId> CarryingWordsOf(Source source, Idea said) => Ideas
        .Where(idea => idea.Value.From is { All: var from } && from.Contains(source)
            && ((from.Length == 1 && idea.Value.Edited) || idea.Value.Text == said.Text || idea.Value.Text == said.Original || idea.Value.Text == PersonalAttribute.Forgotten))
        .Select(idea => idea.Key);

    /// <summary>Which ideas were brought here and say one of these titles.</summary>
    public IEnumerable<IdeaId> CarryingTitles(IReadOnlySet<string> titles) => Ideas
        .Where(idea => idea.Value.From is not null && (titles.Contains(idea.Value.Text) || (idea.Value.Original is { } original && titles.Contains(original))))
        .Select(idea => idea.Key);
}
