using System.Collections.Immutable;

namespace LiveCoCreate.Grains.Workshops;

/// <summary>Who ever took a seat as a participant: ids alone, which the participants' own streams give a meaning. A ballot's voters are among them.</summary>
public sealed partial record Workshop
{
    public ImmutableHashSet<PersonId> People { get; init; } = [];
}
