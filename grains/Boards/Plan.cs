using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LiveCoCreate.Grains.Boards;

/// <summary>What makes an idea something that is done: by whom, until when, how we will know, and how far it is. Who and how is what people wrote.</summary>
public sealed record PlanItem(string? Owner, DateOnly? Due, string? Measure, PlanState State)
{
    internal PlanItem WithoutText() => this with
    {
        Owner = Owner is null ? null : PersonalAttribute.Forgotten,
        Measure = Measure is null ? null : PersonalAttribute.Forgotten,
    };
}

/// <summary>How far it is. The names stand in the journal, for good (P7).</summary>
public enum PlanState
{
    Todo,
    Doing,
    Done,
    Dropped,
}

/// <summary>An idea of an earlier step that another one grew out of. Of its words nothing is kept here: they are read where it stands, by whom may see it there.</summary>
public sealed record Source(BoardId Board, IdeaId Idea);

/// <summary>All that one idea grew out of. A list that is equal to one with the same in it, since views are compared (F1); JSON has it as a list.</summary>
[CollectionBuilder(typeof(Sources), nameof(Of))]
[JsonConverter(typeof(Converter))]
public sealed record Sources(ImmutableArray<Source> All)
{
    public bool Equals(Sources? other) => other is not null && All.SequenceEqual(other.All);

    public override int GetHashCode() => All.Aggregate(0, HashCode.Combine);

    public static Sources Of(ReadOnlySpan<Source> all) => new(ImmutableArray.Create(all));

    public IEnumerator<Source> GetEnumerator() => All.AsEnumerable().GetEnumerator();

    private sealed class Converter : JsonConverter<Sources>
    {
        public override Sources Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(JsonSerializer.Deserialize<ImmutableArray<Source>>(ref reader, options));

        public override void Write(Utf8JsonWriter writer, Sources value, JsonSerializerOptions options) => JsonSerializer.Serialize(writer, value.All, options);
    }
}

/// <summary>What an idea is beside its words: on plans an item with the ideas it grew out of, on journeys a moment with how it felt.</summary>
public sealed partial record Idea
{
    public PlanItem? Plan { get; init; }

    public Sources? From { get; init; }

    /// <summary>From -2 to 2, as its author felt it.</summary>
    public int? Feel { get; init; }
}

public sealed partial record IdeaView
{
    public PlanItem? Plan { get; init; }

    public Sources? From { get; init; }

    public int? Feel { get; init; }
}
