using System.Collections.Immutable;
using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Boards;
using LiveCoCreate.Grains.Participants;
using LiveCoCreate.Grains.Workshops;
using LiveCoCreate.Web.Door;
using LiveCoCreate.Web.Live;
using LiveCoCreate.Web.Workshops;
using static LiveCoCreate.Grains.Boards.BoardCommand;

namespace LiveCoCreate.Web.Demo;

/// <summary>One lively workshop: simulated people write, and a simulated facilitator leads them through a vision, themes, a vote and
/// a second step whose ideas wait for a real facilitator. They ask grains like anyone else; what a real person changes meanwhile holds.</summary>
public sealed class DemoRoom(string language, IGrains grains, WorkshopMaker maker, LiveRooms rooms, TimeProvider clock)
{
    private const int People = 26;

    // The same show each time.
#pragma warning disable CA5394
    private readonly Random _chance = new(language.Length + language[0]);
#pragma warning restore CA5394
    private readonly DemoScript _script = DemoScript.All[language];
    private readonly List<Caller> _people = [];
    private Caller _facilitator = Caller.System;
    private Workshop _workshop = Workshop.Empty;
    private WorkshopId _id;

    /// <summary>Makes the workshop and answers with its id; <see cref="PlayAsync"/> then brings it to life.</summary>
    public async ValueTask<WorkshopId> OpenAsync()
    {
        (_id, _) = await maker.MakeAsync(new NewWorkshop(_script.Title, language, "co-creation", HttpDoor.NewId(), _script.Purpose));
        _facilitator = new Caller(SeatKind.Facilitator, await maker.SeatFacilitatorAsync(_id, HttpDoor.NewId(), language == "he" ? "נועה (הדגמה)" : "Noa (demo)"));
        _workshop = await grains.Workshop(_id).StateAsync();
        return _id;
    }

    public async Task PlayAsync(CancellationToken stop)
    {
        // People arrive while the charter is there to be read.
        var (vision, second) = (_workshop.Made!.Steps[1], _workshop.Made.Steps[2]);
        await ArriveAsync(stop);
        await SubmitAsync(new WorkshopCommand.GoToStep(vision.Step));
        await StartTimerAsync(60_000);
        var ideas = await WriteAsync(vision, _script.Steps[0], fromMs: 250, toMs: 900, stop);
        await FacilitateAsync(vision.Board, new RevealIdeas());
        await PauseAsync(2500, stop);
        await GroupAsync(vision.Board, _script.Steps[0], ideas, stop);
        await VoteAsync(vision.Board, ideas, stop);
        await PauseAsync(15_000, stop);

        await SubmitAsync(new WorkshopCommand.GoToStep(second.Step));
        await StartTimerAsync(180_000);
        var later = await WriteAsync(second, _script.Steps[1], fromMs: 1500, toMs: 5000, stop);
        // Half of them is left waiting: whoever facilitates finds something to do.
        foreach (var (idea, _) in later.Take(later.Count / 2))
        {
            await FacilitateAsync(second.Board, new ApproveIdea(idea));
            await PauseAsync(2000, stop);
        }
    }

    private async Task ArriveAsync(CancellationToken stop)
    {
        var feed = await rooms.WorkshopAsync(_id);
        var roles = _workshop.Made!.Roles;
        var present = new List<PresentPerson>();
        for (var i = 0; i < People; i++)
        {
            var person = new PersonId(HttpDoor.NewId());
            ImmutableArray<string> role = roles.IsEmpty ? [] : [roles[i % roles.Length]];
            await grains.Participant(person).SubmitAsync(new Submission<ParticipantCommand>(
                new CommandId(HttpDoor.NewId()), Caller.System, clock.Now(),
                new ParticipantCommand.Join(_id, null, role, ImmutableDictionary<string, string>.Empty, language, _workshop.Made.Charter.Length)));
            _people.Add(new Caller(SeatKind.Participant, person));
            present.Add(new PresentPerson(person, null, role));
            feed.Simulate(present);
            await PauseAsync(Between(60, 220), stop);
        }
    }

    private async Task<List<(IdeaId Idea, int Theme)>> WriteAsync(StepOfAgenda step, DemoStep script, int fromMs, int toMs, CancellationToken stop)
    {
        var written = new List<(IdeaId, int)>();
        var texts = script.Themes.SelectMany((theme, index) => theme.Ideas.Select(text => (text, index))).ToArray();
        _chance.Shuffle(texts);
        foreach (var (text, theme) in texts)
        {
            var idea = new IdeaId(HttpDoor.NewId());
            // Where the step's lanes are what the script's themes are, the idea is written into its lane.
            var lane = step.Lanes[step.Lanes.Length == script.Themes.Length ? theme : 0].Lane;
            var tongue = text.Any(c => c is >= '\u0590' and <= '\u05FF') ? "he" : "en";
            if (await AskAsync(step.Board, Anyone(), new AddIdea(idea, lane, text, tongue))) written.Add((idea, theme));
            await PauseAsync(Between(fromMs, toMs), stop);
        }

        return written;
    }

    private async Task GroupAsync(BoardId board, DemoStep script, List<(IdeaId Idea, int Theme)> ideas, CancellationToken stop)
    {
        var themes = script.Themes.Select(_ => new ThemeId(HttpDoor.NewId())).ToArray();
        for (var i = 0; i < themes.Length; i++) await FacilitateAsync(board, new AddTheme(themes[i], script.Themes[i].Title, i * 3 % 12));
        foreach (var (idea, theme) in ideas)
        {
            await FacilitateAsync(board, new ThemeIdea(idea, themes[theme]));
            await PauseAsync(Between(150, 450), stop);
        }
    }

    private async Task VoteAsync(BoardId board, List<(IdeaId Idea, int Theme)> ideas, CancellationToken stop)
    {
        if (ideas.Count == 0) return;
        var ballot = new BallotId(HttpDoor.NewId());
        await FacilitateAsync(board, new OpenBallot(ballot, Budget: 3, MostPerIdea: 2, CountsDue.Close, Anonymous: true));
        for (var dot = 0; dot < 3; dot++)
        {
            foreach (var person in _people)
            {
                // Some ideas are simply better liked.
                var liked = ideas[Math.Min(Between(0, ideas.Count - 1), Between(0, ideas.Count - 1))].Idea;
                await AskAsync(board, person, new CastVote(ballot, liked, Dots: 1));
                await PauseAsync(Between(40, 220), stop);
            }
        }

        await FacilitateAsync(board, new CloseBallot(ballot));
    }

    private Caller Anyone() => _people[Between(0, _people.Count - 1)];

    private async Task FacilitateAsync(BoardId board, BoardCommand command) => await AskAsync(board, _facilitator, command);

    private async Task<bool> AskAsync(BoardId board, Caller by, BoardCommand command) =>
        (await grains.Board(board).SubmitAsync(new Submission<BoardCommand>(new CommandId(HttpDoor.NewId()), by, clock.Now(), command))).Accepted;

    private Task StartTimerAsync(int ms) => SubmitAsync(new WorkshopCommand.StartTimer(ms));

    private async Task SubmitAsync(WorkshopCommand command) =>
        await grains.Workshop(_id).SubmitAsync(new Submission<WorkshopCommand>(new CommandId(HttpDoor.NewId()), _facilitator, clock.Now(), command));

    private Task PauseAsync(int ms, CancellationToken stop) => Task.Delay(TimeSpan.FromMilliseconds(ms), clock, stop);

#pragma warning disable CA5394
    private int Between(int least, int most) => _chance.Next(least, most + 1);
#pragma warning restore CA5394
}
