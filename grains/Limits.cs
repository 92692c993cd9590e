namespace LiveCoCreate.Grains;

/// <summary>Every size, count and rate that LiveCoCreate limits (P8), in one place. Texts are counted in UTF-16 units.</summary>
public static class Limits
{
    public const int IdLength = 32;
    public const int IdeaText = 1000;
    public const int CommentText = 500;
    public const int TeamReply = 1000;
    public const int PlanOwner = 80;
    public const int PlanMeasure = 200;
    public const int ThemeTitle = 80;
    public const int LaneTitle = 80;
    public const int StepTitle = 80;
    public const int Announcement = 280;

    /// <summary>What a board is about.</summary>
    public const int Subject = 1000;
    public const int Reason = 200;
    public const int Alias = 40;
    public const int WorkshopTitle = 120;
    public const int Purpose = 500;
    public const int CharterPrinciples = 12;
    public const int CharterPrinciple = 300;

    /// <summary>Versions of a charter that are kept for who asks what changed.</summary>
    public const int CharterVersionsKept = 20;
    public const int Roles = 12;
    public const int RoleTitle = 40;
    public const int Questions = 5;
    public const int QuestionTitle = 120;
    public const int QuestionOptions = 12;
    public const int QuestionOption = 60;
    public const int LanguageTag = 35;

    /// <summary>Words that wait for approval: how many, and how long one is.</summary>
    public const int ListedWords = 200;
    public const int ListedWord = 40;

    public const int IdeasPerBoard = 5000;
    public const int IdeasPerPerson = 500;
    /// <summary>Ideas that one command may name: with ids of 16 characters they fit into a message (<see cref="MessageBytes"/>).</summary>
    public const int IdeasPerCommand = 1000;
    /// <summary>Ideas and themes that one command may bring from another step: with two ids each they fit into a message.</summary>
    public const int BroughtAtOnce = 500;
    /// <summary>Ideas of earlier steps that one idea may have grown out of.</summary>
    public const int SourcesPerIdea = 50;
    public const int CommentsPerIdea = 200;
    public const int CommentsPerPerson = 300;
    public const int CommentsPerBoard = 5000;
    public const int ThemesPerBoard = 200;
    /// <summary>Themes that one participant may make where everyone groups.</summary>
    public const int ThemesPerPerson = 20;

    /// <summary>How many people must find two ideas the same before that is proposed.</summary>
    public const int PairVoices = 3;
    public const int PairsPerPerson = 500;

    /// <summary>Of fewer ideas than these no themes are proposed.</summary>
    public const int FewestIdeasToGroup = 2;

    /// <summary>Pairs of ideas that facilitators keep out of one theme, on one board.</summary>
    public const int PairsKeptApart = 1000;

    /// <summary>Pairs that a phone is given at once.</summary>
    public const int PairsAtOnce = 20;
    public const int LanesPerBoard = 24;
    public const int BallotsPerBoard = 50;
    public const int BudgetMost = 5000;
    public const int PlacesMost = 10;
    public const int StepsPerAgenda = 60;

    /// <summary>With those that were removed: their boards stay.</summary>
    public const int StepsPerWorkshop = 200;
    public const int PeoplePerWorkshop = 5000;

    /// <summary>With those who are gone: each who joins anew is another.</summary>
    public const int SeatsPerWorkshop = 50_000;
    public const int FacilitatorsPerWorkshop = 50;

    /// <summary>People without a phone for whom facilitators vote, and how long what they are called may be.</summary>
    public const int ProxiesPerWorkshop = 100;
    public const int ProxyLabel = 60;

    /// <summary>Ideas that a facilitator's colleagues are told to be in hand.</summary>
    public const int HeldIdeas = 20;

    /// <summary>Accepted command ids remembered for each person (P2).</summary>
    public const int RememberedCommands = 256;

    /// <summary>Commands of each facilitator that can still be undone.</summary>
    public const int UndoableCommands = 256;

    /// <summary>Commands that may wait for a grain's turn; more are told to retry.</summary>
    public const int WaitingCommands = 20_000;

    /// <summary>A snapshot, which is a keyframe too, is kept each so many events.</summary>
    public const int SnapshotEvery = 2_500;

    /// <summary>Commands of facilitators on one page of a board's log.</summary>
    public const int LogPage = 50;

    public static readonly TimeSpan Timer = TimeSpan.FromHours(8);
    public static readonly TimeSpan IdleGrain = TimeSpan.FromMinutes(5);

    /// <summary>How long a server waits before it tries again to reach a journal that is away.</summary>
    public static readonly TimeSpan JournalReconnect = TimeSpan.FromSeconds(1);
    public static readonly TimeSpan CodeRest = TimeSpan.FromDays(30);
    public static readonly TimeSpan SeatLife = TimeSpan.FromDays(365);

    /// <summary>Roles are counted for participants and screens from this many people on.</summary>
    public const int SmallestCell = 5;

    // At the door (web): rates for each seat, sizes of messages.
    public const int MessageBytes = 32 * 1024;
    public const int RequestBytes = 256 * 1024;

    /// <summary>A body over its limit is taken in and dropped up to so much, so that its sender reads the refusal.</summary>
    public const int DroppedBytes = 64 * 1024 * 1024;
    public const int ParticipantBurst = 256;
    public const int ParticipantPerSecond = 20;
    public const int FacilitatorBurst = 2000;
    public const int FacilitatorPerSecond = 100;
    public const int WrongCodesBeforeSlow = 20;
    public const int WorkshopsPerMinute = 60;
    public const int ConnectionsPerSeat = 12;
}
