using System.Text.Json;

namespace LiveCoCreate.Load.Boards;

/// <summary>A frame or a view, as numbers: which ideas are there or gone, and what tallies are now. Reads the product's frames and the
/// floor's; of texts it takes no notice.</summary>
internal sealed class Change
{
    private readonly List<int> _ideas = [];
    private readonly List<int> _gone = [];
    private readonly List<(int Idea, int Dots)> _tallies = [];

    public long Since { get; private set; } = -1;

    public long Version { get; private set; }

    /// <summary>Replaces what was there instead of merging (F2).</summary>
    public bool IsWhole { get; private set; }

    public IReadOnlyList<int> Ideas => _ideas;

    public IReadOnlyList<int> Gone => _gone;

    public IReadOnlyList<(int Idea, int Dots)> Tallies => _tallies;

    /// <param name="json">Begins with the frame or view; what stands behind it is ignored.</param>
    public static Change Read(ReadOnlySpan<byte> json, IdeaNumbers numbers, bool isView)
    {
        var change = new Change { IsWhole = isView };
        var reader = new Utf8JsonReader(json);
        reader.Read();
        var since = (long?)null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("version"u8) && reader.Read()) change.Version = reader.GetInt64();
            else if (reader.ValueTextEquals("since"u8) && reader.Read()) since = reader.GetInt64();
            else if (reader.ValueTextEquals("ideas"u8) && reader.Read()) change.ReadIdeas(ref reader, numbers);
            else if (reader.ValueTextEquals("tallies"u8) && reader.Read()) change.ReadTallies(ref reader, numbers);
            else reader.Skip();
        }

        // The floor's versions count frames, so each begins where the last one ended.
        change.Since = since ?? change.Version - 1;
        change.IsWhole |= since == 0;
        return change;
    }

    private void ReadIdeas(ref Utf8JsonReader reader, IdeaNumbers numbers)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var idea = numbers.Of(reader.GetString()!);
            reader.Read();
            (reader.TokenType == JsonTokenType.Null ? _gone : _ideas).Add(idea);
            reader.Skip();
        }
    }

    // {"idea":n} on the floor, {"ballot":{"idea":n}} from the product.
    private void ReadTallies(ref Utf8JsonReader reader, IdeaNumbers numbers)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var id = reader.GetString()!;
            reader.Read();
            if (reader.TokenType == JsonTokenType.StartObject) ReadTallies(ref reader, numbers);
            else _tallies.Add((numbers.Of(id), reader.TokenType == JsonTokenType.Null ? 0 : reader.GetInt32()));
        }
    }
}
