using LiveCoCreate.Wire;
using LiveCoCreate.Wire.Seats;

namespace LiveCoCreate.Live.Servers;

/// <summary>A workshop and the people whom a test brought into it; they leave with it.</summary>
public sealed class Room(LiveServer wire, LivePerson facilitator, MadeWorkshop made) : IAsyncDisposable
{
    private readonly List<LivePerson> _people = [facilitator];

    public LivePerson Facilitator => facilitator;

    public string Workshop => made.Workshop;

    public string Code => made.Code;

    public Links Links => made.Links;

    /// <summary>The board of the first step.</summary>
    public string Board { get; } = facilitator.Board.Board;

    /// <summary>Its first lane.</summary>
    public string Lane { get; } = facilitator.Board.Lanes.OrderBy(lane => lane.Value.Rank, StringComparer.Ordinal).First().Key;

    public async Task<LivePerson> JoinAsync(LivePersonOptions? options = null, string? alias = null)
    {
        var person = New(options);
        await person.JoinAsync(made.Code, new JoinRequest { Alias = alias });
        await person.WatchAsync();
        return person;
    }

    public Task<LivePerson> ScreenAsync(LivePersonOptions? options = null) => EnterAsync(made.Links.Screen, null, options);

    public Task<LivePerson> SecondFacilitatorAsync(string name = "Omri", LivePersonOptions? options = null) => EnterAsync(made.Links.Facilitate, name, options);

    /// <summary>Somebody without a seat.</summary>
    public LivePerson New(LivePersonOptions? options = null)
    {
        var person = wire.NewPerson(options);
        _people.Add(person);
        return person;
    }

    /// <summary>Sends a command of this board that is expected to be accepted, and returns the version of its effect.</summary>
    public async Task<long> DoAsync(LivePerson person, string type, object fields) =>
        (await person.SubmitAsync(Command.OnBoard(Board, type, fields))).Expect(type);

    /// <summary>Writes an idea and returns its id.</summary>
    public async Task<string> WriteAsync(LivePerson person, string text)
    {
        var idea = Ids.New();
        await DoAsync(person, "add-idea", new { idea, lane = Lane, text });
        return idea;
    }

    public async Task<string> CommentAsync(LivePerson person, string idea, string text)
    {
        var comment = Ids.New();
        await DoAsync(person, "add-comment", new { comment, idea, text });
        return comment;
    }

    public async Task<string> OpenBallotAsync(string counts = "live", bool anonymous = false, int budget = 10)
    {
        var ballot = Ids.New();
        await DoAsync(facilitator, "open-ballot", new { ballot, budget, mostPerIdea = 3, counts, anonymous });
        return ballot;
    }

    public Task<long> VoteAsync(LivePerson person, string ballot, string idea, int dots) => DoAsync(person, "cast-vote", new { ballot, idea, dots });

    /// <summary>Changes something that every audience sees, and returns when these people have seen it. Frames come in order: whatever
    /// these people were to see of what happened before, they have seen as well.</summary>
    public async Task AllSeeAsync(params LivePerson[] people)
    {
        var title = Ids.New();
        await DoAsync(facilitator, "rename-lane", new { lane = Lane, title });
        foreach (var person in people.Append(facilitator)) await person.WaitForAsync(each => each.Board.Lanes.GetValueOrDefault(Lane)?.Title == title);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var person in _people) await person.DisposeAsync();
    }

    private async Task<LivePerson> EnterAsync(string link, string? name, LivePersonOptions? options)
    {
        var person = New(options);
        var answer = await person.ExchangeAsync(link, name);
        Assert.True(answer.Ok, $"{answer.Refusal}");
        await person.WatchAsync(Board);
        return person;
    }
}
