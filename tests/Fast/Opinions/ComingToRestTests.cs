using System.Globalization;
using LiveCoCreate.Fast.Boards;
using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Boards;
using LiveCoCreate.Grains.Opinions;
using Xunit.Abstractions;
using static LiveCoCreate.Fast.Boards.Floor;
using static LiveCoCreate.Grains.Boards.BoardCommand;
using Cast = LiveCoCreate.Rehearsal.Vote;

namespace LiveCoCreate.Fast.Opinions;

/// <summary>Recorded conversations, voted on a board again: whatever way the room came, once it rests it sees the groups that the close will show.</summary>
public sealed class ComingToRestTests(ITestOutputHelper output) : IDisposable
{
    private const int AtOnce = 60;

    private readonly ManualTime _time = new();
    private readonly BoardInHand _board = new();
    private readonly Watcher _watcher = new();
    private BoardOpinions? _opinions;
    private int _commands;

    /// <summary>In the recorded order, and with people coming in three others; computed twenty times on the way, or four.</summary>
    public static TheoryData<string, int, int> Ways()
    {
        var ways = new TheoryData<string, int, int>();
        foreach (var name in Conversation.Names)
            foreach (var (seed, computations) in new[] { (0, 20), (1, 20), (2, 20), (3, 4) }) ways.Add(name, seed, computations);
        return ways;
    }

    public void Dispose() => _opinions?.Dispose();

    [ConversationTheory, MemberData(nameof(Ways))] // O2, O3
    public async Task A_room_that_rests_sees_the_groups_that_the_close_will_show(string name, int seed, int computations)
    {
        var conversation = Conversation.Read(name);
        var votes = InOrder(conversation, seed);
        var people = votes.Select(vote => vote.Voter).Distinct().Select(voter => new Caller(SeatKind.Participant, new PersonId($"person-{voter}"))).ToList();
        _opinions = new BoardOpinions(TheBoard, _time, new Pressure(), () => _board.Board, () => true, opinions => _watcher.TellAsync(opinions).AsTask());
        Do(Caller.System, BoardSpec.OpenIt());
        foreach (var statement in conversation.Shown) Do(Fay, new AddIdea(statement, Now, $"statement {statement}"));
        Do(Fay, new OpenBallot(First, null, null, CountsDue.Live, false, Methods.Agree));
        await _watcher.NextOpinionsAsync();

        var each = votes.Count / computations;
        for (var at = 0; at < votes.Count; at++)
        {
            var vote = votes[at];
            var value = vote.Agrees ? 1 : vote.Passes ? 0 : -1;
            Do(new Caller(SeatKind.Participant, new PersonId($"person-{vote.Voter}")), new CastVote(First, new IdeaId(vote.Statement), Vote: new Vote(value)), tells: at % each == each - 1 || at == votes.Count - 1);
            if (at % each == each - 1 || at == votes.Count - 1) await NextAsync(BoardOpinions.Every);
        }

        var live = Groups(people);
        var settled = await NextAsync(BoardOpinions.Rest);
        var rested = Groups(people);
        Assert.Equal((true, false, _board.Board.Version), (settled.Settled, settled.Final, settled.Version));
        Do(Fay, new CloseBallot(First));
        var over = await _watcher.NextOpinionsAsync();
        Assert.Equal((false, true), (over.Settled, over.Final));
        var closed = Groups(people);

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}, order {seed}, {computations} computations: {Sizes(live)} while people vote, {Sizes(rested)} at rest, {Sizes(closed)} at the close; adjusted Rand index {Index(live, closed):0.000} and {Index(rested, closed):0.000}"));
        Assert.True(Index(rested, closed) >= 0.99, $"{Index(rested, closed)}");
        AssertSameColours(live, rested);
    }

    /// <summary>Where there are as many groups as before, each is still where most of its people knew it.</summary>
    private static void AssertSameColours(int?[] before, int?[] after)
    {
        if (before.Max() != after.Max()) return;
        var shared = before.Zip(after).Where(pair => pair is { First: not null, Second: not null }).CountBy(pair => (Old: pair.First!.Value, New: pair.Second!.Value)).ToDictionary();
        foreach (var ((old, now), people) in shared)
            if (shared.All(other => other.Key == (old, now) || (other.Key.Old != old && other.Key.New != now) || other.Value < people)) Assert.Equal(old, now);
    }

    private static double Index(int?[] one, int?[] other) => AdjustedRand.Index(one.Zip(other).Where(pair => pair is { First: not null, Second: not null }));

    private static string Sizes(int?[] groups) => string.Join(" + ", groups.Where(group => group is not null).CountBy(group => group!.Value).OrderBy(group => group.Key).Select(group => group.Value));

    private int?[] Groups(List<Caller> people) => [.. people.Select(person => _opinions!.HereOf(ballot => _board.KeyOf(ballot, person.Id))!.Group)];

    /// <summary>As recorded; or with people coming in another order, some of them at a time, each voting as they did.</summary>
    private static List<Cast> InOrder(Conversation conversation, int seed)
    {
        var shown = conversation.Shown.Select(statement => statement.Value).ToHashSet();
        var votes = conversation.Votes.Where(vote => shown.Contains(vote.Statement)).ToList();
        if (seed == 0) return votes;
        var dice = new Random(seed);
        var coming = new Queue<Queue<Cast>>(votes.GroupBy(vote => vote.Voter).OrderBy(_ => dice.Next()).Select(own => new Queue<Cast>(own)));
        var (here, order) = (new List<Queue<Cast>>(), new List<Cast>(votes.Count));
        while (order.Count < votes.Count)
        {
            while (here.Count < AtOnce && coming.TryDequeue(out var next)) here.Add(next);
            var one = here[dice.Next(here.Count)];
            order.Add(one.Dequeue());
            if (one.Count == 0) here.Remove(one);
        }

        return order;
    }

    private async Task<OpinionView> NextAsync(TimeSpan after)
    {
        await _time.TimerSetAsync();
        _time.Advance(after);
        return await _watcher.NextOpinionsAsync();
    }

    private void Do(Caller by, BoardCommand command, bool tells = true)
    {
        var refusal = _board.Submit(new Submission<BoardCommand>(new CommandId($"c{++_commands}"), by, _time.GetUtcNow(), command)).Refusal;
        Assert.True(refusal is null, $"{command}: {refusal?.Code}");
        if (tells) _opinions!.Changed(_board.Board);
    }
}
