using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Journals;
using LiveCoCreate.Grains.Turns;
using LiveCoCreate.Grains.Workshops;
using Orleans;
using IGrain = LiveCoCreate.Grains.IGrain;

namespace LiveCoCreate.Silo.Orleans;

/// <summary>What grains need, the same for all of a silo.</summary>
public sealed record SiloGround(IJournal Journal, ISecrets Secrets, TimeProvider Clock, Pressure Pressure, IGrains Grains, Action<Mishap>? Mishap);

/// <summary>A grain of ours in an activation of Orleans, which sees to it that there is one. Its turns are its own: it takes all commands that wait together,
/// so calls must come in while others are under way (<c>Reentrant</c>). When it is gone, so is the activation, with its state.</summary>
public abstract class Hosted<TGrain>(SiloGround silo) : Grain
    where TGrain : class, IGrain
{
    private Task<TGrain>? _grain;

    protected SiloGround Silo => silo;

    protected abstract ValueTask<TGrain> ActivateAsync();

    protected async Task<Answer<T>> AskAsync<T>(Func<TGrain, ValueTask<T>> call)
    {
        try
        {
            var grain = await (_grain ??= HeardAsync());
            if (grain.IsGone) return Over<T>(Outcome.Gone);
            var answer = new Answer<T>(Outcome.Done, await call(grain));
            if (grain.IsGone) DeactivateOnIdle();
            return answer;
        }
        catch (Exception gone) when (gone is GrainGoneException or JournalConflictException)
        {
            return Over<T>(Outcome.Gone);
        }
        catch (UnknownEventException newer)
        {
            return Over<T>(Outcome.JournalNewer, newer.Message);
        }
        // A secret that cannot be kept, or another grain's journal: this one is well.
        catch (JournalAwayException) when (_grain is { IsCompletedSuccessfully: true } && !_grain.Result.IsGone)
        {
            return new(Outcome.JournalAway, default, null);
        }
        // Also what could not follow from a workshop: its next activation repeats it.
        catch (IOException) when (_grain is not { IsCompletedSuccessfully: true } || _grain.Result.IsGone)
        {
            return Over<T>(Outcome.JournalAway);
        }
        catch when (_grain is { IsFaulted: true })
        {
            DeactivateOnIdle();
            throw;
        }
    }

    protected Task<Answer<bool>> DoAsync(Func<TGrain, ValueTask> call) => AskAsync(async grain =>
    {
        await call(grain);
        return true;
    });

    /// <summary>Orleans waits for the calls that are under way; then nothing more may be decided here, since the next activation may be awake already.</summary>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (_grain is not { IsCompletedSuccessfully: true }) return;
        var grain = await _grain;
        grain.Dispose();
        while (!grain.IsGone && !grain.TryRetire() && !cancellationToken.IsCancellationRequested) await Task.Delay(5, CancellationToken.None);
    }

    private async Task<TGrain> HeardAsync()
    {
        var grain = await ActivateAsync();
        grain.Mishap = silo.Mishap;
        return grain;
    }

    private Answer<T> Over<T>(Outcome outcome, string? why = null)
    {
        DeactivateOnIdle();
        return new(outcome, default, why);
    }
}
