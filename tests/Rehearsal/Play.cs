using System.Diagnostics;
using System.Threading.Channels;
using LiveCoCreate.Wire;

namespace LiveCoCreate.Rehearsal;

/// <summary>Everybody does what they did: a person's own acts in their order, a vote only on what is open, hiding only after
/// the last vote.</summary>
internal sealed class Play(RehearsalOptions options, Script script, Hall hall, Stage stage, SeenEverywhere seen, Findings findings)
{
    private readonly SemaphoreSlim? _inFlight = options.MostInFlight > 0 ? new SemaphoreSlim(options.MostInFlight) : null;
    private long _lastVisible;
    private long _lastForFacilitator;
    private Exception? _failure;
    private int _done;

    public Dictionary<string, StatementPlay> Statements { get; } = Prepare(script);

    public Latencies Answered { get; } = new();

    /// <summary>The version at which everybody has seen all there is to see.</summary>
    public long LastVisible => Interlocked.Read(ref _lastVisible);

    /// <summary>The version at which a facilitator has.</summary>
    public long LastForFacilitator => Interlocked.Read(ref _lastForFacilitator);

    /// <summary>Acts that are over.</summary>
    public int Done => Volatile.Read(ref _done);

    /// <summary>Of each rejected statement, what each person saw just before it was hidden.</summary>
    public int TalliesComparedBeforeHiding { get; private set; }

    public async Task RunAsync(CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var queues = script.People.ToDictionary(person => person, _ => Channel.CreateUnbounded<Act>(new() { SingleReader = true, SingleWriter = true }));
        var people = queues.Select(queue => OrStopAsync(ActAsync(queue.Key, queue.Value.Reader, stop), stop)).ToList();
        var hiding = Statements.Values.Where(IsToBeHidden).Select(statement => OrStopAsync(HideAsync(statement, stop.Token), stop)).ToList();
        var dispatching = OrStopAsync(DispatchAsync(queues, stop.Token), stop);
        try
        {
            await Task.WhenAll([dispatching, .. people, .. hiding]);
        }
        catch (OperationCanceledException) when (_failure is { } failure)
        {
            throw failure;
        }
    }

    // Who fails leaves others waiting for what they would have done.
    private async Task OrStopAsync(Task task, CancellationTokenSource stop)
    {
        try
        {
            await task;
        }
        catch (Exception broken)
        {
            if (broken is not OperationCanceledException) Interlocked.CompareExchange(ref _failure, broken, null);
            await stop.CancelAsync();
            throw;
        }
    }

    private bool IsToBeHidden(StatementPlay statement) => !options.ApproveNothing && statement.Statement.Moderated == Moderated.Rejected;

    private async Task DispatchAsync(Dictionary<string, Channel<Act>> queues, CancellationToken cancellation)
    {
        var (start, first) = (Stopwatch.GetTimestamp(), script.Acts[0].At);
        foreach (var act in script.Acts)
        {
            if (options.Speed is { } speed)
            {
                var wait = TimeSpan.FromMilliseconds((act.At - first) / speed) - Stopwatch.GetElapsedTime(start);
                if (wait > TimeSpan.FromMilliseconds(1)) await Task.Delay(wait, cancellation);
            }

            if (act.Kind == ActKind.LastVote) Statements[act.Statement].LastVoteCame();
            else queues[act.Person].Writer.TryWrite(act);
        }

        foreach (var queue in queues.Values) queue.Writer.Complete();
    }

    private async Task ActAsync(string name, ChannelReader<Act> acts, CancellationTokenSource stop)
    {
        var cancellation = stop.Token;
        var person = hall.People[name];
        var myVotes = new Dictionary<string, Task>();
        var unanswered = new List<Task>();
        await foreach (var act in acts.ReadAllAsync(cancellation))
        {
            var statement = Statements[act.Statement];
            if (act.Kind == ActKind.Vote) await statement.Opened.WaitAsync(cancellation);

            // A command that is told to wait (too-fast) may be overtaken; a second vote on one thing must not.
            if (act.Kind == ActKind.Vote && myVotes.TryGetValue(act.Statement, out var before)) await before;
            if (_inFlight is not null) await _inFlight.WaitAsync(cancellation);
            var answered = OrStopAsync(act.Kind == ActKind.Add ? AddAsync(person, statement) : VoteAsync(person, act, statement), stop);
            if (act.Kind == ActKind.Vote) myVotes[act.Statement] = answered;
            unanswered.Add(answered);
        }

        await Task.WhenAll(unanswered);
    }

    private async Task AddAsync(LivePerson author, StatementPlay play)
    {
        var (statement, what) = (play.Statement, $"adding statement {play.Statement.Id}");
        var added = await SubmitAsync(author, Commands.AddIdea(stage.Board, play.Idea, stage.Lane, statement.Text), what);
        Over();
        if (added is { Refusal: { } refusal }) findings.Add($"{what}: {refusal}");
        else if (options.Policy == Policy.Approve && !options.ApproveNothing)
        {
            added = await SubmitAsync(hall.Facilitator, Commands.ApproveIdea(stage.Board, play.Idea), $"approving statement {statement.Id}", counts: false);
            if (added is { Refusal: { } not }) findings.Add($"approving statement {statement.Id}: {not}");
        }

        if (added is { Accepted: true } && options.ApproveNothing) Raise(ref _lastForFacilitator, added.Version);
        else if (added is { Accepted: true }) Visible(added, play);
        play.Open();
    }

    private async Task VoteAsync(LivePerson voter, Act act, StatementPlay play)
    {
        var what = $"{act.Person}'s {act.Value} on statement {act.Statement}";
        var voted = await SubmitAsync(voter, options.Method is Method.Dots
            ? Commands.CastVote(stage.Board, stage.Ballot, play.Idea, act.Value)
            : Commands.CastVote(stage.Board, stage.Ballot, play.Idea, new Wire.Boards.Vote(act.Value)), what);
        if (options.ApproveNothing)
        {
            if (voted?.Refusal?.Code != "idea-missing") findings.Add($"{what}: expected idea-missing, got {voted?.Refusal?.ToString() ?? "no refusal"}");
        }
        else if (voted is { Refusal: { } refusal }) findings.Add($"{what}: {refusal}");
        else if (voted is not null) Visible(voted, play);

        play.DotAnswered();
        Over();
    }

    private async Task HideAsync(StatementPlay play, CancellationToken cancellation)
    {
        await play.Over.WaitAsync(cancellation);
        await play.Opened.WaitAsync(cancellation);
        await Task.WhenAll(hall.Everyone.Select(person => CompareBeforeHidingAsync(person, play, cancellation)));
        var what = $"hiding statement {play.Statement.Id}";
        var hidden = await SubmitAsync(hall.Facilitator, Commands.HideIdea(stage.Board, play.Idea, "rejected by the moderators of the recording"), what, counts: false);
        if (hidden is { Refusal: { } refusal }) findings.Add($"{what}: {refusal}");
        else if (hidden is not null) Visible(hidden, play);
    }

    private async Task CompareBeforeHidingAsync(LivePerson person, StatementPlay play, CancellationToken cancellation)
    {
        try
        {
            await person.ReachAsync(play.Version, options.GiveUpAfter + options.SettleWithin, cancellation);
        }
        catch (TimeoutException late)
        {
            findings.Add($"statement {play.Statement.Id} before hiding: {late.Message}");
        }

        var seenTally = stage.TallyOf(person.Board, play.Idea);
        findings.Expect(stage.TallyOf(script, play.Statement.Id), seenTally, () => $"statement {play.Statement.Id} before hiding, seen by {hall.NameOf(person)}");
        lock (Statements) TalliesComparedBeforeHiding++;
    }

    private async Task<Answer?> SubmitAsync(LivePerson person, Command command, string what, bool counts = true)
    {
        try
        {
            var answer = await person.SubmitAsync(command);
            Answered.Add(answer.Took);
            return answer;
        }
        catch (HubErrorException broken)
        {
            findings.Add($"{what}: {broken.Message}");
            return null;
        }
        finally
        {
            if (counts) _inFlight?.Release();
        }
    }

    private void Visible(Answer answer, StatementPlay play)
    {
        play.Accepted(answer.Version);
        seen.Accepted(answer);
        Raise(ref _lastVisible, answer.Version);
        Raise(ref _lastForFacilitator, answer.Version);
    }

    private static void Raise(ref long last, long version)
    {
        long before;
        while (version > (before = Interlocked.Read(ref last)) && Interlocked.CompareExchange(ref last, version, before) != before) { }
    }

    private void Over() => Interlocked.Increment(ref _done);

    private static Dictionary<string, StatementPlay> Prepare(Script script)
    {
        var dots = script.Acts.Where(act => act.Kind == ActKind.Vote).GroupBy(act => act.Statement).ToDictionary(votes => votes.Key, votes => votes.Count());
        return script.Recording.Statements.ToDictionary(statement => statement.Id, statement => new StatementPlay(statement, dots.GetValueOrDefault(statement.Id)));
    }
}
