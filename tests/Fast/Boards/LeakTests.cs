using System.Collections.Immutable;
using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Boards;
using LiveCoCreate.Grains.Clustering;
using static LiveCoCreate.Fast.Boards.Floor;
using static LiveCoCreate.Grains.Boards.BoardCommand;

namespace LiveCoCreate.Fast.Boards;

/// <summary>P5: what an audience must not see never leaves the server.</summary>
public sealed class LeakTests
{
    private const int Steps = 80;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 120)];

    [Theory, MemberData(nameof(Seeds))]
    public void Nobody_is_sent_what_they_must_not_see(int seed)
    {
        var leak = new LeakWalk(seed, new Projection()).Run(Steps);
        Assert.True(leak is null, leak);
    }

    [Theory, InlineData(false), InlineData(true)] // F4
    public void What_was_written_privately_in_the_open_is_not_read_by_facilitators_who_switch_to_approve_first(bool edited)
    {
        var switched = BoardSpec.Opened(@private: true).Given(Ada, new AddIdea(Bench, Now, "For nobody yet"))
            .Given(Fay, new ChangeSettings(Moderation.Approve)).Given(Ben, new AddIdea(Shade, Now, "To be approved"));
        if (edited) switched = switched.Given(Ada, new EditIdea(Bench, "For nobody yet either"));

        switched.ThenSeenBy(Audience.Facilitators, Shade).ThenMine(Ada, mine => Assert.Contains("For nobody", mine.Ideas[Bench].Text, StringComparison.Ordinal))
            .When(Fay, new EditIdea(Bench, "Not yours")).ThenRefused("idea-missing");
        switched.Given(Fay, new RevealIdeas()).ThenSeenBy(Audience.Facilitators, Bench, Shade);
    }

    private static readonly Dictionary<string, Projection> Holes = new()
    {
        ["a waiting idea is left in"] = new LeftIn(idea => idea.Standing is Standing.Waiting),
        ["a hidden idea is left in with its reason"] = new LeftIn(idea => idea.Standing is Standing.Hidden),
        ["a withdrawn idea is left in"] = new LeftIn(idea => idea.Standing is Standing.Withdrawn),
        ["a private idea is left in"] = new LeftIn(idea => idea.Unrevealed),
        ["facilitators read what is private"] = new LeftIn(idea => idea.Unrevealed) { To = Audience.Facilitators },
        ["counts before their time"] = new EarlyCounts(),
        ["counts of another method before their time"] = new EarlyCountsOfOtherMethods(),
        ["what was said of a merged idea alone"] = new OwnCountsOfMerged(),
        ["what groups said before their time"] = new EarlyGroups(),
        ["what groups said of what is hidden"] = new GroupsOfHidden(),
        ["opinions before their time"] = new EarlyOpinions(),
        ["what few people think"] = new OpinionsOfFew(),
        ["where few people stand"] = new FewOnTheMap(),
        ["opinions of what is hidden"] = new OpinionsOfHidden(),
        ["themes of what was written in confidence"] = new ThemableToo(idea => idea.Unrevealed),
        ["themes of what was withdrawn"] = new ThemableToo(idea => idea.Standing is Standing.Withdrawn),
        ["a replay of opinions before their time"] = new EarlyPastOpinions(),
        ["a replay of opinions of what is hidden now"] = new PastOpinionsOfHidden(),
        ["voters before their time"] = new EarlyVoters(),
        ["an author's id for a signature"] = new SignedById(),
        ["what an idea said before it was edited"] = new OldWords(),
        ["a merged idea's own count"] = new CountsOfMerged(),
        ["what the plan of an idea said before"] = new OldPlans(),
        ["a waiting comment is left in"] = new CommentLeftIn(comment => comment.Standing is Standing.Waiting),
        ["a hidden comment is left in with its reason"] = new CommentLeftIn(comment => comment.Standing is Standing.Hidden),
        ["a withdrawn comment is left in"] = new CommentLeftIn(comment => comment.Standing is Standing.Withdrawn),
        ["a comment of what is hidden"] = new CommentLeftIn(comment => comment.Standing is Standing.Shown),
        ["who commented"] = new CommentsSignedById(),
        ["what a hidden proposal is about"] = new HiddenProposals(),
        ["reactions to what is hidden"] = new AllReactions(),
        ["who reacted"] = new OthersReactions(),
        ["a theme that waits"] = new WaitingThemes(),
        ["what stands in a theme that waits"] = new SortedIntoWaiting(),
        ["who made a theme"] = new ThemesSignedById(),
        ["what people find the same, to all"] = new AlikeToAll(),
        ["a voter's key"] = new KeyOfVoter(),
        ["somebody else's idea in mine"] = new OthersMine(),
        ["how an anonymous vote was cast, after the close"] = new AnonymousMine(),
        ["a replay of what is gone now"] = new ReplayAsItWas(),
        ["what is hidden, on the screen"] = new OnScreen(idea => idea.Standing is Standing.Hidden),
        ["what is private, on the screen"] = new OnScreen(idea => idea.Unrevealed),
        ["for how many others were voted, before its time"] = new EarlyProxies(),
        ["a reply that names a person"] = new TalkativeReply(),
        ["a view that lags behind a change of settings"] = new Lagging(),
    };

    public static TheoryData<string> Planted => [.. Holes.Keys];

    [Theory, MemberData(nameof(Planted))]
    public void A_planted_leak_is_found(string hole) => Assert.Contains(
        Enumerable.Range(1, 1000).Select(seed => new LeakWalk(seed, Holes[hole]).Run(Steps)), leak => leak is not null);

    private sealed record LeftIn(Func<Idea, bool> Which) : Projection
    {
        public Audience To { get; init; } = Audience.Participants;

        public override BoardView SeenBy(BoardInHand board, Audience audience, (Board, BoardView)? last)
        {
            var view = base.SeenBy(board, audience, last);
            if (audience != To) return view;
            var left = board.Board.Ideas.Where(idea => Which(idea.Value) && !view.Ideas.ContainsKey(idea.Key)).Take(1)
                .Select(idea => KeyValuePair.Create(idea.Key, new IdeaView(idea.Value.Lane, null, idea.Value.Text, null, idea.Value.Rank, idea.Value.At, IdeaState.Shown, Reason: idea.Value.Reason)));
            return view with { Ideas = view.Ideas.SetItems(left) };
        }
    }

    private sealed record OnScreen(Func<Idea, bool> Which) : Projection
    {
        public override BoardView SeenBy(BoardInHand board, Audience audience, (Board, BoardView)? last)
        {
            var view = base.SeenBy(board, audience, last);
            return board.Board.Ideas.Where(idea => Which(idea.Value)).Select(idea => (IdeaId?)idea.Key).FirstOrDefault() is { } shown
                ? view with { Facts = view.Facts with { Screen = new Showing(ScreenView.Idea, shown) } } : view;
        }
    }

    private sealed record EarlyProxies : Projection
    {
        public override BoardView SeenBy(BoardInHand board, Audience audience, (Board, BoardView)? last)
        {
            var view = base.SeenBy(board, audience, last);
            return view with { Ballots = view.Ballots.ToImmutableDictionary(ballot => ballot.Key, ballot => ballot.Value with { Proxies = board.Board.Ballots[ballot.Key].Proxies }) };
        }
    }

    private sealed record CommentLeftIn(Func<Comment, bool> Which) : Projection
    {
        public override BoardView SeenBy(BoardInHand board, Audience audience, (Board, BoardView)? last)
        {
            var view = base.SeenBy(board, audience, last);
            if (audience is not Audience.Participants) return view;
            var left = board.Board.Comments.Where(comment => Which(comment.Value) && !view.Comments.ContainsKey(comment.Key)).Take(1)
                .Select(comment => KeyValuePair.Create(comment.Key, new CommentView(comment.Value.Idea, comment.Value.Text, null, comment.Value.At, IdeaState.Shown, Reason: comment.Value.Reason)));
            return view with { Comments = view.Comments.SetItems(left) };
        }
    }

    private sealed record CommentsSignedById : Projection
    {
        public override BoardView SeenBy(BoardInHand board, Audience audience, (Board, BoardView)? last)
        {
            var view = base.SeenBy(board, audience, last);
            return view with { Comments = view.Comments.ToImmutableDictionary(comment => comment.Key, comment => comment.Value with { Signature = board.Board.Comments[comment.Key].Author.Value }) };
        }
    }

    private sealed record HiddenProposals : Projection
    {
        public override BoardView SeenBy(BoardInHand board, Audience audience, (Board, BoardView)? last)
        {
            var view = base.SeenBy(board, audience, last);
            var about = board.Board.Ideas.Values.Where(idea => idea.Standing is Standing.Hidden).Select(idea => idea.Proposal).FirstOrDefault(proposal => proposal is not null);
            return audience is Audience.Facilitators || about is null ? view : view with { Ideas = view.Ideas.ToImmutableDictionary(idea => idea.Key, idea => idea.Value with { Proposal = about }) };
        }
    }

    private sealed record AllReactions : Projection
    {
        public override BoardView SeenBy(BoardInHand board, Audience audience, (Board, BoardView)? last) =>
            base.SeenBy(board, audience, last) with { Reactions = board.Board.Reacting.Counts };
    }

    private sealed record OthersReactions : Projection
    {
        public override MineView MineOf(BoardInHand board, PersonId person) => board.MineOf(person) with { Reactions = board.MineOf(Ben.Id).Reactions };
    }

    private sealed record EarlyCounts : Projection
    {
        public override BoardView SeenBy(BoardInHand board, Audience audience, (Board, BoardView)? last)
        {
            var view = base.SeenBy(board, audience, last);
            var early = board.Board.Ballots.Where(ballot => !view.Tallies.ContainsKey(ballot.Key)).Select(ballot => KeyValuePair.Create(ballot.Key, ballot.Value.Tallies));
            return view with { Tallies = view.Tallies.SetItems(early) };
        }
    }

    private sealed record EarlyCountsOfOtherMethods : Projection
    {
        public override BoardView SeenBy(BoardInHand board, Audience audience, (Board, BoardView)? last)
        {
            var view = base.SeenBy(board, audience, last);
            var early = board.Board.Ballots.Where(ballot => ballot.Value.Method != Methods.Dots && !view.Counts.ContainsKey(ballot.Key)).Select(ballot => KeyValuePair.Create(ballot.Key, ballot.Value.Counted));
            return view with { Counts = view.Counts.SetItems(early) };
        }
    }

    private sealed record OwnCountsOfMerged : Projection
    {
        public override BoardView SeenBy(BoardInHand board, Audience audience, (Board, BoardView)? last)
        {
            var view = base.SeenBy(board, audience, last);
            return view with { Counts = view.Counts.ToImmutableDictionary(ballot => ballot.Key, ballot => ballot.Value.SetItems(board.Board.Ballots[ballot.Key].Counted)) };
        }
    }

    private sealed record EarlyGroups : Projection
    {
        public override ImmutableArray<GroupResult> GroupsSeenBy(BoardInHand board, Audience audience, BallotId ballot) =>
            board.Board.Ballots[ballot] is { CountsAreDue: false, HaveVoted: > 4 } cast ? [new GroupResult(null, "teacher", cast.HaveVoted, cast.Tallies)] : base.GroupsSeenBy(board, audience, ballot);
    }

    private sealed record GroupsOfHidden : Projection
    {
        public override ImmutableArray<GroupResult> GroupsSeenBy(BoardInHand board, Audience audience, BallotId ballot) =>
            board.Board.Ballots[ballot] is { CountsAreDue: true } cast ? cast.ByGroup : [];
    }

    private sealed record EarlyOpinions : Projection
    {
        public override OpinionView? OpinionsSeenBy(BoardInHand board, BallotId ballot) => base.OpinionsSeenBy(board, ballot)
            ?? (board.Board.Ballots[ballot].Method is Methods.Agree ? new OpinionView(TheBoard, ballot, 1, false, board.Board.Ballots[ballot].HaveVoted, 0, [], [], []) : null);
    }

    private sealed record ThemableToo(Func<Idea, bool> Also) : Projection
    {
        public override ImmutableArray<IdeaText> ThemableIdeas(Board board) =>
            [.. base.ThemableIdeas(board), .. board.Ideas.Where(idea => Also(idea.Value)).Select(idea => new IdeaText(idea.Key, idea.Value.Text))];
    }

    private sealed record EarlyPastOpinions : Projection
    {
        public override OpinionView? PastOpinions(Board then, Board now) => base.PastOpinions(then, now)
            ?? (then.Ballots.FirstOrDefault(ballot => ballot.Value is { Method: Methods.Agree }) is { Value: { } early } round ? new OpinionView(TheBoard, round.Key, 1, false, early.HaveVoted, 0, [], [], []) : null);
    }

    private sealed record PastOpinionsOfHidden : Projection
    {
        public override OpinionView? PastOpinions(Board then, Board now) => base.PastOpinions(then, now) is not { } told ? null : told with
        {
            Together = [.. told.Together, .. now.Ideas.Where(idea => idea.Value.Standing is Standing.Hidden).Select(idea => new SaidTogether(idea.Key, true, 5, 5, null))],
        };
    }

    private sealed record OpinionsOfFew : Projection
    {
        public override OpinionView? OpinionsSeenBy(BoardInHand board, BallotId ballot) => base.OpinionsSeenBy(board, ballot) is not { } told ? null : told with
        {
            Together =
            [
                .. board.Board.Ballots[ballot].Counted.Where(idea => board.SeenBy(Audience.Participants).Ideas.TryGetValue(idea.Key, out var seen) && seen.Into is null)
                    .Select(idea => new SaidTogether(idea.Key, true, idea.Value.Values.GetValueOrDefault(1), idea.Value.Values.Values.Sum(), null)),
            ],
        };
    }

    private sealed record FewOnTheMap : Projection
    {
        public override OpinionView? OpinionsSeenBy(BoardInHand board, BallotId ballot) =>
            base.OpinionsSeenBy(board, ballot) is { People: > 0 } told ? told with { Map = [[0, 0, told.People, -1], [1, 1, 1, -1]] } : base.OpinionsSeenBy(board, ballot);
    }

    private sealed record OpinionsOfHidden : Projection
    {
        public override OpinionView? OpinionsSeenBy(BoardInHand board, BallotId ballot) => base.OpinionsSeenBy(board, ballot) is not { } told ? null : told with
        {
            Together = [.. told.Together, .. board.Board.Ideas.Where(idea => idea.Value.Standing is Standing.Hidden).Select(idea => new SaidTogether(idea.Key, true, 5, 5, null))],
        };
    }

    private sealed record EarlyVoters : Projection
    {
        public override BoardView SeenBy(BoardInHand board, Audience audience, (Board, BoardView)? last)
        {
            var view = base.SeenBy(board, audience, last);
            return view with { Ballots = view.Ballots.ToImmutableDictionary(ballot => ballot.Key, ballot => ballot.Value with { Voters = board.Board.Ballots[ballot.Key].HaveVoted }) };
        }
    }

    private sealed record SignedById : Projection
    {
        public override BoardView SeenBy(BoardInHand board, Audience audience, (Board, BoardView)? last)
        {
            var view = base.SeenBy(board, audience, last);
            return view with { Ideas = view.Ideas.ToImmutableDictionary(idea => idea.Key, idea => idea.Value with { Signature = board.Board.Ideas[idea.Key].Author.Value }) };
        }
    }

    private sealed record OldWords : Projection
    {
        public override BoardView SeenBy(BoardInHand board, Audience audience, (Board, BoardView)? last)
        {
            var view = base.SeenBy(board, audience, last);
            return view with
            {
                Ideas = view.Ideas.ToImmutableDictionary(idea => idea.Key, idea => idea.Value with
                {
                    Text = board.Happened.Select(happened => happened.Event).OfType<BoardEvent.IdeaAdded>().First(added => added.Idea == idea.Key).Text,
                }),
            };
        }
    }

    private sealed record OldPlans : Projection
    {
        public override BoardView SeenBy(BoardInHand board, Audience audience, (Board, BoardView)? last)
        {
            var view = base.SeenBy(board, audience, last);
            return view with
            {
                Ideas = view.Ideas.ToImmutableDictionary(idea => idea.Key, idea => idea.Value with
                {
                    Plan = idea.Value.Plan is { } plan
                        ? plan with { Owner = board.Happened.Select(happened => happened.Event).OfType<BoardEvent.PlanSet>().First(set => set.Idea == idea.Key).Owner } : null,
                }),
            };
        }
    }

    private sealed record CountsOfMerged : Projection
    {
        public override BoardView SeenBy(BoardInHand board, Audience audience, (Board, BoardView)? last)
        {
            var view = base.SeenBy(board, audience, last);
            return view with { Tallies = view.Tallies.ToImmutableDictionary(ballot => ballot.Key, ballot => ballot.Value.SetItems(board.Board.Ballots[ballot.Key].Tallies)) };
        }
    }

    private sealed record WaitingThemes : Projection
    {
        public override BoardView SeenBy(BoardInHand board, Audience audience, (Board, BoardView)? last) => base.SeenBy(board, audience, last) with { Themes = board.SeenBy(Audience.Facilitators).Themes };
    }

    private sealed record SortedIntoWaiting : Projection
    {
        public override BoardView SeenBy(BoardInHand board, Audience audience, (Board, BoardView)? last)
        {
            var view = base.SeenBy(board, audience, last);
            return view with { Ideas = view.Ideas.ToImmutableDictionary(idea => idea.Key, idea => idea.Value with { Theme = board.Board.Ideas[idea.Key].Theme }) };
        }
    }

    private sealed record ThemesSignedById : Projection
    {
        public override BoardView SeenBy(BoardInHand board, Audience audience, (Board, BoardView)? last)
        {
            var view = base.SeenBy(board, audience, last);
            return view with { Themes = view.Themes.ToImmutableDictionary(theme => theme.Key, theme => theme.Value with { Rank = board.Board.Themes[theme.Key].Author?.Value ?? theme.Value.Rank }) };
        }
    }

    private sealed record AlikeToAll : Projection
    {
        public override BoardView SeenBy(BoardInHand board, Audience audience, (Board, BoardView)? last) => base.SeenBy(board, audience, last) with { Alike = board.SeenBy(Audience.Facilitators).Alike };
    }

    private sealed record KeyOfVoter : Projection
    {
        public override BoardView SeenBy(BoardInHand board, Audience audience, (Board, BoardView)? last)
        {
            var view = base.SeenBy(board, audience, last);
            return view with
            {
                Ballots = view.Ballots.ToImmutableDictionary(ballot => ballot.Key, ballot => ballot.Value with
                {
                    Method = string.Join(' ', board.Board.Ballots[ballot.Key].Voters.Keys.Concat(board.Board.Ballots[ballot.Key].VotesOf.Keys).Select(voter => voter.Value)),
                }),
            };
        }
    }

    private sealed record OthersMine : Projection
    {
        public override MineView MineOf(BoardInHand board, PersonId person)
        {
            var (mine, bens) = (board.MineOf(person), board.MineOf(Ben.Id));
            return person == Ben.Id ? mine : mine with { Ideas = mine.Ideas.SetItems(bens.Ideas) };
        }
    }

    private sealed record AnonymousMine : Projection
    {
        public override MineView MineOf(BoardInHand board, PersonId person)
        {
            var closed = board.Board.Ballots.Where(ballot => ballot.Value is { Anonymous: true, Open: false }).Select(ballot => KeyValuePair.Create(ballot.Key, new MyBallot(0, ballot.Value.Tallies)));
            return base.MineOf(board, person) is var mine ? mine with { Ballots = mine.Ballots.SetItems(closed) } : null!;
        }
    }

    private sealed record ReplayAsItWas : Projection
    {
        public override BoardView ReplaySeenBy(Audience audience, Board then, BoardView now) => then.SeenBy(TheBoard, audience);
    }

    private sealed record TalkativeReply : Projection
    {
        public override Reply Reply(BoardInHand board, Refusal? refusal) => new(board.Board.Version, refusal is null ? null : refusal with { Message = "Ask " + Fay.Id });
    }

    private sealed record Lagging : Projection
    {
        public override BoardView SeenBy(BoardInHand board, Audience audience, (Board, BoardView)? last) =>
            base.SeenBy(board, audience, last) is var view && last is { } earlier && ReferenceEquals(earlier.Item1.Ideas, board.Board.Ideas)
                ? view with { Ideas = earlier.Item2.Ideas } : view;
    }
}
