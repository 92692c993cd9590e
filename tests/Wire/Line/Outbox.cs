namespace LiveCoCreate.Wire.Line;

/// <summary>One command on its way to an answer.</summary>
internal sealed class Pending(Command command)
{
    public Command Command { get; } = command;
    public TaskCompletionSource<Answer> Answered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    public bool IsOnTheWire { get; set; }
    public int Attempts { get; set; }
    public long FirstSentAt { get; set; }
}

/// <summary>PROTOCOL L4: in order, at most 64 unanswered, and again with the same id until answered. No I/O.</summary>
internal sealed class Outbox
{
    public const int MostUnanswered = 64;

    private readonly LinkedList<Pending> _commands = [];

    public int Count => _commands.Count;

    public int OnTheWire { get; private set; }

    public void Add(Pending pending) => _commands.AddLast(pending);

    /// <summary>What is to be sent now. Those that wait for their turn again come before younger ones.</summary>
    public IReadOnlyList<Pending> TakeSendable(long timestamp)
    {
        if (_commands.Count == OnTheWire || OnTheWire == MostUnanswered) return [];
        var sendable = _commands.Take(MostUnanswered).Where(pending => !pending.IsOnTheWire).ToList();
        foreach (var pending in sendable)
        {
            if (pending.Attempts++ == 0) pending.FirstSentAt = timestamp;
            pending.IsOnTheWire = true;
        }

        OnTheWire += sendable.Count;
        return sendable;
    }

    public void Answered(Pending pending)
    {
        Returned(pending);
        _commands.Remove(pending);
    }

    /// <summary>It was answered with <c>retry</c> or <c>too-fast</c>, and keeps its place.</summary>
    public void Returned(Pending pending)
    {
        if (pending.IsOnTheWire) OnTheWire--;
        pending.IsOnTheWire = false;
    }

    /// <summary>Nobody knows which of them arrived: all are to be sent again.</summary>
    public void Disconnected()
    {
        foreach (var pending in _commands) pending.IsOnTheWire = false;
        OnTheWire = 0;
    }

    public IReadOnlyList<Pending> GiveUp()
    {
        List<Pending> all = [.. _commands];
        _commands.Clear();
        OnTheWire = 0;
        return all;
    }
}
