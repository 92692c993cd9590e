using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace LiveCoCreate.Grains.Boards;

/// <summary>A board is the fold of its events. Deciding is in Board.Decide.cs, folding in Board.Evolve.cs, who sees what in Board.SeenBy.cs;
/// all of these for comments, reactions, replies and status in Board.Dialogue.cs.</summary>
public sealed partial record Board
{
    public static Board Empty { get; } = new();

    public long Version { get; init; }

    public WorkshopId Workshop { get; init; }

    public StepId Step { get; init; }

    public string Kind { get; init; } = Kinds.Ideas;

    public bool Opened { get; init; }

    public CommandId OpenedBy { get; init; }

    public bool Closed { get; init; }

    public bool Writing { get; init; }

    /// <summary>Whether a reveal has happened since private writing last began.</summary>
    public bool Revealed { get; init; }

    public BoardSettings Settings { get; init; } = new(Moderation.Open, Private: false, Anonymous: true);

    public ImmutableDictionary<LaneId, Lane> Lanes { get; init; } = ImmutableDictionary<LaneId, Lane>.Empty;

    public ImmutableDictionary<IdeaId, Idea> Ideas { get; init; } = ImmutableDictionary<IdeaId, Idea>.Empty;

    public ImmutableDictionary<ThemeId, Theme> Themes { get; init; } = ImmutableDictionary<ThemeId, Theme>.Empty;

    public ImmutableDictionary<BallotId, Ballot> Ballots { get; init; } = ImmutableDictionary<BallotId, Ballot>.Empty;

    /// <summary>Words of the workshop's: what holds one waits for approval (C7).</summary>
    public ImmutableArray<string> Words { get; init; } = [];

    /// <summary>Whose new writing waits for approval (C8).</summary>
    public ImmutableHashSet<PersonId> Limited { get; init; } = [];

    /// <summary>Each author's ideas, withdrawn ones too.</summary>
    public ImmutableDictionary<PersonId, ImmutableHashSet<IdeaId>> ByAuthor { get; init; } = ImmutableDictionary<PersonId, ImmutableHashSet<IdeaId>>.Empty;

    public ImmutableDictionary<CommentId, Comment> Comments { get; init; } = ImmutableDictionary<CommentId, Comment>.Empty;

    /// <summary>Each idea's comments, withdrawn ones too.</summary>
    public ImmutableDictionary<IdeaId, ImmutableHashSet<CommentId>> CommentsOn { get; init; } = ImmutableDictionary<IdeaId, ImmutableHashSet<CommentId>>.Empty;

    public ImmutableDictionary<PersonId, ImmutableHashSet<CommentId>> CommentsBy { get; init; } = ImmutableDictionary<PersonId, ImmutableHashSet<CommentId>>.Empty;

    public Reacting Reacting { get; init; } = Reacting.None;

    /// <summary>Each facilitator's last commands that can be undone, oldest first.</summary>
    public ImmutableDictionary<PersonId, ImmutableList<Done>> Done { get; init; } = ImmutableDictionary<PersonId, ImmutableList<Done>>.Empty;

    /// <summary>Which command last changed an item, votes aside and undone ones too: what undo must not overrun.</summary>
    public ImmutableDictionary<string, CommandId> Touched { get; init; } = ImmutableDictionary<string, CommandId>.Empty;

    [JsonIgnore]
    public Ballot? OpenBallot => Ballots.Values.FirstOrDefault(ballot => ballot.Open);

    /// <summary>The idea that this one is shown within, at the end of the chain of merges; itself when it is not merged.</summary>
    public Idea Root(Idea idea)
    {
        while (idea.Into is { } into) idea = Ideas[into];
        return idea;
    }
}

public sealed record Lane(string Title, string Rank);

/// <summary>A group of ideas.</summary>
/// <param name="Author">Which participant made it; none for a facilitator's.</param>
/// <param name="Waiting">Held back until a facilitator approves it.</param>
/// <param name="From">What it was split from.</param>
/// <param name="Given">The title that it was made with.</param>
public sealed record Theme(string Title, int Colour, string Rank, PersonId? Author = null, bool Waiting = false, ThemeId? From = null, string? Given = null)
{
    /// <summary>Without the title it was made with; one that a facilitator gave it later stays.</summary>
    [JsonIgnore]
    public Theme WithoutTitle => this with { Title = Title == Given ? PersonalAttribute.Forgotten : Title, Given = PersonalAttribute.Forgotten };
}

/// <summary>One contribution.</summary>
/// <param name="Unrevealed">Written privately and not revealed yet.</param>
/// <param name="ForApproval">Written where facilitators approve first, and so for their eyes too before the reveal.</param>
/// <param name="Into">What it was merged into.</param>
/// <param name="Original">What its author wrote last, where a facilitator has put it differently since.</param>
/// <param name="Note">Why the team decided so.</param>
/// <param name="ByRoom">A participant put it into its theme, or out of it; else a facilitator did.</param>
/// <param name="Proxy">A facilitator entered it for somebody in the room.</param>
public sealed partial record Idea(
    LaneId Lane, ThemeId? Theme, string Text, string? Language, PersonId Author, string? Signature, string Rank,
    DateTimeOffset At, Standing Standing, bool Unrevealed, bool ForApproval, string? Reason = null, IdeaId? Into = null, bool Edited = false, string? Original = null,
    IdeaStatus Status = IdeaStatus.Received, string? Note = null, TeamReply? Reply = null, bool Proxy = false, bool ByRoom = false)
{
    public Proposal? Proposal { get; init; }

    /// <summary>The theme that it was taken out of, while it stands in none.</summary>
    public ThemeId? Out { get; init; }

    /// <summary>As events say it.</summary>
    internal bool? WasPlacedByRoom => ByRoom ? true : null;

    /// <summary>Somebody put it into a theme, or out of it.</summary>
    internal BoardEvent.IdeaThemed Themed(IdeaId id, ThemeId? theme, bool room = false) =>
        new(id, theme, Theme, room ? true : null, WasPlacedByRoom, Out: theme is null ? Theme : null, OutBefore: Out);
}

/// <summary>One round of voting. Dots are kept in a shape of their own: they have a budget, and add up.</summary>
/// <param name="Dots">By idea and voter: what the rules need to free and to add up.</param>
/// <param name="Voters">By voter: what is spent, and on what.</param>
/// <param name="Tallies">By idea, each with its own dots only.</param>
public sealed partial record Ballot(
    int Round, string Method, int Budget, int MostPerIdea, CountsDue Counts, bool Anonymous, bool Open, bool Revealed,
    ImmutableDictionary<IdeaId, ImmutableDictionary<VoterKey, int>> Dots,
    ImmutableDictionary<VoterKey, VoterDots> Voters,
    ImmutableDictionary<IdeaId, int> Tallies)
{
    /// <summary>By idea and voter, in every method but dots.</summary>
    public ImmutableDictionary<IdeaId, ImmutableDictionary<VoterKey, Vote>> Votes { get; init; } = ImmutableDictionary<IdeaId, ImmutableDictionary<VoterKey, Vote>>.Empty;

    public ImmutableDictionary<VoterKey, ImmutableDictionary<IdeaId, Vote>> VotesOf { get; init; } = ImmutableDictionary<VoterKey, ImmutableDictionary<IdeaId, Vote>>.Empty;

    /// <summary>By idea, each with its own votes only.</summary>
    public ImmutableDictionary<IdeaId, Count> Counted { get; init; } = ImmutableDictionary<IdeaId, Count>.Empty;

    /// <summary>Once it closed: for how many of those who voted facilitators did.</summary>
    public int? Proxies { get; init; }

    [JsonIgnore]
    public int HaveVoted => Method is Methods.Dots ? Voters.Count : VotesOf.Count;

    [JsonIgnore]
    public bool CountsAreDue => Counts switch
    {
        CountsDue.Live => true,
        CountsDue.Close => !Open,
        _ => !Open && Revealed,
    };

    /// <summary>What one voter has on one idea.</summary>
    public int On(VoterKey voter, IdeaId idea) => Voters.TryGetValue(voter, out var dots) ? dots.On.GetValueOrDefault(idea) : 0;

    public int Spent(VoterKey voter) => Voters.TryGetValue(voter, out var dots) ? dots.Spent : 0;

    public Vote? VoteOn(VoterKey voter, IdeaId idea) => VotesOf.TryGetValue(voter, out var own) ? own.GetValueOrDefault(idea) : null;

    /// <summary>What a voter ranked there.</summary>
    internal IdeaId? At(VoterKey voter, int place)
    {
        foreach (var (idea, vote) in VotesOf.GetValueOrDefault(voter, ImmutableDictionary<IdeaId, Vote>.Empty))
            if (vote.Value == place) return idea;
        return null;
    }

    internal bool HasVotesOn(IdeaId idea) => Dots.ContainsKey(idea) || Votes.ContainsKey(idea);

    internal IEnumerable<VoterKey> VotersOn(IdeaId idea) =>
        Dots.GetValueOrDefault(idea, ImmutableDictionary<VoterKey, int>.Empty).Keys.Concat(Votes.GetValueOrDefault(idea, ImmutableDictionary<VoterKey, Vote>.Empty).Keys);

    internal Ballot With(VoterKey voter, IdeaId idea, int dots)
    {
        var before = On(voter, idea);
        if (before == dots) return this;
        var voters = Dots.GetValueOrDefault(idea, ImmutableDictionary<VoterKey, int>.Empty);
        var own = Voters.GetValueOrDefault(voter, VoterDots.None);
        voters = dots == 0 ? voters.Remove(voter) : voters.SetItem(voter, dots);
        own = new VoterDots(own.Spent - before + dots, dots == 0 ? own.On.Remove(idea) : own.On.SetItem(idea, dots));
        var tally = Tallies.GetValueOrDefault(idea) - before + dots;
        return this with
        {
            Dots = voters.IsEmpty ? Dots.Remove(idea) : Dots.SetItem(idea, voters),
            Voters = own.On.IsEmpty ? Voters.Remove(voter) : Voters.SetItem(voter, own),
            Tallies = tally == 0 ? Tallies.Remove(idea) : Tallies.SetItem(idea, tally),
        };
    }

    internal Ballot With(VoterKey voter, IdeaId idea, Vote? vote)
    {
        var before = VoteOn(voter, idea);
        if (before == vote) return this;
        var voters = Votes.GetValueOrDefault(idea, ImmutableDictionary<VoterKey, Vote>.Empty);
        var own = VotesOf.GetValueOrDefault(voter, ImmutableDictionary<IdeaId, Vote>.Empty);
        voters = vote is null ? voters.Remove(voter) : voters.SetItem(voter, vote);
        own = vote is null ? own.Remove(idea) : own.SetItem(idea, vote);
        var count = Counted.GetValueOrDefault(idea, Count.None).With(before, vote);
        return this with
        {
            Votes = voters.IsEmpty ? Votes.Remove(idea) : Votes.SetItem(idea, voters),
            VotesOf = own.IsEmpty ? VotesOf.Remove(voter) : VotesOf.SetItem(voter, own),
            Counted = count.IsEmpty ? Counted.Remove(idea) : Counted.SetItem(idea, count),
        };
    }

    internal Ballot WithoutReasons(IdeaId idea) => Votes[idea].Where(vote => vote.Value.Reason is not null)
        .Aggregate(this, (ballot, vote) => ballot.With(vote.Key, idea, vote.Value with { Reason = PersonalAttribute.Forgotten }));

    internal Ballot Free(IdeaId idea)
    {
        var freed = Dots.TryGetValue(idea, out var dots) ? dots.Keys.Aggregate(this, (ballot, voter) => ballot.With(voter, idea, 0)) : this;
        return Votes.TryGetValue(idea, out var votes) ? votes.Keys.Aggregate(freed, (ballot, voter) => ballot.With(voter, idea, null)) : freed;
    }
}

public sealed record VoterDots(int Spent, ImmutableDictionary<IdeaId, int> On)
{
    public static readonly VoterDots None = new(0, ImmutableDictionary<IdeaId, int>.Empty);
}

/// <summary>A command that can be undone, and what it did.</summary>
/// <param name="Before">By item it changed: which command had changed it last until then.</param>
/// <param name="After">By item it changed: which command counts as the last to have changed it since. Its own; for an undo, the one
/// whose work stands again, so that this one can be undone in turn.</param>
public sealed record Done(
    CommandId Command, ImmutableArray<BoardEvent> Events, ImmutableDictionary<string, CommandId?> Before, ImmutableDictionary<string, CommandId?> After)
{
    public static Done Nothing(CommandId command) =>
        new(command, [], ImmutableDictionary<string, CommandId?>.Empty, ImmutableDictionary<string, CommandId?>.Empty);
}
