using System.Text.Json;
using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Boards;
using LiveCoCreate.Grains.Workshops;
using LiveCoCreate.Web.Door;
using LiveCoCreate.Web.Seats;

namespace LiveCoCreate.Web.Workshops;

/// <summary>Makes a workshop's beginning of an earlier one: its agenda, and if asked what everyone saw on its boards, nobody's by name. The
/// earlier one remembers where its ideas went, so that who is forgotten there is forgotten here too (P10).</summary>
public sealed class Copying(IGrains grains, SeatKeeper seats, TimeProvider clock)
{
    /// <summary>PROTOCOL.md, Template files.</summary>
    public async ValueTask<object> FileAsync(WorkshopId id)
    {
        var workshop = await grains.Workshop(id).StateAsync();
        var boards = new Dictionary<BoardId, Board>();
        foreach (var step in workshop.Steps) boards[step.Board] = await grains.Board(step.Board).StateAsync();
        return TemplateFile.Of(workshop, boards);
    }

    public async ValueTask<Template> TemplateAsync(WorkshopId id) =>
        TemplateFile.Read(JsonSerializer.SerializeToElement(await FileAsync(id), Json.Options)) with { Id = (await grains.Workshop(id).StateAsync()).Made!.Template };

    /// <summary>Step by step what participants see; asked again it does nothing twice.</summary>
    public async ValueTask ContentAsync(WorkshopId from, WorkshopId to, PersonId facilitator)
    {
        await grains.Workshop(from).SubmitAsync(new Submission<WorkshopCommand>(
            new CommandId(await seats.DeriveAsync("copied", to.Value)), Caller.System, clock.Now(), new WorkshopCommand.NoteCopy(to)));
        var (old, made) = (await grains.Workshop(from).StateAsync(), await grains.Workshop(to).StateAsync());
        var boards = old.Steps.Zip(made.Made!.Steps).ToDictionary(pair => pair.First.Board, pair => pair.Second.Board);
        // The charter in force here is the first version there.
        var principles = old.Charter.Principles.Select((principle, index) => KeyValuePair.Create(principle.Id, Workshop.First(index))).ToDictionary();
        foreach (var (step, copy) in old.Steps.Zip(made.Made!.Steps)) await BoardAsync(step.Board, copy, boards, principles, new Caller(SeatKind.Facilitator, facilitator));
    }

    /// <param name="boards">Where each board's ideas go: what grew out of one of them has grown out of its copy.</param>
    private async ValueTask BoardAsync(BoardId from, StepOfAgenda to, Dictionary<BoardId, BoardId> boards, Dictionary<PrincipleId, PrincipleId> principles, Caller facilitator)
    {
        var board = await grains.Board(from).StateAsync();
        var seen = board.SeenBy(from, Audience.Participants);
        var lanes = TemplateFile.LanesOf(board).Select(lane => lane.Key).Zip(to.Lanes).ToDictionary(pair => pair.First, pair => pair.Second.Lane);
        var target = grains.Board(to.Board);
        var ideas = seen.Ideas.Where(idea => lanes.ContainsKey(idea.Value.Lane)).OrderBy(idea => idea.Value.Rank, StringComparer.Ordinal).ThenBy(idea => idea.Key.Value, StringComparer.Ordinal).ToList();

        foreach (var (theme, view) in seen.Themes.OrderBy(theme => theme.Value.Rank, StringComparer.Ordinal))
            await DoAsync(new BoardCommand.AddTheme(Copied.Theme(to.Board, theme), view.Title, view.Colour), $"theme {theme}");
        await Task.WhenAll(ideas.Select(idea => DoAsync(new BoardCommand.AddIdea(Copied.Idea(to.Board, idea.Key), lanes[idea.Value.Lane], idea.Value.Text, idea.Value.Language, idea.Value.Feel,
            idea.Value.From is { } grown ? [.. grown.All.Where(source => boards.ContainsKey(source.Board)).Select(source => new Source(boards[source.Board], Copied.Idea(boards[source.Board], source.Idea)))] : null) { Proposal = There(idea.Value.Proposal) }, $"add {idea.Key}")));
        await Task.WhenAll(ideas.Where(idea => idea.Value.Theme is not null).Select(idea =>
            DoAsync(new BoardCommand.ThemeIdea(Copied.Idea(to.Board, idea.Key), Copied.Theme(to.Board, idea.Value.Theme!.Value)), $"put {idea.Key}")));
        await Task.WhenAll(ideas.Where(idea => idea.Value.Into is not null).Select(idea =>
            DoAsync(new BoardCommand.MergeIdea(Copied.Idea(to.Board, idea.Key), Copied.Idea(to.Board, idea.Value.Into!.Value)), $"merge {idea.Key}")));

        await Task.WhenAll(ideas.Where(idea => idea.Value.Status is not null).Select(idea =>
            DoAsync(new BoardCommand.SetStatus(Copied.Idea(to.Board, idea.Key), idea.Value.Status!.Value, idea.Value.Note, Here: true), $"status {idea.Key}")));
        await Task.WhenAll(ideas.Where(idea => idea.Value.Reply is not null).Select(idea =>
            DoAsync(new BoardCommand.ReplyToIdea(Copied.Idea(to.Board, idea.Key), idea.Value.Reply!.Text, idea.Value.Reply.Language), $"reply {idea.Key}")));
        await Task.WhenAll(ideas.Where(idea => idea.Value.Plan is not null).Select(idea => DoAsync(
            new BoardCommand.SetPlan(Copied.Idea(to.Board, idea.Key), idea.Value.Plan!.Owner, idea.Value.Plan.Due?.ToString("O"), idea.Value.Plan.Measure, idea.Value.Plan.State), $"plan {idea.Key}")));
        // One behind the other, each a moment later, so that who talked first still does. What the team said stays the team's.
        var comments = seen.Comments.OrderBy(comment => comment.Value.At).ThenBy(comment => comment.Key.Value, StringComparer.Ordinal).ToList();
        foreach (var (place, (id, comment)) in comments.Index())
            await (comment.Team is true
                ? DoAsync(new BoardCommand.AddComment(Copied.Comment(to.Board, id), Copied.Idea(to.Board, comment.Idea), comment.Text, comment.Language), $"comment {id}", later: place)
                : DoAsync(new BoardCommand.CopyComment(Copied.Comment(to.Board, id), Copied.Idea(to.Board, comment.Idea), comment.Text, comment.Language), $"comment {id}", Caller.System, place));

        // Whoever was forgotten meanwhile may have been before their copy was there.
        var left = (await grains.Board(from).StateAsync()).SeenBy(from, Audience.Participants);
        foreach (var (theme, _) in seen.Themes.Where(theme => left.Themes.GetValueOrDefault(theme.Key)?.Title == PersonalAttribute.Forgotten))
            await target.ExpungeAsync(new CommandId(Copied.Id(to.Board, $"gone {theme}")), Copied.Theme(to.Board, theme), clock.Now());
        foreach (var (idea, _) in ideas.Where(idea => !left.Ideas.ContainsKey(idea.Key)))
            await target.ExpungeAsync(new CommandId(Copied.Id(to.Board, $"gone {idea}")), Copied.Idea(to.Board, idea), clock.Now());
        foreach (var (comment, _) in comments.Where(comment => !left.Comments.ContainsKey(comment.Key)))
            await target.ExpungeAsync(new CommandId(Copied.Id(to.Board, $"gone {comment}")), Copied.Comment(to.Board, comment), clock.Now());

        // About what has gone since: it stays a proposal about what has gone.
        Proposal? There(Proposal? here) => here?.Principle is { } principle ? here with { Principle = principles.TryGetValue(principle, out var there) ? there : new PrincipleId("gone") } : null;

        async Task DoAsync(BoardCommand command, string cause, Caller? by = null, int later = 0) =>
            await target.SubmitAsync(new Submission<BoardCommand>(new CommandId(Copied.Id(to.Board, cause)), by ?? facilitator, clock.Now().AddMilliseconds(later), command));
    }
}
