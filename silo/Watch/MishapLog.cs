using LiveCoCreate.Grains.Journals;
using LiveCoCreate.Grains.Turns;
using Microsoft.Extensions.Logging;

namespace LiveCoCreate.Silo.Watch;

/// <summary>Writes down what went wrong in grains, without a word of what people wrote or are called. That the journal is away every board of a full hall finds out over and over
/// again: it is said once a second at most, or the log would fill the disk that is full already.</summary>
public sealed partial class MishapLog(ILogger<MishapLog> log, TimeProvider clock)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private long? _saidAway;

    public void Write(Mishap mishap)
    {
        if (mishap.Exception is not JournalAwayException)
        {
            Threw(log, mishap.Stream, mishap.What, mishap.Why, mishap.Exception.StackTrace);
            return;
        }

        lock (_gate)
        {
            if (_saidAway is { } said && clock.GetElapsedTime(said) < Pause) return;
            _saidAway = clock.GetTimestamp();
        }

        Away(log, mishap.Stream, mishap.What, mishap.Why);
    }

    // Not the exception itself: its message may quote what a person wrote or is called.
    [LoggerMessage(2, LogLevel.Error, "{Stream}: {What} threw {Exception}{Place}")]
    private static partial void Threw(ILogger logger, string stream, string what, string exception, string? place);

    [LoggerMessage(3, LogLevel.Error, "{Stream}: {What} failed: {Reason}")]
    private static partial void Away(ILogger logger, string stream, string what, string reason);
}
