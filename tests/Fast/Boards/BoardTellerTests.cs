using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Boards;
using LiveCoCreate.Grains.Turns;
using static LiveCoCreate.Fast.Boards.Floor;
using static LiveCoCreate.Grains.Boards.BoardCommand;

namespace LiveCoCreate.Fast.Boards;

/// <summary>The beat: the first change at once, what comes within a beat together, and nothing lost.</summary>
public sealed class BoardTellerTests : IDisposable
{
    private static readonly Caller[] People = [Ada, Ben, Cyd];

    private readonly ManualTime _time = new();
    private readonly BoardInHand _board = new();
    private readonly Pressure _pressure = new();
    private readonly Dictionary<VoterKey, PersonId> _voters = [];
    private readonly BoardTeller _teller;
    private int _commands;
    private bool _isBroken;

    public BoardTellerTests()
    {
        _teller = new BoardTeller(TheBoard, _time, _pressure, () => _isBroken ? throw new InvalidOperationException("The test's own.") : _board.Board, voter => _voters.TryGetValue(voter, out var person) ? person : null);
        Do(Caller.System, BoardSpec.OpenIt());
    }

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 60)];

    public void Dispose() => _teller.Dispose();

    [Theory]
    [InlineData(0, 20), InlineData(50, 20), InlineData(175, 35), InlineData(300, 50), InlineData(900, 65), InlineData(1500, 80), InlineData(5000, 80)]
    public void A_beat_is_longer_for_more_connections(int connections, int milliseconds) =>
        Assert.Equal(milliseconds, BoardTeller.BeatFor(connections).TotalMilliseconds);

    [Fact]
    public async Task The_first_change_is_told_at_once()
    {
        var watcher = Watch();
        Do(Ada, new AddIdea(Bench, Now, "x"));
        var news = await watcher.NextAsync();
        Assert.Equal([Audience.Facilitators, Audience.Participants, Audience.Screens], news.Frames.Select(frame => frame.Audience));
        Assert.All(news.Frames, frame => Assert.Equal((1, 2), (frame.Frame.Since, frame.Frame.Version)));
        Assert.Equal(Ada.Id, Assert.Single(news.Mine));
    }

    [Fact]
    public async Task What_comes_within_a_beat_is_told_together()
    {
        var watcher = Watch();
        Do(Ada, new AddIdea(Bench, Now, "x"));
        await watcher.NextAsync();
        Do(Ada, new AddIdea(Shade, Now, "y"));
        Do(Ben, new AddIdea(Tap, Now, "z"));
        await _time.TimerSetAsync();
        Do(Fay, new HideIdea(Shade, "why"));
        _time.Advance(TimeSpan.FromMilliseconds(19));
        Assert.False(watcher.HasNews);

        _time.Advance(TimeSpan.FromMilliseconds(1));
        var news = await watcher.NextAsync();
        var frame = news.Frames.Single(frame => frame.Audience is Audience.Participants).Frame;
        Assert.Equal((2, 5), (frame.Since, frame.Version));
        Assert.Equal([Tap], frame.Ideas!.Keys);
        Assert.Equal([Ada.Id, Ben.Id, Fay.Id], news.Mine.Order(Comparer<PersonId>.Create((one, other) => string.CompareOrdinal(one.Value, other.Value))));
        Assert.Equal(2, watcher.Told);
    }

    [Fact]
    public async Task A_change_that_an_audience_does_not_see_gives_it_no_frame_and_leaves_no_gap()
    {
        Do(Fay, new ChangeSettings(Moderation.Approve));
        var watcher = Watch();
        Do(Ada, new AddIdea(Bench, Now, "x"));
        Assert.Equal([Audience.Facilitators], (await watcher.NextAsync()).Frames.Select(frame => frame.Audience));

        Do(Fay, new ApproveIdea(Bench));
        await _time.TimerSetAsync();
        _time.Advance(TimeSpan.FromSeconds(1));
        var news = await watcher.NextAsync();
        Assert.Equal([(3, 4), (2, 4), (2, 4)], news.Frames.Select(frame => ((int)frame.Frame.Since, (int)frame.Frame.Version)));
        Assert.Null(watcher.Gap);
    }

    [Fact]
    public async Task An_observer_that_fails_is_let_go_and_the_others_are_told()
    {
        var (broken, watcher) = (Watch(), Watch());
        broken.OnTold = _ => throw new InvalidOperationException("The test's own.");
        Do(Ada, new AddIdea(Bench, Now, "x"));
        await watcher.ReachedAsync(2);
        await broken.HasEnded.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Null(watcher.Gap);
    }

    [Fact]
    public async Task What_could_not_be_told_is_said_to_the_operator_and_told_with_the_next_change()
    {
        var watcher = Watch();
        var said = new TaskCompletionSource<Mishap>(TaskCreationOptions.RunContinuationsAsynchronously);
        _teller.Mishap = said.SetResult;
        _isBroken = true;
        Do(Ada, new AddIdea(Bench, Now, "x"));
        Assert.IsType<InvalidOperationException>((await said.Task.WaitAsync(TimeSpan.FromSeconds(20))).Exception);

        _isBroken = false;
        Do(Ben, new AddIdea(Shade, Now, "y"));
        await _time.TimerSetAsync();
        _time.Advance(TimeSpan.FromSeconds(1));
        var news = await watcher.NextAsync();
        Assert.Equal([Ada.Id, Ben.Id], news.Mine.Order(Comparer<PersonId>.Create((one, other) => string.CompareOrdinal(one.Value, other.Value))));
        Assert.Equal([Bench, Shade], watcher.View(Audience.Participants).Ideas.Keys.Order(Comparer<IdeaId>.Create((one, other) => string.CompareOrdinal(one.Value, other.Value))));
        Assert.Null(watcher.Gap);
    }

    [Fact]
    public async Task Who_watches_a_teller_that_is_over_is_told_to_come_again()
    {
        var watcher = Watch();
        _teller.Dispose();
        await watcher.HasEnded.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Throws<GrainGoneException>(() => _teller.Watch(new Watcher()));
    }

    [Fact]
    public async Task Who_wrote_what_goes_from_view_with_another_is_told()
    {
        Do(Ada, new AddIdea(Bench, Now, "x"));
        Do(Ben, new AddIdea(Shade, Now, "y"));
        Do(Fay, new MergeIdea(Bench, Shade));
        var watcher = Watch();
        Do(Fay, new HideIdea(Shade, "why"));
        var news = await watcher.NextAsync();
        Assert.True(news.Everyone || news.Mine.Contains(Ada.Id), "Ada is not told that her idea is out of view");
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    public async Task An_anonymous_vote_is_told_to_who_cast_it_or_to_everyone_where_that_is_not_known(bool known)
    {
        Do(Ada, new AddIdea(Bench, Now, "x"));
        Do(Fay, new OpenBallot(new("round-1"), 3, 3, CountsDue.Live, true));
        var watcher = Watch();
        if (known) _voters[_board.KeyOf(new("round-1"), Ben.Id)!.Value] = Ben.Id;
        Do(Ben, new CastVote(new("round-1"), Bench, 2));
        var news = await watcher.NextAsync();
        Assert.Equal<PersonId>(known ? [Ben.Id] : [], news.Mine.AsEnumerable());
        Assert.Equal(!known, news.Everyone);
    }

    [Fact]
    public async Task Of_an_idea_that_goes_from_view_those_are_told_who_voted_on_it_and_not_the_whole_room()
    {
        Do(Ada, new AddIdea(Bench, Now, "x"));
        Do(Fay, new OpenBallot(new("round-1"), 3, 3, CountsDue.Live, true));
        _voters[_board.KeyOf(new("round-1"), Ben.Id)!.Value] = Ben.Id;
        Do(Ben, new CastVote(new("round-1"), Bench, 2));
        var watcher = Watch();
        Do(Fay, new HideIdea(Bench, "why"));
        var news = await watcher.NextAsync();
        Assert.Equal([Ada.Id, Ben.Id], news.Mine.Except([Fay.Id]).OrderBy(person => person.Value));
        Assert.False(news.Everyone);
    }

    [Fact]
    public async Task Under_pressure_the_beat_is_wider()
    {
        for (var time = 0; time < 200; time++) _pressure.Note(TimeSpan.FromMilliseconds(40));
        var watcher = Watch();
        Do(Ada, new AddIdea(Bench, Now, "x"));
        await watcher.NextAsync();
        Do(Ada, new AddIdea(Shade, Now, "y"));
        await _time.TimerSetAsync();
        _time.Advance(TimeSpan.FromMilliseconds(99));
        Assert.False(watcher.HasNews);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True((await watcher.NextAsync()).Frames.Length > 0);
    }

    [Theory, MemberData(nameof(Seeds))]
    public async Task Nothing_is_lost_whoever_comes_and_goes_and_however_time_passes(int seed)
    {
        var walk = new BoardWalk(seed);
        var watchers = new List<Watcher> { Watch() };
        for (var step = 0; step < 80; step++)
        {
            switch (walk.Random.Next(10))
            {
                case 0: watchers.Add(Watch()); break;
                case 1 when watchers.Count > 1: _teller.Unwatch(watchers[1]); watchers.RemoveAt(1); break;
                case 2 or 3 or 4: _time.Advance(TimeSpan.FromMilliseconds(walk.Random.Next(60))); break;
                default: Submit(walk.Next(_board.Board)); break;
            }
        }

        // What everybody sees comes last, so that it is known what all must reach.
        Do(Fay, new RenameLane(_board.Board.Lanes.Keys.First(), $"the end of {seed}"));
        _time.RunAhead();
        foreach (var watcher in watchers)
        {
            await watcher.ReachedAsync(_board.Board.Version);
            Assert.True(watcher.Gap is null, $"seed {seed}: {watcher.Gap}");
            foreach (var audience in new[] { Audience.Facilitators, Audience.Participants, Audience.Screens })
                Views.Same(_board.SeenBy(audience), watcher.View(audience), $"seed {seed}, {audience}");
        }
    }

    [Theory, MemberData(nameof(Seeds))]
    public async Task Whose_own_overlay_changed_is_told(int seed)
    {
        var (walk, watcher) = (new BoardWalk(seed), Watch());
        _time.RunAhead();
        for (var step = 0; step < 60; step++)
        {
            var before = People.ToDictionary(person => person, person => _board.MineOf(person.Id));
            var (version, command) = (_board.Board.Version, walk.Next(_board.Board));
            if (command.Command is CastVote vote && _board.KeyOf(vote.Ballot, command.By.Id) is { } voter) _voters[voter] = command.By.Id;
            Submit(command);
            if (_board.Board.Version == version) continue;
            var news = await watcher.NextAsync();
            foreach (var person in People.Where(person => !news.Everyone && !news.Mine.Contains(person.Id)))
                Views.Same(_board.MineOf(person.Id), before[person] with { Version = _board.Board.Version }, $"seed {seed}, step {step}: {person.Id} was not told of {command.Command}");
        }
    }

    private Watcher Watch()
    {
        var watcher = new Watcher();
        return watcher.Has(_teller.Watch(watcher));
    }

    private void Do(Caller by, BoardCommand command) => Submit(new(new($"d{++_commands}"), by, ManualTime.Start, command));

    private void Submit(Submission<BoardCommand> submission)
    {
        var before = _board.Happened.Count;
        if (_board.Submit(submission).Refusal is not null) return;
        _teller.Changed(_board.Board, [.. _board.Happened.Skip(before)]);
    }
}
