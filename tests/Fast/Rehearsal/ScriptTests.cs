using LiveCoCreate.Rehearsal;

namespace LiveCoCreate.Fast.Rehearsal;

public class ScriptTests
{
    private static readonly Statement Shade = new("0", "ada", 10, Moderated.Accepted, "More shade");
    private static readonly Statement Spam = new("1", "eve", 30, Moderated.Rejected, "Buy likes");

    [Fact]
    public void Only_agreeing_and_leaving_agreement_move_a_dot()
    {
        var script = Play(new(11, "ben", "0", true), new(12, "ben", "0", true), new(13, "cleo", "0", false), new(14, "ben", "0", false), new(15, "ben", "0", false), new(16, "ben", "0", true));

        Assert.Equal([(11, 1), (14, 0), (16, 1)], script.Acts.Where(act => act.Kind == ActKind.Vote).Select(act => ((int)act.At, act.Value)));
    }

    [Fact]
    public void A_tally_is_how_many_peoples_last_vote_agrees()
    {
        var script = Play(new(11, "ben", "0", true), new(12, "cleo", "0", true), new(13, "cleo", "0", false), new(31, "cleo", "1", true));

        Assert.Equal((1, 1), (script.Tallies["0"], script.Tallies["1"]));
        Assert.Equal(["ada", "ben", "cleo", "eve"], script.People.Order());
    }

    [Fact]
    public void As_recorded_each_change_of_mind_is_a_vote_and_the_last_one_is_what_somebody_said()
    {
        var script = Script.Of(new Recording("toy", [Shade, Spam], [new(11, "ben", "0", true), new(12, "ben", "0", true), new(13, "ben", "0", false) { Passes = true }, new(14, "cleo", "0", false)]), Method.Agree);

        Assert.Equal([(11, 1), (13, 0), (14, -1)], script.Acts.Where(act => act.Kind == ActKind.Vote).Select(act => ((int)act.At, act.Value)));
        Assert.Equal((0, -1), (script.Said[("0", "ben")], script.Said[("0", "cleo")]));
    }

    [Fact]
    public void A_statement_is_over_after_its_last_vote_of_any_kind()
    {
        var script = Play(new(31, "cleo", "1", true), new(40, "ben", "1", false));

        Assert.Equal([(10, "0"), (40, "1")], script.Acts.Where(act => act.Kind == ActKind.LastVote).Select(act => ((int)act.At, act.Statement)));
        Assert.Equal(script.Acts.Select(act => act.At).Order(), script.Acts.Select(act => act.At));
    }

    private static Script Play(params Vote[] votes) => Script.Of(new Recording("toy", [Shade, Spam], votes));
}
