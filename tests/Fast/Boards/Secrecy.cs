using System.Collections.Immutable;
using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Boards;
using LiveCoCreate.Grains.Turns;
using static LiveCoCreate.Grains.Boards.BoardEvent;

namespace LiveCoCreate.Fast.Boards;

/// <summary>Who may know what, written from PROTOCOL.md F4 to F6 and promise P5 alone: it folds the events by itself and asks
/// nothing of the code that it judges.</summary>
internal sealed class Secrecy
{
    private readonly Dictionary<IdeaId, Told> _ideas = [];
    private readonly Dictionary<CommentId, Remark> _comments = [];
    private readonly HashSet<(PersonId Person, IdeaId Idea, Reaction Reaction)> _reactions = [];
    private readonly Dictionary<BallotId, Cast> _ballots = [];
    private readonly Dictionary<LaneId, string> _lanes = [];
    private readonly Dictionary<ThemeId, Group> _themes = [];
    private readonly Dictionary<(PersonId Person, IdeaId One, IdeaId Other), PairAnswer> _judged = [];
    private string _subject = "";
    private Showing? _screen;
    private bool _approve;
    private bool _anonymous;

    public void Hear(Recorded<BoardEvent> recorded)
    {
        Fold(recorded);
        // R1: it ends with what was shown, and with what the room must see instead.
        _screen = recorded.Event switch
        {
            ScreenTurned turned => turned.Now,
            BallotOpened or BallotClosed or ResultsRevealed or IdeasRevealed or BoardClosed => null,
            TextExpunged expunged when _screen?.Idea == expunged.Idea => null,
            _ => _screen,
        };
        if (_screen?.Idea is { } shown && (_ideas[shown].Into is not null || !InTheOpen(_ideas[shown]))) _screen = null;
    }

    private void Fold(Recorded<BoardEvent> recorded)
    {
        var by = recorded.By;
        switch (recorded.Event)
        {
            case BoardOpened opened:
                (_approve, _anonymous) = (opened.Settings.Moderation is Moderation.Approve, opened.Settings.Anonymous);
                _subject = opened.Subject ?? "";
                foreach (var lane in opened.Lanes) _lanes[lane.Lane] = lane.Title;
                break;
            case SettingsChanged changed: _approve = changed.Settings.Moderation is Moderation.Approve; break;
            case SubjectSet set: _subject = set.Text; break;
            case IdeasRevealed:
                foreach (var idea in _ideas.Values) idea.Unrevealed = false;
                break;
            case IdeaAdded added:
                _ideas[added.Idea] = new Told { Author = added.Author, Signature = added.Signature, Text = added.Text, Standing = added.Waiting ? Standing.Waiting : Standing.Shown, Unrevealed = added.Private, WrittenForApproval = _approve, Feel = added.Feel, From = added.From, Proposal = added.Proposal, Proxy = added.Proxy is true };
                break;
            case IdeaEdited edited:
                var wrote = _ideas[edited.Idea].Original ?? _ideas[edited.Idea].Text;
                (_ideas[edited.Idea].Text, _ideas[edited.Idea].Original) = (edited.Text, edited.Own is true || recorded.By == _ideas[edited.Idea].Author || edited.Text == wrote ? null : wrote);
                _ideas[edited.Idea].Feel = edited.Feel;
                if (edited.Waiting) _ideas[edited.Idea].Standing = Standing.Waiting;
                break;
            case IdeaWithdrawn withdrawn: (_ideas[withdrawn.Idea].Standing, _ideas[withdrawn.Idea].Into, _ideas[withdrawn.Idea].Theme) = (Standing.Withdrawn, null, null); break;
            case IdeaApproved approved: _ideas[approved.Idea].Standing = Standing.Shown; break;
            case IdeaHeldBack held: _ideas[held.Idea].Standing = Standing.Waiting; break;
            case IdeaHidden hidden: (_ideas[hidden.Idea].Standing, _ideas[hidden.Idea].Reason) = (Standing.Hidden, hidden.Reason); break;
            case IdeaShown shown: (_ideas[shown.Idea].Standing, _ideas[shown.Idea].Reason) = (shown.Standing, null); break;
            case IdeaMerged merged: _ideas[merged.Idea].Into = merged.Into; break;
            case IdeaUnmerged unmerged: _ideas[unmerged.Idea].Into = null; break;
            case TextExpunged expunged:
                (_ideas[expunged.Idea].Text, _ideas[expunged.Idea].Original) = (PersonalAttribute.Forgotten, null);
                foreach (var ballot in _ballots.Values)
                foreach (var key in ballot.Votes.Keys.Where(key => key.Idea == expunged.Idea && ballot.Votes[key].Reason is not null).ToList())
                    ballot.Votes[key] = ballot.Votes[key] with { Reason = PersonalAttribute.Forgotten };
                if (_ideas[expunged.Idea].Reason is not null) _ideas[expunged.Idea].Reason = PersonalAttribute.Forgotten;
                if (_ideas[expunged.Idea].Note is not null) _ideas[expunged.Idea].Note = PersonalAttribute.Forgotten;
                if (_ideas[expunged.Idea].Reply is not null) _ideas[expunged.Idea].Reply = PersonalAttribute.Forgotten;
                var (state, owner, due, measure) = _ideas[expunged.Idea].Plan;
                _ideas[expunged.Idea].Plan = (state, owner is null ? null : PersonalAttribute.Forgotten, due, measure is null ? null : PersonalAttribute.Forgotten);
                foreach (var said in _comments.Values.Where(said => said.Idea == expunged.Idea)) said.Expunge();
                break;
            case AuthorForgotten forgotten:
                foreach (var id in forgotten.Ideas) (_ideas[id].Author, _ideas[id].Signature) = (PersonId.Nobody, null);
                break;
            case CommentAdded added:
                _comments[added.Comment] = new Remark
                {
                    Idea = added.Idea, Author = added.Author, Signature = added.Signature, Text = added.Text, Team = by is { Value: "person-fay" or "person-gus" },
                    Standing = added.Waiting ? Standing.Waiting : Standing.Shown,
                };
                break;
            case CommentEdited edited:
                _comments[edited.Comment].Text = edited.Text;
                if (edited.Waiting) _comments[edited.Comment].Standing = Standing.Waiting;
                break;
            case CommentWithdrawn withdrawn: _comments[withdrawn.Comment].Standing = Standing.Withdrawn; break;
            case CommentRestored restored: _comments[restored.Comment].Standing = restored.Standing; break;
            case CommentApproved approved: _comments[approved.Comment].Standing = Standing.Shown; break;
            case CommentHeldBack held: _comments[held.Comment].Standing = Standing.Waiting; break;
            case CommentHidden hidden: (_comments[hidden.Comment].Standing, _comments[hidden.Comment].Reason) = (Standing.Hidden, hidden.Reason); break;
            case CommentShown shown: (_comments[shown.Comment].Standing, _comments[shown.Comment].Reason) = (shown.Standing, null); break;
            case CommentExpunged expunged: _comments[expunged.Comment].Expunge(); break;
            case CommentsForgotten forgotten:
                foreach (var said in forgotten.Comments.Select(id => _comments[id]))
                    (said.Author, said.Signature, said.Standing) = (PersonId.Nobody, null, forgotten.Removed ? Standing.Withdrawn : said.Standing);
                break;
            case ReactionSet { On: true } set: _reactions.Add((by!.Value, set.Idea, set.Reaction)); break;
            case ReactionSet set: _reactions.Remove((by!.Value, set.Idea, set.Reaction)); break;
            case ReplySet set: _ideas[set.Idea].Reply = set.Text; break;
            case PlanSet set: _ideas[set.Idea].Plan = (set.State, set.Owner, set.Due, set.Measure); break;
            case StatusSet set: (_ideas[set.Idea].Status, _ideas[set.Idea].Note) = (set.Status, set.Note); break;
            case LaneAdded added: _lanes[added.Lane] = added.Title; break;
            case LaneRenamed renamed: _lanes[renamed.Lane] = renamed.Title; break;
            case LaneRemoved removed: _lanes.Remove(removed.Lane); break;
            case ThemeAdded added: _themes[added.Theme] = new Group { Title = added.Title, Given = added.Title }; break;
            case ThemeGiven given: _themes[given.Theme] = new Group { Title = given.Title, Given = given.Title, Author = given.Author, Waiting = given.Waiting }; break;
            case ThemeRenamed renamed: _themes[renamed.Theme].Title = renamed.Title; break;
            case ThemeApproved approved: _themes[approved.Theme].Waiting = false; break;
            case ThemeHeldBack held: _themes[held.Theme].Waiting = true; break;
            case ThemeRemoved removed:
                _themes.Remove(removed.Theme);
                foreach (var idea in _ideas.Values.Where(idea => idea.Theme == removed.Theme)) idea.Theme = null;
                break;
            case IdeaThemed themed: _ideas[themed.Idea].Theme = themed.Theme; break;
            case ThemeMerged merged:
                _themes[merged.Theme].Into = merged.Into;
                foreach (var id in merged.Ideas) _ideas[id].Theme = merged.Into;
                break;
            case ThemeUnmerged back:
                _themes[back.Theme].Into = null;
                foreach (var id in back.Ideas) _ideas[id].Theme = back.Theme;
                break;
            case ThemeSplit split:
                _themes[split.Part] = new Group { Title = split.Title, Given = split.Title };
                foreach (var id in split.Ideas) _ideas[id].Theme = split.Part;
                break;
            case ThemeUnsplit back:
                _themes.Remove(back.Part);
                foreach (var id in back.Ideas) _ideas[id].Theme = back.Theme;
                break;
            case ThemeExpunged expunged: _themes[expunged.Theme].Expunge(); break;
            case ThemesForgotten forgotten:
                foreach (var id in forgotten.Themes)
                {
                    if (forgotten.Removed) _themes[id].Expunge();
                    _themes[id].Author = PersonId.Nobody;
                }

                break;
            case PairJudged judged: _judged[string.CompareOrdinal(judged.Idea.Value, judged.Other.Value) < 0 ? (by!.Value, judged.Idea, judged.Other) : (by!.Value, judged.Other, judged.Idea)] = judged.Answer; break;
            case BallotOpened opened: _ballots[opened.Ballot] = new Cast(opened); break;
            case BallotClosed closed: (_ballots[closed.Ballot].Open, _ballots[closed.Ballot].Proxies) = (false, closed.Proxies); break;
            case ResultsRevealed revealed: _ballots[revealed.Ballot].Revealed = true; break;
            case VoteCast vote: _ballots[vote.Ballot].Dots[(vote.Voter, vote.Idea)] = vote.Dots; break;
            case VoteGiven { Vote: { } said } vote: _ballots[vote.Ballot].Votes[(vote.Voter, vote.Idea)] = new Vote(said.Value, vote.Reason, vote.Signature, said.Effort, said.Sure); break;
            case ResultsGrouped grouped: _ballots[grouped.Ballot].Groups = grouped.Groups; break;
            case VoteGiven vote: _ballots[vote.Ballot].Votes.Remove((vote.Voter, vote.Idea)); break;
            case DotsFreed freed:
                foreach (var key in _ballots[freed.Ballot].Votes.Keys.Where(key => key.Idea == freed.Idea).ToList()) _ballots[freed.Ballot].Votes.Remove(key);
                foreach (var key in _ballots[freed.Ballot].Dots.Keys.Where(key => key.Idea == freed.Idea).ToList()) _ballots[freed.Ballot].Dots.Remove(key);
                break;
            default: break;
        }
    }

    public HashSet<IdeaId> Visible(Audience audience) =>
        [.. _ideas.Where(idea => audience is Audience.Facilitators ? FacilitatorsSee(idea.Value) : InTheOpen(idea.Value)).Select(idea => idea.Key)];

    /// <summary>The themes that an audience may see: those that stand, and that do not wait; facilitators also those that do.</summary>
    public Dictionary<ThemeId, (string Title, bool Room)> Themes(Audience audience) =>
        _themes.Where(theme => theme.Value.Into is null && IsToldOf(audience, theme.Value)).ToDictionary(theme => theme.Key, theme => (theme.Value.Title, theme.Value.Author is not null));

    private static bool IsToldOf(Audience audience, Group theme) => audience is Audience.Facilitators || !theme.Waiting;

    /// <summary>What was merged into a theme, and into that.</summary>
    private IEnumerable<string> MadeOf(Audience audience, ThemeId theme) =>
        _themes.Where(part => part.Value.Into == theme).SelectMany(part => MadeOf(audience, part.Key).Concat(IsToldOf(audience, part.Value) ? [part.Value.Title] : []));

    /// <summary>Which comments an audience may read: shown ones of ideas it sees; facilitators also those that wait or are hidden.</summary>
    public HashSet<CommentId> Readable(Audience audience)
    {
        var visible = Visible(audience);
        return [.. _comments.Where(comment => visible.Contains(comment.Value.Idea)
            && (audience is Audience.Facilitators ? comment.Value.Standing is not Standing.Withdrawn : comment.Value.Standing is Standing.Shown)).Select(comment => comment.Key)];
    }

    /// <summary>Which ideas a person commented on or reacted to.</summary>
    public IEnumerable<IdeaId> TalkedOfBy(PersonId person) =>
        _comments.Values.Where(comment => comment.Author == person).Select(comment => comment.Idea).Concat(_reactions.Where(one => one.Person == person).Select(one => one.Idea));

    public HashSet<BallotId> Due => [.. _ballots.Where(ballot => ballot.Value.IsDue).Select(ballot => ballot.Key)];

    /// <summary>Every marker that may stand in something an audience is sent now, ids of ideas aside.</summary>
    public HashSet<string> MayStandBefore(Audience audience) =>
    [
        .. Visible(audience).SelectMany(id => new[]
        {
            _ideas[id].Text, _anonymous ? null : _ideas[id].Signature, audience is Audience.Facilitators ? _ideas[id].Reason : null, audience is Audience.Facilitators ? _ideas[id].Original : null,
            _ideas[id].Note, _ideas[id].Reply, _ideas[id].Plan.Owner, _ideas[id].Plan.Measure, _ideas[id].Proposal?.Principle?.Value,
        }).OfType<string>(),
        .. Readable(audience).Select(id => _comments[id]).SelectMany(comment => new[]
        {
            comment.Text, _anonymous ? null : comment.Signature, audience is Audience.Facilitators ? comment.Reason : null,
        }).OfType<string>(),
        .. _lanes.Values, .. Themes(audience).Values.Select(theme => theme.Title), .. Themes(audience).Keys.SelectMany(theme => MadeOf(audience, theme)), _subject,
        .. Due.SelectMany(id => Add(_ballots[id], Visible(audience)).Values.SelectMany(votes => votes)
            .SelectMany(vote => new[] { vote.Reason, _anonymous || _ballots[id].Opened.Anonymous ? null : vote.Signature })).OfType<string>(),
    ];

    /// <summary>Why somebody objects, which they may read themselves.</summary>
    public IEnumerable<string> ObjectionsOf(VoterKey? voter, BallotId ballot) => _ballots[ballot].Votes.Where(vote => vote.Key.Voter == voter)
        .SelectMany(vote => new[] { vote.Value.Reason, vote.Value.Signature }).OfType<string>();

    /// <summary>Every marker that may stand in one person's overlay, ids aside.</summary>
    public HashSet<string> MayStandIn(PersonId person) =>
    [
        .. _ideas.Values.Where(idea => idea.Author == person).SelectMany(idea => new[] { idea.Text, idea.Standing is Standing.Hidden ? idea.Reason : null, idea.Proposal?.Principle?.Value }).OfType<string>(),
        .. _themes.Values.Where(theme => theme is { Waiting: true, Into: null } && theme.Author == person).Select(theme => theme.Title),
        .. _comments.Values.Where(comment => comment.Author == person).SelectMany(comment => new[] { comment.Text, comment.Standing is Standing.Hidden ? comment.Reason : null }).OfType<string>(),
    ];

    private string? JudgeThemes(BoardView view)
    {
        var themes = Themes(view.Audience);
        if (!themes.Keys.ToHashSet().SetEquals(view.Themes.Keys)) return $"sees the themes {string.Join(", ", view.Themes.Keys)} instead of {string.Join(", ", themes.Keys)}";
        foreach (var (id, theme) in view.Themes)
        {
            if ((theme.Title, theme.Room is true) != themes[id]) return $"reads '{theme.Title}' on {id}";
            if (theme.Waiting is true != (view.Audience is Audience.Facilitators && _themes[id].Waiting)) return $"is told that {id} waits";
            if (!MadeOf(view.Audience, id).Order().SequenceEqual((theme.MadeOf ?? []).Select(part => part.Title).Order())) return $"is told that {id} is made of {string.Join(", ", theme.MadeOf ?? [])}";
        }

        var alike = view.Audience is not Audience.Facilitators ? [] : _judged.GroupBy(one => (one.Key.One, one.Key.Other))
            .Select(pair => (pair.Key, Same: pair.Count(one => one.Value is PairAnswer.Same), Different: pair.Count(one => one.Value is PairAnswer.Different)))
            .Where(pair => pair.Same >= 3 && pair.Same >= 2 * pair.Different && view.Ideas.TryGetValue(pair.Key.One, out var one) && view.Ideas.TryGetValue(pair.Key.Other, out var other)
                && (one.Into ?? pair.Key.One) != (other.Into ?? pair.Key.Other)).Select(pair => $"{pair.Key.One} {pair.Key.Other} {pair.Same} {pair.Different}").ToList();
        var told = view.Alike.SelectMany(one => one.Value.With.Select(with => $"{one.Key} {with.Idea} {with.Same} {with.Different}"));
        if (!alike.Order(StringComparer.Ordinal).SequenceEqual(told.Order(StringComparer.Ordinal))) return $"is told that {string.Join(", ", told)} are alike instead of {string.Join(", ", alike)}";
        var compared = view.Audience is not Audience.Facilitators || _judged.Count == 0 ? null : new Compared(_judged.Keys.Select(one => one.Person).Distinct().Count(), _judged.Values.Count(answer => answer is not PairAnswer.Skip));
        return view.Facts.Compared == compared ? null : $"is told {view.Facts.Compared} instead of {compared}";
    }

    /// <summary>What is wrong with a view, or null: too much in it, and too little as well.</summary>
    public string? Judge(BoardView view)
    {
        var (audience, visible) = (view.Audience, Visible(view.Audience));
        if (view.Subject != _subject) return $"reads '{view.Subject}' as what it is about";
        if (view.Ideas.Keys.FirstOrDefault(id => !visible.Contains(id)) is { Value: not null } seen) return $"sees {seen}";
        if (visible.FirstOrDefault(id => !view.Ideas.ContainsKey(id)) is { Value: not null } missed) return $"does not see {missed}";
        foreach (var (id, idea) in view.Ideas)
        {
            var told = _ideas[id];
            if (idea.Text != told.Text) return $"reads '{idea.Text}' in {id}, which says '{told.Text}'";
            if (idea.Signature != (_anonymous ? null : told.Signature)) return $"reads the signature '{idea.Signature}' on {id}";
            if (idea.Reason is not null && (audience is not Audience.Facilitators || idea.Reason != told.Reason)) return $"reads why {id} is hidden";
            if ((idea.Proxy is true) != told.Proxy) return $"is told that {id} was entered for somebody: {idea.Proxy}";
            if (idea.Original != (audience is Audience.Facilitators ? told.Original : null)) return $"reads '{idea.Original}' as what {id} said at first";
            if (audience is not Audience.Facilitators && idea.State is not IdeaState.Shown) return $"sees {id} as {idea.State}";
            if (idea.Theme != (told.Theme is { } theme && IsToldOf(audience, _themes[theme]) ? theme : null)) return $"sees {id} in {idea.Theme}";
            IdeaId? within = told.Into is null ? null : Root(id);
            if (within is { } root && !visible.Contains(root)) within = null;
            if (idea.Into != within) return $"sees {id} within {idea.Into} instead of {within}";
            if ((idea.Status ?? IdeaStatus.Received, idea.Note, idea.Reply?.Text) != (told.Status, told.Note, told.Reply)) return $"is told that {id} is {idea.Status} ({idea.Note}), '{idea.Reply?.Text}'";
            if ((idea.Plan?.State, idea.Plan?.Owner, idea.Plan?.Due, idea.Plan?.Measure) != told.Plan) return $"is told that {id} is to be done as {idea.Plan}";
            if (idea.Feel != told.Feel || idea.From != told.From) return $"is told that {id} felt {idea.Feel} and grew out of {idea.From}";
        }

        if (JudgeThemes(view) is { } grouped) return grouped;
        if (view.Facts.Screen != _screen) return $"has {view.Facts.Screen} on the screen instead of {_screen}";

        var readable = Readable(audience);
        if (!readable.SetEquals(view.Comments.Keys)) return $"reads {string.Join(", ", view.Comments.Keys)} where {string.Join(", ", readable)} are for them";
        foreach (var (id, comment) in view.Comments)
        {
            var said = _comments[id];
            if (comment.Text != said.Text || comment.Idea != said.Idea || (comment.Team is true) != said.Team) return $"reads '{comment.Text}' of {comment.Idea} in {id}";
            if (comment.Signature != (_anonymous ? null : said.Signature)) return $"reads the signature '{comment.Signature}' on {id}";
            if (comment.Reason != (audience is Audience.Facilitators ? said.Reason : null)) return $"reads '{comment.Reason}' on {id}";
        }

        var reactions = _reactions.Where(one => visible.Contains(one.Idea))
            .Select(one => one with { Idea = Root(one.Idea) is var into && visible.Contains(into) ? into : one.Idea }).Distinct()
            .CountBy(one => (one.Idea, one.Reaction)).Select(one => $"{one.Key.Idea} {one.Key.Reaction} {one.Value}").Order(StringComparer.Ordinal);
        var toldReactions = view.Reactions.SelectMany(idea => Given(idea.Value).Select(one => $"{idea.Key} {one.Reaction} {one.N}")).Order(StringComparer.Ordinal);
        if (!reactions.SequenceEqual(toldReactions)) return $"is told {string.Join(", ", toldReactions)} instead of {string.Join(", ", reactions)}";

        foreach (var (id, ballot) in view.Ballots)
        {
            var voters = _ballots[id].Dots.Where(dots => dots.Value > 0).Select(dots => dots.Key.Voter).Concat(_ballots[id].Votes.Keys.Select(vote => vote.Voter)).Distinct().Count();
            int? may = audience is Audience.Facilitators || _ballots[id].IsDue ? voters : null;
            if (ballot.Proxies != (audience is Audience.Facilitators || _ballots[id].IsDue ? _ballots[id].Proxies : null)) return $"is told that {ballot.Proxies} votes of {id} were entered for others";
            if (ballot.Groups != (_ballots[id].IsDue && _ballots[id].Groups.Length > 0 ? _ballots[id].Groups.Length : null)) return $"is told of {ballot.Groups} groups in {id}";
            if (ballot.Voters != may) return $"is told {ballot.Voters} voters of {id} instead of {may}";
        }

        if (!Due.SetEquals(view.Tallies.Keys.Concat(view.Counts.Keys))) return $"is told the counts of {string.Join(", ", view.Tallies.Keys.Concat(view.Counts.Keys))}, where {string.Join(", ", Due)} are due";
        foreach (var (ballot, counts) in view.Counts)
        {
            var (told, counted) = (Said(counts), Said(Add(_ballots[ballot], visible)));
            if (told != counted) return $"is told {told} in {ballot} instead of {counted}";
        }

        foreach (var (ballot, tallies) in view.Tallies)
        {
            var counted = Count(_ballots[ballot], visible);
            if (tallies.Count != counted.Count || tallies.Any(tally => counted.GetValueOrDefault(tally.Key) != tally.Value))
                return $"is told {string.Join(", ", tallies)} in {ballot} instead of {string.Join(", ", counted)}";
        }

        return null;
    }

    /// <summary>What is wrong with what an audience is told by group, or null: too early, of too few, or of ideas that they do not see.</summary>
    public string? Judge(BallotId id, OpinionView? opinions)
    {
        var (ballot, visible) = (_ballots[id], Visible(Audience.Participants));
        var isDue = ballot.IsDue && ballot.Opened.Method is Methods.Agree;
        if (opinions is null) return isDue ? $"are told nothing of the opinions in {id}" : null;
        if (!isDue) return $"are told the opinions in {id}";
        var said = Add(ballot, visible);
        var voters = ballot.Votes.Keys.Where(key => visible.Contains(key.Idea)).Select(key => key.Voter).ToHashSet();
        if (opinions.People != voters.Count || opinions.Placed > voters.Count) return $"are told that {opinions.People} spoke in {id}";
        if (opinions.Map.Any(point => point[2] < Limits.SmallestCell)) return $"are told where few people stand in {id}";
        if (opinions.Groups.Length is 1 || opinions.Groups.Sum(group => group.People) > opinions.Placed || opinions.Groups.Any(group => group.People < Limits.SmallestCell)) return $"are told of a small group in {id}";
        foreach (var together in opinions.Together)
        {
            if (!said.TryGetValue(together.Idea, out var votes)) return $"are told what all say of {together.Idea} in {id}";
            if ((together.Said, together.Votes) != (votes.Count(vote => vote.Value == (together.Agrees ? 1 : -1)), votes.Count)) return $"are told that {together.Said} of {together.Votes} say so of {together.Idea} in {id}";
            var told = together.Groups ?? [];
            if (together.Votes < Limits.SmallestCell || told.Any(group => group[1] < Limits.SmallestCell) || (together.Votes - told.Sum(group => group[1])) is > 0 and < Limits.SmallestCell) return $"are told what few people say of {together.Idea} in {id}";
        }

        foreach (var own in opinions.Groups.SelectMany(group => group.Says))
        {
            if (!said.TryGetValue(own.Idea, out var votes)) return $"are told what a group says of {own.Idea} in {id}";
            int[] told = [own.Votes, .. own.Others is { } others ? [others[1]] : Array.Empty<int>()];
            if (told.Any(n => n is > 0 and < Limits.SmallestCell) || own.Votes == 0 || (votes.Count - told.Sum()) is < 0 or > 0 and < Limits.SmallestCell) return $"are told what few people say of {own.Idea} in {id}";
        }

        return null;
    }

    public string? Judge(Audience audience, BallotId id, ImmutableArray<GroupResult> groups)
    {
        var (ballot, visible) = (_ballots[id], Visible(audience));
        if (groups.Length != (ballot.IsDue ? ballot.Groups.Length : 0)) return $"is told of {groups.Length} groups in {id}";
        foreach (var (told, counted) in groups.Zip(ballot.Groups))
        {
            if (told.Voters < Limits.SmallestCell) return $"is told what {told.Voters} people said in {id}";
            if ((told.Question, told.Title, told.Voters) != (counted.Question, counted.Title, counted.Voters)) return $"is told {told} in {id}";
            var ideas = (counted.Dots?.Keys ?? counted.Counts!.Keys).Where(idea => visible.Contains(idea) && (Root(idea) == idea || !visible.Contains(Root(idea))));
            if (!ideas.ToHashSet().SetEquals(told.Dots?.Keys ?? told.Counts!.Keys)) return $"is told by group of {string.Join(", ", told.Dots?.Keys ?? told.Counts!.Keys)} in {id}";
        }

        return null;
    }

    /// <summary>What is wrong with one person's overlay, or null.</summary>
    public string? Judge(PersonId person, MineView mine, Func<BallotId, VoterKey> keyOf)
    {
        var own = _ideas.Where(idea => idea.Value.Author == person).Select(idea => idea.Key).ToHashSet();
        if (!own.SetEquals(mine.Ideas.Keys)) return $"is told of {string.Join(", ", mine.Ideas.Keys)} where {string.Join(", ", own)} are theirs";
        var open = Visible(Audience.Participants);
        foreach (var (id, idea) in mine.Ideas)
        {
            var told = _ideas[id];
            if (idea.Text != told.Text || idea.Feel != told.Feel) return $"reads '{idea.Text}' in {id}, and that it felt {idea.Feel}";
            if (idea.Proposal != told.Proposal) return $"is told that {id} is about {idea.Proposal}";
            if (idea.Reason != (told.Standing is Standing.Hidden ? told.Reason : null)) return $"is told '{idea.Reason}' of {id}";
            if (idea.Into is { } into && !open.Contains(into)) return $"is told of {into}, which they cannot see";
            var seenByAll = idea.State is MyIdeaState.Shown || (idea.State is MyIdeaState.Merged && idea.Into is not null);
            if (seenByAll != open.Contains(id)) return $"is told that {id} is {idea.State}";
        }

        var said = _comments.Where(comment => comment.Value.Author == person && _ideas[comment.Value.Idea].Standing is not Standing.Withdrawn).ToDictionary();
        if (!said.Keys.ToHashSet().SetEquals(mine.Comments.Keys)) return $"is told of {string.Join(", ", mine.Comments.Keys)} where {string.Join(", ", said.Keys)} are theirs";
        foreach (var (id, comment) in mine.Comments)
            if ((comment.Text, comment.Idea, comment.State.ToString(), comment.Reason) != (said[id].Text, said[id].Idea, said[id].Standing.ToString(), said[id].Standing is Standing.Hidden ? said[id].Reason : null))
                return $"is told {comment} of {id}";
        var reacted = mine.Reactions.SelectMany(idea => Given(idea.Value).Select(one => (person, idea.Key, one.Reaction))).ToHashSet();
        if (!reacted.SetEquals(_reactions.Where(one => one.Person == person))) return $"has other reactions: {string.Join(", ", reacted)}";

        if (!_themes.Where(theme => theme.Value is { Waiting: true, Into: null } && theme.Value.Author == person).Select(theme => (theme.Key, theme.Value.Title)).ToHashSet()
            .SetEquals(mine.Themes.Select(theme => (theme.Key, theme.Value.Title)))) return $"is told of the themes {string.Join(", ", mine.Themes)}";

        foreach (var (id, ballot) in _ballots)
        {
            if (ballot is { Opened.Anonymous: true, Open: false })
            {
                if (mine.Ballots.ContainsKey(id)) return $"is told of {id}, which nobody can know any more";
                continue;
            }

            var barred = ballot is { Open: true, Opened.For: { } electorate } && !(Floor.Groups.TryGetValue(person, out var who) && electorate.Includes(who));
            if (mine.Ballots[id].Barred is true != barred) return $"is told that {id} is {(barred ? "theirs" : "for others")}";
            if (barred) continue;
            var dots = ballot.Dots.Where(dot => dot.Key.Voter == keyOf(id) && dot.Value > 0).ToDictionary(dot => dot.Key.Idea, dot => dot.Value);
            if (mine.Ballots[id].Left != ballot.Opened.Budget - dots.Values.Sum()) return $"has {mine.Ballots[id].Left} left in {id}";
            if (ballot.Opened.Method == Methods.Rank && ballot.Votes.GroupBy(vote => (vote.Key.Voter, vote.Value.Value)).Any(place => place.Count() > 1)) return $"sees two ideas in one place in {id}";
            var votes = ballot.Votes.Where(vote => vote.Key.Voter == keyOf(id)).ToDictionary(vote => vote.Key.Idea, vote => vote.Value);
            var told = mine.Ballots[id].Votes;
            if ((told?.Count ?? 0) != votes.Count || votes.Any(vote => told![vote.Key] != vote.Value)) return $"has other votes in {id}";
            if (mine.Ballots[id].Dots.Count != dots.Count || mine.Ballots[id].Dots.Any(dot => dots.GetValueOrDefault(dot.Key) != dot.Value)) return $"has other dots in {id}";
        }

        return null;
    }

    public HashSet<IdeaId> VotedOn(VoterKey? voter) => [.. _ballots.Values.SelectMany(ballot => ballot.Dots.Keys.Concat(ballot.Votes.Keys)).Where(key => key.Voter == voter).Select(key => key.Idea)];

    private static IEnumerable<(Reaction Reaction, int N)> Given(Reactions reactions) => new[]
    {
        (Reaction.Heart, reactions.Heart ?? 0), (Reaction.Thumb, reactions.Thumb ?? 0), (Reaction.Light, reactions.Light ?? 0),
        (Reaction.Question, reactions.Question ?? 0), (Reaction.Star, reactions.Star ?? 0),
    }.Where(one => one.Item2 > 0);

    private Dictionary<IdeaId, int> Count(Cast ballot, HashSet<IdeaId> visible)
    {
        var most = ballot.Opened.MostPerIdea;
        return visible.Select(id => (Idea: id, Within: Root(id)))
            .Select(one => (one.Idea, Within: visible.Contains(one.Within) ? one.Within : one.Idea))
            .GroupBy(one => one.Within, one => one.Idea)
            .Select(group => (group.Key, Sum: ballot.Dots.Where(dots => group.Contains(dots.Key.Idea)).GroupBy(dots => dots.Key.Voter).Sum(person => Math.Min(most, person.Sum(dots => dots.Value)))))
            .Where(one => one.Sum > 0).ToDictionary(one => one.Key, one => one.Sum);
    }

    /// <summary>What people say of each idea, each one thing: of the idea itself, else of the first that was merged into it.</summary>
    private Dictionary<IdeaId, List<Vote>> Add(Cast ballot, HashSet<IdeaId> visible)
    {
        var said = new Dictionary<IdeaId, List<Vote>>();
        foreach (var id in visible)
        {
            var group = visible.Where(part => Root(part) == id && visible.Contains(id)).Append(id).Distinct();
            if (Root(id) != id && visible.Contains(Root(id))) continue;
            foreach (var voter in ballot.Votes.Keys.Select(key => key.Voter).Distinct())
            {
                var of = group.OrderBy(part => part == id ? "" : part.Value, StringComparer.Ordinal).Where(part => ballot.Votes.ContainsKey((voter, part))).ToList();
                if (of.Count == 0) continue;
                if (!said.TryGetValue(id, out var votes)) said[id] = votes = [];
                votes.Add(ballot.Votes[(voter, of[0])]);
            }
        }

        return said;
    }

    private static string Said(Dictionary<IdeaId, List<Vote>> votes) => string.Join("; ", votes.OrderBy(idea => idea.Key.Value, StringComparer.Ordinal).Select(idea =>
        idea.Key + ": " + string.Join(", ", idea.Value.GroupBy(vote => vote.Value).OrderBy(value => value.Key).Select(value => $"{value.Count()} × {value.Key}"))
        + string.Concat(idea.Value.Where(vote => vote.Effort is not null).GroupBy(vote => vote.Effort).OrderBy(effort => effort.Key).Select(effort => $", {effort.Count()} × effort {effort.Key}"))
        + string.Concat(idea.Value.Where(vote => vote.Sure is not null).GroupBy(vote => (vote.Sure is false, vote.Value)).OrderBy(sure => sure.Key).Select(sure => $", {sure.Count()} × {sure.Key}"))
        + string.Concat(idea.Value.Where(vote => vote.Reason is not null).Select(vote => $" {vote.Reason} ({vote.Signature})").Order(StringComparer.Ordinal))));

    private static string Said(IReadOnlyDictionary<IdeaId, Count> counts) => string.Join("; ", counts.OrderBy(idea => idea.Key.Value, StringComparer.Ordinal).Select(idea =>
        idea.Key + ": " + string.Join(", ", idea.Value.Values.OrderBy(value => value.Key).Select(value => $"{value.Value} × {value.Key}"))
        + string.Concat((idea.Value.Efforts ?? ImmutableDictionary<int, int>.Empty).OrderBy(effort => effort.Key).Select(effort => $", {effort.Value} × effort {effort.Key}"))
        + string.Concat((idea.Value.Sure ?? ImmutableDictionary<int, int>.Empty).OrderBy(sure => sure.Key).Select(sure => $", {sure.Value} × {(false, sure.Key)}"))
        + string.Concat((idea.Value.Unsure ?? ImmutableDictionary<int, int>.Empty).OrderBy(sure => sure.Key).Select(sure => $", {sure.Value} × {(true, sure.Key)}"))
        + string.Concat((idea.Value.Reasons ?? []).Select(reason => $" {reason.Text} ({reason.Signature})").Order(StringComparer.Ordinal))));

    private IdeaId Root(IdeaId id) => _ideas[id].Into is { } into ? Root(into) : id;

    private bool FacilitatorsSee(Told idea) => idea.Standing is not Standing.Withdrawn && (!idea.Unrevealed || (_approve && idea.WrittenForApproval));

    private bool InTheOpen(Told idea)
    {
        var root = idea;
        while (root.Into is { } into) root = _ideas[into];
        return new[] { idea, root }.All(one => one is { Standing: Standing.Shown, Unrevealed: false });
    }

    private sealed class Told
    {
        public required PersonId Author { get; set; }

        public required string? Signature { get; set; }

        public required string Text { get; set; }

        public required Standing Standing { get; set; }

        public required bool Unrevealed { get; set; }

        public required bool WrittenForApproval { get; init; }

        public required bool Proxy { get; init; }

        public string? Reason { get; set; }

        public string? Original { get; set; }

        public IdeaId? Into { get; set; }

        public Proposal? Proposal { get; init; }
        public ThemeId? Theme { get; set; }

        public IdeaStatus Status { get; set; }

        public string? Note { get; set; }

        public string? Reply { get; set; }

        public (PlanState? State, string? Owner, DateOnly? Due, string? Measure) Plan { get; set; }

        public int? Feel { get; set; }

        public Sources? From { get; init; }
    }

    private sealed class Group
    {
        public required string Title { get; set; }

        public required string Given { get; set; }

        /// <summary>Which participant made it.</summary>
        public PersonId? Author { get; set; }

        public bool Waiting { get; set; }

        public ThemeId? Into { get; set; }

        public void Expunge() => (Title, Given) = (Title == Given ? PersonalAttribute.Forgotten : Title, PersonalAttribute.Forgotten);
    }

    private sealed class Remark
    {
        public required IdeaId Idea { get; init; }

        public required PersonId Author { get; set; }

        public required string? Signature { get; set; }

        public required bool Team { get; init; }

        public required string Text { get; set; }

        public required Standing Standing { get; set; }

        public string? Reason { get; set; }

        public void Expunge() => (Text, Reason) = (PersonalAttribute.Forgotten, Reason is null ? null : PersonalAttribute.Forgotten);
    }

    private sealed class Cast(BallotOpened opened)
    {
        public BallotOpened Opened => opened;

        public bool Open { get; set; } = true;

        public bool Revealed { get; set; }

        public int? Proxies { get; set; }
        public ImmutableArray<GroupResult> Groups { get; set; } = [];

        public Dictionary<(VoterKey Voter, IdeaId Idea), int> Dots { get; } = [];

        public Dictionary<(VoterKey Voter, IdeaId Idea), Vote> Votes { get; } = [];

        public bool IsDue => opened.Counts switch
        {
            CountsDue.Live => true,
            CountsDue.Close => !Open,
            CountsDue.Reveal => !Open && Revealed,
            _ => false,
        };
    }
}
