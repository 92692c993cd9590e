using System.Text.Json.Serialization;

namespace LiveCoCreate.Grains.Boards;

[JsonDerivedType(typeof(AddComment), "add-comment")]
[JsonDerivedType(typeof(EditComment), "edit-comment")]
[JsonDerivedType(typeof(WithdrawComment), "withdraw-comment")]
[JsonDerivedType(typeof(ApproveComment), "approve-comment")]
[JsonDerivedType(typeof(HideComment), "hide-comment")]
[JsonDerivedType(typeof(ShowComment), "show-comment")]
[JsonDerivedType(typeof(React), "react")]
[JsonDerivedType(typeof(ReplyToIdea), "reply-to-idea")]
[JsonDerivedType(typeof(SetStatus), "set-status")]
[JsonDerivedType(typeof(CopyComment), "copy-comment")]
[JsonDerivedType(typeof(ExpungeComment), "expunge-comment")]
public abstract partial record BoardCommand
{
    public sealed record AddComment(CommentId Comment, IdeaId Idea, string Text, string? Language = null) : BoardCommand;

    public sealed record EditComment(CommentId Comment, string Text, string? Language = null) : BoardCommand;

    public sealed record WithdrawComment(CommentId Comment) : BoardCommand;

    public sealed record ApproveComment(CommentId Comment) : BoardCommand;

    public sealed record HideComment(CommentId Comment, string Reason) : BoardCommand;

    public sealed record ShowComment(CommentId Comment) : BoardCommand;

    /// <param name="On">Whether it is given from now on, so that sending it twice is harmless.</param>
    public sealed record React(IdeaId Idea, Reaction Reaction, bool On) : BoardCommand;

    /// <param name="Text">What the team answers from now on; absent: nothing.</param>
    public sealed record ReplyToIdea(IdeaId Idea, string? Text = null, string? Language = null) : BoardCommand;

    /// <param name="Note">Why; not now needs one.</param>
    /// <param name="Here">Of this idea only, and of nothing that it grew out of (PROTOCOL.md N6).</param>
    public sealed record SetStatus(IdeaId Idea, IdeaStatus Status, string? Note = null, bool Here = false) : BoardCommand;

    /// <summary>Brings the comment of an earlier workshop, nobody's by name.</summary>
    public sealed record CopyComment(CommentId Comment, IdeaId Idea, string Text, string? Language = null) : BoardCommand;

    public sealed record ExpungeComment(CommentId Comment) : BoardCommand;
}
