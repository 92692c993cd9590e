using System.Collections.Immutable;
using LiveCoCreate.Grains.Boards;
using static LiveCoCreate.Grains.Workshops.WorkshopCommand;
using static LiveCoCreate.Grains.Workshops.WorkshopEvent;

namespace LiveCoCreate.Grains.Workshops;

/// <summary>What holds on all boards of a workshop: words that wait for approval, and who is limited (PROTOCOL.md C7, C8).</summary>
public sealed partial record Workshop
{
    public ImmutableArray<string> Words { get; init; } = [];

    public ImmutableHashSet<PersonId> Limited { get; init; } = [];

    /// <summary>The event that made the words what they are: the cause of what the boards are told.</summary>
    public long WordsAt { get; init; }

    public long LimitedAt { get; init; }

    private Workshop EvolveModeration(WorkshopEvent happened) => happened switch
    {
        WordsChanged changed => this with { Words = changed.Words, WordsAt = Version },
        ParticipantLimited limited => this with { Limited = Limited.Add(limited.Participant), LimitedAt = Version },
        ParticipantFreed freed => this with { Limited = Limited.Remove(freed.Participant), LimitedAt = Version },
        _ => this,
    };

    private static Decision<WorkshopEvent> DecideWords(Workshop workshop, ChangeWords change)
    {
        if (change.Words.IsDefault || change.Words.Any(word => word is null)) return "malformed";
        ImmutableArray<string> words = [.. change.Words.Select(word => word.Trim()).Where(WordList.IsWord).Distinct(StringComparer.Ordinal)];
        if (words.Any(word => word.Length > Limits.ListedWord)) return "too-large";
        if (words.Length > Limits.ListedWords) return "too-many-words";
        return words.SequenceEqual(workshop.Words) ? Nothing : new WordsChanged(words, workshop.Words);
    }

    private static Decision<WorkshopEvent> DecideOfAuthor(Workshop workshop, OfAuthor command)
    {
        if (command.Author is not { } author) return "idea-missing";
        if (author == PersonId.Nobody || workshop.Facilitators.ContainsKey(author)) return "author-missing";
        return command switch
        {
            LimitParticipant => workshop.Limited.Contains(author) ? Nothing : new ParticipantLimited(author),
            FreeParticipant => workshop.Limited.Contains(author) ? new ParticipantFreed(author) : Nothing,
            _ => workshop.Revoked.Contains(author) ? Nothing : new SeatRevoked(author),
        };
    }
}
