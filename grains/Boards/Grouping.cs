using System.Collections.Immutable;

namespace LiveCoCreate.Grains.Boards;

/// <summary>Who puts ideas into themes beside the facilitators. The names stand in the journal, for good (P7).</summary>
public enum Sorting
{
    Facilitators,

    /// <summary>Everyone taps an idea and a theme; the last one wins.</summary>
    Everyone,

    /// <summary>Everyone is asked of two ideas at a time whether they mean the same.</summary>
    Pairs,
}

/// <summary>What somebody says of two ideas. The names stand in the journal, for good (P7).</summary>
public enum PairAnswer
{
    Same,
    Different,

    /// <summary>They say nothing of it, and are not asked again.</summary>
    Skip,
}

/// <summary>How many people said that two ideas mean the same, and how many that they do not.</summary>
public sealed record PairCount(int Same, int Different)
{
    public static readonly PairCount None = new(0, 0);

    /// <summary>Several people find them the same, and at least twice as many as find them different.</summary>
    public bool IsAlike => Same >= Limits.PairVoices && Same >= 2 * Different;

    /// <summary>The other way round: what belongs apart.</summary>
    public bool IsApart => Different >= Limits.PairVoices && Different >= 2 * Same;

    internal PairCount With(PairAnswer? answer, int more) => answer switch
    {
        PairAnswer.Same => this with { Same = Same + more },
        PairAnswer.Different => this with { Different = Different + more },
        _ => this,
    };
}

/// <summary>Who said what of which two ideas: by person, so that each speaks once, and counted for all who group by it. Of two ideas the one
/// whose id comes first, ordinally, leads to the other.</summary>
public sealed record Pairing(
    ImmutableDictionary<PersonId, ImmutableDictionary<IdeaId, ImmutableDictionary<IdeaId, PairAnswer>>> By,
    ImmutableDictionary<IdeaId, ImmutableDictionary<IdeaId, PairCount>> Counts)
{
    public static readonly Pairing None = new(
        ImmutableDictionary<PersonId, ImmutableDictionary<IdeaId, ImmutableDictionary<IdeaId, PairAnswer>>>.Empty,
        ImmutableDictionary<IdeaId, ImmutableDictionary<IdeaId, PairCount>>.Empty);

    private static readonly ImmutableDictionary<IdeaId, ImmutableDictionary<IdeaId, PairAnswer>> Silent = ImmutableDictionary<IdeaId, ImmutableDictionary<IdeaId, PairAnswer>>.Empty;

    public static (IdeaId One, IdeaId Other) Ordered(IdeaId one, IdeaId other) =>
        string.CompareOrdinal(one.Value, other.Value) <= 0 ? (one, other) : (other, one);

    public PairAnswer? Of(PersonId person, IdeaId idea, IdeaId another)
    {
        var (one, other) = Ordered(idea, another);
        return By.TryGetValue(person, out var own) && own.TryGetValue(one, out var with) && with.TryGetValue(other, out var answer) ? answer : null;
    }

    public PairCount Count(IdeaId idea, IdeaId another)
    {
        var (one, other) = Ordered(idea, another);
        return Counts.TryGetValue(one, out var with) ? with.GetValueOrDefault(other, PairCount.None) : PairCount.None;
    }

    /// <summary>How many pairs this person was asked about.</summary>
    internal int AskedOf(PersonId person) => By.GetValueOrDefault(person, Silent).Values.Sum(with => with.Count);

    internal int Answers => Counts.Values.Sum(with => with.Values.Sum(count => count.Same + count.Different));

    internal Pairing With(PersonId person, IdeaId idea, IdeaId another, PairAnswer answer)
    {
        var (one, other) = Ordered(idea, another);
        var own = By.GetValueOrDefault(person, Silent);
        var count = Count(one, other).With(Of(person, one, other), -1).With(answer, 1);
        var with = Counts.GetValueOrDefault(one, ImmutableDictionary<IdeaId, PairCount>.Empty);
        with = count == PairCount.None ? with.Remove(other) : with.SetItem(other, count);
        return new(
            By.SetItem(person, own.SetItem(one, own.GetValueOrDefault(one, ImmutableDictionary<IdeaId, PairAnswer>.Empty).SetItem(other, answer))),
            with.IsEmpty ? Counts.Remove(one) : Counts.SetItem(one, with));
    }
}

/// <summary>A theme that became part of another, as it was.</summary>
/// <param name="Ideas">Which ideas it brought.</param>
public sealed record MergedTheme(Theme Theme, ThemeId Into, ImmutableArray<IdeaId> Ideas);

/// <summary>What a theme was made of: one that was merged into it, and how many ideas it brought.</summary>
public sealed record ThemePart(string Title, int Ideas);

/// <summary>A theme of one's own that waits for a facilitator.</summary>
public sealed record MyTheme(string Title, int Colour);

/// <summary>How far the room has come with comparing; facilitators only.</summary>
public sealed record Compared(int People, int Answers);

/// <summary>Which ideas people find the same as this one; facilitators only.</summary>
public sealed record AlikeView(ImmutableArray<AlikePair> With)
{
    // Records compare arrays by reference.
    public bool Equals(AlikeView? other) => other is not null && With.SequenceEqual(other.With);

    public override int GetHashCode() => With.Length;
}

public sealed record AlikePair(IdeaId Idea, int Same, int Different);
