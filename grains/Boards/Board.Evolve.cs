using System.Collections.Immutable;
using LiveCoCreate.Grains.Turns;
using static LiveCoCreate.Grains.Boards.BoardEvent;

namespace LiveCoCreate.Grains.Boards;

public sealed partial record Board
{
    public static Board Evolve(Board board, Recorded<BoardEvent> happened) =>
        Remember(Turned(Apply(board with { Version = happened.Version }, happened), happened.Event), happened);

    private static Board Apply(Board board, Recorded<BoardEvent> happened) => happened.Event switch
    {
        BoardOpened opened => board with
        {
            Workshop = opened.Workshop,
            Step = opened.Step,
            Kind = opened.Kind,
            Settings = opened.Settings,
            Opened = true,
            OpenedBy = happened.Command,
            Writing = opened.Writing ?? true,
            Subject = opened.Subject ?? "",
            Lanes = opened.Lanes.Select((lane, index) => KeyValuePair.Create(lane.Lane, new Lane(lane.Title, Rank.Appended(happened.Version, index)))).ToImmutableDictionary(),
        },
        // Nothing is undone on a closed board.
        BoardClosed => board with
        {
            Closed = true,
            Writing = false,
            Done = ImmutableDictionary<PersonId, ImmutableList<Done>>.Empty,
            Touched = ImmutableDictionary<string, CommandId>.Empty,
        },
        NothingChanged or CommandUndone => board,
        SettingsChanged changed => board with { Settings = changed.Settings, Revealed = board.Revealed && !changed.Settings.Private },
        SubjectSet set => board with { Subject = set.Text },
        WritingOpened => board with { Writing = true },
        WritingClosed => board with { Writing = false },
        IdeasRevealed => board with
        {
            Revealed = true,
            Settings = board.Settings with { Private = false },
            Ideas = board.Ideas.SetItems(board.Ideas.Where(idea => idea.Value.Unrevealed)
                .Select(idea => KeyValuePair.Create(idea.Key, idea.Value with { Unrevealed = false }))),
        },
        LaneAdded added => board with { Lanes = board.Lanes.SetItem(added.Lane, new Lane(added.Title, added.Rank)) },
        LaneRenamed renamed => board with { Lanes = board.Lanes.SetItem(renamed.Lane, board.Lanes[renamed.Lane] with { Title = renamed.Title }) },
        LaneRemoved removed => board with { Lanes = board.Lanes.Remove(removed.Lane) },
        IdeaAdded added => board with
        {
            Ideas = board.Ideas.SetItem(added.Idea, new Idea(
                added.Lane, null, added.Text, added.Language, added.Author, added.Signature, added.Rank, happened.At,
                added.Waiting ? Standing.Waiting : Standing.Shown, added.Private,
                // Not what waits for another reason: where the policy is open, private writing is its author's alone.
                ForApproval: added.Waiting && board.Settings.Moderation is Moderation.Approve, Proxy: added.Proxy is true) { Feel = added.Feel, From = added.From, Proposal = added.Proposal }),
            ByAuthor = board.ByAuthor.SetItem(added.Author, board.ByAuthor.GetValueOrDefault(added.Author, []).Add(added.Idea)),
        },
        IdeaEdited edited => board.Change(edited.Idea, idea => idea with
        {
            Text = edited.Text,
            Language = edited.Language,
            Edited = true,
            Feel = edited.Feel,
            Standing = edited.Waiting ? Standing.Waiting : idea.Standing,
            Original = edited.Own is true || happened.By == idea.Author || edited.Text == (idea.Original ?? idea.Text) ? null : idea.Original ?? idea.Text,
        }),
        IdeaWithdrawn withdrawn => board.Change(withdrawn.Idea, idea => idea with { Standing = Standing.Withdrawn, Into = null, Theme = null }),
        IdeaApproved approved => board.Change(approved.Idea, idea => idea with { Standing = Standing.Shown }),
        IdeaHeldBack held => board.Change(held.Idea, idea => idea with { Standing = Standing.Waiting }),
        IdeaHidden hidden => board.Change(hidden.Idea, idea => idea with { Standing = Standing.Hidden, Reason = hidden.Reason }),
        IdeaShown shown => board.Change(shown.Idea, idea => idea with { Standing = shown.Standing, Reason = null }),
        IdeaMoved moved => board.Change(moved.Idea, idea => idea with { Lane = moved.Lane, Rank = moved.Rank }),
        IdeaThemed themed => board.Change(themed.Idea, idea => idea with { Theme = themed.Theme, ByRoom = themed.Room is true, Out = themed.Out }),
        IdeaMerged merged => board.Change(merged.Idea, idea => idea with { Into = merged.Into }),
        IdeaUnmerged unmerged => board.Change(unmerged.Idea, idea => idea with { Into = null }),
        ThemeAdded added => board with { Themes = board.Themes.SetItem(added.Theme, new Theme(added.Title, added.Colour, added.Rank, Given: added.Title)) },
        ThemeRenamed renamed => board with { Themes = board.Themes.SetItem(renamed.Theme, board.Themes[renamed.Theme] with { Title = renamed.Title }) },
        ThemeRemoved removed => board with
        {
            Themes = board.Themes.Remove(removed.Theme),
            Ideas = board.Ideas.SetItems(board.Ideas.Where(idea => idea.Value.Theme == removed.Theme)
                .Select(idea => KeyValuePair.Create(idea.Key, idea.Value with { Theme = null }))),
        },
        BallotOpened opened => board with
        {
            Ballots = board.Ballots.SetItem(opened.Ballot, new Ballot(
                board.Ballots.Count + 1, opened.Method, opened.Budget, opened.MostPerIdea, opened.Counts, opened.Anonymous, Open: true, Revealed: false,
                ImmutableDictionary<IdeaId, ImmutableDictionary<VoterKey, int>>.Empty, ImmutableDictionary<VoterKey, VoterDots>.Empty, ImmutableDictionary<IdeaId, int>.Empty)
            {
                For = opened.For,
                Certainty = opened.Certainty is true,
            }),
        },
        BallotClosed closed => board.Change(closed.Ballot, ballot => ballot with { Open = false, Proxies = closed.Proxies }),
        ResultsGrouped grouped => board.Change(grouped.Ballot, ballot => ballot with { ByGroup = grouped.Groups }),
        ResultsRevealed revealed => board.Change(revealed.Ballot, ballot => ballot with { Revealed = true }),
        VoteCast vote => board.Change(vote.Ballot, ballot => ballot.With(vote.Voter, vote.Idea, vote.Dots)),
        VoteGiven given => board.Change(given.Ballot, ballot => ballot.With(given.Voter, given.Idea, given.Whole)),
        DotsFreed freed => board.Change(freed.Ballot, ballot => ballot.Free(freed.Idea)),
        WordsListed listed => board with { Words = listed.Words },
        AuthorsLimited limited => board with { Limited = [.. limited.Authors] },
        AuthorForgotten forgotten => forgotten.Ideas.Aggregate(board, (so, id) => so.Change(id, idea => idea with { Author = PersonId.Nobody, Signature = null })) with
        {
            ByAuthor = forgotten.Ideas.IsEmpty || !board.Ideas.TryGetValue(forgotten.Ideas[0], out var any) ? board.ByAuthor : board.ByAuthor.Remove(any.Author),
        },
        TextExpunged expunged => board.Change(expunged.Idea, idea => idea with
        {
            Text = PersonalAttribute.Forgotten,
            Original = null,
            Reason = idea.Reason is null ? null : PersonalAttribute.Forgotten,
            Note = idea.Note is null ? null : PersonalAttribute.Forgotten,
            Reply = idea.Reply is null ? null : idea.Reply with { Text = PersonalAttribute.Forgotten },
            Plan = idea.Plan?.WithoutText(),
        }) with
        {
            Comments = board.Comments.SetItems(board.CommentsOn.GetValueOrDefault(expunged.Idea, []).Select(id => KeyValuePair.Create(id, WithoutText(board.Comments[id])))),
            Ballots = board.Ballots.SetItems(board.Ballots.Where(ballot => ballot.Value.Votes.ContainsKey(expunged.Idea))
                .Select(ballot => KeyValuePair.Create(ballot.Key, ballot.Value.WithoutReasons(expunged.Idea)))),
        },
        ScreenTurned turned => board with { Showing = turned.Now },
        ProxiesListed listed => board with { Proxies = [.. listed.Proxies], ProxiesEver = board.ProxiesEver.Union(listed.Proxies) },
        _ => ApplyGrouping(board, happened) ?? ApplyTheming(board, happened.Event) ?? ApplyDialogue(board, happened),
    };

    private Board Change(IdeaId id, Func<Idea, Idea> change) => this with { Ideas = Ideas.SetItem(id, change(Ideas[id])) };

    private Board Change(BallotId id, Func<Ballot, Ballot> change) => this with { Ballots = Ballots.SetItem(id, change(Ballots[id])) };

    /// <summary>Keeps what undo needs: who did what last, and by which command each item last changed.</summary>
    private static Board Remember(Board board, Recorded<BoardEvent> happened)
    {
        if (happened.Event is VoteCast or VoteGiven or NothingChanged or IdeaAdded { From: null } or CommentAdded or ReactionSet or PairJudged) return board;
        var item = ItemOf(happened.Event);
        var before = item is null ? null : board.TouchedBy(item);
        if (item is not null) board = board.Touch(item, happened.Command);
        if (happened.By is not { } by || by == Caller.System.Id) return board;
        // Only facilitators undo. Who edits as the author or withdraws takes part: their texts need not be kept twice.
        if (happened.Event is IdeaEdited { Own: true } or IdeaWithdrawn || board.IsOfItsAuthor(happened.Event) || board.IsOfTheRoom(happened)) return board with { Done = board.Done.Remove(by) };

        var all = board.Done.GetValueOrDefault(by, []);
        var continues = all.Count > 0 && all[^1].Command == happened.Command;
        // What a withdrawal frees comes after it.
        if (happened.Event is DotsFreed && !continues) return board;
        var done = continues ? all[^1] : Boards.Done.Nothing(happened.Command);
        done = done with { Events = done.Events.Add(happened.Event) };
        if (item is not null)
            done = done with { Before = done.Before.ContainsKey(item) ? done.Before : done.Before.SetItem(item, before), After = done.After.SetItem(item, happened.Command) };
        all = continues ? all.SetItem(all.Count - 1, done) : all.Add(done);

        if (happened.Event is CommandUndone undone && all.Find(earlier => earlier.Command == undone.Undone) is { } taken)
        {
            // What stood before stands again: the command that made it can be undone in turn.
            var back = taken.Before.Where(item => done.After.ContainsKey(item.Key)).ToImmutableDictionary();
            foreach (var (restored, last) in back) board = board.Touch(restored, last);
            done = done with { After = done.After.SetItems(back) };
            all = all.SetItem(all.Count - 1, done).Remove(taken);
        }

        if (all.Count > Limits.UndoableCommands) all = all.RemoveAt(0);
        return board with { Done = board.Done.SetItem(by, all) };
    }

    private CommandId? TouchedBy(string item) => Touched.TryGetValue(item, out var command) ? command : null;

    private Board Touch(string item, CommandId? command) =>
        this with { Touched = command is { } by ? Touched.SetItem(item, by) : Touched.Remove(item) };
}
