using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Serialization;
using LiveCoCreate.Grains.Boards;
using static LiveCoCreate.Grains.Workshops.WorkshopCommand;
using static LiveCoCreate.Grains.Workshops.WorkshopEvent;

namespace LiveCoCreate.Grains.Workshops;

/// <summary>The principles of taking part: in versions, so that what somebody agreed to is known (PROTOCOL.md CH rules).</summary>
public sealed partial record Workshop
{
    /// <summary>The last versions, the one in force at the end.</summary>
    public ImmutableArray<CharterVersion> Charters { get; init; } = [];

    /// <summary>The one in force.</summary>
    [JsonIgnore]
    public CharterVersion Charter => Charters.IsEmpty ? new CharterVersion(1, default, []) : Charters[^1];

    /// <summary>Whether who agreed to this version agreed to what is in force: also where it only came back, or changed its order.</summary>
    public bool Stands(int agreed) =>
        agreed == Charter.Version || Charter.Principles.IsEmpty || (Charters.FirstOrDefault(kept => kept.Version == agreed) is { } then && then.SaysTheSameAs(Charter));

    private static ImmutableArray<CharterVersion> FirstCharter(WorkshopCreated made, DateTimeOffset at) =>
        [new CharterVersion(1, at, [.. made.Charter.Select((text, index) => new Principle(First(index), text))])];

    /// <summary>What the principles of a first version are called, by their place.</summary>
    public static PrincipleId First(int index) => new(string.Create(CultureInfo.InvariantCulture, $"p{index + 1}"));

    private Workshop EvolveCharter(CharterChanged changed, DateTimeOffset at) => this with
    {
        Charters = [.. Charters.Skip(Math.Max(0, Charters.Length + 1 - Limits.CharterVersionsKept)), new CharterVersion(changed.Charter, at, changed.Principles)],
    };

    private static Decision<WorkshopEvent> DecideCharter(Workshop workshop, ChangeCharter change)
    {
        // JSON lets a list hold null where our types do not.
        if (change.Principles.IsDefault || change.Principles.Any(principle => (Principle?)principle is null || principle.Text is null || principle.Id.Value is null)) return "malformed";
        if (change.Principles.Select(principle => principle.Id).Distinct().Count() < change.Principles.Length) return "id-taken";
        if (change.Principles.Any(principle => string.IsNullOrWhiteSpace(principle.Text))) return "empty-text";
        ImmutableArray<Principle> principles = [.. change.Principles.Select(principle => principle with { Text = principle.Text.Trim() }).DistinctBy(principle => principle.Text)];
        if (principles.Any(principle => principle.Text.Length > Limits.CharterPrinciple)) return "too-large";
        if (principles.Length > Limits.CharterPrinciples) return "too-many-principles";
        var before = workshop.Charter;
        if (principles.SequenceEqual(before.Principles)) return Nothing;
        // Two facilitators at once: the later one must not undo unseen what the other just did.
        return change.Charter != before.Version ? "charter-changed" : new CharterChanged(before.Version + 1, principles, before.Principles);
    }
}

/// <param name="Id">Stays when the text changes, so that a principle that was reworded is told from a new one.</param>
public sealed record Principle(PrincipleId Id, string Text);

/// <param name="At">Since when it is in force.</param>
public sealed record CharterVersion(int Version, DateTimeOffset At, ImmutableArray<Principle> Principles)
{
    /// <summary>The same words, in whatever order.</summary>
    public bool SaysTheSameAs(CharterVersion other) =>
        Principles.Length == other.Principles.Length && Principles.Select(principle => principle.Text).ToHashSet().SetEquals(other.Principles.Select(principle => principle.Text));
}
