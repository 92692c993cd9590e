namespace LiveCoCreate.Wire.Boards;

/// <summary>What only one participant sees of a board.</summary>
public sealed record MineView
{
    public string Board { get; init; } = "";
    public long Version { get; init; }
    public IReadOnlyDictionary<string, Mine> Ideas { get; init => field = value ?? new Dictionary<string, Mine>(); } = new Dictionary<string, Mine>();
    public IReadOnlyDictionary<string, MyBallot> Ballots { get; init => field = value ?? new Dictionary<string, MyBallot>(); } = new Dictionary<string, MyBallot>();

    public IReadOnlyDictionary<string, MyComment> Comments { get; init => field = value ?? new Dictionary<string, MyComment>(); } = new Dictionary<string, MyComment>();
    public IReadOnlyDictionary<string, Reactions> Reactions { get; init => field = value ?? new Dictionary<string, Reactions>(); } = new Dictionary<string, Reactions>();

    /// <summary>Own themes that wait for a facilitator.</summary>
    public IReadOnlyDictionary<string, MyTheme> Themes { get; init => field = value ?? new Dictionary<string, MyTheme>(); } = new Dictionary<string, MyTheme>();

    /// <summary>The dots this person has on an idea.</summary>
    public int Dots(string ballot, string idea) =>
        Ballots.TryGetValue(ballot, out var mine) && mine.Dots.TryGetValue(idea, out var dots) ? dots : 0;
}

public sealed record Mine(string State, string Lane = "", string Text = "", string? Language = null, string? Reason = null, string? Into = null, long At = 0);

public sealed record MyTheme(string Title, int Colour = 0);

public sealed record MyComment(string State, string Idea = "", string Text = "", string? Language = null, string? Reason = null, long At = 0);

public sealed record MyBallot
{
    public int Left { get; init; }
    public IReadOnlyDictionary<string, int> Dots { get; init => field = value ?? new Dictionary<string, int>(); } = new Dictionary<string, int>();
    public IReadOnlyDictionary<string, Vote> Votes { get; init => field = value ?? new Dictionary<string, Vote>(); } = new Dictionary<string, Vote>();
}

/// <summary>What one person says of one idea, in every method but dots.</summary>
public sealed record Vote(int Value, string? Reason = null, string? Signature = null, int? Effort = null);

/// <summary>What changed for one participant; one with <c>since: 0</c> is whole (L2).</summary>
public sealed record MineFrame
{
    public string Board { get; init; } = "";
    public long Since { get; init; }
    public long Version { get; init; }
    public IReadOnlyDictionary<string, Mine?>? Ideas { get; init; }
    public IReadOnlyDictionary<string, MyBallot?>? Ballots { get; init; }
    public IReadOnlyDictionary<string, MyComment?>? Comments { get; init; }
    public IReadOnlyDictionary<string, Reactions?>? Reactions { get; init; }
    public IReadOnlyDictionary<string, MyTheme?>? Themes { get; init; }
}
