using LiveCoCreate.Wire;

namespace LiveCoCreate.Rehearsal;

/// <summary>What a rehearsal found.</summary>
public sealed record RehearsalResult
{
    public required string Recording { get; init; }
    public required string Server { get; init; }
    public required string Workshop { get; init; }
    public required string Board { get; init; }
    /// <summary>What became of opinion groups, where people agreed and disagreed.</summary>
    public OpinionFigures? Opinions { get; init; }

    public required string Policy { get; init; }
    public required bool ApproveNothing { get; init; }
    public required double? Speed { get; init; }
    public required int People { get; init; }
    public required int Statements { get; init; }
    public required int Hidden { get; init; }

    /// <summary>Votes as recorded, of which only some move a dot.</summary>
    public required int RecordedVotes { get; init; }

    /// <summary>Commands that were answered.</summary>
    public required int Commands { get; init; }

    public bool Equal => Differences.Count == 0 && Leaks.Count == 0;

    /// <summary>Where what was seen differs from what was recorded: one sentence each.</summary>
    public required IReadOnlyList<string> Differences { get; init; }

    /// <summary>What reached somebody who must not see it.</summary>
    public required IReadOnlyList<string> Leaks { get; init; }

    public required long BytesSearchedForLeaks { get; init; }
    public required int TalliesCompared { get; init; }
    public required int ViewsCompared { get; init; }

    /// <summary>From sending a command to its answer.</summary>
    public required Percentiles AnsweredMs { get; init; }

    /// <summary>From sending a command to its effect in the replica of every client that was connected when it was answered.</summary>
    public required Percentiles SeenEverywhereMs { get; init; }

    public required Percentiles JoinedMs { get; init; }
    public required double JoinSeconds { get; init; }
    public required double PlaySeconds { get; init; }
    public required double WallSeconds { get; init; }
    public required double CommandsPerSecond { get; init; }
    public required WireCounters Line { get; init; }
    public required long FramesParsed { get; init; }
    public required long FramesShared { get; init; }

    /// <summary>Processor time of this process, which plays all the people.</summary>
    public required double OwnProcessorSeconds { get; init; }
}
