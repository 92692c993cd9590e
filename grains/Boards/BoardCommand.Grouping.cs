using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace LiveCoCreate.Grains.Boards;

[JsonDerivedType(typeof(MergeThemes), "merge-themes")]
[JsonDerivedType(typeof(SplitTheme), "split-theme")]
[JsonDerivedType(typeof(ApproveTheme), "approve-theme")]
[JsonDerivedType(typeof(JudgePair), "judge-pair")]
[JsonDerivedType(typeof(ExpungeTheme), "expunge-theme")]
public abstract partial record BoardCommand
{
    /// <summary>All that stands in the one stands in the other from now on; the other keeps its title.</summary>
    public sealed record MergeThemes(ThemeId Theme, ThemeId Into) : BoardCommand;

    /// <param name="Part">The new theme, for these ideas of the old one.</param>
    public sealed record SplitTheme(ThemeId Theme, ThemeId Part, string Title, int Colour, ImmutableArray<IdeaId> Ideas) : BoardCommand;

    public sealed record ApproveTheme(ThemeId Theme) : BoardCommand;

    /// <param name="Answer">What is said of the two from now on, so that sending it twice is harmless.</param>
    public sealed record JudgePair(IdeaId Idea, IdeaId Other, PairAnswer Answer) : BoardCommand;

    public sealed record ExpungeTheme(ThemeId Theme) : BoardCommand;
}
