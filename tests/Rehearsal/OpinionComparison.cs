using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using LiveCoCreate.Fast.Opinions;
using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Boards;
using LiveCoCreate.Grains.Opinions;
using LiveCoCreate.Wire;
using LiveCoCreate.Wire.Boards;

namespace LiveCoCreate.Rehearsal;

/// <param name="People">Who voted on what is shown.</param>
/// <param name="LiveGroups">People in each group while the round was open,</param>
/// <param name="ColdGroups">and once it was closed.</param>
/// <param name="LiveAgainstCold">Adjusted Rand index of the groups that people were told to be in, at the last vote and after the close.</param>
/// <param name="RestGroups">People in each group once nobody had voted for a while,</param>
/// <param name="RestAgainstCold">and the same index for these.</param>
/// <param name="Reference">What an independent implementation says of the whole recording, in a sentence; null where there is none.</param>
public sealed record OpinionFigures(
    int People, int Placed, string LiveGroups, string ColdGroups, bool ColdEqualsOffline, int Compared, double LiveAgainstCold, string RestGroups, double RestAgainstCold, double LiveMs, double ColdMs, string? Reference);

/// <summary>Closes the round and holds what the server says of its opinions against what follows from the recording.</summary>
internal sealed class OpinionComparison(RehearsalOptions options, Script script, Hall hall, Stage stage, Play play, Findings findings)
{
    private const double NearEnough = 0.80;

    public async Task<OpinionFigures> RunAsync(CancellationToken cancellation)
    {
        var (live, liveMs) = await AskAsync(cancellation);
        var (liveGroups, rest, restGroups) = (new Dictionary<string, int?>(), live, new Dictionary<string, int?>());
        if (live is not null)
        {
            liveGroups = await GroupsAsync(cancellation);
            await hall.Facilitator.WaitForAsync(person => person.Opinions is { Settled: true } told && told.Version >= live.Version, options.SettleWithin, cancellation);
            (rest, restGroups) = (hall.Facilitator.Opinions!, await GroupsAsync(cancellation));
        }

        (await hall.Facilitator.SubmitAsync(Command.OnBoard(stage.Board, "close-ballot", new { ballot = stage.Ballot }))).Expect("Closing the round");
        var (told, coldMs) = await AskAsync(cancellation);
        var cold = told ?? throw new InvalidOperationException("The server says nothing of opinions.");
        var coldGroups = await GroupsAsync(cancellation);

        var offline = OpinionRun.Compute(Votes().Snapshot(), cancelled: cancellation);
        var view = OpinionView.Of(new BoardId(stage.Board), new BallotId(stage.Ballot), cold.Version, final: true, offline, OpinionSettings.Live);
        var expected = WireJson.Read<OpinionsView>(JsonSerializer.SerializeToUtf8Bytes(view, Json.Options));
        var isEqual = Text(expected) == Text(cold);
        if (!isEqual) findings.Add($"opinions: expected {Text(expected)}, seen {Text(cold)}");
        foreach (var (name, group) in coldGroups)
            findings.Expect(offline.Of(new VoterKey(name))?.Group, group, () => $"{name}'s group");
        var (before, atRest) = (Pairs(liveGroups, coldGroups), Pairs(restGroups, coldGroups));
        var index = AdjustedRand.Index(atRest);
        if (live is not null && index < NearEnough) findings.Add(string.Create(CultureInfo.InvariantCulture, $"opinions: groups of a room at rest, {Sizes(rest)}, against the cold ones, {Sizes(cold)}: adjusted Rand index {index:0.000}"));
        return new OpinionFigures(
            cold.People, cold.Placed, Sizes(live), Sizes(cold), isEqual, before.Count, Math.Round(AdjustedRand.Index(before), 3), Sizes(rest), Math.Round(index, 3), liveMs, coldMs, Reference(offline));
    }

    private static List<(int, int)> Pairs(Dictionary<string, int?> groups, Dictionary<string, int?> cold) =>
        [.. cold.Where(person => person.Value is not null && groups.GetValueOrDefault(person.Key) is not null).Select(person => (groups[person.Key]!.Value, person.Value!.Value))];

    /// <returns>Nothing where the server leaves it out while people vote.</returns>
    private async Task<(OpinionsView? Opinions, double Ms)> AskAsync(CancellationToken cancellation)
    {
        var start = Stopwatch.GetTimestamp();
        var answer = await hall.Facilitator.FetchOpinionsAsync(stage.Ballot, cancellation);
        return (answer.Opinions, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
    }

    /// <summary>The group that each person is told to be in.</summary>
    private async Task<Dictionary<string, int?>> GroupsAsync(CancellationToken cancellation)
    {
        var groups = new Dictionary<string, int?>();
        await Parallel.ForEachAsync(hall.People, new ParallelOptions { MaxDegreeOfParallelism = options.JoinsAtOnce, CancellationToken = cancellation }, async (person, stop) =>
        {
            var here = (await person.Value.FetchOpinionsAsync(cancellation: stop)).Here;
            lock (groups) groups[person.Key] = here?.Group;
        });
        return groups;
    }

    /// <summary>The recording's votes on what is shown, in the order that PROTOCOL O3 names.</summary>
    private VoteMatrix Votes()
    {
        var ideas = hall.Facilitator.Board.Ideas;
        var shown = script.Recording.Statements.Where(statement => statement.Moderated is not Moderated.Rejected)
            .Select(statement => (statement.Id, Idea: play.Statements[statement.Id].Idea))
            .OrderBy(each => ideas[each.Idea].At).ThenBy(each => each.Idea, StringComparer.Ordinal).ToList();
        var ideaOf = shown.ToDictionary(each => each.Id, each => new IdeaId(each.Idea));
        return VoteMatrix.Of([.. shown.Select(each => new IdeaId(each.Idea))], script.Said.Where(said => ideaOf.ContainsKey(said.Key.Statement)).GroupBy(said => said.Key.Voter)
            .Select(voter => KeyValuePair.Create(new VoterKey(voter.Key), (IReadOnlyDictionary<IdeaId, Stance>)voter.ToDictionary(said => ideaOf[said.Key.Statement], said => (Stance)said.Value))));
    }

    /// <summary>The reference has all votes, those on rejected statements too, which are not told here: what all agree on is the same, and groups are near.</summary>
    private string? Reference(OpinionResult offline)
    {
        var file = options.Expected is null ? null : Path.Combine(options.Expected, $"polis-{options.Recording.Name}.json");
        if (file is null || !File.Exists(file)) return null;
        using var json = JsonDocument.Parse(File.ReadAllText(file));
        var last = json.RootElement.GetProperty("checkpoints").EnumerateArray().Last();
        var wrong = 0;
        foreach (var (list, seen) in new[] { ("agree", offline.Agreed), ("disagree", offline.Disagreed) })
        {
            var all = last.GetProperty("consensus_detail").GetProperty(list).EnumerateArray().ToList();
            // Statements of fewer than five votes are told nowhere.
            var expected = all.Where(each => each.GetProperty("n_trials").GetInt32() >= OpinionSettings.Live.MinimumShown)
                .Select(each => (Idea: play.Statements[each.GetProperty("tid").ToString()].Idea, Said: each.GetProperty("n_success").GetInt32(), Votes: each.GetProperty("n_trials").GetInt32(), P: each.GetProperty("p_success").GetDouble(), Z: each.GetProperty("p_test").GetDouble())).ToList();
            wrong += expected.Zip(seen).Count(pair => (pair.First.Idea, pair.First.Said, pair.First.Votes) != (pair.Second.Id.Value, pair.Second.Said, pair.Second.Votes)
                || Math.Abs(pair.First.P - pair.Second.Share) > 6e-5 || Math.Abs(pair.First.Z - pair.Second.Z) > 6e-5) + Math.Abs(expected.Count - seen.Length);
        }

        if (wrong > 0) findings.Add($"opinions: {wrong} of the statements that all agree on, or disagree with, are not those of the reference");
        using var packed = new GZipStream(File.OpenRead(Path.Combine(options.Expected!, $"polis-{options.Recording.Name}.participants.csv.gz")), CompressionMode.Decompress);
        using var lines = new StreamReader(packed);
        var pairs = lines.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Trim().Split(','))
            .Where(cells => cells[5].Length > 0 && offline.Of(new VoterKey(cells[0]))?.Group is not null)
            .Select(cells => (cells[5], offline.Of(new VoterKey(cells[0]))!.Group!.Value)).ToList();
        return string.Create(CultureInfo.InvariantCulture, $"reference: what all agree on and its p and z {(wrong == 0 ? "the same to 4 decimals" : "DIFFERENT")}; groups of {pairs.Count} people against its {last.GetProperty("k").GetInt32()}: adjusted Rand index {AdjustedRand.Index(pairs):0.000}");
    }

    private static string Text(OpinionsView view) => Encoding.UTF8.GetString(WireJson.Write(view));

    private static string Sizes(OpinionsView? view) => view is null ? "not told" : view.Groups.Count == 0 ? "no groups" : string.Join(" + ", view.Groups.Select(group => group.People));
}
