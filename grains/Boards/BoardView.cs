using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace LiveCoCreate.Grains.Boards;

/// <summary>A board as one audience sees it (PROTOCOL.md, Views and frames). Frames complete it.</summary>
public sealed record BoardView(
    BoardId Board, Audience Audience, long Version, Facts Facts,
    ImmutableDictionary<LaneId, LaneView> Lanes,
    ImmutableDictionary<ThemeId, ThemeView> Themes,
    ImmutableDictionary<IdeaId, IdeaView> Ideas,
    ImmutableDictionary<BallotId, BallotView> Ballots,
    ImmutableDictionary<BallotId, ImmutableDictionary<IdeaId, int>> Tallies)
{
    /// <summary>What the board is about, for everybody; empty where nothing is said of it.</summary>
    public string Subject { get; init; } = "";

    /// <summary>What the tallies are for dots, for every other method.</summary>
    public ImmutableDictionary<BallotId, ImmutableDictionary<IdeaId, Count>> Counts { get; init; } = ImmutableDictionary<BallotId, ImmutableDictionary<IdeaId, Count>>.Empty;

    public ImmutableDictionary<CommentId, CommentView> Comments { get; init; } = ImmutableDictionary<CommentId, CommentView>.Empty;

    /// <summary>By idea. What others were merged into counts each person once, whichever of them they reacted to.</summary>
    public ImmutableDictionary<IdeaId, Reactions> Reactions { get; init; } = ImmutableDictionary<IdeaId, Reactions>.Empty;

    /// <summary>Ideas that the room finds the same; facilitators only.</summary>
    public ImmutableDictionary<IdeaId, AlikeView> Alike { get; init; } = ImmutableDictionary<IdeaId, AlikeView>.Empty;

    public static BoardView Nothing(BoardId board, Audience audience) => new(
        board, audience, 0, Facts.None,
        ImmutableDictionary<LaneId, LaneView>.Empty, ImmutableDictionary<ThemeId, ThemeView>.Empty, ImmutableDictionary<IdeaId, IdeaView>.Empty,
        ImmutableDictionary<BallotId, BallotView>.Empty, ImmutableDictionary<BallotId, ImmutableDictionary<IdeaId, int>>.Empty);

    /// <summary>PROTOCOL.md F1 and F2: what this view is after the frame. The view itself for old news and for a frame that leaves a gap.</summary>
    public BoardView Merge(Frame frame)
    {
        if (frame.Version <= Version || frame.LeavesGap(Version)) return this;
        var so = frame.Since == 0 ? Nothing(Board, Audience) with { Facts = Facts } : this;
        return so with
        {
            Version = frame.Version,
            Facts = frame.Facts ?? so.Facts,
            Subject = frame.Subject ?? so.Subject,
            Lanes = Frames.Merge(so.Lanes, frame.Lanes),
            Themes = Frames.Merge(so.Themes, frame.Themes),
            Ideas = Frames.Merge(so.Ideas, frame.Ideas),
            Ballots = Frames.MergeVoters(Frames.Merge(so.Ballots, frame.Ballots), frame.Voters),
            Tallies = Frames.MergeTallies(so.Tallies, frame.Tallies),
            Counts = Frames.MergeCounts(so.Counts, frame.Counts),
            Comments = Frames.Merge(so.Comments, frame.Comments),
            Reactions = Frames.Merge(so.Reactions, frame.Reactions),
            Alike = Frames.Merge(so.Alike, frame.Alike),
        };
    }
}

/// <summary>What changed for one audience between two versions: what is now true, not what happened.</summary>
public sealed record Frame(BoardId Board, long Since, long Version)
{
    public Facts? Facts { get; init; }

    /// <summary>Empty: nothing is said of it any more.</summary>
    public string? Subject { get; init; }

    [JsonConverter(typeof(ChangesConverter<LaneId, LaneView>))]
    public ImmutableDictionary<LaneId, LaneView?>? Lanes { get; init; }

    [JsonConverter(typeof(ChangesConverter<ThemeId, ThemeView>))]
    public ImmutableDictionary<ThemeId, ThemeView?>? Themes { get; init; }

    [JsonConverter(typeof(ChangesConverter<IdeaId, IdeaView>))]
    public ImmutableDictionary<IdeaId, IdeaView?>? Ideas { get; init; }

    [JsonConverter(typeof(ChangesConverter<BallotId, BallotView>))]
    public ImmutableDictionary<BallotId, BallotView?>? Ballots { get; init; }

    /// <summary>How many have voted, in ballots of which nothing else is another: in a room that votes that is what each frame has to say of them.</summary>
    public ImmutableDictionary<BallotId, int>? Voters { get; init; }

    public ImmutableDictionary<BallotId, ImmutableDictionary<IdeaId, int?>?>? Tallies { get; init; }

    public ImmutableDictionary<BallotId, ImmutableDictionary<IdeaId, Count?>?>? Counts { get; init; }

    [JsonConverter(typeof(ChangesConverter<CommentId, CommentView>))]
    public ImmutableDictionary<CommentId, CommentView?>? Comments { get; init; }

    [JsonConverter(typeof(ChangesConverter<IdeaId, Reactions>))]
    public ImmutableDictionary<IdeaId, Reactions?>? Reactions { get; init; }

    [JsonConverter(typeof(ChangesConverter<IdeaId, AlikeView>))]
    public ImmutableDictionary<IdeaId, AlikeView?>? Alike { get; init; }

    /// <summary>This frame as JSON, where somebody wrote it already: it is sent on as it is.</summary>
    [JsonIgnore]
    public ReadOnlyMemory<byte> Written { get; init; }

    /// <summary>Whether something is missing between this version and the frame, or may be: what changed and changed back since the frame
    /// began is not in it, so it is no news but for who holds exactly what it begins at (F2). A whole one leaves none.</summary>
    public bool LeavesGap(long held) => Version > held && Since != held && Since != 0;

    /// <summary>Whether anything but the version changed.</summary>
    [JsonIgnore]
    public bool SaysSomething => Facts is not null || Subject is not null || Lanes is not null || Themes is not null || Ideas is not null || Ballots is not null || Voters is not null || Tallies is not null || Counts is not null
        || Comments is not null || Reactions is not null || Alike is not null;

    /// <summary>The frame that makes <paramref name="after"/> of <paramref name="before"/>: before.Merge(Between(before, after)) equals after.</summary>
    public static Frame Between(BoardView before, BoardView after)
    {
        var (ballots, voters) = Frames.BallotChanges(before.Ballots, after.Ballots);
        return new(after.Board, before.Version, after.Version)
        {
            Facts = before.Facts == after.Facts ? null : after.Facts,
            Subject = before.Subject == after.Subject ? null : after.Subject,
            Lanes = Frames.Changes(before.Lanes, after.Lanes),
            Themes = Frames.Changes(before.Themes, after.Themes),
            Ideas = Frames.Changes(before.Ideas, after.Ideas),
            Ballots = ballots,
            Voters = voters,
            Tallies = Frames.TallyChanges(before.Tallies, after.Tallies),
            Counts = Frames.CountChanges(before.Counts, after.Counts),
            Comments = Frames.Changes(before.Comments, after.Comments),
            Reactions = Frames.Changes(before.Reactions, after.Reactions),
            Alike = Frames.Changes(before.Alike, after.Alike),
        };
    }
}

/// <param name="Revealed">A reveal has happened since private writing last began.</param>
/// <param name="Unrevealed">How many ideas only their authors see until the reveal.</param>
public sealed record Facts(
    StepId Step, string Kind, bool Writing, bool Private, bool Revealed, Moderation Moderation, bool Anonymous, bool Closed, int Unrevealed)
{
    public static readonly Facts None = new(default, "ideas", false, false, false, Moderation.Open, true, false, 0);

    /// <summary>For facilitators, and none while few write.</summary>
    public Voices? Voices { get; init; }

    /// <summary>What the big screens were turned to; null: they go their own course.</summary>
    public Showing? Screen { get; init; }

    /// <summary>Who groups ideas beside the facilitators; absent: nobody.</summary>
    public Sorting? Sorting { get; init; }

    /// <summary>For facilitators.</summary>
    public Compared? Compared { get; init; }
}

public sealed record LaneView(string Title, string Rank);

public sealed record ThemeView(string Title, string Rank, int Colour)
{
    /// <summary>A participant made it, nobody says who.</summary>
    public bool? Room { get; init; }

    /// <summary>It waits for approval; facilitators only.</summary>
    public bool? Waiting { get; init; }

    /// <summary>The theme that it was split from.</summary>
    public ThemeId? From { get; init; }

    /// <summary>The themes that were merged into it.</summary>
    public ImmutableArray<ThemePart>? MadeOf { get; init; }

    // Records compare arrays by reference.
    public bool Equals(ThemeView? other) => other is not null && (Title, Rank, Colour, Room, Waiting, From) == (other.Title, other.Rank, other.Colour, other.Room, other.Waiting, other.From)
        && (MadeOf ?? []).SequenceEqual(other.MadeOf ?? []);

    public override int GetHashCode() => HashCode.Combine(Title, Rank, Colour);
}

public enum IdeaState
{
    Shown,
    Waiting,
    Hidden,
    Unrevealed,
}

/// <param name="Into">The idea that this one is shown within.</param>
/// <param name="Reason">Why it is hidden; facilitators only.</param>
/// <param name="Original">What its author wrote, where a facilitator edited it; facilitators only.</param>
/// <param name="Limited">It waits, and so does all that its author writes; facilitators only.</param>
/// <param name="Status">What the team decided; absent: received.</param>
/// <param name="Proxy">A facilitator entered it for somebody in the room.</param>
public sealed partial record IdeaView(
    LaneId Lane, ThemeId? Theme, string Text, string? Language, string Rank, DateTimeOffset At, IdeaState State,
    string? Signature = null, IdeaId? Into = null, bool? Edited = null, string? Reason = null, string? Original = null, bool? Limited = null,
    IdeaStatus? Status = null, string? Note = null, TeamReply? Reply = null, bool? Proxy = null)
{
    public Proposal? Proposal { get; init; }
}

/// <param name="Voters">How many have voted; for facilitators at once, for others with the tallies.</param>
/// <param name="For">Who may vote; absent: everybody.</param>
/// <param name="Certainty">Each vote may say how sure it is.</param>
/// <param name="Groups">Of how many groups there are results of their own, once counts are due.</param>
public sealed record BallotView(
    string Method, int Round, int Budget, int MostPerIdea, CountsDue Counts, bool Anonymous, bool Open, bool Revealed, int? Voters = null,
    Electorate? For = null, bool? Certainty = null, int? Groups = null)
{
    /// <summary>For how many of them facilitators voted; once it closed.</summary>
    public int? Proxies { get; init; }
}
