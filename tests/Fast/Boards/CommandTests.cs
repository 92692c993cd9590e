using System.Collections.Immutable;
using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Boards;
using static LiveCoCreate.Fast.Boards.BoardSpec;
using static LiveCoCreate.Fast.Boards.Floor;
using static LiveCoCreate.Grains.Boards.BoardCommand;
using static LiveCoCreate.Grains.Boards.BoardEvent;

namespace LiveCoCreate.Fast.Boards;

/// <summary>PROTOCOL.md's table, command by command: what happens, why not, what is already so, and who may.</summary>
public sealed class CommandTests
{
    private static readonly string Long = new('x', 2000);

    private static BoardSpec Written => Opened().Given(Ada, new AddIdea(Bench, Now, "Benches")).Given(Ben, new AddIdea(Shade, Now, "Shade"));

    private static BoardSpec Awaiting => Opened(Moderation.Approve).Given(Ada, new AddIdea(Bench, Now, "Benches"));

    private static BoardSpec Themed => Written.Given(Fay, new AddTheme(Water, "Water", 3), new ThemeIdea(Bench, Water));

    private static BoardSpec Sorting => Themed.Given(Fay, new AddTheme(Green, "Green", 4), new ChangeSettings(Sorting: Grains.Boards.Sorting.Everyone));

    private static BoardSpec Comparing => Written.Given(Fay, new ChangeSettings(Sorting: Grains.Boards.Sorting.Pairs));

    private static BoardSpec Offered => Written.Given(Fay, new ChangeSettings(Moderation.Approve, Sorting: Grains.Boards.Sorting.Everyone)).Given(Ada, new AddTheme(Water, "Water", 3));

    private static BoardSpec Full => Opened().Given(Fay, Many(Limits.IdeasPerBoard));

    private static BoardSpec Merged => Written.Given(Fay, new MergeIdea(Bench, Shade));

    private static BoardSpec Voting => Written.Given(Fay, Ballot(First));

    private static BoardSpec Closed => Voting.Given(Fay, new CloseBallot(First));

    private static BoardSpec Said => Written.Given(Ben, new AddComment(Why, Bench, "Why there?"));

    private static BoardSpec SaidAndWaiting => Opened(Moderation.Approve).Given(Fay, new AddIdea(Bench, Now, "Benches")).Given(Ben, new AddComment(Why, Bench, "Why there?"));

    private static BoardCommand[] Comments(int n, IdeaId? idea = null) => [.. Numbers(n).Select(i => new AddComment(new($"comment-{i}"), idea ?? Bench, "x"))];

    private static OpenBallot Ballot(BallotId ballot, int budget = 5, int most = 3, CountsDue counts = CountsDue.Live, bool anonymous = false) =>
        new(ballot, budget, most, counts, anonymous);

    [Fact]
    public void A_board_opens_with_its_lanes() => Opened().ThenSeenBy(Audience.Participants, view =>
    {
        Assert.Equal(["Now", "Later"], view.Lanes.Values.OrderBy(lane => lane.Rank, StringComparer.Ordinal).Select(lane => lane.Title));
        Assert.True(view.Facts is { Writing: true, Closed: false, Kind: "ideas" });
    });

    [Fact]
    public void An_idea_is_added_behind_the_others() => Written.When(Ada, new AddIdea(Tap, Now, " A tap ", "en"))
        .Then(new IdeaAdded(Tap, Now, "A tap", "en", Ada.Id, null, Rank.Appended(4), Waiting: false, Private: false))
        .ThenOrder(Now, Bench, Shade, Tap);

    [Fact]
    public void An_idea_is_signed_where_names_are_shown() => Opened(anonymous: false).When(Ada, new AddIdea(Tap, Now, "A tap"))
        .Then(new IdeaAdded(Tap, Now, "A tap", null, Ada.Id, "alias1", Rank.Appended(2), false, false));

    [Fact]
    public void An_author_edits_their_own_idea() => Written.When(Ada, new EditIdea(Bench, "More benches", "en"))
        .Then(new IdeaEdited(Bench, "More benches", "en", "Benches", null, Waiting: false, Standing.Shown, Own: true));

    [Fact]
    public void What_its_author_wrote_stays_in_the_facilitators_sight() => Written.Given(Fay, "one", new EditIdea(Bench, "More benches")).When(Gus, "two", new EditIdea(Bench, "Many benches"))
        .ThenSeenBy(Audience.Facilitators, view => Assert.Equal("Benches", view.Ideas[Bench].Original)).ThenSeenBy(Audience.Participants, view => Assert.Null(view.Ideas[Bench].Original))
        .When(Gus, new Undo(new("two"))).ThenSeenBy(Audience.Facilitators, view => Assert.Equal("Benches", view.Ideas[Bench].Original))
        .When(Fay, new Undo(new("one"))).ThenSeenBy(Audience.Facilitators, view => Assert.Null(view.Ideas[Bench].Original))
        .Given(Fay, new EditIdea(Bench, "More benches")).When(Ada, new EditIdea(Bench, "My own words")).ThenSeenBy(Audience.Facilitators, view => Assert.Null(view.Ideas[Bench].Original));

    [Fact]
    public void A_facilitator_edits_any_idea_also_when_writing_is_closed() =>
        Written.Given(Fay, new CloseWriting()).When(Fay, new EditIdea(Bench, "More benches")).ThenAccepted();

    [Fact]
    public void An_approved_idea_that_its_author_edits_waits_again() => Awaiting.Given(Fay, new ApproveIdea(Bench)).When(Ada, new EditIdea(Bench, "More"))
        .Then(new IdeaEdited(Bench, "More", null, "Benches", null, Waiting: true, Standing.Shown, Own: true)).ThenSeenBy(Audience.Participants);

    [Fact]
    public void An_author_withdraws_their_own_idea() => Written.When(Ada, new WithdrawIdea(Bench)).Then(new IdeaWithdrawn(Bench))
        .ThenSeenBy(Audience.Participants, Shade).ThenSeenBy(Audience.Facilitators, Shade).ThenMine(Ada, Bench, MyIdeaState.Withdrawn);

    [Fact]
    public void A_waiting_idea_is_approved() => Awaiting.When(Fay, new ApproveIdea(Bench)).Then(new IdeaApproved(Bench)).ThenSeenBy(Audience.Screens, Bench);

    [Fact]
    public void An_idea_is_hidden_with_a_reason_for_its_author() => Written.When(Fay, new HideIdea(Bench, " names a person "))
        .Then(new IdeaHidden(Bench, "names a person", Standing.Shown)).ThenSeenBy(Audience.Participants, Shade)
        .ThenMine(Ada, mine => Assert.Equal("names a person", mine.Ideas[Bench].Reason));

    [Fact]
    public void A_hidden_idea_is_shown_again() => Written.Given(Fay, new HideIdea(Bench, "why")).When(Gus, new ShowIdea(Bench))
        .Then(new IdeaShown(Bench, Standing.Shown, "why")).ThenSeenBy(Audience.Participants, Bench, Shade);

    [Fact]
    public void An_idea_is_moved_to_the_front_of_another_lane() => Written.Given(Ada, new AddIdea(Tap, Later, "Tap")).When(Fay, new MoveIdea(Bench, Later))
        .ThenAccepted().ThenOrder(Later, Bench, Tap).ThenOrder(Now, Shade);

    [Fact]
    public void An_idea_is_moved_behind_another() => Written.Given(Ada, new AddIdea(Tap, Now, "Tap"), new AddIdea(Tree, Now, "Tree"))
        .When(Fay, new MoveIdea(Bench, Now, Tap)).ThenAccepted().ThenOrder(Now, Shade, Tap, Bench, Tree)
        .When(Fay, new MoveIdea(Bench, Now, Tree)).ThenAccepted().ThenOrder(Now, Shade, Tap, Tree, Bench)
        .When(Fay, new MoveIdea(Bench, Now)).ThenAccepted().ThenOrder(Now, Bench, Shade, Tap, Tree);

    [Fact]
    public void What_is_moved_to_the_end_still_stands_before_what_is_added_later() => Written.Given(Fay, new MoveIdea(Bench, Now, Shade))
        .When(Ada, new AddIdea(Tap, Now, "Tap")).ThenOrder(Now, Shade, Bench, Tap);

    [Fact]
    public void An_idea_is_put_into_a_theme_and_out_of_it() => Themed.When(Fay, new ThemeIdea(Bench))
        .Then(new IdeaThemed(Bench, null, Water, Out: Water)).When(Fay, new ThemeIdea(Shade, Water)).Then(new IdeaThemed(Shade, Water, null));

    [Fact]
    public void An_idea_is_merged_into_another() => Written.When(Fay, new MergeIdea(Bench, Shade)).Then(new IdeaMerged(Bench, Shade))
        .ThenSeenBy(Audience.Participants, view => Assert.Equal(Shade, view.Ideas[Bench].Into)).ThenMine(Ada, Bench, MyIdeaState.Merged);

    [Fact]
    public void A_merged_idea_stands_on_its_own_again() => Merged.When(Fay, new UnmergeIdea(Bench)).Then(new IdeaUnmerged(Bench, Shade));

    [Fact]
    public void Themes_are_added_renamed_and_removed() => Themed
        .When(Fay, new AddTheme(Green, " Green ", 11)).Then(new ThemeAdded(Green, "Green", 11, Rank.Appended(6)))
        .When(Fay, new RenameTheme(Water, "Wet")).Then(new ThemeRenamed(Water, "Wet", "Water"))
        .When(Fay, new RemoveTheme(Water)).Then(new ThemeRemoved(Water, "Wet", 3, Rank.Appended(4), [Bench]))
        .ThenSeenBy(Audience.Participants, view => Assert.Null(view.Ideas[Bench].Theme));

    [Fact]
    public void Lanes_are_added_renamed_and_removed() => Opened()
        .When(Fay, new AddLane(Extra, "Extra")).Then(new LaneAdded(Extra, "Extra", Rank.Appended(2)))
        .When(Fay, new RenameLane(Extra, "More")).Then(new LaneRenamed(Extra, "More", "Extra"))
        .When(Fay, new RemoveLane(Extra)).Then(new LaneRemoved(Extra, "More", Rank.Appended(2)));

    [Fact]
    public void A_lane_whose_ideas_were_all_withdrawn_can_go() =>
        Opened().Given(Ada, new AddIdea(Bench, Later, "x"), new WithdrawIdea(Bench)).When(Fay, new RemoveLane(Later)).ThenAccepted();

    [Fact]
    public void Settings_change_one_by_one() => Opened().When(Fay, new ChangeSettings(Moderation.Approve))
        .Then(new SettingsChanged(new(Moderation.Approve, false, true), new(Moderation.Open, false, true)))
        .When(Fay, new ChangeSettings(Private: true)).Then(new SettingsChanged(new(Moderation.Approve, true, true), new(Moderation.Approve, false, true)));

    [Fact]
    public void Writing_is_closed_and_opened() => Opened().When(Fay, new CloseWriting()).Then(new WritingClosed()).When(Fay, new OpenWriting()).Then(new WritingOpened());

    [Fact]
    public void What_was_written_privately_is_revealed() => Opened(@private: true).Given(Ada, new AddIdea(Bench, Now, "Benches"))
        .ThenSeenBy(Audience.Participants).ThenSeenBy(Audience.Facilitators).ThenMine(Ada, Bench, MyIdeaState.Private)
        .ThenSeenBy(Audience.Screens, view => Assert.True(view.Facts is { Unrevealed: 1, Private: true, Revealed: false }))
        .When(Fay, new RevealIdeas()).Then(new IdeasRevealed()).ThenSeenBy(Audience.Participants, Bench).ThenMine(Ada, Bench, MyIdeaState.Shown)
        .ThenSeenBy(Audience.Screens, view => Assert.True(view.Facts is { Unrevealed: 0, Private: false, Revealed: true }));

    [Fact]
    public void What_was_written_privately_under_approval_waits_after_the_reveal() => Opened(Moderation.Approve, @private: true)
        .Given(Ada, new AddIdea(Bench, Now, "Benches")).ThenSeenBy(Audience.Facilitators, Bench)
        .When(Fay, new RevealIdeas()).ThenSeenBy(Audience.Participants).ThenMine(Ada, Bench, MyIdeaState.Waiting);

    [Fact]
    public void What_a_facilitator_writes_is_neither_private_nor_waiting() => Opened(Moderation.Approve, @private: true)
        .When(Fay, new AddIdea(Bench, Now, "Benches")).ThenSeenBy(Audience.Participants, Bench);

    [Fact]
    public void A_ballot_opens_closes_and_shows_its_results() => Written
        .When(Fay, Ballot(First, counts: CountsDue.Reveal)).Then(new BallotOpened(First, "dots", 5, 3, CountsDue.Reveal, false))
        .When(Fay, new CloseBallot(First)).Then(new BallotClosed(First))
        .When(Fay, new RevealResults(First)).Then(new ResultsRevealed(First));

    [Fact]
    public void A_board_that_closes_closes_its_ballot_and_its_writing() => Voting.When(Caller.System, new CloseBoard())
        .Then(new BallotClosed(First), new BoardClosed()).ThenSeenBy(Audience.Participants, view => Assert.True(view.Facts is { Closed: true, Writing: false }));

    public static TheoryData<string> Refusals => [.. RefusalCases.Keys.Select(key => $"{key.Type}: {key.Code}")];

    /// <summary>One scene for each refusal that PROTOCOL.md lists as a command's own.</summary>
    private static readonly Dictionary<(string Type, string Code), Func<BoardSpec>> RefusalCases = new()
    {
        [("add-idea", "writing-closed")] = () => Opened().Given(Fay, new CloseWriting()).When(Ada, new AddIdea(Bench, Now, "x")),
        [("add-idea", "lane-missing")] = () => Opened().When(Ada, new AddIdea(Bench, Extra, "x")),
        [("add-idea", "id-taken")] = () => Written.When(Ben, new AddIdea(Bench, Now, "x")),
        [("add-idea", "too-many-ideas")] = () => Opened().Given(Ada, Many(Limits.IdeasPerPerson)).When(Ada, new AddIdea(Bench, Now, "x")),
        [("edit-idea", "idea-missing")] = () => Written.When(Ben, new EditIdea(Bench, "x")),
        [("edit-idea", "writing-closed")] = () => Written.Given(Fay, new CloseWriting()).When(Ada, new EditIdea(Bench, "x")),
        [("withdraw-idea", "idea-missing")] = () => Written.When(Ben, new WithdrawIdea(Bench)),
        [("approve-idea", "idea-missing")] = () => Awaiting.When(Fay, new ApproveIdea(Shade)),
        [("approve-idea", "idea-not-waiting")] = () => Awaiting.Given(Fay, new ApproveIdea(Bench)).When(Gus, new ApproveIdea(Bench)),
        [("hide-idea", "idea-missing")] = () => Written.Given(Ada, new WithdrawIdea(Bench)).When(Fay, new HideIdea(Bench, "why")),
        [("show-idea", "idea-missing")] = () => Written.When(Fay, new ShowIdea(Tap)),
        [("show-idea", "idea-not-hidden")] = () => Written.When(Fay, new ShowIdea(Bench)),
        [("move-idea", "idea-missing")] = () => Written.When(Fay, new MoveIdea(Bench, Now, Tap)),
        [("move-idea", "lane-missing")] = () => Written.When(Fay, new MoveIdea(Bench, Extra)),
        [("theme-idea", "idea-missing")] = () => Themed.When(Fay, new ThemeIdea(Tap, Water)),
        [("theme-idea", "sorting-closed")] = () => Themed.When(Ada, new ThemeIdea(Shade, Water)),
        [("add-theme", "sorting-closed")] = () => Comparing.When(Ada, new AddTheme(Water, "x", 1)),
        [("merge-themes", "theme-missing")] = () => Themed.When(Fay, new MergeThemes(Water, Green)),
        [("split-theme", "theme-missing")] = () => Written.When(Fay, new SplitTheme(Water, Part, "x", 1, [Bench])),
        [("split-theme", "id-taken")] = () => Sorting.When(Fay, new SplitTheme(Water, Green, "x", 1, [Bench])),
        [("split-theme", "too-many-at-once")] = () => Themed.When(Fay, new SplitTheme(Water, Part, "x", 1, TooMany)),
        [("split-theme", "too-many-themes")] = () => Themed.Given(Fay, [.. Numbers(Limits.ThemesPerBoard - 1).Select(n => new AddTheme(new($"theme-{n}"), "x", 1))]).When(Fay, new SplitTheme(Water, Part, "x", 1, [Bench])),
        [("split-theme", "idea-missing")] = () => Themed.When(Fay, new SplitTheme(Water, Part, "x", 1, [Shade])),
        [("approve-theme", "theme-missing")] = () => Written.When(Fay, new ApproveTheme(Water)),
        [("approve-theme", "theme-not-waiting")] = () => Offered.Given(Gus, new ApproveTheme(Water)).When(Fay, new ApproveTheme(Water)),
        [("accept-themes", "proposal-stale")] = () => Themed.When(Fay, new AcceptThemes([new(Green, "Green", 2, [Bench])])),
        [("accept-themes", "too-many-themes")] = () => Themed.Given(Fay, [.. Numbers(Limits.ThemesPerBoard - 2).Select(n => new AddTheme(new($"theme-{n}"), "x", 1))]).Given(Ada, new AddIdea(Tap, Now, "Tap"))
            .When(Fay, new AcceptThemes([new(Green, "Green", 2, [Shade]), new(Part, "Part", 3, [Tap])])),
        [("accept-themes", "too-many-at-once")] = () => Themed.When(Fay, new AcceptThemes([new(Green, "Green", 2, [.. Numbers(Limits.IdeasPerBoard + 1).Select(n => new IdeaId($"idea-{n}"))])])),
        [("keep-apart", "idea-missing")] = () => Written.When(Fay, new KeepApart(Bench, Tap)),
        [("keep-apart", "too-many-apart")] = () => Written.Given(Ben, Many(50)).Given(Fay, [.. Numbers(50).SelectMany(one => Numbers(one).Select(other => new KeepApart(new($"idea-{one}"), new($"idea-{other}")))).Where(keep => keep.Idea != keep.Other).Take(Limits.PairsKeptApart)])
            .When(Fay, new KeepApart(Bench, Shade)),
        [("judge-pair", "sorting-closed")] = () => Sorting.When(Ada, new JudgePair(Bench, Shade, PairAnswer.Same)),
        [("judge-pair", "idea-missing")] = () => Comparing.Given(Fay, new HideIdea(Bench, "why")).When(Ada, new JudgePair(Bench, Shade, PairAnswer.Same)),
        [("judge-pair", "too-many-pairs")] = () => Comparing.Given(Ben, Many(40)).Given(Ada, [.. Numbers(40).SelectMany(one => Numbers(one).Select(other => new JudgePair(new($"idea-{one}"), new($"idea-{other}"), PairAnswer.Skip))).Take(Limits.PairsPerPerson)])
            .When(Ada, new JudgePair(Bench, Shade, PairAnswer.Same)),
        [("theme-idea", "theme-missing")] = () => Themed.When(Fay, new ThemeIdea(Bench, Green)),
        [("merge-idea", "idea-missing")] = () => Written.When(Fay, new MergeIdea(Bench, Tap)),
        [("merge-idea", "merge-circle")] = () => Merged.When(Fay, new MergeIdea(Shade, Bench)),
        [("unmerge-idea", "idea-not-merged")] = () => Written.When(Fay, new UnmergeIdea(Bench)),
        [("approve-ideas", "too-many-at-once")] = () => Awaiting.When(Fay, new ApproveIdeas(TooMany)),
        [("approve-ideas", "idea-missing")] = () => Awaiting.When(Fay, new ApproveIdeas([Shade, Tap])),
        [("approve-ideas", "idea-not-waiting")] = () => Awaiting.Given(Fay, new ApproveIdea(Bench)).When(Gus, new ApproveIdeas([Bench, Shade])),
        [("hide-ideas", "too-many-at-once")] = () => Written.When(Fay, new HideIdeas(TooMany, "why")),
        [("hide-ideas", "idea-missing")] = () => Written.Given(Ada, new WithdrawIdea(Bench)).When(Fay, new HideIdeas([Bench], "why")),
        [("hide-ideas-of-author", "idea-missing")] = () => Written.When(Fay, new HideIdeasOfAuthor(Tap, "why")),
        [("move-ideas", "too-many-at-once")] = () => Written.When(Fay, new MoveIdeas(TooMany, Later)),
        [("move-ideas", "idea-missing")] = () => Written.When(Fay, new MoveIdeas([Bench], Later, Tap)),
        [("move-ideas", "lane-missing")] = () => Written.When(Fay, new MoveIdeas([Bench, Shade], Extra)),
        [("theme-ideas", "too-many-at-once")] = () => Themed.When(Fay, new ThemeIdeas(TooMany, Water)),
        [("theme-ideas", "idea-missing")] = () => Themed.When(Fay, new ThemeIdeas([Tap], Water)),
        [("theme-ideas", "theme-missing")] = () => Themed.When(Fay, new ThemeIdeas([Bench], Green)),
        [("merge-ideas", "too-many-at-once")] = () => Written.When(Fay, new MergeIdeas(TooMany, Bench)),
        [("merge-ideas", "idea-missing")] = () => Written.When(Fay, new MergeIdeas([Bench], Tap)),
        [("merge-ideas", "merge-circle")] = () => Merged.When(Fay, new MergeIdeas([Shade], Bench)),
        [("add-theme", "id-taken")] = () => Themed.When(Fay, new AddTheme(Water, "x", 1)),
        [("add-theme", "too-many-themes")] = () => Opened().Given(Fay, [.. Numbers(Limits.ThemesPerBoard).Select(n => new AddTheme(new($"theme-{n}"), "x", 1))]).When(Fay, new AddTheme(Water, "x", 1)),
        [("rename-theme", "theme-missing")] = () => Opened().When(Fay, new RenameTheme(Water, "x")),
        [("remove-theme", "theme-missing")] = () => Opened().When(Fay, new RemoveTheme(Water)),
        [("add-lane", "id-taken")] = () => Opened().When(Fay, new AddLane(Now, "x")),
        [("add-lane", "too-many-lanes")] = () => Opened().Given(Fay, [.. Numbers(Limits.LanesPerBoard - 2).Select(n => new AddLane(new($"lane-{n}"), "x"))]).When(Fay, new AddLane(Extra, "x")),
        [("rename-lane", "lane-missing")] = () => Opened().When(Fay, new RenameLane(Extra, "x")),
        [("remove-lane", "lane-missing")] = () => Opened().When(Fay, new RemoveLane(Extra)),
        [("remove-lane", "lane-not-empty")] = () => Written.When(Fay, new RemoveLane(Now)),
        [("open-ballot", "ballot-still-open")] = () => Voting.When(Fay, Ballot(Second)),
        [("open-ballot", "id-taken")] = () => Closed.When(Fay, Ballot(First)),
        [("open-ballot", "too-many-ballots")] = () => Opened().Given(Fay, [.. Numbers(Limits.BallotsPerBoard).SelectMany(n => new BoardCommand[] { Ballot(new($"b-{n}")), new CloseBallot(new($"b-{n}")) })]).When(Fay, Ballot(First)),
        [("open-ballot", "electorate-too-small")] = () => Opened().When(Fay, new OpenBallot(First, 3, 3, CountsDue.Close, true, For: new Electorate(["nobody's role"]))),
        [("close-ballot", "ballot-missing")] = () => Opened().When(Fay, new CloseBallot(First)),
        [("reveal-results", "ballot-missing")] = () => Opened().When(Fay, new RevealResults(First)),
        [("reveal-results", "ballot-open")] = () => Voting.When(Fay, new RevealResults(First)),
        [("cast-vote", "ballot-closed")] = () => Closed.When(Ada, new CastVote(First, Bench, 1)),
        [("cast-vote", "ballot-missing")] = () => Opened().When(Ada, new CastVote(First, Bench, 1)),
        [("cast-vote", "idea-missing")] = () => Voting.Given(Fay, new HideIdea(Bench, "why")).When(Ada, new CastVote(First, Bench, 1)),
        [("cast-vote", "budget-spent")] = () => Voting.Given(Ada, new CastVote(First, Bench, 3)).When(Ada, new CastVote(First, Shade, 3)),
        [("cast-vote", "not-in-this-round")] = () => Opened().Given(Ada, new AddIdea(Bench, Now, "x")).Given(Fay, new OpenBallot(First, 3, 3, CountsDue.Live, true, For: new Electorate(["teacher"]))).When(Cyd, new CastVote(First, Bench, 1)),
        [("cast-vote", "most-per-idea")] = () => Voting.When(Ada, new CastVote(First, Bench, 4)),
        [("show-on-screen", "idea-missing")] = () => Awaiting.When(Fay, new ShowOnScreen(ScreenView.Idea, Bench)),
        [("show-on-screen", "ballot-missing")] = () => Written.When(Fay, new ShowOnScreen(ScreenView.Results)),
        [("show-on-screen", "ballot-open")] = () => Voting.When(Fay, new ShowOnScreen(ScreenView.Results)),
        [("cast-proxy-vote", "proxy-missing")] = () => Voting.When(Fay, new CastProxyVote(Dina, First, Bench, 1)),
        [("cast-proxy-vote", "ballot-closed")] = () => Closed.Given(Caller.System, new ListProxies([Dina])).When(Fay, new CastProxyVote(Dina, First, Bench, 1)),
        [("cast-proxy-vote", "ballot-missing")] = () => Opened().Given(Caller.System, new ListProxies([Dina])).When(Fay, new CastProxyVote(Dina, First, Bench, 1)),
        [("cast-proxy-vote", "idea-missing")] = () => Voting.Given(Caller.System, new ListProxies([Dina])).When(Fay, new CastProxyVote(Dina, First, Tap, 1)),
        [("cast-proxy-vote", "budget-spent")] = () => Voting.Given(Caller.System, new ListProxies([Dina])).Given(Gus, new CastProxyVote(Dina, First, Bench, 3)).When(Fay, new CastProxyVote(Dina, First, Shade, 3)),
        [("cast-proxy-vote", "most-per-idea")] = () => Voting.Given(Caller.System, new ListProxies([Dina])).When(Fay, new CastProxyVote(Dina, First, Bench, 4)),
        [("add-comment", "idea-missing")] = () => Written.Given(Fay, new HideIdea(Bench, "why")).When(Ben, new AddComment(Why, Bench, "x")),
        [("add-comment", "id-taken")] = () => Said.When(Ada, new AddComment(Why, Bench, "x")),
        [("add-comment", "too-many-comments")] = () => Written.Given(Ben, Comments(Limits.CommentsPerIdea)).When(Ada, new AddComment(Why, Bench, "x")),
        [("edit-comment", "comment-missing")] = () => Said.When(Ada, new EditComment(Why, "x")),
        [("withdraw-comment", "comment-missing")] = () => Said.When(Fay, new WithdrawComment(Why)),
        [("approve-comment", "comment-missing")] = () => SaidAndWaiting.When(Fay, new ApproveComment(Where)),
        [("approve-comment", "comment-not-waiting")] = () => SaidAndWaiting.Given(Gus, new ApproveComment(Why)).When(Fay, new ApproveComment(Why)),
        [("hide-comment", "comment-missing")] = () => Said.Given(Ben, new WithdrawComment(Why)).When(Fay, new HideComment(Why, "why")),
        [("show-comment", "comment-missing")] = () => Said.When(Fay, new ShowComment(Where)),
        [("show-comment", "comment-not-hidden")] = () => Said.When(Fay, new ShowComment(Why)),
        [("react", "idea-missing")] = () => Written.Given(Fay, new HideIdea(Bench, "why")).When(Ben, new React(Bench, Reaction.Heart, true)),
        [("reply-to-idea", "idea-missing")] = () => Written.Given(Fay, new HideIdea(Bench, "why")).When(Fay, new ReplyToIdea(Bench, "x")),
        [("set-status", "idea-missing")] = () => Awaiting.When(Fay, new SetStatus(Bench, IdeaStatus.Chosen)),
        [("set-plan", "idea-missing")] = () => Awaiting.When(Fay, new SetPlan(Bench)),
        [("add-idea", "too-many-at-once")] = () => Opened().When(Fay, new AddIdea(Bench, Now, "x", From: [.. Numbers(Limits.SourcesPerIdea + 1).Select(n => new Source(TheBoard, new($"idea-{n}")))])),
        [("bring-ideas", "too-many-at-once")] = () => Opened().When(Fay, BringTests.Bring([.. Numbers(Limits.BroughtAtOnce + 1).Select(n => new Bringing(new($"idea-{n}"), Bench))])),
        [("bring-ideas", "lane-missing")] = () => Opened().When(Fay, BringTests.Bringing(Bench) with { Lane = Extra }),
        [("bring-ideas", "idea-missing")] = () => Opened().When(Fay, BringTests.Bringing(Tree)),
        [("bring-ideas", "id-taken")] = () => Opened().Given(Ada, new AddIdea(BringTests.New(Bench), Now, "x")).When(Fay, BringTests.Bringing(Bench)),
        [("bring-ideas", "too-many-ideas")] = () => Full.When(Fay, BringTests.Bringing(Bench)),
        [("undo", "undo-missing")] = () => Written.Given(Fay, "hide", new HideIdea(Bench, "why")).When(Gus, new Undo(new("hide"))),
        [("undo", "undo-too-late")] = () => Written.Given(Fay, "hide", new HideIdea(Bench, "why")).Given(Gus, new ShowIdea(Bench)).When(Fay, new Undo(new("hide"))),
        [("undo", "undo-impossible")] = () => Opened(@private: true).Given(Fay, "reveal", new RevealIdeas()).When(Fay, new Undo(new("reveal"))),
    };

    [Theory, MemberData(nameof(Refusals))]
    public void A_command_is_refused_for_a_reason_of_its_own(string refusal)
    {
        var (type, code) = (refusal.Split(": ")[0], refusal.Split(": ")[1]);
        RefusalCases[(type, code)]().ThenRefused(code);
    }

    [Fact]
    public void Every_refusal_of_the_protocols_table_has_its_scene_and_its_sentence()
    {
        var listed = CommandTable.Rows.Where(row => !row.Workshop).SelectMany(row => row.Refusals.Select(code => (row.Type, code))).ToList();
        Assert.Equal(listed.Order(), RefusalCases.Keys.Order());
        Assert.Empty(CommandTable.Rows.SelectMany(row => row.Refusals).Except(Refusal.Codes));
    }

    [Fact]
    public void The_protocols_table_and_the_code_know_the_same_commands() => Assert.Equal(
        CommandTable.Rows.Where(row => !row.Workshop).Select(row => row.Type).Order(),
        CommandTable.BoardCommands.Keys.Except(["open-board", "close-board", "list-words", "limit-authors", "forget-author", "expunge-text", "copy-comment", "expunge-comment", "expunge-theme", "list-proxies", "leave-screen"]).Order());

    /// <summary>Every command in a scene where it would be accepted, if only the seat may.</summary>
    private static readonly (BoardCommand Command, BoardSpec Scene)[] Acceptable =
    [
        (new AddIdea(Tap, Now, "x"), Written),
        (new EditIdea(Bench, "x"), Written),
        (new WithdrawIdea(Bench), Written),
        (new ApproveIdea(Bench), Awaiting),
        (new HideIdea(Bench, "why"), Written),
        (new ShowIdea(Bench), Written.Given(Fay, new HideIdea(Bench, "why"))),
        (new MoveIdea(Bench, Later), Written),
        (new ThemeIdea(Shade, Water), Sorting),
        (new MergeIdea(Bench, Shade), Written),
        (new UnmergeIdea(Bench), Merged),
        (new ApproveIdeas([Bench]), Awaiting),
        (new HideIdeas([Bench, Shade], "why"), Written),
        (new HideIdeasOfAuthor(Bench, "why"), Written),
        (new MoveIdeas([Bench, Shade], Later), Written),
        (new ThemeIdeas([Bench, Shade], Water), Themed),
        (new MergeIdeas([Bench], Shade), Written),
        (new AddTheme(Part, "x", 0), Sorting),
        (new MergeThemes(Water, Green), Sorting),
        (new SplitTheme(Water, Part, "x", 0, [Bench]), Themed),
        (new ApproveTheme(Water), Offered),
        (new AcceptThemes([new(Green, "x", 0, [Shade])]), Themed),
        (new KeepApart(Bench, Shade), Written),
        (new JudgePair(Bench, Shade, PairAnswer.Same), Comparing),
        (new RenameTheme(Water, "x"), Themed),
        (new RemoveTheme(Water), Themed),
        (new AddLane(Extra, "x"), Opened()),
        (new RenameLane(Now, "x"), Opened()),
        (new RemoveLane(Later), Opened()),
        (new ChangeSettings(Moderation.Approve), Opened()),
        (new OpenWriting(), Opened().Given(Fay, new CloseWriting())),
        (new CloseWriting(), Opened()),
        (new SetSubject("x"), Opened()),
        (new RevealIdeas(), Opened(@private: true)),
        (Ballot(First), Opened()),
        (new CloseBallot(First), Voting),
        (new RevealResults(First), Closed),
        (new CastVote(First, Bench, 1), Voting),
        (new ShowOnScreen(ScreenView.Idea, Bench), Written),
        (new LeaveScreen(), Written.Given(Fay, new ShowOnScreen(ScreenView.Cloud))),
        (new ListProxies([Dina]), Opened()),
        (new CastProxyVote(Dina, First, Bench, 1), Voting.Given(Caller.System, new ListProxies([Dina]))),
        (new AddComment(Why, Bench, "x"), Written),
        (new EditComment(Why, "x"), Written.Given(Fay, new AddComment(Why, Bench, "y"))),
        (new WithdrawComment(Why), Written.Given(Fay, new AddComment(Why, Bench, "y"))),
        (new ApproveComment(Why), SaidAndWaiting),
        (new HideComment(Why, "why"), Said),
        (new ShowComment(Why), Said.Given(Fay, new HideComment(Why, "why"))),
        (new React(Bench, Reaction.Heart, true), Written),
        (new ReplyToIdea(Bench, "x"), Written),
        (new SetStatus(Bench, IdeaStatus.Planned), Written),
        (BringTests.Bringing(Bench, Shade), Opened()),
        (new SetPlan(Bench, "Dana"), Written),
        (new CopyComment(Why, Bench, "x"), Written),
        (new ExpungeComment(Why), Said),
        (new Undo(new("hide")), Written.Given(Fay, "hide", new HideIdea(Bench, "why"))),
        (OpenIt(), NotOpened),
        (new CloseBoard(), Opened()),
        (new ListWords(["fool"]), Opened()),
        (new LimitAuthors([Ada.Id]), Opened()),
        (new ForgetAuthor(Ada.Id, true), Written),
        (new ExpungeText(Bench), Written),
        (new ExpungeTheme(Water), Themed),
    ];

    public static TheoryData<string> Types => [.. CommandTable.BoardCommands.Keys];

    [Theory, MemberData(nameof(Types))]
    public void Only_whom_the_table_names_may(string type)
    {
        var (command, scene) = Acceptable.Single(one => CommandTable.TypeOf(one.Command) == type);
        var who = CommandTable.Rows.FirstOrDefault(row => row.Type == type)?.Who ?? "S";
        foreach (var caller in new[] { Ada, Fay, Screen, Caller.System })
        {
            // A comment is its author's, or the team's.
            var there = command is EditComment or WithdrawComment && caller == Ada ? Written.Given(Ada, new AddComment(Why, Bench, "y")) : scene;
            var may = who.Contains(caller.Kind.ToString()[0], StringComparison.Ordinal) && caller != Screen;
            if (may) there.When(caller, command).ThenAccepted();
            else there.When(caller, command).ThenRefused("not-allowed");
        }
    }

    [Theory, MemberData(nameof(Types))]
    public void A_board_that_was_never_opened_is_missing(string type)
    {
        var command = Acceptable.Single(one => CommandTable.TypeOf(one.Command) == type).Command;
        if (command is OpenBoard) NotOpened.When(Caller.System, command).ThenAccepted();
        else NotOpened.When(command is CloseBoard or ListWords or LimitAuthors or ListProxies or LeaveScreen or ForgetAuthor or ExpungeText or ExpungeComment or ExpungeTheme ? Caller.System : Fay, command).ThenRefused("board-missing");
    }

    [Theory, MemberData(nameof(Types))]
    public void A_closed_board_changes_no_more_save_that_it_forgets_and_that_the_team_says_what_became_of_it(string type)
    {
        var (command, scene) = Acceptable.Single(one => CommandTable.TypeOf(one.Command) == type);
        if (command is OpenBoard) return;
        var closed = scene.Given(Caller.System, new CloseBoard());
        if (command is ListProxies or ForgetAuthor or ExpungeText or ExpungeComment or ExpungeTheme) closed.When(Caller.System, command).ThenAccepted();
        else if (command is CloseBoard) closed.When(Caller.System, command).ThenNothing();
        else if (command is SetPlan or SetStatus or ReplyToIdea)
        {
            closed.When(Fay, command).ThenAccepted();
            foreach (var other in new[] { Ada, Screen, Caller.System }) closed.When(other, command).ThenRefused("workshop-closed");
        }
        else closed.When(command is CastVote or WithdrawIdea or JudgePair ? Ada : command is ListWords or LimitAuthors or LeaveScreen ? Caller.System : Fay, command).ThenRefused("workshop-closed");
    }

    private static readonly Dictionary<string, Func<string, BoardCommand>> WithText = new()
    {
        ["add-idea"] = text => new AddIdea(Tap, Now, text),
        ["edit-idea"] = text => new EditIdea(Bench, text),
        ["hide-idea"] = text => new HideIdea(Bench, text),
        ["hide-ideas"] = text => new HideIdeas([Bench, Shade], text),
        ["hide-ideas-of-author"] = text => new HideIdeasOfAuthor(Bench, text),
        ["add-theme"] = text => new AddTheme(Green, text, 1),
        ["split-theme"] = text => new SplitTheme(Water, Part, text, 1, [Bench]),
        ["accept-themes"] = text => new AcceptThemes([new(Green, text, 1, [Shade])]),
        ["rename-theme"] = text => new RenameTheme(Water, text),
        ["add-lane"] = text => new AddLane(Extra, text),
        ["rename-lane"] = text => new RenameLane(Now, text),
        ["add-comment"] = text => new AddComment(Why, Bench, text),
        ["reply-to-idea"] = text => new ReplyToIdea(Bench, text),
        ["set-status"] = text => new SetStatus(Bench, IdeaStatus.NotNow, text),
    };

    public static TheoryData<string> Texts => [.. WithText.Keys];

    [Theory, MemberData(nameof(Texts))]
    public void A_text_is_neither_blank_nor_too_long(string type)
    {
        Themed.When(Fay, WithText[type](" \t\n")).ThenRefused("empty-text");
        Themed.When(Fay, WithText[type](Long)).ThenRefused("too-large");
        Themed.When(Fay, WithText[type]("fits")).ThenAccepted();
    }

    [Fact]
    public void A_texts_limit_is_exact() => Opened()
        .When(Ada, new AddIdea(Bench, Now, new string('x', Limits.IdeaText + 1))).ThenRefused("too-large")
        .When(Ada, new AddIdea(Bench, Now, new string('x', Limits.IdeaText))).ThenAccepted();

    [Fact]
    public void A_language_tag_has_a_limit_too() => Opened().When(Ada, new AddIdea(Bench, Now, "x", Long)).ThenRefused("too-large");

    [Theory]
    [InlineData(0, 1), InlineData(3, 4), InlineData(3, 0), InlineData(Limits.BudgetMost + 1, 1)]
    public void A_ballot_that_nobody_could_vote_in_is_malformed(int budget, int most) => Opened().When(Fay, Ballot(First, budget, most)).ThenRefused("malformed");

    [Fact]
    public void Negative_dots_and_colours_off_the_palette_are_malformed() => Voting
        .When(Ada, new CastVote(First, Bench, -1)).ThenRefused("malformed").When(Fay, new AddTheme(Green, "x", 12)).ThenRefused("malformed");

    private static ImmutableArray<IdeaId> TooMany => [.. Numbers(Limits.IdeasPerCommand + 1).Select(n => new IdeaId($"idea-{n}"))];

    private static BoardCommand[] Many(int n) => [.. Numbers(n).Select(i => new AddIdea(new($"idea-{i}"), Now, "x"))];

    private static IEnumerable<int> Numbers(int n) => Enumerable.Range(0, n);
}
