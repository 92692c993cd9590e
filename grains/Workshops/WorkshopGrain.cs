using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using LiveCoCreate.Grains.Boards;
using LiveCoCreate.Grains.Codes;
using LiveCoCreate.Grains.Journals;
using LiveCoCreate.Grains.Participants;
using LiveCoCreate.Grains.Turns;
using static LiveCoCreate.Grains.Workshops.WorkshopEvent;

namespace LiveCoCreate.Grains.Workshops;

/// <summary>Where grains find each other; a silo provides it.</summary>
public interface IGrains
{
    IWorkshop Workshop(WorkshopId id);

    IBoard Board(BoardId id);

    IParticipant Participant(PersonId id);

    ICode Code(string code);
}

/// <summary>One workshop, live.</summary>
public interface IWorkshop
{
    ValueTask<Reply> SubmitAsync(Submission<WorkshopCommand> submission);

    /// <summary>What the door must know, as of now.</summary>
    ValueTask<Rights> RightsAsync();

    ValueTask<Workshop> StateAsync();

    /// <summary>Tells this observer of every change from now on.</summary>
    ValueTask WatchAsync(IWorkshopObserver observer);

    ValueTask UnwatchAsync(IWorkshopObserver observer);

    /// <summary>Forgets who a facilitator was (P10); the seat must have ended.</summary>
    ValueTask ForgetAsync(PersonId facilitator);

    /// <summary>Forgets what somebody without a phone was called.</summary>
    ValueTask ForgetAsync(CommandId command, ProxyId proxy, DateTimeOffset at);
}

public interface IWorkshopObserver
{
    /// <summary>The workshop changed; <paramref name="workshop"/> is what it is now.</summary>
    void Changed(Workshop workshop);

    /// <summary>The grain was dropped; watch again.</summary>
    void Ended();
}

/// <summary>One workshop: its turns, and what its events make other streams do.</summary>
public sealed class WorkshopGrain : IWorkshop, IGrain
{
    private readonly WorkshopId _id;
    private readonly IGrains _grains;
    private ImmutableArray<IWorkshopObserver> _observers = [];
    private TurnTaker<Workshop, WorkshopCommand, WorkshopEvent> _turns = null!;
    private Tuple<Workshop, Rights>? _rights;

    // Boards that this activation knows to be open; touched in its turns only.
    private readonly HashSet<BoardId> _opened = [];

    // By which of this workshop's events they know its words and whom it limits.
    private readonly Dictionary<BoardId, (long Words, long Limited, long Proxies)> _told = [];

    private WorkshopGrain(WorkshopId id, IGrains grains) => (_id, _grains) = (id, grains);

    public bool IsGone => _turns.IsGone;

    public Action<Mishap>? Mishap { set => _turns.Mishap = value; }

    public static async ValueTask<WorkshopGrain> ActivateAsync(WorkshopId id, IJournal journal, IGrains grains, CancellationToken cancellation)
    {
        var grain = new WorkshopGrain(id, grains);
        grain._turns = await TurnTaker<Workshop, WorkshopCommand, WorkshopEvent>.ActivateAsync(id.Stream, journal, grain.CommittedAsync, cancellation);
        grain._turns.Broke = _ => grain.Dispose();
        // What must follow in other streams is repeated on activation: a crash may have come between.
        await grain.FollowAsync(grain._turns.At);
        return grain;
    }

    public async ValueTask<Reply> SubmitAsync(Submission<WorkshopCommand> submission) => await _turns.SubmitAsync(submission with
    {
        Command = submission.Command switch
        {
            WorkshopCommand.AddStep add => add with { Board = BoardOf(add.Step) },
            WorkshopCommand.DuplicateStep duplicate => await AsItIsNowAsync(duplicate),
            WorkshopCommand.OfAuthor ofAuthor => ofAuthor with { Author = await AuthorAsync(ofAuthor) },
            var other => other,
        },
    });

    /// <summary>No two workshops' steps can have one board, whatever ids their facilitators make up.</summary>
    private BoardId BoardOf(StepId step) => new(Ids.From(SHA256.HashData(Encoding.UTF8.GetBytes($"board {_id.Value} {step.Value}"))));

    private async ValueTask<WorkshopCommand> AsItIsNowAsync(WorkshopCommand.DuplicateStep duplicate)
    {
        if (_turns.State.Steps.FirstOrDefault(step => step.Step == duplicate.Step) is not { } step) return duplicate with { Board = BoardOf(duplicate.Copy) };
        var board = await _grains.Board(step.Board).StateAsync();
        return duplicate with
        {
            Board = BoardOf(duplicate.Copy),
            Subject = board.Subject,
            // What was begun in private and revealed since begins in private again.
            Settings = board.Settings with { Private = board.Settings.Private || step.Settings.Private },
            Lanes = [.. board.Lanes.OrderBy(lane => lane.Value.Rank, StringComparer.Ordinal).ThenBy(lane => lane.Key.Value, StringComparer.Ordinal).Select(lane => new LaneOfStep(lane.Key, lane.Value.Title))],
        };
    }

    private async ValueTask<PersonId?> AuthorAsync(WorkshopCommand.OfAuthor command) =>
        _turns.State.Rights.Boards.Contains(command.On) && (await _grains.Board(command.On).StateAsync()).Ideas.TryGetValue(command.Idea, out var idea) ? idea.Author : null;

    public ValueTask<Rights> RightsAsync()
    {
        var state = _turns.State;
        var known = Volatile.Read(ref _rights);
        if (!ReferenceEquals(known?.Item1, state)) Volatile.Write(ref _rights, known = Tuple.Create(state, state.Rights));
        return new(known!.Item2);
    }

    public ValueTask<Workshop> StateAsync() => new(_turns.State);

    public ValueTask WatchAsync(IWorkshopObserver observer)
    {
        ImmutableInterlocked.Update(ref _observers, observers => observers.Contains(observer) ? observers : observers.Add(observer));
        // Asked only now: who was added before the end is told of it, and who was added after it is told here.
        return _turns.IsGone ? throw new GrainGoneException(_id.Stream) : ValueTask.CompletedTask;
    }

    public ValueTask UnwatchAsync(IWorkshopObserver observer)
    {
        ImmutableInterlocked.Update(ref _observers, observers => observers.Remove(observer));
        return ValueTask.CompletedTask;
    }

    public ValueTask ForgetAsync(PersonId facilitator) => _turns.RewriteAsync(WorkshopForgetting.Facilitator(facilitator));

    public async ValueTask ForgetAsync(CommandId command, ProxyId proxy, DateTimeOffset at)
    {
        await _turns.SubmitAsync(new Submission<WorkshopCommand>(command, Caller.System, at, new WorkshopCommand.ForgetProxy(proxy)));
        await _turns.RewriteAsync(WorkshopForgetting.Proxy(proxy));
    }

    public bool TryRetire() => _observers.IsEmpty && _turns.TryRetire();

    public void Dispose()
    {
        foreach (var observer in ImmutableInterlocked.InterlockedExchange(ref _observers, [])) observer.Ended();
    }

    private async ValueTask CommittedAsync(Workshop workshop, IReadOnlyList<Recorded<WorkshopEvent>> news)
    {
        if (news.Any(happened => happened.Event is WorkshopCreated or WorkshopClosed or StepAdded or StepEntered or WordsChanged or ParticipantLimited or ParticipantFreed or ProxyAdded or ProxyForgotten)) await FollowAsync(news[^1].At);
        foreach (var observer in _observers) observer.Changed(workshop);
    }

    /// <summary>Opens each step's board; once the workshop is closed, closes them and lets the code rest. The commands' ids derive from
    /// what caused them, so that repeating them changes nothing.</summary>
    private async ValueTask FollowAsync(DateTimeOffset at)
    {
        if (_turns.State is not { Made: { } made } workshop) return;
        foreach (var step in workshop.Steps.Concat(workshop.Removed.Select(gone => gone.Step)))
        {
            var board = _grains.Board(step.Board);
            if (!workshop.Closed && _opened.Contains(step.Board))
            {
                await TellAsync(step.Board, board, at);
                continue;
            }

            Done(await board.SubmitAsync(new Submission<BoardCommand>(
                Derived(step.Step.Value, "open"), Caller.System, at, new BoardCommand.OpenBoard(_id, step.Step, step.Kind, step.Settings, step.Lanes, step.Writing, step.Subject))));
            _opened.Add(step.Board);
            if (!workshop.Closed) await TellAsync(step.Board, board, at);
            else
                Done(await board.SubmitAsync(new Submission<BoardCommand>(Derived(step.Step.Value, "close"), Caller.System, at, new BoardCommand.CloseBoard())));
        }

        if (workshop.Closed)
            Done(await _grains.Code(made.Code).SubmitAsync(new Submission<CodeCommand>(Derived(_id.Value, "rest"), Caller.System, at, new CodeCommand.RestCode(_id))));
    }

    /// <summary>The words that wait for approval, and whose writing does. A board of a step that came later is told as well.</summary>
    private async ValueTask TellAsync(BoardId id, IBoard board, DateTimeOffset at)
    {
        var workshop = _turns.State;
        var (words, limited, proxies) = _told.GetValueOrDefault(id);
        if (workshop.WordsAt > words) Done(await board.SubmitAsync(new Submission<BoardCommand>(Derived($"{id} {workshop.WordsAt}", "words"), Caller.System, at, new BoardCommand.ListWords(workshop.Words))));
        if (workshop.LimitedAt > limited)
            Done(await board.SubmitAsync(new Submission<BoardCommand>(Derived($"{id} {workshop.LimitedAt}", "limited"), Caller.System, at, new BoardCommand.LimitAuthors([.. workshop.Limited.OrderBy(author => author.Value, StringComparer.Ordinal)]))));
        if (workshop.ProxiesAt > proxies)
            Done(await board.SubmitAsync(new Submission<BoardCommand>(Derived($"{id} {workshop.ProxiesAt}", "proxies"), Caller.System, at, new BoardCommand.ListProxies([.. workshop.Proxies.Keys.OrderBy(proxy => proxy.Value, StringComparer.Ordinal)]))));
        // What the screens were turned to in a step that the room has left is not there when it comes back.
        if (workshop.Find(workshop.Current)?.Board != id && (await board.StateAsync()).Showing is not null)
            Done(await board.SubmitAsync(new Submission<BoardCommand>(Derived($"{id} {workshop.Version}", "screen"), Caller.System, at, new BoardCommand.LeaveScreen())));
        _told[id] = (workshop.WordsAt, workshop.LimitedAt, workshop.ProxiesAt);
    }

    /// <summary>What could not follow now ends this activation, so that its callers try again and the next activation repeats it.</summary>
    private static void Done(Reply reply)
    {
        if (reply.Refusal?.Code is "retry") throw new IOException("What follows from this workshop could not be written yet; its next activation repeats it.");
    }

    private static CommandId Derived(string cause, string what) => new(Ids.From(SHA256.HashData(Encoding.UTF8.GetBytes($"{what} {cause}"))));
}
