using System.Collections.Immutable;

namespace LiveCoCreate.Grains.Clustering;

/// <summary>Ideas that say nearly the same: the same words, or texts that are very much alike.</summary>
internal static class Duplicates
{
    public static ImmutableArray<ImmutableArray<IdeaId>> Among(Neighbours near, ImmutableArray<IdeaId>[] ideasOf, float least)
    {
        var groups = new Groups(near.Count);
        for (var text = 0; text < near.Count; text++)
            for (var at = 0; at < near.Of(text).Length && near.Likeness(text)[at] >= least; at++) groups.Join(text, near.Of(text)[at]);
        return [.. Enumerable.Range(0, near.Count).GroupBy(groups.Of).Select(group => group.SelectMany(text => ideasOf[text]).ToImmutableArray()).Where(group => group.Length > 1)];
    }
}
