using System.Collections.Immutable;
using LiveCoCreate.Fast.Journals;
using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Boards;
using LiveCoCreate.Grains.Journals;
using static LiveCoCreate.Fast.Boards.BoardSpec;
using static LiveCoCreate.Fast.Boards.Floor;
using static LiveCoCreate.Grains.Boards.BoardCommand;
using static LiveCoCreate.Grains.Boards.BoardEvent;

namespace LiveCoCreate.Fast.Boards;

/// <summary>PROTOCOL.md G1 to G6: the room groups its ideas, facilitators merge and split the groups.</summary>
public sealed class GroupingTests
{
    private static BoardSpec Written => Opened().Given(Ada, new AddIdea(Bench, Now, "Benches in the shade")).Given(Ben, new AddIdea(Shade, Now, "Shade for the benches"), new AddIdea(Tap, Now, "A tap"));

    private static BoardSpec Sorting => Written.Given(Fay, new AddTheme(Water, "Water", 3), new AddTheme(Green, "Green", 4), new ChangeSettings(Sorting: Grains.Boards.Sorting.Everyone));

    private static BoardSpec Comparing => Written.Given(Fay, new ChangeSettings(Sorting: Grains.Boards.Sorting.Pairs));

    [Fact] // G1
    public void Two_people_who_move_the_same_idea_are_both_accepted_and_the_last_one_wins() => Sorting
        .When(Ada, new ThemeIdea(Tap, Water)).Then(new IdeaThemed(Tap, Water, null, Room: true))
        .When(Ben, new ThemeIdea(Tap, Green)).Then(new IdeaThemed(Tap, Green, Water, Room: true, RoomBefore: true))
        .ThenSeenBy(Audience.Screens, view => Assert.Equal(Green, view.Ideas[Tap].Theme))
        .When(Cyd, new ThemeIdea(Tap, Green)).ThenNothing()
        .When(Cyd, new ThemeIdea(Tap)).Then(new IdeaThemed(Tap, null, Green, Room: true, RoomBefore: true, Out: Green));

    [Fact] // G1
    public void It_is_known_whether_a_facilitator_placed_an_idea_or_the_room()
    {
        var sorted = Sorting.Given(Ada, new ThemeIdea(Tap, Water)).Given(Fay, new ThemeIdea(Bench, Water));
        Assert.True(sorted.Board.Ideas[Tap].ByRoom);
        Assert.False(sorted.Board.Ideas[Bench].ByRoom);
        Assert.True(sorted.Given(Ben, new ThemeIdea(Bench, Green)).Board.Ideas[Bench].ByRoom);
    }

    [Fact]
    public void Participants_sort_only_what_they_see() => Sorting.Given(Fay, new HideIdea(Tap, "why"))
        .When(Ada, new ThemeIdea(Tap, Water)).ThenRefused("idea-missing").When(Fay, new ThemeIdea(Tap, Water)).ThenAccepted();

    [Fact]
    public void What_the_room_sorts_does_not_keep_a_facilitator_from_undoing_something_else() => Sorting
        .Given(Fay, "edit", new EditIdea(Tap, "Two taps")).Given(Fay, "put", new ThemeIdea(Tap, Green)).Given(Ada, new ThemeIdea(Tap, Water))
        .When(Fay, new Undo(new("put"))).ThenRefused("undo-too-late").When(Fay, new Undo(new("edit"))).ThenAccepted()
        .When(Ada, new Undo(new("put"))).ThenRefused("not-allowed");

    [Fact]
    public void Nothing_is_kept_for_the_undo_of_the_room() =>
        Assert.Equal([Fay.Id], Sorting.Given(Ada, new ThemeIdea(Tap, Water), new AddTheme(Part, "Wells", 1), new ThemeIdea(Tap, Part)).Board.Done.Keys);

    [Fact] // G2
    public void A_theme_of_the_rooms_is_seen_at_once_where_writing_is_open() => Sorting
        .When(Ada, new AddTheme(Part, " Wells ", 5)).Then(new ThemeGiven(Part, "Wells", 5, Rank.Appended(8), Ada.Id, Waiting: false))
        .When(Ada, new AddTheme(Part, "Wells", 5)).ThenNothing().When(Ben, new AddTheme(Part, "Wells", 5)).ThenRefused("id-taken")
        .ThenSeenBy(Audience.Participants, view => Assert.True(view.Themes[Part] is { Title: "Wells", Room: true, Waiting: null }));

    public static TheoryData<string> Reasons => ["approve first", "a listed word", "a limited person"];

    [Theory, MemberData(nameof(Reasons))] // G2
    public void A_theme_that_must_be_read_first_waits_and_so_does_what_stands_in_it(string reason)
    {
        var waiting = (reason switch
        {
            "approve first" => Sorting.Given(Fay, new ChangeSettings(Moderation.Approve)),
            "a listed word" => Sorting.Given(Caller.System, new ListWords(["fool"])),
            _ => Sorting.Given(Caller.System, new LimitAuthors([Ada.Id])),
        }).Given(Ada, new AddTheme(Part, "Wells of a fool", 5), new ThemeIdea(Tap, Part));
        waiting.ThenSeenBy(Audience.Participants, view => Assert.True(!view.Themes.ContainsKey(Part) && view.Ideas[Tap].Theme is null))
            .ThenSeenBy(Audience.Facilitators, view => Assert.True(view.Themes[Part] is { Waiting: true, Room: true } && view.Ideas[Tap].Theme == Part))
            .ThenMine(Ada, mine => Assert.Equal(new MyTheme("Wells of a fool", 5), mine.Themes[Part])).ThenMine(Ben, mine => Assert.Empty(mine.Themes))
            .When(Ben, new ThemeIdea(Bench, Part)).ThenRefused("theme-missing");
        waiting.When(Fay, "yes", new ApproveTheme(Part)).Then(new ThemeApproved(Part))
            .ThenSeenBy(Audience.Screens, view => Assert.True(view.Themes.ContainsKey(Part) && view.Ideas[Tap].Theme == Part)).ThenMine(Ada, mine => Assert.Empty(mine.Themes))
            .When(Fay, new Undo(new("yes"))).ThenAccepted().ThenSeenBy(Audience.Screens, view => Assert.False(view.Themes.ContainsKey(Part)));
    }

    [Fact] // G2
    public void A_removed_theme_that_waited_waits_again_when_that_is_undone() => Sorting.Given(Fay, new ChangeSettings(Moderation.Approve)).Given(Ada, new AddTheme(Part, "Wells", 5))
        .Given(Fay, "remove", new RemoveTheme(Part)).Given(Fay, new Undo(new("remove")))
        .ThenSeenBy(Audience.Participants, view => Assert.False(view.Themes.ContainsKey(Part))).ThenSeenBy(Audience.Facilitators, view => Assert.True(view.Themes[Part].Waiting));

    [Fact]
    public void A_person_makes_so_many_themes_and_no_more() => Sorting.Given(Ada, [.. Enumerable.Range(0, Limits.ThemesPerPerson).Select(n => new AddTheme(new($"theme-{n}"), "x", 1))])
        .When(Ada, new AddTheme(Part, "x", 1)).ThenRefused("too-many-themes").When(Ben, new AddTheme(Part, "x", 1)).ThenAccepted();

    [Fact] // G3
    public void Themes_merge_and_the_other_says_what_it_is_made_of() => Sorting.Given(Fay, new ThemeIdea(Tap, Water), new ThemeIdea(Bench, Water), new ThemeIdea(Shade, Green))
        .When(Fay, new MergeThemes(Water, Green)).Then(new ThemeMerged(Water, Green, "Water", 3, Rank.Appended(5), [Bench, Tap]))
        .ThenSeenBy(Audience.Participants, view =>
        {
            Assert.Equal([Green], view.Themes.Keys);
            Assert.Equal([new ThemePart("Water", 2)], view.Themes[Green].MadeOf!.Value.ToArray());
            Assert.All(view.Ideas.Values, idea => Assert.Equal(Green, idea.Theme));
        })
        .When(Gus, new MergeThemes(Water, Green)).ThenNothing()
        .When(Gus, new AddTheme(Water, "Again", 1)).ThenRefused("id-taken").When(Gus, new MergeThemes(Green, Green)).ThenRefused("malformed");

    [Fact] // G3
    public void Who_sorts_into_a_theme_that_was_merged_sorts_into_the_other() => Sorting.Given(Fay, new MergeThemes(Water, Green))
        .When(Ada, new ThemeIdea(Tap, Water)).Then(new IdeaThemed(Tap, Green, null, Room: true)).When(Fay, new ThemeIdea(Bench, Water)).Then(new IdeaThemed(Bench, Green, null))
        .When(Fay, new ThemeIdeas([Shade, Tap], Water)).Then(new IdeaThemed(Shade, Green, null));

    [Fact] // G3
    public void Undoing_a_merge_leaves_what_somebody_moved_meanwhile_where_it_was_put() => Sorting.Given(Fay, new ThemeIdea(Tap, Water), new ThemeIdea(Bench, Water))
        .Given(Fay, "merge", new MergeThemes(Water, Green)).Given(Ada, new ThemeIdea(Tap))
        .When(Fay, new Undo(new("merge"))).Then(new ThemeUnmerged(Water, Green, "Water", 3, Rank.Appended(5), [Bench]), new CommandUndone(new("merge")));

    [Fact] // G3
    public void What_everyone_saw_does_not_go_from_view_with_a_merge_into_what_waits() => Sorting.Given(Fay, new ThemeIdea(Tap, Water), new ChangeSettings(Moderation.Approve)).Given(Ada, new AddTheme(Part, "Wells", 5))
        .Given(Fay, new MergeThemes(Water, Part)).ThenSeenBy(Audience.Participants, view => Assert.Equal(Part, view.Ideas[Tap].Theme));

    [Fact] // G3
    public void A_theme_is_split_and_the_new_one_says_where_it_came_from() => Sorting.Given(Fay, new ThemeIdea(Tap, Water), new ThemeIdea(Bench, Water))
        .When(Fay, "split", new SplitTheme(Water, Part, "Wells", 7, [Tap, Shade])).Then(new ThemeSplit(Water, Part, "Wells", 7, Rank.Appended(10), [Tap]))
        .ThenSeenBy(Audience.Participants, view => Assert.True(view.Themes[Part] is { Title: "Wells", From: { } from } && from == Water && view.Ideas[Tap].Theme == Part && view.Ideas[Bench].Theme == Water))
        .Given(Ada, new ThemeIdea(Shade, Part)).When(Fay, new Undo(new("split"))).ThenRefused("undo-too-late");

    [Fact] // G4
    public void What_several_people_find_the_same_is_proposed_to_facilitators_alone()
    {
        var judged = Comparing.Given(Ada, new JudgePair(Bench, Shade, PairAnswer.Same)).Given(Ben, new JudgePair(Shade, Bench, PairAnswer.Same))
            .ThenSeenBy(Audience.Facilitators, view => Assert.Empty(view.Alike))
            .Given(Cyd, new JudgePair(Bench, Shade, PairAnswer.Same), new JudgePair(Bench, Tap, PairAnswer.Skip));
        judged.ThenSeenBy(Audience.Facilitators, view =>
        {
            Assert.Equal(new AlikeView([new AlikePair(Shade, 3, 0)]), view.Alike[Bench]);
            Assert.Equal(new Compared(3, 3), view.Facts.Compared);
        });
        foreach (var audience in new[] { Audience.Participants, Audience.Screens, Audience.Public })
            judged.ThenSeenBy(audience, view => Assert.True(view.Alike.IsEmpty && view.Facts.Compared is null));
        Assert.True(judged.Board.Pairing.Count(Shade, Bench).IsAlike);

        judged.Given(Fay, "merge", new MergeIdea(Shade, Bench)).ThenSeenBy(Audience.Facilitators, view => Assert.Empty(view.Alike));
        judged.Given(Fay, new HideIdea(Bench, "why")).ThenSeenBy(Audience.Participants, view => Assert.Empty(view.Alike));
        judged.Given(Ada, new WithdrawIdea(Bench)).ThenSeenBy(Audience.Facilitators, view => Assert.Empty(view.Alike));
    }

    [Fact] // G4
    public void The_last_answer_counts_and_doubt_ends_a_proposal() => Comparing
        .Given(Ada, new JudgePair(Bench, Shade, PairAnswer.Same)).Given(Ben, new JudgePair(Bench, Shade, PairAnswer.Same)).Given(Cyd, new JudgePair(Bench, Shade, PairAnswer.Same))
        .When(Ada, new JudgePair(Shade, Bench, PairAnswer.Same)).ThenNothing()
        .Given(Ada, new JudgePair(Shade, Bench, PairAnswer.Different)).ThenSeenBy(Audience.Facilitators, view => Assert.Empty(view.Alike))
        .When(Ada, new JudgePair(Bench, Bench, PairAnswer.Same)).ThenRefused("malformed");

    [Fact] // G5
    public void What_shares_words_is_asked_first_and_nothing_twice()
    {
        var board = Comparing.Board;
        Assert.Equal((Bench, Shade), Ordered(Next(board, Ada)[0]));
        Assert.Equal(Next(board, Ada).ToArray(), Next(board, Ada).ToArray());
        Assert.Equal(3, Next(board, Ada).Length);
        var later = Comparing.Given(Ada, new JudgePair(Bench, Shade, PairAnswer.Skip), new JudgePair(Tap, Shade, PairAnswer.Different)).Board;
        Assert.Equal([(Bench, Tap)], Next(later, Ada).Select(Ordered));
        Assert.Equal(3, Next(later, Ben).Length);
        Assert.Empty(Next(Sorting.Board, Ada));
    }

    [Fact] // G5
    public void What_the_room_agrees_on_or_stands_together_is_asked_no_more_while_something_else_is_open()
    {
        var agreed = new[] { Ada, Ben, Cyd }.Aggregate(Comparing, (so, person) => so.Given(person, new JudgePair(Bench, Shade, PairAnswer.Same)));
        var dan = Ada with { Id = new PersonId("person-dan") };
        Assert.Equal((Bench, Shade), Ordered(Next(agreed.Board, dan)[^1]));
        Assert.DoesNotContain((Bench, Shade), Next(Comparing.Given(Fay, new AddTheme(Green, "Green", 1), new ThemeIdeas([Bench, Shade], Green)).Board, dan).Select(Ordered));
    }

    [Fact] // G5
    public void A_hundred_people_on_hundreds_of_ideas_find_those_that_are_alike()
    {
        // Every idea is there twice, a little differently, among hundreds that share words with others.
        string[] things = ["benches", "fountains", "lamps", "gardens", "playgrounds", "libraries", "bridges", "markets", "shelters", "murals"];
        string[] places = ["by the school", "in the old square", "at the river", "behind the station", "near the clinic", "on the hill", "along the avenue", "under the trees", "beside the pool", "around the mosque"];
        var board = new BoardInHand();
        var sent = 0;
        void Do(Caller by, BoardCommand command) => Assert.Null(board.Submit(new(new($"c{++sent}"), by, ManualTime.Start, command)).Refusal);
        Do(Caller.System, OpenIt());
        for (var n = 0; n < 200; n++) Do(Ada, new AddIdea(new($"idea-{n}"), Now, $"{(n < 100 ? "More " : "We want ")}{things[n % 100 / 10]} {places[n % 10]}"));
        Do(Fay, new ChangeSettings(Sorting: Grains.Boards.Sorting.Pairs));
        var likely = Pairs.Likely(board.Board);
        for (var person = 0; person < 100; person++)
        {
            var who = new Caller(SeatKind.Participant, new PersonId($"p{person}"));
            foreach (var pair in Pairs.Next(board.Board, likely, who.Id, 10))
                Do(who, new JudgePair(pair.Idea, pair.Other, Twin(pair.Idea) == pair.Other ? PairAnswer.Same : PairAnswer.Different));
        }

        var found = board.SeenBy(Audience.Facilitators).Alike.SelectMany(one => one.Value.With.Select(with => (one.Key, with.Idea))).ToList();
        Assert.All(found, pair => Assert.Equal(Twin(pair.Key), pair.Idea));
        Assert.True(found.Count > 80, $"Of 100 twins {found.Count} were found.");
        static IdeaId Twin(IdeaId idea) => new($"idea-{(int.Parse(idea.Value[5..], System.Globalization.CultureInfo.InvariantCulture) + 100) % 200}");
    }

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 60)];

    [Theory, MemberData(nameof(Seeds))]
    public async Task However_two_people_and_a_facilitator_sort_at_once_everybody_ends_with_the_same(int seed)
    {
        var (journal, random) = (new InMemoryJournal(), new Random(seed));
        var grain = await LiveBoard.ActivateAsync(journal, LiveBoard.Secrets());
        IdeaId[] ideas = [Bench, Shade, Tap, Tree];
        ThemeId[] themes = [Water, Green, Part];
        var sent = 0;
        await DoAsync(Caller.System, OpenIt());
        foreach (var idea in ideas) await DoAsync(Ada, new AddIdea(idea, Now, "x"));
        foreach (var theme in themes) await DoAsync(Fay, new AddTheme(theme, "x", 1));
        await DoAsync(Fay, new ChangeSettings(Sorting: Grains.Boards.Sorting.Everyone));
        var watcher = new Watcher();
        watcher.Has(await grain.WatchAsync(watcher));

        for (var round = 0; round < 12; round++)
        {
            // Sent at once, each perhaps twice: in which order they are taken nobody knows beforehand.
            var moves = new[] { Ada, Ben, Fay }.SelectMany(by => Enumerable.Range(0, 3).Select(_ => Sent(by, by == Fay && random.Next(3) == 0
                ? random.Next(2) == 0 ? new MergeThemes(Any(themes), Any(themes)) : new RemoveTheme(Any(themes))
                : random.Next(5) == 0 ? new AddTheme(Any(themes), $"title{random.Next(9)}", 2) : new ThemeIdea(Any(ideas), random.Next(4) == 0 ? null : Any(themes))))).ToArray();
            random.Shuffle(moves);
            var replies = await Task.WhenAll(moves.Concat(moves.Where(_ => random.Next(2) == 0)).Select(async move => (move.Id, Reply: await grain.SubmitAsync(move))));
            Assert.All(replies.Where(reply => reply.Reply.Accepted).GroupBy(reply => reply.Id), same => Assert.Single(same.Select(reply => reply.Reply).Distinct()));
        }

        Assert.Equal(grain.Held(), (await LiveBoard.ActivateAsync(journal, LiveBoard.Secrets())).Held());
        await watcher.ReachedAsync((await grain.SubmitAsync(Sent(Fay, new CloseWriting()))).Version);
        Views.Same(grain.Look().SeenBy(TheBoard, Audience.Participants), watcher.View(Audience.Participants), $"seed {seed}");

        Submission<BoardCommand> Sent(Caller by, BoardCommand command) => new(new($"c{++sent}"), by, ManualTime.Start.AddSeconds(sent), command);
        async Task DoAsync(Caller by, BoardCommand command) => Assert.Null((await grain.SubmitAsync(Sent(by, command))).Refusal);
        T Any<T>(T[] from) => from[random.Next(from.Length)];
    }

    [Theory, InlineData(true), InlineData(false)] // G6
    public async Task A_forgotten_persons_themes_are_nobodys_and_their_titles_go_with_their_words(bool removed)
    {
        var (journal, secrets, sent) = (new InMemoryJournal(), LiveBoard.Secrets(), 0);
        var grain = await LiveBoard.ActivateAsync(journal, secrets);
        foreach (var (by, command) in new (Caller, BoardCommand)[]
        {
            (Caller.System, OpenIt()), (Ada, new AddIdea(Bench, Now, "a")), (Ben, new AddIdea(Shade, Now, "b")), (Fay, new ChangeSettings(Sorting: Grains.Boards.Sorting.Everyone)),
            (Ada, new AddTheme(Water, "adas water", 1)), (Ada, new AddTheme(Green, "adas green", 2)), (Ada, new AddTheme(Part, "adas part", 3)), (Ben, new AddTheme(new("theme-ben"), "bens theme", 4)),
            (Ada, new ThemeIdea(Shade, Water)), (Fay, new RenameTheme(Green, "fays green")), (Fay, new MergeThemes(Part, Green)), (Fay, new RemoveTheme(Water)),
            (Fay, new ChangeSettings(Sorting: Grains.Boards.Sorting.Pairs)), (Ada, new JudgePair(Bench, Shade, PairAnswer.Same)), (Ben, new JudgePair(Bench, Shade, PairAnswer.Same)),
        })
            Assert.Null((await grain.SubmitAsync(new(new($"w{++sent}"), by, ManualTime.Start, command))).Refusal);

        await grain.SubmitAsync(new(new("undo"), Fay, ManualTime.Start, new Undo(new("w12"))));
        await grain.ForgetAsync(new("forget"), Ada.Id, removed, ManualTime.Start);
        var kept = string.Join('\n', await journal.EventsAsync());
        Assert.DoesNotContain(Ada.Id.Value, kept, StringComparison.Ordinal);
        foreach (var title in new[] { "adas water", "adas green", "adas part" }) Assert.Equal(!removed, kept.Contains(title, StringComparison.Ordinal));
        foreach (var title in new[] { "fays green", "bens theme" }) Assert.Contains(title, kept, StringComparison.Ordinal);

        var view = grain.Look().SeenBy(TheBoard, Audience.Participants);
        Assert.Equal((removed ? PersonalAttribute.Forgotten : "adas water", "fays green"), (view.Themes[Water].Title, view.Themes[Green].Title));
        Assert.Equal([new ThemePart(removed ? PersonalAttribute.Forgotten : "adas part", 0)], view.Themes[Green].MadeOf!.Value.ToArray());
        Assert.Equal(new PairCount(1, 0), grain.Look().Pairing.Count(Bench, Shade));
        Assert.Equal(grain.Held(), (await LiveBoard.ActivateAsync(journal, secrets)).Held());
    }

    [Fact] // G6
    public async Task An_expunged_title_is_in_no_event_and_a_facilitators_stays()
    {
        var (journal, secrets, sent) = (new InMemoryJournal(), LiveBoard.Secrets(), 0);
        var grain = await LiveBoard.ActivateAsync(journal, secrets);
        foreach (var (by, command) in new (Caller, BoardCommand)[]
        {
            (Caller.System, OpenIt()), (Fay, new ChangeSettings(Sorting: Grains.Boards.Sorting.Everyone)), (Ada, new AddTheme(Water, "names somebody", 1)), (Fay, new RenameTheme(Water, "Water")),
        })
            Assert.Null((await grain.SubmitAsync(new(new($"w{++sent}"), by, ManualTime.Start, command))).Refusal);
        Assert.True((await grain.ExpungeAsync(new("expunge"), Water, ManualTime.Start)).Accepted);
        Assert.DoesNotContain("names somebody", string.Join('\n', await journal.EventsAsync()), StringComparison.Ordinal);
        Assert.Equal("Water", grain.Look().Themes[Water].Title);
        Assert.Equal("undo-too-late", (await grain.SubmitAsync(new(new("undo"), Fay, ManualTime.Start, new Undo(new("w4"))))).Refusal?.Code);
        Assert.Equal(grain.Held(), (await LiveBoard.ActivateAsync(journal, secrets)).Held());
    }

    [Fact] // G6
    public void A_replay_shows_a_theme_of_the_rooms_while_it_stands_under_its_title_of_today()
    {
        var then = Sorting.Given(Ada, new AddTheme(Part, "rude", 5), new ThemeIdea(Tap, Part)).Given(Fay, new ThemeIdea(Bench, Water));
        BoardView Replayed(BoardSpec now) => Board.ReplaySeenBy(TheBoard, Audience.Participants, then.Board, now.Board.SeenBy(TheBoard, Audience.Participants));
        Assert.Equal("kind", Replayed(then.Given(Fay, new RenameTheme(Part, "kind"))).Themes[Part].Title);
        var gone = Replayed(then.Given(Fay, new RemoveTheme(Part), new RemoveTheme(Water)));
        Assert.Equal([Green, Water], gone.Themes.Keys.OrderBy(theme => theme.Value, StringComparer.Ordinal));
        Assert.Null(gone.Ideas[Tap].Theme);
        Assert.Equal(Water, gone.Ideas[Bench].Theme);
    }

    private static ImmutableArray<Pair> Next(Board board, Caller person) => Pairs.Next(board, Pairs.Likely(board), person.Id, 20);

    private static (IdeaId, IdeaId) Ordered(Pair pair) => Pairing.Ordered(pair.Idea, pair.Other);
}
