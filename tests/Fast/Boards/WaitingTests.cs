using System.Text.Json;
using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Boards;
using static LiveCoCreate.Fast.Boards.BoardSpec;
using static LiveCoCreate.Fast.Boards.Floor;
using static LiveCoCreate.Grains.Boards.BoardCommand;

namespace LiveCoCreate.Fast.Boards;

/// <summary>PROTOCOL C7, C8: what waits for approval although the board is open.</summary>
public sealed class WaitingTests
{
    private static BoardSpec Listed => Opened().Given(Caller.System, new ListWords(["fool"]));

    private static BoardSpec Limited => Opened().Given(Ada, new AddIdea(Bench, Now, "Benches")).Given(Caller.System, new LimitAuthors([Ada.Id]));

    public static TheoryData<string> Found
    {
        get
        {
            using var file = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Boards", "words-fixture.json")));
            return [.. file.RootElement.EnumerateArray().Select(one => one.GetRawText())];
        }
    }

    [Theory, MemberData(nameof(Found))]
    public void A_word_is_found_however_it_is_written(string one)
    {
        using var scene = JsonDocument.Parse(one);
        var words = scene.RootElement.GetProperty("words").EnumerateArray().Select(word => word.GetString()!);
        Assert.Equal(scene.RootElement.GetProperty("found").GetArrayLength() > 0, WordList.Holds([.. words], scene.RootElement.GetProperty("text").GetString()!));
    }

    [Fact]
    public void An_idea_with_a_listed_word_waits_also_where_all_is_shown_at_once() => Listed
        .When(Ada, new AddIdea(Bench, Now, "You fool")).ThenSeenBy(Audience.Participants).ThenMine(Ada, Bench, MyIdeaState.Waiting)
        .When(Ada, new AddIdea(Shade, Now, "Shade")).ThenSeenBy(Audience.Participants, Shade)
        .When(Fay, new AddIdea(Tap, Now, "A fool's tap, says a facilitator")).ThenSeenBy(Audience.Participants, Shade, Tap)
        .When(Fay, new ApproveIdea(Bench)).ThenSeenBy(Audience.Participants, Bench, Shade, Tap);

    [Fact]
    public void A_listed_word_that_is_edited_in_waits_again() => Listed.Given(Ada, new AddIdea(Bench, Now, "Benches"))
        .When(Ada, new EditIdea(Bench, "Benches, fool")).ThenSeenBy(Audience.Participants).ThenMine(Ada, Bench, MyIdeaState.Waiting)
        .When(Fay, new ApproveIdea(Bench)).When(Ada, new EditIdea(Bench, "Benches")).ThenSeenBy(Audience.Participants, Bench);

    [Fact]
    public void What_was_written_privately_stays_its_authors_until_the_reveal_whatever_words_it_holds() => Opened(@private: true)
        .Given(Caller.System, new ListWords(["fool"])).Given(Ada, new AddIdea(Bench, Now, "You fool")).ThenSeenBy(Audience.Facilitators)
        // Nor does a later change of the policy open it.
        .When(Fay, new ChangeSettings(Moderation.Approve)).ThenSeenBy(Audience.Facilitators)
        .When(Fay, new RevealIdeas()).ThenSeenBy(Audience.Facilitators, Bench).ThenSeenBy(Audience.Participants);

    [Fact]
    public void What_a_limited_person_writes_from_now_on_waits_and_nobody_elses_does() => Limited
        .When(Ada, new AddIdea(Shade, Now, "Shade")).When(Ben, new AddIdea(Tap, Now, "Tap")).ThenSeenBy(Audience.Participants, Bench, Tap)
        .ThenSeenBy(Audience.Facilitators, view => Assert.Equal((true, null, null), (view.Ideas[Shade].Limited, view.Ideas[Bench].Limited, view.Ideas[Tap].Limited)))
        .When(Caller.System, new LimitAuthors([])).ThenSeenBy(Audience.Facilitators, view => Assert.Null(view.Ideas[Shade].Limited))
        .When(Ada, new AddIdea(Tree, Now, "Tree")).ThenSeenBy(Audience.Participants, Bench, Tap, Tree);

    [Fact]
    public void All_that_one_person_wrote_is_hidden_at_once_and_comes_back_by_one_undo() => Opened().Given(Ada, new AddIdea(Bench, Now, "x"), new AddIdea(Tap, Now, "y"), new AddIdea(Tree, Now, "z"), new WithdrawIdea(Tree))
        .Given(Ben, new AddIdea(Shade, Now, "z")).Given(Fay, "hide", new HideIdeasOfAuthor(Tap, "why")).ThenSeenBy(Audience.Participants, Shade)
        .When(Fay, new Undo(new("hide"))).ThenSeenBy(Audience.Participants, Bench, Shade, Tap);

    [Fact]
    public void What_is_so_already_is_not_told_again() => Listed.When(Caller.System, new ListWords(["fool"])).ThenNothing()
        .Given(Caller.System, new LimitAuthors([Ada.Id, Ben.Id])).When(Caller.System, new LimitAuthors([Ben.Id, Ada.Id])).ThenNothing();
}
