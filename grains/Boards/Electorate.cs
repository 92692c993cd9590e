using System.Collections.Immutable;
using LiveCoCreate.Grains.Workshops;

namespace LiveCoCreate.Grains.Boards;

/// <summary>Who may vote in a ballot (PROTOCOL.md B1): whoever has one of the roles, where any are named, and gave one of the answers to each question that is named.</summary>
/// <param name="Answers">By question.</param>
public sealed record Electorate(ImmutableArray<string>? Roles = null, ImmutableDictionary<string, ImmutableArray<string>>? Answers = null)
{
    internal bool IsEverybody => Roles is not { IsDefaultOrEmpty: false } && Answers is not { IsEmpty: false };

    internal bool IsWellFormed =>
        (Roles ?? []) is { Length: <= Limits.Roles } roles && roles.All(role => role is { Length: > 0 and <= Limits.RoleTitle })
        && (Answers ?? ImmutableDictionary<string, ImmutableArray<string>>.Empty) is { Count: <= Limits.Questions } answers
        && answers.All(one => one.Key.Length <= Limits.IdLength && one.Value is { IsDefaultOrEmpty: false, Length: <= Limits.QuestionOptions }
            && one.Value.All(option => option is { Length: > 0 and <= Limits.QuestionOption }));

    public bool Includes(Belonging who) =>
        (Roles is not { IsDefaultOrEmpty: false } roles || roles.Any(role => who.Roles.Contains(role)))
        && (Answers is not { } answers || answers.All(one => who.Answers.TryGetValue(one.Key, out var answer) && one.Value.Contains(answer)));

    /// <summary>How many of those who joined may vote.</summary>
    public async ValueTask<int> CountAsync(IGrains grains, WorkshopId workshop)
    {
        var state = await grains.Workshop(workshop).StateAsync();
        var people = await Belonging.OfAsync(grains, workshop, state.People.Except(state.Revoked));
        return people.Values.Count(Includes);
    }

    // Records compare arrays and dictionaries by reference; equal words are equal.
    public bool Equals(Electorate? other) => other is not null && (Roles ?? []).SequenceEqual(other.Roles ?? [])
        && (Answers?.Count ?? 0) == (other.Answers?.Count ?? 0)
        && (Answers is null || Answers.All(one => other.Answers!.TryGetValue(one.Key, out var options) && options.SequenceEqual(one.Value)));

    public override int GetHashCode() => HashCode.Combine(Roles?.Length, Answers?.Count);
}

/// <summary>The groups that one person is of. Only their own stream knows them; a board asks, and writes them down nowhere.</summary>
public sealed record Belonging(ImmutableArray<string> Roles, ImmutableDictionary<string, string> Answers)
{
    /// <summary>How many are asked at a time: each may first have to be read from the journal.</summary>
    private const int AtOnce = 64;

    /// <summary>None for who never joined this workshop, or was forgotten.</summary>
    public static async ValueTask<Belonging?> OfAsync(IGrains grains, WorkshopId workshop, PersonId person) =>
        await grains.Participant(person).StateAsync() is { Forgotten: false } state && state.Workshop == workshop ? new Belonging(state.Roles, state.Answers) : null;

    public static async ValueTask<Dictionary<PersonId, Belonging>> OfAsync(IGrains grains, WorkshopId workshop, IEnumerable<PersonId> people)
    {
        var known = new Dictionary<PersonId, Belonging>();
        foreach (var some in people.Chunk(AtOnce))
        {
            var asked = await Task.WhenAll(some.Select(person => OfAsync(grains, workshop, person).AsTask()));
            foreach (var (person, who) in some.Zip(asked))
                if (who is not null) known[person] = who;
        }

        return known;
    }
}
