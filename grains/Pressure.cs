namespace LiveCoCreate.Grains;

/// <summary>How hard this process is pressed: how late it does what it meant to do now. One for a process; it is noted by a
/// sampler ten times a second. Beats widen by it, so that a room that cannot be told twenty times a second is told less often and
/// completely, and facilitators are told when it is high.</summary>
public sealed class Pressure
{
    /// <summary>No beat is longer: five frames a second.</summary>
    public static readonly TimeSpan LongestBeat = TimeSpan.FromMilliseconds(200);

    private static readonly TimeSpan High = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Low = TimeSpan.FromMilliseconds(40);

    // The last second counts for two thirds.
    private const double Weight = 0.1;

    private readonly Lock _gate = new();
    private double _lateMs;
    private volatile bool _isHigh;

    /// <summary>Whether a room's opinion groups are found while it votes, and not only once a round is over: an operator may leave that out.</summary>
    public bool TellsOpinionsLive { get; set; } = true;

    /// <summary>Something due was done this much too late.</summary>
    public void Note(TimeSpan late)
    {
        bool changed;
        lock (_gate)
        {
            // A process that was stopped for a minute is not under pressure for the minute after.
            var ms = Math.Clamp(late.TotalMilliseconds, 0, 1_000);
            _lateMs += (ms - _lateMs) * Weight;
            var high = _isHigh ? _lateMs > Low.TotalMilliseconds : _lateMs > High.TotalMilliseconds;
            changed = high != _isHigh;
            _isHigh = high;
        }

        if (changed) Changed?.Invoke();
    }

    /// <summary>How late things have been of late.</summary>
    public TimeSpan Late
    {
        get { lock (_gate) return TimeSpan.FromMilliseconds(_lateMs); }
    }

    /// <summary>Late by more than 100 ms, until it is less than 40 ms again: people notice.</summary>
    public bool IsHigh => _isHigh;

    /// <summary><see cref="IsHigh"/> changed.</summary>
    public event Action? Changed;

    /// <summary>The beat to keep instead of the usual one: longer by twice what things are late, up to <see cref="LongestBeat"/>.</summary>
    public TimeSpan Widen(TimeSpan usual)
    {
        var wide = usual + 2 * Late;
        return wide < LongestBeat ? wide : LongestBeat > usual ? LongestBeat : usual;
    }
}
