using System.Threading.RateLimiting;
using LiveCoCreate.Grains;

namespace LiveCoCreate.Web.Door;

/// <summary>How fast a seat may send commands and anyone may guess codes (P8). A hall shares one address, so per address only wrong codes count.</summary>
public sealed class Rates : IDisposable
{
    private readonly PartitionedRateLimiter<(SeatKind Kind, string Id)> _commands = PartitionedRateLimiter.Create<(SeatKind Kind, string Id), string>(seat =>
        RateLimitPartition.GetTokenBucketLimiter($"{seat.Kind}/{seat.Id}", _ => seat.Kind is SeatKind.Facilitator
            ? Bucket(Limits.FacilitatorBurst, Limits.FacilitatorPerSecond)
            : Bucket(Limits.ParticipantBurst, Limits.ParticipantPerSecond)));

    private readonly PartitionedRateLimiter<string> _wrongCodes = PartitionedRateLimiter.Create<string, string>(address =>
        RateLimitPartition.GetTokenBucketLimiter(address, _ => Bucket(Limits.WrongCodesBeforeSlow, 1)));

    private readonly PartitionedRateLimiter<string> _workshops = PartitionedRateLimiter.Create<string, string>(address =>
        RateLimitPartition.GetTokenBucketLimiter(address, _ => Bucket(Limits.WorkshopsPerMinute, 1)));

    /// <summary>Null when the seat may; else how long it should wait, in milliseconds.</summary>
    /// <param name="nodes">On how many web nodes it is connected: each counts as if the others were asked as much, so that together they allow no more than one.</param>
    public int? Command(SeatKind kind, PersonId id, int nodes = 1)
    {
        using var lease = _commands.AttemptAcquire((kind, id.Value), nodes);
        if (lease.IsAcquired) return null;
        return lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? Math.Clamp((int)after.TotalMilliseconds, 50, 5000) : 250;
    }

    /// <summary>Counts a wrong code; false when there were too many from this address lately.</summary>
    public bool WrongCode(string address)
    {
        using var lease = _wrongCodes.AttemptAcquire(address);
        return lease.IsAcquired;
    }

    public bool Workshop(string address)
    {
        using var lease = _workshops.AttemptAcquire(address);
        return lease.IsAcquired;
    }

    public void Dispose()
    {
        _commands.Dispose();
        _wrongCodes.Dispose();
        _workshops.Dispose();
    }

    private static TokenBucketRateLimiterOptions Bucket(int burst, int perSecond) => new()
    {
        TokenLimit = burst,
        TokensPerPeriod = Math.Max(1, perSecond / 4),
        ReplenishmentPeriod = TimeSpan.FromMilliseconds(perSecond >= 4 ? 250 : 1000),
        AutoReplenishment = true,
        QueueLimit = 0,
    };
}
