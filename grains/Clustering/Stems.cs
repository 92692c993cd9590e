using System.Buffers;

namespace LiveCoCreate.Grains.Clustering;

/// <summary>The stem of a word, by light rules of its script. English and Russian have endings enough for rules alone (after Porter's and Snowball's
/// first steps). Hebrew and Arabic write prefixes together with the word, and no rule knows whether a first letter is one: there the board itself
/// decides. All forms that a word may be without its prefixes and endings are candidates, and the one that most ideas share is its stem.</summary>
internal static class Stems
{
    private const int Shortest = 3;
    private static readonly SearchValues<char> Vowels = SearchValues.Create("aeiouy");

    private static readonly string[] Russian = [.. new[]
    {
        "иями", "ями", "ами", "ией", "иям", "ием", "иях", "ев", "ов", "ие", "ье", "еи", "ии", "ей", "ой", "ий", "й", "иям", "ям", "ием", "ем", "ам", "ом", "иях", "ях", "ах",
        "ию", "ью", "ия", "ья", "а", "е", "и", "о", "у", "ы", "ь", "ю", "я",
        "ее", "ие", "ые", "ое", "ими", "ыми", "ый", "его", "ого", "ему", "ому", "их", "ых", "ую", "юю", "ая", "яя", "ою", "ею",
        "ешь", "ишь", "ете", "ите", "уют", "ют", "ут", "ят", "ат", "ет", "ит", "ить", "ать", "еть", "ять", "ыть", "уть", "ти", "ла", "ло", "ли", "ил", "ал", "ел", "ял", "ила", "ала",
        "ило", "ало", "или", "али", "ите", "айте", "йте", "ай", "уй", "ишь", "ена", "ено", "ены", "ость", "ости", "остью",
    }.Distinct().OrderByDescending(ending => ending.Length)];

    private static readonly string[] ArabicPrefixes = ["وبال", "وال", "بال", "كال", "فال", "ولل", "ال", "لل", "و", "ب", "ل", "ف", "ك"];
    private static readonly string[] ArabicEndings = ["ها", "ان", "ات", "ون", "ين", "يه", "كم", "هم", "نا", "ني", "ه", "ي", "ك"];
    private static readonly string[] HebrewEndings = ["ימ", "ות", "יה", "ית", "יות", "ינו", "נו", "תי", "הו", "ה", "י", "ת", "ו"];
    private const string HebrewPrefixes = "והבכלמש";
    private const int HebrewMost = 3;

    /// <summary>The stem by rules alone, for scripts that have such; the word itself for others.</summary>
    public static string ByRule(Token token) => token.Script switch
    {
        Script.Latin => English(token.Word),
        Script.Cyrillic => Cyrillic(token.Word),
        _ => token.Word,
    };

    /// <summary>What a Hebrew or Arabic word may be without prefixes and endings; the word itself comes first.</summary>
    public static List<string> Candidates(Token token)
    {
        var forms = new List<string> { token.Word };
        switch (token.Script)
        {
            case Script.Hebrew:
                for (var cut = 1; cut <= HebrewMost && token.Word.Length - cut >= Shortest - 1 && HebrewPrefixes.Contains(token.Word[cut - 1]); cut++) forms.Add(token.Word[cut..]);
                AddWithoutEndings(forms, HebrewEndings);
                break;
            case Script.Arabic:
                foreach (var prefix in ArabicPrefixes)
                    if (token.Word.Length - prefix.Length >= Shortest - 1 && token.Word.StartsWith(prefix, StringComparison.Ordinal)) forms.Add(token.Word[prefix.Length..]);
                AddWithoutEndings(forms, ArabicEndings);
                break;
        }

        return forms;
    }

    private static void AddWithoutEndings(List<string> forms, string[] endings)
    {
        for (var (at, count) = (0, forms.Count); at < count; at++)
            foreach (var ending in endings)
                if (forms[at].Length - ending.Length >= Shortest && forms[at].EndsWith(ending, StringComparison.Ordinal) && !forms.Contains(forms[at][..^ending.Length])) forms.Add(forms[at][..^ending.Length]);
    }

    private static string Cyrillic(string word)
    {
        if (word.Length > 5 && (word.EndsWith("ся", StringComparison.Ordinal) || word.EndsWith("сь", StringComparison.Ordinal))) word = word[..^2];
        foreach (var ending in Russian)
            if (word.Length - ending.Length >= Shortest && word.EndsWith(ending, StringComparison.Ordinal)) return word[..^ending.Length];
        return word;
    }

    private static string English(string word)
    {
        if (word.Length <= Shortest) return word;
        if (Ends(word, "ies", 2) || Ends(word, "ied", 2)) word = word[..^2];
        else if (Ends(word, "sses", 1)) word = word[..^2];
        else if (word[^1] == 's' && word[^2] is not ('s' or 'u' or 'i')) word = word[..^1];

        if (Ends(word, "ing", Shortest) && HasVowel(word[..^3])) word = Undoubled(word[..^3]);
        else if (Ends(word, "ed", Shortest) && HasVowel(word[..^2])) word = Undoubled(word[..^2]);
        else if (Ends(word, "ly", Shortest)) word = word[..^2];
        else if (Ends(word, "ation", Shortest) || Ends(word, "ition", Shortest)) word = word[..^3];
        else if (Ends(word, "ment", Shortest + 1)) word = word[..^4];

        if (word.Length > Shortest && word[^1] == 'e') word = word[..^1];
        return word.Length > 2 && word[^1] == 'y' ? word[..^1] + 'i' : word;
    }

    private static bool Ends(string word, string ending, int left) => word.Length - ending.Length >= left && word.EndsWith(ending, StringComparison.Ordinal);

    private static bool HasVowel(string word) => word.AsSpan().ContainsAny(Vowels);

    private static string Undoubled(string word) => word.Length > 3 && word[^1] == word[^2] && word[^1] is not ('l' or 's' or 'z') ? word[..^1] : word;
}
