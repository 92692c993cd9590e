using System.Diagnostics;
using System.Globalization;
using LiveCoCreate.Fast.Opinions;
using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Opinions;
using LiveCoCreate.Rehearsal;
using Vote = LiveCoCreate.Rehearsal.Vote;

namespace LiveCoCreate.Measure;

/// <summary>What a vote costs, what all the opinions of a large room cost from nothing and live, and how near a room that watched its map grow ends up to one that is computed
/// from nothing. On the recorded conversations, or on one of the same size that is made up.</summary>
internal static class OpinionGroups
{
    public static int Run(string? folder)
    {
        folder ??= Environment.GetEnvironmentVariable("RECORDINGS") is { Length: > 0 } named ? named : Path.Combine("..", "shared", "data", "polis");
        var names = new[] { "freshwater", "ubi", "biodiversity", "vtaiwan-uberx" }.Where(name => Directory.Exists(Path.Combine(folder, name))).ToList();
        var conversations = names.Select(name => Recording.Read(Path.Combine(folder, name))).DefaultIfEmpty(MadeUp()).ToList();
        if (names.Count < 4) Say($"Not all four conversations are in {Path.GetFullPath(folder)}.");

        var good = Costs(conversations[^1]);
        foreach (var conversation in conversations)
            foreach (var step in new[] { 20, 50, 200, 1000 }) good &= Replay(conversation, step);
        return good ? 0 : 1;
    }

    private static bool Costs(Recording conversation)
    {
        // Once for the compiler.
        for (var time = 0; time < 2; time++) Fill(conversation, conversation.Votes.Count, snapshotEach: 100);
        var clock = Stopwatch.StartNew();
        var matrix = Fill(conversation, conversation.Votes.Count, snapshotEach: 100);
        var vote = clock.Elapsed.TotalMicroseconds / conversation.Votes.Count;
        var snapshot = matrix.Snapshot();
        var live = Fill(conversation, conversation.Votes.Count - 40, int.MaxValue);
        var before = OpinionRun.Compute(live.Snapshot());
        foreach (var late in conversation.Votes.TakeLast(40)) Cast(live, late);
        var after = live.Snapshot();

        var takeOne = Median(() => matrix.Snapshot());
        var cold = Median(() => OpinionRun.Compute(snapshot));
        var warm = Median(() => OpinionRun.Compute(after, before.State));
        var result = OpinionRun.Compute(snapshot);
        Say($"{conversation.Name}: {snapshot.Voters.Length} people, {result.Statements.Count(each => each.Tally.Votes > 0)} statements, {result.Votes} votes");
        Say($"a vote, with a snapshot each 100: {vote:0.00} µs (50 at most); a snapshot {takeOne * 1000:0} µs");
        Say($"everything from nothing: median {cold:0.0} ms (300 at most), {result.Rounds} rounds for the axes");
        Say($"everything 40 votes later: median {warm:0.0} ms, {OpinionRun.Compute(after, before.State).Rounds} rounds for the axes");
        return vote <= 50 && cold <= 300;
    }

    /// <summary>A room that votes in the recorded order, and a computation each so many votes.</summary>
    private static bool Replay(Recording conversation, int step)
    {
        var matrix = Fill(conversation, 0, int.MaxValue);
        OpinionResult? latest = null;
        var (cast, changes, times) = (0, 0, 0);
        foreach (var vote in conversation.Votes)
        {
            Cast(matrix, vote);
            if (++cast % step != 0 && cast != conversation.Votes.Count) continue;
            var next = OpinionRun.Compute(matrix.Snapshot(), latest?.State);
            if (latest is not null && latest.Groups.Length != next.Groups.Length) changes++;
            (latest, times) = (next, times + 1);
        }

        var cold = OpinionRun.Compute(matrix.Snapshot());
        var index = AdjustedRand.Index(cold.People.Where(person => person.IsClustered).Select(person => (person.Group, latest!.Of(person.Voter)!.Group)));
        Say($"{conversation.Name}, a computation each {step} votes ({times}): live {Sizes(latest!)}, cold {Sizes(cold)}, adjusted Rand {index:0.000} (0.80 at least); the number of groups changed {changes} times");
        return index >= 0.80;
    }

    private static string Sizes(OpinionResult result) => string.Join(" + ", result.Groups.Select(group => group.People));

    private static VoteMatrix Fill(Recording conversation, int votes, int snapshotEach)
    {
        var matrix = new VoteMatrix();
        foreach (var statement in conversation.Statements)
        {
            matrix.Add(new IdeaId(statement.Id));
            if (statement.Moderated == Moderated.Rejected) matrix.ModerateOut(new IdeaId(statement.Id));
        }

        for (var at = 0; at < votes; at++)
        {
            Cast(matrix, conversation.Votes[at]);
            if (at % snapshotEach == snapshotEach - 1) matrix.Snapshot();
        }

        return matrix;
    }

    private static void Cast(VoteMatrix matrix, Vote vote) =>
        matrix.Set(new VoterKey(vote.Voter), new IdeaId(vote.Statement), vote.Agrees ? Stance.Agree : vote.Passes ? Stance.Pass : Stance.Disagree);

    /// <summary>1,921 people of three minds and 197 statements, on 26 of which each has voted in the mean.</summary>
    private static Recording MadeUp()
    {
        var dice = new Random(197);
        var minds = Enumerable.Range(0, 3).Select(_ => Enumerable.Range(0, 197).Select(_ => dice.NextDouble()).ToArray()).ToArray();
        var cells = Enumerable.Range(0, 1921 * 26).Select(_ => (Voter: dice.Next(1921), Statement: dice.Next(197)));
        return new Recording(
            "made up",
            [.. Enumerable.Range(0, 197).Select(at => new Statement($"{at}", "0", 0, Moderated.Accepted, ""))],
            [.. cells.Select((cell, at) => new Vote(at, $"{cell.Voter}", $"{cell.Statement}", dice.NextDouble() < minds[cell.Voter % 3][cell.Statement]))]);
    }

    private static double Median(Action act)
    {
        var times = new List<double>();
        for (var time = 0; time < 14; time++)
        {
            var clock = Stopwatch.StartNew();
            act();
            if (time >= 3) times.Add(clock.Elapsed.TotalMilliseconds);
        }

        return times.Order().ElementAt(times.Count / 2);
    }

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
