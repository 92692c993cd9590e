using static LiveCoCreate.Grains.Boards.BoardCommand;
using static LiveCoCreate.Grains.Boards.BoardEvent;

namespace LiveCoCreate.Grains.Boards;

/// <summary>What the big screens were turned to: one idea, the words, the wall or the results. It ends by itself when the idea goes from
/// view or something begins that the room must see (PROTOCOL.md R1).</summary>
public sealed partial record Board
{
    /// <summary>Null: they go their own course.</summary>
    public Showing? Showing { get; init; }

    private static Decision<BoardEvent> DecideShow(Board board, ShowOnScreen show)
    {
        if ((show.View is ScreenView.Idea) != (show.Idea is not null)) return "malformed";
        if (show.View is ScreenView.Results && board.Ballots.Values.MaxBy(ballot => ballot.Round) is var latest && latest is not { Open: false }) return latest is null ? "ballot-missing" : "ballot-open";
        if (show.Idea is { } wanted && (board.Find(wanted) is not { } idea || !board.InTheOpen(idea))) return "idea-missing";
        Showing? now = show.View is { } view ? new Showing(view, show.Idea is { } id ? board.Ideas[id].Into is null ? id : board.RootId(board.Ideas[id]) : null) : null;
        return now == board.Showing ? Nothing : new ScreenTurned(now, board.Showing);
    }

    private bool MayStandOnScreen(IdeaId id) => Ideas.TryGetValue(id, out var idea) && idea.Into is null && InTheOpen(idea);

    /// <summary>What must not be seen, or hides what must be, is shown no longer: whatever it was that made it so.</summary>
    private static Board Turned(Board board, BoardEvent happened) => board.Showing is { } showing && (happened switch
    {
        BallotOpened or BallotClosed or ResultsRevealed or IdeasRevealed or BoardClosed => true,
        TextExpunged expunged when expunged.Idea == showing.Idea => true,
        _ => showing.Idea is { } idea && !board.MayStandOnScreen(idea),
    }) ? board with { Showing = null } : board;

    /// <summary>The same for all audiences, and never what participants may not see.</summary>
    private Showing? ShowingSeen => Showing is { Idea: { } idea } && !MayStandOnScreen(idea) ? null : Showing;
}

/// <param name="Idea">Which one, where it is one idea.</param>
public sealed record Showing(ScreenView View, IdeaId? Idea = null);

/// <summary>What big screens can be turned to. The names stand in the journal, for good (P7).</summary>
public enum ScreenView
{
    /// <summary>All ideas.</summary>
    Board,

    /// <summary>The words that most ideas have.</summary>
    Cloud,

    /// <summary>What was voted last.</summary>
    Results,

    /// <summary>One idea, large.</summary>
    Idea,

    /// <summary>The themes as a picture.</summary>
    Map,
}
