using System.Collections.Immutable;
using System.Text.Json;
using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Boards;
using LiveCoCreate.Grains.Opinions;
using static LiveCoCreate.Fast.Boards.Floor;
using static LiveCoCreate.Grains.Boards.BoardCommand;

namespace LiveCoCreate.Fast.Boards;

/// <summary>PROTOCOL O: who is told what a room thinks, and when.</summary>
public sealed class BoardOpinionsTests : IDisposable
{
    private static readonly Caller[] Room = [.. Enumerable.Range(1, 14).Select(n => new Caller(SeatKind.Participant, new PersonId($"person-{n}")))];
    private static readonly IdeaId[] Statements = [.. Enumerable.Range(1, 8).Select(n => new IdeaId($"idea-{n}"))];

    private readonly ManualTime _time = new();
    private readonly BoardInHand _board = new();
    private readonly Watcher _watcher = new();
    private readonly BoardOpinions _opinions;
    private bool _isWatched = true;
    private Action? _whenLooked;
    private int _commands;

    public BoardOpinionsTests()
    {
        _opinions = new BoardOpinions(TheBoard, _time, new Pressure(), Look, () => _isWatched, opinions => _watcher.TellAsync(opinions).AsTask());
        Do(Caller.System, BoardSpec.OpenIt());
        foreach (var (at, statement) in Statements.Index()) Do(Room[at], new AddIdea(statement, Now, $"text{at}"));
    }

    public void Dispose() => _opinions.Dispose();

    [Fact]
    public async Task Two_camps_are_two_groups_with_what_sets_them_apart_and_what_both_agree_on()
    {
        Open(CountsDue.Live);
        await _watcher.NextOpinionsAsync();
        Camps();
        var told = await NextAsync();

        Assert.Equal((14, 14, false), (told.People, told.Placed, told.Final));
        Assert.Equal([7, 7], told.Groups.Select(group => group.People));
        Assert.Equal([Statements[6], Statements[7]], told.Together.Where(each => each.Agrees).Select(each => each.Idea).Order(Comparer<IdeaId>.Create((one, other) => string.CompareOrdinal(one.Value, other.Value))));
        Assert.All(told.Together.Where(each => each.Agrees), each => Assert.Equal((14, 14), (each.Said, each.Votes)));
        Assert.All(told.Together.Where(each => each.Agrees), each => Assert.Equal([[7, 7], [7, 7]], each.Groups!.Value.Select(group => group.ToArray())));
        foreach (var group in told.Groups)
        {
            Assert.NotEmpty(group.Says);
            Assert.All(group.Says, each => Assert.Contains(each.Idea, Statements[..6]));
            Assert.All(group.Says, each => Assert.Equal((7, 7, 0, 7), (each.Said, each.Votes, each.Others!.Value[0], each.Others.Value[1])));
        }

        Assert.All(told.Map, point => Assert.True(point[2] >= 5));
    }

    [Theory, InlineData(CountsDue.Close), InlineData(CountsDue.Reveal)] // O1
    public async Task Before_counts_are_due_nothing_is_computed_and_nothing_told(CountsDue counts)
    {
        Open(counts);
        Camps();
        Assert.Null(await _opinions.ViewAsync(First));
        Assert.Null(_opinions.HereOf(KeyOf(Room[0])));
        if (counts is CountsDue.Reveal)
        {
            Do(Fay, new CloseBallot(First));
            Assert.Null(await _opinions.ViewAsync(null));
        }

        Do(Fay, counts is CountsDue.Reveal ? new RevealResults(First) : new CloseBallot(First));
        var told = await _watcher.NextOpinionsAsync();
        Assert.Equal((true, 2), (told.Final, told.Groups.Length));
        Assert.False(_watcher.HasOpinions);
    }

    [Fact] // O2
    public async Task While_votes_come_all_are_told_every_two_seconds_and_at_the_close_at_once()
    {
        Open(CountsDue.Live);
        await _watcher.NextOpinionsAsync();
        Do(Room[0], Says(0, 1));
        await _time.TimerSetAsync();
        Do(Room[1], Says(0, 1));
        _time.Advance(BoardOpinions.Every - TimeSpan.FromMilliseconds(1));
        Assert.False(_watcher.HasOpinions);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(2, (await _watcher.NextOpinionsAsync()).People);

        Do(Room[2], Says(0, 1));
        await _time.TimerSetAsync();
        Do(Fay, new CloseBallot(First));
        _time.Advance(TimeSpan.Zero);
        var last = await _watcher.NextOpinionsAsync();
        Assert.Equal((3, true), (last.People, last.Final));
    }

    [Fact] // O2
    public async Task Once_nobody_has_voted_for_a_while_all_are_told_what_the_close_would_show_and_then_no_more()
    {
        Open(CountsDue.Live);
        await _watcher.NextOpinionsAsync();
        Camps();
        Assert.False((await NextAsync()).Settled);
        await _time.TimerSetAsync();
        _time.Advance(BoardOpinions.Rest - TimeSpan.FromMilliseconds(1));
        // Somebody votes just before: the room does not rest.
        Do(Room[0], Says(0, 0));
        Assert.False((await NextAsync()).Settled);
        await _time.TimerSetAsync();
        _time.Advance(BoardOpinions.Rest - TimeSpan.FromMilliseconds(1));
        Assert.False(_watcher.HasOpinions);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        var settled = await _watcher.NextOpinionsAsync();
        Assert.True(settled.Settled);
        var cold = BoardOpinions.Cold(TheBoard, _board.Board, First)!;
        Assert.Equal(cold.Groups.Select(group => group.People).Order(), settled.Groups.Select(group => group.People).Order());
        Assert.Equal(settled, await _opinions.ViewAsync(null));

        Do(Room[1], Says(0, 0));
        Assert.False((await NextAsync()).Settled);
        Assert.True((await NextAsync(BoardOpinions.Rest)).Settled);
        // Nothing is computed any more until somebody votes.
        _time.Advance(100 * BoardOpinions.Rest);
        Assert.False(_watcher.HasOpinions);
    }

    [Fact]
    public async Task What_is_kept_of_votes_as_they_come_is_what_a_fresh_look_finds()
    {
        Open(CountsDue.Live);
        await _watcher.NextOpinionsAsync();
        var dice = new Random(4);
        for (var round = 0; round < 30; round++)
        {
            for (var vote = 0; vote < 12; vote++) Do(Room[dice.Next(14)], new CastVote(First, Statements[dice.Next(8)], Vote: dice.Next(5) == 0 ? null : new Vote(dice.Next(3) - 1)), mayFail: true);
            if (round % 7 == 3) Do(Fay, Any<BoardCommand>(dice, new MergeIdea(Statements[dice.Next(4)], Statements[4 + dice.Next(2)]), new HideIdea(Statements[6], "no"), new ShowIdea(Statements[6]), new UnmergeIdea(Statements[dice.Next(4)])), mayFail: true);
            var told = await NextAsync();
            var cold = BoardOpinions.Cold(TheBoard, _board.Board, First)!;
            Assert.Equal((cold.People, cold.Version), (told.People, told.Version));
            if (told.Groups.IsEmpty == cold.Groups.IsEmpty && cold.Groups.IsEmpty) Assert.Equal(cold.Together.AsEnumerable(), told.Together);
        }

        Do(Fay, new CloseBallot(First));
        Assert.Equal(Text(BoardOpinions.Cold(TheBoard, _board.Board, First)), Text(await _watcher.NextOpinionsAsync()));
    }

    [Theory, InlineData(CountsDue.Live), InlineData(CountsDue.Close)] // O9
    public void A_moment_of_the_past_says_what_was_said_until_then_with_the_groups_of_today_and_nothing_where_counts_were_not_due(CountsDue counts)
    {
        Open(counts, anonymous: true);
        Camps(first: 2, last: 11);
        var then = _board.Board;
        Camps();
        Do(Fay, new CloseBallot(First));
        var now = _board.Board;
        var known = BoardOpinions.Known(now, First);
        var told = BoardOpinions.Then(TheBoard, then, now, known);
        var today = BoardOpinions.Cold(TheBoard, now, First)!;
        Assert.Equal(Text(today), Text(BoardOpinions.Then(TheBoard, now, now, known)));
        if (counts is CountsDue.Close)
        {
            Assert.Null(told);
            return;
        }

        Assert.Equal((10, false, then.Version), (told!.People, told.Final, told.Version));
        Assert.Equal([5, 5], told.Groups.Select(group => group.People));
        // The first of today's groups says what the first of then said, wherever numbering anew would have put it.
        foreach (var (before, after) in told.Groups.Zip(today.Groups)) Assert.Equal(Agreed(after), Agreed(before));
        Do(Fay, new HideIdea(Statements[6], "no"));
        Assert.DoesNotContain(BoardOpinions.Then(TheBoard, then, _board.Board, known)!.Together, each => each.Idea == Statements[6]);

        static HashSet<IdeaId> Agreed(OpinionGroupView group) => [.. group.Says.Where(each => each.Agrees).Select(each => each.Idea)];
    }

    [Fact] // O3
    public void A_closed_round_says_the_same_whatever_voters_are_called_and_whenever_they_came()
    {
        var statements = Enumerable.Range(0, 12).Select(n => new IdeaId($"s{n}")).ToList();
        var votes = Fast.Opinions.Rooms.OfMinds(3, people: 150, statements: 12, seed: 3, answered: 0.7);
        var said = Enumerable.Range(0, 150).Select(n => votes.VotesOf(Fast.Opinions.Rooms.Voter(n)).ToDictionary()).ToList();
        var results = new[] { 1, 2, 3 }.Select(seed =>
        {
            var dice = new Random(seed);
            var keys = said.Select((_, at) => new VoterKey($"k{dice.Next()}-{at}")).ToList();
            var matrix = VoteMatrix.Of(statements, said.Select((row, at) => KeyValuePair.Create(keys[at], (IReadOnlyDictionary<IdeaId, Stance>)row)).OrderBy(_ => dice.Next()));
            var result = OpinionRun.Compute(matrix.Snapshot());
            return (Text(OpinionView.Of(TheBoard, First, 1, true, result, OpinionSettings.Live)), string.Join(' ', keys.Select(key => result.Of(key)!.Group)));
        }).ToList();
        Assert.Single(results.Distinct());
        Assert.Contains("2", results[0].Item2, StringComparison.Ordinal);
    }

    [Fact] // O5
    public async Task Where_one_stands_is_told_to_oneself_and_not_once_an_anonymous_round_is_over()
    {
        Open(CountsDue.Live, anonymous: true);
        await _watcher.NextOpinionsAsync();
        Camps();
        await NextAsync();

        var heres = Room.Select(person => _opinions.HereOf(KeyOf(person))!).ToList();
        Assert.Single(heres.Take(7).Select(here => here.Group).Distinct());
        Assert.Single(heres.Skip(7).Select(here => here.Group).Distinct());
        Assert.Equal([0, 1], heres.Select(here => here.Group!.Value).Distinct().Order());
        Assert.All(heres, here => Assert.True(here is { X: not null, Y: not null }));
        Assert.Null(_opinions.HereOf(KeyOf(Ada))!.X);

        Do(Fay, new CloseBallot(First));
        await _watcher.NextOpinionsAsync();
        // Even if a key could still be made: from the close on nobody asks for it.
        Assert.All(Room, person => Assert.Null(_opinions.HereOf(ballot => new VoterKey($"key-{ballot}-{person.Id.Value.Replace("person-", "", StringComparison.Ordinal)}"))!.X));
    }

    [Fact]
    public async Task In_a_round_with_names_one_stands_there_also_after_it()
    {
        Open(CountsDue.Close);
        Camps();
        Do(Fay, new CloseBallot(First));
        var told = await _watcher.NextOpinionsAsync();
        var groups = Room.Select(person => _opinions.HereOf(KeyOf(person))!.Group!.Value).ToList();
        Assert.Equal(told.Groups.Select(group => group.People), groups.CountBy(group => group).OrderBy(group => group.Key).Select(group => group.Value));
    }

    [Fact] // O6
    public async Task What_one_is_asked_next_is_what_one_has_said_nothing_to_and_the_same_until_one_says_more()
    {
        Open(CountsDue.Live);
        await _watcher.NextOpinionsAsync();
        var first = _opinions.HereOf(KeyOf(Room[0]))!.Next;
        Assert.Equal(5, first.Distinct().Count());
        Assert.Equal(first.AsEnumerable(), _opinions.HereOf(KeyOf(Room[0]))!.Next);
        Do(Room[0], new CastVote(First, first[0], Vote: new Vote(1)));
        Assert.DoesNotContain(first[0], _opinions.HereOf(KeyOf(Room[0]))!.Next);
        Do(Fay, new HideIdea(first[1], "no"));
        Assert.DoesNotContain(first[1], _opinions.HereOf(KeyOf(Room[0]))!.Next);
        foreach (var statement in Statements.Where(statement => statement != first[1])) Do(Room[0], new CastVote(First, statement, Vote: new Vote(0)));
        Assert.Empty(_opinions.HereOf(KeyOf(Room[0]))!.Next);
        // Not everybody is asked the same first.
        Assert.True(Room.Select(person => _opinions.HereOf(KeyOf(person))!.Next.FirstOrDefault()).Distinct().Count() > 3);
    }

    [Fact]
    public async Task Whoever_asks_while_the_end_is_computed_does_not_wait_for_the_next_time()
    {
        Open(CountsDue.Live);
        await _watcher.NextOpinionsAsync();
        Camps();
        await NextAsync();
        var asked = new TaskCompletionSource<OpinionView?>();
        // The computation looks at the board when it begins, on a thread of its own.
        var here = Environment.CurrentManagedThreadId;
        _whenLooked = () =>
        {
            if (Environment.CurrentManagedThreadId == here) return;
            _whenLooked = null;
            Ask();
        };
        Do(Fay, new CloseBallot(First));
        Assert.True((await asked.Task.WaitAsync(TimeSpan.FromSeconds(20)))!.Final);

        async void Ask() => asked.SetResult(await _opinions.ViewAsync(null));
    }

    [Fact]
    public async Task Nobody_computes_for_a_board_that_nobody_watches()
    {
        _isWatched = false;
        Open(CountsDue.Live);
        Camps();
        Assert.False(_watcher.HasOpinions);
        _isWatched = true;
        _opinions.Watched(opinions => _watcher.TellAsync(opinions).AsTask());
        Assert.Equal(2, (await _watcher.NextOpinionsAsync()).Groups.Length);
        // Whoever comes later is told the same at once.
        _opinions.Watched(opinions => _watcher.TellAsync(opinions).AsTask());
        Assert.Equal(2, (await _watcher.NextOpinionsAsync()).Groups.Length);
    }

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 60)];

    [Theory, MemberData(nameof(Seeds))] // P5, O4
    public void Whatever_a_room_says_nothing_is_told_of_fewer_than_five(int seed)
    {
        var dice = new Random(seed);
        var (people, minds) = (dice.Next(3, 40), dice.Next(1, 4));
        var votes = Fast.Opinions.Rooms.OfMinds(minds, people, dice.Next(2, 14), seed, answered: 0.3 + dice.NextDouble() * 0.7);
        var result = OpinionRun.Compute(votes.Snapshot());
        var told = OpinionView.Of(TheBoard, First, 1, true, result, OpinionSettings.Live);
        Assert.All(told.Map, point => Assert.True(point[2] >= 5));
        Assert.All(told.Groups, group => Assert.True(group.People >= 5));
        foreach (var each in told.Together)
        {
            int[] groups = [.. (each.Groups ?? []).Select(group => group[1])];
            Assert.All([.. groups, each.Votes], n => Assert.True(n >= 5));
            Assert.False(each.Votes - groups.Sum() is > 0 and < 5 && groups.Length > 0);
        }

        foreach (var each in told.Groups.SelectMany(group => group.Says))
        {
            Assert.True(each.Votes >= 5);
            Assert.False(each.Others?[1] is > 0 and < 5);
            Assert.False(votes.TallyOf(each.Idea).Votes - each.Votes - (each.Others?[1] ?? 0) is > 0 and < 5);
        }

        Assert.DoesNotContain(result.People, person => Text(told).Contains($"\"{person.Voter}\"", StringComparison.Ordinal));
    }

    private Board Look()
    {
        _whenLooked?.Invoke();
        return _board.Board;
    }

    private static string Text(OpinionView? told) => JsonSerializer.Serialize(told, Json.Options);

    private static T Any<T>(Random dice, params T[] from) => from[dice.Next(from.Length)];

    private static CastVote Says(int statement, int value) => new(First, Statements[statement], Vote: new Vote(value));

    private Func<BallotId, VoterKey?> KeyOf(Caller person) => ballot => _board.KeyOf(ballot, person.Id);

    private void Open(CountsDue counts, bool anonymous = false) => Do(Fay, new OpenBallot(First, null, null, counts, anonymous, Methods.Agree));

    /// <summary>Seven agree with the first three and not with the next three, seven the other way round; all agree with the last two.</summary>
    private void Camps(int first = 0, int last = 13)
    {
        foreach (var (at, person) in Room.Index().Where(one => one.Index >= first && one.Index <= last).Reverse())
            for (var statement = 0; statement < 8; statement++) Do(person, Says(statement, statement > 5 || statement < 3 == at < 7 ? 1 : -1));
    }

    private async Task<OpinionView> NextAsync(TimeSpan? after = null)
    {
        await _time.TimerSetAsync();
        _time.Advance(after ?? BoardOpinions.Every);
        return await _watcher.NextOpinionsAsync();
    }

    private void Do(Caller by, BoardCommand command, bool mayFail = false)
    {
        var refusal = _board.Submit(new Submission<BoardCommand>(new CommandId($"c{++_commands}"), by, _time.GetUtcNow(), command)).Refusal;
        Assert.True(mayFail || refusal is null, $"{command}: {refusal?.Code}");
        _opinions.Changed(_board.Board);
    }
}
