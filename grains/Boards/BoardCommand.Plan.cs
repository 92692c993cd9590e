using System.Text.Json.Serialization;

namespace LiveCoCreate.Grains.Boards;

[JsonDerivedType(typeof(SetPlan), "set-plan")]
public abstract partial record BoardCommand
{
    /// <summary>Makes an idea an item of the plan, or changes the item. What is absent stays as it is; an empty text clears.</summary>
    /// <param name="Due">A date, as 2026-03-01.</param>
    public sealed record SetPlan(IdeaId Idea, string? Owner = null, string? Due = null, string? Measure = null, PlanState? State = null) : BoardCommand;
}
