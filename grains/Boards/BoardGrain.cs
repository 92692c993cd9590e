using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using LiveCoCreate.Grains.Journals;
using LiveCoCreate.Grains.Turns;
using LiveCoCreate.Grains.Workshops;
using static LiveCoCreate.Grains.Boards.BoardCommand;
using static LiveCoCreate.Grains.Boards.BoardEvent;

namespace LiveCoCreate.Grains.Boards;

/// <summary>One board, live: its turns, its ballots' secrets, and the telling of its frames.</summary>
public sealed class BoardGrain : IBoard, IGrain
{
    private readonly BoardId _id;
    private readonly ISecrets _secrets;
    private readonly IGrains? _grains;
    private readonly BoardTeller _teller;
    private readonly BoardOpinions _opinions;
    private readonly ConcurrentDictionary<BallotId, byte[]> _keys = [];
    private readonly SemaphoreSlim _opening = new(1, 1);
    private TurnTaker<Board, BoardCommand, BoardEvent> _turns = null!;

    // Who casts under which key, while the ballot is open and this activation lives. Never written down: the event names nobody (P7).
    private readonly ConcurrentDictionary<VoterKey, PersonId> _voters = [];

    private readonly Lock _likely = new();
    private ImmutableDictionary<IdeaId, Idea>? _likelyOf;
    private ImmutableArray<LikelyPair> _likelyPairs = [];

    // The groups of people who were asked for, while this round lasts.
    private readonly ConcurrentDictionary<PersonId, Belonging> _known = [];

    private BoardGrain(BoardId id, ISecrets secrets, TimeProvider clock, Pressure pressure, IGrains? grains)
    {
        (_id, _secrets, _grains) = (id, secrets, grains);
        _teller = new BoardTeller(id, clock, pressure, () => _turns.State, voter => _voters.TryGetValue(voter, out var person) ? person : null);
        _opinions = new BoardOpinions(id, clock, pressure, () => _turns.State, () => _teller.IsWatched, _teller.Tell);
    }

    public bool IsGone => _turns.IsGone;

    public Action<Mishap>? Mishap { set => _teller.Mishap = _opinions.Mishap = _turns.Mishap = value; }

    public bool IsWatched => _teller.IsWatched;

    /// <param name="grains">Where people are asked for their groups; without it nobody is known to be of any.</param>
    public static async ValueTask<BoardGrain> ActivateAsync(
        BoardId id, IJournal journal, ISecrets secrets, TimeProvider clock, Pressure pressure, CancellationToken cancellation, IGrains? grains = null)
    {
        var grain = new BoardGrain(id, secrets, clock, pressure, grains);
        grain._turns = await TurnTaker<Board, BoardCommand, BoardEvent>.ActivateAsync(id.Stream, journal, grain.CommittedAsync, cancellation);
        grain._turns.Broke = _ => grain.Dispose();
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
                if (_grains is not null && open.For is { IsWellFormed: true, IsEverybody: false } electorate)
                    submission = submission with { Command = open with { Electors = await electorate.CountAsync(_grains, board.Workshop) } };
                return await OpenAsync(open.Ballot, submission);
            case CastVote vote:
                var voter = KeyOf(vote.Ballot, submission.By.Id);
                if (voter is { } key) _voters[key] = submission.By.Id;
                submission = submission with { Command = vote with { Voter = voter, Who = IsForSome(vote.Ballot) ? await BelongingAsync(submission.By.Id) : null } };
                break;
            case CloseBallot close when submission.By.Facilitates:
                submission = submission with { Command = close with { Voters = await VotersAsync(close.Ballot, null), ProxyKeys = AllProxyKeys } };
                break;
            case CloseBoard closing when submission.By.Kind is SeatKind.System && _turns.State.Ballots.FirstOrDefault(ballot => ballot.Value.Open) is { Value: not null } last:
                submission = submission with { Command = closing with { Voters = closing.People is { } people ? await VotersAsync(last.Key, people) : null, ProxyKeys = AllProxyKeys } };
                break;
            case BringIdeas bring when submission.By.Facilitates:
                submission = submission with { Command = bring with { There = await SourceAsync(bring.Source) } };
                break;
            case SetStatus { Here: false } or Undo { Here: false } when submission.By.Facilitates:
                return await ReachBackAsync(submission);
            case CastProxyVote vote:
                var proxy = KeyOf(vote.Ballot, vote.Proxy);
                // Nobody's overlay is another by it.
                if (proxy is { } its) _voters[its] = submission.By.Id;
                submission = submission with { Command = vote with { Voter = proxy } };
                break;
            default: break;
        }

        return await _turns.SubmitAsync(submission);
    }

    /// <summary>Another board of the same workshop, as it is now.</summary>
    private async ValueTask<Board?> SourceAsync(BoardId source)
    {
        if (_grains is null || source == _id || !_turns.State.Opened) return null;
        var rights = await _grains.Workshop(_turns.State.Workshop).RightsAsync();
        return rights.Boards.Contains(source) ? await _grains.Board(source).StateAsync() : null;
    }

    /// <summary>Answered once those behind it are told: whoever waits for longer sends it again, and nothing is told twice.</summary>
    private async ValueTask<Reply> ReachBackAsync(Submission<BoardCommand> submission)
    {
        var about = ReachingBack.About(_turns.State, submission);
        var reply = await _turns.SubmitAsync(submission);
        if (_grains is null || !reply.Accepted) return reply;
        // Sent again, an undo finds what it did and not any more what it took back.
        var board = _turns.State;
        about = about.Union(ReachingBack.About(board, submission));
        return about.IsEmpty || await ReachingBack.TellAsync(_grains, _id, board, submission, about) is not { } again ? reply : new Reply(reply.Version, again);
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

    public ValueTask<ImmutableArray<BoardView>> WatchAsync(IBoardObserver observer)
    {
        if (_turns.IsGone) throw new GrainGoneException(_id.Stream);
        var views = _teller.Watch(observer);
        _opinions.Watched(opinions => _ = _teller.TellAsync(observer, opinions));
        return new(views);
    }

    public ValueTask UnwatchAsync(IBoardObserver observer)
    {
        _teller.Unwatch(observer);
        return ValueTask.CompletedTask;
    }

    public async ValueTask<MineView> MineAsync(PersonId person)
    {
        var who = _turns.State.OpenBallot?.For is null ? null : await BelongingAsync(person);
        return _turns.State.MineOf(_id, person, ballot => KeyOf(ballot, person), who);
    }

    public ValueTask<OpinionView?> OpinionsAsync(BallotId? ballot) => _opinions.ViewAsync(ballot);

    public ValueTask<OpinionHere?> HereAsync(PersonId person) => new(_opinions.HereOf(ballot => KeyOf(ballot, person)));

    private ImmutableHashSet<VoterKey> AllProxyKeys => [.. _turns.State.ProxiesEver.SelectMany(KeysOf)];

    private bool IsForSome(BallotId ballot) => _turns.State.Ballots.GetValueOrDefault(ballot) is { Open: true, For: not null };

    private async ValueTask<Belonging?> BelongingAsync(PersonId person)
    {
        if (_known.TryGetValue(person, out var known)) return known;
        if (_grains is null || await Belonging.OfAsync(_grains, _turns.State.Workshop, person) is not { } who) return null;
        return _known[person] = who;
    }

    /// <summary>Which groups the voters of an open ballot are of: of all who joined, those whose key is among the votes. Whoever votes while the others
    /// are asked is asked next; who comes in the last instant is of no group.</summary>
    private async ValueTask<ImmutableDictionary<VoterKey, Belonging>?> VotersAsync(BallotId ballot, ImmutableArray<PersonId>? people)
    {
        if (_grains is null || _turns.State.Ballots.GetValueOrDefault(ballot) is not { Open: true }) return null;
        if (people is null)
        {
            var workshop = await _grains.Workshop(_turns.State.Workshop).StateAsync();
            if (workshop.Made is not { } made || (made.Roles.IsEmpty && made.Questions.IsEmpty)) return null;
            people = [.. workshop.People];
        }

        var keys = people.Value.Select(person => (Person: person, Key: KeyOf(ballot, person))).Where(one => one.Key is not null).ToList();
        var known = new Dictionary<PersonId, Belonging>();
        var asked = new HashSet<PersonId>();
        for (var times = 0; times < 2; times++)
        {
            var voted = keys.Where(one => _turns.State.Ballots[ballot].HasVoted(one.Key!.Value) && asked.Add(one.Person)).Select(one => one.Person).ToList();
            foreach (var (person, who) in await Belonging.OfAsync(_grains, _turns.State.Workshop, voted)) known[person] = who;
        }

        return keys.Where(one => known.ContainsKey(one.Person)).ToImmutableDictionary(one => one.Key!.Value, one => known[one.Person]);
    }

    public ValueTask<ImmutableDictionary<ProxyId, ProxyBallot>> ProxiesAsync(BallotId ballot) => new(_turns.State.ProxyBallots(ballot, proxy => KeyOf(ballot, proxy)));

    public async ValueTask ForgetAsync(CommandId command, ProxyId proxy, DateTimeOffset at)
    {
        await _turns.RewriteAsync(BoardForgetting.Proxy(KeysOf(proxy).ToHashSet()));
        // As after every rewrite: what was kept of views from before is replaced.
        await _turns.SubmitAsync(new Submission<BoardCommand>(command, Caller.System, at, new ListProxies([.. _turns.State.Proxies.Remove(proxy).OrderBy(one => one.Value, StringComparer.Ordinal)])));
    }

    /// <summary>Which ideas are like which is looked up once for all who compare; it is another matter only when an idea is.</summary>
    public ValueTask<ImmutableArray<Pair>> PairsAsync(PersonId person, int most)
    {
        var board = _turns.State;
        lock (_likely)
        {
            if (!ReferenceEquals(_likelyOf, board.Ideas)) (_likelyOf, _likelyPairs) = (board.Ideas, Pairs.Likely(board));
            return new(Pairs.Next(board, _likelyPairs, person, most));
        }
    }

    public ValueTask<Board> StateAsync() => new(_turns.State);

    public async ValueTask ForgetAsync(CommandId command, PersonId person, bool removeIdeas, DateTimeOffset at)
    {
        await _turns.SubmitAsync(new Submission<BoardCommand>(command, Caller.System, at, new ForgetAuthor(person, removeIdeas)));
        await _turns.RewriteAsync(BoardForgetting.Person(person, removeIdeas, _keys.Keys.Select(ballot => KeyOf(ballot, person)!.Value).ToHashSet()));
        await _turns.SubmitAsync(new Submission<BoardCommand>(Again(command), Caller.System, at, new ForgetAuthor(person, removeIdeas)));
    }

    /// <summary>The state knows no theme that is gone: the journal is read, and left as it is.</summary>
    public async ValueTask<ImmutableHashSet<string>> TitlesByAsync(PersonId person)
    {
        var titles = ImmutableHashSet.CreateBuilder<string>();
        await _turns.RewriteAsync(envelope =>
        {
            if (EventCodec<BoardEvent>.Read(envelope).Event is BoardEvent.ThemeGiven given && given.Author == person && given.Title != PersonalAttribute.Forgotten) titles.Add(given.Title);
            return envelope;
        });
        return titles.ToImmutable();
    }

    /// <summary>What says them now is expunged like any text; this reaches what they said before.</summary>
    public ValueTask ForgetTitlesAsync(IReadOnlySet<string> titles) => _turns.RewriteAsync(BoardForgetting.Titles(titles));

    public ValueTask<Reply> ExpungeAsync(CommandId command, IdeaId idea, DateTimeOffset at) => ExpungeAsync(command, new ExpungeText(idea), BoardForgetting.Text(idea), at);

    public ValueTask<Reply> ExpungeAsync(CommandId command, CommentId comment, DateTimeOffset at) => ExpungeAsync(command, new ExpungeComment(comment), BoardForgetting.Text(comment), at);

    public ValueTask<Reply> ExpungeAsync(CommandId command, ThemeId theme, DateTimeOffset at) => ExpungeAsync(command, new ExpungeTheme(theme), BoardForgetting.Text(theme), at);

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

    public void Dispose()
    {
        _opinions.Dispose();
        _teller.Dispose();
    }

    private async ValueTask CommittedAsync(Board board, IReadOnlyList<Recorded<BoardEvent>> news)
    {
        _teller.Changed(board, news);
        _opinions.Changed(board);
        foreach (var happened in news)
        {
            if (happened.Event is BallotOpened or BallotClosed) _known.Clear();
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
