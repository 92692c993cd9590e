using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json.Serialization;
using LiveCoCreate.Grains.Boards;
using LiveCoCreate.Grains.Turns;
using static LiveCoCreate.Grains.Workshops.WorkshopCommand;
using static LiveCoCreate.Grains.Workshops.WorkshopEvent;

namespace LiveCoCreate.Grains.Workshops;

/// <summary>A workshop as a whole: its agenda, where the room is in it, the timer, who facilitates and whose seat ended.</summary>
public sealed partial record Workshop : ISourced<Workshop, WorkshopCommand, WorkshopEvent>
{
    public static Workshop Empty { get; } = new();

    public static string StateVersion => "workshop-7";

    static WorkshopEvent ISourced<Workshop, WorkshopCommand, WorkshopEvent>.Nothing => new NothingChanged();

    private static readonly ImmutableArray<WorkshopEvent> Nothing = [];

    public long Version { get; init; }

    /// <summary>What it was made as; null before it was.</summary>
    public WorkshopCreated? Made { get; init; }

    public string Title { get; init; } = "";

    public string Purpose { get; init; } = "";

    public bool Closed { get; init; }

    public StepId Current { get; init; }

    /// <summary>The agenda as it is now.</summary>
    public ImmutableArray<StepOfAgenda> Steps { get; init; } = [];

    /// <summary>Steps that left the agenda, and the step each stood behind.</summary>
    public ImmutableArray<RemovedStep> Removed { get; init; } = [];

    public RoomTimer? Timer { get; init; }

    /// <summary>What is being said to everyone.</summary>
    public Announcement? Announcement { get; init; }

    public ImmutableDictionary<PersonId, string> Facilitators { get; init; } = ImmutableDictionary<PersonId, string>.Empty;

    public ImmutableHashSet<PersonId> Revoked { get; init; } = [];

    /// <summary>Where its ideas were copied to.</summary>
    public ImmutableArray<WorkshopId> Copies { get; init; } = [];

    /// <summary>Which epoch of each private link is valid.</summary>
    public ImmutableDictionary<PrivateLink, int> Epochs { get; init; } = ImmutableDictionary<PrivateLink, int>.Empty;

    public static Decision<WorkshopEvent> Decide(Workshop workshop, Submission<WorkshopCommand> submission)
    {
        var (command, by, now) = (submission.Command, submission.By, submission.At);
        return command switch
        {
            CreateWorkshop or SeatFacilitator or SeatParticipant or NoteCopy or ForgetProxy when by.Kind is not SeatKind.System => "not-allowed",
            CreateWorkshop create => workshop.Made is null
                ? new WorkshopCreated("default", create.Title, create.Purpose, create.Language, create.Code, create.Template, create.Anonymous, create.Charter, create.Roles, create.Questions, create.Steps)
                : Nothing,
            _ when workshop.Made is null => "workshop-missing",
            RevokeSeat revoke when by.Kind is SeatKind.System => workshop.Revoked.Contains(revoke.Seat) ? Nothing : new SeatRevoked(revoke.Seat),
            NoteCopy copy => workshop.Copies.Contains(copy.To) ? Nothing : new WorkshopCopied(copy.To),
            SeatFacilitator seat => workshop.Facilitators.ContainsKey(seat.Facilitator) ? Nothing
                : workshop.Facilitators.Count >= Limits.FacilitatorsPerWorkshop ? "too-many-facilitators"
                : new FacilitatorSeated(seat.Facilitator, seat.Name),
            ForgetProxy forget => workshop.Proxies.ContainsKey(forget.Proxy) ? new ProxyForgotten(forget.Proxy) : Nothing,
            SeatParticipant seat => workshop.People.Contains(seat.Participant) ? Nothing
                : workshop.People.Count >= Limits.SeatsPerWorkshop ? "workshop-full" : new ParticipantSeated(seat.Participant),
            _ when !by.Facilitates => "not-allowed",
            CloseWorkshop => workshop.Closed ? Nothing : new WorkshopClosed(),
            RenewLink renew => new LinkRenewed(renew.Link, workshop.Epochs.GetValueOrDefault(renew.Link) + 1),
            RevokeSeat revoke => workshop.Revoked.Contains(revoke.Seat) ? Nothing : new SeatRevoked(revoke.Seat),
            _ when workshop.Closed => "workshop-closed",

            GoToStep go => DecideGo(workshop, go),
            AddStep add => DecideAddStep(workshop, add),
            DuplicateStep duplicate => DecideDuplicateStep(workshop, duplicate),
            RemoveStep remove => DecideRemoveStep(workshop, remove),
            RestoreStep restore => DecideRestoreStep(workshop, restore),
            MoveStep move => DecideMoveStep(workshop, move),
            EditStep edit => DecideEditStep(workshop, edit),
            StartTimer start => start.DurationMs is > 0 && start.DurationMs <= Limits.Timer.TotalMilliseconds
                ? new TimerStarted(now.AddMilliseconds(start.DurationMs), start.DurationMs) : "malformed",
            AddTime add => DecideAddTime(workshop, add, now),
            PauseTimer => workshop.Timer switch
            {
                { EndsAt: { } endsAt } => new TimerPaused((int)Math.Max(0, (endsAt - now).TotalMilliseconds)),
                null => "timer-not-running",
                _ => Nothing,
            },
            ResumeTimer => workshop.Timer switch
            {
                { RemainingMs: { } remaining } timer => new TimerStarted(now.AddMilliseconds(remaining), timer.DurationMs),
                null => "timer-not-running",
                _ => Nothing,
            },
            StopTimer => workshop.Timer is null ? Nothing : new TimerStopped(),
            Announce announce => DecideAnnounce(workshop, announce),
            // Another one stands there by now: that one was not meant.
            EndAnnouncement end => workshop.Announcement?.Id == end.Announcement ? new AnnouncementEnded(end.Announcement) : Nothing,
            EditDetails edit => DecideEdit(workshop, edit),
            ChangeWords change => DecideWords(workshop, change),
            ChangeCharter change => DecideCharter(workshop, change),
            AddProxy add => DecideProxy(workshop, add),
            OfAuthor ofAuthor => DecideOfAuthor(workshop, ofAuthor),
            _ => throw new UnreachableException($"No decision for {command.GetType().Name}."),
        };
    }

    private static Decision<WorkshopEvent> DecideAddTime(Workshop workshop, AddTime add, DateTimeOffset now)
    {
        if (workshop.Timer is not { } timer) return "timer-not-running";
        if (Math.Abs((long)add.Ms) > Limits.Timer.TotalMilliseconds) return "malformed";
        var duration = (int)Math.Clamp((long)timer.DurationMs + add.Ms, 0, (long)Limits.Timer.TotalMilliseconds);
        if (timer.RemainingMs is { } remaining) return new TimerPaused((int)Math.Clamp((long)remaining + add.Ms, 0, (long)Limits.Timer.TotalMilliseconds));
        // Time added to a timer that has run out counts from now.
        var from = add.Ms > 0 && timer.EndsAt < now ? now : timer.EndsAt!.Value;
        var (endsAt, latest) = (from.AddMilliseconds(add.Ms), now + Limits.Timer);
        return new TimerStarted(endsAt < latest ? endsAt : latest, duration);
    }

    private static Decision<WorkshopEvent> DecideAnnounce(Workshop workshop, Announce announce)
    {
        var text = announce.Text.Trim();
        return text.Length == 0 ? "empty-text"
            : text.Length > Limits.Announcement ? "too-large"
            : workshop.Announcement is { } said && said.Id == announce.Announcement && said.Text == text ? Nothing
            : new Announced(announce.Announcement, text);
    }

    private static Decision<WorkshopEvent> DecideEdit(Workshop workshop, EditDetails edit)
    {
        var (title, purpose) = (edit.Title?.Trim() ?? workshop.Title, edit.Purpose?.Trim() ?? workshop.Purpose);
        if (title.Length == 0) return "empty-text";
        if (title.Length > Limits.WorkshopTitle || purpose.Length > Limits.Purpose) return "too-large";
        return (title, purpose) == (workshop.Title, workshop.Purpose) ? Nothing : new DetailsEdited(title, purpose, workshop.Title, workshop.Purpose);
    }

    public static Workshop Evolve(Workshop workshop, Recorded<WorkshopEvent> happened)
    {
        workshop = workshop with { Version = happened.Version };
        return happened.Event switch
        {
            WorkshopCreated made => workshop with { Made = made, Title = made.Title, Purpose = made.Purpose, Steps = made.Steps, Current = made.Steps[0].Step, Charters = FirstCharter(made, happened.At) },
            CharterChanged changed => workshop.EvolveCharter(changed, happened.At),
            WorkshopClosed => workshop with { Closed = true, Timer = null, Announcement = null },
            Announced announced => workshop with { Announcement = new Announcement(announced.Announcement, announced.Text) },
            AnnouncementEnded => workshop with { Announcement = null },
            DetailsEdited edited => workshop with { Title = edited.Title, Purpose = edited.Purpose },
            FacilitatorSeated seated => workshop with { Facilitators = workshop.Facilitators.SetItem(seated.Facilitator, seated.Name) },
            ParticipantSeated seated => workshop with { People = workshop.People.Add(seated.Participant) },
            LinkRenewed renewed => workshop with { Epochs = workshop.Epochs.SetItem(renewed.Link, renewed.Epoch) },
            SeatRevoked revoked => workshop with { Revoked = workshop.Revoked.Add(revoked.Seat), Facilitators = workshop.Facilitators.Remove(revoked.Seat), Limited = workshop.Limited.Remove(revoked.Seat) },
            StepEntered entered => workshop with { Current = entered.Step },
            StepAdded or StepRemoved or StepRestored or StepMoved or StepEdited => workshop.EvolveAgenda(happened.Event),
            WordsChanged or ParticipantLimited or ParticipantFreed => workshop.EvolveModeration(happened.Event),
            ProxyAdded or ProxyForgotten => workshop.EvolveProxies(happened.Event),
            TimerStarted started => workshop with { Timer = new RoomTimer(started.EndsAt, null, started.DurationMs) },
            TimerPaused paused => workshop with { Timer = new RoomTimer(null, paused.RemainingMs, workshop.Timer?.DurationMs ?? paused.RemainingMs) },
            TimerStopped => workshop with { Timer = null },
            WorkshopCopied copied => workshop with { Copies = workshop.Copies.Add(copied.To) },
            NothingChanged => workshop,
            _ => throw new UnreachableException($"No fold for {happened.Event.GetType().Name}."),
        };
    }

    /// <summary>What an audience may see of the workshop.</summary>
    public WorkshopView? SeenBy(WorkshopId id, Audience audience) => Made is null ? null : new WorkshopView(
        id, Version, Title, Purpose, Made.Language, Made.Code, Made.Anonymous, Closed, [.. Charter.Principles.Select(principle => principle.Text)], Made.Roles, Made.Questions,
        [.. Steps.Select(step => StepView.Of(step, audience))], Current, Timer,
        audience is Audience.Facilitators ? [.. Facilitators.OrderBy(f => f.Key.Value, StringComparer.Ordinal).Select(f => new SeatedFacilitator(f.Key, f.Value))] : null,
        audience is Audience.Facilitators && !Removed.IsEmpty ? [.. Removed.Select(gone => StepView.Of(gone.Step, audience))] : null,
        Announcement,
        audience is Audience.Facilitators && !Words.IsEmpty ? Words : null)
    {
        CharterVersion = Charter.Version,
        Principles = [.. Charter.Principles.Select(principle => principle.Id)],
        Proxies = audience is Audience.Facilitators && !Proxies.IsEmpty
            ? [.. Proxies.OrderBy(proxy => proxy.Value, StringComparer.Ordinal).ThenBy(proxy => proxy.Key.Value, StringComparer.Ordinal).Select(proxy => new ProxyVoter(proxy.Key, proxy.Value))] : null,
    };

    [JsonIgnore]
    public Rights Rights => new(Made is not null, Closed, Made?.Anonymous ?? true, Revoked, [.. Steps.Concat(Removed.Select(gone => gone.Step)).Select(step => step.Board)], [.. Removed.Select(gone => gone.Step.Board)], Epochs);
}

/// <summary>Runs until <paramref name="EndsAt"/>, or stands with <paramref name="RemainingMs"/> left.</summary>
public sealed record RoomTimer(DateTimeOffset? EndsAt, int? RemainingMs, int DurationMs);

/// <summary>A workshop as an audience sees it.</summary>
public sealed record WorkshopView(
    WorkshopId Workshop, long Version, string Title, string Purpose, string Language, string Code, bool Anonymous, bool Closed,
    ImmutableArray<string> Charter, ImmutableArray<string> Roles, ImmutableArray<Question> Questions,
    ImmutableArray<StepView> Steps, StepId Current, RoomTimer? Timer, ImmutableArray<SeatedFacilitator>? SeatedFacilitators = null,
    ImmutableArray<StepView>? RemovedSteps = null, Announcement? Announcement = null, ImmutableArray<string>? Words = null)
{
    /// <summary>Of the charter.</summary>
    public int CharterVersion { get; init; } = 1;

    /// <summary>The ids of the charter's principles, in its order.</summary>
    public ImmutableArray<PrincipleId> Principles { get; init; } = [];

    /// <summary>The server's time when this was sent, so that clients can show its timers by their own clocks.</summary>
    public DateTimeOffset? Now { get; init; }

    /// <summary>For whom facilitators vote; facilitators only.</summary>
    public ImmutableArray<ProxyVoter>? Proxies { get; init; }
}

/// <param name="Ballot">How it is meant to vote; facilitators only.</param>
public sealed record StepView(StepId Step, BoardId Board, string Kind, string Title, int? DurationMs = null, BallotPreset? Ballot = null)
{
    public static StepView Of(StepOfAgenda step, Audience audience) =>
        new(step.Step, step.Board, step.Kind, step.Title, step.DurationMs, audience is Audience.Facilitators ? step.Ballot : null);
}

/// <param name="After">The step it stood behind; null for the first.</param>
public sealed record RemovedStep(StepOfAgenda Step, StepId? After);

public sealed record Announcement(AnnouncementId Id, string Text);

public sealed record SeatedFacilitator(PersonId Id, string Name);

/// <summary>What the door must know to let a command through; checked for every command.</summary>
/// <param name="Boards">All there ever were.</param>
/// <param name="Removed">Those of steps that left the agenda: they can be looked at, and nothing more happens on them.</param>
public sealed record Rights(
    bool Exists, bool Closed, bool Anonymous, ImmutableHashSet<PersonId> Revoked, ImmutableArray<BoardId> Boards, ImmutableHashSet<BoardId> Removed,
    ImmutableDictionary<PrivateLink, int> Epochs);
