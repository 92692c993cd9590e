using System.Collections.Immutable;
using LiveCoCreate.Fast.Boards;
using LiveCoCreate.Fast.Journals;
using LiveCoCreate.Fast.Workshops;
using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Boards;
using LiveCoCreate.Grains.Participants;
using LiveCoCreate.Grains.Workshops;
using LiveCoCreate.Silo.Journals;
using static LiveCoCreate.Fast.Boards.Floor;
using static LiveCoCreate.Grains.Boards.BoardCommand;

namespace LiveCoCreate.Fast.Scenarios;

/// <summary>Voting in a silo that keeps everything in files: many at once, people of roles, and servers that start anew.</summary>
public abstract class VotingScenarios<THost> : IAsyncLifetime, IDisposable
    where THost : IGrainHost<THost>
{
    private readonly TemporaryFolder _folder = new();
    private SqliteJournal _journal = null!;
    private SqliteSecrets _secrets = null!;
    private THost _silo = default!;
    private int _commands;

    public async Task InitializeAsync()
    {
        await StartAsync();
        Assert.True((await _silo.Workshop(TheWorkshop).SubmitAsync(new(new("create"), Caller.System, ManualTime.Start, WorkshopTests.Create() with { Roles = ["teacher", "parent"] }))).Accepted);
        await SendAsync(Fay, new AddIdea(Bench, Now, "Benches"));
        await SendAsync(Fay, new AddIdea(Shade, Now, "Shade"));
    }

    public async Task DisposeAsync() => await StopAsync();

    public void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact] // P2, F8
    public async Task No_budget_is_exceeded_however_many_send_at_once_and_again()
    {
        await SendAsync(Fay, new OpenBallot(First, 5, 3, CountsDue.Live, true));
        var people = Enumerable.Range(0, 20).Select(n => new Caller(SeatKind.Participant, new($"voter{n}"))).ToList();
        var random = new Random(7);
        var votes = people.SelectMany(person => Enumerable.Range(0, 12).Select(n =>
            new Submission<BoardCommand>(new($"{person.Id}-{n}"), person, ManualTime.Start, new CastVote(First, n % 2 == 0 ? Bench : Shade, random.Next(0, 5))))).ToArray();
        // Each is sent three times from anywhere, and whoever is told to retry does.
        var all = votes.Concat(votes).Concat(votes).ToArray();
        random.Shuffle(all);
        await Task.WhenAll(all.Select(vote => Task.Run(async () =>
        {
            while ((await _silo.Board(TheBoard).SubmitAsync(vote)).Refusal?.Code is "retry") await Task.Yield();
        })));

        var ballot = (await _silo.Board(TheBoard).StateAsync()).Ballots[First];
        Assert.NotEmpty(ballot.Voters);
        Assert.All(ballot.Voters.Values, voter => Assert.True(voter.Spent == voter.On.Values.Sum() && voter.Spent <= 5 && voter.On.Values.All(dots => dots is > 0 and <= 3)));
        foreach (var person in people) Assert.InRange((await _silo.Board(TheBoard).MineAsync(person.Id)).Ballots[First].Left, 0, 5);
        await StopAsync();
        await StartAsync();
        Assert.Equal(Canonical.Of(ballot), Canonical.Of((await _silo.Board(TheBoard).StateAsync()).Ballots[First]));
    }

    [Theory, InlineData(false), InlineData(true)] // B1, P6
    public async Task Who_may_vote_is_what_their_own_stream_says(bool anonymous)
    {
        var teachers = await JoinAsync("teacher", 6);
        var parent = (await JoinAsync("parent", 1))[0];
        Assert.True((await SendAsync(Fay, new OpenBallot(First, null, null, CountsDue.Close, anonymous, Methods.Score, new Electorate(["teacher"])))).Accepted);
        Assert.True((await SendAsync(teachers[0], Says(5))).Accepted);
        Assert.Equal("not-in-this-round", (await SendAsync(parent, Says(5))).Refusal?.Code);
        Assert.Equal("not-in-this-round", (await SendAsync(Ada, Says(5))).Refusal?.Code);
        Assert.True((await _silo.Board(TheBoard).MineAsync(parent.Id)).Ballots[First].Barred);
        Assert.Null((await _silo.Board(TheBoard).MineAsync(teachers[1].Id)).Ballots[First].Barred);
    }

    [Fact] // B2
    public async Task Who_was_sent_away_is_not_counted_among_those_an_anonymous_round_is_for()
    {
        var teachers = await JoinAsync("teacher", 5);
        var open = new OpenBallot(First, null, null, CountsDue.Close, true, Methods.Score, new Electorate(["teacher"]));
        await _silo.Workshop(TheWorkshop).SubmitAsync(new(new("away"), Fay, ManualTime.Start, new WorkshopCommand.RevokeSeat(teachers[0].Id)));
        Assert.Equal("electorate-too-small", (await SendAsync(Fay, open)).Refusal?.Code);
        await JoinAsync("teacher", 1);
        Assert.True((await SendAsync(Fay, open)).Accepted);
    }

    [Theory, InlineData(false), InlineData(true)] // B4
    public async Task What_groups_said_is_known_after_the_close_also_where_a_server_started_anew_meanwhile(bool anonymous)
    {
        var (teachers, parents) = (await JoinAsync("teacher", 7), await JoinAsync("parent", 6));
        await SendAsync(Fay, new OpenBallot(First, null, null, CountsDue.Close, anonymous, Methods.Score));
        foreach (var teacher in teachers) Assert.True((await SendAsync(teacher, Says(5))).Accepted);
        await StopAsync();
        await StartAsync();
        foreach (var parent in parents) Assert.True((await SendAsync(parent, Says(2))).Accepted);
        Assert.True((await SendAsync(Fay, new CloseBallot(First))).Accepted);

        var groups = (await _silo.Board(TheBoard).StateAsync()).GroupsSeenBy(Audience.Participants, First);
        Assert.Equal(["parent 6 (2, 6)", "teacher 7 (5, 7)"], groups.Select(group => $"{group.Title} {group.Voters} {string.Join(" ", group.Counts![Bench].Values.Select(one => (one.Key, one.Value)))}"));
        // They were written with the close, and nothing in the stream says of a vote whose it was, nor of whom a group is.
        var events = await _journal.AllAsync(TheBoard.Stream);
        Assert.Equal(["ballot-closed", "results-grouped"], events[^2..].Select(happened => happened.Type));
        Assert.Equal(events[^1].Command, events[^2].Command);
        Assert.DoesNotContain(events, happened => anonymous && teachers.Any(teacher => happened.Payload.Contains(teacher.Id.Value, StringComparison.Ordinal) || happened.By == teacher.Id.Value));
        await StopAsync();
        await StartAsync();
        Assert.Equal(2, (await _silo.Board(TheBoard).StateAsync()).GroupsSeenBy(Audience.Participants, First).Length);
    }

    [Fact]
    public async Task A_workshop_that_closes_closes_its_ballot_with_what_groups_said()
    {
        var (teachers, parents) = (await JoinAsync("teacher", 5), await JoinAsync("parent", 5));
        await SendAsync(Fay, new OpenBallot(First, null, null, CountsDue.Close, true, Methods.Score));
        foreach (var person in teachers.Concat(parents)) await SendAsync(person, Says(4));
        Assert.True((await _silo.Workshop(TheWorkshop).SubmitAsync(new(new("end"), Fay, ManualTime.Start, new WorkshopCommand.CloseWorkshop()))).Accepted);
        Assert.Equal(2, (await _silo.Board(TheBoard).StateAsync()).GroupsSeenBy(Audience.Screens, First).Length);
    }

    [Fact] // P10
    public async Task Who_was_forgotten_is_of_no_group()
    {
        var (teachers, parents) = (await JoinAsync("teacher", 6), await JoinAsync("parent", 6));
        await SendAsync(Fay, new OpenBallot(First, null, null, CountsDue.Close, true, Methods.Score));
        foreach (var person in teachers.Concat(parents)) await SendAsync(person, Says(4));
        await _silo.Participant(teachers[0].Id).ForgetAsync(new("forget"), ManualTime.Start);
        await SendAsync(Fay, new CloseBallot(First));
        // What is left of all, five teachers and six parents, is one person: so one of the two is not told.
        Assert.Equal(["parent"], (await _silo.Board(TheBoard).StateAsync()).GroupsSeenBy(Audience.Screens, First).Select(group => group.Title));
    }

    private static CastVote Says(int value) => new(First, Bench, Vote: new Vote(value));

    private async Task<List<Caller>> JoinAsync(string role, int people)
    {
        var joined = new List<Caller>();
        for (; people > 0; people--)
        {
            var person = new PersonId($"{role}{++_commands}");
            await _silo.Participant(person).SubmitAsync(new(new("join"), Caller.System, ManualTime.Start, new ParticipantCommand.Join(TheWorkshop, null, [role], ImmutableDictionary<string, string>.Empty, null, 1)));
            await _silo.Workshop(TheWorkshop).SubmitAsync(new(new(person.Value), Caller.System, ManualTime.Start, new WorkshopCommand.SeatParticipant(person)));
            joined.Add(new Caller(SeatKind.Participant, person));
        }

        return joined;
    }

    private Task<Reply> SendAsync(Caller by, BoardCommand command) => _silo.Board(TheBoard).SubmitAsync(new(new($"c{++_commands}"), by, ManualTime.Start, command)).AsTask();

    private async Task StartAsync()
    {
        _journal = SqliteJournal.Open(_folder["journal.db"]);
        _secrets = SqliteSecrets.Open(_folder["secrets.db"]);
        _silo = await THost.StartAsync(_journal, _secrets);
    }

    private async Task StopAsync()
    {
        await _silo.DisposeAsync();
        await _journal.DisposeAsync();
        await _secrets.DisposeAsync();
    }
}
