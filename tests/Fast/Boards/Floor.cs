using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Boards;

namespace LiveCoCreate.Fast.Boards;

/// <summary>Who and what the tests of boards speak of.</summary>
internal static class Floor
{
    public static readonly BoardId TheBoard = new("board-1");
    public static readonly WorkshopId TheWorkshop = new("workshop-1");

    public static readonly Caller Ada = new(SeatKind.Participant, new PersonId("person-ada"), "alias1");
    public static readonly Caller Ben = new(SeatKind.Participant, new PersonId("person-ben"), "alias2");
    public static readonly Caller Cyd = new(SeatKind.Participant, new PersonId("person-cyd"), "alias3");
    public static readonly Caller Fay = new(SeatKind.Facilitator, new PersonId("person-fay"));
    public static readonly Caller Gus = new(SeatKind.Facilitator, new PersonId("person-gus"));
    public static readonly Caller Screen = new(SeatKind.Screen, new PersonId("person-screen"));

    public static readonly LaneId Now = new("lane-now");
    public static readonly LaneId Later = new("lane-later");
    public static readonly LaneId Extra = new("lane-extra");

    public static readonly IdeaId Bench = new("idea-bench");
    public static readonly IdeaId Shade = new("idea-shade");
    public static readonly IdeaId Tap = new("idea-tap");
    public static readonly IdeaId Tree = new("idea-tree");

    public static readonly CommentId Why = new("comment-why");
    public static readonly CommentId Where = new("comment-where");

    public static readonly ThemeId Water = new("theme-water");
    public static readonly ThemeId Green = new("theme-green");

    public static readonly ProxyId Dina = new("absent-dina");
    public static readonly ProxyId Eli = new("absent-eli");

    public static readonly BallotId First = new("ballot-first");
    public static readonly BallotId Second = new("ballot-second");

    public static readonly Audience[] Audiences = [Audience.Facilitators, Audience.Participants, Audience.Screens, Audience.Public];
}
