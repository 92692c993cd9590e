using System.Collections.Immutable;

namespace LiveCoCreate.Grains.Opinions;

/// <summary>What a live computation takes over from the one before, so that a map that people watch stays the map they know: who is clustered (once in, always in), where
/// each search for clusters starts, how the map is turned, and which number of groups is shown. It makes live results depend on their path. Nothing else does.</summary>
/// <param name="People">Everybody who is clustered.</param>
/// <param name="Loadings">Of the statements, on the map's two axes.</param>
/// <param name="Shown">The number of groups asked for in what is shown; 0 where there are none.</param>
/// <param name="Leader">The number that was best the last time,</param>
/// <param name="Streak">and how often in a row.</param>
public sealed record OpinionState(
    IReadOnlyDictionary<VoterKey, Standing> People, IReadOnlyDictionary<IdeaId, Point> Loadings, int Shown, int Leader, int Streak)
{
    public static readonly OpinionState Cold = new(ImmutableDictionary<VoterKey, Standing>.Empty, ImmutableDictionary<IdeaId, Point>.Empty, 0, 0, 0);
}

/// <summary>Where a clustered person stood.</summary>
/// <param name="Base">Number of their base cluster.</param>
/// <param name="Group">Of the groups that were shown; null where there were none.</param>
/// <param name="GroupOf">Their group in the division into 2, 3… as far as that was searched for.</param>
public readonly record struct Standing(int Base, int? Group, ImmutableArray<int> GroupOf);
