using System.Text;
using LiveCoCreate.Live.Servers;

namespace LiveCoCreate.Live.Leaks;

/// <summary>J6, J9, P5: nothing that a facilitator or another participant can obtain leads from a vote in an anonymous ballot to a person, and once it is closed the database
/// does not either. What the search is worth is shown by leaks that are planted into the very same evidence.</summary>
public sealed class AnonymityTests(AnonymousBallots ballots) : IClassFixture<AnonymousBallots>
{
    [Fact]
    public void Nothing_that_anybody_is_sent_leads_from_a_vote_to_a_person()
    {
        Assert.Empty(ballots.Search.InWhatIsSent(ballots.Evidence).Take(10));
        // There was something to search: names among them, where they belong.
        Assert.True(ballots.Evidence.Heard.Count > 1000);
        Assert.Contains(ballots.Evidence.Heard, heard => heard.Hearer == "" && heard.Text.Contains(ballots.Voters[0].Id, StringComparison.Ordinal));
        Assert.Contains(ballots.Evidence.Heard, heard => heard.Source == "mine" && heard.Text.Contains("\"dots\"", StringComparison.Ordinal));
    }

    [Fact]
    public void Once_the_ballots_are_closed_nothing_that_is_kept_leads_from_a_vote_to_a_person()
    {
        Assert.Empty(ballots.Search.InWhatIsKept(ballots.Evidence).Take(10));
        Assert.Equal(12 * 2 * 7 + 12 * 210, ballots.Evidence.Rows.Count(row => row.Type is "vote-cast" or "vote-given"));
        // The snapshot was kept while people voted, and knows the keys.
        Assert.Contains(ballots.Evidence.Snapshots, snapshot => ballots.Voters.All(voter => voter.Keys.Any(key => snapshot.State.Contains(key, StringComparison.Ordinal))));
        Assert.Contains(ballots.Evidence.Files, file => file.Value.Length > 0 && file.Key.Contains("secrets", StringComparison.Ordinal));
    }

    [Fact] // J9
    public void While_a_ballot_is_open_the_secret_on_the_disk_is_all_that_leads_there() =>
        Assert.All(ballots.FoundWhileOpen, found => Assert.EndsWith("holds what makes voter keys", found, StringComparison.Ordinal));

    [Fact]
    public void While_a_ballot_is_open_the_search_finds_that_secret() => Assert.NotEmpty(ballots.FoundWhileOpen);

    [Fact] // F5
    public void Counts_of_no_method_reach_anybody_before_they_are_due()
    {
        Assert.Empty(ballots.EarlyCounts.Take(10));
        Assert.Equal(["dots", "approval", "score", "agree", "rank", "consent", "axes"], ballots.Counted);
    }

    private static readonly Dictionary<string, Func<Evidence, Voter, Evidence>> Holes = new()
    {
        ["an envelope that says whose vote it is"] = (all, voter) => Vote(all, voter, vote => vote with { By = voter.Id }),
        ["a vote that names its voter"] = (all, voter) => Vote(all, voter, vote => vote with { Payload = vote.Payload[..^1] + $$$$$""","author":"{{{{{voter.Id}}}}}"}""" }),
        ["a vote that is signed"] = (all, voter) => Vote(all, voter, vote => vote with { Payload = vote.Payload[..^1] + $$$$$""","signature":"{{{{{voter.Names[1]}}}}}"}""" }),
        ["the moment of a vote"] = (all, voter) => Vote(all, voter, vote => vote with { At = vote.At + 7 }),
        ["a vote's command in an event with a name"] = (all, voter) => Row(all, new Row("board/other", 1, "nothing-changed", 0, voter.Id, voter.Commands.First(), "{}")),
        ["a voter key in a person's stream"] = (all, voter) => Row(all, new Row("participant/" + voter.Id, 9, "noted", 0, null, "command-1", $$$$$"""{"key":"{{{{{voter.Keys.First()}}}}}"}""")),
        ["a way in two steps"] = (all, voter) => Row(
            Vote(all, voter, vote => vote with { Payload = vote.Payload[..^1] + ""","device":"aDeviceOfSomebody"}""" }), new Row("participant/" + voter.Id, 9, "noted", 0, null, "command-1", """{"device":"aDeviceOfSomebody"}""")),
        ["a snapshot that remembers a vote's command under its person"] = (all, voter) => Snapshot(all, $$$$$"""{"answered":{"{{{{{voter.Id}}}}}":"{{{{{voter.Commands.First()}}}}} 7"}}"""),
        ["a snapshot that knows whose a key is"] = (all, voter) => Snapshot(all, $$$$$"""{"state":{"voters":{"{{{{{voter.Keys.First()}}}}}":{"person":"{{{{{voter.Id}}}}}"}}}}"""),
        ["a row that was thought to be gone"] = (all, voter) => File(all, $"board/x\u0007vote-cast\u0001\u0002\u0003{voter.Id}{voter.Commands.First()}{{\"ballot\":\"x\"}}"),
        ["a frame with a voter key"] = (all, voter) => Heard(all, "board", $$$$$"""{"type":1,"target":"board","arguments":[{"ballots":{"b":{"last":"{{{{{voter.Keys.First()}}}}}"}}}]}"""),
        ["a frame that says who voted"] = (all, voter) => Heard(all, "board", $$$$$"""{"type":1,"target":"board","arguments":[{"ballots":{"b":{"last":"{{{{{voter.Id}}}}}"}}}]}"""),
        ["an objection with a name"] = (all, voter) => Heard(all, "board", $$$$$"""{"counts":{"b":{"i":{"values":{"-1":1},"reasons":[{"text":"no","signature":"{{{{{voter.Names[1]}}}}}"}]}}}}"""),
        ["who voted as the name of a field"] = (all, voter) => Heard(all, "presence", $$$$$"""{"voted":{"{{{{{voter.Id}}}}}":true}}"""),
        ["what somebody else voted on"] = (all, voter) => Heard(all, "mine", $$$$$"""{"ballots":{"{{{{{voter.VotedOn.First().Ballot}}}}}":{"left":1,"dots":{"{{{{{voter.VotedOn.First().Idea}}}}}":2}}}}"""),
        ["an answer that repeats a command"] = (all, voter) => Heard(all, "Completion", $$$$$"""{"type":3,"result":{"version":7,"command":"{{{{{voter.Commands.First()}}}}}"}}"""),
        ["a line in the log"] = (all, voter) => all with { Log = all.Log + $"\nReceived cast-vote {voter.Commands.First()}" },
        ["a name in the log"] = (all, voter) => all with { Log = all.Log + $"\n{voter.Names[1]} voted" },
    };

    public static TheoryData<string> Planted => [.. Holes.Keys];

    [Theory, MemberData(nameof(Planted))]
    public void A_planted_leak_is_found(string hole)
    {
        var doctored = Holes[hole](ballots.Evidence, ballots.Voters[3]);
        Assert.NotEmpty(ballots.Search.InWhatIsSent(doctored).Concat(ballots.Search.InWhatIsKept(doctored)));
    }

    private static Evidence Vote(Evidence all, Voter voter, Func<Row, Row> change)
    {
        var vote = all.Rows.First(row => voter.Commands.Contains(row.Command));
        return all with { Rows = [.. all.Rows.Select(row => row == vote ? change(row) : row)] };
    }

    private static Evidence Row(Evidence all, Row row) => all with { Rows = [.. all.Rows, row] };

    private static Evidence Snapshot(Evidence all, string state) => all with { Snapshots = [.. all.Snapshots, ("board/x", state)] };

    private static Evidence File(Evidence all, string text) => all with { Files = new Dictionary<string, byte[]>(all.Files) { ["planted.db"] = Encoding.Latin1.GetBytes(text) } };

    private static Evidence Heard(Evidence all, string source, string text) => all with { Heard = [.. all.Heard, ("", source, text)] };
}
