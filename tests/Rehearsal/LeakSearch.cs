using System.Buffers;
using System.Text;
using System.Text.Json;
using LiveCoCreate.Wire;

namespace LiveCoCreate.Rehearsal;

/// <summary>Searches everything that reaches participants for what nobody approved: any statement's text, escaped or not, and any
/// tally. An author may get back what they wrote themselves, in answers to them and in what only they see.</summary>
public sealed class LeakSearch
{
    private readonly SearchValues<string> _texts;
    private readonly ILookup<string, string> _textsOf;
    private readonly List<string> _leaks = [];
    private long _bytes;

    public LeakSearch(IReadOnlyCollection<Statement> statements)
    {
        _texts = SearchValues.Create([.. statements.Select(statement => statement.Text)], StringComparison.Ordinal);
        _textsOf = statements.ToLookup(statement => statement.Author, statement => statement.Text);
    }

    public IReadOnlyList<string> Leaks
    {
        get { lock (_leaks) return [.. _leaks]; }
    }

    public long BytesSearched => Interlocked.Read(ref _bytes);

    public void Search(string person, string source, ReadOnlySpan<byte> bytes)
    {
        Interlocked.Add(ref _bytes, bytes.Length);
        var mayHoldOwnText = source is "mine" or "Completion";
        if (!mayHoldOwnText && Encoding.UTF8.GetString(bytes).AsSpan().ContainsAny(_texts)) Found(person, source, "a statement", bytes);
        try
        {
            SearchJson(person, source, bytes, mayHoldOwnText);
        }
        catch (JsonException)
        {
            // No JSON: its raw text was searched.
        }
    }

    private void SearchJson(string person, string source, ReadOnlySpan<byte> bytes, bool mayHoldOwnText)
    {
        var reader = new Utf8JsonReader(bytes);
        var talliesAt = -1;
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.EndObject && reader.CurrentDepth == talliesAt) talliesAt = -1;
            if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("tallies"u8)) talliesAt = reader.CurrentDepth;
            else if (talliesAt >= 0 && reader.TokenType == JsonTokenType.Number) Found(person, source, "a tally", bytes);

            if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName)) continue;
            var text = reader.GetString()!;
            if (text.AsSpan().ContainsAny(_texts) && !(mayHoldOwnText && _textsOf[person].Contains(text))) Found(person, source, "a statement", bytes);
        }
    }

    private void Found(string person, string source, string what, ReadOnlySpan<byte> bytes)
    {
        lock (_leaks)
        {
            if (_leaks.Count < 1000) _leaks.Add($"{what} reached {person} in {source}: {Encoding.UTF8.GetString(bytes[..Math.Min(bytes.Length, 500)])}");
        }
    }
}
