using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace LiveCoCreate.Grains.Boards;

/// <summary>Whether a text holds one of the words that wait for approval (PROTOCOL.md C7). Case, niqqud and accents that stand as marks, final
/// letters, quotes within a word and the prefixes that Hebrew writes together with it make no difference. The browser app finds the same
/// (words.ts); both are held to words-fixture.json.</summary>
public static class WordList
{
    private const string Prefixes = "והבכלמש";
    private const string Finals = "ךםןףץ";
    private const string NotFinal = "כמנפצ";

    public static bool Holds(ImmutableArray<string> words, string text)
    {
        if (words.IsEmpty) return false;
        var there = Tokens(text);
        return words.Any(word => Tokens(word) is { Count: > 0 } wanted && Enumerable.Range(0, Math.Max(0, there.Count - wanted.Count + 1)).Any(at =>
            Same(there[at], wanted[0]) && wanted.Skip(1).SequenceEqual(there.Skip(at + 1).Take(wanted.Count - 1))));
    }

    /// <summary>Whether anything of it could ever be found.</summary>
    public static bool IsWord(string word) => Tokens(word).Count > 0;

    private static bool Same(string there, string wanted) => there == wanted
        || (wanted.Length > 1 && wanted[0] is >= 'א' and <= 'ת' && there.EndsWith(wanted, StringComparison.Ordinal) && there[..^wanted.Length].All(Prefixes.Contains));

    internal static List<string> Tokens(string text)
    {
        var (tokens, token) = (new List<string>(), new StringBuilder());
        foreach (var letter in text)
        {
            if (CharUnicodeInfo.GetUnicodeCategory(letter) is UnicodeCategory.NonSpacingMark || letter is '\'' or '"' or '׳' or '״' or '’') continue;
            if (char.IsLetterOrDigit(letter)) token.Append(Finals.IndexOf(letter, StringComparison.Ordinal) is var at and >= 0 ? NotFinal[at] : char.ToLowerInvariant(letter));
            else End();
        }

        End();
        return tokens;

        void End()
        {
            if (token.Length > 0) tokens.Add(token.ToString());
            token.Clear();
        }
    }
}
