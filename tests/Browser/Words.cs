using System.Globalization;
using System.Text.RegularExpressions;

namespace LiveCoCreate.Browser;

/// <summary>The app's own words in one language, read from its catalogues: the tests look for what people read, and a rewording breaks none of them.
/// <code>say["room:vote.left", ("n", 2), ("budget", 3)]</code></summary>
public sealed partial class Words
{
    public static readonly Words Hebrew = new("he", "he-IL", "rtl");
    public static readonly Words English = new("en", "en-GB", "ltr");

    private readonly Dictionary<string, Dictionary<string, string>> _entries = [];

    private Words(string language, string locale, string direction)
    {
        (Language, Locale, Direction) = (language, locale, direction);
        foreach (var file in Directory.GetFiles(Path.Combine(House.Root, "web", "client", "src", "i18n", language), "*.ts"))
        {
            foreach (Match entry in Entry().Matches(File.ReadAllText(file)))
            {
                var forms = entry.Groups["text"].Success
                    ? new() { ["other"] = Unquoted(entry.Groups["text"].Value) }
                    : Form().Matches(entry.Groups["forms"].Value).ToDictionary(form => form.Groups["name"].Value, form => Unquoted(form.Groups["text"].Value));
                _entries[$"{Path.GetFileNameWithoutExtension(file)}:{entry.Groups["key"].Value}"] = forms;
            }
        }
    }

    public string Language { get; }

    public string Locale { get; }

    public string Direction { get; }

    public static Words Of(string language) => language == "he" ? Hebrew : English;

    /// <summary>The words of a key as the app says them: numbers choose their form, texts are isolated.</summary>
    public string this[string key, params (string Name, object Value)[] values]
    {
        get
        {
            var forms = _entries.GetValueOrDefault(key) ?? throw new KeyNotFoundException($"No words in {Language} for {key}.");
            var n = values.FirstOrDefault(value => value.Name == "n").Value as int?;
            var form = n switch { 1 => "one", 2 when Language == "he" => "two", _ => "other" };
            var text = forms.GetValueOrDefault(form) ?? forms["other"];
            return Placeholder().Replace(text, match => values.FirstOrDefault(value => value.Name == match.Groups[1].Value).Value switch
            {
                int number => number.ToString("N0", CultureInfo.InvariantCulture),
                string said => $"\u2068{said}\u2069",
                _ => match.Value,
            });
        }
    }

    public override string ToString() => Language;

    private static string Unquoted(string text) => text[1..^1].Replace("\\'", "'", StringComparison.Ordinal);

    [GeneratedRegex("""^  '?(?<key>[\w.-]+)'?:\s*(?:(?<text>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")|\{(?<forms>(?:\s*\w+:\s*(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"),?)+\s*)\}),?$""", RegexOptions.Multiline)]
    private static partial Regex Entry();

    [GeneratedRegex("""(?<name>\w+):\s*(?<text>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")""")]
    private static partial Regex Form();

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Placeholder();
}
