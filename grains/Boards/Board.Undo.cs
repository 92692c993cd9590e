using System.Collections.Immutable;
using LiveCoCreate.Grains.Turns;
using static LiveCoCreate.Grains.Boards.BoardCommand;
using static LiveCoCreate.Grains.Boards.BoardEvent;

namespace LiveCoCreate.Grains.Boards;

public sealed partial record Board
{
    private static readonly ImmutableArray<BoardEvent> TooLate = default;

    /// <summary>Whether this person could take this command of theirs back now.</summary>
    public bool CanUndo(PersonId by, CommandId command) => DecideUndo(this, new Undo(command), by).Refusal is null;

    private static Decision<BoardEvent> DecideUndo(Board board, Undo undo, PersonId by)
    {
        if (board.Done.GetValueOrDefault(by)?.Find(done => done.Command == undo.Command) is not { } done) return "undo-missing";
        var late = done.After.Where(item => board.TouchedBy(item.Key) != item.Value).Select(item => item.Key).ToHashSet();
        // Of many ideas, those that another command changed since stay as they are: one of them must not keep the others (C6).
        var themes = ThemesMadeBy(done);
        var many = done.After.Count > 1 && done.After.Keys.All(item => item.StartsWith("idea/", StringComparison.Ordinal) || themes.Contains(item));
        if (late.Count == done.After.Count ? late.Count > 0 : late.Count > 0 && !many) return "undo-too-late";
        var back = ImmutableArray.CreateBuilder<BoardEvent>();
        var so = board;
        foreach (var happened in done.Events.Reverse())
        {
            if (ItemOf(happened) is { } item && late.Contains(item)) continue;
            // A theme that another command changed since keeps its ideas.
            if (many && happened is IdeaThemed { Theme: { } theme } && late.Contains("theme/" + theme)) continue;
            if (Inverse(so, happened) is not { } inverse) return "undo-impossible";
            if (inverse.IsDefault && many) continue;
            if (inverse.IsDefault) return "undo-too-late";
            back.AddRange(inverse);
            // Each step back is judged on the board that the later ones have been taken back from.
            so = inverse.Aggregate(so, (earlier, taken) => Apply(earlier, new Recorded<BoardEvent>(earlier.Version, default, by, undo.Command, taken)));
        }

        if (many && back.Count == 0) return "undo-too-late";
        back.Add(new CommandUndone(undo.Command));
        return back.ToImmutable();
    }

    /// <summary>What takes an event back; null when nothing can; default when it is too late.</summary>
    private static ImmutableArray<BoardEvent>? Inverse(Board board, BoardEvent happened) => happened switch
    {
        SettingsChanged changed => [new SettingsChanged(changed.Before, changed.Settings)],
        SubjectSet set => [new SubjectSet(set.Before, set.Text)],
        WritingOpened => [new WritingClosed()],
        WritingClosed => [new WritingOpened()],
        LaneAdded added => board.Lanes.Count == 1 || board.Ideas.Values.Any(idea => idea.Lane == added.Lane) ? TooLate : [new LaneRemoved(added.Lane, added.Title, added.Rank)],
        LaneRenamed renamed => [new LaneRenamed(renamed.Lane, renamed.Before, renamed.Title)],
        LaneRemoved removed => [new LaneAdded(removed.Lane, removed.Title, removed.Rank)],
        // What people voted on, spoke of or merged with it is not taken from them.
        IdeaAdded { From: not null } added => board.IsUsed(added.Idea) ? TooLate : [new IdeaHidden(added.Idea, "", Standing.Shown)],
        IdeaEdited edited => [new IdeaEdited(edited.Idea, edited.Before, edited.LanguageBefore, edited.Text, edited.Language, edited.StandingBefore is Standing.Waiting, edited.StandingBefore, null, edited.FeelBefore, edited.Feel)],
        // Who has voted on it saw it approved: it cannot quietly go back to the queue.
        IdeaApproved approved => board.Ballots.Values.Any(ballot => ballot.HasVotesOn(approved.Idea)) ? TooLate : [new IdeaHeldBack(approved.Idea)],
        IdeaHeldBack held => [new IdeaApproved(held.Idea)],
        IdeaHidden hidden => [new IdeaShown(hidden.Idea, hidden.Before, hidden.Reason)],
        IdeaShown shown => board.Ballots.Values.Any(ballot => ballot.Open && ballot.HasVotesOn(shown.Idea)) ? TooLate : [new IdeaHidden(shown.Idea, shown.Reason ?? "", shown.Standing)],
        // Freed dots are free for good.
        DotsFreed => ImmutableArray<BoardEvent>.Empty,
        IdeaMoved moved => board.Lanes.ContainsKey(moved.LaneBefore) ? [new IdeaMoved(moved.Idea, moved.LaneBefore, moved.RankBefore, moved.Lane, moved.Rank)] : TooLate,
        IdeaThemed themed => board.Find(themed.Idea) is null || (board.Lasting(themed.Before) is { } theme && !board.Themes.ContainsKey(theme)) ? TooLate : [new IdeaThemed(themed.Idea, board.Lasting(themed.Before), themed.Theme, themed.RoomBefore, themed.Room, themed.OutBefore, themed.Out)],
        IdeaMerged merged => [new IdeaUnmerged(merged.Idea, merged.Into)],
        IdeaUnmerged unmerged => board.Find(unmerged.From) is { } into && board.Find(unmerged.Idea) is { } idea && !ReferenceEquals(board.Root(into), idea)
            ? [new IdeaMerged(unmerged.Idea, unmerged.From)] : TooLate,
        ThemeAdded added => board.Ideas.Values.Any(idea => idea.Theme == added.Theme) ? TooLate : [new ThemeRemoved(added.Theme, added.Title, added.Colour, added.Rank, [])],
        ThemeRenamed renamed => [new ThemeRenamed(renamed.Theme, renamed.Before, renamed.Title)],
        ThemeRemoved removed =>
        [
            removed.Author is { } author ? new ThemeGiven(removed.Theme, removed.Title, removed.Colour, removed.Rank, author, removed.Waiting is true) : new ThemeAdded(removed.Theme, removed.Title, removed.Colour, removed.Rank),
            .. removed.Ideas.Where(idea => board.Find(idea) is { Theme: null }).Select(idea => new IdeaThemed(idea, removed.Theme, null, board.Ideas[idea].WasPlacedByRoom, board.Ideas[idea].WasPlacedByRoom)),
        ],
        CommandUndone => ImmutableArray<BoardEvent>.Empty,
        ScreenTurned turned => turned.Before?.Idea is { } idea && !board.MayStandOnScreen(idea) ? TooLate : [new ScreenTurned(turned.Before, turned.Now)],
        IdeasKeptApart kept => [kept with { Apart = !kept.Apart }],
        _ => InverseOfGrouping(board, happened) ?? InverseOfDialogue(happened),
    };

    /// <summary>The item that an event changes, so that undo sees whether someone else changed it since.</summary>
    private static string? ItemOf(BoardEvent happened) => happened switch
    {
        // A reveal ends private writing: earlier settings would bring it back.
        SettingsChanged or IdeasRevealed => "settings",
        SubjectSet => "subject",
        WritingOpened or WritingClosed => "writing",
        ScreenTurned => "screen",
        LaneAdded { Lane: var lane } => "lane/" + lane,
        LaneRenamed { Lane: var lane } => "lane/" + lane,
        LaneRemoved { Lane: var lane } => "lane/" + lane,
        IdeaAdded { From: not null, Idea: var idea } => "idea/" + idea,
        IdeaEdited { Idea: var idea } => "idea/" + idea,
        IdeaWithdrawn { Idea: var idea } => "idea/" + idea,
        IdeaApproved { Idea: var idea } => "idea/" + idea,
        IdeaHeldBack { Idea: var idea } => "idea/" + idea,
        IdeaHidden { Idea: var idea } => "idea/" + idea,
        IdeaShown { Idea: var idea } => "idea/" + idea,
        IdeaMoved { Idea: var idea } => "idea/" + idea,
        // The room sorts all the time: that must not keep what else was done with an idea from being taken back, nor the other way round.
        IdeaThemed { Idea: var idea } => $"idea/{idea}/theme",
        IdeaMerged { Idea: var idea } => "idea/" + idea,
        IdeaUnmerged { Idea: var idea } => "idea/" + idea,
        TextExpunged { Idea: var idea } => "idea/" + idea,
        ThemeAdded { Theme: var theme } => "theme/" + theme,
        ThemeRenamed { Theme: var theme } => "theme/" + theme,
        ThemeRemoved { Theme: var theme } => "theme/" + theme,
        IdeasKeptApart kept => $"apart/{kept.Idea}/{kept.Other}",
        _ => ItemOfGrouping(happened) ?? ItemOfDialogue(happened),
    };
}
