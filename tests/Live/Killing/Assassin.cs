using LiveCoCreate.Rehearsal;
using LiveCoCreate.Wire;
using LiveCoCreate.Wire.Servers;

namespace LiveCoCreate.Live.Killing;

/// <summary>What was so when the server was killed.</summary>
/// <param name="InFlight">Commands that were sent and not answered.</param>
internal sealed record Death(int Answered, int InFlight);

/// <summary>Kills the server when so many commands of the rehearsal are answered, at the very moment the answer arrives, and starts it again
/// on the same port and data. An answer that came before its command was durable would be found out.</summary>
/// <param name="database">Dies every other time instead of the server, which then has to come to terms with that by itself.</param>
internal sealed class Assassin(ServerProcess server, IEnumerable<int> points, PostgresServer? database = null)
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

    /// <summary>Called inside a person's lock at each command that is sent or answered: the kill comes at just this moment.</summary>
    public void Witness(RehearsalMoment moment)
    {
        lock (_gate)
        {
            if (moment.Kind != MomentKind.Answered || moment.InFlight == 0) return;
            if (!_restarted.IsCompletedSuccessfully || _points.Count == 0 || moment.Answered < _points.Peek()) return;
            _points.Dequeue();
            _deaths.Add(new Death(moment.Answered, moment.InFlight));
            if (database is not null && _deaths.Count % 2 == 0)
            {
                _restarted = Task.Run(RestartDatabaseAsync);
                return;
            }

            server.Kill();
            _restarted = Task.Run(RestartAsync);
        }
    }

    private async Task RestartDatabaseAsync()
    {
        await database!.KillAsync();
        await database.StartAgainAsync();
    }

    private async Task RestartAsync()
    {
        await server.GoneAsync();
        await server.StartAsync();
    }
}
