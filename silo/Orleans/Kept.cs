namespace LiveCoCreate.Silo.Orleans;

/// <summary>What this node last read of a grain. It asks each time whether that is still so, and is sent it again only where it is not. Whoever asks while a question is
/// under way shares the next one with all others who do: an answer is never older than its question.</summary>
internal sealed class Kept<T>(Func<long, ValueTask<Edition<T>>> ask, TimeProvider clock)
    where T : class
{
    private readonly Lock _gate = new();
    private Task<T> _asking = Task.FromResult<T>(null!);
    private Task<T>? _next;
    private Edition<T> _last;

    public long Used { get; private set; }

    public Task<T> AskAsync()
    {
        lock (_gate)
        {
            Used = clock.GetTimestamp();
            if (_next is not null) return _next;
            return _asking.IsCompleted ? _asking = NowAsync() : _next = AfterAsync(_asking);
        }
    }

    private async Task<T> AfterAsync(Task<T> before)
    {
        await ((Task)before).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        lock (_gate) (_asking, _next) = (_next!, null);
        return await NowAsync();
    }

    private async Task<T> NowAsync()
    {
        var last = _last;
        var edition = await ask(last.Tag);
        if (edition.Held is null) return last.Held!;
        _last = edition;
        return edition.Held;
    }
}
