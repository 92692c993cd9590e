using System.Collections.Immutable;

namespace LiveCoCreate.Grains.Boards;

/// <summary>Looks at a board's past for one audience: what it saw then, less what it may not see now (P5). What is gone from its view
/// today is not shown again, and every text is today's. Moments that are looked at in order share what did not change between them.</summary>
public sealed class ReplayEye(BoardId id, Audience audience, BoardView now)
{
    private (Board Board, BoardView View)? _then;
    private BoardView? _shown;

    public BoardView See(Board then)
    {
        var before = _then;
        var seen = then.SeenBy(id, audience, before);
        var ideas = before is { } b && ReferenceEquals(b.View.Ideas, seen.Ideas) ? _shown!.Ideas : Today(seen.Ideas);
        var tallies = before is { } t && ReferenceEquals(t.View.Tallies, seen.Tallies) && ReferenceEquals(ideas, _shown!.Ideas) ? _shown.Tallies : Today(seen.Tallies, now.Tallies, ideas);
        var counts = before is { } c && ReferenceEquals(c.View.Counts, seen.Counts) && ReferenceEquals(ideas, _shown!.Ideas) ? _shown.Counts : Today(TodaysReasons(seen.Counts), now.Counts, ideas);
        var comments = before is { } said && ReferenceEquals(said.View.Comments, seen.Comments) ? _shown!.Comments : Today(seen.Comments);
        var reactions = before is { } r && ReferenceEquals(r.View.Reactions, seen.Reactions) && ReferenceEquals(ideas, _shown!.Ideas) ? _shown.Reactions
            : seen.Reactions.RemoveRange(seen.Reactions.Keys.Where(idea => !ideas.ContainsKey(idea)));
        _then = (then, seen);
        // A spotlight on what may not be seen now is none.
        var facts = seen.Facts.Screen?.Idea is { } shown && !ideas.ContainsKey(shown) ? seen.Facts with { Screen = null } : seen.Facts;
        // Whoever changed the words it had then meant those to go.
        return _shown = seen with { Facts = facts, Subject = seen.Subject.Length == 0 ? "" : now.Subject, Ideas = ideas, Tallies = tallies, Counts = counts, Comments = comments, Reactions = reactions };
    }

    private ImmutableDictionary<IdeaId, IdeaView> Today(ImmutableDictionary<IdeaId, IdeaView> ideas) =>
        ideas.Where(idea => now.Ideas.ContainsKey(idea.Key)).ToImmutableDictionary(idea => idea.Key, idea => Today(idea.Value, now.Ideas[idea.Key]));

    private IdeaView Today(IdeaView then, IdeaView today) => then with
    {
        Text = today.Text,
        Language = today.Language,
        Signature = today.Signature,
        Into = then.Into is { } into && now.Ideas.ContainsKey(into) ? into : null,
        Reason = then.Reason is null ? null : today.Reason,
        Original = then.Original is null ? null : today.Original,
        // Why it was decided so then is told while it still stands so.
        Note = then.Note is null || then.Status != today.Status ? null : today.Note,
        Reply = then.Reply is null ? null : today.Reply,
        Plan = then.Plan is { } plan ? plan with { Owner = plan.Owner is null ? null : today.Plan?.Owner, Measure = plan.Measure is null ? null : today.Plan?.Measure } : null,
    };

    private ImmutableDictionary<CommentId, CommentView> Today(ImmutableDictionary<CommentId, CommentView> comments) =>
        comments.Where(comment => now.Comments.ContainsKey(comment.Key)).ToImmutableDictionary(comment => comment.Key, comment => Today(comment.Value, now.Comments[comment.Key]));

    private static CommentView Today(CommentView then, CommentView today) => then with
    {
        Text = today.Text,
        Language = today.Language,
        Signature = today.Signature,
        Reason = then.Reason is null ? null : today.Reason,
    };

    /// <summary>Of why people objected then, what still stands.</summary>
    private ImmutableDictionary<BallotId, ImmutableDictionary<IdeaId, Count>> TodaysReasons(ImmutableDictionary<BallotId, ImmutableDictionary<IdeaId, Count>> counts) =>
        counts.Values.All(ballot => ballot.Values.All(count => count.Reasons is null)) ? counts : counts.ToImmutableDictionary(
            ballot => ballot.Key,
            ballot => ballot.Value.ToImmutableDictionary(idea => idea.Key, idea => idea.Value.Reasons is not { } reasons ? idea.Value : idea.Value with
            {
                Reasons = reasons.RemoveAll(reason => now.Counts.GetValueOrDefault(ballot.Key)?.GetValueOrDefault(idea.Key)?.Reasons?.Contains(reason) is not true) is { IsEmpty: false } standing ? standing : null,
            }));

    private static ImmutableDictionary<BallotId, ImmutableDictionary<IdeaId, T>> Today<T>(
        ImmutableDictionary<BallotId, ImmutableDictionary<IdeaId, T>> tallies, ImmutableDictionary<BallotId, ImmutableDictionary<IdeaId, T>> dueNow,
        ImmutableDictionary<IdeaId, IdeaView> ideas) =>
        tallies.Where(ballot => dueNow.ContainsKey(ballot.Key)).ToImmutableDictionary(
            ballot => ballot.Key,
            ballot => ballot.Value.All(tally => ideas.ContainsKey(tally.Key)) ? ballot.Value : ballot.Value.Where(tally => ideas.ContainsKey(tally.Key)).ToImmutableDictionary());
}
