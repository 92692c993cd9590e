using LiveCoCreate.Fast.Journals;
using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Boards;
using LiveCoCreate.Grains.Clustering;
using LiveCoCreate.Grains.Journals;
using static LiveCoCreate.Fast.Boards.BoardSpec;
using static LiveCoCreate.Fast.Boards.Floor;
using static LiveCoCreate.Grains.Boards.BoardCommand;
using static LiveCoCreate.Grains.Boards.BoardEvent;

namespace LiveCoCreate.Fast.Boards;

/// <summary>PROTOCOL.md TH4 and TH5: a person accepts what clustering proposes, and clustering obeys what people decided.</summary>
public sealed class ThemingTests
{
    private static BoardSpec Written => Opened().Given(Ada, new AddIdea(Bench, Now, "Benches in the park")).Given(Ben, new AddIdea(Shade, Now, "Shade in the park"), new AddIdea(Tap, Now, "Drinking water"), new AddIdea(Tree, Now, "More trees"));

    private static AcceptThemes Both => new([new(Green, " Green ", 4, [Bench, Shade]), new(Water, "Water", 7, [Tap])]);

    [Fact]
    public void Several_are_accepted_at_once_under_the_names_they_were_given() => Written.When(Fay, Both).Then(
            new ThemeAdded(Green, "Green", 4, Rank.Appended(6)), new IdeaThemed(Bench, Green, null), new IdeaThemed(Shade, Green, null),
            new ThemeAdded(Water, "Water", 7, Rank.Appended(9)), new IdeaThemed(Tap, Water, null))
        .ThenSeenBy(Audience.Participants, view => Assert.Equal((Green, "Green", 4), (view.Ideas[Shade].Theme, view.Themes[Green].Title, view.Themes[Green].Colour)));

    [Fact]
    public async Task It_is_one_append_and_one_frame_for_each_audience()
    {
        var journal = new FailingJournal(new InMemoryJournal());
        var grain = await LiveBoard.ActivateAsync(journal, LiveBoard.Secrets());
        await grain.SubmitAsync(new(new("open"), Caller.System, ManualTime.Start, OpenIt()));
        foreach (var (id, text) in new[] { (Bench, "Benches"), (Shade, "Shade"), (Tap, "A tap") }) await grain.SubmitAsync(new(new("w-" + id), Ada, ManualTime.Start, new AddIdea(id, Now, text)));
        var watcher = new Watcher();
        watcher.Has(await grain.WatchAsync(watcher));
        var before = journal.Appends;
        var reply = await grain.SubmitAsync(new(new("accept"), Fay, ManualTime.Start, Both));
        Assert.True(reply.Accepted);
        Assert.Equal(before + 1, journal.Appends);
        Assert.All((await watcher.NextAsync()).Frames, told => Assert.Equal((3, 2), (told.Frame.Ideas!.Count, told.Frame.Themes!.Count)));
        // A retry is answered as the first time, also where the ideas would be others by now.
        Assert.Equal(reply, await grain.SubmitAsync(new(new("accept"), Fay, ManualTime.Start, new AcceptThemes([new(Green, "x", 1)]))));
        Assert.Equal(before + 1, journal.Appends);
    }

    [Fact]
    public void One_undo_takes_all_of_it_back() => Written.Given(Fay, "accept", Both).When(Fay, "undo", new Undo(new("accept")))
        .Then(new IdeaThemed(Tap, null, Water), new ThemeRemoved(Water, "Water", 7, Rank.Appended(9), []), new IdeaThemed(Shade, null, Green), new IdeaThemed(Bench, null, Green), new ThemeRemoved(Green, "Green", 4, Rank.Appended(6), []), new CommandUndone(new("accept")))
        .When(Fay, new Undo(new("undo"))).ThenSeenBy(Audience.Screens, view => Assert.Equal((Green, Water), (view.Ideas[Bench].Theme, view.Ideas[Tap].Theme)));

    [Fact]
    public void What_somebody_changed_since_is_left_alone_and_the_rest_is_taken_back() => Written.Given(Fay, "accept", Both)
        .Given(Gus, new RenameTheme(Water, "Taps"), new AddTheme(Part, "Sitting", 1), new ThemeIdea(Bench, Part))
        .When(Fay, new Undo(new("accept"))).Then(new IdeaThemed(Shade, null, Green), new ThemeRemoved(Green, "Green", 4, Rank.Appended(6), []), new CommandUndone(new("accept")))
        .ThenSeenBy(Audience.Participants, view => Assert.Equal((Part, null, Water), (view.Ideas[Bench].Theme, view.Ideas[Shade].Theme, view.Ideas[Tap].Theme)));

    [Fact]
    public void A_theme_into_which_somebody_put_another_idea_stays_for_it() => Written.Given(Fay, "accept", Both).Given(Gus, new ThemeIdea(Tree, Green))
        .When(Fay, new Undo(new("accept"))).ThenAccepted()
        .ThenSeenBy(Audience.Participants, view => Assert.Equal((Green, null, null), (view.Ideas[Tree].Theme, view.Ideas[Bench].Theme, view.Ideas[Tap].Theme)));

    [Fact]
    public void Where_all_of_it_was_changed_since_it_is_too_late() => Written.Given(Fay, "accept", Both).Given(Gus, new RenameTheme(Water, "Taps"), new RenameTheme(Green, "Nature"))
        .When(Fay, new Undo(new("accept"))).ThenRefused("undo-too-late");

    [Fact]
    public void What_somebody_placed_withdrew_or_named_twice_is_left_out() => Written.Given(Gus, new AddTheme(Part, "Sitting", 1), new ThemeIdea(Bench, Part)).Given(Ben, new WithdrawIdea(Shade))
        .When(Fay, new AcceptThemes([new(Green, "Green", 4, [Bench, Shade, Tree]), new(Water, "Water", 7, [Tree, Tap, Tap])]))
        .Then(new ThemeAdded(Green, "Green", 4, Rank.Appended(9)), new IdeaThemed(Tree, Green, null), new ThemeAdded(Water, "Water", 7, Rank.Appended(11)), new IdeaThemed(Tap, Water, null));

    [Fact]
    public void A_theme_of_which_nothing_is_left_is_not_made() => Written.Given(Gus, new AddTheme(Part, "Sitting", 1), new ThemeIdeas([Bench, Shade], Part))
        .When(Fay, Both).Then(new ThemeAdded(Water, "Water", 7, Rank.Appended(9)), new IdeaThemed(Tap, Water, null))
        .When(Fay, new AcceptThemes([new(Green, "Green", 4, [Bench, Shade])])).ThenRefused("proposal-stale")
        .When(Fay, new AcceptThemes([new(Green, "Green", 4)])).ThenRefused("proposal-stale");

    [Fact]
    public void Who_accepts_what_another_accepted_already_changes_nothing() => Written.Given(Fay, Both).When(Gus, Both).ThenNothing();

    [Fact]
    public void A_theme_that_the_board_has_keeps_its_name_and_is_given_the_ideas() => Written.Given(Gus, new AddTheme(Part, "Sitting", 1), new AddTheme(Green, "Nature", 2), new MergeThemes(Part, Green))
        .When(Fay, new AcceptThemes([new(Part, "Benches", 5, [Bench])])).Then(new IdeaThemed(Bench, Green, null))
        .ThenSeenBy(Audience.Facilitators, view => Assert.Equal("Nature", view.Themes[Green].Title));

    [Fact]
    public void The_same_theme_twice_no_theme_and_a_colour_off_the_palette_are_malformed() => Written
        .When(Fay, new AcceptThemes([])).ThenRefused("malformed").When(Fay, new AcceptThemes([new(Green, "x", 12, [Bench])])).ThenRefused("malformed")
        .When(Fay, new AcceptThemes([new(Green, "x", 1, [Bench]), new(Green, "y", 1, [Tap])])).ThenRefused("malformed");

    [Fact]
    public void Clustering_looks_at_what_facilitators_see_and_at_nothing_written_in_confidence()
    {
        var board = Opened(Moderation.Approve, @private: true).Given(Ada, new AddIdea(Bench, Now, "in confidence")).Given(Fay, new ChangeSettings(Private: false))
            .Given(Ben, new AddIdea(Shade, Now, "waits"), new AddIdea(Tap, Now, "hidden"), new AddIdea(Tree, Now, "part of another")).Given(Fay, new HideIdea(Tap, "why"), new MergeIdea(Tree, Shade)).Board;
        Assert.Equal([new IdeaText(Shade, "waits")], board.ThemableIdeas.ToArray());
    }

    [Fact]
    public void What_stands_in_a_theme_is_fixed_there_and_themes_are_kept_under_their_names()
    {
        var rules = Written.Given(Fay, Both, new RenameTheme(Water, "Taps")).Board.ThemeRules;
        Assert.Equal([new(Green, "Green"), new KeptTheme(Water, "Taps")], rules.Kept.ToArray());
        Assert.Equal((Green, Green, Water), (rules.Fixed[Bench], rules.Fixed[Shade], rules.Fixed[Tap]));
        Assert.False(rules.Fixed.ContainsKey(Tree));
    }

    [Fact]
    public void What_was_taken_out_of_a_theme_is_kept_away_from_what_stands_in_it()
    {
        var rules = Written.Given(Fay, Both).Given(Gus, new ThemeIdea(Shade)).Board.ThemeRules;
        Assert.Equal([(Shade, Bench)], rules.Apart.ToArray());
        // Of an empty theme nothing but its title is left, which would draw it back.
        Assert.Null(Written.Given(Fay, Both).Given(Gus, new ThemeIdea(Tap)).Board.ThemeRules.Fixed[Tap]);
    }

    [Fact]
    public void Who_undoes_says_nothing_of_where_an_idea_belongs() =>
        Assert.Empty(Written.Given(Fay, Both).Given(Gus, "put", new ThemeIdea(Tree, Green)).Given(Gus, new Undo(new("put"))).Board.ThemeRules.Apart);

    [Fact]
    public void Two_ideas_are_kept_apart_until_somebody_lets_them_together() => Written
        .When(Fay, new KeepApart(Shade, Bench)).Then(new IdeasKeptApart(Bench, Shade, true)).When(Gus, new KeepApart(Bench, Shade)).ThenNothing()
        .When(Gus, new KeepApart(Bench, Shade, Apart: false)).Then(new IdeasKeptApart(Bench, Shade, false)).When(Gus, new KeepApart(Bench, Bench)).ThenRefused("malformed");

    [Fact]
    public void What_is_kept_apart_and_what_the_room_finds_are_rules_for_clustering()
    {
        var rules = Written.Given(Fay, new KeepApart(Shade, Bench), new ChangeSettings(Sorting: Sorting.Pairs))
            .Given(Ada, new JudgePair(Tap, Tree, PairAnswer.Same), new JudgePair(Bench, Tap, PairAnswer.Different)).Given(Ben, new JudgePair(Tap, Tree, PairAnswer.Same), new JudgePair(Bench, Tap, PairAnswer.Different))
            .Given(Cyd, new JudgePair(Tap, Tree, PairAnswer.Same), new JudgePair(Bench, Tap, PairAnswer.Different)).Board.ThemeRules;
        Assert.Equal([(Tap, Tree)], rules.Together.ToArray());
        Assert.Equal([(Bench, Shade), (Bench, Tap)], rules.Apart.ToArray());
    }
}
