using System.Text;
using LiveCoCreate.Rehearsal;

namespace LiveCoCreate.Fast.Rehearsal;

/// <summary>A search that finds nothing must be one that would have found something (P5).</summary>
public class LeakSearchTests
{
    private const string Ada = "ada";
    private const string Ben = "ben";

    [Theory]
    [InlineData("board", """{"board":"b","version":3,"ideas":{"i1":{"text":"More shade"}}}""")]
    [InlineData("board", """{"board":"b","version":3,"ideas":{"i1":{"text":"\u05E6\u05DC \"\u05D8\u05D5\u05D1\""}}}""")]
    [InlineData("GET api/boards/b", """{"somewhere":["deep",{"else":"they said: More shade!"}]}""")]
    [InlineData("workshop", """{"More shade":1}""")]
    [InlineData("GET /", "<p>More shade</p>")]
    [InlineData("board", """{"tallies":{"ballot":{"i1":4}}}""")]
    public void What_nobody_approved_is_found(string source, string json)
    {
        var (leaks, _) = Search(Ben, source, json);

        Assert.NotEmpty(leaks);
    }

    [Theory]
    [InlineData("mine", """{"ideas":{"i1":{"text":"More shade","state":"waiting"}},"ballots":{"ballot":{"left":4,"dots":{"i1":1}}}}""")]
    [InlineData("Completion", """{"type":3,"invocationId":"1","result":{"text":"More shade"}}""")]
    [InlineData("board", """{"tallies":{},"version":7,"facts":{"unrevealed":3}}""")]
    public void Ones_own_text_in_what_only_one_sees_is_none(string source, string json)
    {
        var (leaks, bytes) = Search(Ada, source, json);

        Assert.Empty(leaks);
        Assert.Equal(Encoding.UTF8.GetByteCount(json), bytes);
    }

    [Fact]
    public void Ones_own_text_in_what_all_see_is_a_leak() => Assert.NotEmpty(Search(Ada, "board", """{"text":"More shade"}""").Leaks);

    [Fact]
    public void Somebody_elses_text_in_mine_is_a_leak() => Assert.NotEmpty(Search(Ben, "mine", """{"text":"More shade"}""").Leaks);

    private static (IReadOnlyList<string> Leaks, long Bytes) Search(string person, string source, string json)
    {
        var search = new LeakSearch([new("0", Ada, 1, Moderated.NotYet, "More shade"), new("1", Ada, 2, Moderated.Rejected, "צל \"טוב\"")]);
        search.Search(person, source, Encoding.UTF8.GetBytes(json));
        return (search.Leaks, search.BytesSearched);
    }
}
