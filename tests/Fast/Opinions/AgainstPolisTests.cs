using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Opinions;
using Xunit.Abstractions;

namespace LiveCoCreate.Fast.Opinions;

/// <summary>Four conversations that people had on Polis, and what an independent implementation of its method finds in them.</summary>
public sealed class AgainstPolisTests(ITestOutputHelper output)
{
    public static TheoryData<string, int> Checkpoints()
    {
        var checkpoints = new TheoryData<string, int>();
        foreach (var name in Conversation.Names)
            for (var checkpoint = 0; checkpoint < 4; checkpoint++) checkpoints.Add(name, checkpoint);
        return checkpoints;
    }

    public static TheoryData<string> Conversations() => [.. Conversation.Names];

    [ConversationTheory]
    [MemberData(nameof(Checkpoints))]
    public void Counts_consensus_and_the_axes_are_those_of_the_reference_at_each_quarter(string name, int checkpoint)
    {
        var (expected, result) = At(name, checkpoint);
        Assert.Equal(expected.GetProperty("distinct_votes").GetInt32(), result.Votes);
        Assert.Equal(expected.GetProperty("participants").GetInt32(), result.People.Length);
        Assert.Equal(expected.GetProperty("comments_voted").GetInt32(), result.Statements.Count(each => each.Tally.Votes > 0));
        Assert.Equal(expected.GetProperty("in_conv").GetInt32(), result.Clustered);
        Assert.Equal(expected.GetProperty("in_conv").GetInt32(), result.People.Count(person => person.IsClustered));
        Assert.Equal(Ids(expected.GetProperty("consensus_agree")), result.Agreed.Select(each => each.Id.Value));
        Assert.Equal(Ids(expected.GetProperty("consensus_disagree")), result.Disagreed.Select(each => each.Id.Value));
        var explained = expected.GetProperty("explained_variance_ratio");
        Assert.Equal(explained[0].GetDouble(), result.Explained.First, 1e-5);
        Assert.Equal(explained[1].GetDouble(), result.Explained.Second, 1e-5);
    }

    [ConversationTheory]
    [MemberData(nameof(Checkpoints))]
    public void Groups_are_those_of_the_reference_at_each_quarter_for_each_number_of_them(string name, int checkpoint)
    {
        var (expected, result) = At(name, checkpoint);
        Assert.Equal(expected.GetProperty("base_clusters").GetInt32(), result.Bases.Length);
        foreach (var choice in result.Choices) output.WriteLine($"{choice.K}: {choice.Silhouette:0.0000} {string.Join(" ", choice.People.Order().Reverse())}");
        foreach (var silhouette in expected.GetProperty("silhouette_by_k").EnumerateObject())
        {
            var choice = Assert.Single(result.Choices, each => each.K == int.Parse(silhouette.Name, CultureInfo.InvariantCulture));
            Assert.Equal(silhouette.Value.GetDouble(), choice.Silhouette!.Value, 6e-5);
            Assert.Equal(expected.GetProperty("group_sizes_by_k").GetProperty(silhouette.Name).EnumerateArray().Select(size => size.GetInt32()), choice.People.OrderDescending());
        }

        Assert.Equal(expected.GetProperty("silhouette_by_k").EnumerateObject().Count(), result.Choices.Length);
        Assert.Equal(expected.GetProperty("k").GetInt32(), result.Groups.Length);
        Assert.Equal(expected.GetProperty("group_sizes").EnumerateArray().Select(size => size.GetInt32()), result.Groups.Select(group => group.People));
        AssertGroupAware(expected.GetProperty("group_informed_consensus_agree_top10"), result.ByGroupAwareAgreement().Select(each => (each.Id, each.GroupAware!.Value.Agree)));
        AssertGroupAware(expected.GetProperty("group_informed_consensus_disagree_top10"), result.ByGroupAwareDisagreement().Select(each => (each.Id, each.GroupAware!.Value.Disagree)));
    }

    [ConversationTheory]
    [MemberData(nameof(Conversations))]
    public void The_map_is_that_of_the_reference_at_the_end(string name)
    {
        var conversation = Conversation.Read(name);
        var (expected, result) = At(name, 3);
        var pca = expected.GetProperty("pca");
        var statements = result.Statements.Where(each => each.Tally.Votes > 0).ToList();
        Assert.Equal(Ids(pca.GetProperty("comment_ids")), statements.Select(each => each.Id.Value));
        AssertClose(pca.GetProperty("center"), statements.Select(each => each.Centre), 1e-6);
        AssertClose(pca.GetProperty("pc1"), statements.Select(each => each.Loading.X), 2e-6);
        AssertClose(pca.GetProperty("pc2"), statements.Select(each => each.Loading.Y), 2e-6);

        Assert.Equal(conversation.ExpectedPeople.Count, result.People.Length);
        foreach (var (of, person) in conversation.ExpectedPeople.Zip(result.People))
        {
            Assert.Equal((of.Voter, of.Votes, of.InConversation), (person.Voter, person.Votes, person.IsClustered));
            Assert.Equal(of.X, person.Position.X, 2e-5);
            Assert.Equal(of.Y, person.Position.Y, 2e-5);
        }
    }

    [ConversationTheory]
    [MemberData(nameof(Conversations))]
    public void The_groups_at_the_end_are_those_of_the_reference_person_by_person(string name)
    {
        var conversation = Conversation.Read(name);
        var (_, result) = At(name, 3);
        var index = AdjustedRand.Index(conversation.ExpectedPeople.Where(person => person.Group is not null).Select(person => (person.Group!.Value, result.Of(person.Voter)!.Group)));
        output.WriteLine($"{name}: {index:0.0000}");
        Assert.True(index >= 0.99, $"{index}");
    }

    [ConversationTheory]
    [MemberData(nameof(Conversations))]
    public void Groups_of_a_round_that_is_over_do_not_depend_on_who_came_first_and_are_those_of_the_best_of_many_searches(string name)
    {
        var conversation = Conversation.Read(name);
        var votes = conversation.After(conversation.Votes.Count);
        var snapshot = votes.Snapshot();
        var said = snapshot.Voters.ToDictionary(voter => voter, voter => (IReadOnlyDictionary<IdeaId, Stance>)votes.VotesOf(voter).ToDictionary());
        var results = Enumerable.Range(0, 5).Select(turn =>
        {
            // Statements in another order are another shuffle of the voters.
            var order = Enumerable.Range(0, snapshot.Statements.Length).OrderBy(at => turn == 0 ? at : (at * 7919 * turn) % 1009).ToList();
            var matrix = VoteMatrix.Of([.. order.Select(at => snapshot.Statements[at])], said);
            foreach (var at in order) matrix.ModerateOut(snapshot.Statements[at], snapshot.IsOut[at]);
            return OpinionRun.Compute(matrix.Snapshot());
        }).ToList();
        foreach (var other in results[1..])
        {
            var index = AdjustedRand.Index(results[0].People.Where(person => person.IsClustered).Select(person => (person.Group, other.Of(person.Voter)!.Group)));
            output.WriteLine($"{name}: {index:0.000}, {string.Join(" + ", other.Groups.Select(group => group.People))}");
            Assert.True(index >= 0.80, $"{index}");
        }

        // The independent implementation searches among people and not among base clusters: a few stand on the other side.
        var best = conversation.Expected.GetProperty("checkpoints")[3].GetProperty("alt_direct_kmeans");
        var sizes = best.GetProperty("group_sizes").EnumerateArray().Select(size => size.GetInt32()).ToList();
        Assert.Equal(sizes.Count, results[0].Groups.Length);
        foreach (var (size, group) in sizes.Zip(results[0].Groups)) Assert.InRange(group.People, size - 0.04 * results[0].Clustered, size + 0.04 * results[0].Clustered);
    }

    [ConversationTheory]
    [MemberData(nameof(Conversations))]
    public void What_represents_a_group_and_what_all_agree_on_has_the_numbers_of_the_reference(string name)
    {
        var conversation = Conversation.Read(name);
        var (expected, result) = At(name, 3);
        foreach (var list in expected.GetProperty("representative_comments").EnumerateObject())
        {
            var member = conversation.ExpectedPeople.First(person => person.Group == int.Parse(list.Name, CultureInfo.InvariantCulture));
            var representative = result.Groups[result.Of(member.Voter)!.Group!.Value].Representative;
            Assert.Equal(list.Value.EnumerateArray().Select(Id), representative.Select(each => each.Id.Value));
            foreach (var (of, each) in list.Value.EnumerateArray().Zip(representative))
            {
                Assert.Equal(of.GetProperty("repful").GetString() == "agree", each.Agrees);
                Assert.Equal((of.GetProperty("n_success").GetInt32(), of.GetProperty("n_trials").GetInt32()), (each.Said, each.Votes));
                Assert.Equal(of.GetProperty("p_success").GetDouble(), each.Share, 6e-5);
                Assert.Equal(of.GetProperty("p_test").GetDouble(), each.ShareZ, 6e-5);
                Assert.Equal(of.GetProperty("repness").GetDouble(), each.Ratio, 6e-5);
                Assert.Equal(of.GetProperty("repness_test").GetDouble(), each.RatioZ, 6e-5);
                Assert.Equal(of.TryGetProperty("best_agree", out _), each.IsBestAgreed);
            }
        }

        foreach (var (list, consensus) in new[] { ("agree", result.Agreed), ("disagree", result.Disagreed) })
            foreach (var (of, each) in expected.GetProperty("consensus_detail").GetProperty(list).EnumerateArray().Zip(consensus))
            {
                Assert.Equal((Id(of), of.GetProperty("n_success").GetInt32(), of.GetProperty("n_trials").GetInt32()), (each.Id.Value, each.Said, each.Votes));
                Assert.Equal(of.GetProperty("p_success").GetDouble(), each.Share, 6e-5);
                Assert.Equal(of.GetProperty("p_test").GetDouble(), each.Z, 6e-5);
            }
    }

    // Several tests look at the same result.
    private static readonly ConcurrentDictionary<(string Name, int Checkpoint), (JsonElement, OpinionResult)> Seen = new();

    private static (JsonElement Expected, OpinionResult Result) At(string name, int checkpoint) => Seen.GetOrAdd((name, checkpoint), _ => At(Conversation.Read(name), checkpoint));

    private static (JsonElement Expected, OpinionResult Result) At(Conversation conversation, int checkpoint)
    {
        var expected = conversation.Expected.GetProperty("checkpoints")[checkpoint];
        return (expected, OpinionRun.Compute(conversation.After(expected.GetProperty("vote_events").GetInt32()).Snapshot(), null, OpinionSettings.Polis));
    }

    private static IEnumerable<string> Ids(JsonElement ids) => ids.EnumerateArray().Select(id => id.ToString());

    private static string Id(JsonElement of) => of.GetProperty("tid").ToString();

    private static void AssertClose(JsonElement expected, IEnumerable<double> actual, double tolerance)
    {
        foreach (var (of, number) in expected.EnumerateArray().Zip(actual)) Assert.Equal(of.GetDouble(), number, tolerance);
    }

    private static void AssertGroupAware(JsonElement expected, IEnumerable<(IdeaId Id, double Product)> actual)
    {
        foreach (var (of, (id, product)) in expected.EnumerateArray().Zip(actual))
        {
            Assert.Equal(of[0].ToString(), id.Value);
            Assert.Equal(of[1].GetDouble(), product, 6e-5);
        }
    }
}
