namespace LiveCoCreate.Wire.Theming;

/// <summary>Themes that are proposed to facilitators (TH2), as told, and merged.</summary>
public sealed record ProposedThemes(
    string Board, int Run, string State, double? Progress = null, bool? Whole = null, IReadOnlyList<ProposedTheme>? Themes = null, IReadOnlyDictionary<string, double[]>? Places = null,
    IReadOnlyList<IReadOnlyList<string>>? Same = null, IReadOnlyList<IReadOnlyList<string>>? Apart = null, IReadOnlyList<string>? Aside = null)
{
    public static ProposedThemes After(ProposedThemes? before, ProposedThemes told)
    {
        if (told.Whole is true || before is null) return told;
        var places = new Dictionary<string, double[]>(before.Places ?? new Dictionary<string, double[]>());
        foreach (var (idea, place) in told.Places ?? new Dictionary<string, double[]>()) places[idea] = place;
        return told with { Themes = before.Themes, Same = before.Same, Places = places };
    }

    /// <summary>The theme that is proposed for an idea.</summary>
    public string? Of(string idea) => Places?.GetValueOrDefault(idea) is [_, _, >= 0 and var at] ? Themes![(int)at].Theme : null;

    public IReadOnlyList<string> In(string theme) => [.. (Places ?? new Dictionary<string, double[]>()).Keys.Where(idea => Of(idea) == theme)];
}

public sealed record ProposedTheme(string Theme, string Title, int Colour, bool? Kept = null, string? Example = null);
