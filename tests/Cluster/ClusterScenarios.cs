using LiveCoCreate.Fast.Scenarios;

namespace LiveCoCreate.Cluster;

// The scenarios of tests/Fast, on silos.
public sealed class TwoSilosSiloScenarios : SiloScenarios<TwoSilos>;

public sealed class ThreeSilosSiloScenarios : SiloScenarios<ThreeSilos>;

public sealed class TwoSilosVotingScenarios : VotingScenarios<TwoSilos>;

public sealed class ThreeSilosVotingScenarios : VotingScenarios<ThreeSilos>;

public sealed class TwoSilosDurabilityScenarios : DurabilityScenarios<TwoSilos>;

public sealed class TwoSilosCodeScenarios : CodeScenarios<TwoSilos>;

public sealed class TwoSilosRoomScenarios : RoomScenarios<TwoSilos>;

public sealed class TwoSilosReachingScenarios : ReachingScenarios<TwoSilos>;
