using System.Diagnostics;
using LiveCoCreate.Wire;

namespace LiveCoCreate.Rehearsal;

/// <summary>Plays a recorded conversation through the public API of a running server, and compares what everybody saw with
/// what was recorded. Survives the server's restarts.</summary>
public sealed class RehearsalRun(RehearsalOptions options, IProgress<RehearsalProgress>? progress = null)
{
    private readonly Script _script = Script.Of(options.Recording, options.Method);
    private readonly Findings _findings = new();
    private readonly LeakSearch _leaks = new(options.Recording.Statements);
    private int _sent;
    private int _answered;

    public async Task<RehearsalResult> RunAsync(CancellationToken cancellation = default)
    {
        var start = Stopwatch.GetTimestamp();
        var processorAtStart = Environment.CpuUsage.TotalTime;
        using var server = new LiveServer([options.Server, .. options.MoreServers], options.JoinsAtOnce) { OrganiserKey = options.OrganiserKey };
        await using var hall = new Hall(options, _script, server, Everyone());

        Tell("setting the stage", 0, 1);
        var stage = await Stage.SetAsync(hall.Facilitator, options, cancellation);
        var joining = Stopwatch.GetTimestamp();
        await hall.FillAsync(stage.Code, stage.Board, HearsFor(hall), joined => Tell("joining", joined, _script.People.Count), cancellation);
        var joinTook = Stopwatch.GetElapsedTime(joining);

        var (playing, answeredBefore) = (Stopwatch.GetTimestamp(), _answered);
        var seen = new SeenEverywhere(hall, options);
        var play = new Play(options, _script, hall, stage, seen, _findings);
        await using (Ticking(play)) await play.RunAsync(cancellation);
        var (playTook, commands) = (Stopwatch.GetElapsedTime(playing), _answered - answeredBefore);

        Tell("comparing", 0, 1);
        await seen.FinishAsync();
        foreach (var unseen in seen.Unseen) _findings.Add(unseen);
        var comparison = new Comparison(options, _script, hall, stage, play, _findings);
        await comparison.RunAsync(cancellation);
        var opinions = options is { Method: Method.Agree, ApproveNothing: false } ? await new OpinionComparison(options, _script, hall, stage, play, _findings).RunAsync(cancellation) : null;
        Tell("done", 1, 1);

        return new RehearsalResult
        {
            Recording = options.Recording.Name,
            Server = string.Join(", ", options.MoreServers.Prepend(options.Server)),
            Workshop = stage.Workshop,
            Board = stage.Board,
            Opinions = opinions,
            Policy = options.Policy == Policy.Open ? "open" : "approve",
            ApproveNothing = options.ApproveNothing,
            Speed = options.Speed,
            People = _script.People.Count,
            Statements = options.Recording.Statements.Count,
            Hidden = options.Recording.Statements.Count(statement => statement.Moderated == Moderated.Rejected),
            RecordedVotes = options.Recording.Votes.Count,
            Commands = commands,
            Differences = _findings.All,
            Leaks = _leaks.Leaks,
            BytesSearchedForLeaks = _leaks.BytesSearched,
            TalliesCompared = comparison.Tallies + play.TalliesComparedBeforeHiding,
            ViewsCompared = comparison.Views,
            AnsweredMs = play.Answered.Summary(),
            SeenEverywhereMs = seen.Latencies.Summary(),
            JoinedMs = hall.Joined.Summary(),
            JoinSeconds = Seconds(joinTook),
            PlaySeconds = Seconds(playTook),
            WallSeconds = Seconds(Stopwatch.GetElapsedTime(start)),
            CommandsPerSecond = Math.Round(commands / playTook.TotalSeconds, 1),
            Line = hall.Everyone.Select(person => person.Counters).Aggregate((all, one) => all + one),
            FramesParsed = server.Frames.Counts.Parsed,
            FramesShared = server.Frames.Counts.Shared,
            OwnProcessorSeconds = Seconds(Environment.CpuUsage.TotalTime - processorAtStart),
        };
    }

    private LivePersonOptions Everyone() => new()
    {
        KeepArrivals = true,
        GiveUpAfter = options.GiveUpAfter,
        CommandSent = (_, attempt) => Witness(attempt == 1 ? MomentKind.Sent : MomentKind.SentAgain),
        CommandAnswered = (command, answer) =>
        {
            Witness(MomentKind.Answered);
            options.Answered?.Invoke(command, answer);
        },
    };

    // With something approved, statements are everybody's to read, and there is nothing to search for.
    private Hears? HearsFor(Hall hall)
    {
        if (!options.ApproveNothing) return null;
        var names = new Lazy<Dictionary<LivePerson, string>>(() => hall.People.ToDictionary(entry => entry.Value, entry => entry.Key));
        return (person, source, bytes) => _leaks.Search(names.Value[person], source, bytes);
    }

    private void Witness(MomentKind kind)
    {
        var sent = kind == MomentKind.Sent ? Interlocked.Increment(ref _sent) : Volatile.Read(ref _sent);
        var answered = kind == MomentKind.Answered ? Interlocked.Increment(ref _answered) : Volatile.Read(ref _answered);
        options.Witness?.Invoke(new RehearsalMoment(kind, sent, answered));
    }

    private ITimer Ticking(Play play)
    {
        var total = _script.Acts.Count(act => act.Kind != ActKind.LastVote);
        return TimeProvider.System.CreateTimer(_ => Tell("playing", play.Done, total), null, TimeSpan.FromMilliseconds(250), TimeSpan.FromMilliseconds(250));
    }

    private void Tell(string phase, int done, int total) => progress?.Report(new RehearsalProgress(phase, done, total, _sent - _answered));

    private static double Seconds(TimeSpan span) => Math.Round(span.TotalSeconds, 2);
}
