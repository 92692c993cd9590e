using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace LiveCoCreate.Grains.Boards;

[JsonDerivedType(typeof(AcceptThemes), "accept-themes")]
[JsonDerivedType(typeof(KeepApart), "keep-apart")]
public abstract partial record BoardCommand
{
    /// <summary>Makes themes that were proposed the board's own, all in one (PROTOCOL.md TH4).</summary>
    public sealed record AcceptThemes(ImmutableArray<AcceptedTheme> Themes) : BoardCommand;

    /// <param name="Apart">Whether clustering never puts the two into one theme from now on.</param>
    public sealed record KeepApart(IdeaId Idea, IdeaId Other, bool Apart = true) : BoardCommand;
}

/// <param name="Theme">Of a theme that the board has already only the ideas count: it keeps its title and colour.</param>
/// <param name="Ideas">Absent in a message: all that are proposed for it; the server fills them in.</param>
public sealed record AcceptedTheme(ThemeId Theme, string Title, int Colour, ImmutableArray<IdeaId>? Ideas = null);
