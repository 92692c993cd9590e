using LiveCoCreate.Wire;

namespace LiveCoCreate.Rehearsal;

/// <summary>One statement while it is played: votes on it wait until it is open, hiding it waits until they are answered.</summary>
internal sealed class StatementPlay(Statement statement, int dots)
{
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _lastVoteCame = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _dotsAnswered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private int _dotsLeft = dots;

    public Statement Statement { get; } = statement;

    /// <summary>The id of its idea on the board.</summary>
    public string Idea { get; } = Ids.New();

    /// <summary>The newest version that an accepted command of it made.</summary>
    public long Version { get; private set; }

    /// <summary>May be voted on.</summary>
    public Task Opened => _opened.Task;

    /// <summary>The last recorded vote came, and all dots are answered.</summary>
    public Task Over => Task.WhenAll(_lastVoteCame.Task, _dotsLeft == 0 ? Task.CompletedTask : _dotsAnswered.Task);

    public void Open() => _opened.TrySetResult();

    public void LastVoteCame() => _lastVoteCame.TrySetResult();

    public void Accepted(long version)
    {
        lock (_gate) Version = Math.Max(Version, version);
    }

    public void DotAnswered()
    {
        lock (_gate)
        {
            if (--_dotsLeft == 0) _dotsAnswered.TrySetResult();
        }
    }
}
