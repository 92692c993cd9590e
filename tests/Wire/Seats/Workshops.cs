using LiveCoCreate.Wire.Boards;

namespace LiveCoCreate.Wire.Seats;

/// <summary>H2.</summary>
public sealed record NewWorkshop(string Title, string Purpose = "", string Language = "en", string Template = "blank", bool Anonymous = true,
    string? Moderation = null, IReadOnlyList<string>? Roles = null, IReadOnlyList<NewQuestion>? Questions = null,
    IReadOnlyList<string>? Charter = null, string? Facilitator = null)
{
    public string Request { get; init; } = Ids.New();
}

public sealed record NewQuestion(string Title, IReadOnlyList<string> Options);

public sealed record Links(string Facilitate, string Screen, string Join);

public sealed record MadeWorkshop(string Workshop, string Code, Links Links);

/// <summary>H4. The same <c>Request</c> again is the same person.</summary>
public sealed record JoinRequest
{
    public string Request { get; init; } = Ids.New();
    public bool Agreed { get; init; } = true;
    public string? Alias { get; init; }
    public IReadOnlyList<string> Roles { get; init; } = [];
    public IReadOnlyDictionary<string, string> Answers { get; init; } = new Dictionary<string, string>();
    public string Language { get; init; } = "en";

    /// <summary>The version of the charter that was read.</summary>
    public int? Charter { get; init; }
}

public sealed record Joined(string Participant, string Link, WorkshopView Workshop, BoardView? Board = null, MineView? Mine = null);

public sealed record Me(string Kind, string? Id = null, string? Name = null, IReadOnlyList<string>? Roles = null, string? Link = null);

public sealed record WorkshopView(string Workshop, long Version, string Title, string Code, string? Current, IReadOnlyList<StepView>? Steps = null,
    long Now = 0, string Purpose = "", string Language = "en", bool Anonymous = false, bool Closed = false,
    IReadOnlyList<string>? Charter = null, IReadOnlyList<string>? Roles = null, IReadOnlyList<QuestionView>? Questions = null,
    TimerView? Timer = null, IReadOnlyList<SeatedFacilitator>? SeatedFacilitators = null, int CharterVersion = 1, IReadOnlyList<string>? Principles = null)
{
    /// <summary>The board of the current step, or of the first where none is current.</summary>
    public string? CurrentBoard => (Steps?.FirstOrDefault(step => step.Step == Current) ?? (Steps is [var first, ..] ? first : null))?.Board;
}

public sealed record StepView(string Step, string Board, string Kind, string Title = "");

public sealed record QuestionView(string Id, string Title, IReadOnlyList<string>? Options = null);

public sealed record TimerView(long DurationMs, long? EndsAt = null, long? RemainingMs = null);

public sealed record SeatedFacilitator(string Id, string? Name = null);

/// <summary>L6.</summary>
public sealed record Presence(int People, int Screens = 0, int Facilitators = 0, IReadOnlyDictionary<string, int>? Roles = null,
    IReadOnlyList<PresentName>? Names = null, IReadOnlyList<string>? FacilitatorNames = null, int Ready = 0, int Hands = 0, IReadOnlyList<RaisedHand>? Queue = null, int? Agreed = null);

/// <summary>L8, as facilitators are told.</summary>
public sealed record RaisedHand(string Hand, string? Alias = null, bool Floor = false, bool Here = true);

/// <summary>L8, as this participant is told.</summary>
public sealed record OwnSignals(bool Ready = false, int? Hand = null, bool Floor = false, int? Charter = null);

/// <summary>R5.</summary>
public sealed record InHand(string By, string Name, string Board, IReadOnlyList<string> Ideas, string How);

public sealed record HeldNow(IReadOnlyList<InHand> Holds);

public sealed record PresentName(string? Alias, IReadOnlyList<string>? Roles = null);
