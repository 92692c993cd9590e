using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace LiveCoCreate.Grains.Boards;

[JsonDerivedType(typeof(ResultsGrouped), "results-grouped")]
public abstract partial record BoardEvent
{
    /// <summary>What groups of at least five said, added up at the close: nobody can do it later, and no vote says which group it came from.</summary>
    public sealed record ResultsGrouped(BallotId Ballot, ImmutableArray<GroupResult> Groups) : BoardEvent;
}

/// <summary>What one group said in a ballot, as it stood at the close.</summary>
/// <param name="Question">Whose answer the title is; absent: it is a role.</param>
/// <param name="Dots">By idea, where people gave dots.</param>
/// <param name="Counts">In every other method, without reasons.</param>
public sealed record GroupResult(
    string? Question, string Title, int Voters, ImmutableDictionary<IdeaId, int>? Dots = null, ImmutableDictionary<IdeaId, Count>? Counts = null);
