using LiveCoCreate.Load.Boards;
using LiveCoCreate.Load.Servers;
using LiveCoCreate.Wire;
using LiveCoCreate.Wire.Hub;

namespace LiveCoCreate.Load.Rooms;

/// <summary>What a room is like before anybody comes.</summary>
internal sealed record RoomPlan(int Ideas, int Budget, bool Anonymous = false);

/// <summary>One workshop with one board, on the product or on the floor. The two differ in how one enters and how one is supplied with
/// what is missing; everything else is the same code.</summary>
internal abstract class Room : IAsyncDisposable
{
    /// <summary>How many people enter at the same time while a room fills before a measurement.</summary>
    private const int AtOnce = 32;

    private readonly List<Participant> _people = [];

    protected Room(Network network, string board)
    {
        (Network, Board) = (network, board);
        Changes = new ChangeCache(Numbers);
    }

    public Network Network { get; }

    public string Board { get; }

    public string Lane { get; protected set; } = "lane";

    public string Ballot { get; } = Ids.New();

    public IdeaNumbers Numbers { get; } = new();

    public ChangeCache Changes { get; }

    /// <summary>The ideas that were there from the beginning.</summary>
    public IReadOnlyList<string> Ideas { get; protected set; } = [];

    public IReadOnlyList<Participant> People => _people;

    /// <summary>Hears of every idea that appears in anybody's replica: who, which, when.</summary>
    public Action<int, int, long>? Appeared { get; set; }

    public static async Task<Room> OpenAsync(Side side, Network network, RoomPlan plan, int number = 0)
    {
        Room room = side is Side.Product ? await ProductRoom.MakeAsync(network, plan, number) : await FloorRoom.MakeAsync(network, plan, number);
        foreach (var idea in room.Ideas) room.Numbers.Of(idea);
        return room;
    }

    /// <summary>Lets so many people in, some at a time.</summary>
    public async Task FillAsync(int people, Action<int>? progress = null)
    {
        var first = _people.Count;
        for (var i = 0; i < people; i++) _people.Add(new Participant(this, first + i));
        var inside = 0;
        await Parallel.ForEachAsync(_people.Skip(first), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (person, _) =>
        {
            await EnterAsync(person);
            progress?.Invoke(Interlocked.Increment(ref inside));
        });
    }

    /// <summary>A person who has not come yet.</summary>
    public Participant Expect()
    {
        var person = new Participant(this, _people.Count);
        _people.Add(person);
        return person;
    }

    /// <summary>From following the join link to a complete board that is followed. <paramref name="shown"/>: when the whole board was first there to be shown.</summary>
    public abstract Task EnterAsync(Participant person, Action? shown = null);

    /// <summary>Asks for what this person lacks; answers with <see cref="Participant.Following"/> or <see cref="Participant.Fetched"/>. Called under the person's gate.</summary>
    public abstract void Supply(Participant person);

    /// <summary>The board as the server now tells it to somebody who has nothing.</summary>
    public abstract Task<Change> FreshAsync();

    public abstract HubAddress AddressOf(Participant person);

    public byte[] Vote(string idea, int dots) => Arguments(Commands.CastVote(Board, Ballot, idea, dots));

    public byte[] Write(string idea, string text) => Arguments(Commands.AddIdea(Board, idea, Lane, text, "en"));

    public virtual async ValueTask DisposeAsync() => await Parallel.ForEachAsync(_people, async (person, _) => await person.CloseAsync());

    protected static string TextOf(int number) => $"Idea {number}: shade and a bench at the bus stop, so that waiting in August is bearable.";

    protected static byte[] Arguments(Command command) => [(byte)'[', .. command.Json, (byte)']'];
}
