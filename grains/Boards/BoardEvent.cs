using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace LiveCoCreate.Grains.Boards;

/// <summary>Everything that can have happened on a board. The discriminators are what the journal stores, for good: add cases
/// freely, never rename or reuse one (P7). Events of moderation hold what was before, so that they can be undone and traced.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(BoardOpened), "board-opened")]
[JsonDerivedType(typeof(BoardClosed), "board-closed")]
[JsonDerivedType(typeof(NothingChanged), "nothing-changed")]
[JsonDerivedType(typeof(SettingsChanged), "settings-changed")]
[JsonDerivedType(typeof(WritingOpened), "writing-opened")]
[JsonDerivedType(typeof(WritingClosed), "writing-closed")]
[JsonDerivedType(typeof(IdeasRevealed), "ideas-revealed")]
[JsonDerivedType(typeof(LaneAdded), "lane-added")]
[JsonDerivedType(typeof(LaneRenamed), "lane-renamed")]
[JsonDerivedType(typeof(LaneRemoved), "lane-removed")]
[JsonDerivedType(typeof(IdeaAdded), "idea-added")]
[JsonDerivedType(typeof(IdeaEdited), "idea-edited")]
[JsonDerivedType(typeof(IdeaWithdrawn), "idea-withdrawn")]
[JsonDerivedType(typeof(IdeaApproved), "idea-approved")]
[JsonDerivedType(typeof(IdeaHeldBack), "idea-held-back")]
[JsonDerivedType(typeof(IdeaHidden), "idea-hidden")]
[JsonDerivedType(typeof(IdeaShown), "idea-shown")]
[JsonDerivedType(typeof(IdeaMoved), "idea-moved")]
[JsonDerivedType(typeof(IdeaThemed), "idea-themed")]
[JsonDerivedType(typeof(IdeaMerged), "idea-merged")]
[JsonDerivedType(typeof(IdeaUnmerged), "idea-unmerged")]
[JsonDerivedType(typeof(ThemeAdded), "theme-added")]
[JsonDerivedType(typeof(ThemeRenamed), "theme-renamed")]
[JsonDerivedType(typeof(ThemeRemoved), "theme-removed")]
[JsonDerivedType(typeof(BallotOpened), "ballot-opened")]
[JsonDerivedType(typeof(BallotClosed), "ballot-closed")]
[JsonDerivedType(typeof(ResultsRevealed), "results-revealed")]
[JsonDerivedType(typeof(VoteCast), "vote-cast")]
[JsonDerivedType(typeof(VoteGiven), "vote-given")]
[JsonDerivedType(typeof(DotsFreed), "dots-freed")]
[JsonDerivedType(typeof(CommandUndone), "command-undone")]
[JsonDerivedType(typeof(WordsListed), "words-listed")]
[JsonDerivedType(typeof(AuthorsLimited), "authors-limited")]
[JsonDerivedType(typeof(AuthorForgotten), "author-forgotten")]
[JsonDerivedType(typeof(TextExpunged), "text-expunged")]
public abstract partial record BoardEvent
{
    private BoardEvent() { }

    /// <param name="Writing">Whether participants write from the beginning; absent: they do.</param>
    public sealed record BoardOpened(WorkshopId Workshop, StepId Step, string Kind, BoardSettings Settings, ImmutableArray<LaneOfStep> Lanes, bool? Writing = null,
        [Personal] string? Subject = null) : BoardEvent;

    public sealed record BoardClosed : BoardEvent;

    public sealed record NothingChanged : BoardEvent;

    public sealed record SettingsChanged(BoardSettings Settings, BoardSettings Before) : BoardEvent;

    public sealed record WritingOpened : BoardEvent;

    public sealed record WritingClosed : BoardEvent;

    /// <summary>Everything written privately is shown, and writing from now on is in the open.</summary>
    public sealed record IdeasRevealed : BoardEvent;

    public sealed record LaneAdded(LaneId Lane, string Title, string Rank) : BoardEvent;

    public sealed record LaneRenamed(LaneId Lane, string Title, string Before) : BoardEvent;

    public sealed record LaneRemoved(LaneId Lane, string Title, string Rank) : BoardEvent;

    /// <param name="Waiting">Held back until a facilitator approves it.</param>
    /// <param name="Private">Written privately: only its author sees it until the reveal.</param>
    /// <param name="Proxy">A facilitator entered it for somebody in the room.</param>
    public sealed record IdeaAdded(
        IdeaId Idea, LaneId Lane, [Personal] string Text, string? Language, PersonId Author, [Personal] string? Signature,
        string Rank, bool Waiting, bool Private, int? Feel = null, Sources? From = null, bool? Proxy = null) : BoardEvent
    {
        public Proposal? Proposal { get; init; }
    }

    /// <param name="Waiting">The new text must be approved again.</param>
    /// <param name="Own">Its author edited it, taking part; absent for facilitators, and in what was written before there was this field.</param>
    public sealed record IdeaEdited(
        IdeaId Idea, [Personal] string Text, string? Language, [Personal] string Before, string? LanguageBefore, bool Waiting, Standing StandingBefore,
        bool? Own = null, int? Feel = null, int? FeelBefore = null) : BoardEvent;

    public sealed record IdeaWithdrawn(IdeaId Idea) : BoardEvent;

    public sealed record IdeaApproved(IdeaId Idea) : BoardEvent;

    /// <summary>An approval was undone.</summary>
    public sealed record IdeaHeldBack(IdeaId Idea) : BoardEvent;

    /// <param name="Reason">Told to the author.</param>
    public sealed record IdeaHidden(IdeaId Idea, [Personal] string Reason, Standing Before) : BoardEvent;

    public sealed record IdeaShown(IdeaId Idea, Standing Standing, [Personal] string? Reason) : BoardEvent;

    public sealed record IdeaMoved(IdeaId Idea, LaneId Lane, string Rank, LaneId LaneBefore, string RankBefore) : BoardEvent;

    /// <param name="Room">A participant put it there; absent for facilitators.</param>
    /// <param name="RoomBefore">A participant had put it where it was.</param>
    /// <param name="Out">It was taken out of this theme, so clustering does not put it back; absent where an undo took it out.</param>
    /// <param name="OutBefore">It had been taken out of this one.</param>
    public sealed record IdeaThemed(IdeaId Idea, ThemeId? Theme, ThemeId? Before, bool? Room = null, bool? RoomBefore = null, ThemeId? Out = null, ThemeId? OutBefore = null) : BoardEvent;

    public sealed record IdeaMerged(IdeaId Idea, IdeaId Into) : BoardEvent;

    public sealed record IdeaUnmerged(IdeaId Idea, IdeaId From) : BoardEvent;

    public sealed record ThemeAdded(ThemeId Theme, string Title, int Colour, string Rank) : BoardEvent;

    public sealed record ThemeRenamed(ThemeId Theme, string Title, string Before) : BoardEvent;

    /// <param name="Ideas">Which ideas stood in it.</param>
    /// <param name="Author">Which participant had made it; absent for a facilitator's.</param>
    /// <param name="Waiting">It waited for approval.</param>
    public sealed record ThemeRemoved(ThemeId Theme, string Title, int Colour, string Rank, ImmutableArray<IdeaId> Ideas, PersonId? Author = null, bool? Waiting = null) : BoardEvent;

    /// <param name="For">Who may vote; absent: everybody.</param>
    /// <param name="Certainty">Each vote may say how sure it is; absent: not.</param>
    public sealed record BallotOpened(BallotId Ballot, string Method, int Budget, int MostPerIdea, CountsDue Counts, bool Anonymous, Electorate? For = null, bool? Certainty = null) : BoardEvent;

    /// <param name="Proxies">Of those who voted, for how many facilitators did; absent: for none.</param>
    public sealed record BallotClosed(BallotId Ballot, int? Proxies = null) : BoardEvent;

    public sealed record ResultsRevealed(BallotId Ballot) : BoardEvent;

    /// <param name="Dots">What this voter has on this idea from now on.</param>
    public sealed record VoteCast(BallotId Ballot, VoterKey Voter, IdeaId Idea, int Dots) : BoardEvent;

    /// <param name="Vote">What this voter says of this idea from now on; absent: nothing. Its words stand beside it, so that they can be forgotten.</param>
    public sealed record VoteGiven(
        BallotId Ballot, VoterKey Voter, IdeaId Idea, Vote? Vote, [Personal] string? Reason = null, [Personal] string? Signature = null) : BoardEvent
    {
        internal static VoteGiven Of(BallotId ballot, VoterKey voter, IdeaId idea, Vote? vote) =>
            new(ballot, voter, idea, vote is null ? null : vote with { Reason = null, Signature = null }, vote?.Reason, vote?.Signature);

        internal Vote? Whole => Vote is null ? null : Vote with { Reason = Reason, Signature = Signature };
    }

    /// <summary>The idea is gone from view; whoever had dots on it can give them elsewhere. Votes of other methods go as well.</summary>
    public sealed record DotsFreed(BallotId Ballot, IdeaId Idea) : BoardEvent;

    public sealed record CommandUndone(CommandId Undone) : BoardEvent;

    /// <summary>The workshop's words that wait for approval: all of them, as they are from now on.</summary>
    public sealed record WordsListed(ImmutableArray<string> Words) : BoardEvent;

    /// <param name="Authors">All whose new writing waits for approval from now on.</param>
    public sealed record AuthorsLimited(ImmutableArray<PersonId> Authors) : BoardEvent;

    /// <param name="Ideas">Ideas that have no author from now on.</param>
    /// <param name="Removed">Whether they go altogether.</param>
    public sealed record AuthorForgotten(ImmutableArray<IdeaId> Ideas, bool Removed) : BoardEvent;

    public sealed record TextExpunged(IdeaId Idea) : BoardEvent;
}

/// <summary>Who sees new ideas when.</summary>
/// <param name="Moderation">Shown at once, or after approval.</param>
/// <param name="Private">New ideas are seen by their authors only, until the reveal.</param>
/// <param name="Anonymous">Nobody is named on this board, to anybody.</param>
/// <param name="Sorting">Who groups ideas beside the facilitators; absent: nobody.</param>
public sealed record BoardSettings(Moderation Moderation, bool Private, bool Anonymous, Sorting? Sorting = null);

/// <summary>A lane as a step's template has it.</summary>
public sealed record LaneOfStep(LaneId Lane, string Title);

public enum Moderation
{
    Open,
    Approve,
}

/// <summary>When a ballot's counts may be seen, by anybody at all.</summary>
public enum CountsDue
{
    Live,
    Close,
    Reveal,
}

/// <summary>What moderation and its author made of an idea.</summary>
public enum Standing
{
    Waiting,
    Shown,
    Hidden,
    Withdrawn,
}
