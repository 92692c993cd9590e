using LiveCoCreate.Grains.Workshops;

namespace LiveCoCreate.Grains.Boards;

/// <summary>What an idea would change of the charter: with a principle it says it in other words, or why it should go; without one it adds one.</summary>
/// <param name="Principle">As it was called when this was written; it may have gone since.</param>
/// <param name="Remove">It should go, and the idea says why.</param>
public sealed record Proposal(PrincipleId? Principle = null, bool? Remove = null)
{
    /// <summary>What is not there cannot go.</summary>
    internal Proposal? Plain() => Principle is null ? null : Remove is true ? this : this with { Remove = null };
}
