using System.Collections.Immutable;
using System.Diagnostics;
using static LiveCoCreate.Grains.Boards.BoardCommand;
using static LiveCoCreate.Grains.Boards.BoardEvent;

namespace LiveCoCreate.Grains.Boards;

/// <summary>Moderation at volume: one command for many ideas, one durable write, one frame, one undo (PROTOCOL.md C6).</summary>
public sealed partial record Board
{
    /// <summary>Whether what this person writes now waits until a facilitator has seen it.</summary>
    private bool MustWait(Caller by, string text) =>
        by.TakesPart && (Settings.Moderation is Moderation.Approve || Limited.Contains(by.Id) || WordList.Holds(Words, text));

    private static Decision<BoardEvent> DecideHideOfAuthor(Board board, HideIdeasOfAuthor hide)
    {
        if (Wrong(hide.Reason, Limits.Reason) is { } wrong) return wrong;
        if (board.Find(hide.Idea) is not { } idea) return "idea-missing";
        // Of somebody forgotten, nobody knows any more what else was theirs.
        // What a facilitator entered for others is not one person's.
        var theirs = (idea.Proxy ? [hide.Idea] : board.ByAuthor.GetValueOrDefault(idea.Author, [hide.Idea])).Where(id => board.Find(id) is { } one && one.Proxy == idea.Proxy).OrderBy(id => id.Value, StringComparer.Ordinal);
        return board.Hidden([.. theirs], hide.Reason.Trim());
    }

    private static Decision<BoardEvent> DecideMany(Board board, OfManyIdeas many)
    {
        if (many.Ideas.IsDefaultOrEmpty) return "malformed";
        if (many.Ideas.Length > Limits.IdeasPerCommand) return "too-many-at-once";
        // Who works through hundreds must not be stopped by the one that its author withdrew meanwhile: what is gone is left out.
        ImmutableArray<IdeaId> there = [.. many.Ideas.Distinct().Where(id => board.Find(id) is not null)];
        return many switch
        {
            HideIdeas hide when Wrong(hide.Reason, Limits.Reason) is { } wrong => wrong,
            MoveIdeas move when !board.Lanes.ContainsKey(move.Lane) => "lane-missing",
            ThemeIdeas { Theme: { } theme } when !board.Themes.ContainsKey(theme) => "theme-missing",
            _ when there.IsEmpty => "idea-missing",
            ApproveIdeas => DecideApproveMany(board, there),
            HideIdeas hide => board.Hidden(there, hide.Reason.Trim()),
            MoveIdeas move => DecideMoveMany(board, move, there),
            ThemeIdeas theme => ImmutableArray.CreateRange<BoardEvent>(there.Where(id => board.Ideas[id].Theme != theme.Theme).Select(id => board.Ideas[id].Themed(id, theme.Theme))),
            MergeIdeas merge => DecideMergeMany(board, merge, there),
            _ => throw new UnreachableException($"No decision for {many.GetType().Name}."),
        };
    }

    private static Decision<BoardEvent> DecideApproveMany(Board board, ImmutableArray<IdeaId> there)
    {
        ImmutableArray<BoardEvent> approved = [.. there.Where(id => board.Ideas[id].Standing is Standing.Waiting).Select(id => new IdeaApproved(id))];
        return approved.IsEmpty ? "idea-not-waiting" : approved;
    }

    /// <summary>What goes from view frees its dots in the open ballot, and what was merged into it goes with it.</summary>
    private ImmutableArray<BoardEvent> Hidden(ImmutableArray<IdeaId> ideas, string reason)
    {
        var hiding = ideas.Where(id => Ideas[id].Standing is not Standing.Hidden).ToImmutableArray();
        var gone = hiding.Select(id => Ideas[id]).ToHashSet(ReferenceEqualityComparer.Instance);
        return
        [
            .. hiding.Select(id => new IdeaHidden(id, reason, Ideas[id].Standing)),
            .. gone.Count == 0 || OpenBallot is null ? [] : Ideas.Where(idea => gone.Contains(idea.Value) || gone.Contains(Root(idea.Value))).Select(idea => idea.Key)
                .OrderBy(idea => idea.Value, StringComparer.Ordinal).SelectMany(Freed),
        ];
    }

    private IEnumerable<BoardEvent> Freed(IdeaId idea) =>
        Ballots.Where(ballot => ballot.Value.Open && ballot.Value.HasVotesOn(idea)).Select(ballot => new DotsFreed(ballot.Key, idea));

    /// <summary>One behind the other, in the order they are named.</summary>
    private static Decision<BoardEvent> DecideMoveMany(Board board, MoveIdeas move, ImmutableArray<IdeaId> moved)
    {
        var staying = board.Ideas.Where(other => other.Value.Lane == move.Lane && other.Value.Standing is not Standing.Withdrawn && !moved.Contains(other.Key))
            .OrderBy(other => other.Value.Rank, StringComparer.Ordinal).ThenBy(other => other.Key.Value, StringComparer.Ordinal).ToList();
        var at = move.After is { } after ? staying.FindIndex(other => other.Key == after) + 1 : 0;
        if (move.After is not null && at == 0) return "idea-missing";
        var (before, next) = (at == 0 ? null : staying[at - 1].Value.Rank, at == staying.Count ? null : staying[at].Value.Rank);
        var ranks = next is null || before == next
            ? [.. moved.Select((_, index) => Rank.Appended(board.Version + 1 + index))]
            : Rank.Between(before, next, moved.Length);
        return ImmutableArray.CreateRange<BoardEvent>(moved.Select((id, index) => new IdeaMoved(id, move.Lane, ranks[index], board.Ideas[id].Lane, board.Ideas[id].Rank)));
    }

    private static Decision<BoardEvent> DecideMergeMany(Board board, MergeIdeas merge, ImmutableArray<IdeaId> there)
    {
        if (board.Find(merge.Into) is not { } into) return "idea-missing";
        ImmutableArray<BoardEvent> merged = [.. there.Where(id => id != merge.Into && board.Ideas[id].Into is null && !ReferenceEquals(board.Root(into), board.Ideas[id])).Select(id => new IdeaMerged(id, merge.Into))];
        return merged.IsEmpty && there.All(id => board.Ideas[id].Into != merge.Into) ? "merge-circle" : merged;
    }
}
