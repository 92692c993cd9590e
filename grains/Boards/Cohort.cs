using System.Collections.Immutable;
using LiveCoCreate.Grains.Participants;
using LiveCoCreate.Grains.Workshops;

namespace LiveCoCreate.Grains.Boards;

/// <summary>The ideas of all who have a role, or gave an answer (PROTOCOL.md R6).</summary>
public sealed record Cohort(string? Role, string? Question, string? Option, int Writers, ImmutableArray<IdeaId> Ideas)
{
    /// <summary>Groups of at least <see cref="Limits.SmallestCell"/> writers beside whom are as many others, or nobody: the few that are left over
    /// would be found by leaving the others out. In an anonymous workshop none: who knows the room would read a name out of two such groups.</summary>
    public static ImmutableArray<Cohort> Of(WorkshopEvent.WorkshopCreated made, IReadOnlyCollection<Writer> writers)
    {
        if (made.Anonymous) return [];
        var groups = made.Roles.Select(role => (Is: new Cohort(role, null, null, 0, []), Has: (Func<Participant, bool>)(person => person.Roles.Contains(role))))
            .Concat(made.Questions.SelectMany(question => question.Options.Select(option =>
                (Is: new Cohort(null, question.Id, option, 0, []), Has: (Func<Participant, bool>)(person => person.Answers.GetValueOrDefault(question.Id) == option)))));
        return
        [
            .. groups.Select(group => (group.Is, Inside: writers.Where(writer => group.Has(writer.Person)).ToList()))
                .Where(group => group.Inside.Count >= Limits.SmallestCell && writers.Count - group.Inside.Count is 0 or >= Limits.SmallestCell)
                .Select(group => group.Is with { Writers = group.Inside.Count, Ideas = [.. group.Inside.SelectMany(writer => writer.Ideas)] }),
        ];
    }
}

/// <param name="Ideas">What they wrote that facilitators see.</param>
public sealed record Writer(Participant Person, ImmutableArray<IdeaId> Ideas);
