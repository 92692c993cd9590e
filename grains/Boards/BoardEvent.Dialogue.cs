using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace LiveCoCreate.Grains.Boards;

[JsonDerivedType(typeof(CommentAdded), "comment-added")]
[JsonDerivedType(typeof(CommentEdited), "comment-edited")]
[JsonDerivedType(typeof(CommentWithdrawn), "comment-withdrawn")]
[JsonDerivedType(typeof(CommentRestored), "comment-restored")]
[JsonDerivedType(typeof(CommentApproved), "comment-approved")]
[JsonDerivedType(typeof(CommentHeldBack), "comment-held-back")]
[JsonDerivedType(typeof(CommentHidden), "comment-hidden")]
[JsonDerivedType(typeof(CommentShown), "comment-shown")]
[JsonDerivedType(typeof(CommentsForgotten), "comments-forgotten")]
[JsonDerivedType(typeof(CommentExpunged), "comment-expunged")]
[JsonDerivedType(typeof(ReactionSet), "reaction-set")]
[JsonDerivedType(typeof(ReplySet), "reply-set")]
[JsonDerivedType(typeof(StatusSet), "status-set")]
public abstract partial record BoardEvent
{
    /// <summary>Each event of a comment names its idea, so that what is expunged with an idea is known from the event alone.</summary>
    /// <param name="Waiting">Held back until a facilitator approves it.</param>
    /// <param name="Team">A facilitator said it.</param>
    public sealed record CommentAdded(
        CommentId Comment, IdeaId Idea, [Personal] string Text, string? Language, PersonId Author, [Personal] string? Signature, bool Team, bool Waiting) : BoardEvent;

    /// <param name="Waiting">The new text must be approved again.</param>
    public sealed record CommentEdited(
        CommentId Comment, IdeaId Idea, [Personal] string Text, string? Language, [Personal] string Before, string? LanguageBefore, bool Waiting, Standing StandingBefore) : BoardEvent;

    public sealed record CommentWithdrawn(CommentId Comment, IdeaId Idea, Standing Before) : BoardEvent;

    /// <summary>A withdrawal was undone.</summary>
    public sealed record CommentRestored(CommentId Comment, IdeaId Idea, Standing Standing) : BoardEvent;

    public sealed record CommentApproved(CommentId Comment, IdeaId Idea) : BoardEvent;

    /// <summary>An approval was undone.</summary>
    public sealed record CommentHeldBack(CommentId Comment, IdeaId Idea) : BoardEvent;

    /// <param name="Reason">Told to the author.</param>
    public sealed record CommentHidden(CommentId Comment, IdeaId Idea, [Personal] string Reason, Standing Before) : BoardEvent;

    public sealed record CommentShown(CommentId Comment, IdeaId Idea, Standing Standing, [Personal] string? Reason) : BoardEvent;

    /// <param name="Comments">Comments that have no author from now on.</param>
    /// <param name="Removed">Whether they go altogether.</param>
    public sealed record CommentsForgotten(ImmutableArray<CommentId> Comments, bool Removed) : BoardEvent;

    public sealed record CommentExpunged(CommentId Comment, IdeaId Idea) : BoardEvent;

    /// <summary>Who reacted says the envelope alone: once they are forgotten, it is nobody's and counts no more.</summary>
    /// <param name="On">Whether it is given from now on.</param>
    public sealed record ReactionSet(IdeaId Idea, Reaction Reaction, bool On) : BoardEvent;

    /// <param name="Text">What the team answers from now on; absent: nothing. Which facilitator wrote it says the envelope.</param>
    public sealed record ReplySet(IdeaId Idea, [Personal] string? Text, string? Language, [Personal] string? Before, string? LanguageBefore) : BoardEvent;

    public sealed record StatusSet(IdeaId Idea, IdeaStatus Status, [Personal] string? Note, IdeaStatus Before, [Personal] string? NoteBefore) : BoardEvent;
}
