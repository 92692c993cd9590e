using System.Text.Json;
using LiveCoCreate.Grains;

namespace LiveCoCreate.Web.Theming;

/// <summary>What facilitators are told of the themes that are proposed (PROTOCOL.md TH2).</summary>
/// <param name="Run">Counts the runs whose results these are.</param>
/// <param name="Whole">It replaces what was told before; else it only adds to it.</param>
/// <param name="Places">Of each idea where it lies on the map, and the number of its theme in <paramref name="Themes"/>, or -1.</param>
/// <param name="Same">Groups of ideas that say nearly the same.</param>
/// <param name="Apart">Pairs that facilitators keep apart.</param>
/// <param name="Aside">Themes that a facilitator put aside.</param>
public sealed record ThemesTold(
    BoardId Board, int Run, ThemingState State, double? Progress = null, bool? Whole = null, IReadOnlyList<ProposedTheme>? Themes = null,
    IReadOnlyDictionary<IdeaId, double[]>? Places = null, IReadOnlyList<IReadOnlyList<IdeaId>>? Same = null, IReadOnlyList<IReadOnlyList<IdeaId>>? Apart = null, IReadOnlyList<ThemeId>? Aside = null);

/// <param name="Title">Its most telling words; empty where its ideas have none.</param>
/// <param name="Kept">The board had it when the run began.</param>
/// <param name="Example">The idea most in its middle.</param>
public sealed record ProposedTheme(ThemeId Theme, string Title, int Colour, bool? Kept, IdeaId? Example);

public enum ThemingState
{
    /// <summary>Nobody asked yet, or what there was had to be forgotten.</summary>
    None,

    /// <summary>Others are being found first.</summary>
    Waiting,
    Running,
    Done,

    /// <summary>What an earlier run found stays.</summary>
    Cancelled,
    Failed,
}

/// <summary>What a facilitator asks of the themes that are proposed for a board (PROTOCOL.md TH1).</summary>
/// <param name="Do"><c>propose</c>, <c>cancel</c>, <c>put-aside</c> or <c>bring-back</c>.</param>
public sealed record ThemesSignal(string Board, string Do, string? Theme = null)
{
    public bool IsOfForm => Ids.IsId(Board) && (Do is "propose" or "cancel" || (Do is "put-aside" or "bring-back" && Theme is not null && Ids.IsId(Theme)));
}
