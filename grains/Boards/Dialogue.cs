using System.Collections.Immutable;

namespace LiveCoCreate.Grains.Boards;

/// <summary>One thing said of an idea.</summary>
/// <param name="Team">A facilitator said it: it is the team's, and any facilitator's to edit or to withdraw.</param>
public sealed record Comment(
    IdeaId Idea, string Text, string? Language, PersonId Author, string? Signature, bool Team, DateTimeOffset At, Standing Standing,
    string? Reason = null, bool Edited = false);

/// <summary>What the team decided about an idea. That it was merged is not said here: it follows from the merge.</summary>
public enum IdeaStatus
{
    Received,
    Discussed,
    Chosen,
    Planned,
    NotNow,
}

/// <summary>What the team answers an idea, in the name of all facilitators.</summary>
public sealed record TeamReply(string Text, string? Language, DateTimeOffset At);

/// <summary>The ways to react to an idea. The names stand in the journal, for good (P7).</summary>
public enum Reaction
{
    Heart,
    Thumb,
    Light,
    Question,
    Star,
}

/// <summary>How often an idea got each reaction; of one person, each once at most. Absent: not at all.</summary>
public sealed record Reactions(int? Heart = null, int? Thumb = null, int? Light = null, int? Question = null, int? Star = null)
{
    public static readonly Reactions None = new();

    internal int Of(Reaction reaction) => reaction switch
    {
        Reaction.Heart => Heart,
        Reaction.Thumb => Thumb,
        Reaction.Light => Light,
        Reaction.Question => Question,
        _ => Star,
    } ?? 0;

    internal Reactions With(Reaction reaction, int n)
    {
        int? count = n == 0 ? null : n;
        return reaction switch
        {
            Reaction.Heart => this with { Heart = count },
            Reaction.Thumb => this with { Thumb = count },
            Reaction.Light => this with { Light = count },
            Reaction.Question => this with { Question = count },
            _ => this with { Star = count },
        };
    }

    /// <summary>One person's, on several ideas that became one: each once still.</summary>
    internal Reactions Or(Reactions other) =>
        Enum.GetValues<Reaction>().Aggregate(this, (either, one) => either.With(one, Math.Max(either.Of(one), other.Of(one))));

    internal Reactions Plus(Reactions other) =>
        Enum.GetValues<Reaction>().Aggregate(this, (sum, one) => sum.With(one, sum.Of(one) + other.Of(one)));
}

/// <summary>Who reacted to what: by idea for what all see, by person for what each alone sees.</summary>
public sealed record Reacting(
    ImmutableDictionary<IdeaId, ImmutableDictionary<PersonId, Reactions>> On,
    ImmutableDictionary<PersonId, ImmutableDictionary<IdeaId, Reactions>> By,
    ImmutableDictionary<IdeaId, Reactions> Counts)
{
    public static readonly Reacting None = new(
        ImmutableDictionary<IdeaId, ImmutableDictionary<PersonId, Reactions>>.Empty, ImmutableDictionary<PersonId, ImmutableDictionary<IdeaId, Reactions>>.Empty,
        ImmutableDictionary<IdeaId, Reactions>.Empty);

    private const int Remembered = 256;

    /// <summary>What was last reacted to, and what before that: of hundreds of ideas few are other than in the last frame. It is a memory for speed, and no part of what is so.</summary>
    private Touch Latest { get; init; } = new(default, null, 0);

    /// <summary>The ideas on which reactions are other than they were; null where that is not remembered.</summary>
    internal IReadOnlySet<IdeaId>? Since(Reacting earlier)
    {
        var ideas = new HashSet<IdeaId>();
        for (var touch = Latest; touch != earlier.Latest; touch = touch.Before)
        {
            if (touch.Before is null) return null;
            ideas.Add(touch.Idea);
        }

        return ideas;
    }

    internal bool Has(PersonId person, IdeaId idea, Reaction reaction) =>
        By.TryGetValue(person, out var own) && own.TryGetValue(idea, out var there) && there.Of(reaction) > 0;

    internal Reacting With(PersonId person, IdeaId idea, Reaction reaction, bool given)
    {
        if (Has(person, idea, reaction) == given) return this;
        var own = By.GetValueOrDefault(person, ImmutableDictionary<IdeaId, Reactions>.Empty);
        var people = On.GetValueOrDefault(idea, ImmutableDictionary<PersonId, Reactions>.Empty);
        var theirs = own.GetValueOrDefault(idea, Reactions.None).With(reaction, given ? 1 : 0);
        var all = Counts.GetValueOrDefault(idea, Reactions.None);
        all = all.With(reaction, all.Of(reaction) + (given ? 1 : -1));
        people = theirs == Reactions.None ? people.Remove(person) : people.SetItem(person, theirs);
        own = theirs == Reactions.None ? own.Remove(idea) : own.SetItem(idea, theirs);
        return new(
            people.IsEmpty ? On.Remove(idea) : On.SetItem(idea, people),
            own.IsEmpty ? By.Remove(person) : By.SetItem(person, own),
            all == Reactions.None ? Counts.Remove(idea) : Counts.SetItem(idea, all))
        {
            // Nobody looks back further: a chain without end would be kept for ever.
            Latest = Latest.Count < Remembered ? new(idea, Latest, Latest.Count + 1) : new(default, null, 0),
        };
    }

    private sealed class Touch(IdeaId idea, Touch? before, int count)
    {
        public IdeaId Idea => idea;

        public Touch? Before => before;

        public int Count => count;
    }
}

/// <param name="State">Never <see cref="IdeaState.Unrevealed"/>: on private writing nobody comments.</param>
/// <param name="Team">The team said it.</param>
/// <param name="Reason">Why it is hidden; facilitators only.</param>
public sealed record CommentView(
    IdeaId Idea, string Text, string? Language, DateTimeOffset At, IdeaState State, string? Signature = null, bool? Team = null, bool? Edited = null, string? Reason = null);

/// <summary>One's own comment, and what became of it.</summary>
public sealed record MyComment(IdeaId Idea, string Text, string? Language, MyIdeaState State, DateTimeOffset At, string? Reason = null);
