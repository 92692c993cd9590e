using System.Collections.Immutable;

namespace LiveCoCreate.Grains.Boards;

public sealed partial record Board
{
    /// <summary>What an audience may see of this board now, and nothing else (P5). In doubt it withholds.</summary>
    /// <param name="last">An earlier board and its view by the same audience: what has not changed since is taken from there.</param>
    public BoardView SeenBy(BoardId id, Audience audience, (Board Board, BoardView View)? last = null)
    {
        // Under the same rules, what has not changed looks as it did.
        var alike = last is { } earlier && ReferenceEquals(earlier.Board.Limited, Limited) && earlier.Board.Settings == Settings && HidesTheSameThemes(earlier.Board) ? last : null;
        var sameIdeas = alike is { } then && ReferenceEquals(then.Board.Ideas, Ideas);
        var ideas = sameIdeas ? last!.Value.View.Ideas : IdeasSeenBy(audience, alike);
        return new BoardView(
            id, audience, Version,
            new Facts(Step, Kind, Writing, Settings.Private, Revealed, Settings.Moderation, Settings.Anonymous, Closed, sameIdeas ? last!.Value.View.Facts.Unrevealed : CountUnrevealed())
            {
                Screen = ShowingSeen,
                Voices = audience is not Audience.Facilitators ? null : sameIdeas ? last!.Value.View.Facts.Voices : Boards.Voices.Of(this),
                Sorting = Settings.Sorting,
                Compared = ComparedSeenBy(audience, last),
            },
            last is { } l && ReferenceEquals(l.Board.Lanes, Lanes) ? l.View.Lanes : Lanes.ToImmutableDictionary(lane => lane.Key, lane => new LaneView(lane.Value.Title, lane.Value.Rank)),
            ThemesSeenBy(audience, last),
            ideas,
            BallotsSeenBy(audience, last),
            TalliesSeenBy(ideas, sameIdeas ? last : null))
        {
            Subject = Subject,
            Counts = CountsSeenBy(ideas, sameIdeas ? last : null),
            Comments = CommentsSeenBy(audience, ideas, alike),
            Reactions = ReactionsSeenBy(ideas, alike),
            Alike = AlikeSeenBy(audience, ideas, sameIdeas ? last : null),
        };
    }

    /// <summary>The board as an audience saw it at a moment, less what it may not see now.</summary>
    public static BoardView ReplaySeenBy(BoardId id, Audience audience, Board then, BoardView now) => new ReplayEye(id, audience, now).See(then);

    private int CountUnrevealed() => Ideas.Values.Count(idea => idea is { Unrevealed: true, Standing: Standing.Waiting or Standing.Shown });

    /// <summary>Private writing is for its author alone, unless it was written where facilitators approve first, and they still do:
    /// who changes the settings later must not read what was written before in confidence.</summary>
    private bool FacilitatorsSee(Idea idea) =>
        idea.Standing is not Standing.Withdrawn && (!idea.Unrevealed || (idea.ForApproval && Settings.Moderation is Moderation.Approve));

    /// <param name="last">A board and its view under the same rules: an idea that is still what it was looks the same, unless it became part of another, which may have changed.</param>
    private ImmutableDictionary<IdeaId, IdeaView> IdeasSeenBy(Audience audience, (Board Board, BoardView View)? last = null)
    {
        var seen = (last?.View.Ideas ?? ImmutableDictionary<IdeaId, IdeaView>.Empty).ToBuilder();
        foreach (var (id, idea) in Ideas)
        {
            if (idea.Into is null && last is { } then && then.Board.Ideas.TryGetValue(id, out var same) && ReferenceEquals(same, idea)) continue;
            if (audience is Audience.Facilitators ? !FacilitatorsSee(idea) : !InTheOpen(idea))
            {
                seen.Remove(id);
                continue;
            }

            IdeaId? root = idea.Into is null ? null : RootId(idea);
            if (root is { } within && audience is Audience.Facilitators && !FacilitatorsSee(Ideas[within])) root = null;
            seen[id] = new IdeaView(
                idea.Lane, idea.Theme is { } theme && SeesTheme(audience, theme) ? theme : null, idea.Text, idea.Language, idea.Rank, idea.At, StateOf(idea), Settings.Anonymous ? null : idea.Signature,
                root, idea.Edited ? true : null, audience is Audience.Facilitators ? idea.Reason : null,
                audience is Audience.Facilitators ? idea.Original : null,
                audience is Audience.Facilitators && idea.Standing is Standing.Waiting && Limited.Contains(idea.Author) ? true : null,
                idea.Status is IdeaStatus.Received ? null : idea.Status, idea.Note, idea.Reply, idea.Proxy ? true : null) { Plan = idea.Plan, From = idea.From, Feel = idea.Feel, Proposal = idea.Proposal };
        }

        return seen.ToImmutable();
    }

    private static IdeaState StateOf(Idea idea) => idea switch
    {
        { Standing: Standing.Waiting } => IdeaState.Waiting,
        { Standing: Standing.Hidden } => IdeaState.Hidden,
        { Unrevealed: true } => IdeaState.Unrevealed,
        _ => IdeaState.Shown,
    };

    private IdeaId RootId(Idea idea)
    {
        var root = idea.Into!.Value;
        while (Ideas[root].Into is { } further) root = further;
        return root;
    }

    private ImmutableDictionary<BallotId, BallotView> BallotsSeenBy(Audience audience, (Board Board, BoardView View)? last)
    {
        if (last is { } earlier && ReferenceEquals(earlier.Board.Ballots, Ballots)) return earlier.View.Ballots;
        return Ballots.ToImmutableDictionary(ballot => ballot.Key, ballot => new BallotView(
            ballot.Value.Method, ballot.Value.Round, ballot.Value.Budget, ballot.Value.MostPerIdea, ballot.Value.Counts, ballot.Value.Anonymous,
            ballot.Value.Open, ballot.Value.Revealed,
            audience is Audience.Facilitators || ballot.Value.CountsAreDue ? ballot.Value.HaveVoted : null,
            ballot.Value.For, ballot.Value.Certainty ? true : null,
            ballot.Value.CountsAreDue && !ballot.Value.ByGroup.IsDefaultOrEmpty ? ballot.Value.ByGroup.Length : null)
        {
            Proxies = audience is Audience.Facilitators || ballot.Value.CountsAreDue ? ballot.Value.Proxies : null,
        });
    }

    private ImmutableDictionary<BallotId, ImmutableDictionary<IdeaId, int>> TalliesSeenBy(ImmutableDictionary<IdeaId, IdeaView> ideas, (Board Board, BoardView View)? last)
    {
        if (last is { } same && ReferenceEquals(same.Board.Ballots, Ballots)) return same.View.Tallies;
        var seen = ImmutableDictionary.CreateBuilder<BallotId, ImmutableDictionary<IdeaId, int>>();
        foreach (var (id, ballot) in Ballots)
        {
            if (!ballot.CountsAreDue || ballot.Method is not Methods.Dots) continue;
            seen[id] = last is { } earlier && earlier.View.Tallies.TryGetValue(id, out var tallies) && ReferenceEquals(earlier.Board.Ballots[id].Tallies, ballot.Tallies)
                ? tallies
                : Tally(ballot, ideas);
        }

        return seen.ToImmutable();
    }

    private ImmutableDictionary<BallotId, ImmutableDictionary<IdeaId, Count>> CountsSeenBy(ImmutableDictionary<IdeaId, IdeaView> ideas, (Board Board, BoardView View)? last)
    {
        if (last is { } same && ReferenceEquals(same.Board.Ballots, Ballots)) return same.View.Counts;
        var seen = ImmutableDictionary.CreateBuilder<BallotId, ImmutableDictionary<IdeaId, Count>>();
        foreach (var (id, ballot) in Ballots)
        {
            if (!ballot.CountsAreDue || ballot.Method is Methods.Dots) continue;
            seen[id] = last is { } earlier && earlier.View.Counts.TryGetValue(id, out var counts) && ReferenceEquals(earlier.Board.Ballots[id].Counted, ballot.Counted)
                ? counts
                : Counted(ballot, ideas);
        }

        return seen.ToImmutable();
    }

    /// <summary>What is said of each visible idea. Of what others were merged into each person says one thing: what they say of the idea
    /// itself, or else of the first, by id, that was merged into it.</summary>
    private static ImmutableDictionary<IdeaId, Count> Counted(Ballot ballot, ImmutableDictionary<IdeaId, IdeaView> ideas)
    {
        var counts = ImmutableDictionary.CreateBuilder<IdeaId, Count>();
        var merged = ideas.Where(idea => idea.Value.Into is not null).ToLookup(idea => idea.Value.Into!.Value, idea => idea.Key);
        foreach (var (id, idea) in ideas)
        {
            if (idea.Into is not null) continue;
            var count = merged.Contains(id)
                ? merged[id].OrderBy(part => part.Value, StringComparer.Ordinal).Prepend(id)
                    .SelectMany(part => ballot.Votes.GetValueOrDefault(part, ImmutableDictionary<VoterKey, Vote>.Empty))
                    .DistinctBy(vote => vote.Key).Aggregate(Count.None, (sum, vote) => sum.With(null, vote.Value))
                : ballot.Counted.GetValueOrDefault(id, Count.None);
            if (!count.IsEmpty) counts[id] = count;
        }

        return counts.ToImmutable();
    }

    /// <summary>Each visible idea's dots. What others were merged into shows the sum over people: each counts with all their dots
    /// on the merged ideas, at most as many as one idea may get, so that two duplicates give nobody a double voice.</summary>
    private static ImmutableDictionary<IdeaId, int> Tally(Ballot ballot, ImmutableDictionary<IdeaId, IdeaView> ideas)
    {
        var tallies = ImmutableDictionary.CreateBuilder<IdeaId, int>();
        var merged = ideas.Where(idea => idea.Value.Into is not null).ToLookup(idea => idea.Value.Into!.Value, idea => idea.Key);
        foreach (var (id, idea) in ideas)
        {
            if (idea.Into is not null) continue;
            if (!merged.Contains(id))
            {
                if (ballot.Tallies.TryGetValue(id, out var own)) tallies[id] = own;
                continue;
            }

            var sum = merged[id].Append(id).SelectMany(part => ballot.Dots.GetValueOrDefault(part, ImmutableDictionary<VoterKey, int>.Empty))
                .GroupBy(dots => dots.Key, dots => dots.Value).Sum(person => Math.Min(person.Sum(), ballot.MostPerIdea));
            if (sum > 0) tallies[id] = sum;
        }

        return tallies.ToImmutable();
    }
}
