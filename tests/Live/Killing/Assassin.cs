using LiveCoCreate.Live.Servers;
using LiveCoCreate.Rehearsal;

namespace LiveCoCreate.Live.Killing;

/// <summary>What was so when the server was killed.</summary>
/// <param name="InFlight">Commands that were sent and not answered.</param>
internal sealed record Death(int Sent, int InFlight);

/// <summary>Kills the server when the rehearsal has sent so many commands, at the very moment an answer arrives, and starts it again
/// on the same port and data. An answer that came before its command was durable would be found out.</summary>
internal sealed class Assassin(ServerProcess server, IEnumerable<int> points)
{
    private readonly Queue<int> _points = new(points.Order());
    private readonly List<Death> _deaths = [];
    private readonly Lock _gate = new();
    private Task _restarted = Task.CompletedTask;

    public IReadOnlyList<Death> Deaths
    {
        get { lock (_gate) return [.. _deaths]; }
    }

    /// <summary>The last restart; faulted if the server did not come back.</summary>
    public Task Restarted
    {
        get { lock (_gate) return _restarted; }
    }

    /// <summary>Called inside a sender's lock at each command that is sent or answered: the kill comes at just this moment.</summary>
    public void Witness(RehearsalMoment moment)
    {
        lock (_gate)
        {
            if (moment.Kind != MomentKind.Answered || moment.InFlight == 0) return;
            if (!_restarted.IsCompletedSuccessfully || _points.Count == 0 || moment.Sent < _points.Peek()) return;
            _points.Dequeue();
            _deaths.Add(new Death(moment.Sent, moment.InFlight));
            server.Kill();
            _restarted = Task.Run(RestartAsync);
        }
    }

    private async Task RestartAsync()
    {
        await server.GoneAsync();
        await server.StartAsync();
    }
}
