using System.Collections.Immutable;
using System.Diagnostics;
using LiveCoCreate.Grains.Turns;
using static LiveCoCreate.Grains.Boards.BoardCommand;
using static LiveCoCreate.Grains.Boards.BoardEvent;

namespace LiveCoCreate.Grains.Boards;

public sealed partial record Board : ISourced<Board, BoardCommand, BoardEvent>
{
    static BoardEvent ISourced<Board, BoardCommand, BoardEvent>.Nothing => new NothingChanged();

    static string ISourced<Board, BoardCommand, BoardEvent>.StateVersion => "board-8";

    private static readonly ImmutableArray<BoardEvent> Nothing = [];

    /// <summary>Votes in an anonymous ballot are signed with the voter key, carry no caller and no time finer than a minute.</summary>
    public static Mark MarkOf(Board board, Submission<BoardCommand> submission) =>
        VoteIn(submission.Command) is ({ } id, { } voter) && board.Ballots.TryGetValue(id, out var ballot) && ballot.Anonymous
            ? new Mark(voter.Value, null, submission.At.AddTicks(-(submission.At.Ticks % TimeSpan.TicksPerMinute)))
            : new Mark(submission.By.Id.Value, submission.By.Id, submission.At);

    public static string? Under(Recorded<BoardEvent> happened) =>
        happened.By?.Value ?? VoterOf(happened.Event)?.Value;

    internal static VoterKey? VoterOf(BoardEvent happened) => happened switch
    {
        VoteCast cast => cast.Voter,
        VoteGiven given => given.Voter,
        _ => null,
    };

    public static Decision<BoardEvent> Decide(Board board, Submission<BoardCommand> submission)
    {
        var (command, by) = (submission.Command, submission.By);
        return command switch
        {
            OpenBoard or CloseBoard or ListWords or LimitAuthors or ListProxies or LeaveScreen or ForgetAuthor or ExpungeText or ExpungeComment or ExpungeTheme when by.Kind is not SeatKind.System => "not-allowed",
            OpenBoard when board.Opened => board.OpenedBy == submission.Id ? Nothing : "id-taken",
            OpenBoard open => new BoardOpened(open.Workshop, open.Step, open.Kind, open.Settings, open.Lanes, open.Writing, open.Subject),
            _ when !board.Opened => "board-missing",
            ForgetAuthor forget => DecideForget(board, forget),
            ExpungeText expunge => board.Ideas.ContainsKey(expunge.Idea) ? new TextExpunged(expunge.Idea) : "idea-missing",
            ExpungeComment expunge => board.Comments.TryGetValue(expunge.Comment, out var said) ? new CommentExpunged(expunge.Comment, said.Idea) : "comment-missing",
            ListProxies list => DecideProxies(board, list),
            ExpungeTheme expunge => board.Themes.ContainsKey(expunge.Theme) || board.Merged.ContainsKey(expunge.Theme) ? new ThemeExpunged(expunge.Theme) : "theme-missing",
            CloseBoard when board.Closed => Nothing,
            CloseBoard close => DecideClose(board, close),
            _ when board.Closed => DecideAfterTheClose(board, command, by),
            ListWords list => board.Words.SequenceEqual(list.Words) ? Nothing : new WordsListed(list.Words),
            LimitAuthors limit => board.Limited.SetEquals(limit.Authors) ? Nothing : new AuthorsLimited(limit.Authors),
            LeaveScreen => board.Showing is null ? Nothing : new ScreenTurned(null, board.Showing),
            ShowOnScreen show when by.Facilitates => DecideShow(board, show),

            AddIdea add when by.TakesPart || by.Facilitates => DecideAdd(board, add, by),
            EditIdea edit when by.TakesPart || by.Facilitates => DecideEdit(board, edit, by),
            WithdrawIdea withdraw when by.TakesPart => DecideWithdraw(board, withdraw, by),
            CastVote vote when by.TakesPart => DecideVote(board, vote, by),
            CastProxyVote vote when by.Facilitates => DecideProxyVote(board, vote, by),
            WithdrawIdea or CastVote or CastProxyVote or ShowOnScreen => "not-allowed",
            _ when DecideGrouping(board, command, by) is { } grouped => grouped,
            _ when DecideDialogue(board, command, by) is { } decided => decided,
            _ when !by.Facilitates => "not-allowed",
            _ when DecideTheming(board, command) is { } themed => themed,
            _ => DecideFacilitated(board, command, submission),
        };
    }

    private static Decision<BoardEvent> DecideFacilitated(Board board, BoardCommand command, Submission<BoardCommand> submission) => command switch
    {
        ApproveIdea approve => board.Find(approve.Idea) switch
        {
            null => "idea-missing",
            { Standing: not Standing.Waiting } => "idea-not-waiting",
            _ => new IdeaApproved(approve.Idea),
        },
        HideIdea hide => DecideHide(board, hide),
        ShowIdea show => board.Find(show.Idea) switch
        {
            null => "idea-missing",
            { Standing: not Standing.Hidden } => "idea-not-hidden",
            { } idea => new IdeaShown(show.Idea, Standing.Shown, idea.Reason),
        },
        MoveIdea move => DecideMove(board, move),
        ThemeIdea theme => DecideTheme(board, theme with { Theme = board.Lasting(theme.Theme) }),
        MergeIdea merge => DecideMerge(board, merge),
        UnmergeIdea unmerge => board.Find(unmerge.Idea) switch
        {
            { Into: { } from } => new IdeaUnmerged(unmerge.Idea, from),
            _ => "idea-not-merged",
        },
        AddTheme add => DecideAddTheme(board, add),
        RenameTheme rename => DecideRenameTheme(board, rename),
        RemoveTheme remove => !board.Themes.TryGetValue(remove.Theme, out var theme)
            ? "theme-missing"
            : new ThemeRemoved(remove.Theme, theme.Title, theme.Colour, theme.Rank, board.IdeasIn(remove.Theme), theme.Author, theme.Waiting ? true : null),
        AddLane add => DecideAddLane(board, add),
        RenameLane rename => DecideRenameLane(board, rename),
        RemoveLane remove => DecideRemoveLane(board, remove),
        ChangeSettings change => DecideSettings(board, change),
        OpenWriting => board.Writing ? Nothing : new WritingOpened(),
        CloseWriting => board.Writing ? new WritingClosed() : Nothing,
        SetSubject set => DecideSubject(board, set),
        BringIdeas bring => DecideBring(board, bring, submission.By),
        RevealIdeas => board.Settings.Private || board.Ideas.Values.Any(idea => idea.Unrevealed) ? new IdeasRevealed() : Nothing,
        BoardCommand.OpenBallot open => DecideOpenBallot(board, open),
        CloseBallot close => DecideCloseBallot(board, close),
        RevealResults reveal => !board.Ballots.TryGetValue(reveal.Ballot, out var counted) ? "ballot-missing"
            : counted.Open ? "ballot-open"
            : counted.Revealed ? Nothing : new ResultsRevealed(reveal.Ballot),
        Undo undo => DecideUndo(board, undo, submission.By.Id),
        ThemeIdeas theme => DecideMany(board, theme with { Theme = board.Lasting(theme.Theme) }),
        OfManyIdeas many => DecideMany(board, many),
        HideIdeasOfAuthor hide => DecideHideOfAuthor(board, hide),
        _ => throw new UnreachableException($"No decision for {command.GetType().Name}."),
    };

    /// <summary>The idea if it can still be acted on: withdrawn ones are gone for everybody.</summary>
    private Idea? Find(IdeaId id) => Ideas.TryGetValue(id, out var idea) && idea.Standing is not Standing.Withdrawn ? idea : null;

    /// <summary>Whether a participant could see it now.</summary>
    private bool InTheOpen(Idea idea) =>
        idea is { Standing: Standing.Shown, Unrevealed: false } && (idea.Into is null || Root(idea) is { Standing: Standing.Shown, Unrevealed: false });

    private static string? Wrong(string text, int most) =>
        string.IsNullOrWhiteSpace(text) ? "empty-text" : text.Length > most ? "too-large" : null;

    private static Decision<BoardEvent> DecideAdd(Board board, AddIdea add, Caller by)
    {
        if (add.Proxy && !by.Facilitates) return "not-allowed";
        if (Wrong(add.Text, Limits.IdeaText) is { } wrong) return wrong;
        if (add.Language is { Length: > Limits.LanguageTag }) return "too-large";
        if (!IsFeel(add.Feel)) return "malformed";
        if (Wrong(add.From, by) is { } foreign) return foreign;
        // A retry that outlived the memory of commands: the same idea of the same author is not news.
        if (board.Ideas.TryGetValue(add.Idea, out var same)) return same.Author == by.Id ? Nothing : "id-taken";
        if (!board.Writing && !by.Facilitates) return "writing-closed";
        if (!board.Lanes.ContainsKey(add.Lane)) return "lane-missing";
        if (board.Ideas.Count >= Limits.IdeasPerBoard) return "too-many-ideas";
        if (board.ByAuthor.GetValueOrDefault(by.Id)?.Count >= Limits.IdeasPerPerson && by.TakesPart) return "too-many-ideas";
        return new IdeaAdded(
            add.Idea, add.Lane, add.Text.Trim(), add.Language, by.Id, board.Settings.Anonymous ? null : by.Signature,
            Rank.Appended(board.Version + 1), Waiting: board.MustWait(by, add.Text),
            Private: by.TakesPart && board.Settings.Private, add.Feel, add.From is { All.IsEmpty: false } ? add.From : null)
        {
            Proposal = add.Proposal?.Plain(),
            Proxy = add.Proxy ? true : null,
        };
    }

    private static Decision<BoardEvent> DecideEdit(Board board, EditIdea edit, Caller by)
    {
        if (Wrong(edit.Text, Limits.IdeaText) is { } wrong) return wrong;
        if (edit.Language is { Length: > Limits.LanguageTag }) return "too-large";
        if (!IsFeel(edit.Feel)) return "malformed";
        if (board.Find(edit.Idea) is not { } idea) return "idea-missing";
        if (by.TakesPart && (idea.Author != by.Id || idea.Standing is Standing.Hidden)) return "idea-missing";
        if (by.Facilitates && !board.FacilitatorsSee(idea)) return "idea-missing";
        if (by.TakesPart && !board.Writing) return "writing-closed";
        // How it felt knows only who was there.
        if (edit.Feel is not null && idea.Author != by.Id) return "not-allowed";
        var text = edit.Text.Trim();
        var language = edit.Language ?? idea.Language;
        var feel = edit.Feel ?? idea.Feel;
        var same = (text, language) == (idea.Text, idea.Language);
        if (same && feel == idea.Feel) return Nothing;
        var again = idea.Standing is Standing.Shown && !same && board.MustWait(by, text);
        return new IdeaEdited(edit.Idea, text, language, idea.Text, idea.Language, again, idea.Standing, by.TakesPart ? true : null, feel, idea.Feel);
    }

    private static Decision<BoardEvent> DecideWithdraw(Board board, WithdrawIdea withdraw, Caller by)
    {
        if (!board.Ideas.TryGetValue(withdraw.Idea, out var idea) || idea.Author != by.Id) return "idea-missing";
        if (idea.Standing is Standing.Withdrawn) return Nothing;
        return board.Withdrawn(withdraw.Idea);
    }

    /// <summary>What is withdrawn frees its dots in the open ballot, and what was merged into it stands on its own again.</summary>
    private ImmutableArray<BoardEvent> Withdrawn(IdeaId id) =>
    [
        .. Ideas.Where(other => other.Value.Into == id).Select(other => other.Key).OrderBy(other => other.Value, StringComparer.Ordinal)
            .Select(child => new IdeaUnmerged(child, id)),
        new IdeaWithdrawn(id),
        .. Freed(id),
    ];

    private static Decision<BoardEvent> DecideHide(Board board, HideIdea hide)
    {
        if (Wrong(hide.Reason, Limits.Reason) is { } wrong) return wrong;
        return board.Find(hide.Idea) is null ? "idea-missing" : board.Hidden([hide.Idea], hide.Reason.Trim());
    }

    private static Decision<BoardEvent> DecideMove(Board board, MoveIdea move)
    {
        if (board.Find(move.Idea) is not { } idea) return "idea-missing";
        if (!board.Lanes.ContainsKey(move.Lane)) return "lane-missing";
        if (move.After == move.Idea) return Nothing;
        var others = board.Ideas.Where(other => other.Value.Lane == move.Lane && other.Value.Standing is not Standing.Withdrawn && other.Key != move.Idea)
            .OrderBy(other => other.Value.Rank, StringComparer.Ordinal).ThenBy(other => other.Key.Value, StringComparer.Ordinal).ToList();
        var at = move.After is { } after ? others.FindIndex(other => other.Key == after) + 1 : 0;
        if (move.After is not null && at == 0) return "idea-missing";
        var behind = others.TakeWhile(other => string.CompareOrdinal(other.Value.Rank, idea.Rank) is var order && (order < 0 || (order == 0 && string.CompareOrdinal(other.Key.Value, move.Idea.Value) < 0)));
        if (idea.Lane == move.Lane && behind.Count() == at) return Nothing;
        var (before, next) = (at == 0 ? null : others[at - 1].Value.Rank, at == others.Count ? null : others[at].Value.Rank);
        // Behind the last one is where new ideas are appended too: their ranks grow with the version.
        var rank = next is null || before == next ? Rank.Appended(board.Version + 1) : Rank.Between(before, next);
        return new IdeaMoved(move.Idea, move.Lane, rank, idea.Lane, idea.Rank);
    }

    private static Decision<BoardEvent> DecideTheme(Board board, ThemeIdea theme)
    {
        if (board.Find(theme.Idea) is not { } idea) return "idea-missing";
        if (theme.Theme is { } wanted && !board.Themes.ContainsKey(wanted)) return "theme-missing";
        return idea.Theme == theme.Theme ? Nothing : idea.Themed(theme.Idea, theme.Theme);
    }

    private static Decision<BoardEvent> DecideMerge(Board board, MergeIdea merge)
    {
        if (board.Find(merge.Idea) is not { } idea || board.Find(merge.Into) is not { } into) return "idea-missing";
        if (idea.Into == merge.Into) return Nothing;
        if (idea.Into is not null) return "merge-circle";
        if (merge.Idea == merge.Into || ReferenceEquals(board.Root(into), idea)) return "merge-circle";
        return new IdeaMerged(merge.Idea, merge.Into);
    }

    private static Decision<BoardEvent> DecideAddTheme(Board board, AddTheme add) =>
        Wrong(add.Title, Limits.ThemeTitle) is { } wrong ? wrong
        : add.Colour is < 0 or > 11 ? "malformed"
        : board.Themes.ContainsKey(add.Theme) || board.Merged.ContainsKey(add.Theme) ? "id-taken"
        : board.Themes.Count >= Limits.ThemesPerBoard ? "too-many-themes"
        : new ThemeAdded(add.Theme, add.Title.Trim(), add.Colour, Rank.Appended(board.Version + 1));

    private static Decision<BoardEvent> DecideRenameTheme(Board board, RenameTheme rename) =>
        Wrong(rename.Title, Limits.ThemeTitle) is { } wrong ? wrong
        : !board.Themes.TryGetValue(rename.Theme, out var theme) ? "theme-missing"
        : theme.Title == rename.Title.Trim() ? Nothing
        : new ThemeRenamed(rename.Theme, rename.Title.Trim(), theme.Title);

    private static Decision<BoardEvent> DecideAddLane(Board board, AddLane add) =>
        Wrong(add.Title, Limits.LaneTitle) is { } wrong ? wrong
        : board.Lanes.ContainsKey(add.Lane) ? "id-taken"
        : board.Lanes.Count >= Limits.LanesPerBoard ? "too-many-lanes"
        : new LaneAdded(add.Lane, add.Title.Trim(), Rank.Appended(board.Version + 1));

    private static Decision<BoardEvent> DecideRenameLane(Board board, RenameLane rename) =>
        Wrong(rename.Title, Limits.LaneTitle) is { } wrong ? wrong
        : !board.Lanes.TryGetValue(rename.Lane, out var lane) ? "lane-missing"
        : lane.Title == rename.Title.Trim() ? Nothing
        : new LaneRenamed(rename.Lane, rename.Title.Trim(), lane.Title);

    private static Decision<BoardEvent> DecideRemoveLane(Board board, RemoveLane remove) =>
        !board.Lanes.TryGetValue(remove.Lane, out var lane) ? "lane-missing"
        : board.Lanes.Count == 1 || board.Ideas.Values.Any(idea => idea.Lane == remove.Lane && idea.Standing is not Standing.Withdrawn) ? "lane-not-empty"
        : new LaneRemoved(remove.Lane, lane.Title, lane.Rank);

    private static Decision<BoardEvent> DecideSettings(Board board, ChangeSettings change)
    {
        var settings = board.Settings with
        {
            Moderation = change.Moderation ?? board.Settings.Moderation,
            Private = change.Private ?? board.Settings.Private,
            Sorting = change.Sorting is { } sorting ? sorting is Boards.Sorting.Facilitators ? null : sorting : board.Settings.Sorting,
        };
        return settings == board.Settings ? Nothing : new SettingsChanged(settings, board.Settings);
    }

    private static Decision<BoardEvent> DecideOpenBallot(Board board, BoardCommand.OpenBallot open)
    {
        if (board.Ballots.ContainsKey(open.Ballot)) return "id-taken";
        if (board.OpenBallot is not null) return "ballot-still-open";
        if (board.Ballots.Count >= Limits.BallotsPerBoard) return "too-many-ballots";
        if (!Methods.Has(open.Method) || open.For is { IsWellFormed: false }) return "malformed";
        var electorate = open.For is { IsEverybody: false } some ? some : null;
        // Of so few, the results alone would say who said what (P5). Nobody knows how many they are where the grain could not ask.
        if (electorate is not null && open.Anonymous && open.Electors is not >= Limits.SmallestCell) return "electorate-too-small";
        var certainty = open.Certainty is true ? true : (bool?)null;
        if (open.Method is Methods.Rank)
            return open.Budget is { } places and >= 1 and <= Limits.PlacesMost ? new BallotOpened(open.Ballot, Methods.Rank, places, 1, open.Counts, open.Anonymous, electorate, certainty) : "malformed";
        if (open.Method is not Methods.Dots) return new BallotOpened(open.Ballot, open.Method, 0, 0, open.Counts, open.Anonymous, electorate, certainty);
        // How sure somebody is of a dot, the number of dots says already.
        if (certainty is not null) return "malformed";
        if (open.Budget is not { } budget || budget is < 1 or > Limits.BudgetMost || open.MostPerIdea is not { } most || most < 1 || most > budget) return "malformed";
        return new BallotOpened(open.Ballot, Methods.Dots, budget, most, open.Counts, open.Anonymous, electorate);
    }

    private static Decision<BoardEvent> DecideVote(Board board, CastVote vote, Caller by)
    {
        if (!board.Ballots.TryGetValue(vote.Ballot, out var ballot)) return "ballot-missing";
        if (!ballot.Open || vote.Voter is not { } voter) return "ballot-closed";
        if (ballot.For is { } electorate && !(vote.Who is { } who && electorate.Includes(who))) return "not-in-this-round";
        return ballot.Method is Methods.Dots ? DecideDots(board, ballot, voter, vote) : DecideChoice(board, ballot, voter, vote, by);
    }

    private static Decision<BoardEvent> DecideDots(Board board, Ballot ballot, VoterKey voter, CastVote vote)
    {
        if (vote is not { Dots: { } dots and >= 0, Vote: null }) return "malformed";
        var before = ballot.On(voter, vote.Idea);
        if (board.Find(vote.Idea) is not { } idea) return "idea-missing";
        // What waits again for approval keeps its dots, and who gave them can take them back; whoever gave none learns nothing of it.
        if (!board.InTheOpen(idea) && (before == 0 || dots > before)) return "idea-missing";
        // The vote that stands: an anonymous one is written again, since nothing else in the journal can carry its voter key, under
        // which its retry is recognised.
        if (dots == before) return ballot.Anonymous ? new VoteCast(vote.Ballot, voter, vote.Idea, before) : Nothing;
        if (dots > ballot.MostPerIdea) return "most-per-idea";
        if (dots > before && ballot.Spent(voter) - before + dots > ballot.Budget) return "budget-spent";
        return new VoteCast(vote.Ballot, voter, vote.Idea, dots);
    }

    private static Decision<BoardEvent> DecideChoice(Board board, Ballot ballot, VoterKey voter, CastVote vote, Caller by)
    {
        if (vote.Dots is not null || (vote.Vote is { } choice && !Methods.Takes(ballot, choice))) return "malformed";
        var objects = ballot.Method is Methods.Consent && vote.Vote is { Value: -1 };
        if (objects && Wrong(vote.Vote!.Reason ?? "", Limits.Reason) is { } wrong) return wrong;
        // Who objects is named only where the ballot and the board name people at all.
        var said = vote.Vote is null ? null : vote.Vote with
        {
            Reason = objects ? vote.Vote.Reason!.Trim() : null,
            Effort = ballot.Method is Methods.Axes ? vote.Vote.Effort : null,
            // Who passes says nothing that one could be sure of.
            Sure = ballot.Certainty && !(ballot.Method is Methods.Agree && vote.Vote.Value == 0) ? vote.Vote.Sure : null,
            Signature = objects && !ballot.Anonymous && !board.Settings.Anonymous ? by.Signature : null,
        };
        var before = ballot.VoteOn(voter, vote.Idea);
        if (board.Find(vote.Idea) is not { } idea) return "idea-missing";
        // As with dots: taking back is always possible, and nobody else learns that it is there.
        if (!board.InTheOpen(idea) && (before is null || (said is not null && said != before))) return "idea-missing";
        if (said == before) return ballot.Anonymous ? VoteGiven.Of(vote.Ballot, voter, vote.Idea, before) : Nothing;
        var given = VoteGiven.Of(vote.Ballot, voter, vote.Idea, said);
        // A place holds one idea: what stood there loses it.
        return ballot.Method is Methods.Rank && said is { } place && ballot.At(voter, place.Value) is { } there && there != vote.Idea
            ? ImmutableArray.Create<BoardEvent>(new VoteGiven(vote.Ballot, voter, there, null), given)
            : given;
    }

    private static Decision<BoardEvent> DecideForget(Board board, ForgetAuthor forget)
    {
        var ideas = board.ByAuthor.GetValueOrDefault(forget.Author, []).OrderBy(idea => idea.Value, StringComparer.Ordinal).ToImmutableArray();
        ImmutableArray<CommentId> comments = [.. board.CommentsBy.GetValueOrDefault(forget.Author, []).OrderBy(comment => comment.Value, StringComparer.Ordinal)];
        ImmutableArray<BoardEvent> said = comments.IsEmpty ? [] : [new CommentsForgotten(comments, forget.RemoveIdeas)];
        if (board.ThemesOf(forget.Author) is { IsEmpty: false } themes) said = said.Add(new ThemesForgotten(themes, forget.RemoveIdeas));
        if (!forget.RemoveIdeas) return said.Add(new AuthorForgotten(ideas, false));
        ImmutableArray<BoardEvent> gone =
        [
            .. said,
            .. ideas.Where(idea => board.Ideas[idea].Standing is not Standing.Withdrawn).SelectMany(idea => board.Withdrawn(idea)),
            new AuthorForgotten(ideas, true),
        ];
        return gone;
    }

    private static Decision<BoardEvent> DecideClose(Board board, CloseBoard close)
    {
        ImmutableArray<BoardEvent> closed = [.. board.Ballots.Where(ballot => ballot.Value.Open).SelectMany(ballot => board.Closing(ballot.Key, close.Voters, close.ProxyKeys)), new BoardClosed()];
        return closed;
    }
}
