namespace LiveCoCreate.Wire.Boards;

/// <summary>What an audience sees of a board (PROTOCOL.md, Views and frames). Immutable: a replica hands out the one it
/// holds, and a test may keep it.</summary>
public sealed record BoardView
{
    public string Board { get; init; } = "";
    public string Audience { get; init; } = "";
    public long Version { get; init; }
    public Facts? Facts { get; init; }
    public string Subject { get; init => field = value ?? ""; } = "";
    public IReadOnlyDictionary<string, Lane> Lanes { get; init => field = value ?? None<Lane>(); } = None<Lane>();
    public IReadOnlyDictionary<string, Theme> Themes { get; init => field = value ?? None<Theme>(); } = None<Theme>();
    public IReadOnlyDictionary<string, Idea> Ideas { get; init => field = value ?? None<Idea>(); } = None<Idea>();
    public IReadOnlyDictionary<string, Ballot> Ballots { get; init => field = value ?? None<Ballot>(); } = None<Ballot>();
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>> Tallies { get; init => field = value ?? NoTallies; } = NoTallies;

    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, Count>> Counts { get; init => field = value ?? NoCounts; } = NoCounts;

    public IReadOnlyDictionary<string, Comment> Comments { get; init => field = value ?? None<Comment>(); } = None<Comment>();

    public IReadOnlyDictionary<string, Reactions> Reactions { get; init => field = value ?? None<Reactions>(); } = None<Reactions>();

    /// <summary>The tally of an idea; one that has no entry has 0.</summary>
    public int Tally(string ballot, string idea) =>
        Tallies.TryGetValue(ballot, out var ofBallot) && ofBallot.TryGetValue(idea, out var dots) ? dots : 0;

    /// <summary>Whether both show the same, whatever the objects. (Records compare dictionaries by reference.)</summary>
    public bool ShowsTheSameAs(BoardView other) =>
        ReferenceEquals(this, other)
        || (Board == other.Board && Audience == other.Audience && Facts == other.Facts && Subject == other.Subject
            && Same(Ideas, other.Ideas) && Same(Lanes, other.Lanes) && Same(Themes, other.Themes) && Same(Ballots, other.Ballots)
            && Same(Comments, other.Comments) && Same(Reactions, other.Reactions)
            && Same(Tallies, other.Tallies, (mine, theirs) => Same(mine, theirs))
            && Same(Counts, other.Counts, (mine, theirs) => Same(mine, theirs, (one, another) => Same(one.Values, another.Values) && (one.Reasons ?? []).SequenceEqual(another.Reasons ?? [])
                && Same(one.Efforts ?? None<int>(), another.Efforts ?? None<int>()))));

    private static readonly IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>> NoTallies =
        new Dictionary<string, IReadOnlyDictionary<string, int>>();

    private static readonly IReadOnlyDictionary<string, IReadOnlyDictionary<string, Count>> NoCounts = new Dictionary<string, IReadOnlyDictionary<string, Count>>();

    private static Dictionary<string, T> None<T>() => Nothing<T>.Here;

    private static bool Same<T>(IReadOnlyDictionary<string, T> mine, IReadOnlyDictionary<string, T> theirs, Func<T, T, bool>? same = null)
    {
        if (ReferenceEquals(mine, theirs)) return true;
        if (mine.Count != theirs.Count) return false;
        same ??= EqualityComparer<T>.Default.Equals;
        foreach (var (id, value) in mine)
        {
            if (!theirs.TryGetValue(id, out var other) || !same(value, other)) return false;
        }

        return true;
    }

    private static class Nothing<T>
    {
        public static readonly Dictionary<string, T> Here = [];
    }
}

public sealed record Facts(string Step, string Kind, bool Writing = false, bool Private = false, bool Revealed = false,
    string Moderation = "open", bool Anonymous = false, bool Closed = false, int Unrevealed = 0);

public sealed record Lane(string Title, string Rank);

public sealed record Theme(string Title, string Rank, int Colour = 0);

/// <summary>A light replica leaves all but <c>State</c> and <c>Into</c> unread.</summary>
public sealed record Idea(string State, string? Into = null, string Lane = "", string? Theme = null, string Text = "",
    string? Language = null, string Rank = "", long At = 0, string? Signature = null, bool Edited = false, string? Reason = null, string? Original = null,
    string? Status = null, string? Note = null, TeamReply? Reply = null, PlanItem? Plan = null, int? Feel = null);

/// <summary>What makes an idea an item of a plan (N1).</summary>
public sealed record PlanItem(string State, string? Owner = null, string? Due = null, string? Measure = null);

/// <summary>What the team answers an idea.</summary>
public sealed record TeamReply(string Text = "", string? Language = null, long At = 0);

public sealed record Comment(string State, string Idea = "", string Text = "", string? Language = null, long At = 0, string? Signature = null, bool Team = false, bool Edited = false, string? Reason = null);

/// <summary>How many people reacted how; of one's own, each 1.</summary>
public sealed record Reactions(int Heart = 0, int Thumb = 0, int Light = 0, int Question = 0, int Star = 0);

public sealed record Ballot(string Method, int Round = 0, int Budget = 0, int MostPerIdea = 0, string Counts = "live",
    bool Anonymous = false, bool Open = false, bool Revealed = false, int? Voters = null);

/// <summary>How often each value was given, in every method but dots.</summary>
public sealed record Count
{
    public IReadOnlyDictionary<string, int> Values { get; init => field = value ?? new Dictionary<string, int>(); } = new Dictionary<string, int>();
    public IReadOnlyList<Reason>? Reasons { get; init; }
    public IReadOnlyDictionary<string, int>? Efforts { get; init; }
}

/// <summary>Why somebody objects.</summary>
public sealed record Reason(string Text, string? Signature = null);

/// <summary>What changed on a board between two versions: null removes (F1).</summary>
public sealed record BoardFrame
{
    public string Board { get; init; } = "";
    public long Since { get; init; }
    public long Version { get; init; }
    public Facts? Facts { get; init; }
    public string? Subject { get; init; }
    public IReadOnlyDictionary<string, Lane?>? Lanes { get; init; }
    public IReadOnlyDictionary<string, Theme?>? Themes { get; init; }
    public IReadOnlyDictionary<string, Idea?>? Ideas { get; init; }
    public IReadOnlyDictionary<string, Ballot?>? Ballots { get; init; }
    public IReadOnlyDictionary<string, int>? Voters { get; init; }
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, int?>?>? Tallies { get; init; }
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, Count?>?>? Counts { get; init; }
    public IReadOnlyDictionary<string, Comment?>? Comments { get; init; }
    public IReadOnlyDictionary<string, Reactions?>? Reactions { get; init; }
}
