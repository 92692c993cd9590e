namespace LiveCoCreate.Load.Floor;

/// <summary>What the load client sends; the same commands that the product takes, without rules, seats or a journal.</summary>
internal sealed record FloorCommand(string Command, string Board, string Type, string Idea, string? Lane, string? Text, int Dots);

internal sealed record FloorIdea(string Lane, string Text);

internal sealed record FloorReply(long Version);

/// <summary>One coalesced frame: added ideas, and tallies as absolute numbers. Versions count frames.</summary>
internal sealed record FloorFrame(long Version, Dictionary<string, int>? Tallies, Dictionary<string, FloorIdea>? Ideas);

internal sealed record FloorView(long Version, Dictionary<string, FloorIdea> Ideas, Dictionary<string, int> Tallies);

/// <summary>A board in memory: a few dictionaries and a lock.</summary>
internal sealed class FloorBoard(string id, FloorFaults faults)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, FloorIdea> _ideas = [];
    private readonly Dictionary<string, int> _tallies = [];
    private readonly Dictionary<(string Who, string Idea), int> _dots = [];
    private Dictionary<string, FloorIdea> _newIdeas = [];
    private HashSet<string> _newTallies = [];
    private long _version;

    public string Id => id;

    public FloorReply Submit(string who, FloorCommand command)
    {
        lock (_gate)
        {
            if (command.Type == "add-idea") _ideas[command.Idea] = _newIdeas[command.Idea] = new FloorIdea(command.Lane ?? "", command.Text ?? "");
            else Vote(who, command.Idea, command.Dots);
            return new FloorReply(_version + 1);
        }
    }

    public FloorView View()
    {
        // What no frame has told yet is in it too, and comes again as what is then true.
        lock (_gate) return new FloorView(_version, new(_ideas), new(_tallies));
    }

    /// <summary>What changed since the last frame; null when nothing did.</summary>
    public FloorFrame? TakeFrame()
    {
        lock (_gate)
        {
            if (_newIdeas.Count == 0 && _newTallies.Count == 0) return null;
            var (ideas, tallies) = (_newIdeas, _newTallies);
            (_newIdeas, _newTallies) = ([], []);
            return new FloorFrame(
                ++_version,
                tallies.Count == 0 ? null : tallies.ToDictionary(idea => idea, idea => _tallies[idea]),
                ideas.Count == 0 ? null : ideas);
        }
    }

    private void Vote(string who, string idea, int dots)
    {
        var more = dots - _dots.GetValueOrDefault((who, idea));
        _dots[(who, idea)] = dots;
        _tallies[idea] = _tallies.GetValueOrDefault(idea) + faults.Counted(more);
        _newTallies.Add(idea);
    }
}

/// <summary>What this floor does wrong on purpose, so that a test can see it found.</summary>
internal sealed class FloorFaults(int lose, int @double)
{
    private int _lose = lose;
    private int _double = @double;

    public int Counted(int dots)
    {
        if (dots <= 0) return dots;
        if (Volatile.Read(ref _lose) > 0 && Interlocked.Decrement(ref _lose) >= 0) return 0;
        return Volatile.Read(ref _double) > 0 && Interlocked.Decrement(ref _double) >= 0 ? 2 * dots : dots;
    }
}
