using System.Collections.Immutable;
using LiveCoCreate.Grains.Turns;
using static LiveCoCreate.Grains.Boards.BoardCommand;
using static LiveCoCreate.Grains.Boards.BoardEvent;

namespace LiveCoCreate.Grains.Boards;

/// <summary>What is said about ideas: comments, reactions, the team's reply and where the idea stands. Decided, folded, taken back and seen here.</summary>
public sealed partial record Board
{
    /// <summary>Null when the command is none of these.</summary>
    private static Decision<BoardEvent>? DecideDialogue(Board board, BoardCommand command, Caller by) => command switch
    {
        AddComment add when by.TakesPart || by.Facilitates => DecideAddComment(board, add, by),
        CopyComment copy when by.Kind is SeatKind.System => DecideAddComment(board, new AddComment(copy.Comment, copy.Idea, copy.Text, copy.Language), by),
        EditComment edit when by.TakesPart || by.Facilitates => DecideEditComment(board, edit, by),
        WithdrawComment withdraw when by.TakesPart || by.Facilitates => DecideWithdrawComment(board, withdraw, by),
        React react when by.TakesPart => DecideReact(board, react, by.Id),
        AddComment or CopyComment or EditComment or WithdrawComment or React => "not-allowed",
        ApproveComment or HideComment or ShowComment or ReplyToIdea or SetStatus or SetPlan when !by.Facilitates => "not-allowed",
        ApproveComment approve => board.Find(approve.Comment) switch
        {
            null => "comment-missing",
            { Standing: not Standing.Waiting } => "comment-not-waiting",
            { } comment => new CommentApproved(approve.Comment, comment.Idea),
        },
        HideComment hide => DecideHideComment(board, hide),
        ShowComment show => board.Find(show.Comment) switch
        {
            null => "comment-missing",
            { Standing: not Standing.Hidden } => "comment-not-hidden",
            { } comment => new CommentShown(show.Comment, comment.Idea, Standing.Shown, comment.Reason),
        },
        ReplyToIdea reply => DecideReply(board, reply),
        SetStatus set => DecideStatus(board, set),
        SetPlan set => DecidePlan(board, set),
        _ => (Decision<BoardEvent>?)null,
    };

    /// <summary>The comment if facilitators can act on it.</summary>
    private Comment? Find(CommentId id) =>
        Comments.TryGetValue(id, out var comment) && comment.Standing is not Standing.Withdrawn && FacilitatorsSee(Ideas[comment.Idea]) ? comment : null;

    /// <summary>Whose it is to edit and to withdraw: its author's, or the whole team's.</summary>
    private static bool IsTheirs(Comment comment, Caller by) => by.Facilitates ? comment.Team : comment.Author == by.Id;

    private static Decision<BoardEvent> DecideAddComment(Board board, AddComment add, Caller by)
    {
        if (Wrong(add.Text, Limits.CommentText) is { } wrong) return wrong;
        if (add.Language is { Length: > Limits.LanguageTag }) return "too-large";
        if (board.Comments.TryGetValue(add.Comment, out var same)) return same.Author == by.Id ? Nothing : "id-taken";
        if (board.Find(add.Idea) is not { } idea || !board.InTheOpen(idea)) return "idea-missing";
        if (board.Comments.Count >= Limits.CommentsPerBoard || board.CommentsOn.GetValueOrDefault(add.Idea)?.Count >= Limits.CommentsPerIdea
            || (by.TakesPart && board.CommentsBy.GetValueOrDefault(by.Id)?.Count >= Limits.CommentsPerPerson)) return "too-many-comments";
        return new CommentAdded(
            add.Comment, add.Idea, add.Text.Trim(), add.Language, by.Id, board.Settings.Anonymous ? null : by.Signature, Team: by.Facilitates,
            Waiting: board.MustWait(by, add.Text));
    }

    private static Decision<BoardEvent> DecideEditComment(Board board, EditComment edit, Caller by)
    {
        if (Wrong(edit.Text, Limits.CommentText) is { } wrong) return wrong;
        if (edit.Language is { Length: > Limits.LanguageTag }) return "too-large";
        if (board.Find(edit.Comment) is not { } comment || !IsTheirs(comment, by) || (by.TakesPart && comment.Standing is Standing.Hidden)) return "comment-missing";
        var (text, language) = (edit.Text.Trim(), edit.Language ?? comment.Language);
        if ((text, language) == (comment.Text, comment.Language)) return Nothing;
        var again = comment.Standing is Standing.Shown && board.MustWait(by, text);
        return new CommentEdited(edit.Comment, comment.Idea, text, language, comment.Text, comment.Language, again, comment.Standing);
    }

    private static Decision<BoardEvent> DecideWithdrawComment(Board board, WithdrawComment withdraw, Caller by)
    {
        if (!board.Comments.TryGetValue(withdraw.Comment, out var comment) || !IsTheirs(comment, by)) return "comment-missing";
        return comment.Standing is Standing.Withdrawn ? Nothing : new CommentWithdrawn(withdraw.Comment, comment.Idea, comment.Standing);
    }

    private static Decision<BoardEvent> DecideHideComment(Board board, HideComment hide)
    {
        if (Wrong(hide.Reason, Limits.Reason) is { } wrong) return wrong;
        if (board.Find(hide.Comment) is not { } comment) return "comment-missing";
        return comment.Standing is Standing.Hidden ? Nothing : new CommentHidden(hide.Comment, comment.Idea, hide.Reason.Trim(), comment.Standing);
    }

    private static Decision<BoardEvent> DecideReact(Board board, React react, PersonId by)
    {
        var given = board.Reacting.Has(by, react.Idea, react.Reaction);
        if (board.Find(react.Idea) is not { } idea) return "idea-missing";
        // As with votes: taking back is always possible, and nobody else learns that it is there.
        if (!board.InTheOpen(idea) && (!given || react.On)) return "idea-missing";
        return given == react.On ? Nothing : new ReactionSet(react.Idea, react.Reaction, react.On);
    }

    private static Decision<BoardEvent> DecideReply(Board board, ReplyToIdea reply)
    {
        if (reply.Text is { } said && Wrong(said, Limits.TeamReply) is { } wrong) return wrong;
        if (reply.Language is { Length: > Limits.LanguageTag }) return "too-large";
        if (board.Find(reply.Idea) is not { } idea || !board.InTheOpen(idea)) return "idea-missing";
        var (text, language) = (reply.Text?.Trim(), reply.Text is null ? null : reply.Language);
        return (text, language) == (idea.Reply?.Text, idea.Reply?.Language) ? Nothing : new ReplySet(reply.Idea, text, language, idea.Reply?.Text, idea.Reply?.Language);
    }

    private static Decision<BoardEvent> DecideStatus(Board board, SetStatus set)
    {
        if ((set.Note is not null || set.Status is IdeaStatus.NotNow) && Wrong(set.Note ?? "", Limits.Reason) is { } wrong) return wrong;
        if (board.Find(set.Idea) is not { } idea || !board.InTheOpen(idea)) return "idea-missing";
        var note = set.Note?.Trim();
        return (set.Status, note) == (idea.Status, idea.Note) ? Nothing : new StatusSet(set.Idea, set.Status, note, idea.Status, idea.Note);
    }

    private static Board ApplyDialogue(Board board, Recorded<BoardEvent> happened) => happened.Event switch
    {
        CommentAdded added => board with
        {
            Comments = board.Comments.SetItem(added.Comment, new Comment(
                added.Idea, added.Text, added.Language, added.Author, added.Signature, added.Team, happened.At, added.Waiting ? Standing.Waiting : Standing.Shown)),
            CommentsOn = board.CommentsOn.SetItem(added.Idea, board.CommentsOn.GetValueOrDefault(added.Idea, []).Add(added.Comment)),
            CommentsBy = board.CommentsBy.SetItem(added.Author, board.CommentsBy.GetValueOrDefault(added.Author, []).Add(added.Comment)),
        },
        CommentEdited edited => board.Change(edited.Comment, comment => comment with
        {
            Text = edited.Text,
            Language = edited.Language,
            Edited = true,
            Standing = edited.Waiting ? Standing.Waiting : comment.Standing,
        }),
        CommentWithdrawn withdrawn => board.Change(withdrawn.Comment, comment => comment with { Standing = Standing.Withdrawn }),
        CommentRestored restored => board.Change(restored.Comment, comment => comment with { Standing = restored.Standing }),
        CommentApproved approved => board.Change(approved.Comment, comment => comment with { Standing = Standing.Shown }),
        CommentHeldBack held => board.Change(held.Comment, comment => comment with { Standing = Standing.Waiting }),
        CommentHidden hidden => board.Change(hidden.Comment, comment => comment with { Standing = Standing.Hidden, Reason = hidden.Reason }),
        CommentShown shown => board.Change(shown.Comment, comment => comment with { Standing = shown.Standing, Reason = null }),
        CommentsForgotten forgotten => forgotten.Comments.Aggregate(board, (so, id) => so.Change(id, comment => comment with
        {
            Author = PersonId.Nobody,
            Signature = null,
            Standing = forgotten.Removed ? Standing.Withdrawn : comment.Standing,
        })) with
        {
            CommentsBy = forgotten.Comments.IsEmpty || !board.Comments.TryGetValue(forgotten.Comments[0], out var any) ? board.CommentsBy : board.CommentsBy.Remove(any.Author),
        },
        CommentExpunged expunged => board.Change(expunged.Comment, WithoutText),
        ReactionSet set => happened.By is { } by && by != PersonId.Nobody ? board with { Reacting = board.Reacting.With(by, set.Idea, set.Reaction, set.On) } : board,
        ReplySet set => board.Change(set.Idea, idea => idea with { Reply = set.Text is null ? null : new TeamReply(set.Text, set.Language, happened.At) }),
        StatusSet set => board.Change(set.Idea, idea => idea with { Status = set.Status, Note = set.Note }),
        _ => ApplyPlan(board, happened),
    };

    private Board Change(CommentId id, Func<Comment, Comment> change) => this with { Comments = Comments.SetItem(id, change(Comments[id])) };

    private static Comment WithoutText(Comment comment) =>
        comment with { Text = PersonalAttribute.Forgotten, Reason = comment.Reason is null ? null : PersonalAttribute.Forgotten };

    /// <summary>Which comment an event is about, and of which idea.</summary>
    internal static (CommentId Comment, IdeaId Idea)? CommentOf(BoardEvent happened) => happened switch
    {
        CommentAdded one => (one.Comment, one.Idea),
        CommentEdited one => (one.Comment, one.Idea),
        CommentWithdrawn one => (one.Comment, one.Idea),
        CommentRestored one => (one.Comment, one.Idea),
        CommentApproved one => (one.Comment, one.Idea),
        CommentHeldBack one => (one.Comment, one.Idea),
        CommentHidden one => (one.Comment, one.Idea),
        CommentShown one => (one.Comment, one.Idea),
        CommentExpunged one => (one.Comment, one.Idea),
        _ => null,
    };

    /// <summary>A participant's own doing, which nobody undoes.</summary>
    private bool IsOfItsAuthor(BoardEvent happened) => happened is CommentEdited or CommentWithdrawn && !Comments[CommentOf(happened)!.Value.Comment].Team;

    /// <summary>Null when nothing takes it back.</summary>
    private static ImmutableArray<BoardEvent>? InverseOfDialogue(BoardEvent happened) => happened switch
    {
        CommentEdited edited => [new CommentEdited(edited.Comment, edited.Idea, edited.Before, edited.LanguageBefore, edited.Text, edited.Language, edited.StandingBefore is Standing.Waiting, edited.StandingBefore)],
        CommentWithdrawn withdrawn => [new CommentRestored(withdrawn.Comment, withdrawn.Idea, withdrawn.Before)],
        CommentRestored restored => [new CommentWithdrawn(restored.Comment, restored.Idea, restored.Standing)],
        CommentApproved approved => [new CommentHeldBack(approved.Comment, approved.Idea)],
        CommentHeldBack held => [new CommentApproved(held.Comment, held.Idea)],
        CommentHidden hidden => [new CommentShown(hidden.Comment, hidden.Idea, hidden.Before, hidden.Reason)],
        CommentShown shown => [new CommentHidden(shown.Comment, shown.Idea, shown.Reason ?? "", shown.Standing)],
        ReplySet set => [new ReplySet(set.Idea, set.Before, set.LanguageBefore, set.Text, set.Language)],
        StatusSet set => [new StatusSet(set.Idea, set.Before, set.NoteBefore, set.Status, set.Note)],
        _ => InverseOfPlan(happened),
    };

    private static string? ItemOfDialogue(BoardEvent happened) => happened switch
    {
        ReplySet { Idea: var idea } => "idea/" + idea,
        StatusSet { Idea: var idea } => "idea/" + idea,
        _ => CommentOf(happened) is var (comment, _) ? "comment/" + comment : ItemOfPlan(happened),
    };

    /// <param name="ideas">What this audience sees: of nothing else it reads what was said.</param>
    /// <param name="last">As in IdeasSeenBy.</param>
    private ImmutableDictionary<CommentId, CommentView> CommentsSeenBy(Audience audience, ImmutableDictionary<IdeaId, IdeaView> ideas, (Board Board, BoardView View)? last)
    {
        if (Comments.IsEmpty) return ImmutableDictionary<CommentId, CommentView>.Empty;
        if (last is { } same && ReferenceEquals(same.Board.Comments, Comments) && ReferenceEquals(same.View.Ideas, ideas)) return same.View.Comments;
        var seen = ImmutableDictionary.CreateBuilder<CommentId, CommentView>();
        foreach (var (id, comment) in Comments)
        {
            if (comment.Standing is Standing.Withdrawn || !ideas.ContainsKey(comment.Idea)) continue;
            var facilitates = audience is Audience.Facilitators;
            if (comment.Standing is not Standing.Shown && !facilitates) continue;
            seen[id] = last is { } earlier && earlier.View.Comments.TryGetValue(id, out var view) && ReferenceEquals(earlier.Board.Comments[id], comment) ? view : new CommentView(
                comment.Idea, comment.Text, comment.Language, comment.At,
                comment.Standing switch { Standing.Waiting => IdeaState.Waiting, Standing.Hidden => IdeaState.Hidden, _ => IdeaState.Shown },
                Settings.Anonymous ? null : comment.Signature, comment.Team ? true : null, comment.Edited ? true : null, facilitates ? comment.Reason : null);
        }

        return seen.ToImmutable();
    }

    /// <summary>How often each visible idea got each reaction. Of what became one idea each person counts once.</summary>
    /// <param name="last">As in IdeasSeenBy.</param>
    private ImmutableDictionary<IdeaId, Reactions> ReactionsSeenBy(ImmutableDictionary<IdeaId, IdeaView> ideas, (Board Board, BoardView View)? last)
    {
        var before = last?.View.Reactions ?? ImmutableDictionary<IdeaId, Reactions>.Empty;
        if (last is { } same && ReferenceEquals(same.View.Ideas, ideas))
        {
            if (ReferenceEquals(same.Board.Reacting, Reacting)) return before;
            if (ReactionsAfter(before, same.Board.Reacting, ideas) is { } after) return after;
        }

        var merged = ideas.Values.Where(idea => idea.Into is not null).Select(idea => idea.Into!.Value).ToHashSet();
        // With hundreds of ideas most are as they were: they cost a look, and no room.
        var seen = before.ToBuilder();
        foreach (var id in before.Keys)
            if (!IsWhole(id) || !Reacting.Counts.ContainsKey(id)) seen.Remove(id);
        foreach (var (id, count) in Reacting.Counts)
            if (IsWhole(id)) seen[id] = count;
        if (merged.Count == 0) return seen.ToImmutable();
        foreach (var parts in Reacting.Counts.Keys.Where(id => ideas.ContainsKey(id) && !IsWhole(id)).GroupBy(id => ideas[id].Into ?? id))
            seen[parts.Key] = parts.SelectMany(part => Reacting.On[part]).GroupBy(one => one.Key, one => one.Value)
                .Aggregate(Reactions.None, (sum, person) => sum.Plus(person.Aggregate(Reactions.None, (either, one) => either.Or(one))));
        return seen.ToImmutable();

        bool IsWhole(IdeaId id) => ideas.TryGetValue(id, out var idea) && idea.Into is null && !merged.Contains(id);
    }

    /// <summary>The same where only what was reacted to since has to be looked at; null where ideas that became one are among it.</summary>
    private ImmutableDictionary<IdeaId, Reactions>? ReactionsAfter(ImmutableDictionary<IdeaId, Reactions> before, Reacting earlier, ImmutableDictionary<IdeaId, IdeaView> ideas)
    {
        if (Reacting.Since(earlier) is not { } touched) return null;
        bool? areMerged = null;
        var seen = before.ToBuilder();
        foreach (var id in touched)
        {
            if (!ideas.TryGetValue(id, out var idea)) continue;
            if (idea.Into is not null) return null;
            // What is shown is its own count itself, and no sum.
            var isOwn = before.TryGetValue(id, out var was) && ReferenceEquals(was, earlier.Counts.GetValueOrDefault(id));
            if (!isOwn && (areMerged ??= ideas.Any(each => each.Value.Into is not null))) return null;
            if (Reacting.Counts.TryGetValue(id, out var count)) seen[id] = count;
            else seen.Remove(id);
        }

        return seen.ToImmutable();
    }

    /// <summary>One's own comments, without those on ideas that are gone for everybody.</summary>
    private ImmutableDictionary<CommentId, MyComment> MyCommentsOf(PersonId person) => CommentsBy.GetValueOrDefault(person, [])
        .Where(id => Ideas[Comments[id].Idea].Standing is not Standing.Withdrawn).ToImmutableDictionary(id => id, id =>
        {
            var comment = Comments[id];
            return new MyComment(comment.Idea, comment.Text, comment.Language, comment.Standing switch
            {
                Standing.Waiting => MyIdeaState.Waiting,
                Standing.Hidden => MyIdeaState.Hidden,
                Standing.Withdrawn => MyIdeaState.Withdrawn,
                _ => MyIdeaState.Shown,
            }, comment.At, comment.Standing is Standing.Hidden ? comment.Reason : null);
        });
}
