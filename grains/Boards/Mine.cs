using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace LiveCoCreate.Grains.Boards;

/// <summary>The overlay of one board that only one person sees: what they wrote and where it stands, how they voted and what is left.</summary>
public sealed record MineView(
    BoardId Board, long Version, ImmutableDictionary<IdeaId, MyIdea> Ideas, ImmutableDictionary<BallotId, MyBallot> Ballots)
{
    public ImmutableDictionary<CommentId, MyComment> Comments { get; init; } = ImmutableDictionary<CommentId, MyComment>.Empty;

    /// <summary>By idea: each reaction of one's own is 1.</summary>
    public ImmutableDictionary<IdeaId, Reactions> Reactions { get; init; } = ImmutableDictionary<IdeaId, Reactions>.Empty;

    public static MineView Nothing(BoardId board) => new(board, 0, ImmutableDictionary<IdeaId, MyIdea>.Empty, ImmutableDictionary<BallotId, MyBallot>.Empty);

    /// <summary>PROTOCOL.md F2; a frame since 0 is whole.</summary>
    public MineView Merge(MineFrame frame)
    {
        if (frame.Version <= Version || (frame.Since != Version && frame.Since != 0)) return this;
        var so = frame.Since == 0 ? Nothing(Board) : this;
        return so with
        {
            Version = frame.Version,
            Ideas = Frames.Merge(so.Ideas, frame.Ideas),
            Ballots = Frames.Merge(so.Ballots, frame.Ballots),
            Comments = Frames.Merge(so.Comments, frame.Comments),
            Reactions = Frames.Merge(so.Reactions, frame.Reactions),
        };
    }
}

/// <summary>What changed for one person between two versions.</summary>
public sealed record MineFrame(BoardId Board, long Since, long Version)
{
    [JsonConverter(typeof(ChangesConverter<IdeaId, MyIdea>))]
    public ImmutableDictionary<IdeaId, MyIdea?>? Ideas { get; init; }

    [JsonConverter(typeof(ChangesConverter<BallotId, MyBallot>))]
    public ImmutableDictionary<BallotId, MyBallot?>? Ballots { get; init; }

    [JsonConverter(typeof(ChangesConverter<CommentId, MyComment>))]
    public ImmutableDictionary<CommentId, MyComment?>? Comments { get; init; }

    [JsonConverter(typeof(ChangesConverter<IdeaId, Reactions>))]
    public ImmutableDictionary<IdeaId, Reactions?>? Reactions { get; init; }

    public static MineFrame Between(MineView before, MineView after) => new(after.Board, before.Version, after.Version)
    {
        Ideas = Frames.Changes(before.Ideas, after.Ideas),
        Ballots = Frames.Changes(before.Ballots, after.Ballots),
        Comments = Frames.Changes(before.Comments, after.Comments),
        Reactions = Frames.Changes(before.Reactions, after.Reactions),
    };
}

public enum MyIdeaState
{
    Waiting,
    Private,
    Shown,
    Hidden,
    Merged,
    Withdrawn,
}

public sealed record MyIdea(LaneId Lane, string Text, string? Language, MyIdeaState State, DateTimeOffset At, string? Reason = null, IdeaId? Into = null, int? Feel = null)
{
    public Proposal? Proposal { get; init; }
}

/// <param name="Votes">In every method but dots; null where there are none.</param>
public sealed record MyBallot(int Left, ImmutableDictionary<IdeaId, int> Dots, ImmutableDictionary<IdeaId, Vote>? Votes = null)
{
    // Records compare dictionaries by reference; two people's equal votes are equal.
    public bool Equals(MyBallot? other) => other is not null && Left == other.Left && Same(Dots, other.Dots) && Same(Votes, other.Votes);

    public override int GetHashCode() => HashCode.Combine(Left, Dots.Count, Votes?.Count);

    private static bool Same<T>(ImmutableDictionary<IdeaId, T>? one, ImmutableDictionary<IdeaId, T>? other) => ReferenceEquals(one, other)
        || (one?.Count == other?.Count && one!.All(vote => other!.TryGetValue(vote.Key, out var its) && Equals(vote.Value, its)));
}

public sealed partial record Board
{
    /// <param name="keyOf">This person's voter key in a ballot. Nobody is asked for one once an anonymous ballot closed: from then on nobody knows how they voted.</param>
    public MineView MineOf(BoardId id, PersonId person, Func<BallotId, VoterKey?> keyOf) => new(
        id, Version,
        ByAuthor.GetValueOrDefault(person, []).ToImmutableDictionary(idea => idea, idea => MyIdeaOf(Ideas[idea])),
        Ballots.Select(ballot => (ballot.Key, Mine: ballot.Value is not { Anonymous: true, Open: false } && keyOf(ballot.Key) is { } voter ? MyBallotOf(ballot.Value, voter) : null))
            .Where(ballot => ballot.Mine is not null).ToImmutableDictionary(ballot => ballot.Key, ballot => ballot.Mine!))
    {
        Comments = MyCommentsOf(person),
        Reactions = Reacting.By.GetValueOrDefault(person, ImmutableDictionary<IdeaId, Reactions>.Empty),
    };

    private MyIdea MyIdeaOf(Idea idea)
    {
        var state = idea switch
        {
            { Standing: Standing.Withdrawn } => MyIdeaState.Withdrawn,
            { Standing: Standing.Hidden } => MyIdeaState.Hidden,
            { Standing: Standing.Waiting } => MyIdeaState.Waiting,
            { Unrevealed: true } => MyIdeaState.Private,
            { Into: not null } => MyIdeaState.Merged,
            _ => MyIdeaState.Shown,
        };
        return new MyIdea(idea.Lane, idea.Text, idea.Language, state, idea.At,
            state is MyIdeaState.Hidden ? idea.Reason : null, state is MyIdeaState.Merged && InTheOpen(idea) ? RootId(idea) : null, idea.Feel) { Proposal = idea.Proposal };
    }

    private static MyBallot MyBallotOf(Ballot ballot, VoterKey voter) =>
        ballot.Method is not Methods.Dots ? new MyBallot(ballot.Budget, ImmutableDictionary<IdeaId, int>.Empty, ballot.VotesOf.GetValueOrDefault(voter))
        : ballot.Voters.TryGetValue(voter, out var dots)
            ? new MyBallot(ballot.Budget - dots.Spent, dots.On)
            : new MyBallot(ballot.Budget, ImmutableDictionary<IdeaId, int>.Empty);
}
