using System.Collections.Immutable;
using LiveCoCreate.Grains.Boards;
using static LiveCoCreate.Grains.Workshops.WorkshopCommand;
using static LiveCoCreate.Grains.Workshops.WorkshopEvent;

namespace LiveCoCreate.Grains.Workshops;

/// <summary>The agenda changes while the room is in it: steps come, go, change places, and are gone through again.</summary>
public sealed partial record Workshop
{
    internal StepOfAgenda? Find(StepId id) => Steps.FirstOrDefault(step => step.Step == id);

    private bool Knows(StepId id) => Find(id) is not null || Removed.Any(gone => gone.Step.Step == id);

    /// <summary>The step that this one stands behind; null for the first.</summary>
    private StepId? Before(StepId id) =>
        Steps.TakeWhile(step => step.Step != id).Select(step => (StepId?)step.Step).LastOrDefault();

    /// <summary>Behind a step; without one, first. Behind one that is gone: last.</summary>
    private static ImmutableArray<StepOfAgenda> Placed(ImmutableArray<StepOfAgenda> steps, StepOfAgenda step, StepId? after)
    {
        if (after is null) return steps.Insert(0, step);
        var at = 0;
        while (at < steps.Length && steps[at].Step != after) at++;
        return steps.Insert(Math.Min(at + 1, steps.Length), step);
    }

    private Workshop EvolveAgenda(WorkshopEvent happened) => happened switch
    {
        StepAdded added => this with { Steps = Placed(Steps, added.Step, added.After) },
        StepRemoved removed when Find(removed.Step) is { } step => this with { Steps = Steps.Remove(step), Removed = Removed.Add(new RemovedStep(step, removed.After)) },
        StepRestored restored when Removed.FirstOrDefault(gone => gone.Step.Step == restored.Step) is { } back => this with
        {
            Steps = Placed(Steps, back.Step, restored.After),
            Removed = Removed.Remove(back),
        },
        StepMoved moved when Find(moved.Step) is { } step => this with { Steps = Placed(Steps.Remove(step), step, moved.After) },
        StepEdited edited when Find(edited.Step) is { } step => this with { Steps = Steps.Replace(step, step with { Title = edited.Title, DurationMs = edited.DurationMs }) },
        _ => this,
    };

    /// <summary>The timer is the step's: it does not run on in another.</summary>
    private static Decision<WorkshopEvent> DecideGo(Workshop workshop, GoToStep go)
    {
        if (workshop.Find(go.Step) is null) return "step-missing";
        if (workshop.Current == go.Step) return Nothing;
        ImmutableArray<WorkshopEvent> gone = [new StepEntered(go.Step, workshop.Current)];
        return workshop.Timer is null ? gone : gone.Add(new TimerStopped());
    }

    private static Decision<WorkshopEvent> DecideAddStep(Workshop workshop, AddStep add)
    {
        // JSON lets a list hold null where our types do not.
        if (add.Board is not { } board || add.Lanes.IsDefaultOrEmpty || add.Lanes.Any(lane => (LaneOfStep?)lane is null) || !IsDuration(add.DurationMs)) return "malformed";
        var kind = add.Kind ?? Kinds.Ideas;
        if (!Kinds.Has(kind) || add.Ballot is { IsPossible: false }) return "malformed";
        if (add.Subject?.Trim().Length > Limits.Subject) return "too-large";
        if (add.Lanes.Select(lane => lane.Lane).Distinct().Count() < add.Lanes.Length) return "id-taken";
        if (add.Lanes.Any(lane => string.IsNullOrWhiteSpace(lane.Title)) || Wrong(add.Title) is "empty-text") return "empty-text";
        if (add.Lanes.Length > Limits.LanesPerBoard) return "too-many-lanes";
        if (add.Lanes.Any(lane => lane.Title.Length > Limits.LaneTitle)) return "too-large";
        return workshop.Add(
            new StepOfAgenda(
                add.Step, board, kind, add.Title.Trim(), new BoardSettings(add.Moderation, add.Private, workshop.Made!.Anonymous),
                [.. add.Lanes.Select(lane => lane with { Title = lane.Title.Trim() })], add.DurationMs is 0 ? null : add.DurationMs,
                add.Writing ?? Kinds.BeginsWithWriting(kind) ? null : false, Said(add.Subject), add.Ballot),
            add.After, null);
    }

    private static Decision<WorkshopEvent> DecideDuplicateStep(Workshop workshop, DuplicateStep duplicate)
    {
        if (workshop.Find(duplicate.Step) is not { } step) return "step-missing";
        if (duplicate.Board is not { } board) return "malformed";
        return workshop.Add(
            step with
            {
                Step = duplicate.Copy,
                Board = board,
                Title = (duplicate.Title ?? step.Title).Trim(),
                Settings = duplicate.Settings ?? step.Settings,
                Lanes = duplicate.Lanes.IsEmpty ? step.Lanes : duplicate.Lanes,
                Subject = Said(duplicate.Subject ?? step.Subject),
            },
            step.Step, step.Step);
    }

    private Decision<WorkshopEvent> Add(StepOfAgenda step, StepId? after, StepId? copyOf)
    {
        if (Wrong(step.Title) is { } wrong) return wrong;
        if (Knows(step.Step)) return "id-taken";
        if (after is { } behind && Find(behind) is null) return "step-missing";
        if (Steps.Length >= Limits.StepsPerAgenda || Steps.Length + Removed.Length >= Limits.StepsPerWorkshop) return "too-many-steps";
        return new StepAdded(step, after, copyOf);
    }

    private static Decision<WorkshopEvent> DecideRemoveStep(Workshop workshop, RemoveStep remove) =>
        workshop.Find(remove.Step) is null ? workshop.Knows(remove.Step) ? Nothing : "step-missing"
        : workshop.Current == remove.Step ? "step-current"
        : new StepRemoved(remove.Step, workshop.Before(remove.Step));

    private static Decision<WorkshopEvent> DecideRestoreStep(Workshop workshop, RestoreStep restore)
    {
        if (workshop.Find(restore.Step) is not null) return Nothing;
        if (workshop.Removed.FirstOrDefault(gone => gone.Step.Step == restore.Step) is not { } removed) return "step-missing";
        if (workshop.Steps.Length >= Limits.StepsPerAgenda) return "too-many-steps";
        // What it stood behind may be gone by now as well: then it comes last.
        var after = removed.After is { } behind && workshop.Find(behind) is null ? workshop.Steps[^1].Step : removed.After;
        return new StepRestored(restore.Step, after);
    }

    private static Decision<WorkshopEvent> DecideMoveStep(Workshop workshop, MoveStep move)
    {
        if (workshop.Find(move.Step) is null || (move.After is { } after && workshop.Find(after) is null)) return "step-missing";
        if (move.After == move.Step) return "malformed";
        var before = workshop.Before(move.Step);
        return before == move.After ? Nothing : new StepMoved(move.Step, move.After, before);
    }

    private static Decision<WorkshopEvent> DecideEditStep(Workshop workshop, EditStep edit)
    {
        if (workshop.Find(edit.Step) is not { } step) return "step-missing";
        if (!IsDuration(edit.DurationMs)) return "malformed";
        var title = edit.Title?.Trim() ?? step.Title;
        if (Wrong(title) is { } wrong) return wrong;
        var duration = edit.DurationMs switch { null => step.DurationMs, 0 => null, var some => some };
        return (title, duration) == (step.Title, step.DurationMs) ? Nothing : new StepEdited(step.Step, title, duration, step.Title, step.DurationMs);
    }

    /// <summary>Null where nothing is said.</summary>
    private static string? Said(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static bool IsDuration(int? milliseconds) => milliseconds is null || (milliseconds >= 0 && milliseconds <= Limits.Timer.TotalMilliseconds);

    private static string? Wrong(string title) => string.IsNullOrWhiteSpace(title) ? "empty-text" : title.Trim().Length > Limits.StepTitle ? "too-large" : null;
}
