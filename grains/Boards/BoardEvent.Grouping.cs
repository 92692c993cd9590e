using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace LiveCoCreate.Grains.Boards;

[JsonDerivedType(typeof(ThemeGiven), "theme-given")]
[JsonDerivedType(typeof(ThemeApproved), "theme-approved")]
[JsonDerivedType(typeof(ThemeHeldBack), "theme-held-back")]
[JsonDerivedType(typeof(ThemeMerged), "theme-merged")]
[JsonDerivedType(typeof(ThemeUnmerged), "theme-unmerged")]
[JsonDerivedType(typeof(ThemeSplit), "theme-split")]
[JsonDerivedType(typeof(ThemeUnsplit), "theme-unsplit")]
[JsonDerivedType(typeof(ThemesForgotten), "themes-forgotten")]
[JsonDerivedType(typeof(ThemeExpunged), "theme-expunged")]
[JsonDerivedType(typeof(PairJudged), "pair-judged")]
public abstract partial record BoardEvent
{
    /// <summary>A participant made a theme, or a removed one of theirs was brought back.</summary>
    /// <param name="Waiting">Held back until a facilitator approves it.</param>
    public sealed record ThemeGiven(ThemeId Theme, [Personal] string Title, int Colour, string Rank, PersonId Author, bool Waiting) : BoardEvent;

    public sealed record ThemeApproved(ThemeId Theme) : BoardEvent;

    /// <summary>An approval was undone.</summary>
    public sealed record ThemeHeldBack(ThemeId Theme) : BoardEvent;

    /// <param name="Title">What it was called, as colour and rank are what they were.</param>
    /// <param name="Ideas">Which ideas stood in it and stand in the other from now on.</param>
    public sealed record ThemeMerged(ThemeId Theme, ThemeId Into, string Title, int Colour, string Rank, ImmutableArray<IdeaId> Ideas) : BoardEvent;

    /// <summary>A merge was undone.</summary>
    /// <param name="Ideas">Which ideas stand in it again: those that nobody moved meanwhile.</param>
    public sealed record ThemeUnmerged(ThemeId Theme, ThemeId From, string Title, int Colour, string Rank, ImmutableArray<IdeaId> Ideas) : BoardEvent;

    /// <param name="Part">The new theme that these ideas stand in from now on.</param>
    public sealed record ThemeSplit(ThemeId Theme, ThemeId Part, string Title, int Colour, string Rank, ImmutableArray<IdeaId> Ideas) : BoardEvent;

    /// <summary>A split was undone.</summary>
    public sealed record ThemeUnsplit(ThemeId Theme, ThemeId Part, string Title, int Colour, string Rank, ImmutableArray<IdeaId> Ideas) : BoardEvent;

    /// <param name="Themes">Themes that nobody made from now on.</param>
    /// <param name="Removed">Whether the titles that they were given go.</param>
    public sealed record ThemesForgotten(ImmutableArray<ThemeId> Themes, bool Removed) : BoardEvent;

    /// <summary>The title that a theme was made with goes; one that a facilitator gave it later stays.</summary>
    public sealed record ThemeExpunged(ThemeId Theme) : BoardEvent;

    /// <summary>As with a reaction, who said so says the envelope alone.</summary>
    public sealed record PairJudged(IdeaId Idea, IdeaId Other, PairAnswer Answer) : BoardEvent;
}
