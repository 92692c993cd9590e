using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Boards;
using LiveCoCreate.Grains.Workshops;
using LiveCoCreate.Web.Door;

namespace LiveCoCreate.Web.Participants;

/// <summary>Forgets a person, or one text, in every stream of a workshop (P10). It may be asked again at any time: what is already
/// forgotten stays so, and what a crash left undone is done then.</summary>
public sealed class Forgetting(IGrains grains, TimeProvider clock)
{
    public async ValueTask PersonAsync(WorkshopId workshop, PersonId person, bool removeIdeas)
    {
        // First the seat ends: nothing more comes from it while its traces go.
        await grains.Workshop(workshop).SubmitAsync(new Submission<WorkshopCommand>(
            new CommandId(HttpDoor.NewId()), Caller.System, clock.Now(), new WorkshopCommand.RevokeSeat(person)));
        foreach (var board in (await grains.Workshop(workshop).RightsAsync()).Boards)
        {
            // Copies first: once the ideas have no author here, nobody knows any more which they were.
            if (removeIdeas && await grains.Board(board).StateAsync() is var state)
            {
                var theirs = state.ByAuthor.GetValueOrDefault(person, []);
                await CopiesAsync(workshop, [.. theirs], [.. state.CommentsBy.GetValueOrDefault(person, [])], [.. state.ThemesBy(person)]);
                await GrownAsync(workshop, board, [.. theirs], []);
                await TitlesAsync(workshop, await grains.Board(board).TitlesByAsync(person));
            }

            await grains.Board(board).ForgetAsync(new CommandId(HttpDoor.NewId()), person, removeIdeas, clock.Now());
        }

        await grains.Participant(person).ForgetAsync(new CommandId(HttpDoor.NewId()), clock.Now());
    }

    /// <summary>Who a facilitator was: the seat ends, and what they did was done by somebody.</summary>
    public async ValueTask FacilitatorAsync(WorkshopId workshop, PersonId facilitator)
    {
        await grains.Workshop(workshop).SubmitAsync(new Submission<WorkshopCommand>(
            new CommandId(HttpDoor.NewId()), Caller.System, clock.Now(), new WorkshopCommand.RevokeSeat(facilitator)));
        foreach (var board in (await grains.Workshop(workshop).RightsAsync()).Boards)
            await grains.Board(board).ForgetAsync(new CommandId(HttpDoor.NewId()), facilitator, removeIdeas: false, clock.Now());
        await grains.Workshop(workshop).ForgetAsync(facilitator);
    }

    /// <summary>What somebody without a phone was called, and the reasons given for them; their votes stay.</summary>
    public async ValueTask ProxyAsync(WorkshopId workshop, ProxyId proxy)
    {
        await grains.Workshop(workshop).ForgetAsync(new CommandId(HttpDoor.NewId()), proxy, clock.Now());
        foreach (var board in (await grains.Workshop(workshop).RightsAsync()).Boards)
            await grains.Board(board).ForgetAsync(new CommandId(HttpDoor.NewId()), proxy, clock.Now());
    }

    public async ValueTask TextAsync(WorkshopId workshop, BoardId board, IdeaId idea)
    {
        if (!(await grains.Workshop(workshop).RightsAsync()).Boards.Contains(board)) throw new RefusedException(StatusCodes.Status404NotFound, "board-missing");
        await CopiesAsync(workshop, [idea], [], []);
        await GrownAsync(workshop, board, [idea], []);
        var reply = await grains.Board(board).ExpungeAsync(new CommandId(HttpDoor.NewId()), idea, clock.Now());
        if (reply.Refusal is { } refusal) throw RefusedException.From(refusal);
    }

    public async ValueTask TextAsync(WorkshopId workshop, BoardId board, CommentId comment)
    {
        if (!(await grains.Workshop(workshop).RightsAsync()).Boards.Contains(board)) throw new RefusedException(StatusCodes.Status404NotFound, "board-missing");
        await CopiesAsync(workshop, [], [comment], []);
        var reply = await grains.Board(board).ExpungeAsync(new CommandId(HttpDoor.NewId()), comment, clock.Now());
        if (reply.Refusal is { } refusal) throw RefusedException.From(refusal);
    }

    /// <summary>Expunges the title that a theme was made with.</summary>
    public async ValueTask TitleAsync(WorkshopId workshop, BoardId board, ThemeId theme)
    {
        if (!(await grains.Workshop(workshop).RightsAsync()).Boards.Contains(board)) throw new RefusedException(StatusCodes.Status404NotFound, "board-missing");
        await CopiesAsync(workshop, [], [], [theme]);
        await TitlesAsync(workshop, TitleOf(await grains.Board(board).StateAsync(), theme));
        var reply = await grains.Board(board).ExpungeAsync(new CommandId(HttpDoor.NewId()), theme, clock.Now());
        if (reply.Refusal is { } refusal) throw RefusedException.From(refusal);
    }

    /// <summary>Expunges what was copied of these to later workshops, and from there to others.</summary>
    private async ValueTask CopiesAsync(WorkshopId workshop, List<IdeaId> ideas, List<CommentId> comments, List<ThemeId> themes)
    {
        if (ideas.Count + comments.Count + themes.Count == 0) return;
        foreach (var copy in (await grains.Workshop(workshop).StateAsync()).Copies)
        {
            var copied = new List<(BoardId Board, IdeaId Idea)>();
            var said = new List<(BoardId Board, CommentId Comment)>();
            var titled = new List<(BoardId Board, ThemeId Theme)>();
            foreach (var id in (await grains.Workshop(copy).RightsAsync()).Boards)
            {
                var there = await grains.Board(id).StateAsync();
                copied.AddRange(ideas.Select(idea => Copied.Idea(id, idea)).Where(there.Ideas.ContainsKey).Select(idea => (id, idea)));
                said.AddRange(comments.Select(comment => Copied.Comment(id, comment)).Where(there.Comments.ContainsKey).Select(comment => (id, comment)));
                titled.AddRange(themes.Select(theme => Copied.Theme(id, theme)).Where(theme => there.Themes.ContainsKey(theme) || there.Merged.ContainsKey(theme)).Select(theme => (id, theme)));
            }

            await CopiesAsync(copy, [.. copied.Select(one => one.Idea)], [.. said.Select(one => one.Comment)], [.. titled.Select(one => one.Theme)]);
            foreach (var (board, idea) in copied)
            {
                await GrownAsync(copy, board, [idea], []);
                await grains.Board(board).ExpungeAsync(new CommandId(HttpDoor.NewId()), idea, clock.Now());
            }

            foreach (var (board, theme) in titled)
            {
                await TitlesAsync(copy, TitleOf(await grains.Board(board).StateAsync(), theme));
                await grains.Board(board).ExpungeAsync(new CommandId(HttpDoor.NewId()), theme, clock.Now());
            }

            foreach (var (board, comment) in said) await grains.Board(board).ExpungeAsync(new CommandId(HttpDoor.NewId()), comment, clock.Now());
        }
    }

    /// <summary>Expunges what was brought from these to other steps and still says their words, and what grew out of that.</summary>
    private async ValueTask GrownAsync(WorkshopId workshop, BoardId from, List<IdeaId> ideas, HashSet<Source> seen)
    {
        var sources = ideas.Select(idea => new Source(from, idea)).Where(seen.Add).ToList();
        if (sources.Count == 0) return;
        var said = await grains.Board(from).StateAsync();
        foreach (var board in (await grains.Workshop(workshop).RightsAsync()).Boards)
        {
            var there = await grains.Board(board).StateAsync();
            await GoAsync(workshop, board, [.. sources.Where(source => said.Ideas.ContainsKey(source.Idea)).SelectMany(source => there.CarryingWordsOf(source, said.Ideas[source.Idea])).Distinct()], seen);
        }
    }

    /// <summary>Expunges these titles of themes where they were brought to other steps. Which theme an idea was brought as nobody keeps: they go from whatever says them, or said them once.</summary>
    private async ValueTask TitlesAsync(WorkshopId workshop, IReadOnlySet<string> titles)
    {
        if (titles.Count == 0) return;
        foreach (var board in (await grains.Workshop(workshop).RightsAsync()).Boards)
        {
            await GoAsync(workshop, board, [.. (await grains.Board(board).StateAsync()).CarryingTitles(titles)], []);
            await grains.Board(board).ForgetTitlesAsync(titles);
        }
    }

    private static HashSet<string> TitleOf(Board board, ThemeId theme) => board.GivenTitle(theme) is { } title ? [title] : [];

    private async ValueTask GoAsync(WorkshopId workshop, BoardId board, List<IdeaId> grown, HashSet<Source> seen)
    {
        if (grown.Count == 0) return;
        await CopiesAsync(workshop, grown, [], []);
        await GrownAsync(workshop, board, grown, seen);
        foreach (var idea in grown) await grains.Board(board).ExpungeAsync(new CommandId(HttpDoor.NewId()), idea, clock.Now());
    }
}
