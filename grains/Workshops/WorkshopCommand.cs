using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace LiveCoCreate.Grains.Workshops;

/// <summary>What can be asked of a workshop (PROTOCOL.md, Commands). The last ones only LiveCoCreate itself asks.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(GoToStep), "go-to-step")]
[JsonDerivedType(typeof(StartTimer), "start-timer")]
[JsonDerivedType(typeof(AddTime), "add-time")]
[JsonDerivedType(typeof(PauseTimer), "pause-timer")]
[JsonDerivedType(typeof(ResumeTimer), "resume-timer")]
[JsonDerivedType(typeof(StopTimer), "stop-timer")]
[JsonDerivedType(typeof(EditDetails), "edit-details")]
[JsonDerivedType(typeof(RenewLink), "renew-link")]
[JsonDerivedType(typeof(RevokeSeat), "revoke-seat")]
[JsonDerivedType(typeof(CloseWorkshop), "close-workshop")]
[JsonDerivedType(typeof(CreateWorkshop), "create-workshop")]
[JsonDerivedType(typeof(SeatFacilitator), "seat-facilitator")]
public abstract record WorkshopCommand
{
    private WorkshopCommand() { }

    public sealed record GoToStep(StepId Step) : WorkshopCommand;

    public sealed record StartTimer(int DurationMs) : WorkshopCommand;

    public sealed record AddTime(int Ms) : WorkshopCommand;

    public sealed record PauseTimer : WorkshopCommand;

    public sealed record ResumeTimer : WorkshopCommand;

    public sealed record StopTimer : WorkshopCommand;

    public sealed record EditDetails(string? Title = null, string? Purpose = null) : WorkshopCommand;

    public sealed record RenewLink(PrivateLink Link) : WorkshopCommand;

    public sealed record RevokeSeat(PersonId Seat) : WorkshopCommand;

    public sealed record CloseWorkshop : WorkshopCommand;

    public sealed record CreateWorkshop(
        string Title, string Purpose, string Language, string Code, string Template, bool Anonymous,
        ImmutableArray<string> Charter, ImmutableArray<string> Roles, ImmutableArray<Question> Questions, ImmutableArray<StepOfAgenda> Steps) : WorkshopCommand;

    public sealed record SeatFacilitator(PersonId Facilitator, string Name) : WorkshopCommand;
}
