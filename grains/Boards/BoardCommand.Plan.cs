using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace LiveCoCreate.Grains.Boards;

[JsonDerivedType(typeof(SetPlan), "set-plan")]
[JsonDerivedType(typeof(BringIdeas), "bring-ideas")]
public abstract partial record BoardCommand
{
    /// <summary>Makes an idea an item of the plan, or changes the item. What is absent stays as it is; an empty text clears.</summary>
    /// <param name="Due">A date, as 2026-03-01.</param>
    public sealed record SetPlan(IdeaId Idea, string? Owner = null, string? Due = null, string? Measure = null, PlanState? State = null) : BoardCommand;

    /// <summary>Ideas and themes of another board go on to this one (PROTOCOL.md N5).</summary>
    /// <param name="Source">The board they stand on.</param>
    public sealed record BringIdeas(LaneId Lane, BoardId Source, ImmutableArray<Bringing> Ideas) : BoardCommand
    {
        /// <summary>That board as it is now, if it is one of the workshop's; filled in by the grain, never from the message: what is not to be seen there cannot be brought.</summary>
        [JsonIgnore]
        public Board? There { get; init; }
    }

    /// <param name="Idea">The new idea.</param>
    /// <param name="From">The idea that it grows out of, with what was merged into that one.</param>
    /// <param name="Theme">Or the theme that becomes one idea here.</param>
    public sealed record Bringing(IdeaId Idea, IdeaId? From = null, ThemeId? Theme = null);
}
