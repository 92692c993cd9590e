using System.Text.Json.Serialization;

namespace LiveCoCreate.Grains.Boards;

[JsonDerivedType(typeof(PlanSet), "plan-set")]
public abstract partial record BoardEvent
{
    /// <param name="State">With the others what is so from now on; absent: it is no item of the plan.</param>
    /// <param name="StateBefore">Absent: it was none.</param>
    public sealed record PlanSet(
        IdeaId Idea, [Personal] string? Owner, DateOnly? Due, [Personal] string? Measure, PlanState? State,
        [Personal] string? OwnerBefore, DateOnly? DueBefore, [Personal] string? MeasureBefore, PlanState? StateBefore) : BoardEvent
    {
        internal static PlanSet Of(IdeaId idea, PlanItem? plan, PlanItem? before) =>
            new(idea, plan?.Owner, plan?.Due, plan?.Measure, plan?.State, before?.Owner, before?.Due, before?.Measure, before?.State);

        internal PlanItem? Plan => State is { } state ? new PlanItem(Owner, Due, Measure, state) : null;

        internal PlanItem? Before => StateBefore is { } state ? new PlanItem(OwnerBefore, DueBefore, MeasureBefore, state) : null;
    }
}
