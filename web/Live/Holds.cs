using LiveCoCreate.Grains;

namespace LiveCoCreate.Web.Live;

/// <summary>What a facilitator has in hand, so that two of them do not handle the same thing: a hint, not a lock (PROTOCOL.md R5). Soft like
/// signals, and told to facilitators alone; it ends with the connection.</summary>
/// <param name="Ideas">Of these ideas; none: nothing any more.</param>
/// <param name="How"><c>open</c>, <c>edit</c> or <c>drag</c>.</param>
public sealed record Hold(string? Board = null, IReadOnlyList<string>? Ideas = null, string? How = null)
{
    public bool IsNothing => Ideas is null or { Count: 0 };

    public bool IsOfForm => IsNothing || (Ids.IsId(Board) && How is "open" or "edit" or "drag" && Ideas!.Count <= Limits.HeldIdeas && Ideas.All(Ids.IsId));
}

/// <param name="By">Whose seat it is, so that nobody is told of themselves.</param>
public sealed record Held(PersonId By, string Name, string Board, IReadOnlyList<string> Ideas, string How);

/// <summary>Tells facilitators at once, and then at most five times a second, what they have in hand.</summary>
public sealed class Holds(TimeProvider clock, Action tell) : IDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(200);

    private readonly Lock _gate = new();
    private ITimer? _timer;
    private long _told;
    private bool _waits;

    public static IReadOnlyList<Held> Of(IEnumerable<LiveConnection> connections) =>
        [.. connections.Where(one => one.Seat.Kind is SeatKind.Facilitator).Select(one => (one, one.Holding))
            .Where(one => one.Holding is { IsNothing: false })
            .Select(one => new Held(one.one.Seat.Id, one.one.Name ?? "", one.Holding!.Board!, one.Holding.Ideas!, one.Holding.How!))
            .OrderBy(held => held.By.Value, StringComparer.Ordinal)];

    public void Changed()
    {
        lock (_gate)
        {
            if (_waits) return;
            _waits = true;
            var left = _told == 0 ? TimeSpan.Zero : Every - clock.GetElapsedTime(_told);
            if (left < TimeSpan.Zero) left = TimeSpan.Zero;
            if (_timer is null) _timer = clock.CreateTimer(_ => Tell(), null, left, Timeout.InfiniteTimeSpan);
            else _timer.Change(left, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose() => _timer?.Dispose();

    private void Tell()
    {
        lock (_gate)
        {
            _told = clock.GetTimestamp();
            _waits = false;
        }

        tell();
    }
}
