using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;
using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Boards;
using LiveCoCreate.Grains.Clustering;
using static LiveCoCreate.Fast.Boards.Floor;

namespace LiveCoCreate.Fast.Boards;

/// <summary>What turns a board into what people are sent. Tests put a hole into one of these to see that it is found.</summary>
internal record Projection
{
    public virtual BoardView SeenBy(BoardInHand board, Audience audience, (Board, BoardView)? last) => board.Board.SeenBy(TheBoard, audience, last);

    public virtual MineView MineOf(BoardInHand board, PersonId person) => board.MineOf(person);

    public virtual BoardView ReplaySeenBy(Audience audience, Board then, BoardView now) => Board.ReplaySeenBy(TheBoard, audience, then, now);

    public virtual ImmutableArray<GroupResult> GroupsSeenBy(BoardInHand board, Audience audience, BallotId ballot) => board.Board.GroupsSeenBy(audience, ballot);

    public virtual OpinionView? OpinionsSeenBy(BoardInHand board, BallotId ballot) => BoardOpinions.Cold(TheBoard, board.Board, ballot);

    public virtual OpinionView? PastOpinions(Board then, Board now) =>
        BoardOpinions.ToldThen(then, now) is { } ballot ? BoardOpinions.Then(TheBoard, then, now, BoardOpinions.Known(now, ballot)) : null;

    public virtual ImmutableArray<IdeaText> ThemableIdeas(Board board) => board.ThemableIdeas;

    public virtual Reply Reply(BoardInHand board, Refusal? refusal) => new(board.Board.Version, refusal);
}

/// <summary>Walks a board at random and holds all that anybody is sent against <see cref="Secrecy"/>.</summary>
internal sealed partial class LeakWalk(int seed, Projection projection)
{
    private readonly BoardWalk _walk = new(seed);
    private readonly BoardInHand _board = new();
    private readonly Secrecy _secrecy = new();
    private readonly Dictionary<Audience, (Board Board, BoardView View)> _last = [];
    private readonly Dictionary<Audience, HashSet<CommentId>> _everRead = Audiences.ToDictionary(audience => audience, _ => new HashSet<CommentId>());
    private readonly Dictionary<Audience, HashSet<IdeaId>> _everSeen = Audiences.ToDictionary(audience => audience, _ => new HashSet<IdeaId>());
    private readonly List<Moment> _past = [];

    /// <summary>The first leak, or null.</summary>
    public string? Run(int steps)
    {
        for (var step = 0; step < steps; step++)
        {
            var leak = Step(step == 0 ? _walk.Open() : Next()) ?? (step % 25 == 24 ? Replay() : null);
            if (leak is not null) return $"seed {seed}, step {step}: {leak}";
        }

        return Replay() is { } late ? $"seed {seed}, at the end: {late}" : null;
    }

    private Submission<BoardCommand> Next() => _walk.Random.Next(40) != 0 ? _walk.Next(_board.Board) : _walk.Submit(Caller.System, _walk.Any<BoardCommand>(
        new BoardCommand.ExpungeText(_walk.AnyIdea()), new BoardCommand.ExpungeComment(_walk.AnyComment()), new BoardCommand.ExpungeTheme(_walk.AnyTheme()), new BoardCommand.ForgetAuthor(_walk.AnyPerson().Id, true)));

    private string? Step(Submission<BoardCommand> submission)
    {
        var version = (int)_board.Board.Version;
        var decision = _board.Submit(submission);
        if (Marks(projection.Reply(_board, decision.Refusal)) is [var told, ..]) return $"the reply to {submission.Command} says {told}";
        if (decision.Refusal is not null) return null;
        foreach (var happened in _board.Happened.Skip(version)) _secrecy.Hear(happened);
        return Audiences.Select(Look).FirstOrDefault(leak => leak is not null)
            ?? LookAtOpinions()
            ?? LookAtThemable()
            ?? new[] { Ada, Ben, Cyd, Fay }.Select(person => Look(person.Id)).FirstOrDefault(leak => leak is not null)
            ?? Keep();
    }

    private string? Look(Audience audience)
    {
        var earlier = _last.TryGetValue(audience, out var last) ? last : default((Board Board, BoardView View)?);
        var view = projection.SeenBy(_board, audience, earlier);
        if (_secrecy.Judge(view) is { } wrong) return $"{audience} {wrong}";

        foreach (var ballot in _board.Board.Ballots.Keys)
        {
            var groups = projection.GroupsSeenBy(_board, audience, ballot);
            if (_secrecy.Judge(audience, ballot, groups) is { } told) return $"{audience} {told}";
            var visible = _secrecy.Visible(audience);
            if (Marks(groups).FirstOrDefault(mark => !visible.Any(id => id.Value == mark)) is { } marked) return $"{audience} are sent {marked} by group";
        }

        // A frame may also say that what they saw is gone: so ids once seen may stand in it, and no more.
        var frame = Frame.Between(earlier?.View ?? BoardView.Nothing(TheBoard, audience), view);
        var may = _secrecy.MayStandBefore(audience);
        _everSeen[audience].UnionWith(_secrecy.Visible(audience));
        may.UnionWith(_everSeen[audience].Select(id => id.Value));
        _everRead[audience].UnionWith(_secrecy.Readable(audience));
        may.UnionWith(_everRead[audience].Select(id => id.Value));
        if (Marks(frame).Concat(Marks(view)).FirstOrDefault(mark => !may.Contains(mark)) is { } leak) return $"{audience} are sent {leak}";
        _last[audience] = (_board.Board, view);
        return null;
    }

    /// <summary>From what is proposed as themes facilitators read words and ids: clustering is given nothing that they may not see.</summary>
    private string? LookAtThemable()
    {
        var (visible, may, themable) = (_secrecy.Visible(Audience.Facilitators), _secrecy.MayStandBefore(Audience.Facilitators), projection.ThemableIdeas(_board.Board));
        if (themable.Where(idea => !visible.Contains(idea.Id)).Select(idea => idea.Id.Value).FirstOrDefault() is { } unseen) return $"themes are found in {unseen}";
        may.UnionWith(visible.Select(id => id.Value));
        return Marks(themable).FirstOrDefault(mark => !may.Contains(mark)) is { } leak ? $"themes are found in {leak}" : null;
    }

    /// <summary>The same for every audience, and so for nobody more than participants may see.</summary>
    private string? LookAtOpinions()
    {
        foreach (var ballot in _board.Board.Ballots.Keys)
        {
            var opinions = projection.OpinionsSeenBy(_board, ballot);
            if (_secrecy.Judge(ballot, opinions) is { } wrong) return $"all {wrong}";
            var visible = _secrecy.Visible(Audience.Participants);
            if (Marks(opinions).FirstOrDefault(mark => !visible.Any(id => id.Value == mark)) is { } marked) return $"all are sent {marked} of opinions";
        }

        return null;
    }

    private string? Look(PersonId person)
    {
        var mine = projection.MineOf(_board, person);
        if (_secrecy.Judge(person, mine, ballot => _board.KeyOf(ballot, person)!.Value) is { } wrong) return $"{person} {wrong}";
        var may = _secrecy.MayStandIn(person);
        may.UnionWith(_board.Board.Ballots.Keys.SelectMany(ballot => _secrecy.ObjectionsOf(_board.KeyOf(ballot, person), ballot)));
        may.UnionWith(mine.Comments.Keys.Select(id => id.Value));
        may.UnionWith(_secrecy.TalkedOfBy(person).Select(id => id.Value));
        may.UnionWith(mine.Ideas.Keys.Concat(_secrecy.Visible(Audience.Participants)).Select(id => id.Value));
        may.UnionWith(_board.Board.Ballots.Keys.SelectMany(ballot => _secrecy.VotedOn(_board.KeyOf(ballot, person))).Select(id => id.Value));
        return Marks(mine).FirstOrDefault(mark => !may.Contains(mark)) is { } leak ? $"{person} is sent {leak}" : null;
    }

    private string? Keep()
    {
        _past.Add(new Moment(_board.Board, Audiences.ToDictionary(audience => audience, _secrecy.Visible), Audiences.ToDictionary(audience => audience, _secrecy.Readable), _secrecy.Due,
            [.. _board.Board.Lanes.Values.Select(lane => lane.Title)], Audiences.ToDictionary(audience => audience, _secrecy.Themes)));
        return null;
    }

    /// <summary>Every moment of the past as it is replayed now: what was seen then, less what may not be seen now, in today's words.</summary>
    private string? Replay()
    {
        if (ReplayOpinions() is { } thought) return thought;
        foreach (var audience in Audiences)
        {
            var (now, mayNow, due) = (_last[audience].View, _secrecy.MayStandBefore(audience), _secrecy.Due);
            foreach (var then in _past)
            {
                var replayed = projection.ReplaySeenBy(audience, then.Board, now);
                var where = $"{audience} who replay version {then.Board.Version}";
                var seen = then.Visible[audience].Where(id => now.Ideas.ContainsKey(id)).ToHashSet();
                if (!seen.SetEquals(replayed.Ideas.Keys)) return $"{where} see {string.Join(", ", replayed.Ideas.Keys)} instead of {string.Join(", ", seen)}";
                var readable = then.Readable[audience].Where(id => now.Comments.ContainsKey(id)).ToHashSet();
                if (!readable.SetEquals(replayed.Comments.Keys)) return $"{where} read {string.Join(", ", replayed.Comments.Keys)} instead of {string.Join(", ", readable)}";
                if (replayed.Facts.Screen?.Idea is { } shown && !seen.Contains(shown)) return $"{where} have {shown} on the screen";
                if (replayed.Reactions.Keys.FirstOrDefault(idea => !seen.Contains(idea)) is { Value: not null } reacted) return $"{where} are told the reactions to {reacted}";
                if (replayed.Tallies.Keys.Concat(replayed.Counts.Keys).FirstOrDefault(ballot => !due.Contains(ballot) || !then.Due.Contains(ballot)) is { Value: not null } early) return $"{where} are told the counts of {early}";
                if (replayed.Tallies.Values.SelectMany(tallies => tallies.Keys).Concat(replayed.Counts.Values.SelectMany(counts => counts.Keys)).FirstOrDefault(idea => !seen.Contains(idea)) is { Value: not null } counted) return $"{where} are told the count of {counted}";
                if (replayed.Ballots.Any(ballot => ballot.Value.Groups is not null && !then.Due.Contains(ballot.Key))) return $"{where} are told of groups";
                if (audience is not Audience.Facilitators && replayed.Ballots.Any(ballot => ballot.Value.Voters is not null && !then.Due.Contains(ballot.Key))) return $"{where} are told how many had voted";
                // What facilitators called their themes then, and what the room calls its own now, as far as they stand.
                var themes = then.Themes[audience].Where(theme => !theme.Value.Room || now.Themes.ContainsKey(theme.Key)).ToDictionary();
                if (!themes.Keys.ToHashSet().SetEquals(replayed.Themes.Keys)) return $"{where} see the themes {string.Join(", ", replayed.Themes.Keys)} instead of {string.Join(", ", themes.Keys)}";
                if (replayed.Ideas.Values.FirstOrDefault(idea => idea.Theme is { } theme && !themes.ContainsKey(theme)) is { } sorted) return $"{where} are told that something stands in {sorted.Theme}";
                if (replayed.Alike.Any(one => !seen.Contains(one.Key) || one.Value.With.Any(other => !seen.Contains(other.Idea)))) return $"{where} are told what is like what is gone";
                var may = mayNow.Concat(then.Titles).Concat(themes.Where(theme => !now.Themes.ContainsKey(theme.Key)).Select(theme => theme.Value.Title)).Concat(seen.Select(id => id.Value)).Concat(readable.Select(id => id.Value)).ToHashSet();
                if (Marks(replayed).FirstOrDefault(mark => !may.Contains(mark)) is { } leak) return $"{where} are sent {leak}";
            }
        }

        return null;
    }

    /// <summary>What the room thought then: told where it might be told then and may be now, and of nothing that is gone.</summary>
    private string? ReplayOpinions()
    {
        var (visible, due) = (_secrecy.Visible(Audience.Participants), _secrecy.Due);
        foreach (var then in _past)
        {
            var where = $"who replay version {then.Board.Version}";
            var rounds = then.Due.Where(ballot => then.Board.Ballots[ballot].Method is Methods.Agree).ToList();
            var told = projection.PastOpinions(then.Board, _board.Board);
            if (told is null)
            {
                if (rounds.Count > 0 && rounds.All(due.Contains)) return $"all {where} are told nothing of what was thought";
                continue;
            }

            if (!then.Due.Contains(told.Ballot) || !due.Contains(told.Ballot)) return $"all {where} are told early what was thought in {told.Ballot}";
            if (told.People > then.Board.Ballots[told.Ballot].HaveVoted) return $"all {where} are told that {told.People} spoke";
            if (told.Map.Any(point => point[2] < Limits.SmallestCell) || told.Groups.Any(group => group.People < Limits.SmallestCell)
                || told.Together.Any(each => each.Votes < Limits.SmallestCell) || told.Groups.Any(group => group.Says.Any(each => each.Votes < Limits.SmallestCell))) return $"all {where} are told of few";
            if (Marks(told).FirstOrDefault(mark => !visible.Any(id => id.Value == mark) || !then.Visible[Audience.Participants].Any(id => id.Value == mark)) is { } marked) return $"all {where} are sent {marked} of opinions";
        }

        return null;
    }

    /// <summary>All in a message that tells something of somebody: words, names, ids of people and ideas, voter keys.</summary>
    private static List<string> Marks<T>(T message) =>
        [.. Marker().Matches(JsonSerializer.Serialize(message, Json.Options)).Select(match => match.Value)];

    [GeneratedRegex(@"\b(text|alias|reason|title|objection|principle)\d+\b|\b(idea|comment)-\d+\b|\bkey-[\w-]+|\babsent-\w+|\bperson-\w+|\bvk[\w-]+")]
    private static partial Regex Marker();

    private sealed record Moment(Board Board, Dictionary<Audience, HashSet<IdeaId>> Visible, Dictionary<Audience, HashSet<CommentId>> Readable, HashSet<BallotId> Due, ImmutableArray<string> Titles, Dictionary<Audience, Dictionary<ThemeId, (string Title, bool Room)>> Themes);
}
