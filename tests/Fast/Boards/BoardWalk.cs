using System.Collections.Immutable;
using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Boards;
using static LiveCoCreate.Fast.Boards.Floor;
using static LiveCoCreate.Grains.Boards.BoardCommand;

namespace LiveCoCreate.Fast.Boards;

/// <summary>What a room might send, at random but the same for a seed. Alphabets are small so that people collide, and mostly people
/// act on what is there; every text is a marker of its own, so that where it turns up it can be told which one it is.</summary>
internal sealed class BoardWalk(int seed)
{
    private static readonly Caller[] People = [Ada, Ben, Cyd];
    private static readonly Caller[] Facilitators = [Fay, Gus];
    private static readonly IdeaId[] Ideas = [.. Enumerable.Range(1, 16).Select(n => new IdeaId($"idea-{n}"))];
    private static readonly LaneId[] Lanes = [Now, Later, Extra];
    private static readonly ThemeId[] Themes = [Water, Green, Part, new("theme-well"), new("theme-tree")];
    private static readonly BallotId[] Ballots = [.. Enumerable.Range(1, 6).Select(n => new BallotId($"ballot-{n}"))];

    private static readonly CommentId[] Comments = [.. Enumerable.Range(1, 24).Select(n => new CommentId($"comment-{n}"))];

    private readonly Random _random = new(seed);
    /// <summary>Each second walk leaves out a third of what facilitators can do: what is left meets itself more often, and goes deeper.</summary>
    private readonly HashSet<int> _never = seed % 2 == 0 ? [] : [.. Enumerable.Range(0, 100).Where(what => (uint)HashCodeOf(seed, what) % 3 == 0)];

    private readonly List<CommandId> _facilitated = [];
    private DateTimeOffset _now = ManualTime.Start;
    private Board _board = Board.Empty;
    private int _commands;
    private int _texts;

    // A whole hall votes, one after the other.
    private readonly Queue<(Caller By, BoardCommand Command)> _hall = [];

    public Random Random => _random;

    public Submission<BoardCommand> Open() => Submit(Caller.System, BoardSpec.OpenIt(
        new BoardSettings(Any(Moderation.Open, Moderation.Approve), _random.Next(2) == 0, _random.Next(2) == 0, Any<Sorting?>(null, Sorting.Everyone, Sorting.Pairs))));

    /// <param name="board">What people have before them.</param>
    public Submission<BoardCommand> Next(Board board)
    {
        _board = board;
        if (_hall.TryDequeue(out var next)) return Submit(next.By, next.Command);
        if (board.Settings.Sorting is Sorting.Pairs && _random.Next(5) == 0)
            return Submit(Any(People), new JudgePair(Early(), Early(), Any(PairAnswer.Same, PairAnswer.Same, PairAnswer.Same, PairAnswer.Same, PairAnswer.Different, PairAnswer.Skip)));
        if (board.Settings.Sorting is Sorting.Everyone && _random.Next(5) == 0)
            return Submit(Any(People), Any<BoardCommand>(new ThemeIdea(AnyIdea(), Any<ThemeId?>(null, Any(Themes), Any(Themes))), new AddTheme(Any(Themes), Text("title"), _random.Next(12))));
        var roll = _random.Next(100);
        if (board.Proxies.IsEmpty && roll is 50) return Submit(Caller.System, new ListProxies([Dina, Eli]));
        if (roll < 55)
        {
            var taken = Taken();
            if (taken is CastVote first && _board.Ballots.ContainsKey(first.Ballot) && _random.Next(8) == 0)
            {
                foreach (var by in Hall) _hall.Enqueue((by, Vote(first.Ballot)));
                if (_random.Next(2) == 0) _hall.Enqueue((Any(Facilitators), new CloseBallot(first.Ballot)));
            }

            return Submit(Any(People), taken);
        }

        if (roll < 95) return Submit(Any(Facilitators), Facilitated());
        if (roll < 97) return Submit(Caller.System, Any<BoardCommand>(new LimitAuthors([Any(People).Id]), new LimitAuthors([]), new ListProxies([Dina]), new ListProxies([Dina, Eli]), new ListProxies([Dina, Eli]), new ListWords([$"text{_texts + 1}", $"text{_texts + 3}"])));
        return Submit(Any(Screen, Ada, Fay), Any<BoardCommand>(new CloseBoard(), new ExpungeText(AnyIdea()), new ExpungeComment(AnyComment()), new ExpungeTheme(Any(Themes)), new RevealIdeas(), new ForgetAuthor(Any(People).Id, true)));
    }

    private int Roll(int of)
    {
        while (true)
            if (_random.Next(of) is var what && !_never.Contains(what)) return what;
    }

    // Not HashCode, which differs from one process to the next.
    private static int HashCodeOf(int one, int other) => ((one * 397) ^ other) * unchecked((int)2654435761) >> 7;

    public Submission<BoardCommand> Submit(Caller by, BoardCommand command)
    {
        var id = new CommandId($"c{++_commands}");
        if (by.Facilitates) _facilitated.Add(id);
        // Now and then a clock runs back a little: another silo's.
        _now = _now.AddMilliseconds(_random.Next(-200, 9000));
        return new Submission<BoardCommand>(id, by, _now, command);
    }

    public IdeaId AnyIdea()
    {
        var there = _board.Ideas.Where(idea => idea.Value.Standing is not Standing.Withdrawn).Select(idea => idea.Key).OrderBy(idea => idea.Value, StringComparer.Ordinal).ToArray();
        return there.Length == 0 || _random.Next(10) == 0 ? Any(Ideas) : Any(there);
    }

    private ImmutableArray<IdeaId> AnyIdeas() => [.. Enumerable.Range(0, _random.Next(1, 6)).Select(_ => AnyIdea())];

    public CommentId AnyComment()
    {
        var there = _board.Comments.Where(comment => comment.Value.Standing is not Standing.Withdrawn).Select(comment => comment.Key).OrderBy(comment => comment.Value, StringComparer.Ordinal).ToArray();
        return there.Length == 0 || _random.Next(10) == 0 ? Any(Comments) : Any(there);
    }

    public ThemeId AnyTheme() => Any(Themes);

    public Caller AnyPerson() => Any(People);

    public T Any<T>(params T[] from) => from[_random.Next(from.Length)];

    private string Text(string kind) => $"{kind}{++_texts}";

    /// <summary>Of few, so that several people speak of the same two.</summary>
    private IdeaId Early() => _board.Ideas.Where(idea => idea.Value.Standing is Standing.Shown).Select(idea => idea.Key).OrderBy(idea => idea.Value, StringComparer.Ordinal).Take(2).ToArray() is { Length: > 0 } few ? Any(few) : AnyIdea();

    private BallotId AnyBallot()
    {
        var open = _board.Ballots.Where(ballot => ballot.Value.Open).Select(ballot => ballot.Key).ToArray();
        return open.Length == 0 || _random.Next(10) == 0 ? Any(Ballots) : Any(open);
    }

    private BoardCommand Taken() => _random.Next(18) switch
    {
        17 => Any<BoardCommand>(new ThemeIdea(AnyIdea(), Any<ThemeId?>(null, Any(Themes))), new ThemeIdea(AnyIdea(), Any<ThemeId?>(null, Any(Themes))), new AddTheme(Any(Themes), Text("title"), _random.Next(12))),
        12 or 13 => new AddComment(Any(Comments), AnyIdea(), Text("text"), Any(null, "en", "he")),
        14 => Any<BoardCommand>(new EditComment(AnyComment(), Text("text")), new EditComment(AnyComment(), Text("text")), new WithdrawComment(AnyComment())),
        15 or 16 => new React(AnyIdea(), Any(Reaction.Heart, Reaction.Star), _random.Next(4) > 0),
        < 4 => new AddIdea(Any(Ideas), Any(Lanes), Text("text"), Any(null, "en", "he"), Any<int?>(null, _random.Next(-2, 3))) { Proposal = _random.Next(3) == 0 ? new Proposal(new(Text("principle")), Any<bool?>(null, true)) : null },
        4 => new EditIdea(AnyIdea(), Text("text"), Feel: Any<int?>(null, _random.Next(-2, 3))),
        5 when _random.Next(3) == 0 => new WithdrawIdea(AnyIdea()),
        _ => Vote(AnyBallot()),
    };

    private CastVote Vote(BallotId ballot) => (_board.Ballots.TryGetValue(ballot, out var open) ? open.Method : Methods.Dots) switch
    {
        _ when _random.Next(30) == 0 => Any(new CastVote(ballot, AnyIdea(), Vote: new Vote(_random.Next(9) - 3)), new CastVote(ballot, AnyIdea(), _random.Next(4))),
        Methods.Dots => new CastVote(ballot, AnyIdea(), _random.Next(4)),
        _ when _random.Next(4) == 0 => new CastVote(ballot, AnyIdea()),
        Methods.Approval => new CastVote(ballot, AnyIdea(), Vote: new Vote(1)),
        Methods.Score => new CastVote(ballot, AnyIdea(), Vote: new Vote(_random.Next(1, 6), Sure: Sure())),
        Methods.Consent => new CastVote(ballot, AnyIdea(), Vote: Any(new Vote(1, Sure: Sure()), new Vote(-1, Text("objection")), new Vote(-1, Text("objection")))),
        Methods.Axes => new CastVote(ballot, AnyIdea(), Vote: new Vote(_random.Next(3) * 5, Effort: _random.Next(3) * 5, Sure: Sure())),
        Methods.Rank => new CastVote(ballot, AnyIdea(), Vote: new Vote(_random.Next(1, _board.Ballots[ballot].Budget + 1))),
        _ => new CastVote(ballot, AnyIdea(), Vote: new Vote(_random.Next(-1, 2), Sure: Sure())),
    };

    private bool? Sure() => Any<bool?>(null, true, false);

    private Electorate? For() => _random.Next(5) > 0 ? null : Any(
        new Electorate(["teacher"]), new Electorate(["teacher", "parent"]), new Electorate(null, ImmutableDictionary<string, ImmutableArray<string>>.Empty.Add("q1", ["there"])));

    private CastProxyVote ProxyVote(ProxyId proxy)
    {
        var vote = Vote(AnyBallot());
        return new CastProxyVote(proxy, vote.Ballot, vote.Idea, vote.Dots, vote.Vote);
    }

    private BoardCommand Facilitated() => Roll(69) switch
    {
        67 => new AcceptThemes([.. Enumerable.Range(0, _random.Next(1, 4)).Select(_ => new AcceptedTheme(Any(Themes), Text("title"), _random.Next(12), AnyIdeas())).DistinctBy(theme => theme.Theme)]),
        68 => new KeepApart(AnyIdea(), AnyIdea(), _random.Next(3) > 0),
        63 => new MergeThemes(Any(Themes), Any(Themes)),
        64 => new SplitTheme(Any(Themes), Any(Themes), Text("title"), _random.Next(12), AnyIdeas()),
        65 => new ApproveTheme(Any(Themes)),
        66 => new ChangeSettings(Sorting: Any(Sorting.Everyone, Sorting.Pairs)),
        > 59 and < 63 => new SetPlan(AnyIdea(), Any(null, "", Text("text")), Any(null, "", "2026-03-01", "2026-04-01"), Any(null, "", Text("text")), Any<PlanState?>(null, Any(Enum.GetValues<PlanState>()))),
        > 52 => ProxyVote(Any(Dina, Eli)),
        52 => new AddIdea(Any(Ideas), Any(Lanes), Text("text"), Proxy: true),
        > 48 => Any<BoardCommand>(new ShowOnScreen(ScreenView.Idea, AnyIdea()), new ShowOnScreen(ScreenView.Idea, AnyIdea()), new ShowOnScreen(Any(Enum.GetValues<ScreenView>())), new ShowOnScreen()),
        40 => new AddComment(Any(Comments), AnyIdea(), Text("text")),
        41 => Any<BoardCommand>(new EditComment(AnyComment(), Text("text")), new WithdrawComment(AnyComment())),
        42 => new ApproveComment(AnyComment()),
        43 => new HideComment(AnyComment(), Text("reason")),
        44 => new ShowComment(AnyComment()),
        45 => new ReplyToIdea(AnyIdea(), Any(null, Text("text"), Text("text"))),
        46 or 47 => new SetStatus(AnyIdea(), Any(Enum.GetValues<IdeaStatus>()), Any(null, Text("reason"))),
        < 4 => new ApproveIdea(AnyIdea()),
        < 6 => new HideIdea(AnyIdea(), Text("reason")),
        < 8 => new ShowIdea(AnyIdea()),
        8 => new MoveIdea(AnyIdea(), Any(Lanes), Any<IdeaId?>(null, AnyIdea())),
        9 => new ThemeIdea(AnyIdea(), Any<ThemeId?>(null, Any(Themes))),
        < 13 => new MergeIdea(AnyIdea(), AnyIdea()),
        13 => new UnmergeIdea(AnyIdea()),
        14 => new AddTheme(Any(Themes), Text("title"), _random.Next(12)),
        15 => Any<BoardCommand>(new RemoveTheme(Any(Themes)), new RenameTheme(Any(Themes), Text("title"))),
        16 => Any<BoardCommand>(new AddLane(Any(Lanes), Text("title")), new RenameLane(Any(Lanes), Text("title")), new RemoveLane(Any(Lanes))),
        17 => Any(new ChangeSettings(Any<Moderation?>(null, Moderation.Open, Moderation.Approve), Any<bool?>(null, true, false)), new ChangeSettings(Sorting: Any(Sorting.Facilitators, Sorting.Everyone, Sorting.Pairs, Sorting.Pairs))),
        32 => new SetSubject(Any("", Text("text"), Text("text"))),
        18 => Any<BoardCommand>(new CloseWriting(), new OpenWriting(), new OpenWriting(), new OpenWriting()),
        19 => new RevealIdeas(),
        < 23 => new OpenBallot(Any(Ballots), _random.Next(1, 8), _random.Next(1, 4), Any(CountsDue.Live, CountsDue.Close, CountsDue.Reveal), _random.Next(2) == 0,
            Any(Methods.Dots, Methods.Dots, Methods.Approval, Methods.Score, Methods.Agree, Methods.Rank, Methods.Consent, Methods.Axes), For(), Any<bool?>(null, null, true)),
        23 => new CloseBallot(AnyBallot()),
        24 => new RevealResults(Any(Ballots)),
        25 when _random.Next(2) == 0 => BringTests.Bring(new Bringing(Any(Ideas), Any(Bench, Shade))),
        25 => new AddIdea(Any(Ideas), Any(Lanes), Text("text"), From: Any<Sources?>(null, new Sources([new Source(TheBoard, new IdeaId("source-1"))]))),
        26 => new EditIdea(AnyIdea(), Text("text")),
        27 => new ApproveIdeas(AnyIdeas()),
        28 => new HideIdeas(AnyIdeas(), Text("reason")),
        29 => Any<BoardCommand>(new MoveIdeas(AnyIdeas(), Any(Lanes), Any<IdeaId?>(null, AnyIdea())), new ThemeIdeas(AnyIdeas(), Any<ThemeId?>(null, Any(Themes)))),
        30 => new MergeIdeas(AnyIdeas(), AnyIdea()),
        31 => new HideIdeasOfAuthor(AnyIdea(), Text("reason")),
        _ => new Undo(_facilitated.Count == 0 ? new CommandId("none") : _facilitated[^_random.Next(1, Math.Min(9, _facilitated.Count + 1))]),
    };
}
