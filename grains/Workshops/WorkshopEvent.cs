using System.Collections.Immutable;
using System.Text.Json.Serialization;
using LiveCoCreate.Grains.Boards;

namespace LiveCoCreate.Grains.Workshops;

/// <summary>Everything that can have happened to a workshop as a whole (P7: discriminators are for good).</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(WorkshopCreated), "workshop-created")]
[JsonDerivedType(typeof(WorkshopClosed), "workshop-closed")]
[JsonDerivedType(typeof(DetailsEdited), "details-edited")]
[JsonDerivedType(typeof(FacilitatorSeated), "facilitator-seated")]
[JsonDerivedType(typeof(LinkRenewed), "link-renewed")]
[JsonDerivedType(typeof(SeatRevoked), "seat-revoked")]
[JsonDerivedType(typeof(WordsChanged), "words-changed")]
[JsonDerivedType(typeof(ParticipantLimited), "participant-limited")]
[JsonDerivedType(typeof(ParticipantFreed), "participant-freed")]
[JsonDerivedType(typeof(StepEntered), "step-entered")]
[JsonDerivedType(typeof(StepAdded), "step-added")]
[JsonDerivedType(typeof(StepRemoved), "step-removed")]
[JsonDerivedType(typeof(StepRestored), "step-restored")]
[JsonDerivedType(typeof(StepMoved), "step-moved")]
[JsonDerivedType(typeof(StepEdited), "step-edited")]
[JsonDerivedType(typeof(TimerStarted), "timer-started")]
[JsonDerivedType(typeof(TimerPaused), "timer-paused")]
[JsonDerivedType(typeof(TimerStopped), "timer-stopped")]
[JsonDerivedType(typeof(Announced), "announced")]
[JsonDerivedType(typeof(AnnouncementEnded), "announcement-ended")]
[JsonDerivedType(typeof(CharterChanged), "charter-changed")]
[JsonDerivedType(typeof(WorkshopCopied), "workshop-copied")]
[JsonDerivedType(typeof(NothingChanged), "nothing-changed")]
public abstract partial record WorkshopEvent
{
    private WorkshopEvent() { }

    /// <param name="Organisation"><c>default</c> until there are more.</param>
    public sealed record WorkshopCreated(
        string Organisation, string Title, string Purpose, string Language, string Code, string Template, bool Anonymous,
        ImmutableArray<string> Charter, ImmutableArray<string> Roles, ImmutableArray<Question> Questions, ImmutableArray<StepOfAgenda> Steps) : WorkshopEvent;

    public sealed record WorkshopClosed : WorkshopEvent;

    public sealed record DetailsEdited(string Title, string Purpose, string TitleBefore, string PurposeBefore) : WorkshopEvent;

    public sealed record FacilitatorSeated(PersonId Facilitator, [Personal] string Name) : WorkshopEvent;

    /// <param name="Epoch">Links made of an earlier epoch have ended.</param>
    public sealed record LinkRenewed(PrivateLink Link, int Epoch) : WorkshopEvent;

    public sealed record SeatRevoked(PersonId Seat) : WorkshopEvent;

    public sealed record WordsChanged(ImmutableArray<string> Words, ImmutableArray<string> Before) : WorkshopEvent;

    /// <summary>What they write from now on waits for approval.</summary>
    public sealed record ParticipantLimited(PersonId Participant) : WorkshopEvent;

    public sealed record ParticipantFreed(PersonId Participant) : WorkshopEvent;

    public sealed record StepEntered(StepId Step, StepId Before) : WorkshopEvent;

    /// <param name="After">The step it stands behind; absent: it is the first.</param>
    /// <param name="CopyOf">The step it repeats.</param>
    public sealed record StepAdded(StepOfAgenda Step, StepId? After, StepId? CopyOf = null) : WorkshopEvent;

    /// <summary>It left the agenda; its board stays, for the facilitators and the replay.</summary>
    public sealed record StepRemoved(StepId Step, StepId? After) : WorkshopEvent;

    public sealed record StepRestored(StepId Step, StepId? After) : WorkshopEvent;

    public sealed record StepMoved(StepId Step, StepId? After, StepId? Before) : WorkshopEvent;

    /// <param name="DurationMs">How long it is meant to take; absent: as long as it takes.</param>
    public sealed record StepEdited(StepId Step, string Title, int? DurationMs, string TitleBefore, int? DurationMsBefore) : WorkshopEvent;

    /// <summary>Started, extended or resumed: it runs until <paramref name="EndsAt"/>.</summary>
    public sealed record TimerStarted(DateTimeOffset EndsAt, int DurationMs) : WorkshopEvent;

    public sealed record TimerPaused(int RemainingMs) : WorkshopEvent;

    public sealed record TimerStopped : WorkshopEvent;

    /// <summary>Said to everyone, in place of what was said before.</summary>
    public sealed record Announced(AnnouncementId Announcement, string Text) : WorkshopEvent;

    public sealed record AnnouncementEnded(AnnouncementId Announcement) : WorkshopEvent;

    /// <param name="Charter">The number of this version; the one it was made with is 1.</param>
    public sealed record CharterChanged(int Charter, ImmutableArray<Principle> Principles, ImmutableArray<Principle> Before) : WorkshopEvent;

    /// <summary>Its ideas were copied to another workshop: who is forgotten here must be forgotten there.</summary>
    public sealed record WorkshopCopied(WorkshopId To) : WorkshopEvent;

    public sealed record NothingChanged : WorkshopEvent;
}

/// <summary>A step of the agenda and the board it has.</summary>
/// <param name="DurationMs">How long it is meant to take.</param>
/// <param name="Writing">Whether participants write from the beginning; absent: they do.</param>
/// <param name="Subject">What its board is about at first; absent: nothing is said of it.</param>
/// <param name="Ballot">How it is meant to vote.</param>
public sealed record StepOfAgenda(
    StepId Step, BoardId Board, string Kind, string Title, BoardSettings Settings, ImmutableArray<LaneOfStep> Lanes, int? DurationMs = null,
    bool? Writing = null, string? Subject = null, BallotPreset? Ballot = null);

/// <summary>A cohort question that people may answer when they join.</summary>
public sealed record Question(string Id, string Title, ImmutableArray<string> Options);

/// <summary>A link that carries a secret and can be renewed.</summary>
public enum PrivateLink
{
    Facilitate,
    Screen,
}
