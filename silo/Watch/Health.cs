using LiveCoCreate.Grains.Journals;
using Microsoft.Extensions.Logging;

namespace LiveCoCreate.Silo.Watch;

/// <summary>What a load balancer asks. <c>/healthz</c>: the process answers. <c>/readyz</c>: and what people say can be kept; 503
/// otherwise. Neither says anything about people or workshops.</summary>
public sealed partial class Health(IJournal journal, TimeProvider clock, ILogger<Health> log)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private Task<bool>? _ready;
    private long _asked;

    /// <summary>Whether the journal can be written. Tried at most once a second, however many ask: trying takes the writer's turn.</summary>
    public Task<bool> IsReadyAsync()
    {
        lock (_gate)
        {
            if (_ready is { IsCompleted: false } || (_ready is not null && clock.GetElapsedTime(_asked) < Fresh)) return _ready;
            _asked = clock.GetTimestamp();
            return _ready = TryAsync();
        }
    }

    private async Task<bool> TryAsync()
    {
        try
        {
            using var patience = new CancellationTokenSource(Patience, clock);
            await journal.ProbeAsync(patience.Token);
            return true;
        }
        // Whatever it is: who was not answered with ready is answered with not ready, and the log says why.
#pragma warning disable CA1031
        catch (Exception unwritable)
#pragma warning restore CA1031
        {
            NotReady(log, unwritable);
            return false;
        }
    }

    [LoggerMessage(10, LogLevel.Error, "The journal cannot be written")]
    private static partial void NotReady(ILogger logger, Exception reason);
}
