using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Boards;
using static LiveCoCreate.Fast.Boards.BoardSpec;
using static LiveCoCreate.Fast.Boards.Floor;
using static LiveCoCreate.Grains.Boards.BoardCommand;

namespace LiveCoCreate.Fast.Boards;

/// <summary>C3: what is already so is accepted and changes nothing.</summary>
public sealed class AlreadySoTests
{
    private static BoardSpec Written => Opened().Given(Ada, new AddIdea(Bench, Now, "Benches", "en")).Given(Ben, new AddIdea(Shade, Now, "Shade"), new AddIdea(Tap, Now, "Tap"));

    [Fact]
    public void The_same_author_adds_the_same_idea() => Written.When(Ada, new AddIdea(Bench, Now, "Benches", "en")).ThenNothing();

    [Fact]
    public void An_idea_is_edited_to_what_it_says() => Written.When(Ada, new EditIdea(Bench, " Benches ", "en")).ThenNothing();

    [Fact]
    public void An_idea_is_edited_to_what_it_says_and_its_language_left_out() => Written.When(Ada, new EditIdea(Bench, "Benches")).ThenNothing();

    [Fact]
    public void A_withdrawn_idea_is_withdrawn() => Written.Given(Ada, new WithdrawIdea(Bench)).When(Ada, new WithdrawIdea(Bench)).ThenNothing();

    [Fact]
    public void A_hidden_idea_is_hidden() => Written.Given(Fay, new HideIdea(Bench, "why")).When(Gus, new HideIdea(Bench, "why")).ThenNothing();

    [Fact]
    public void The_first_of_a_lane_is_moved_to_its_front() => Written.When(Fay, new MoveIdea(Bench, Now)).ThenNothing();

    [Fact]
    public void An_idea_is_moved_behind_the_one_it_follows() =>
        Written.When(Fay, new MoveIdea(Shade, Now, Bench)).ThenNothing().When(Fay, new MoveIdea(Tap, Now, Shade)).ThenNothing();

    [Fact]
    public void An_idea_is_moved_behind_itself() => Written.When(Fay, new MoveIdea(Shade, Now, Shade)).ThenNothing();

    [Fact]
    public void An_idea_is_put_where_its_theme_is() => Written.Given(Fay, new AddTheme(Water, "Water", 1), new ThemeIdea(Bench, Water))
        .When(Gus, new ThemeIdea(Bench, Water)).ThenNothing().When(Gus, new ThemeIdea(Shade)).ThenNothing();

    [Fact]
    public void A_merged_idea_is_merged_into_the_same() => Written.Given(Fay, new MergeIdea(Bench, Shade)).When(Gus, new MergeIdea(Bench, Shade)).ThenNothing();

    [Fact]
    public void Titles_are_given_again() => Written.Given(Fay, new AddTheme(Water, "Water", 1))
        .When(Fay, new RenameTheme(Water, "Water ")).ThenNothing().When(Fay, new RenameLane(Now, "Now")).ThenNothing();

    [Fact]
    public void Settings_are_what_they_are() => Written.When(Fay, new ChangeSettings(Moderation.Open, false)).ThenNothing().When(Fay, new ChangeSettings()).ThenNothing();

    [Fact]
    public void Writing_is_open_or_closed_already() => Written.When(Fay, new OpenWriting()).ThenNothing()
        .Given(Fay, new CloseWriting()).When(Fay, new CloseWriting()).ThenNothing();

    [Fact]
    public void Nothing_is_left_to_reveal() => Written.When(Fay, new RevealIdeas()).ThenNothing();

    [Fact]
    public void A_ballot_is_closed_and_revealed_already() => Written.Given(Fay, new OpenBallot(First, 3, 3, CountsDue.Reveal, false), new CloseBallot(First))
        .When(Fay, new CloseBallot(First)).ThenNothing().Given(Fay, new RevealResults(First)).When(Fay, new RevealResults(First)).ThenNothing();

    [Theory, InlineData(true), InlineData(false)]
    public void The_vote_that_stands_is_cast(bool anonymous) => Written.Given(Fay, new OpenBallot(First, 3, 3, CountsDue.Live, anonymous)).Given(Ada, new CastVote(First, Bench, 2))
        .When(Ada, new CastVote(First, Bench, 2)).ThenNothing().When(Ada, new CastVote(First, Shade, 0)).ThenNothing();

    [Fact]
    public void A_board_is_opened_and_closed_again_by_the_same_cause() => Written.When(Caller.System, "open", OpenIt()).ThenNothing()
        .Given(Caller.System, new CloseBoard()).When(Caller.System, new CloseBoard()).ThenNothing();

    [Fact]
    public void A_board_is_opened_once_only() => Written.When(Caller.System, "another", OpenIt()).ThenRefused("id-taken");
}
