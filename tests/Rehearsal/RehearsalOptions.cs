using LiveCoCreate.Wire;

namespace LiveCoCreate.Rehearsal;

public enum Policy
{
    /// <summary>An idea is shown at once.</summary>
    Open,

    /// <summary>An idea waits until a facilitator approves it.</summary>
    Approve,
}

public enum Method
{
    /// <summary>Agreeing is one dot; all other votes move none.</summary>
    Dots,

    /// <summary>As it was recorded: agree, disagree or pass; and at the end opinion groups.</summary>
    Agree,
}

public sealed record RehearsalOptions(Uri Server, Recording Recording)
{
    /// <summary>More web nodes of the same cluster: people are spread over all of them.</summary>
    public IReadOnlyList<Uri> MoreServers { get; init; } = [];

    /// <summary>Real time divided by this; null: as fast as order allows.</summary>
    public double? Speed { get; init; }

    public Policy Policy { get; init; } = Policy.Approve;

    public Method Method { get; init; } = Method.Dots;

    /// <summary>The folder with what an independent implementation finds in the recording; null: there is none.</summary>
    public string? Expected { get; init; }

    /// <summary>The facilitator approves nothing: then nothing that was written, and no tally, may reach any participant.</summary>
    public bool ApproveNothing { get; init; }

    /// <summary>Chooses who reads whole ideas, and in which order people come.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>How many participants hold full replicas; all others hold light ones.</summary>
    public int FullReaders { get; init; } = 5;

    /// <summary>How many people join at the same time.</summary>
    public int JoinsAtOnce { get; init; } = 32;

    /// <summary>How many commands all people together may have unanswered; 0: each person's 64.</summary>
    public int MostInFlight { get; init; }

    /// <summary>Each so manyth command is followed until every connected client has it.</summary>
    public int SampleEach { get; init; } = 100;

    /// <summary>How long the server may be away before the rehearsal gives up.</summary>
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long all replicas may take to settle after the last answer.</summary>
    public TimeSpan SettleWithin { get; init; } = TimeSpan.FromSeconds(30);

    public string? OrganiserKey { get; init; }

    /// <summary>Called at each command that is sent for the first time, sent again, or answered. It runs inside the sending person's
    /// lock, so that a test can act (kill the server, say) at just this moment; it must not wait for anything of the rehearsal.</summary>
    public Action<RehearsalMoment>? Witness { get; init; }

    /// <summary>Hears every command with its final answer, under the same conditions as <see cref="Witness"/>.</summary>
    public Action<Command, Answer>? Answered { get; init; }
}

public enum MomentKind
{
    Sent,
    SentAgain,
    Answered,
}

/// <param name="Sent">Commands sent so far, each counted once.</param>
/// <param name="Answered">Commands answered so far.</param>
public readonly record struct RehearsalMoment(MomentKind Kind, int Sent, int Answered)
{
    public int InFlight => Sent - Answered;
}

/// <param name="Phase">What is being done, in a few words.</param>
public sealed record RehearsalProgress(string Phase, int Done, int Total, int InFlight);
