using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using LiveCoCreate.Grains.Journals;
using LiveCoCreate.Grains.Turns;
using static LiveCoCreate.Grains.Boards.BoardCommand;
using static LiveCoCreate.Grains.Boards.BoardEvent;

namespace LiveCoCreate.Grains.Boards;

/// <summary>One board, live: its turns, its ballots' secrets, and the telling of its frames.</summary>
public sealed class BoardGrain : IBoard, IGrain
{
    private readonly BoardId _id;
    private readonly ISecrets _secrets;
    private readonly BoardTeller _teller;
    private readonly ConcurrentDictionary<BallotId, byte[]> _keys = [];
    private readonly SemaphoreSlim _opening = new(1, 1);
    private TurnTaker<Board, BoardCommand, BoardEvent> _turns = null!;

    // Who casts under which key, while the ballot is open and this activation lives. Never written down: the event names nobody (P7).
    private readonly ConcurrentDictionary<VoterKey, PersonId> _voters = [];

    private BoardGrain(BoardId id, ISecrets secrets, TimeProvider clock, Pressure pressure)
    {
        (_id, _secrets) = (id, secrets);
        _teller = new BoardTeller(id, clock, pressure, () => _turns.State, voter => _voters.TryGetValue(voter, out var person) ? person : null);
    }

    public bool IsGone => _turns.IsGone;

    public Action<Mishap>? Mishap { set => _turns.Mishap = value; }

    public bool IsWatched => _teller.IsWatched;

    public static async ValueTask<BoardGrain> ActivateAsync(BoardId id, IJournal journal, ISecrets secrets, TimeProvider clock, Pressure pressure, CancellationToken cancellation)
    {
        var grain = new BoardGrain(id, secrets, clock, pressure);
        grain._turns = await TurnTaker<Board, BoardCommand, BoardEvent>.ActivateAsync(id.Stream, journal, grain.CommittedAsync, cancellation);
        grain._turns.Broke = _ => grain._teller.Dispose();
        foreach (var (ballot, state) in grain._turns.State.Ballots)
        {
            // A crash may have come between the close and the end of the secret.
            if (state is { Anonymous: true, Open: false }) await secrets.DestroyAsync(ballot.SecretOn(id), cancellation);
            else if (await secrets.FindAsync(ballot.SecretOn(id), cancellation) is { } secret) grain._keys[ballot] = secret.ToArray();
        }

        return grain;
    }

    public async ValueTask<Reply> SubmitAsync(Submission<BoardCommand> submission)
    {
        switch (submission.Command)
        {
            case BoardCommand.OpenBallot open when submission.By.Facilitates && _turns.State is { Opened: true, Closed: false } board && !board.Ballots.ContainsKey(open.Ballot):
                return await OpenAsync(open.Ballot, submission);
            case CastVote vote:
                var voter = KeyOf(vote.Ballot, submission.By.Id);
                if (voter is { } key) _voters[key] = submission.By.Id;
                submission = submission with { Command = vote with { Voter = voter } };
                break;
            case CastProxyVote vote:
                var proxy = KeyOf(vote.Ballot, vote.Proxy);
                // Nobody's overlay is another by it.
                if (proxy is { } its) _voters[its] = submission.By.Id;
                submission = submission with { Command = vote with { Voter = proxy } };
                break;
            case BoardCommand.CloseBallot or CloseBoard:
                submission = submission with { Command = submission.Command with { ProxyKeys = [.. _turns.State.ProxiesEver.SelectMany(KeysOf)] } };
                break;
            default: break;
        }

        return await _turns.SubmitAsync(submission);
    }

    /// <summary>The secret is durable before the ballot is: a vote always finds it. One at a time, so that who is refused takes away
    /// the secret of no other's ballot with their own.</summary>
    private async ValueTask<Reply> OpenAsync(BallotId ballot, Submission<BoardCommand> submission)
    {
        await _opening.WaitAsync();
        try
        {
            _keys[ballot] = (await _secrets.GetOrCreateAsync(ballot.SecretOn(_id), CancellationToken.None)).ToArray();
            var reply = await _turns.SubmitAsync(submission);
            // Told to retry, nobody knows yet whether there is a ballot: the next attempt finds the secret.
            if (reply.Refusal is { Code: not "retry" } && !_turns.State.Ballots.ContainsKey(ballot))
            {
                _keys.TryRemove(ballot, out _);
                await _secrets.DestroyAsync(ballot.SecretOn(_id), CancellationToken.None);
            }

            return reply;
        }
        finally
        {
            _opening.Release();
        }
    }

    public ValueTask<ImmutableArray<BoardView>> WatchAsync(IBoardObserver observer) =>
        _turns.IsGone ? throw new GrainGoneException(_id.Stream) : new(_teller.Watch(observer));

    public ValueTask UnwatchAsync(IBoardObserver observer)
    {
        _teller.Unwatch(observer);
        return ValueTask.CompletedTask;
    }

    public ValueTask<MineView> MineAsync(PersonId person) => new(_turns.State.MineOf(_id, person, ballot => KeyOf(ballot, person)));

    public ValueTask<ImmutableDictionary<ProxyId, ProxyBallot>> ProxiesAsync(BallotId ballot) => new(_turns.State.ProxyBallots(ballot, proxy => KeyOf(ballot, proxy)));

    public async ValueTask ForgetAsync(CommandId command, ProxyId proxy, DateTimeOffset at)
    {
        await _turns.RewriteAsync(BoardForgetting.Proxy(KeysOf(proxy).ToHashSet()));
        // As after every rewrite: what was kept of views from before is replaced.
        await _turns.SubmitAsync(new Submission<BoardCommand>(command, Caller.System, at, new ListProxies([.. _turns.State.Proxies.Remove(proxy).OrderBy(one => one.Value, StringComparer.Ordinal)])));
    }

    public ValueTask<Board> StateAsync() => new(_turns.State);

    public async ValueTask ForgetAsync(CommandId command, PersonId person, bool removeIdeas, DateTimeOffset at)
    {
        await _turns.SubmitAsync(new Submission<BoardCommand>(command, Caller.System, at, new ForgetAuthor(person, removeIdeas)));
        await _turns.RewriteAsync(BoardForgetting.Person(person, removeIdeas, _keys.Keys.Select(ballot => KeyOf(ballot, person)!.Value).ToHashSet()));
        await _turns.SubmitAsync(new Submission<BoardCommand>(Again(command), Caller.System, at, new ForgetAuthor(person, removeIdeas)));
    }

    public ValueTask<Reply> ExpungeAsync(CommandId command, IdeaId idea, DateTimeOffset at) => ExpungeAsync(command, new ExpungeText(idea), BoardForgetting.Text(idea), at);

    public ValueTask<Reply> ExpungeAsync(CommandId command, CommentId comment, DateTimeOffset at) => ExpungeAsync(command, new ExpungeComment(comment), BoardForgetting.Text(comment), at);

    private async ValueTask<Reply> ExpungeAsync(CommandId command, BoardCommand expunge, Func<Envelope, Envelope> rewrite, DateTimeOffset at)
    {
        var reply = await _turns.SubmitAsync(new Submission<BoardCommand>(command, Caller.System, at, expunge));
        if (!reply.Accepted) return reply;
        await _turns.RewriteAsync(rewrite);
        return await _turns.SubmitAsync(new Submission<BoardCommand>(Again(command), Caller.System, at, expunge));
    }

    /// <summary>A rewrite changes what a version shows, but not the version; this gives the change one of its own, so that every view kept from before is replaced.</summary>
    private static CommandId Again(CommandId command) => new(command.Value[..Math.Min(command.Value.Length, 26)] + "-again");

    public bool TryRetire() => !_teller.IsWatched && _turns.TryRetire();

    public void Dispose() => _teller.Dispose();

    private async ValueTask CommittedAsync(Board board, IReadOnlyList<Recorded<BoardEvent>> news)
    {
        _teller.Changed(board, news);
        foreach (var happened in news)
        {
            if (happened.Event is not BallotClosed closed || !board.Ballots[closed.Ballot].Anonymous) continue;
            // From here on nobody, not even this server, can tell how somebody voted.
            _keys.TryRemove(closed.Ballot, out _);
            _voters.Clear();
            await _secrets.DestroyAsync(closed.Ballot.SecretOn(_id), CancellationToken.None);
        }
    }

    private VoterKey? KeyOf(BallotId ballot, PersonId person) => KeyOf(ballot, person.Value);

    /// <summary>No person's id has a blank in it: whatever id a facilitator makes up for somebody without a phone, it is nobody else's key.</summary>
    private VoterKey? KeyOf(BallotId ballot, ProxyId proxy) => KeyOf(ballot, "proxy " + proxy.Value);

    private IEnumerable<VoterKey> KeysOf(ProxyId proxy) => _keys.Keys.Select(ballot => KeyOf(ballot, proxy)).OfType<VoterKey>();

    private VoterKey? KeyOf(BallotId ballot, string voter) => _keys.TryGetValue(ballot, out var secret)
        ? new VoterKey(Ids.From(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(voter))))
        : null;
}
