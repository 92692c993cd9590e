using System.Collections.Immutable;

namespace LiveCoCreate.Grains.Clustering;

/// <summary>An idea, as clustering sees it.</summary>
public readonly record struct IdeaText(IdeaId Id, string Text);

/// <summary>A theme that people made or named: it stays, whatever its ideas; its title attracts ideas as a text would.</summary>
public sealed record KeptTheme(ThemeId Id, string? Title = null);

/// <summary>What people decided and no run may break.</summary>
public sealed record ThemeRules
{
    public static readonly ThemeRules None = new();

    public ImmutableArray<KeptTheme> Kept { get; init; } = [];

    /// <summary>Ideas that people put into a theme, or (null) out of all themes. A theme named here is kept also when it is not among the kept ones.</summary>
    public ImmutableDictionary<IdeaId, ThemeId?> Fixed { get; init; } = ImmutableDictionary<IdeaId, ThemeId?>.Empty;

    /// <summary>Ideas that share whatever theme they are in.</summary>
    public ImmutableArray<(IdeaId One, IdeaId Other)> Together { get; init; } = [];

    /// <summary>Ideas that never share a theme.</summary>
    public ImmutableArray<(IdeaId One, IdeaId Other)> Apart { get; init; } = [];
}

/// <summary>A place on the map of ideas. The whole map lies around (0, 0), most of it within a distance of two.</summary>
public readonly record struct Spot(float X, float Y);

/// <summary>A theme of a run.</summary>
/// <param name="Kept">People made or named it.</param>
/// <param name="Words">What its ideas speak of more than others do, as people wrote it, the most telling first.</param>
/// <param name="Example">The idea that is most in its middle.</param>
public sealed record IdeaTheme(ThemeId Id, bool Kept, ImmutableArray<string> Words, IdeaId? Example, ImmutableArray<IdeaId> Ideas);

/// <summary>What a run found. Plain data: it can be kept, told, and handed to the next run as what was there before.</summary>
public sealed record Themes
{
    public static readonly Themes Empty = new();

    /// <summary>Those people made first, then the largest first.</summary>
    public ImmutableArray<IdeaTheme> All { get; init; } = [];

    /// <summary>The theme of each idea; an idea that is not here stayed ungrouped.</summary>
    public ImmutableDictionary<IdeaId, ThemeId> Of { get; init; } = ImmutableDictionary<IdeaId, ThemeId>.Empty;

    public ImmutableDictionary<IdeaId, Spot> Spots { get; init; } = ImmutableDictionary<IdeaId, Spot>.Empty;

    /// <summary>Groups of ideas that say nearly the same.</summary>
    public ImmutableArray<ImmutableArray<IdeaId>> Duplicates { get; init; } = [];

    /// <summary>Pairs that could not be obeyed, because other decisions of people contradict them: where people put an idea comes first, then what must be apart.</summary>
    public ImmutableArray<(IdeaId One, IdeaId Other)> Unmet { get; init; } = [];
}

/// <summary>Where a new idea belongs, between two runs.</summary>
/// <param name="Theme">Null: it is like nothing there is, or like too much.</param>
/// <param name="Share">Which part of its likeness to its neighbours is that to the theme.</param>
/// <param name="Same">Ideas that say nearly the same.</param>
public sealed record Placement(ThemeId? Theme, float Share, ImmutableArray<IdeaId> Same, Spot Spot);
