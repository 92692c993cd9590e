using System.Security.Cryptography;
using System.Text;
using LiveCoCreate.Grains.Journals;
using LiveCoCreate.Live.Seats;
using LiveCoCreate.Live.Servers;
using LiveCoCreate.Wire;
using LiveCoCreate.Wire.Boards;
using LiveCoCreate.Wire.Seats;
using Microsoft.Extensions.DependencyInjection;
using Ids = LiveCoCreate.Wire.Ids;

namespace LiveCoCreate.Live.Leaks;

/// <summary>A workshop that shows names, in which twelve people vote anonymously by every method, and everything that anybody else could lay hands on: two facilitators,
/// a screen, somebody who only looks, and each voter of the others. The results are kept back until they are revealed.</summary>
public sealed class AnonymousBallots : IAsyncLifetime
{
    private readonly LocalServer _server = new();
    private readonly List<(string Hearer, Ears Ears)> _ears = [];
    private readonly List<byte[]> _secrets = [];
    private readonly List<Voter> _voters = [];
    private readonly HashSet<string> _ballots = [];

    internal VoteSearch Search { get; private set; } = null!;

    internal Evidence Evidence { get; private set; } = null!;

    internal IReadOnlyList<Voter> Voters => _voters;

    /// <summary>Where counts came to anybody before they were due, and how many voted to whom that is none of their business.</summary>
    internal List<string> EarlyCounts { get; } = [];

    /// <summary>The methods whose counts everybody had once they were due.</summary>
    internal List<string> Counted { get; } = [];

    /// <summary>What the search finds in the files of a server whose ballot is open: it could join them, as PROTOCOL.md says openly.</summary>
    internal List<string> FoundWhileOpen { get; } = [];

    public async Task InitializeAsync()
    {
        await _server.InitializeAsync();
        var facilitator = Listen("");
        await using var room = await _server.OpenRoomAsync(new NewRoom(Anonymous: false, Facilitator: facilitator));
        var second = await room.SecondFacilitatorAsync(options: Listen(""));
        var screen = await room.ScreenAsync(Listen(""));
        var looker = await room.JoinAsync(Listen(""), alias: "SomebodyWhoLooks");
        var people = new List<LivePerson>();
        for (var n = 0; n < 12; n++) people.Add(await JoinAsync(room, $"VoterNumber{n + 1}"));
        var ideas = new List<string>();
        foreach (var person in people) ideas.Add(await room.WriteAsync(person, $"An idea of mine, the {ideas.Count + 1}th"));
        LivePerson[] everybody = [room.Facilitator, second, screen, looker, .. people];

        // A snapshot is kept in the middle of it all: it must lead nowhere either.
        var kept = _server.Disk.HoldNextSnapshot();
        foreach (var method in new[] { "dots", "approval", "score", "agree", "rank", "consent", "axes" })
        {
            var ballot = Ids.New();
            _ballots.Add(ballot);
            await room.DoAsync(room.Facilitator, "open-ballot", new { ballot, method, counts = "reveal", anonymous = true, budget = method is "dots" or "rank" ? 3 : (int?)null, mostPerIdea = method == "dots" ? 3 : (int?)null });
            var secret = (await _server.Services.GetRequiredService<ISecrets>().FindAsync($"ballot/{room.Board}/{ballot}", CancellationToken.None))!.Value.ToArray();
            _secrets.Add(secret);
            foreach (var voter in _voters) voter.Keys.Add(Grains.Ids.From(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(voter.Id))));

            // Each votes on their own idea and the next one, and does other things in between that bear their name.
            for (var n = 0; n < people.Count; n++)
                foreach (var on in new[] { n, (n + 1) % people.Count })
                {
                    await VoteAsync(room, people[n], _voters[n], ballot, ideas[on], method, on + n);
                    if (on == n) await room.DoAsync(people[n], "react", new { idea = ideas[(n + 5) % ideas.Count], reaction = "heart", on = method is "dots" or "score" or "rank" });
                }

            if (method == "dots")
            {
                await Task.WhenAll(people.Select((person, n) => VoteOverAndOverAsync(room, person, _voters[n], ballot, ideas[n])));
                await kept.Reached;
                kept.LetGo();
                await kept.Passed;
                FoundWhileOpen.AddRange(Searching().InWhatIsKept(Gather()));
            }

            await NobodyCountsAsync(room, everybody, ballot, $"{method}, open");
            await room.DoAsync(room.Facilitator, "close-ballot", new { ballot });
            await NobodyCountsAsync(room, everybody, ballot, $"{method}, closed");
            await room.DoAsync(room.Facilitator, "reveal-results", new { ballot });
            await room.AllSeeAsync(everybody);
            if (_ears.All(ears => ears.Ears.WhereCounted(ballot).Count > 0)) Counted.Add(method);
        }

        foreach (var person in everybody) await ReadAllAsync(person, room);
        Search = Searching();
        Evidence = Gather();
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    private LivePersonOptions Listen(string hearer)
    {
        var ears = new Ears();
        _ears.Add((hearer, ears));
        return ears.Options;
    }

    private async Task<LivePerson> JoinAsync(Room room, string alias)
    {
        var (ears, commands) = (new Ears(), new HashSet<string>());
        var person = room.New(ears.Options with { CommandSent = (command, _) => { if (Encoding.UTF8.GetString(command.Json).Contains("cast-vote", StringComparison.Ordinal)) lock (commands) commands.Add(command.Id); } });
        var request = Ids.New();
        var joined = await person.JoinAsync(room.Code, new JoinRequest { Alias = alias, Request = request });
        await person.WatchAsync();
        var voter = new Voter(joined.Participant, [joined.Participant, alias, request, person.Browser.Cookie($"lcc-participant-{room.Workshop}")!]);
        _voters.Add(voter);
        _ears.Add((voter.Id, ears));
        _commands.Add(commands);
        return person;
    }

    private readonly List<HashSet<string>> _commands = [];

    private static async Task VoteAsync(Room room, LivePerson person, Voter voter, string ballot, string idea, string method, int turn)
    {
        voter.VotedOn.Add((ballot, idea));
        if (method == "dots") await room.VoteAsync(person, ballot, idea, 1);
        else
            (await person.SubmitAsync(Commands.CastVote(room.Board, ballot, idea, method switch
            {
                "score" => new Vote(1 + turn % 5),
                "agree" => new Vote(turn % 3 - 1),
                "rank" => new Vote(1 + turn % 2),
                "consent" when turn % 2 == 0 => new Vote(-1, Reason: $"objection{turn}"),
                "axes" => new Vote(turn % 11, Effort: (turn + 3) % 11),
                _ => new Vote(1),
            }))).Expect(method);
    }

    private static async Task VoteOverAndOverAsync(Room room, LivePerson person, Voter voter, string ballot, string idea)
    {
        voter.VotedOn.Add((ballot, idea));
        for (var again = 0; again < 210; again++) await room.VoteAsync(person, ballot, idea, 1 + again % 2);
    }

    private async Task NobodyCountsAsync(Room room, LivePerson[] everybody, string ballot, string when)
    {
        await room.AllSeeAsync(everybody);
        foreach (var person in everybody) await ReadAllAsync(person, room);
        EarlyCounts.AddRange(_ears.SelectMany(ears => ears.Ears.WhereCounted(ballot)).Select(where => $"{when}: {where}"));
        EarlyCounts.AddRange(everybody.Where(person => person.Kind != "facilitator" && person.Board.Ballots[ballot].Voters is not null).Select(person => $"{when}: how many voted, to {person}"));
    }

    /// <summary>Asks for everything there is to ask.</summary>
    private static async Task ReadAllAsync(LivePerson person, Room room)
    {
        var (workshop, kind) = (room.Workshop, person.Kind);
        string[] paths =
        [
            .. SeatTests.BoardPaths(room.Board, workshop, kind), $"api/workshops/{workshop}?as={kind}", $"api/workshops/{workshop}/me?as={kind}", $"api/workshops/{workshop}/charter?as={kind}", $"api/codes/{room.Code}",
            .. kind == "facilitator" ? [$"api/boards/{room.Board}/log?workshop={workshop}&as={kind}", $"api/workshops/{workshop}/template?as={kind}", $"api/workshops/{workshop}/links?as={kind}"] : Array.Empty<string>(),
        ];
        foreach (var path in paths) Assert.True((await person.Browser.GetAsync(path)).Ok, path);
    }

    private VoteSearch Searching()
    {
        foreach (var (voter, commands) in _voters.Zip(_commands))
            lock (commands) voter.Commands.UnionWith(commands);
        return new VoteSearch(_voters, _ballots, _secrets);
    }

    private Evidence Gather() => new(
        [.. _ears.SelectMany(ears => ears.Ears.All.Select(heard => (ears.Hearer, heard.Source, heard.Text)))], _server.Log.Text, _server.Journal(), JournalFile.Snapshots(_server.Folder.Path),
        _server.Folder.Files());
}
