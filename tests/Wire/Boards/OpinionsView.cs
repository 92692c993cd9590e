namespace LiveCoCreate.Wire.Boards;

/// <summary>What a round of agreeing says of a room (O1).</summary>
public sealed record OpinionsView
{
    public string Board { get; init; } = "";
    public string Ballot { get; init; } = "";
    public long Version { get; init; }
    public bool Final { get; init; }

    /// <summary>Votes rest (O2).</summary>
    public bool Settled { get; init; }

    /// <summary>Who voted,</summary>
    public int People { get; init; }

    /// <summary>and who of them is placed.</summary>
    public int Placed { get; init; }

    /// <summary>x, y, people, group.</summary>
    public IReadOnlyList<IReadOnlyList<double>> Map { get; init; } = [];
    public IReadOnlyList<OpinionGroup> Groups { get; init; } = [];
    public IReadOnlyList<SaidTogether> Together { get; init; } = [];
}

public sealed record OpinionGroup(int People, double X, double Y, IReadOnlyList<SaidByGroup> Says);

public sealed record SaidByGroup(string Idea, bool Agrees, int Said, int Votes, IReadOnlyList<int>? Others = null);

public sealed record SaidTogether(string Idea, bool Agrees, int Said, int Votes, IReadOnlyList<IReadOnlyList<int>>? Groups = null);

/// <summary>Where one stands (O5).</summary>
public sealed record OpinionHere(string Board, string Ballot, double? X = null, double? Y = null, int? Group = null, IReadOnlyList<string>? Next = null);

public sealed record OpinionsAnswer(OpinionsView? Opinions = null, OpinionHere? Here = null);
