namespace LiveCoCreate.Fast.Scenarios;

// The scenarios in one process; tests/Cluster runs the same on Orleans.
public sealed class EmbeddedSiloScenarios : SiloScenarios<EmbeddedHost>;

public sealed class EmbeddedVotingScenarios : VotingScenarios<EmbeddedHost>;

public sealed class EmbeddedDurabilityScenarios : DurabilityScenarios<EmbeddedHost>;

public sealed class EmbeddedCodeScenarios : CodeScenarios<EmbeddedHost>;

public sealed class EmbeddedRoomScenarios : RoomScenarios<EmbeddedHost>;

public sealed class EmbeddedReachingScenarios : ReachingScenarios<EmbeddedHost>;
