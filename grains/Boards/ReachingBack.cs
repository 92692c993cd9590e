using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using LiveCoCreate.Grains.Turns;
using LiveCoCreate.Grains.Workshops;
using static LiveCoCreate.Grains.Boards.BoardCommand;

namespace LiveCoCreate.Grains.Boards;

/// <summary>What was decided of an idea of a later step is true of what it grew out of, step by step back to where that was first written, so that all of its authors hear it (PROTOCOL.md N6).
/// It is the same facilitator's, by commands whose ids derive from theirs: a retry finishes what was cut off, and the undo finds it.</summary>
internal static class ReachingBack
{
    /// <summary>The ideas whose sources this command may speak of.</summary>
    public static ImmutableHashSet<IdeaId> About(Board board, Submission<BoardCommand> submission) => submission.Command switch
    {
        SetStatus set when IsGood(set.Status) => [set.Idea],
        Undo undo => [
            .. board.Done.GetValueOrDefault(submission.By.Id, []).Where(done => done.Command == undo.Command || done.Command == submission.Id)
                .SelectMany(done => done.Events.OfType<BoardEvent.StatusSet>()).Where(set => IsGood(set.Status) || IsGood(set.Before)).Select(set => set.Idea),
        ],
        _ => [],
    };

    /// <summary>Null when all are told; else why it must be sent again.</summary>
    public static async ValueTask<Refusal?> TellAsync(IGrains grains, BoardId here, Board board, Submission<BoardCommand> submission, ImmutableHashSet<IdeaId> ideas)
    {
        if (!ideas.SelectMany(board.GrewOutOf).Any()) return null;
        var boards = new Boards(grains, (await grains.Workshop(board.Workshop).RightsAsync()).Boards, here, board);
        HashSet<Source> takenBack = [.. ideas.Select(idea => new Source(here, idea))];
        var lowers = submission.Command is Undo && !ideas.Any(idea => board.Ideas.GetValueOrDefault(idea)?.Status is IdeaStatus.Planned);
        var behind = await BehindAsync(boards, takenBack);
        if (lowers) await boards.FetchAllAsync();
        foreach (var (source, idea) in behind)
        {
            BoardCommand? command = submission.Command switch
            {
                SetStatus set when Reaches(set.Status, idea.Status) => new SetStatus(source.Idea, set.Status, Here: true),
                // Something else that grew out of it still stands so.
                Undo when lowers && IsGood(idea.Status) && boards.GrownOutOf(source).Any(later => later.Status == idea.Status && !takenBack.Contains(later.Of)) => null,
                Undo undo => new Undo(Derived(undo.Command, source), Here: true),
                _ => null,
            };
            if (command is null) continue;
            var reply = await grains.Board(source.Board).SubmitAsync(submission with { Id = Derived(submission.Id, source), Command = command });
            // Whatever else is refused is so for good: the idea is hidden, or somebody has decided otherwise since.
            if (reply.Refusal is { Code: "retry" } again) return again;
            if (reply.Accepted && command is Undo) takenBack.Add(source);
        }

        return null;
    }

    private static bool IsGood(IdeaStatus status) => status is IdeaStatus.Chosen or IdeaStatus.Planned;

    /// <summary>What is planned was chosen already, and why something is not done now is not answered by a choice.</summary>
    private static bool Reaches(IdeaStatus status, IdeaStatus there) =>
        status is IdeaStatus.Planned ? there is not IdeaStatus.Planned : there is IdeaStatus.Received or IdeaStatus.Discussed;

    /// <summary>Everything these grew out of, nearest first. Nobody checks what an idea says of its sources: they may be missing, or lead round in a circle.</summary>
    private static async ValueTask<List<(Source Source, Idea Idea)>> BehindAsync(Boards boards, IEnumerable<Source> ideas)
    {
        var found = new List<(Source, Idea)>();
        var next = new Queue<Source>(ideas);
        var seen = next.ToHashSet();
        while (next.TryDequeue(out var source))
        {
            var board = (await boards.FindAsync(source.Board))!;
            foreach (var behind in board.GrewOutOf(source.Idea))
            {
                if (!seen.Add(behind) || (await boards.FindAsync(behind.Board))?.Ideas.GetValueOrDefault(behind.Idea) is not { } idea) continue;
                found.Add((behind, idea));
                next.Enqueue(behind);
            }
        }

        return found;
    }

    private static CommandId Derived(CommandId command, Source source) =>
        new(Ids.From(SHA256.HashData(Encoding.UTF8.GetBytes($"reach {command.Value} {source.Board.Value} {source.Idea.Value}"))));

    /// <summary>A workshop's boards as they were when each was asked for, once and only where somebody wants it.</summary>
    private sealed class Boards(IGrains grains, ImmutableArray<BoardId> all, BoardId here, Board board)
    {
        private readonly Dictionary<BoardId, Board> _fetched = new() { [here] = board };

        public async ValueTask<Board?> FindAsync(BoardId id)
        {
            if (_fetched.TryGetValue(id, out var known)) return known;
            return all.Contains(id) ? _fetched[id] = await grains.Board(id).StateAsync() : null;
        }

        public async ValueTask FetchAllAsync()
        {
            foreach (var id in all) await FindAsync(id);
        }

        public IEnumerable<(Source Of, IdeaStatus Status)> GrownOutOf(Source source) =>
            _fetched.SelectMany(one => one.Value.Ideas.Where(idea => idea.Value is { Standing: Standing.Shown, From.All: var sources } && sources.Contains(source))
                .Select(idea => (new Source(one.Key, idea.Key), idea.Value.Status)));
    }
}
