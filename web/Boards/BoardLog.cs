using System.Collections.Frozen;
using System.Collections.Immutable;
using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Boards;
using LiveCoCreate.Grains.Journals;
using LiveCoCreate.Grains.Turns;
using LiveCoCreate.Grains.Workshops;

namespace LiveCoCreate.Web.Boards;

/// <summary>What facilitators did on a board, and on its workshop where that moderates: read from the journal, which is all there is of it
/// (PROTOCOL.md H16). It names facilitators and nobody else.</summary>
public sealed class BoardLog(IJournal journal, IGrains grains)
{
    private static readonly FrozenSet<string> OfBoards =
    [
        "settings-changed", "subject-set", "writing-opened", "writing-closed", "ideas-revealed", "lane-added", "lane-renamed", "lane-removed",
        "idea-edited", "idea-approved", "idea-held-back", "idea-hidden", "idea-shown", "idea-moved", "idea-themed", "idea-merged", "idea-unmerged",
        "theme-added", "theme-renamed", "theme-removed", "theme-given", "theme-approved", "theme-held-back", "theme-merged", "theme-unmerged", "theme-split", "theme-unsplit", "ideas-kept-apart", "ballot-opened", "ballot-closed", "results-revealed", "command-undone",
        "plan-set", "screen-turned",
        "comment-approved", "comment-held-back", "comment-hidden", "comment-shown", "reply-set", "status-set",
    ];

    private static readonly FrozenSet<string> OfWorkshops = ["words-changed", "participant-limited", "participant-freed", "seat-revoked", "charter-changed", "proxy-added"];

    /// <param name="before">What happened before this moment, latest first. What happened at one moment is never divided between two pages.</param>
    public async ValueTask<object> ReadAsync(WorkshopId workshop, BoardId board, PersonId reader, DateTimeOffset before, int most, CancellationToken cancellation)
    {
        var (names, ofWorkshop) = await OfWorkshopAsync(workshop, before, cancellation);
        var (state, entries) = (await grains.Board(board).StateAsync(), new List<Entry>());
        var texts = state.SeenBy(board, Audience.Facilitators).Ideas;
        await foreach (var happened in BackwardsAsync(board, before, cancellation))
        {
            if (entries.Count >= most && happened[0].At < entries[^1].At) break;
            if (happened[0].By is { } by && names.TryGetValue(by, out var name) && (by != PersonId.Nobody || happened[0].Event is not (BoardEvent.IdeaEdited or BoardEvent.IdeaUnmerged))) entries.Add(EntryOf(happened, name, by == reader, state, reader, texts));
        }

        var oldest = entries.Count < most ? DateTimeOffset.MinValue : entries[^1].At;
        var page = entries.Concat(ofWorkshop.Where(entry => entry.At >= oldest)).OrderByDescending(entry => entry.At).ToList();
        return new { entries = page, before = oldest == DateTimeOffset.MinValue ? (DateTimeOffset?)null : oldest };
    }

    /// <summary>The events of each command that facilitators may have given, the latest command first.</summary>
    private async IAsyncEnumerable<List<Recorded<BoardEvent>>> BackwardsAsync(BoardId board, DateTimeOffset before, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        var wanted = new List<long>();
        await foreach (var (version, at, type) in journal.OutlineAsync(board.Stream, cancellation))
            if (at < before && OfBoards.Contains(type)) wanted.Add(version);

        // Votes and writing lie between: each row of versions without a gap is read by itself.
        for (var to = wanted.Count; to > 0;)
        {
            var from = to - 1;
            while (from > 0 && wanted[from - 1] == wanted[from] - 1) from--;
            var run = new List<List<Recorded<BoardEvent>>>();
            await foreach (var envelope in journal.ReadAsync(board.Stream, wanted[from] - 1, wanted[to - 1], cancellation))
            {
                var happened = EventCodec<BoardEvent>.Read(envelope);
                if (run.Count > 0 && run[^1][0].Command == happened.Command && run[^1][0].By == happened.By) run[^1].Add(happened);
                else run.Add([happened]);
            }

            for (var at = run.Count - 1; at >= 0; at--) yield return run[at];
            to = from;
        }
    }

    private static Entry EntryOf(List<Recorded<BoardEvent>> happened, string name, bool mine, Board board, PersonId reader, IReadOnlyDictionary<IdeaId, IdeaView> texts)
    {
        var ideas = happened.SelectMany(one => IdeasOf(one.Event)).Distinct().ToList();
        var undone = happened.Any(one => one.Event is BoardEvent.CommandUndone);
        return new Entry(happened[0].At, name, EventCodec<BoardEvent>.TypeOf(happened[0].Event))
        {
            Ideas = ideas.Count,
            // As it is now, and only where facilitators see it: what was forgotten or is private is not told here either.
            Text = ideas.Select(idea => texts.GetValueOrDefault(idea)?.Text).FirstOrDefault(text => text is not null)
                ?? (happened[0].Event is BoardEvent.SubjectSet && board.Subject.Length > 0 ? board.Subject : null),
            Reason = happened[0].Event switch { BoardEvent.IdeaHidden hidden => hidden.Reason, BoardEvent.CommentHidden hidden => hidden.Reason, _ => null },
            Undone = undone ? true : null,
            Command = mine && board.CanUndo(reader, happened[0].Command) ? happened[0].Command : null,
        };
    }

    private static ImmutableArray<IdeaId> IdeasOf(BoardEvent happened) => happened switch
    {
        BoardEvent.IdeaEdited one => [one.Idea],
        BoardEvent.IdeaApproved one => [one.Idea],
        BoardEvent.IdeaHeldBack one => [one.Idea],
        BoardEvent.IdeaHidden one => [one.Idea],
        BoardEvent.IdeaShown one => [one.Idea],
        BoardEvent.IdeaMoved one => [one.Idea],
        BoardEvent.IdeaThemed one => [one.Idea],
        BoardEvent.IdeaMerged one => [one.Idea],
        BoardEvent.IdeaUnmerged one => [one.Idea],
        BoardEvent.ThemeMerged one => one.Ideas,
        BoardEvent.ThemeUnmerged one => one.Ideas,
        BoardEvent.ThemeSplit one => one.Ideas,
        BoardEvent.ThemeUnsplit one => one.Ideas,
        BoardEvent.IdeasKeptApart one => [one.Idea, one.Other],
        BoardEvent.PlanSet one => [one.Idea],
        BoardEvent.CommentApproved one => [one.Idea],
        BoardEvent.CommentHeldBack one => [one.Idea],
        BoardEvent.CommentHidden one => [one.Idea],
        BoardEvent.CommentShown one => [one.Idea],
        BoardEvent.ReplySet one => [one.Idea],
        BoardEvent.StatusSet one => [one.Idea],
        BoardEvent.ScreenTurned { Now.Idea: { } idea } => [idea],
        _ => [],
    };

    /// <summary>Who ever facilitated, by name, and what they did that holds on all boards.</summary>
    private async ValueTask<(Dictionary<PersonId, string> Names, List<Entry> Entries)> OfWorkshopAsync(WorkshopId workshop, DateTimeOffset before, CancellationToken cancellation)
    {
        // Whoever facilitated and was forgotten did what they did, and is named no more. What a participant may have done as well is not told of nobody.
        var (names, entries) = (new Dictionary<PersonId, string> { [PersonId.Nobody] = "" }, new List<Entry>());
        await foreach (var envelope in journal.ReadAsync(workshop.Stream, 0, long.MaxValue, cancellation))
        {
            var happened = EventCodec<WorkshopEvent>.Read(envelope);
            if (happened.Event is WorkshopEvent.FacilitatorSeated seated) names[seated.Facilitator] = seated.Name;
            if (happened.At < before && OfWorkshops.Contains(envelope.Type) && happened.By is { } by && names.TryGetValue(by, out var name)) entries.Add(new Entry(happened.At, name, envelope.Type));
        }

        return (names, entries);
    }

    /// <param name="By">The facilitator's name.</param>
    /// <param name="What">The type of what happened, as in the journal.</param>
    private sealed record Entry(DateTimeOffset At, string By, string What)
    {
        public int Ideas { get; init; }

        /// <summary>What one of them says now.</summary>
        public string? Text { get; init; }

        public string? Reason { get; init; }

        /// <summary>It took something back, or did it again.</summary>
        public bool? Undone { get; init; }

        /// <summary>What the reader can undo: one's own commands only, while that still can be.</summary>
        public CommandId? Command { get; init; }
    }
}
