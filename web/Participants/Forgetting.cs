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
            await grains.Board(board).ForgetAsync(new CommandId(HttpDoor.NewId()), person, removeIdeas, clock.Now());
        await grains.Participant(person).ForgetAsync(new CommandId(HttpDoor.NewId()), clock.Now());
    }

    public async ValueTask TextAsync(WorkshopId workshop, BoardId board, IdeaId idea)
    {
        if (!(await grains.Workshop(workshop).RightsAsync()).Boards.Contains(board)) throw new RefusedException(StatusCodes.Status404NotFound, "board-missing");
        var reply = await grains.Board(board).ExpungeAsync(new CommandId(HttpDoor.NewId()), idea, clock.Now());
        if (reply.Refusal is { } refusal) throw RefusedException.From(refusal);
    }
}
