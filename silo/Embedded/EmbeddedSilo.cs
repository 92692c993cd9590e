using System.Collections.Concurrent;
using System.Collections.Immutable;
using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Boards;
using LiveCoCreate.Grains.Codes;
using LiveCoCreate.Grains.Journals;
using LiveCoCreate.Grains.Participants;
using LiveCoCreate.Grains.Turns;
using LiveCoCreate.Grains.Workshops;
using IGrain = LiveCoCreate.Grains.IGrain;

namespace LiveCoCreate.Silo.Embedded;

/// <summary>All grains in this process: one activation a key, activated on first call, dropped when idle or broken.
/// Small on purpose: a dictionary of activations, not a framework.</summary>
public sealed class EmbeddedSilo : IGrains, IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Activation> _activations = [];
    private readonly IJournal _journal;
    private readonly ISecrets _secrets;
    private readonly TimeProvider _clock;
    private readonly Pressure _pressure;
    private readonly ITimer _sweep;
    private readonly Action<Mishap>? _mishap;

    /// <param name="mishap">Is told of each command whose decider threw, whose sender hears <c>internal-error</c>, and of what could not be written or told.</param>
    public EmbeddedSilo(IJournal journal, ISecrets secrets, TimeProvider clock, Action<Mishap>? mishap = null, Pressure? pressure = null)
    {
        (_journal, _secrets, _clock, _mishap, _pressure) = (journal, secrets, clock, mishap, pressure ?? new Pressure());
        _sweep = clock.CreateTimer(_ => DropIdle(), null, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));
    }

    /// <summary>How many grains are active now.</summary>
    public int Active => _activations.Count;

    public IWorkshop Workshop(WorkshopId id) => new WorkshopReference(this, id);

    public IBoard Board(BoardId id) => new BoardReference(this, id);

    public IParticipant Participant(PersonId id) => new ParticipantReference(this, id);

    public ICode Code(string code) => new CodeReference(this, code);

    /// <summary>Drops what nobody has called for <see cref="Limits.IdleGrain"/>; the next call activates it again.</summary>
    public void DropIdle()
    {
        foreach (var (key, activation) in _activations)
        {
            if (_clock.GetElapsedTime(activation.LastUsed) < Limits.IdleGrain || !activation.Grain.IsCompletedSuccessfully) continue;
            if (!activation.Grain.Result.TryRetire()) continue;
            _activations.TryRemove(KeyValuePair.Create(key, activation));
            activation.Grain.Result.Dispose();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _sweep.DisposeAsync();
        foreach (var activation in _activations.Values)
            if (activation.Grain.IsCompletedSuccessfully) activation.Grain.Result.Dispose();
        _activations.Clear();
    }

    /// <summary>Calls the activation of this key, making one where there is none; one that is gone is replaced and called anew.</summary>
    private async ValueTask<TResult> CallAsync<TGrain, TResult>(string key, Func<ValueTask<TGrain>> activate, Func<TGrain, ValueTask<TResult>> call)
        where TGrain : class, IGrain
    {
        while (true)
        {
            var activation = _activations.TryGetValue(key, out var active) ? active : Activate(key, activate);
            try
            {
                activation.LastUsed = _clock.GetTimestamp();
                var grain = (TGrain)await activation.Grain;
                if (grain.IsGone) throw new GrainGoneException(key);
                return await call(grain);
            }
            catch (GrainGoneException)
            {
                _activations.TryRemove(KeyValuePair.Create(key, activation));
            }
            catch when (activation.Grain.IsFaulted)
            {
                // What failed to activate is tried again by the next caller; this one is told.
                _activations.TryRemove(KeyValuePair.Create(key, activation));
                throw;
            }
        }
    }

    private Activation Activate<TGrain>(string key, Func<ValueTask<TGrain>> activate) where TGrain : class, IGrain =>
        _activations.GetOrAdd(key, static (_, make) => new Activation(make), async () =>
        {
            IGrain grain = await activate();
            grain.Mishap = _mishap;
            return grain;
        });

    private sealed class Activation(Func<Task<IGrain>> activate)
    {
        private readonly Lazy<Task<IGrain>> _grain = new(() => Task.Run(activate));

        public Task<IGrain> Grain => _grain.Value;

        public long LastUsed { get; set; }
    }

    private sealed class WorkshopReference(EmbeddedSilo silo, WorkshopId id) : IWorkshop
    {
        public ValueTask<Reply> SubmitAsync(Submission<WorkshopCommand> submission) => Call(grain => grain.SubmitAsync(submission));

        public ValueTask<Rights> RightsAsync() => Call(grain => grain.RightsAsync());

        public ValueTask<Workshop> StateAsync() => Call(grain => grain.StateAsync());

        public async ValueTask WatchAsync(IWorkshopObserver observer) => await Call(grain => Done(grain.WatchAsync(observer)));

        public async ValueTask UnwatchAsync(IWorkshopObserver observer) => await Call(grain => Done(grain.UnwatchAsync(observer)));

        public async ValueTask ForgetAsync(PersonId facilitator) => await Call(grain => Done(grain.ForgetAsync(facilitator)));

        public async ValueTask ForgetAsync(CommandId command, ProxyId proxy, DateTimeOffset at) => await Call(grain => Done(grain.ForgetAsync(command, proxy, at)));

        private ValueTask<T> Call<T>(Func<WorkshopGrain, ValueTask<T>> call) =>
            silo.CallAsync(id.Stream, () => WorkshopGrain.ActivateAsync(id, silo._journal, silo, CancellationToken.None), call);
    }

    private sealed class BoardReference(EmbeddedSilo silo, BoardId id) : IBoard
    {
        public ValueTask<Reply> SubmitAsync(Submission<BoardCommand> submission) => Call(grain => grain.SubmitAsync(submission));

        public ValueTask<ImmutableArray<BoardView>> WatchAsync(IBoardObserver observer) => Call(grain => grain.WatchAsync(observer));

        public async ValueTask UnwatchAsync(IBoardObserver observer) => await Call(grain => Done(grain.UnwatchAsync(observer)));

        public ValueTask<MineView> MineAsync(PersonId person) => Call(grain => grain.MineAsync(person));

        public ValueTask<ImmutableArray<Pair>> PairsAsync(PersonId person, int most) => Call(grain => grain.PairsAsync(person, most));

        public ValueTask<OpinionView?> OpinionsAsync(BallotId? ballot) => Call(grain => grain.OpinionsAsync(ballot));

        public ValueTask<OpinionHere?> HereAsync(PersonId person) => Call(grain => grain.HereAsync(person));

        public ValueTask<Board> StateAsync() => Call(grain => grain.StateAsync());

        public ValueTask<ImmutableHashSet<string>> TitlesByAsync(PersonId person) => Call(grain => grain.TitlesByAsync(person));

        public async ValueTask ForgetTitlesAsync(IReadOnlySet<string> titles) => await Call(grain => Done(grain.ForgetTitlesAsync(titles)));

        public async ValueTask ForgetAsync(CommandId command, PersonId person, bool removeIdeas, DateTimeOffset at) =>
            await Call(grain => Done(grain.ForgetAsync(command, person, removeIdeas, at)));

        public ValueTask<ImmutableDictionary<ProxyId, ProxyBallot>> ProxiesAsync(BallotId ballot) => Call(grain => grain.ProxiesAsync(ballot));

        public async ValueTask ForgetAsync(CommandId command, ProxyId proxy, DateTimeOffset at) => await Call(grain => Done(grain.ForgetAsync(command, proxy, at)));

        public ValueTask<Reply> ExpungeAsync(CommandId command, IdeaId idea, DateTimeOffset at) => Call(grain => grain.ExpungeAsync(command, idea, at));

        public ValueTask<Reply> ExpungeAsync(CommandId command, CommentId comment, DateTimeOffset at) => Call(grain => grain.ExpungeAsync(command, comment, at));

        public ValueTask<Reply> ExpungeAsync(CommandId command, ThemeId theme, DateTimeOffset at) => Call(grain => grain.ExpungeAsync(command, theme, at));

        private ValueTask<T> Call<T>(Func<BoardGrain, ValueTask<T>> call) =>
            silo.CallAsync(id.Stream, () => BoardGrain.ActivateAsync(id, silo._journal, silo._secrets, silo._clock, silo._pressure, CancellationToken.None, silo), call);
    }

    private sealed class ParticipantReference(EmbeddedSilo silo, PersonId id) : IParticipant
    {
        public ValueTask<Reply> SubmitAsync(Submission<ParticipantCommand> submission) => Call(grain => grain.SubmitAsync(submission));

        public ValueTask<Participant> StateAsync() => Call(grain => grain.StateAsync());

        public async ValueTask ForgetAsync(CommandId command, DateTimeOffset at) => await Call(grain => Done(grain.ForgetAsync(command, at)));

        private ValueTask<T> Call<T>(Func<ParticipantGrain, ValueTask<T>> call) =>
            silo.CallAsync(id.Stream, () => ParticipantGrain.ActivateAsync(id, silo._journal, CancellationToken.None), call);
    }

    private sealed class CodeReference(EmbeddedSilo silo, string code) : ICode
    {
        public ValueTask<Reply> SubmitAsync(Submission<CodeCommand> submission) => Call(grain => grain.SubmitAsync(submission));

        public ValueTask<WorkshopId?> WorkshopAsync() => Call(grain => grain.WorkshopAsync());

        private ValueTask<T> Call<T>(Func<CodeGrain, ValueTask<T>> call) =>
            silo.CallAsync(JoinCode.Stream(code), () => CodeGrain.ActivateAsync(code, silo._journal, CancellationToken.None), call);
    }

    private static async ValueTask<bool> Done(ValueTask task)
    {
        await task;
        return true;
    }
}
