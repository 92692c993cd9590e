namespace LiveCoCreate.Wire.Boards;

/// <summary>What a frame was to the one who got it (F2).</summary>
public enum News
{
    Old,
    Merged,

    /// <summary>It does not begin at what is held, so something may be missing: nothing was merged.</summary>
    Gap,
}

/// <summary>F1 and F2, pure: views go in and come out, nothing is changed in place.</summary>
public static class Merging
{
    public static News TryMerge(this BoardView view, BoardFrame frame, out BoardView after)
    {
        after = view;
        if (frame.Version <= view.Version) return News.Old;
        if (frame.Since != view.Version && frame.Since != 0) return News.Gap;

        var before = frame.Since == 0 ? new BoardView { Audience = view.Audience, Facts = view.Facts } : view;
        after = before with
        {
            Board = frame.Board,
            Version = frame.Version,
            Facts = frame.Facts ?? before.Facts,
            Subject = frame.Subject ?? before.Subject,
            Lanes = Replace(before.Lanes, frame.Lanes),
            Themes = Replace(before.Themes, frame.Themes),
            Ideas = Replace(before.Ideas, frame.Ideas),
            Ballots = ReplaceVoters(Replace(before.Ballots, frame.Ballots), frame.Voters),
            Tallies = ReplaceTallies(before.Tallies, frame.Tallies),
            Counts = ReplaceCounts(before.Counts, frame.Counts),
            Comments = Replace(before.Comments, frame.Comments),
            Reactions = Replace(before.Reactions, frame.Reactions),
        };
        return News.Merged;
    }

    public static News TryMerge(this MineView view, MineFrame frame, out MineView after)
    {
        after = view;
        if (frame.Version <= view.Version) return News.Old;
        if (frame.Since != view.Version && frame.Since != 0) return News.Gap;

        var before = frame.Since == 0 ? new MineView() : view;
        after = before with
        {
            Board = frame.Board,
            Version = frame.Version,
            Ideas = Replace(before.Ideas, frame.Ideas),
            Ballots = Replace(before.Ballots, frame.Ballots),
            Comments = Replace(before.Comments, frame.Comments),
            Reactions = Replace(before.Reactions, frame.Reactions),
            Themes = Replace(before.Themes, frame.Themes),
        };
        return News.Merged;
    }

    public static (News News, BoardView After) Merge(BoardView view, BoardFrame frame) => (view.TryMerge(frame, out var after), after);

    public static (News News, MineView After) Merge(MineView view, MineFrame frame) => (view.TryMerge(frame, out var after), after);

    private static IReadOnlyDictionary<string, T> Replace<T>(IReadOnlyDictionary<string, T> before, IReadOnlyDictionary<string, T?>? changes)
        where T : class
    {
        if (changes is null or { Count: 0 }) return before;
        var after = new Dictionary<string, T>(before);
        foreach (var (id, value) in changes)
        {
            if (value is null) after.Remove(id);
            else after[id] = value;
        }

        return after;
    }

    private static IReadOnlyDictionary<string, Ballot> ReplaceVoters(IReadOnlyDictionary<string, Ballot> before, IReadOnlyDictionary<string, int>? voters)
    {
        if (voters is null or { Count: 0 }) return before;
        var after = new Dictionary<string, Ballot>(before);
        foreach (var (ballot, n) in voters)
            if (after.TryGetValue(ballot, out var known)) after[ballot] = known with { Voters = n };
        return after;
    }

    private static IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>> ReplaceTallies(
        IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>> before,
        IReadOnlyDictionary<string, IReadOnlyDictionary<string, int?>?>? changes)
    {
        if (changes is null or { Count: 0 }) return before;
        var after = new Dictionary<string, IReadOnlyDictionary<string, int>>(before);
        foreach (var (ballot, ofBallot) in changes)
        {
            if (ofBallot is null) after.Remove(ballot);
            // Also where nobody has voted yet: that the ballot is there says that its counts are due (F5).
            else after[ballot] = ReplaceOneByOne(after.GetValueOrDefault(ballot), ofBallot);
        }

        return after;
    }

    private static IReadOnlyDictionary<string, IReadOnlyDictionary<string, Count>> ReplaceCounts(
        IReadOnlyDictionary<string, IReadOnlyDictionary<string, Count>> before, IReadOnlyDictionary<string, IReadOnlyDictionary<string, Count?>?>? changes)
    {
        if (changes is null or { Count: 0 }) return before;
        var after = new Dictionary<string, IReadOnlyDictionary<string, Count>>(before);
        foreach (var (ballot, ofBallot) in changes)
        {
            if (ofBallot is null) after.Remove(ballot);
            else after[ballot] = Replace(after.GetValueOrDefault(ballot) ?? new Dictionary<string, Count>(), ofBallot);
        }

        return after;
    }

    private static Dictionary<string, int> ReplaceOneByOne(IReadOnlyDictionary<string, int>? before, IReadOnlyDictionary<string, int?> changes)
    {
        var after = before is null ? [] : new Dictionary<string, int>(before);
        foreach (var (idea, dots) in changes)
        {
            if (dots is null) after.Remove(idea);
            else after[idea] = dots.Value;
        }

        return after;
    }
}
