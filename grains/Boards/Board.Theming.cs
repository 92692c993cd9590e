using System.Collections.Immutable;
using LiveCoCreate.Grains.Clustering;
using LiveCoCreate.Grains.Turns;
using static LiveCoCreate.Grains.Boards.BoardCommand;
using static LiveCoCreate.Grains.Boards.BoardEvent;

namespace LiveCoCreate.Grains.Boards;

/// <summary>Themes that clustering proposes: what it starts from, and how a person makes them the board's own (PROTOCOL.md TH1 to TH8).</summary>
public sealed partial record Board
{
    /// <summary>Pairs that never share a theme that is proposed.</summary>
    public ImmutableHashSet<Pair> KeptApart { get; init; } = [];

    /// <summary>What clustering may look at: what facilitators see, less what is hidden, is part of another, or was written in confidence, because
    /// the name of a theme is read by everybody.</summary>
    public ImmutableArray<IdeaText> ThemableIdeas =>
        [.. Ideas.Where(idea => MayBeProposed(idea.Value)).OrderBy(idea => idea.Value.Rank, StringComparer.Ordinal).ThenBy(idea => idea.Key.Value, StringComparer.Ordinal).Select(idea => new IdeaText(idea.Key, idea.Value.Text))];

    /// <summary>How many ideas clustering may look at.</summary>
    public int ThemableCount => Ideas.Count(idea => MayBeProposed(idea.Value));

    /// <summary>What people decided: themes stand as they are, what stands in one stays there, what was taken out of one does not come back to it by itself.</summary>
    public ThemeRules ThemeRules
    {
        get
        {
            var placed = Ideas.Where(idea => idea.Value.Theme is { } theme && Themes.ContainsKey(theme) && MayBeProposed(idea.Value)).OrderBy(idea => idea.Key.Value, StringComparer.Ordinal).ToList();
            var (anchors, rules) = (new Dictionary<ThemeId, IdeaId>(), ImmutableDictionary.CreateBuilder<IdeaId, ThemeId?>());
            foreach (var (id, idea) in placed)
            {
                anchors.TryAdd(idea.Theme!.Value, id);
                rules[id] = idea.Theme;
            }

            var apart = ImmutableArray.CreateBuilder<(IdeaId, IdeaId)>();
            apart.AddRange(KeptApart.Select(pair => (pair.Idea, pair.Other)));
            foreach (var (id, idea) in Ideas)
            {
                if (idea is not { Theme: null, Out: { } left } || !MayBeProposed(idea) || Lasting(left) is not { } theme || !Themes.ContainsKey(theme)) continue;
                // Away from a theme says who is away from what stands in it. Where nothing does, its title alone would draw it back.
                if (anchors.TryGetValue(theme, out var anchor)) apart.Add((id, anchor));
                else rules[id] = null;
            }

            var pairs = Pairing.Counts.SelectMany(one => one.Value.Select(other => (One: one.Key, Other: other.Key, Count: other.Value))).ToList();
            apart.AddRange(pairs.Where(pair => pair.Count.IsApart).Select(pair => (pair.One, pair.Other)));
            return new()
            {
                Kept = [.. Themes.OrderBy(theme => theme.Value.Rank, StringComparer.Ordinal).ThenBy(theme => theme.Key.Value, StringComparer.Ordinal).Select(theme => new KeptTheme(theme.Key, theme.Value.Title))],
                Fixed = rules.ToImmutable(),
                Apart = [.. apart.Distinct().OrderBy(pair => pair.Item1.Value, StringComparer.Ordinal).ThenBy(pair => pair.Item2.Value, StringComparer.Ordinal)],
                Together = [.. pairs.Where(pair => pair.Count.IsAlike).Select(pair => (pair.One, pair.Other)).OrderBy(pair => pair.One.Value, StringComparer.Ordinal).ThenBy(pair => pair.Other.Value, StringComparer.Ordinal)],
            };
        }
    }

    private static bool MayBeProposed(Idea idea) => idea is { Standing: Standing.Shown or Standing.Waiting, Unrevealed: false, Into: null };

    /// <summary>Null when the command is none of these.</summary>
    private static Decision<BoardEvent>? DecideTheming(Board board, BoardCommand command) => command switch
    {
        AcceptThemes accept => DecideAccept(board, accept),
        KeepApart keep => DecideKeepApart(board, keep),
        _ => (Decision<BoardEvent>?)null,
    };

    /// <summary>What somebody placed meanwhile stays where it is, and a theme of which nothing is left is not made.</summary>
    private static Decision<BoardEvent> DecideAccept(Board board, AcceptThemes accept)
    {
        if (accept.Themes.IsDefaultOrEmpty || accept.Themes.Length > Limits.ThemesPerBoard || accept.Themes.DistinctBy(theme => theme.Theme).Count() < accept.Themes.Length) return "malformed";
        if (accept.Themes.Sum(theme => theme.Ideas is { IsDefault: false } ideas ? ideas.Length : 0) > Limits.IdeasPerBoard) return "too-many-at-once";
        var (happened, taken, there) = (ImmutableArray.CreateBuilder<BoardEvent>(), new HashSet<IdeaId>(), false);
        var made = 0;
        foreach (var theme in accept.Themes)
        {
            if (Wrong(theme.Title, Limits.ThemeTitle) is { } wrong) return wrong;
            if (theme.Colour is < 0 or > 11) return "malformed";
            ImmutableArray<IdeaId> named = theme.Ideas is { IsDefault: false } ideas ? ideas : [];
            var into = board.Lasting(theme.Theme)!.Value;
            var known = board.Themes.ContainsKey(into);
            there |= known && named.Any(id => board.Find(id)?.Theme == into);
            ImmutableArray<IdeaId> free = [.. named.Where(id => board.Find(id) is { Theme: null } && taken.Add(id))];
            if (free.IsEmpty) continue;
            if (!known && board.Themes.Count + ++made > Limits.ThemesPerBoard) return "too-many-themes";
            if (!known) happened.Add(new ThemeAdded(into, theme.Title.Trim(), theme.Colour, Rank.Appended(board.Version + 1 + happened.Count)));
            happened.AddRange(free.Select(id => board.Ideas[id].Themed(id, into)));
        }

        return happened.Count > 0 ? happened.ToImmutable() : there ? Nothing : "proposal-stale";
    }

    private static Decision<BoardEvent> DecideKeepApart(Board board, KeepApart keep)
    {
        if (keep.Idea == keep.Other) return "malformed";
        var (one, other) = Pairing.Ordered(keep.Idea, keep.Other);
        if (board.KeptApart.Contains(new Pair(one, other)) == keep.Apart) return Nothing;
        if (board.Find(one) is null || board.Find(other) is null) return "idea-missing";
        if (keep.Apart && board.KeptApart.Count >= Limits.PairsKeptApart) return "too-many-apart";
        return new IdeasKeptApart(one, other, keep.Apart);
    }

    /// <summary>Null when the event is none of these.</summary>
    private static Board? ApplyTheming(Board board, BoardEvent happened) => happened switch
    {
        IdeasKeptApart kept => board with { KeptApart = kept.Apart ? board.KeptApart.Add(new(kept.Idea, kept.Other)) : board.KeptApart.Remove(new(kept.Idea, kept.Other)) },
        _ => null,
    };

    /// <summary>Which themes a command made or took away: with their ideas they can be taken back one by one.</summary>
    private static HashSet<string> ThemesMadeBy(Done done) =>
        [.. done.Events.Select(happened => happened switch { ThemeAdded added => "theme/" + added.Theme, ThemeRemoved removed => "theme/" + removed.Theme, _ => null }).OfType<string>()];
}
