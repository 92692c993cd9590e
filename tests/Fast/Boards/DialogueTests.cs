using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Boards;
using static LiveCoCreate.Fast.Boards.BoardSpec;
using static LiveCoCreate.Fast.Boards.Floor;
using static LiveCoCreate.Grains.Boards.BoardCommand;
using static LiveCoCreate.Grains.Boards.BoardEvent;

namespace LiveCoCreate.Fast.Boards;

/// <summary>Comments, reactions, the team's reply and where an idea stands (F10 to F12, C9).</summary>
public sealed class DialogueTests
{
    private static BoardSpec Written => Opened().Given(Ada, new AddIdea(Bench, Now, "Benches")).Given(Ben, new AddIdea(Shade, Now, "Shade"));

    private static BoardSpec Said => Written.Given(Ben, new AddComment(Why, Bench, "Why there?", "en"));

    private static BoardSpec Careful => Opened(Moderation.Approve).Given(Fay, new AddIdea(Bench, Now, "Benches"));

    [Fact]
    public void A_comment_is_read_by_all_and_named_by_nobody() => Written.When(Ben, new AddComment(Why, Bench, " Why there? ", "en"))
        .Then(new CommentAdded(Why, Bench, "Why there?", "en", Ben.Id, null, Team: false, Waiting: false))
        .ThenSeenBy(Audience.Screens, view => Assert.Equal(("Why there?", IdeaState.Shown, null, null), (view.Comments[Why].Text, view.Comments[Why].State, view.Comments[Why].Signature, view.Comments[Why].Team)))
        .ThenMine(Ben, mine => Assert.Equal(MyIdeaState.Shown, mine.Comments[Why].State)).ThenMine(Ada, mine => Assert.Empty(mine.Comments));

    [Fact]
    public void A_comment_is_signed_where_names_are_shown() => Opened(anonymous: false).Given(Ada, new AddIdea(Bench, Now, "x")).Given(Ben, new AddComment(Why, Bench, "Why?"))
        .ThenSeenBy(Audience.Participants, view => Assert.Equal("alias2", view.Comments[Why].Signature));

    [Fact]
    public void A_comment_with_a_listed_word_waits_and_so_do_a_limited_persons() => Written.Given(Caller.System, new ListWords(["fool"])).Given(Caller.System, new LimitAuthors([Ada.Id]))
        .Given(Ben, new AddComment(Why, Bench, "You fool")).ThenSeenBy(Audience.Participants, view => Assert.Empty(view.Comments))
        .Given(Ben, new EditComment(Why, "You friend")).Given(Fay, new ApproveComment(Why)).ThenSeenBy(Audience.Participants, view => Assert.Equal("You friend", view.Comments[Why].Text))
        .Given(Ben, new EditComment(Why, "You fool")).ThenSeenBy(Audience.Participants, view => Assert.Empty(view.Comments))
        .Given(Ada, new AddComment(Where, Bench, "Kindly")).ThenSeenBy(Audience.Participants, view => Assert.Empty(view.Comments));

    [Fact]
    public void What_a_facilitator_says_is_the_teams_and_never_waits() => Careful.When(Fay, new AddComment(Why, Bench, "We asked"))
        .Then(new CommentAdded(Why, Bench, "We asked", null, Fay.Id, null, Team: true, Waiting: false))
        .ThenSeenBy(Audience.Participants, view => Assert.True(view.Comments[Why].Team)).When(Gus, new EditComment(Why, "We asked them")).ThenAccepted();

    [Fact]
    public void Under_approval_a_comment_waits_and_waits_again_when_its_author_edits_it()
    {
        var waiting = Careful.Given(Ben, new AddComment(Why, Bench, "Why there?"));
        waiting.ThenSeenBy(Audience.Participants, view => Assert.Empty(view.Comments)).ThenSeenBy(Audience.Facilitators, view => Assert.Equal(IdeaState.Waiting, view.Comments[Why].State))
            .ThenMine(Ben, mine => Assert.Equal(MyIdeaState.Waiting, mine.Comments[Why].State));
        waiting.Given(Fay, new ApproveComment(Why)).ThenSeenBy(Audience.Participants, view => Assert.NotEmpty(view.Comments))
            .When(Ben, new EditComment(Why, "Why here?")).Then(new CommentEdited(Why, Bench, "Why here?", null, "Why there?", null, Waiting: true, Standing.Shown))
            .ThenSeenBy(Audience.Participants, view => Assert.Empty(view.Comments));
    }

    [Fact]
    public void A_hidden_comments_reason_is_for_its_author_and_the_facilitators() => Said.Given(Fay, new HideComment(Why, " names a person "))
        .ThenSeenBy(Audience.Participants, view => Assert.Empty(view.Comments)).ThenSeenBy(Audience.Facilitators, view => Assert.Equal("names a person", view.Comments[Why].Reason))
        .ThenMine(Ben, mine => Assert.Equal((MyIdeaState.Hidden, "names a person"), (mine.Comments[Why].State, mine.Comments[Why].Reason)))
        .When(Ben, new EditComment(Why, "x")).ThenRefused("comment-missing")
        .Given(Gus, new ShowComment(Why)).ThenSeenBy(Audience.Participants, view => Assert.Null(view.Comments[Why].Reason));

    [Fact]
    public void Nobody_but_its_author_edits_or_withdraws_a_comment() => Said.When(Fay, new EditComment(Why, "x")).ThenRefused("comment-missing")
        .When(Ada, new WithdrawComment(Why)).ThenRefused("comment-missing")
        .When(Ben, new WithdrawComment(Why)).Then(new CommentWithdrawn(Why, Bench, Standing.Shown)).When(Ben, new WithdrawComment(Why)).ThenNothing();

    [Fact]
    public void On_what_nobody_else_sees_nobody_comments_reacts_or_decides()
    {
        var unrevealed = Opened(@private: true).Given(Ada, new AddIdea(Bench, Now, "Benches"));
        foreach (var (by, command) in new (Caller, BoardCommand)[]
        {
            (Ada, new AddComment(Why, Bench, "x")), (Fay, new AddComment(Why, Bench, "x")), (Ben, new React(Bench, Reaction.Heart, true)),
            (Fay, new ReplyToIdea(Bench, "x")), (Fay, new SetStatus(Bench, IdeaStatus.Chosen)),
        })
            unrevealed.When(by, command).ThenRefused("idea-missing");
    }

    [Fact]
    public void Comments_go_from_view_with_their_idea_and_come_again_with_it()
    {
        var hidden = Said.Given(Ben, new React(Bench, Reaction.Star, true)).Given(Fay, new HideIdea(Bench, "why"));
        hidden.ThenSeenBy(Audience.Participants, view => Assert.True(view.Comments.IsEmpty && view.Reactions.IsEmpty));
        hidden.Given(Fay, new ShowIdea(Bench)).ThenSeenBy(Audience.Participants, view => Assert.True(view.Comments.ContainsKey(Why) && view.Reactions.ContainsKey(Bench)));
        Said.Given(Ada, new WithdrawIdea(Bench)).ThenSeenBy(Audience.Facilitators, view => Assert.Empty(view.Comments)).ThenMine(Ben, mine => Assert.Empty(mine.Comments));
    }

    [Fact]
    public void A_reaction_is_counted_once_and_taken_back_at_any_time()
    {
        var given = Written.Given(Ben, new React(Bench, Reaction.Heart, true)).Given(Ada, new React(Bench, Reaction.Heart, true), new React(Bench, Reaction.Light, true));
        given.ThenSeenBy(Audience.Participants, view => Assert.Equal(new Reactions(Heart: 2, Light: 1), view.Reactions[Bench]))
            .ThenMine(Ben, mine => Assert.Equal(new Reactions(Heart: 1), mine.Reactions[Bench]))
            .When(Ben, new React(Bench, Reaction.Heart, true)).ThenNothing().When(Ben, new React(Bench, Reaction.Star, false)).ThenNothing();
        given.Given(Fay, new HideIdea(Bench, "why")).When(Ben, new React(Bench, Reaction.Heart, false)).Then(new ReactionSet(Bench, Reaction.Heart, false)).ThenMine(Ben, mine => Assert.Empty(mine.Reactions));
    }

    [Fact]
    public void Of_what_became_one_idea_each_person_counts_once() => Written
        .Given(Ada, new React(Bench, Reaction.Heart, true)).Given(Ben, new React(Bench, Reaction.Heart, true), new React(Shade, Reaction.Heart, true), new React(Shade, Reaction.Star, true))
        .Given(Fay, new MergeIdea(Bench, Shade)).ThenSeenBy(Audience.Participants, view =>
        {
            Assert.Equal(new Reactions(Heart: 2, Star: 1), view.Reactions[Shade]);
            Assert.DoesNotContain(Bench, view.Reactions.Keys);
        });

    [Fact]
    public void What_the_team_answers_is_read_by_all_until_it_is_taken_back() => Written.Given(Fay, new ReplyToIdea(Bench, " In autumn ", "en"))
        .ThenSeenBy(Audience.Participants, view => Assert.Equal(("In autumn", "en"), (view.Ideas[Bench].Reply!.Text, view.Ideas[Bench].Reply!.Language)))
        .When(Gus, new ReplyToIdea(Bench, "In autumn", "en")).ThenNothing()
        .When(Gus, new ReplyToIdea(Bench)).Then(new ReplySet(Bench, null, null, "In autumn", "en")).ThenSeenBy(Audience.Participants, view => Assert.Null(view.Ideas[Bench].Reply));

    [Fact]
    public void Not_now_has_a_reason_and_what_was_received_says_nothing() => Written
        .When(Fay, new SetStatus(Bench, IdeaStatus.NotNow)).ThenRefused("empty-text")
        .When(Fay, new SetStatus(Bench, IdeaStatus.NotNow, "no money")).Then(new StatusSet(Bench, IdeaStatus.NotNow, "no money", IdeaStatus.Received, null))
        .ThenSeenBy(Audience.Participants, view => Assert.Equal((IdeaStatus.NotNow, "no money"), (view.Ideas[Bench].Status, view.Ideas[Bench].Note)))
        .When(Gus, new SetStatus(Bench, IdeaStatus.Received)).ThenAccepted().ThenSeenBy(Audience.Participants, view => Assert.Null(view.Ideas[Bench].Status));

    [Fact]
    public void What_a_comment_said_once_is_not_replayed_and_neither_is_why_an_idea_was_turned_down_before()
    {
        var then = Said.Given(Fay, new SetStatus(Bench, IdeaStatus.NotNow, "no money"), new ReplyToIdea(Bench, "Sorry")).Board;
        var now = Said.Given(Fay, new SetStatus(Bench, IdeaStatus.Planned, "next year"), new ReplyToIdea(Bench, "Gladly")).Given(Ben, new EditComment(Why, "Why here?")).Board;
        var seen = Board.ReplaySeenBy(TheBoard, Audience.Participants, then, now.SeenBy(TheBoard, Audience.Participants));
        Assert.Equal((IdeaStatus.NotNow, null, "Gladly", "Why here?"), (seen.Ideas[Bench].Status, seen.Ideas[Bench].Note, seen.Ideas[Bench].Reply!.Text, seen.Comments[Why].Text));

        var withdrawn = Said.Given(Ben, new WithdrawComment(Why)).Board;
        Assert.Empty(Board.ReplaySeenBy(TheBoard, Audience.Participants, then, withdrawn.SeenBy(TheBoard, Audience.Participants)).Comments);
    }

    [Fact]
    public void A_card_that_nobody_talks_about_costs_nothing()
    {
        var view = Written.Board.SeenBy(TheBoard, Audience.Participants);
        var json = System.Text.Json.JsonSerializer.Serialize(view.Ideas[Bench], Json.Options);
        Assert.DoesNotContain("status", json, StringComparison.Ordinal);
        Assert.True(view.Comments.IsEmpty && view.Reactions.IsEmpty);
    }

    [Fact]
    public void A_reaction_is_told_without_the_idea_and_a_comment_without_the_others()
    {
        var before = Said.Board.SeenBy(TheBoard, Audience.Participants);
        var frame = Frame.Between(before, Said.Given(Ada, new React(Bench, Reaction.Star, true), new AddComment(Where, Bench, "Where?")).Board.SeenBy(TheBoard, Audience.Participants));
        Assert.Null(frame.Ideas);
        Assert.Equal([Where], frame.Comments!.Keys);
        Assert.Equal([Bench], frame.Reactions!.Keys);
    }
}
