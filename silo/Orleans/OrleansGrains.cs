using System.Collections.Concurrent;
using System.Collections.Immutable;
using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Boards;
using LiveCoCreate.Grains.Codes;
using LiveCoCreate.Grains.Journals;
using LiveCoCreate.Grains.Participants;
using LiveCoCreate.Grains.Turns;
using LiveCoCreate.Grains.Workshops;
using Orleans;
using Orleans.Runtime;

namespace LiveCoCreate.Silo.Orleans;

/// <summary>The grains of a cluster, for web nodes and for each other. A call whose silo dies is made again by its command's id (P2), for as long as another silo needs to
/// take over; whoever has waited longer is told to retry.</summary>
public sealed class OrleansGrains : IGrains, IAsyncDisposable
{
    /// <summary>A killed silo's grains are live again within ten seconds (silo/README.md).</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(1);

    private readonly IGrainFactory _factory;
    private readonly TimeProvider _clock;
    private readonly ITimer _sweep;
    private readonly ConcurrentDictionary<string, Kept<Board>> _boards = [];
    private readonly ConcurrentDictionary<string, Kept<Workshop>> _workshops = [];
    private readonly ConcurrentDictionary<string, Kept<Rights>> _rights = [];

    // Observers are held weakly by Orleans: these are what keeps them.
    private readonly ConcurrentDictionary<(string Board, IBoardObserver Feed), WatchedBoard> _watchedBoards = [];
    private readonly ConcurrentDictionary<(string Workshop, IWorkshopObserver Feed), WatchedWorkshop> _watchedWorkshops = [];

    public OrleansGrains(IGrainFactory factory, TimeProvider clock)
    {
        (_factory, _clock) = (factory, clock);
        _sweep = clock.CreateTimer(_ => SweepUp(), null, KeptFor, KeptFor);
    }

    public IWorkshop Workshop(WorkshopId id) => new WorkshopReference(this, id.Value);

    public IBoard Board(BoardId id) => new BoardReference(this, id.Value);

    public IParticipant Participant(PersonId id) => new ParticipantReference(this, id.Value);

    public ICode Code(string code) => new CodeReference(this, code);

    public async ValueTask DisposeAsync()
    {
        await _sweep.DisposeAsync();
        foreach (var watched in _watchedBoards.Values) await watched.DisposeAsync();
        foreach (var watched in _watchedWorkshops.Values) await watched.DisposeAsync();
    }

    /// <summary>A silo is gone, or on its way: nothing that another attempt could not mend.</summary>
    internal static bool IsPassing(Exception reason) => reason is OrleansException or TimeoutException;

    private async ValueTask<T> CallAsync<T>(Func<Task<Answer<T>>> call)
    {
        var since = _clock.GetTimestamp();
        Exception? reason = null;
        for (var pause = TimeSpan.FromMilliseconds(4); ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                var answer = await call();
                if (answer.Outcome is Outcome.Done) return answer.Value!;
                if (answer.Outcome is Outcome.JournalAway) throw new JournalAwayException("The silo cannot read or write its journal just now.");
                if (answer.Outcome is Outcome.JournalNewer) throw new UnknownEventException(answer.Why!);
            }
            catch (Exception passing) when (IsPassing(passing))
            {
                reason = passing;
            }

            if (_clock.GetElapsedTime(since) > Patience) throw new JournalAwayException("No silo answered in time.", reason);
            await Task.Delay(pause);
        }
    }

    private async ValueTask<Reply> SubmitAsync(Func<Task<Answer<Reply>>> call)
    {
        try
        {
            return await CallAsync(call);
        }
        catch (JournalAwayException)
        {
            return Reply.Refused("retry");
        }
    }

    private Kept<T> Keep<T>(Func<long, Task<Answer<Edition<T>>>> ask) where T : class => new(known => CallAsync(() => ask(known)), _clock);

    private void SweepUp()
    {
        SweepUp(_boards);
        SweepUp(_workshops);
        SweepUp(_rights);
    }

    private void SweepUp<T>(ConcurrentDictionary<string, Kept<T>> all) where T : class
    {
        foreach (var (key, kept) in all)
            if (_clock.GetElapsedTime(kept.Used) > KeptFor) all.TryRemove(key, out _);
    }

    private sealed class WorkshopReference(OrleansGrains grains, string id) : IWorkshop
    {
        private readonly IWorkshopOrleans _workshop = grains._factory.GetGrain<IWorkshopOrleans>(id);

        public ValueTask<Reply> SubmitAsync(Submission<WorkshopCommand> submission) => grains.SubmitAsync(() => _workshop.SubmitAsync(submission));

        public async ValueTask<Rights> RightsAsync() => await grains._rights.GetOrAdd(id, _ => grains.Keep<Rights>(_workshop.RightsAsync)).AskAsync();

        public async ValueTask<Workshop> StateAsync() => await grains._workshops.GetOrAdd(id, _ => grains.Keep<Workshop>(_workshop.StateAsync)).AskAsync();

        public async ValueTask WatchAsync(IWorkshopObserver observer)
        {
            var watched = grains._watchedWorkshops.GetOrAdd((id, observer), _ => new WatchedWorkshop(grains._factory, _workshop, observer, grains._clock));
            await grains.CallAsync(watched.BeginAsync);
        }

        public async ValueTask UnwatchAsync(IWorkshopObserver observer)
        {
            if (!grains._watchedWorkshops.TryRemove((id, observer), out var watched)) return;
            await watched.DisposeAsync();
            await grains.CallAsync(watched.EndAsync);
            watched.Release(grains._factory);
        }

        public async ValueTask ForgetAsync(PersonId facilitator) => await grains.CallAsync(() => _workshop.ForgetAsync(facilitator));

        public async ValueTask ForgetAsync(CommandId command, ProxyId proxy, DateTimeOffset at) => await grains.CallAsync(() => _workshop.ForgetProxyAsync(command, proxy, at));
    }

    private sealed class BoardReference(OrleansGrains grains, string id) : IBoard
    {
        private readonly IBoardOrleans _board = grains._factory.GetGrain<IBoardOrleans>(id);

        public ValueTask<Reply> SubmitAsync(Submission<BoardCommand> submission) => grains.SubmitAsync(() => _board.SubmitAsync(submission));

        public async ValueTask<ImmutableArray<BoardView>> WatchAsync(IBoardObserver observer)
        {
            var watched = grains._watchedBoards.GetOrAdd((id, observer), _ => new WatchedBoard(grains._factory, _board, observer, grains._clock));
            return [.. await grains.CallAsync(watched.BeginAsync)];
        }

        public async ValueTask UnwatchAsync(IBoardObserver observer)
        {
            if (!grains._watchedBoards.TryRemove((id, observer), out var watched)) return;
            await watched.DisposeAsync();
            await grains.CallAsync(watched.EndAsync);
            watched.Release(grains._factory);
        }

        public ValueTask<MineView> MineAsync(PersonId person) => grains.CallAsync(() => _board.MineAsync(person));

        public ValueTask<ImmutableArray<Pair>> PairsAsync(PersonId person, int most) => grains.CallAsync(() => _board.PairsAsync(person, most));

        public async ValueTask<OpinionView?> OpinionsAsync(BallotId? ballot) => await grains.CallAsync(() => _board.OpinionsAsync(ballot?.Value));

        public async ValueTask<OpinionHere?> HereAsync(PersonId person) => await grains.CallAsync(() => _board.HereAsync(person));

        public async ValueTask<Board> StateAsync() => await grains._boards.GetOrAdd(id, _ => grains.Keep<Board>(_board.StateAsync)).AskAsync();

        public async ValueTask ForgetAsync(CommandId command, PersonId person, bool removeIdeas, DateTimeOffset at) =>
            await grains.CallAsync(() => _board.ForgetAsync(command, person, removeIdeas, at));

        public ValueTask<ImmutableDictionary<ProxyId, ProxyBallot>> ProxiesAsync(BallotId ballot) => grains.CallAsync(() => _board.ProxiesAsync(ballot));

        public async ValueTask ForgetAsync(CommandId command, ProxyId proxy, DateTimeOffset at) => await grains.CallAsync(() => _board.ForgetProxyAsync(command, proxy, at));

        public ValueTask<Reply> ExpungeAsync(CommandId command, IdeaId idea, DateTimeOffset at) => grains.CallAsync(() => _board.ExpungeIdeaAsync(command, idea, at));

        public ValueTask<Reply> ExpungeAsync(CommandId command, CommentId comment, DateTimeOffset at) => grains.CallAsync(() => _board.ExpungeCommentAsync(command, comment, at));

        public ValueTask<Reply> ExpungeAsync(CommandId command, ThemeId theme, DateTimeOffset at) => grains.CallAsync(() => _board.ExpungeThemeAsync(command, theme, at));

        public async ValueTask<ImmutableHashSet<string>> TitlesByAsync(PersonId person) => [.. await grains.CallAsync(() => _board.TitlesByAsync(person))];

        public async ValueTask ForgetTitlesAsync(IReadOnlySet<string> titles) => await grains.CallAsync(() => _board.ForgetTitlesAsync([.. titles]));
    }

    private sealed class ParticipantReference(OrleansGrains grains, string id) : IParticipant
    {
        private readonly IParticipantOrleans _person = grains._factory.GetGrain<IParticipantOrleans>(id);

        public ValueTask<Reply> SubmitAsync(Submission<ParticipantCommand> submission) => grains.SubmitAsync(() => _person.SubmitAsync(submission));

        public ValueTask<Participant> StateAsync() => grains.CallAsync(_person.StateAsync);

        public async ValueTask ForgetAsync(CommandId command, DateTimeOffset at) => await grains.CallAsync(() => _person.ForgetAsync(command, at));
    }

    private sealed class CodeReference(OrleansGrains grains, string code) : ICode
    {
        private readonly ICodeOrleans _code = grains._factory.GetGrain<ICodeOrleans>(code);

        public ValueTask<Reply> SubmitAsync(Submission<CodeCommand> submission) => grains.SubmitAsync(() => _code.SubmitAsync(submission));

        public async ValueTask<WorkshopId?> WorkshopAsync() => await grains.CallAsync(_code.WorkshopAsync) is { } workshop ? new WorkshopId(workshop) : null;
    }
}
