using System.Collections.Immutable;
using static LiveCoCreate.Grains.Boards.BoardCommand;
using static LiveCoCreate.Grains.Boards.BoardEvent;

namespace LiveCoCreate.Grains.Boards;

/// <summary>What came out of one step goes on to another (PROTOCOL.md N5): one command, one durable write, one frame, one undo.</summary>
public sealed partial record Board
{
    private static Decision<BoardEvent> DecideBring(Board board, BringIdeas bring, Caller by)
    {
        // JSON lets a list hold null where our types do not.
        if (bring.Ideas.IsDefaultOrEmpty || bring.Ideas.Any(one => (Bringing?)one is null || one.From is null == one.Theme is null)) return "malformed";
        if (bring.Ideas.Length > Limits.BroughtAtOnce) return "too-many-at-once";
        if (bring.Ideas.DistinctBy(one => one.Idea).Count() < bring.Ideas.Length) return "malformed";
        if (!board.Lanes.ContainsKey(bring.Lane)) return "lane-missing";
        if (bring.There is not { Opened: true } there) return "board-missing";

        var grown = board.GrownOutOf();
        var (added, found) = (ImmutableArray.CreateBuilder<BoardEvent>(), false);
        foreach (var one in bring.Ideas)
        {
            if (board.Ideas.TryGetValue(one.Idea, out var same))
            {
                // A retry that outlived the memory of commands, as for one.
                if (same.Author != by.Id) return "id-taken";
                found = true;
                continue;
            }

            if (there.ToBring(one) is not var (text, language, ideas)) continue;
            found = true;
            ImmutableArray<Source> sources = [.. ideas.Take(Limits.SourcesPerIdea).Select(idea => new Source(bring.Source, idea))];
            // What was merged into them came with them.
            if (sources.All(source => there.Ideas[source.Idea].Into is not null || grown.Contains(source))) continue;
            grown.UnionWith(sources);
            added.Add(new IdeaAdded(
                one.Idea, bring.Lane, text, language, by.Id, board.Settings.Anonymous ? null : by.Signature, Rank.Appended(board.Version + 1 + added.Count),
                Waiting: false, Private: false, From: new Sources(sources)));
        }

        if (!found) return "idea-missing";
        return added.Count > 0 && board.Ideas.Count + added.Count > Limits.IdeasPerBoard ? "too-many-ideas" : added.ToImmutable();
    }

    /// <summary>What it says and which ideas stand behind it, the first of them first; null when participants cannot see it.</summary>
    private (string Text, string? Language, ImmutableArray<IdeaId> Ideas)? ToBring(Bringing one)
    {
        if (one.From is { } id)
            return MayGoOn(id) ? (Ideas[id].Text, Ideas[id].Language, WithMerged([id])) : null;
        if (one.Theme is not { } given || Lasting(given) is not { } theme || !Themes.TryGetValue(theme, out var title) || title.Waiting || title.Title == PersonalAttribute.Forgotten) return null;
        ImmutableArray<IdeaId> within = [.. IdeasIn(theme).Where(MayGoOn).OrderBy(idea => Ideas[idea].Rank, StringComparer.Ordinal).ThenBy(idea => idea.Value, StringComparer.Ordinal)];
        return within.IsEmpty ? null : (title.Title, null, WithMerged(within));
    }

    private bool MayGoOn(IdeaId id) => Find(id) is { Into: null } idea && InTheOpen(idea) && idea.Text != PersonalAttribute.Forgotten;

    private ImmutableArray<IdeaId> WithMerged(ImmutableArray<IdeaId> roots)
    {
        var within = roots.Select(root => Ideas[root]).ToHashSet(ReferenceEqualityComparer.Instance);
        return
        [
            .. roots,
            .. Ideas.Where(idea => idea.Value.Into is not null && InTheOpen(idea.Value) && within.Contains(Root(idea.Value))).Select(idea => idea.Key).OrderBy(idea => idea.Value, StringComparer.Ordinal),
        ];
    }

    /// <summary>What this one grew out of, and what was merged into it.</summary>
    internal IEnumerable<Source> GrewOutOf(IdeaId id) => Ideas.ContainsKey(id) ? WithMerged([id]).SelectMany(one => Ideas[one].From?.All ?? []) : [];

    /// <summary>All that something here grew out of, as long as it is not hidden.</summary>
    private HashSet<Source> GrownOutOf() =>
        [.. Ideas.Values.Where(idea => idea.Standing is Standing.Shown or Standing.Waiting).SelectMany(idea => idea.From?.All ?? [])];

    private bool IsUsed(IdeaId id) =>
        Ballots.Values.Any(ballot => ballot.HasVotesOn(id)) || CommentsOn.ContainsKey(id) || Ideas.Values.Any(idea => idea.Into == id);
}
