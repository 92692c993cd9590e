using System.Collections.Immutable;
using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Boards;
using LiveCoCreate.Grains.Turns;

namespace LiveCoCreate.Fast.Boards;

/// <summary>A board without journal, silo or memory of commands: the decider, the fold, and what happened.</summary>
internal sealed class BoardInHand
{
    public Board Board { get; private set; } = Board.Empty;

    public List<Recorded<BoardEvent>> Happened { get; } = [];

    /// <summary>Of which groups people are; the grain asks them for it.</summary>
    public ImmutableDictionary<PersonId, Belonging> Groups { get; set; } = Floor.Groups;

    private ImmutableDictionary<VoterKey, Belonging> VotersOf(BallotId ballot) => Groups.Select(person => (Key: KeyOf(ballot, person.Key), person.Value))
        .Where(person => person.Key is not null).ToImmutableDictionary(person => person.Key!.Value, person => person.Value);

    private ImmutableHashSet<VoterKey> AllProxyKeys => [.. Board.ProxiesEver.SelectMany(one => Board.Ballots.Keys.Select(ballot => KeyOf(ballot, one)).OfType<VoterKey>())];

    public Decision<BoardEvent> Submit(Submission<BoardCommand> submission)
    {
        submission = submission with
        {
            Command = submission.Command switch
            {
                BoardCommand.CastVote vote => vote with { Voter = KeyOf(vote.Ballot, submission.By.Id), Who = Groups.GetValueOrDefault(submission.By.Id) },
                BoardCommand.OpenBallot { For: { } electorate } open => open with { Electors = Groups.Values.Count(electorate.Includes) },
                BoardCommand.CastProxyVote proxy => proxy with { Voter = KeyOf(proxy.Ballot, proxy.Proxy) },
                BoardCommand.CloseBallot close => close with { Voters = VotersOf(close.Ballot), ProxyKeys = AllProxyKeys },
                BoardCommand.CloseBoard close => close with { Voters = Board.Ballots.Where(ballot => ballot.Value.Open).Select(ballot => VotersOf(ballot.Key)).FirstOrDefault(), ProxyKeys = AllProxyKeys },
                var other => other,
            },
        };
        var mark = Board.MarkOf(Board, submission);
        var decision = Board.Decide(Board, submission);
        if (decision.Refusal is not null) return decision;
        var at = Happened.Count > 0 && Happened[^1].At > mark.At ? Happened[^1].At : mark.At;
        foreach (var happened in decision.Events.IsEmpty ? [new BoardEvent.NothingChanged()] : decision.Events)
        {
            Happened.Add(new Recorded<BoardEvent>(Board.Version + 1, at, mark.By, submission.Id, happened));
            Board = Board.Evolve(Board, Happened[^1]);
        }

        return decision;
    }

    /// <summary>A key that names its voter, so that a leak shows; gone when an anonymous ballot closes, as its secret is.</summary>
    public VoterKey? KeyOf(BallotId ballot, PersonId person) =>
        Board.Ballots.TryGetValue(ballot, out var cast) && (cast.Open || !cast.Anonymous) ? new VoterKey($"key-{ballot}-{person.Value.Replace("person-", "", StringComparison.Ordinal)}") : null;

    public VoterKey? KeyOf(BallotId ballot, ProxyId proxy) => KeyOf(ballot, new PersonId(proxy.Value));

    public BoardView SeenBy(Audience audience) => Board.SeenBy(Floor.TheBoard, audience);

    public MineView MineOf(PersonId person) => Board.MineOf(Floor.TheBoard, person, ballot => KeyOf(ballot, person), Groups.GetValueOrDefault(person));

    public BoardInHand Copy()
    {
        var copy = new BoardInHand { Board = Board, Groups = Groups };
        copy.Happened.AddRange(Happened);
        return copy;
    }
}
