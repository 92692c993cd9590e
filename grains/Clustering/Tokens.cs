using System.Globalization;

namespace LiveCoCreate.Grains.Clustering;

/// <summary>The writing of a word, which decides how it is stemmed.</summary>
internal enum Script : byte { Latin, Cyrillic, Hebrew, Arabic, Dense, Digits, Symbol, Other }

/// <summary>One word of a text: where it stands there, and as it is compared.</summary>
/// <param name="Word">Folded: without case, marks, niqqud, final letters, quotes within.</param>
internal readonly record struct Token(int Start, int Length, string Word, Script Script);

/// <summary>A text's words. A word is a run of letters and digits of one script; an emoji is a word of its own, so that a board of emoji
/// has something to be compared by.</summary>
internal static class Tokens
{
    /// <summary>Of one text, no more words than so many are looked at: somebody pasted a document.</summary>
    private const int Most = 400;
    private const int LongestWord = 40;

    public static List<Token> Of(string text)
    {
        var tokens = new List<Token>(Math.Min(Most, text.Length / 5 + 1));
        var word = new char[LongestWord];
        var (length, start, end, script) = (0, 0, 0, Script.Other);
        for (var at = 0; at < text.Length && tokens.Count < Most; at++)
        {
            var letter = text[at];
            if (char.IsHighSurrogate(letter) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]))
            {
                End();
                // A skin tone or a flag's second half belongs to what stands before it, and says nothing by itself.
                var rune = char.ConvertToUtf32(letter, text[at + 1]);
                if (rune is < 0x1F3FB or > 0x1F3FF) tokens.Add(new(at, 2, text.Substring(at, 2), CharUnicodeInfo.GetUnicodeCategory(rune) is UnicodeCategory.OtherLetter ? Script.Dense : Script.Symbol));
                at++;
                continue;
            }

            if (letter is '\'' or '"' or '׳' or '״' or '’' or '\u200D' or '\uFE0F' or '\u200C') continue;
            var folded = Folding.Fold(letter);
            if (folded == Folding.Nothing) continue;
            var category = CharUnicodeInfo.GetUnicodeCategory(folded);
            if (category is UnicodeCategory.OtherSymbol)
            {
                End();
                tokens.Add(new(at, 1, text.Substring(at, 1), Script.Symbol));
                continue;
            }

            if (category is not (UnicodeCategory.LowercaseLetter or UnicodeCategory.UppercaseLetter or UnicodeCategory.OtherLetter or UnicodeCategory.ModifierLetter
                or UnicodeCategory.TitlecaseLetter or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.OtherNumber or UnicodeCategory.SpacingCombiningMark))
            {
                End();
                continue;
            }

            var here = ScriptOf(folded);
            if (length > 0 && here != script && category != UnicodeCategory.SpacingCombiningMark) End();
            if (length == 0) (start, script) = (at, here);
            if (length < LongestWord) word[length++] = folded;
            end = at + 1;
        }

        End();
        return tokens;

        void End()
        {
            if (length > 0 && tokens.Count < Most) tokens.Add(new(start, end - start, new string(word, 0, length), script));
            length = 0;
        }
    }

    private static Script ScriptOf(char letter) => letter switch
    {
        >= '0' and <= '9' => Script.Digits,
        < '\u0250' => Script.Latin,
        >= '\u0400' and < '\u0530' => Script.Cyrillic,
        >= '\u0590' and < '\u0600' => Script.Hebrew,
        >= '\u0600' and < '\u0780' => Script.Arabic,
        >= '\u0E00' and < '\u0F00' or >= '\u3040' and < '\uA000' or >= '\uAC00' and < '\uD7B0' => Script.Dense,
        _ => Script.Other,
    };
}
