using System.Collections.Immutable;
using System.Text.Json.Serialization;
using LiveCoCreate.Grains.Boards;

namespace LiveCoCreate.Grains.Workshops;

/// <summary>What can be asked of a workshop (PROTOCOL.md, Commands). The last ones only LiveCoCreate itself asks.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(GoToStep), "go-to-step")]
[JsonDerivedType(typeof(AddStep), "add-step")]
[JsonDerivedType(typeof(DuplicateStep), "duplicate-step")]
[JsonDerivedType(typeof(RemoveStep), "remove-step")]
[JsonDerivedType(typeof(RestoreStep), "restore-step")]
[JsonDerivedType(typeof(MoveStep), "move-step")]
[JsonDerivedType(typeof(EditStep), "edit-step")]
[JsonDerivedType(typeof(StartTimer), "start-timer")]
[JsonDerivedType(typeof(AddTime), "add-time")]
[JsonDerivedType(typeof(PauseTimer), "pause-timer")]
[JsonDerivedType(typeof(ResumeTimer), "resume-timer")]
[JsonDerivedType(typeof(StopTimer), "stop-timer")]
[JsonDerivedType(typeof(Announce), "announce")]
[JsonDerivedType(typeof(EndAnnouncement), "end-announcement")]
[JsonDerivedType(typeof(EditDetails), "edit-details")]
[JsonDerivedType(typeof(RenewLink), "renew-link")]
[JsonDerivedType(typeof(RevokeSeat), "revoke-seat")]
[JsonDerivedType(typeof(ChangeWords), "change-words")]
[JsonDerivedType(typeof(LimitParticipant), "limit-participant")]
[JsonDerivedType(typeof(FreeParticipant), "free-participant")]
[JsonDerivedType(typeof(RemoveParticipant), "remove-participant")]
[JsonDerivedType(typeof(ChangeCharter), "change-charter")]
[JsonDerivedType(typeof(CloseWorkshop), "close-workshop")]
[JsonDerivedType(typeof(CreateWorkshop), "create-workshop")]
[JsonDerivedType(typeof(SeatFacilitator), "seat-facilitator")]
[JsonDerivedType(typeof(NoteCopy), "note-copy")]
public abstract partial record WorkshopCommand
{
    private WorkshopCommand() { }

    public sealed record GoToStep(StepId Step) : WorkshopCommand;

    /// <param name="After">The step it stands behind; absent: it is the first.</param>
    /// <param name="Kind">Absent: ideas.</param>
    /// <param name="Writing">Whether participants write from the beginning; absent: as it is with this kind.</param>
    public sealed record AddStep(
        StepId Step, string Title, ImmutableArray<LaneOfStep> Lanes, bool Private, Moderation Moderation, StepId? After = null, int? DurationMs = null,
        string? Kind = null, bool? Writing = null, string? Subject = null, BallotPreset? Ballot = null) : WorkshopCommand
    {
        /// <summary>Its board, named by the grain: whoever could name one might name another workshop's.</summary>
        [JsonIgnore]
        public BoardId? Board { get; init; }
    }

    /// <summary>The same once more, right behind it: settings and lanes as they are now, and an empty board.</summary>
    /// <param name="Copy">The id of the new step.</param>
    public sealed record DuplicateStep(StepId Step, StepId Copy, string? Title = null) : WorkshopCommand
    {
        [JsonIgnore]
        public BoardId? Board { get; init; }

        /// <summary>What the step's board has come to be, read by the grain.</summary>
        [JsonIgnore]
        public BoardSettings? Settings { get; init; }

        [JsonIgnore]
        public ImmutableArray<LaneOfStep> Lanes { get; init; } = [];

        [JsonIgnore]
        public string? Subject { get; init; }
    }

    public sealed record RemoveStep(StepId Step) : WorkshopCommand;

    /// <summary>Back into the agenda, where it was.</summary>
    public sealed record RestoreStep(StepId Step) : WorkshopCommand;

    public sealed record MoveStep(StepId Step, StepId? After = null) : WorkshopCommand;

    /// <param name="DurationMs">Absent: as it is; 0: as long as it takes.</param>
    public sealed record EditStep(StepId Step, string? Title = null, int? DurationMs = null) : WorkshopCommand;

    public sealed record StartTimer(int DurationMs) : WorkshopCommand;

    public sealed record AddTime(int Ms) : WorkshopCommand;

    public sealed record PauseTimer : WorkshopCommand;

    public sealed record ResumeTimer : WorkshopCommand;

    public sealed record StopTimer : WorkshopCommand;

    public sealed record Announce(AnnouncementId Announcement, string Text) : WorkshopCommand;

    public sealed record EndAnnouncement(AnnouncementId Announcement) : WorkshopCommand;

    public sealed record EditDetails(string? Title = null, string? Purpose = null) : WorkshopCommand;

    public sealed record RenewLink(PrivateLink Link) : WorkshopCommand;

    public sealed record RevokeSeat(PersonId Seat) : WorkshopCommand;

    /// <param name="Words">All of them, as they are from now on.</param>
    public sealed record ChangeWords(ImmutableArray<string> Words) : WorkshopCommand;

    /// <summary>About who wrote an idea, whoever that is: facilitators need not know.</summary>
    /// <param name="On">The idea's board.</param>
    public abstract record OfAuthor(BoardId On, IdeaId Idea) : WorkshopCommand
    {
        /// <summary>Found by the grain; null where there is no such idea.</summary>
        [JsonIgnore]
        public PersonId? Author { get; init; }
    }

    public sealed record LimitParticipant(BoardId On, IdeaId Idea) : OfAuthor(On, Idea);

    public sealed record FreeParticipant(BoardId On, IdeaId Idea) : OfAuthor(On, Idea);

    public sealed record RemoveParticipant(BoardId On, IdeaId Idea) : OfAuthor(On, Idea);

    /// <param name="Charter">The version that is changed: who changes an earlier one has not read what is in force.</param>
    /// <param name="Principles">All of them, as they are from now on.</param>
    public sealed record ChangeCharter(int Charter, ImmutableArray<Principle> Principles) : WorkshopCommand;

    public sealed record CloseWorkshop : WorkshopCommand;

    public sealed record CreateWorkshop(
        string Title, string Purpose, string Language, string Code, string Template, bool Anonymous,
        ImmutableArray<string> Charter, ImmutableArray<string> Roles, ImmutableArray<Question> Questions, ImmutableArray<StepOfAgenda> Steps) : WorkshopCommand;

    /// <summary>Its ideas are about to be copied.</summary>
    public sealed record NoteCopy(WorkshopId To) : WorkshopCommand;

    public sealed record SeatFacilitator(PersonId Facilitator, string Name) : WorkshopCommand;
}
