using System.Collections.Immutable;
using System.Text.Json;
using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Boards;
using LiveCoCreate.Grains.Participants;
using LiveCoCreate.Grains.Turns;
using LiveCoCreate.Grains.Workshops;
using LiveCoCreate.Silo.Embedded;
using LiveCoCreate.Silo.Journals;
using LiveCoCreate.Web.Boards;
using LiveCoCreate.Web.Door;
using LiveCoCreate.Web.Live;

namespace LiveCoCreate.Web.Watch;

/// <summary>A small workshop that nobody sees, held in a folder of its own while the server starts: .NET compiles what it does when it is first done, and the first people to come,
/// or the first to come back to a long board, would wait for it.</summary>
public static class WarmUp
{
    /// <summary>What its folder's name begins with.</summary>
    public const string Folder = "livecocreate-warm-up-";

    /// <summary>No server takes so long to start: a folder as old as that was left by one that was killed while it did.</summary>
    private static readonly TimeSpan Abandoned = TimeSpan.FromHours(1);

    private static readonly LaneId Lane = new("warm-up");

    /// <summary>Holds it where there is place for it. Whatever goes wrong costs only the warmth.</summary>
    public static async Task HoldAsync()
    {
        string? folder = null;
        try
        {
            foreach (var left in Directory.GetDirectories(Path.GetTempPath(), Folder + "*"))
                if (Directory.GetLastWriteTimeUtc(left) < TimeProvider.System.GetUtcNow() - Abandoned) Remove(left);
            folder = Directory.CreateTempSubdirectory(Folder).FullName;
            await HoldAsync(folder);
        }
#pragma warning disable CA1031
        catch (Exception)
#pragma warning restore CA1031
        {
            // Then the first ones wait.
        }
        finally
        {
            if (folder is not null) Remove(folder);
        }
    }

    /// <param name="folder">Empty; what is written there is of no use to anybody.</param>
    public static async Task HoldAsync(string folder)
    {
        await using var journal = SqliteJournal.Open(Path.Combine(folder, "journal.db"), counted: false);
        await using var secrets = SqliteSecrets.Open(Path.Combine(folder, "secrets.db"));
        var (workshop, board) = (new WorkshopId(HttpDoor.NewId()), new BoardId(HttpDoor.NewId()));
        await using (var silo = new EmbeddedSilo(journal, secrets, TimeProvider.System)) await LiveAsync(silo, workshop, board);
        // And once more from what was written, as after a restart.
        await using var again = new EmbeddedSilo(journal, secrets, TimeProvider.System);
        WriteAndRead<Board, BoardCommand, BoardEvent>(await again.Board(board).StateAsync());
        WriteAndRead<Workshop, WorkshopCommand, WorkshopEvent>(await again.Workshop(workshop).StateAsync());
        using var timelines = new BoardTimelines(journal, again);
        JsonSerializer.SerializeToUtf8Bytes(await timelines.OutlineAsync(board, default), Json.Options);
        foreach (var audience in new[] { Audience.Facilitators, Audience.Participants })
        {
            JsonSerializer.SerializeToUtf8Bytes(await timelines.ViewAsync(board, audience, long.MaxValue, default), Json.Options);
            JsonSerializer.SerializeToUtf8Bytes(await timelines.FramesAsync(board, audience, since: 1, until: long.MaxValue, most: 9, default), Json.Options);
        }
    }

    private static async Task LiveAsync(EmbeddedSilo silo, WorkshopId workshop, BoardId board)
    {
        var (person, step, settings) = (new PersonId(HttpDoor.NewId()), new StepId(HttpDoor.NewId()), new BoardSettings(Moderation.Open, Private: false, Anonymous: true));
        Expect(await silo.Workshop(workshop).SubmitAsync(By<WorkshopCommand>(Caller.System, new WorkshopCommand.CreateWorkshop(
            "Warm-up", "", "en", "WARMUP", "blank", Anonymous: true, ["Listen."], ["Guest"], [], [new StepOfAgenda(step, board, "ideas", "Ideas", settings, [new LaneOfStep(Lane, "Ideas")])]))));
        Expect(await silo.Participant(person).SubmitAsync(By<ParticipantCommand>(Caller.System, new ParticipantCommand.Join(workshop, null, ["Guest"], ImmutableDictionary<string, string>.Empty, "en", 1))));
        Expect(await silo.Workshop(workshop).SubmitAsync(By<WorkshopCommand>(Caller.System, new WorkshopCommand.SeatParticipant(person))));
        await silo.Workshop(workshop).RightsAsync();

        var watching = new Watcher();
        foreach (var view in await silo.Board(board).WatchAsync(watching)) JsonSerializer.SerializeToUtf8Bytes(view, Json.Options);
        var (facilitator, participant) = (new Caller(SeatKind.Facilitator, new(HttpDoor.NewId())), new Caller(SeatKind.Participant, person));
        var (idea, other, theme, ballot) = (new IdeaId(HttpDoor.NewId()), new IdeaId(HttpDoor.NewId()), new ThemeId(HttpDoor.NewId()), new BallotId(HttpDoor.NewId()));
        (Caller By, BoardCommand Command)[] commands =
        [
            (participant, new BoardCommand.AddIdea(idea, Lane, "A bench", "en")),
            (participant, new BoardCommand.AddIdea(other, Lane, "Another bench", "en")),
            (participant, new BoardCommand.React(idea, Reaction.Heart, On: true)),
            (participant, new BoardCommand.AddComment(new(HttpDoor.NewId()), idea, "In the shade", "en")),
            (facilitator, new BoardCommand.AddTheme(theme, "Benches", 1)),
            (facilitator, new BoardCommand.ThemeIdea(idea, theme)),
            (facilitator, new BoardCommand.OpenBallot(ballot, Budget: 3, MostPerIdea: 2, CountsDue.Live, Anonymous: true)),
            (participant, new BoardCommand.CastVote(ballot, idea, Dots: 1)),
            (participant, new BoardCommand.CastVote(ballot, other, Dots: 2)),
            (facilitator, new BoardCommand.CloseBallot(ballot)),
            (facilitator, new BoardCommand.MergeIdea(other, idea)),
        ];
        foreach (var (by, command) in commands)
        {
            // As it would come in.
            var message = JsonSerializer.SerializeToNode(command, Json.Options)!.AsObject();
            (message["command"], message["board"]) = (HttpDoor.NewId(), board.Value);
            var (read, _) = LiveCommand.Read(message.Deserialize<JsonElement>());
            Expect(await silo.Board(board).SubmitAsync(By(by, read!.Board!)));
        }

        JsonSerializer.SerializeToUtf8Bytes(await silo.Board(board).MineAsync(person), Json.Options);
        await silo.Board(board).UnwatchAsync(watching);
    }

    private static void Expect(Reply reply)
    {
        if (reply.Refusal is { } refusal) throw new InvalidOperationException(refusal.Code);
    }

    private static Submission<TCommand> By<TCommand>(Caller by, TCommand command) => new(new CommandId(HttpDoor.NewId()), by, TimeProvider.System.Now(), command);

    private static void WriteAndRead<TState, TCommand, TEvent>(TState state)
        where TState : class, ISourced<TState, TCommand, TEvent>
        where TEvent : notnull
    {
        var saved = new TurnTaker<TState, TCommand, TEvent>.Saved(state, TimeProvider.System.Now(), []);
        _ = JsonSerializer.Deserialize<TurnTaker<TState, TCommand, TEvent>.Saved>(JsonSerializer.SerializeToUtf8Bytes(saved, Json.Options), Json.Options);
    }

    private static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception stays) when (stays is IOException or UnauthorizedAccessException)
        {
            // It holds nothing of anybody.
        }
    }

    /// <summary>Writes frames as they would go out.</summary>
    private sealed class Watcher : IBoardObserver
    {
        public int Connections => 1;

        public ValueTask TellAsync(BoardNews news)
        {
            foreach (var (_, frame) in news.Frames) ReadyMessage.Of("board", frame.Written.IsEmpty ? frame : new ReadyJson(frame.Written), out _);
            return ValueTask.CompletedTask;
        }

        public ValueTask TellAsync(OpinionView opinions) => ValueTask.CompletedTask;

        public void Ended()
        {
        }
    }
}
