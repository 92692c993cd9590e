using System.Text.Json.Serialization;

namespace LiveCoCreate.Grains.Boards;

/// <summary>How a step is meant to vote: what its facilitators are offered when they open a round, and may change.</summary>
/// <param name="Budget">As for a ballot: of dots, and of places to rank.</param>
public sealed record BallotPreset(string Method, int? Budget = null, int? MostPerIdea = null, CountsDue Counts = CountsDue.Close, bool Anonymous = true)
{
    /// <summary>Whether a round could be opened with it.</summary>
    [JsonIgnore]
    public bool IsPossible => Methods.Opens(Method, Budget, MostPerIdea);
}
