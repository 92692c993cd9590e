using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace LiveCoCreate.Grains.Boards;

/// <summary>What can be asked of a board (PROTOCOL.md, Commands). The last ones only LiveCoCreate itself asks.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(AddIdea), "add-idea")]
[JsonDerivedType(typeof(EditIdea), "edit-idea")]
[JsonDerivedType(typeof(WithdrawIdea), "withdraw-idea")]
[JsonDerivedType(typeof(ApproveIdea), "approve-idea")]
[JsonDerivedType(typeof(HideIdea), "hide-idea")]
[JsonDerivedType(typeof(ShowIdea), "show-idea")]
[JsonDerivedType(typeof(MoveIdea), "move-idea")]
[JsonDerivedType(typeof(ThemeIdea), "theme-idea")]
[JsonDerivedType(typeof(MergeIdea), "merge-idea")]
[JsonDerivedType(typeof(UnmergeIdea), "unmerge-idea")]
[JsonDerivedType(typeof(ApproveIdeas), "approve-ideas")]
[JsonDerivedType(typeof(HideIdeas), "hide-ideas")]
[JsonDerivedType(typeof(HideIdeasOfAuthor), "hide-ideas-of-author")]
[JsonDerivedType(typeof(MoveIdeas), "move-ideas")]
[JsonDerivedType(typeof(ThemeIdeas), "theme-ideas")]
[JsonDerivedType(typeof(MergeIdeas), "merge-ideas")]
[JsonDerivedType(typeof(AddTheme), "add-theme")]
[JsonDerivedType(typeof(RenameTheme), "rename-theme")]
[JsonDerivedType(typeof(RemoveTheme), "remove-theme")]
[JsonDerivedType(typeof(AddLane), "add-lane")]
[JsonDerivedType(typeof(RenameLane), "rename-lane")]
[JsonDerivedType(typeof(RemoveLane), "remove-lane")]
[JsonDerivedType(typeof(ChangeSettings), "change-settings")]
[JsonDerivedType(typeof(OpenWriting), "open-writing")]
[JsonDerivedType(typeof(CloseWriting), "close-writing")]
[JsonDerivedType(typeof(RevealIdeas), "reveal-ideas")]
[JsonDerivedType(typeof(OpenBallot), "open-ballot")]
[JsonDerivedType(typeof(CloseBallot), "close-ballot")]
[JsonDerivedType(typeof(RevealResults), "reveal-results")]
[JsonDerivedType(typeof(CastVote), "cast-vote")]
[JsonDerivedType(typeof(Undo), "undo")]
[JsonDerivedType(typeof(OpenBoard), "open-board")]
[JsonDerivedType(typeof(CloseBoard), "close-board")]
[JsonDerivedType(typeof(ListWords), "list-words")]
[JsonDerivedType(typeof(LimitAuthors), "limit-authors")]
[JsonDerivedType(typeof(ForgetAuthor), "forget-author")]
[JsonDerivedType(typeof(ExpungeText), "expunge-text")]
public abstract partial record BoardCommand
{
    private BoardCommand() { }

    /// <param name="Proxy">A facilitator enters it for somebody in the room.</param>
    /// <param name="Feel">How a moment felt, from -2 to 2.</param>
    /// <param name="From">What it grew out of; facilitators only.</param>
    public sealed record AddIdea(
        IdeaId Idea, LaneId Lane, string Text, string? Language = null, int? Feel = null, Sources? From = null, bool Proxy = false) : BoardCommand
    {
        /// <summary>What it would change of the charter.</summary>
        public Proposal? Proposal { get; init; }
    }

    /// <param name="Feel">Its author's alone; absent: as it is.</param>
    public sealed record EditIdea(IdeaId Idea, string Text, string? Language = null, int? Feel = null) : BoardCommand;

    public sealed record WithdrawIdea(IdeaId Idea) : BoardCommand;

    public sealed record ApproveIdea(IdeaId Idea) : BoardCommand;

    public sealed record HideIdea(IdeaId Idea, string Reason) : BoardCommand;

    public sealed record ShowIdea(IdeaId Idea) : BoardCommand;

    /// <param name="After">The idea it stands behind from now on; absent: it is the first of its lane.</param>
    public sealed record MoveIdea(IdeaId Idea, LaneId Lane, IdeaId? After = null) : BoardCommand;

    /// <param name="Theme">Absent: out of its theme.</param>
    public sealed record ThemeIdea(IdeaId Idea, ThemeId? Theme = null) : BoardCommand;

    public sealed record MergeIdea(IdeaId Idea, IdeaId Into) : BoardCommand;

    public sealed record UnmergeIdea(IdeaId Idea) : BoardCommand;

    /// <summary>Many ideas at once. What changed meanwhile is left out; only when nothing is left to do is it refused (PROTOCOL.md C6).</summary>
    public abstract record OfManyIdeas(ImmutableArray<IdeaId> Ideas) : BoardCommand;

    public sealed record ApproveIdeas(ImmutableArray<IdeaId> Ideas) : OfManyIdeas(Ideas);

    public sealed record HideIdeas(ImmutableArray<IdeaId> Ideas, string Reason) : OfManyIdeas(Ideas);

    /// <summary>All that was written here by who wrote this one.</summary>
    public sealed record HideIdeasOfAuthor(IdeaId Idea, string Reason) : BoardCommand;

    /// <param name="After">As for one; the first stands behind it, each of the others behind the one before.</param>
    public sealed record MoveIdeas(ImmutableArray<IdeaId> Ideas, LaneId Lane, IdeaId? After = null) : OfManyIdeas(Ideas);

    public sealed record ThemeIdeas(ImmutableArray<IdeaId> Ideas, ThemeId? Theme = null) : OfManyIdeas(Ideas);

    public sealed record MergeIdeas(ImmutableArray<IdeaId> Ideas, IdeaId Into) : OfManyIdeas(Ideas);

    public sealed record AddTheme(ThemeId Theme, string Title, int Colour) : BoardCommand;

    public sealed record RenameTheme(ThemeId Theme, string Title) : BoardCommand;

    public sealed record RemoveTheme(ThemeId Theme) : BoardCommand;

    public sealed record AddLane(LaneId Lane, string Title) : BoardCommand;

    public sealed record RenameLane(LaneId Lane, string Title) : BoardCommand;

    public sealed record RemoveLane(LaneId Lane) : BoardCommand;

    public sealed record ChangeSettings(Moderation? Moderation = null, bool? Private = null, Sorting? Sorting = null) : BoardCommand;

    public sealed record OpenWriting : BoardCommand;

    public sealed record CloseWriting : BoardCommand;

    public sealed record RevealIdeas : BoardCommand;

    /// <param name="Budget">How many dots each person has, or how many places to rank; of no account in other methods.</param>
    /// <param name="MostPerIdea">Of no account in other methods than dots.</param>
    public sealed record OpenBallot(
        BallotId Ballot, int? Budget, int? MostPerIdea, CountsDue Counts, bool Anonymous, string Method = Methods.Dots, Electorate? For = null, bool? Certainty = null) : BoardCommand
    {
        /// <summary>How many people may vote; filled in by the grain where not everybody may.</summary>
        [JsonIgnore]
        public int? Electors { get; init; }
    }

    public sealed record CloseBallot(BallotId Ballot) : BoardCommand
    {
        /// <summary>Which groups the voters are of, as far as that is known; filled in by the grain, so that results can be added up by group.</summary>
        [JsonIgnore]
        public ImmutableDictionary<VoterKey, Belonging>? Voters { get; init; }
    }

    public sealed record RevealResults(BallotId Ballot) : BoardCommand;

    /// <param name="Dots">Where people give dots: what is on this idea from now on, so that sending it twice is harmless.</param>
    /// <param name="Vote">In every other method: what this person says of it from now on; absent: nothing.</param>
    public sealed record CastVote(BallotId Ballot, IdeaId Idea, int? Dots = null, Vote? Vote = null) : BoardCommand
    {
        /// <summary>Filled in by the grain from the ballot's secret, never from the message (P6).</summary>
        [JsonIgnore]
        public VoterKey? Voter { get; init; }

        /// <summary>The groups of who votes, where not everybody may; filled in by the grain from their own stream.</summary>
        [JsonIgnore]
        public Belonging? Who { get; init; }
    }

    /// <param name="Command">The id of one's own command that is to be undone.</param>
    /// <param name="Here">On this board only, and not where it reached back to (PROTOCOL.md N6).</param>
    public sealed record Undo([property: JsonPropertyName("undo")] CommandId Command, bool Here = false) : BoardCommand;

    public sealed record OpenBoard(WorkshopId Workshop, StepId Step, string Kind, BoardSettings Settings, ImmutableArray<LaneOfStep> Lanes, bool? Writing = null,
        string? Subject = null) : BoardCommand;

    /// <param name="People">All who joined the workshop: who of them are of which group is asked for the ballot that closes with the board.</param>
    public sealed record CloseBoard(ImmutableArray<PersonId>? People = null) : BoardCommand
    {
        /// <summary>As for a ballot.</summary>
        [JsonIgnore]
        public ImmutableDictionary<VoterKey, Belonging>? Voters { get; init; }
    }

    /// <summary>The workshop's words that wait for approval, as they are now.</summary>
    public sealed record ListWords(ImmutableArray<string> Words) : BoardCommand;

    /// <summary>Whose new writing waits for approval from now on, and nobody else's.</summary>
    public sealed record LimitAuthors(ImmutableArray<PersonId> Authors) : BoardCommand;

    public sealed record ForgetAuthor(PersonId Author, bool RemoveIdeas) : BoardCommand;

    public sealed record ExpungeText(IdeaId Idea) : BoardCommand;
}
