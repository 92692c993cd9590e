using System.Collections.Immutable;
using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Boards;
using LiveCoCreate.Grains.Participants;
using LiveCoCreate.Grains.Workshops;

namespace LiveCoCreate.Fast.Boards;

/// <summary>Ideas by what their authors said of themselves (R6).</summary>
public sealed class CohortTests
{
    private static WorkshopEvent.WorkshopCreated Made(bool anonymous = false) => new(
        "default", "Our street", "", "en", "ABC234", "ideas", anonymous, [], ["resident", "teacher"], [new Question("age", "How old?", ["young", "old"])], []);

    private static IEnumerable<Writer> People(int n, string? role = null, string? answer = null) => Enumerable.Range(0, n).Select(i => new Writer(
        Participant.Empty with { Roles = role is null ? [] : [role], Answers = answer is null ? ImmutableDictionary<string, string>.Empty : ImmutableDictionary<string, string>.Empty.Add("age", answer) },
        [new IdeaId($"idea-{role}-{answer}-{i}")]));

    [Fact]
    public void A_group_of_five_beside_five_others_is_told_with_its_ideas()
    {
        var cohorts = Cohort.Of(Made(), [.. People(5, "teacher", "old"), .. People(5, "resident", "young")]);
        Assert.Equal([("resident", 5), ("teacher", 5), ("young", 5), ("old", 5)], cohorts.Select(one => (one.Role ?? one.Option, one.Writers)));
        Assert.Equal([.. Enumerable.Range(0, 5).Select(i => $"idea-teacher-old-{i}")], cohorts[1].Ideas.Select(idea => idea.Value));
    }

    [Theory, InlineData(4, 9, false), InlineData(9, 4, false), InlineData(5, 1, false), InlineData(5, 0, true), InlineData(5, 5, true)]
    public void Neither_it_nor_those_it_leaves_over_are_few(int inside, int others, bool told) =>
        Assert.Equal(told, Cohort.Of(Made(), [.. People(inside, "teacher"), .. People(others)]).Any(one => one.Role == "teacher"));

    [Fact]
    public void In_an_anonymous_workshop_there_are_none() => Assert.Empty(Cohort.Of(Made(anonymous: true), [.. People(50, "teacher", "old"), .. People(50, "resident", "young")]));
}
