using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace LiveCoCreate.Grains.Clustering;

/// <summary>What the ideas of a theme speak of more than the others do: class-based TF-IDF (Grootendorst, "BERTopic", 2022), counted by ideas, so that
/// nobody makes a label by saying a word ten times. A label is a word as people wrote it, the bare form where somebody wrote that.</summary>
internal static class Labels
{
    private const int Most = 3;
    private const int LongestForm = 128;

    /// <param name="themes">Of each text its theme, or -1.</param>
    /// <param name="copies">How many ideas have each text.</param>
    public static ImmutableArray<string>[] Of(IReadOnlyList<string> originals, IReadOnlyList<List<Token>> texts, int[] themes, int[] copies, int count, Vectors vectors)
    {
        var (everywhere, inThemes, forms, seen) = (new Dictionary<string, int>(), new Dictionary<string, int>[count], new Dictionary<string, Dictionary<string, int>>(), new HashSet<string>());
        for (var theme = 0; theme < count; theme++) inThemes[theme] = [];
        Span<char> lower = stackalloc char[LongestForm];
        var (sizes, all) = (new int[count], 0);
        for (var text = 0; text < texts.Count; text++)
        {
            seen.Clear();
            Background.Breathe();
            foreach (var token in texts[text])
            {
                if (token.Script is Script.Digits || (token.Script is not Script.Symbol && token.Word.Length < 2) || CommonWords.Has(token)) continue;
                var stem = vectors.Stem(token);
                scoped ReadOnlySpan<char> written = originals[text].AsSpan(token.Start, token.Length);
                if (token.Script is Script.Latin or Script.Cyrillic && written.Length <= LongestForm && !HasUpper(written[1..]))
                    written = lower[..written.ToLowerInvariant(lower)];
                if (!forms.TryGetValue(stem, out var ways)) forms.Add(stem, ways = []);
                // In Hebrew and Arabic a form that is the stem itself needs no prefix or ending to be understood.
                CollectionsMarshal.GetValueRefOrAddDefault(ways.GetAlternateLookup<ReadOnlySpan<char>>(), written, out _) += token.Script is Script.Hebrew or Script.Arabic && token.Word == stem ? 1000 : 1;
                if (!seen.Add(stem)) continue;
                CollectionsMarshal.GetValueRefOrAddDefault(everywhere, stem, out _) += copies[text];
                all += copies[text];
                if (themes[text] < 0) continue;
                CollectionsMarshal.GetValueRefOrAddDefault(inThemes[themes[text]], stem, out _) += copies[text];
                sizes[themes[text]] += copies[text];
            }
        }

        var average = (float)all / Math.Max(1, count);
        return Array.ConvertAll(inThemes, theme =>
        {
            var least = theme.Count(word => word.Value > 1) >= Most ? 2 : 1;
            return theme.Where(word => word.Value >= least)
                .OrderByDescending(word => word.Value * MathF.Log(1 + average / everywhere[word.Key])).ThenBy(word => word.Key, StringComparer.Ordinal)
                .Take(Most).Select(word => forms[word.Key].OrderByDescending(way => way.Value).ThenBy(way => way.Key, StringComparer.Ordinal).First().Key)
                .Distinct().ToImmutableArray();
        });
    }

    private static bool HasUpper(ReadOnlySpan<char> letters)
    {
        foreach (var letter in letters)
            if (char.IsUpper(letter)) return true;
        return false;
    }
}
