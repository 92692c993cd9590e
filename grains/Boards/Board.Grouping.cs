using System.Collections.Immutable;
using LiveCoCreate.Grains.Turns;
using static LiveCoCreate.Grains.Boards.BoardCommand;
using static LiveCoCreate.Grains.Boards.BoardEvent;

namespace LiveCoCreate.Grains.Boards;

/// <summary>Grouping by everyone, and themes that merge and split. Decided, folded, taken back and seen here (PROTOCOL.md G1 to G7).</summary>
public sealed partial record Board
{
    /// <summary>Themes that became part of another.</summary>
    public ImmutableDictionary<ThemeId, MergedTheme> Merged { get; init; } = ImmutableDictionary<ThemeId, MergedTheme>.Empty;

    /// <summary>What people say of two ideas at a time: what belongs together, and what apart.</summary>
    public Pairing Pairing { get; init; } = Pairing.None;

    /// <summary>Where what was put into this theme stands by now: whoever sorts meanwhile need not know that it was merged.</summary>
    private ThemeId? Lasting(ThemeId? theme)
    {
        while (theme is { } id && !Themes.ContainsKey(id) && Merged.TryGetValue(id, out var merged)) theme = merged.Into;
        return theme;
    }

    /// <summary>Null when the command is none of these, or a facilitator's as it always was.</summary>
    private static Decision<BoardEvent>? DecideGrouping(Board board, BoardCommand command, Caller by) => command switch
    {
        ThemeIdea theme when by.TakesPart => DecideSort(board, theme, by),
        AddTheme add when by.TakesPart => DecideGiveTheme(board, add, by),
        JudgePair judge when by.TakesPart => DecideJudge(board, judge, by.Id),
        JudgePair => "not-allowed",
        MergeThemes or SplitTheme or ApproveTheme when !by.Facilitates => "not-allowed",
        MergeThemes merge => DecideMergeThemes(board, merge),
        SplitTheme split => DecideSplit(board, split),
        ApproveTheme approve => !board.Themes.TryGetValue(approve.Theme, out var theme) ? "theme-missing"
            : theme.Waiting ? new ThemeApproved(approve.Theme) : "theme-not-waiting",
        _ => (Decision<BoardEvent>?)null,
    };

    private static Decision<BoardEvent> DecideSort(Board board, ThemeIdea sort, Caller by)
    {
        if (board.Settings.Sorting is not Sorting.Everyone) return "sorting-closed";
        if (board.Find(sort.Idea) is not { } idea || !board.InTheOpen(idea)) return "idea-missing";
        var theme = board.Lasting(sort.Theme);
        // One that waits is there for whoever made it.
        if (theme is { } wanted && (!board.Themes.TryGetValue(wanted, out var there) || (there.Waiting && there.Author != by.Id))) return "theme-missing";
        return idea.Theme == theme ? Nothing : idea.Themed(sort.Idea, theme, room: true);
    }

    private static Decision<BoardEvent> DecideGiveTheme(Board board, AddTheme add, Caller by)
    {
        if (Wrong(add.Title, Limits.ThemeTitle) is { } wrong) return wrong;
        if (add.Colour is < 0 or > 11) return "malformed";
        if (board.Settings.Sorting is not Sorting.Everyone) return "sorting-closed";
        if ((board.Themes.GetValueOrDefault(add.Theme) ?? board.Merged.GetValueOrDefault(add.Theme)?.Theme) is { } same) return same.Author == by.Id ? Nothing : "id-taken";
        if (board.Themes.Count >= Limits.ThemesPerBoard || board.Themes.Values.Count(theme => theme.Author == by.Id) >= Limits.ThemesPerPerson) return "too-many-themes";
        return new ThemeGiven(add.Theme, add.Title.Trim(), add.Colour, Rank.Appended(board.Version + 1), by.Id, Waiting: board.MustWait(by, add.Title));
    }

    private static Decision<BoardEvent> DecideJudge(Board board, JudgePair judge, PersonId by)
    {
        if (judge.Idea == judge.Other) return "malformed";
        if (board.Settings.Sorting is not Sorting.Pairs) return "sorting-closed";
        if (board.Find(judge.Idea) is not { } idea || !board.InTheOpen(idea) || board.Find(judge.Other) is not { } other || !board.InTheOpen(other)) return "idea-missing";
        var before = board.Pairing.Of(by, judge.Idea, judge.Other);
        if (before == judge.Answer) return Nothing;
        if (before is null && board.Pairing.AskedOf(by) >= Limits.PairsPerPerson) return "too-many-pairs";
        return new PairJudged(judge.Idea, judge.Other, judge.Answer);
    }

    private static Decision<BoardEvent> DecideMergeThemes(Board board, MergeThemes merge)
    {
        if (merge.Theme == merge.Into) return "malformed";
        if (board.Merged.TryGetValue(merge.Theme, out var already) && already.Into == merge.Into) return Nothing;
        if (!board.Themes.TryGetValue(merge.Theme, out var theme) || !board.Themes.TryGetValue(merge.Into, out var into)) return "theme-missing";
        var merged = new ThemeMerged(merge.Theme, merge.Into, theme.Title, theme.Colour, theme.Rank, board.IdeasIn(merge.Theme));
        // What everyone saw must not go from view into what waits.
        return into.Waiting ? ImmutableArray.Create<BoardEvent>(new ThemeApproved(merge.Into), merged) : merged;
    }

    private static Decision<BoardEvent> DecideSplit(Board board, SplitTheme split)
    {
        if (Wrong(split.Title, Limits.ThemeTitle) is { } wrong) return wrong;
        if (split.Colour is < 0 or > 11 || split.Ideas.IsDefaultOrEmpty) return "malformed";
        if (split.Ideas.Length > Limits.IdeasPerCommand) return "too-many-at-once";
        if (!board.Themes.ContainsKey(split.Theme)) return "theme-missing";
        if (board.Themes.ContainsKey(split.Part) || board.Merged.ContainsKey(split.Part)) return "id-taken";
        if (board.Themes.Count >= Limits.ThemesPerBoard) return "too-many-themes";
        // As in every command for many: what somebody moved meanwhile is left out (C6).
        ImmutableArray<IdeaId> there = [.. split.Ideas.Distinct().Where(id => board.Find(id)?.Theme == split.Theme)];
        return there.IsEmpty ? "idea-missing" : new ThemeSplit(split.Theme, split.Part, split.Title.Trim(), split.Colour, Rank.Appended(board.Version + 1), there);
    }

    private ImmutableArray<IdeaId> IdeasIn(ThemeId theme) => [.. Ideas.Where(idea => idea.Value.Theme == theme).Select(idea => idea.Key).OrderBy(id => id.Value, StringComparer.Ordinal)];

    private ImmutableArray<ThemeId> ThemesOf(PersonId person) =>
    [
        .. Themes.Where(theme => theme.Value.Author == person).Select(theme => theme.Key)
            .Concat(Merged.Where(merged => merged.Value.Theme.Author == person).Select(merged => merged.Key)).OrderBy(id => id.Value, StringComparer.Ordinal),
    ];

    /// <summary>Themes whose titles a person gave; what their copies in later workshops derive from.</summary>
    public IEnumerable<ThemeId> ThemesBy(PersonId person) => ThemesOf(person);

    /// <summary>The title that a theme was made with; null where it is forgotten, or there is no such theme.</summary>
    public string? GivenTitle(ThemeId theme) =>
        (Themes.GetValueOrDefault(theme) ?? Merged.GetValueOrDefault(theme)?.Theme)?.Given is { } given && given != PersonalAttribute.Forgotten ? given : null;

    /// <summary>Null when the event is none of these.</summary>
    private static Board? ApplyGrouping(Board board, Recorded<BoardEvent> happened) => happened.Event switch
    {
        ThemeGiven given => board with { Themes = board.Themes.SetItem(given.Theme, new Theme(given.Title, given.Colour, given.Rank, given.Author, given.Waiting, Given: given.Title)) },
        ThemeApproved approved => board.ChangeTheme(approved.Theme, theme => theme with { Waiting = false }),
        ThemeHeldBack held => board.ChangeTheme(held.Theme, theme => theme with { Waiting = true }),
        ThemeMerged merged => board.Put(merged.Ideas, merged.Into) with
        {
            Themes = board.Themes.Remove(merged.Theme),
            Merged = board.Merged.SetItem(merged.Theme, new MergedTheme(
                board.Themes.GetValueOrDefault(merged.Theme) ?? new Theme(merged.Title, merged.Colour, merged.Rank, Given: merged.Title), merged.Into, merged.Ideas)),
        },
        ThemeUnmerged back => board.Put(back.Ideas, back.Theme) with
        {
            Themes = board.Themes.SetItem(back.Theme, board.Merged.GetValueOrDefault(back.Theme)?.Theme ?? new Theme(back.Title, back.Colour, back.Rank, Given: back.Title)),
            Merged = board.Merged.Remove(back.Theme),
        },
        ThemeSplit split => board.Put(split.Ideas, split.Part) with
        {
            Themes = board.Themes.SetItem(split.Part, new Theme(split.Title, split.Colour, split.Rank, From: split.Theme, Given: split.Title)),
        },
        ThemeUnsplit back => board.Put(back.Ideas, back.Theme) with { Themes = board.Themes.Remove(back.Part) },
        ThemesForgotten forgotten => forgotten.Themes.Aggregate(board, (so, id) => so.ChangeTheme(id, theme => (forgotten.Removed ? theme.WithoutTitle : theme) with { Author = PersonId.Nobody })),
        ThemeExpunged expunged => board.ChangeTheme(expunged.Theme, theme => theme.WithoutTitle),
        PairJudged judged => happened.By is { } by && by != PersonId.Nobody ? board with { Pairing = board.Pairing.With(by, judged.Idea, judged.Other, judged.Answer) } : board,
        _ => null,
    };

    private Board ChangeTheme(ThemeId id, Func<Theme, Theme> change) =>
        Themes.TryGetValue(id, out var theme) ? this with { Themes = Themes.SetItem(id, change(theme)) }
        : Merged.TryGetValue(id, out var merged) ? this with { Merged = Merged.SetItem(id, merged with { Theme = change(merged.Theme) }) }
        : this;

    private Board Put(ImmutableArray<IdeaId> ideas, ThemeId theme) =>
        this with { Ideas = Ideas.SetItems(ideas.Where(Ideas.ContainsKey).Select(id => KeyValuePair.Create(id, Ideas[id] with { Theme = theme }))) };

    /// <summary>Null when nothing takes it back; default when it is too late.</summary>
    private static ImmutableArray<BoardEvent>? InverseOfGrouping(Board board, BoardEvent happened) => happened switch
    {
        ThemeGiven given => board.Ideas.Values.Any(idea => idea.Theme == given.Theme) ? TooLate
            : [new ThemeRemoved(given.Theme, given.Title, given.Colour, given.Rank, [], given.Author, given.Waiting ? true : null)],
        ThemeApproved approved => board.Themes.ContainsKey(approved.Theme) ? [new ThemeHeldBack(approved.Theme)] : TooLate,
        ThemeHeldBack held => board.Themes.ContainsKey(held.Theme) ? [new ThemeApproved(held.Theme)] : TooLate,
        ThemeMerged merged => board.Merged.GetValueOrDefault(merged.Theme)?.Into == merged.Into && board.Themes.ContainsKey(merged.Into)
            ? [new ThemeUnmerged(merged.Theme, merged.Into, merged.Title, merged.Colour, merged.Rank, board.StillIn(merged.Into, merged.Ideas))] : TooLate,
        ThemeUnmerged back => board.Themes.ContainsKey(back.Theme) && board.Themes.ContainsKey(back.From)
            ? [new ThemeMerged(back.Theme, back.From, back.Title, back.Colour, back.Rank, board.IdeasIn(back.Theme))] : TooLate,
        // Whoever put something else into the new theme wants it to be there.
        ThemeSplit split => board.Themes.ContainsKey(split.Theme) && board.IdeasIn(split.Part).All(split.Ideas.Contains)
            ? [new ThemeUnsplit(split.Theme, split.Part, split.Title, split.Colour, split.Rank, board.StillIn(split.Part, split.Ideas))] : TooLate,
        ThemeUnsplit back => board.Themes.ContainsKey(back.Theme) && !board.Themes.ContainsKey(back.Part)
            ? [new ThemeSplit(back.Theme, back.Part, back.Title, back.Colour, back.Rank, board.StillIn(back.Theme, back.Ideas))] : TooLate,
        _ => null,
    };

    private ImmutableArray<IdeaId> StillIn(ThemeId theme, ImmutableArray<IdeaId> ideas) => ideas.RemoveAll(id => Find(id)?.Theme != theme);

    private static string? ItemOfGrouping(BoardEvent happened) => happened switch
    {
        ThemeGiven { Theme: var theme } => "theme/" + theme,
        ThemeApproved { Theme: var theme } => "theme/" + theme,
        ThemeHeldBack { Theme: var theme } => "theme/" + theme,
        ThemeMerged { Theme: var theme } => "theme/" + theme,
        ThemeUnmerged { Theme: var theme } => "theme/" + theme,
        ThemeSplit { Part: var theme } => "theme/" + theme,
        ThemeUnsplit { Part: var theme } => "theme/" + theme,
        ThemeExpunged { Theme: var theme } => "theme/" + theme,
        _ => null,
    };

    /// <summary>A participant's own doing, which nobody undoes. Who brings such a thing back by an undo has something to undo.</summary>
    private bool IsOfTheRoom(Recorded<BoardEvent> happened) => happened.Event is IdeaThemed { Room: true } or ThemeGiven && (happened.By is not { } by || !Done.ContainsKey(by));

    private bool SeesTheme(Audience audience, ThemeId theme) => audience is Audience.Facilitators || Themes.GetValueOrDefault(theme) is not { Waiting: true };

    /// <summary>Whether who sees which idea in which theme cannot have changed by the themes.</summary>
    private bool HidesTheSameThemes(Board earlier) =>
        ReferenceEquals(earlier.Themes, Themes) || (earlier.Themes.Values.All(theme => !theme.Waiting) && Themes.Values.All(theme => !theme.Waiting));

    private ImmutableDictionary<ThemeId, ThemeView> ThemesSeenBy(Audience audience, (Board Board, BoardView View)? last)
    {
        if (last is { } same && ReferenceEquals(same.Board.Themes, Themes) && ReferenceEquals(same.Board.Merged, Merged)) return same.View.Themes;
        var parts = Merged.Where(merged => audience is Audience.Facilitators || !merged.Value.Theme.Waiting).OrderBy(merged => merged.Value.Theme.Rank, StringComparer.Ordinal)
            .ThenBy(merged => merged.Key.Value, StringComparer.Ordinal).ToLookup(merged => Lasting(merged.Key)!.Value, merged => new ThemePart(merged.Value.Theme.Title, merged.Value.Ideas.Length));
        return Themes.Where(theme => SeesTheme(audience, theme.Key)).ToImmutableDictionary(theme => theme.Key, theme => new ThemeView(theme.Value.Title, theme.Value.Rank, theme.Value.Colour)
        {
            Room = theme.Value.Author is null ? null : true,
            Waiting = theme.Value.Waiting ? true : null,
            From = theme.Value.From is { } from && Themes.ContainsKey(from) && SeesTheme(audience, from) ? from : null,
            MadeOf = parts.Contains(theme.Key) ? [.. parts[theme.Key]] : null,
        });
    }

    /// <summary>What the room finds the same, for facilitators, as far as it is not one already.</summary>
    private ImmutableDictionary<IdeaId, AlikeView> AlikeSeenBy(Audience audience, ImmutableDictionary<IdeaId, IdeaView> ideas, (Board Board, BoardView View)? last)
    {
        if (audience is not Audience.Facilitators || Pairing.Counts.IsEmpty) return ImmutableDictionary<IdeaId, AlikeView>.Empty;
        if (last is { } same && ReferenceEquals(same.Board.Pairing, Pairing)) return same.View.Alike;
        var seen = ImmutableDictionary.CreateBuilder<IdeaId, AlikeView>();
        foreach (var (id, with) in Pairing.Counts)
        {
            if (!ideas.TryGetValue(id, out var idea)) continue;
            ImmutableArray<AlikePair> alike =
            [
                .. with.Where(other => other.Value.IsAlike && ideas.TryGetValue(other.Key, out var one) && (one.Into ?? other.Key) != (idea.Into ?? id))
                    .OrderBy(other => other.Key.Value, StringComparer.Ordinal).Select(other => new AlikePair(other.Key, other.Value.Same, other.Value.Different)),
            ];
            if (!alike.IsEmpty) seen[id] = new AlikeView(alike);
        }

        return seen.ToImmutable();
    }

    private Compared? ComparedSeenBy(Audience audience, (Board Board, BoardView View)? last) =>
        audience is not Audience.Facilitators || Pairing.By.IsEmpty ? null
        : last is { } same && ReferenceEquals(same.Board.Pairing, Pairing) ? same.View.Facts.Compared
        : new Compared(Pairing.By.Count, Pairing.Answers);

    private ImmutableDictionary<ThemeId, MyTheme> MyThemesOf(PersonId person) => Themes.Values.Any(theme => theme.Waiting)
        ? Themes.Where(theme => theme.Value.Waiting && theme.Value.Author == person).ToImmutableDictionary(theme => theme.Key, theme => new MyTheme(theme.Value.Title, theme.Value.Colour))
        : ImmutableDictionary<ThemeId, MyTheme>.Empty;
}
