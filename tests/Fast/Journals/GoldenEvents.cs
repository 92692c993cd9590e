using System.Collections.Immutable;
using System.Text.Json;
using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Boards;
using LiveCoCreate.Grains.Codes;
using LiveCoCreate.Grains.Participants;
using LiveCoCreate.Grains.Workshops;

namespace LiveCoCreate.Fast.Journals;

/// <summary>One example of every event there is, twice where fields may be absent: what golden-events.json pins (P7).</summary>
internal static class GoldenEvents
{
    private static readonly IdeaId Idea = new("8fJq2Zk0XwT_bN-1");
    private static readonly IdeaId Other = new("Qm3vR7yLd5aC9sE4");
    private static readonly CommentId Comment = new("comment-1");
    private static readonly LaneId Lane = new("lane-1");
    private static readonly LaneId LaneBefore = new("lane-2");
    private static readonly ThemeId Theme = new("theme-1");
    private static readonly ThemeId ThemeBefore = new("theme-2");
    private static readonly BallotId Ballot = new("ballot-1");
    private static readonly PersonId Person = new("person-1");
    private static readonly WorkshopId Workshop = new("workshop-1");
    private static readonly StepId Step = new("step-1");
    private static readonly BoardSettings Open = new(Moderation.Open, Private: false, Anonymous: true);
    private static readonly BoardSettings Careful = new(Moderation.Approve, Private: true, Anonymous: false);

    public static readonly ImmutableArray<BoardEvent> OfBoards =
    [
        new BoardEvent.BoardOpened(Workshop, Step, "ideas", Open, [new LaneOfStep(Lane, "רעיונות"), new LaneOfStep(LaneBefore, "Later")]),
        new BoardEvent.BoardOpened(Workshop, Step, "pulse", Open, [new LaneOfStep(Lane, "Options")], Writing: false, Subject: "How are you?"),
        new BoardEvent.SubjectSet("ספסל לכל רחוב", "A bench for each street"),
        new BoardEvent.BoardClosed(),
        new BoardEvent.NothingChanged(),
        new BoardEvent.SettingsChanged(Careful, Open),
        new BoardEvent.WritingOpened(),
        new BoardEvent.WritingClosed(),
        new BoardEvent.IdeasRevealed(),
        new BoardEvent.LaneAdded(Lane, "Now", "00000101"),
        new BoardEvent.LaneRenamed(Lane, "Soon", "Now"),
        new BoardEvent.LaneRemoved(Lane, "Soon", "00000101"),
        new BoardEvent.IdeaAdded(Idea, Lane, "עצים & \"צל\" <ליד> בית הספר 🌳", "he", Person, "Ada", "00000201", Waiting: true, Private: true),
        new BoardEvent.IdeaAdded(Other, Lane, "Benches\nin the shade", null, Person, null, "00000301", Waiting: false, Private: false),
        new BoardEvent.IdeaEdited(Idea, "More trees", "en", "Trees", "he", Waiting: true, Standing.Shown),
        new BoardEvent.IdeaEdited(Other, "More trees", null, "Trees", null, Waiting: false, Standing.Waiting),
        new BoardEvent.IdeaWithdrawn(Idea),
        new BoardEvent.IdeaApproved(Idea),
        new BoardEvent.IdeaHeldBack(Idea),
        new BoardEvent.IdeaHidden(Idea, "names a person", Standing.Shown),
        new BoardEvent.IdeaShown(Idea, Standing.Shown, "names a person"),
        new BoardEvent.IdeaShown(Idea, Standing.Hidden, null),
        new BoardEvent.IdeaMoved(Idea, Lane, "00000201V", LaneBefore, "00000201"),
        new BoardEvent.IdeaThemed(Idea, Theme, ThemeBefore),
        new BoardEvent.IdeaThemed(Idea, null, null),
        new BoardEvent.IdeaMerged(Idea, Other),
        new BoardEvent.IdeaUnmerged(Idea, Other),
        new BoardEvent.ThemeAdded(Theme, "Shade", 11, "00000401"),
        new BoardEvent.ThemeRenamed(Theme, "Shadow", "Shade"),
        new BoardEvent.ThemeRemoved(Theme, "Shadow", 0, "00000401", [Idea, Other]),
        new BoardEvent.BallotOpened(Ballot, "dots", 5, 3, CountsDue.Live, Anonymous: true),
        new BoardEvent.BallotOpened(Ballot, "dots", 5, 3, CountsDue.Close, Anonymous: false),
        new BoardEvent.BallotOpened(Ballot, "dots", 5, 3, CountsDue.Reveal, Anonymous: false),
        new BoardEvent.BallotClosed(Ballot),
        new BoardEvent.ResultsRevealed(Ballot),
        new BoardEvent.VoteCast(Ballot, new VoterKey("c3VwZXItc2VjcmV0"), Idea, 3),
        new BoardEvent.DotsFreed(Ballot, Idea),
        new BoardEvent.CommandUndone(new CommandId("command-1")),
        new BoardEvent.AuthorForgotten([Idea, Other], Removed: true),
        new BoardEvent.TextExpunged(Idea),
        new BoardEvent.IdeaHidden(Idea, PersonalAttribute.Forgotten, Standing.Withdrawn),
        new BoardEvent.IdeaEdited(Idea, "More trees", "en", "Trees", "he", Waiting: true, Standing.Shown, Own: true),
        new BoardEvent.BallotOpened(Ballot, "approval", 0, 0, CountsDue.Close, Anonymous: true),
        new BoardEvent.BallotOpened(Ballot, "score", 0, 0, CountsDue.Close, Anonymous: true),
        new BoardEvent.BallotOpened(Ballot, "agree", 0, 0, CountsDue.Close, Anonymous: true),
        new BoardEvent.VoteGiven(Ballot, new VoterKey("c3VwZXItc2VjcmV0"), Idea, new Vote(-1)),
        new BoardEvent.VoteGiven(Ballot, new VoterKey("c3VwZXItc2VjcmV0"), Idea, null),
        new BoardEvent.BallotOpened(Ballot, "rank", 3, 1, CountsDue.Close, Anonymous: true),
        new BoardEvent.BallotOpened(Ballot, "consent", 0, 0, CountsDue.Close, Anonymous: false),
        new BoardEvent.VoteGiven(Ballot, new VoterKey("c3VwZXItc2VjcmV0"), Idea, new Vote(-1), "too dear", "Ada"),
        new BoardEvent.BallotOpened(Ballot, "axes", 0, 0, CountsDue.Close, Anonymous: true),
        new BoardEvent.VoteGiven(Ballot, new VoterKey("c3VwZXItc2VjcmV0"), Idea, new Vote(7, Effort: 3)),
        new BoardEvent.CommentAdded(Comment, Idea, "ומה עם הכביש?", "he", Person, "Ada", Team: false, Waiting: true),
        new BoardEvent.CommentAdded(Comment, Idea, "We asked", null, Person, null, Team: true, Waiting: false),
        new BoardEvent.CommentEdited(Comment, Idea, "And the road?", "en", "The road?", "he", Waiting: true, Standing.Shown),
        new BoardEvent.CommentEdited(Comment, Idea, "And the road?", null, "The road?", null, Waiting: false, Standing.Waiting),
        new BoardEvent.CommentWithdrawn(Comment, Idea, Standing.Shown),
        new BoardEvent.CommentRestored(Comment, Idea, Standing.Shown),
        new BoardEvent.CommentApproved(Comment, Idea),
        new BoardEvent.CommentHeldBack(Comment, Idea),
        new BoardEvent.CommentHidden(Comment, Idea, "names a person", Standing.Shown),
        new BoardEvent.CommentShown(Comment, Idea, Standing.Shown, "names a person"),
        new BoardEvent.CommentShown(Comment, Idea, Standing.Waiting, null),
        new BoardEvent.CommentsForgotten([Comment], Removed: true),
        new BoardEvent.CommentExpunged(Comment, Idea),
        new BoardEvent.ReactionSet(Idea, Reaction.Heart, On: true),
        new BoardEvent.ReactionSet(Idea, Reaction.Thumb, On: false),
        new BoardEvent.ReactionSet(Idea, Reaction.Light, On: true),
        new BoardEvent.ReactionSet(Idea, Reaction.Question, On: true),
        new BoardEvent.ReactionSet(Idea, Reaction.Star, On: true),
        new BoardEvent.ReplySet(Idea, "נשתול בסתיו", "he", "We shall see", "en"),
        new BoardEvent.ReplySet(Idea, null, null, null, null),
        new BoardEvent.StatusSet(Idea, IdeaStatus.NotNow, "no money this year", IdeaStatus.Discussed, "on Tuesday"),
        new BoardEvent.StatusSet(Idea, IdeaStatus.Chosen, null, IdeaStatus.Received, null),
        new BoardEvent.StatusSet(Idea, IdeaStatus.Planned, null, IdeaStatus.Chosen, null),
        new BoardEvent.WordsListed(["fool", "טיפש"]),
        new BoardEvent.AuthorsLimited([Person]),
        new BoardEvent.IdeaAdded(Idea, Lane, "Nobody answered", "en", Person, null, "00000201", Waiting: false, Private: false, Feel: -2),
        new BoardEvent.IdeaAdded(Idea, Lane, "Benches in the shade", "en", Person, null, "00000201", Waiting: false, Private: false, From: [new Source(new BoardId("board-2"), Other)]),
        new BoardEvent.IdeaEdited(Idea, "Somebody answered", "en", "Nobody answered", "en", Waiting: false, Standing.Shown, Own: true, Feel: 1, FeelBefore: -2),
        new BoardEvent.PlanSet(Idea, "Dana מהעירייה", new DateOnly(2026, 3, 1), "Ten trees stand", PlanState.Doing, "Ada", new DateOnly(2026, 2, 1), "Trees stand", PlanState.Todo),
        new BoardEvent.PlanSet(Idea, null, null, null, PlanState.Dropped, null, null, null, null),
        new BoardEvent.PlanSet(Idea, null, null, null, null, "Ada", null, null, PlanState.Done),
        new BoardEvent.IdeaAdded(new("proposal-1"), Lane, "לתת לכל אחת לסיים", "he", Person, null, "00000301", Waiting: false, Private: false) { Proposal = new Proposal(new("p2")) },
        new BoardEvent.IdeaAdded(new("proposal-2"), Lane, "Nobody keeps it", null, Person, null, "00000301", Waiting: false, Private: false) { Proposal = new Proposal(new("p1"), Remove: true) },
        new BoardEvent.IdeaAdded(Idea, Lane, "Benches", "en", Person, null, "00000201", Waiting: false, Private: false, Proxy: true),
        new BoardEvent.BallotClosed(Ballot, Proxies: 2),
        new BoardEvent.ScreenTurned(new Showing(ScreenView.Idea, Idea), null),
        new BoardEvent.ScreenTurned(new Showing(ScreenView.Cloud), new Showing(ScreenView.Idea, Idea)),
        new BoardEvent.ScreenTurned(new Showing(ScreenView.Results), new Showing(ScreenView.Board)),
        new BoardEvent.ScreenTurned(null, new Showing(ScreenView.Cloud)),
        new BoardEvent.ProxiesListed([new ProxyId("proxy-1")]),
        new BoardEvent.IdeaThemed(Idea, Theme, null, Room: true),
        new BoardEvent.IdeaThemed(Idea, null, Theme, RoomBefore: true),
        new BoardEvent.ThemeRemoved(Theme, "Shadow", 0, "00000401", [Idea], Person, Waiting: true),
        new BoardEvent.SettingsChanged(Open with { Sorting = Sorting.Everyone }, Open),
        new BoardEvent.SettingsChanged(Open with { Sorting = Sorting.Pairs }, Open with { Sorting = Sorting.Everyone }),
        new BoardEvent.ThemeGiven(Theme, "מים", 5, "00000401", Person, Waiting: true),
        new BoardEvent.ThemeApproved(Theme),
        new BoardEvent.ThemeHeldBack(Theme),
        new BoardEvent.ThemeMerged(Theme, ThemeBefore, "Shade", 11, "00000401", [Idea, Other]),
        new BoardEvent.ThemeUnmerged(Theme, ThemeBefore, "Shade", 11, "00000401", [Idea]),
        new BoardEvent.ThemeSplit(Theme, ThemeBefore, "Trees", 2, "00000501", [Idea]),
        new BoardEvent.ThemeUnsplit(Theme, ThemeBefore, "Trees", 2, "00000501", [Idea]),
        new BoardEvent.ThemesForgotten([Theme], Removed: true),
        new BoardEvent.ThemeExpunged(Theme),
        new BoardEvent.PairJudged(Idea, Other, PairAnswer.Same),
        new BoardEvent.PairJudged(Idea, Other, PairAnswer.Different),
        new BoardEvent.PairJudged(Idea, Other, PairAnswer.Skip),
        new BoardEvent.BallotOpened(Ballot, "score", 0, 0, CountsDue.Close, Anonymous: true,
            new Electorate(["teacher", "הורים"], ImmutableDictionary<string, ImmutableArray<string>>.Empty.Add("q1", ["here", "there"])), Certainty: true),
        new BoardEvent.BallotOpened(Ballot, "dots", 5, 3, CountsDue.Close, Anonymous: false, new Electorate(["teacher"])),
        new BoardEvent.VoteGiven(Ballot, new VoterKey("c3VwZXItc2VjcmV0"), Idea, new Vote(4, Sure: true)),
        new BoardEvent.VoteGiven(Ballot, new VoterKey("c3VwZXItc2VjcmV0"), Idea, new Vote(7, Effort: 3, Sure: false)),
        new BoardEvent.ResultsGrouped(Ballot,
        [
            new GroupResult(null, "teacher", 7, Dots: ImmutableDictionary<IdeaId, int>.Empty.Add(Idea, 12)),
            new GroupResult("q1", "here", 5, Counts: ImmutableDictionary<IdeaId, Count>.Empty.Add(Idea, new Count(
                ImmutableDictionary<int, int>.Empty.Add(4, 2), null, ImmutableDictionary<int, int>.Empty.Add(3, 2), ImmutableDictionary<int, int>.Empty.Add(4, 1), ImmutableDictionary<int, int>.Empty.Add(4, 1)))),
        ]),
        new BoardEvent.ScreenTurned(new Showing(ScreenView.Map), null),
        new BoardEvent.IdeasKeptApart(Idea, Other, Apart: true),
        new BoardEvent.IdeasKeptApart(Idea, Other, Apart: false),
        new BoardEvent.IdeaThemed(Idea, null, ThemeBefore, Out: ThemeBefore),
        new BoardEvent.IdeaThemed(Idea, Theme, null, OutBefore: ThemeBefore),
    ];

    public static readonly ImmutableArray<WorkshopEvent> OfWorkshops =
    [
        new WorkshopEvent.WorkshopCreated(
            "default", "הרחוב שלנו", "Shade for all", "he", "ABC234", "ideas", Anonymous: true, ["Be kind", "Be brief"], ["teacher"],
            [new Question("q1", "Where do you live?", ["here", "there"])],
            [new StepOfAgenda(Step, new BoardId("board-1"), "ideas", "Write", Open, [new LaneOfStep(Lane, "Now")])]),
        new WorkshopEvent.WorkshopClosed(),
        new WorkshopEvent.DetailsEdited("Our square", "", "Our street", "Shade for all"),
        new WorkshopEvent.FacilitatorSeated(Person, "Fay"),
        new WorkshopEvent.LinkRenewed(PrivateLink.Facilitate, 1),
        new WorkshopEvent.LinkRenewed(PrivateLink.Screen, 2),
        new WorkshopEvent.SeatRevoked(Person),
        new WorkshopEvent.StepEntered(new StepId("step-2"), Step),
        new WorkshopEvent.TimerStarted(DateTimeOffset.FromUnixTimeMilliseconds(1_772_355_600_123), 300_000),
        new WorkshopEvent.TimerPaused(123_456),
        new WorkshopEvent.TimerStopped(),
        new WorkshopEvent.NothingChanged(),
        new WorkshopEvent.StepAdded(new StepOfAgenda(new StepId("step-2"), new BoardId("board-2"), "ideas", "שוב", Careful, [new LaneOfStep(Lane, "Now")], 300_000), Step, Step),
        new WorkshopEvent.StepAdded(new StepOfAgenda(new StepId("step-3"), new BoardId("board-3"), "ideas", "Write", Open, [new LaneOfStep(Lane, "Now")]), null),
        new WorkshopEvent.StepAdded(new StepOfAgenda(new StepId("step-4"), new BoardId("board-4"), "pulse", "Feel", Open, [new LaneOfStep(Lane, "Options")], null, Writing: false, "How are you?", new BallotPreset("approval", Counts: CountsDue.Live)), null),
        new WorkshopEvent.StepRemoved(Step, new StepId("step-2")),
        new WorkshopEvent.StepRemoved(Step, null),
        new WorkshopEvent.StepRestored(Step, null),
        new WorkshopEvent.StepMoved(Step, null, new StepId("step-2")),
        new WorkshopEvent.StepEdited(Step, "Write more", 300_000, "Write", null),
        new WorkshopEvent.WorkshopCopied(new WorkshopId("workshop-2")),
        new WorkshopEvent.Announced(new AnnouncementId("announcement-1"), "הפסקה של חמש דקות"),
        new WorkshopEvent.AnnouncementEnded(new AnnouncementId("announcement-1")),
        new WorkshopEvent.WordsChanged(["fool", "טיפש"], []),
        new WorkshopEvent.ParticipantLimited(Person),
        new WorkshopEvent.ParticipantFreed(Person),
        new WorkshopEvent.CharterChanged(2, [new Principle(new("p1"), "Be kind"), new Principle(new("Qm3vR7yLd5aC9sE4"), "מקשיבים עד הסוף")], [new Principle(new("p1"), "Be kind"), new Principle(new("p2"), "Be brief")]),
        new WorkshopEvent.ProxyAdded(new ProxyId("proxy-1"), "שולחן 3, דינה"),
        new WorkshopEvent.ProxyForgotten(new ProxyId("proxy-1")),
        new WorkshopEvent.ParticipantSeated(Person),
    ];

    public static readonly ImmutableArray<ParticipantEvent> OfParticipants =
    [
        new ParticipantEvent.ParticipantJoined(Workshop, "Ada", ["teacher", "neighbour"], ImmutableDictionary<string, string>.Empty.Add("q1", "here"), "he", 2),
        new ParticipantEvent.ParticipantJoined(Workshop, null, [], ImmutableDictionary<string, string>.Empty, null, 0),
        new ParticipantEvent.ParticipantForgotten(),
        new ParticipantEvent.NothingChanged(),
        new ParticipantEvent.ParticipantJoined(Workshop, null, [], ImmutableDictionary<string, string>.Empty, null, 2, CharterVersion: 3),
        new ParticipantEvent.CharterAgreed(4),
    ];

    public static readonly ImmutableArray<CodeEvent> OfCodes =
    [
        new CodeEvent.CodeClaimed(Workshop),
        new CodeEvent.CodeRested(),
        new CodeEvent.NothingChanged(),
    ];

    /// <summary>The file's lines as committed: family, type, and the payload byte for byte.</summary>
    public static IEnumerable<(string Family, string Type, string Payload)> Committed()
    {
        using var file = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Journals", "golden-events.json")));
        foreach (var line in file.RootElement.EnumerateArray())
            yield return (line.GetProperty("family").GetString()!, line.GetProperty("type").GetString()!, line.GetProperty("payload").GetRawText());
    }
}
