using System.Collections.Immutable;
using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Boards;
using LiveCoCreate.Grains.Workshops;

namespace LiveCoCreate.Web.Boards;

/// <summary>Reads who wrote what on a board and what they said of themselves, and tells only of groups that are large enough.</summary>
public sealed class Cohorts(IGrains grains)
{
    public async ValueTask<ImmutableArray<Cohort>> ReadAsync(WorkshopId workshop, BoardId board)
    {
        var (of, state) = (await grains.Workshop(workshop).StateAsync(), await grains.Board(board).StateAsync());
        if (of.Made is not { Anonymous: false } made || state.Settings.Anonymous) return [];
        var seen = state.SeenBy(board, Audience.Facilitators).Ideas.Where(idea => idea.Value.State is not IdeaState.Unrevealed).Select(idea => idea.Key).ToHashSet();
        var writers = new List<Writer>();
        foreach (var (author, ideas) in state.ByAuthor)
        {
            ImmutableArray<IdeaId> theirs = [.. ideas.Where(seen.Contains).OrderBy(idea => idea.Value, StringComparer.Ordinal)];
            if (theirs.IsEmpty || of.Facilitators.ContainsKey(author)) continue;
            // Whoever was forgotten, and whoever has no participant's seat, said nothing of themselves.
            if (await grains.Participant(author).StateAsync() is { Workshop: not null, Forgotten: false } person) writers.Add(new Writer(person, theirs));
        }

        return Cohort.Of(made, writers);
    }
}
