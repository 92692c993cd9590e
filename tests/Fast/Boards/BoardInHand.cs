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

    public Decision<BoardEvent> Submit(Submission<BoardCommand> submission)
    {
        if (submission.Command is BoardCommand.CastVote vote)
            submission = submission with { Command = vote with { Voter = KeyOf(vote.Ballot, submission.By.Id) } };
        if (submission.Command is BoardCommand.CastProxyVote proxy)
            submission = submission with { Command = proxy with { Voter = KeyOf(proxy.Ballot, proxy.Proxy) } };
        if (submission.Command is BoardCommand.CloseBallot or BoardCommand.CloseBoard)
            submission = submission with { Command = submission.Command with { ProxyKeys = [.. Board.ProxiesEver.SelectMany(one => Board.Ballots.Keys.Select(ballot => KeyOf(ballot, one)).OfType<VoterKey>())] } };
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

    public MineView MineOf(PersonId person) => Board.MineOf(Floor.TheBoard, person, ballot => KeyOf(ballot, person));

    public BoardInHand Copy()
    {
        var copy = new BoardInHand { Board = Board };
        copy.Happened.AddRange(Happened);
        return copy;
    }
}
