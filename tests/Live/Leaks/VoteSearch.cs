using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using LiveCoCreate.Live.Servers;

namespace LiveCoCreate.Live.Leaks;

/// <summary>Somebody who votes: every way in which they could be known, and what only their votes have.</summary>
/// <param name="Names">Id, alias, the request they joined with, the secret of their link, their cookie.</param>
internal sealed record Voter(string Id, IReadOnlyList<string> Names)
{
    /// <summary>Their voter keys, one for each ballot.</summary>
    public HashSet<string> Keys { get; } = [];

    /// <summary>The ids of the commands by which they voted.</summary>
    public HashSet<string> Commands { get; } = [];

    /// <summary>What they voted on, by ballot.</summary>
    public HashSet<(string Ballot, string Idea)> VotedOn { get; } = [];
}

/// <summary>All that somebody can lay hands on.</summary>
/// <param name="Heard">Messages and answers, by who got them.</param>
/// <param name="Rows">The journal's events.</param>
/// <param name="Snapshots">States that were kept.</param>
/// <param name="Files">Every byte of every file.</param>
internal sealed record Evidence(
    IReadOnlyList<(string Hearer, string Source, string Text)> Heard, string Log, IReadOnlyList<Row> Rows, IReadOnlyList<(string Stream, string State)> Snapshots,
    IReadOnlyDictionary<string, byte[]> Files);

/// <summary>Looks for a way from a vote in an anonymous ballot to whoever cast it: by a name beside it, by a key or a command that stands elsewhere too, over any
/// number of steps, by the time, and by the bytes of what makes the keys. Order is left: PROTOCOL.md J6 says so.</summary>
internal sealed partial class VoteSearch(IReadOnlyList<Voter> voters, IReadOnlySet<string> ballots, IReadOnlyList<byte[]> secrets)
{
    private readonly Dictionary<string, Voter> _byName = voters.SelectMany(voter => voter.Names.Select(name => (name, voter))).ToDictionary(pair => pair.name, pair => pair.voter);
    private readonly Dictionary<string, Voter> _byKey = voters.SelectMany(voter => voter.Keys.Select(key => (key, voter))).ToDictionary(pair => pair.key, pair => pair.voter);
    private readonly Dictionary<string, Voter> _byCommand = voters.SelectMany(voter => voter.Commands.Select(command => (command, voter))).ToDictionary(pair => pair.command, pair => pair.voter);

    public IEnumerable<string> InWhatIsSent(Evidence evidence) => evidence.Heard.SelectMany(heard => Sent(heard.Hearer, heard.Source, heard.Text)).Concat(Sent("", "the log", evidence.Log));

    public IEnumerable<string> InWhatIsKept(Evidence evidence) => ByTime(evidence.Rows).Concat(Joins(evidence)).Concat(InBytes(evidence.Files));

    /// <summary>Names may be where they belong: beside what somebody wrote, and among who is here.</summary>
    private static bool MayBeNamed(IReadOnlyList<string> path) =>
        path is [.., "names", "[]", "id" or "alias"] or [.., "ideas" or "comments", _, "signature"];

    private IEnumerable<string> Sent(string hearer, string source, string text)
    {
        var words = Word().Matches(text).Select(match => match.Value).Where(word => _byName.ContainsKey(word) || _byKey.ContainsKey(word) || _byCommand.ContainsKey(word)).Distinct().ToList();
        foreach (var word in words.Where(_byKey.ContainsKey)) yield return $"{source} tells {hearer} a voter key";
        foreach (var word in words.Where(_byCommand.ContainsKey)) yield return $"{source} tells {hearer} a vote's command";
        if (TryParse(text) is not { } json)
        {
            if (words.Any(word => _byName.TryGetValue(word, out var named) && named.Id != hearer)) yield return $"{source} names somebody";
            yield break;
        }

        using (json)
        {
            foreach (var leak in Walk(json.RootElement, [])) yield return leak;
        }

        IEnumerable<string> Walk(JsonElement element, IReadOnlyList<string> path)
        {
            switch (element.ValueKind)
            {
                case JsonValueKind.String:
                    foreach (var leak in NamedIn(element.GetString()!, path)) yield return leak;
                    break;
                case JsonValueKind.Array:
                    foreach (var leak in element.EnumerateArray().SelectMany(item => Walk(item, [.. path, "[]"]))) yield return leak;
                    break;
                case JsonValueKind.Object:
                    foreach (var field in element.EnumerateObject())
                    {
                        foreach (var leak in NamedIn(field.Name, path)) yield return leak;
                        // What only one person sees holds their own votes, and nobody else's.
                        if (path is [.., "ballots", var ballot, "dots" or "votes"] && ballots.Contains(ballot) && voters.FirstOrDefault(voter => voter.Id == hearer)?.VotedOn.Contains((ballot, field.Name)) is not true)
                            yield return $"{source} tells {hearer} of a vote that is not theirs";
                        foreach (var leak in Walk(field.Value, [.. path, field.Name])) yield return leak;
                    }

                    break;
                default: break;
            }
        }

        IEnumerable<string> NamedIn(string value, IReadOnlyList<string> path) => Word().Matches(value).Select(match => match.Value)
            .Where(word => _byName.TryGetValue(word, out var named) && named.Id != hearer && !MayBeNamed(path)).Select(_ => $"{source} names somebody to {hearer} at {string.Join('.', path)}");
    }

    private static JsonDocument? TryParse(string text)
    {
        try
        {
            return JsonDocument.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>J6: the later of the minute's start and the previous event's time.</summary>
    private IEnumerable<string> ByTime(IReadOnlyList<Row> rows)
    {
        var at = rows.ToDictionary(row => (row.Stream, row.Version), row => row.At);
        return rows.Where(IsVote).Where(vote => vote.At % 60_000 != 0 && vote.At != at.GetValueOrDefault((vote.Stream, vote.Version - 1))).Select(vote => $"version {vote.Version} keeps when it was cast");
    }

    /// <summary>From the votes on by everything that stands with a key or a command of theirs, until somebody is named. Ideas, boards and ballots are everybody's: they join nothing.</summary>
    private IEnumerable<string> Joins(Evidence evidence)
    {
        var things = evidence.Rows.Select(row => (Where: $"{row.Type} at version {row.Version} of {row.Stream}", Words: WordsOf(row)))
            .Concat(evidence.Snapshots.SelectMany(snapshot => Things(snapshot.State).Select(words => (Where: $"a snapshot of {snapshot.Stream}", Words: words)))).ToList();
        var shared = evidence.Rows.SelectMany(row => new[] { row.Stream[(row.Stream.IndexOf('/', StringComparison.Ordinal) + 1)..] }.Where(_ => !row.Stream.StartsWith("participant/", StringComparison.Ordinal)))
            .Concat(evidence.Rows.SelectMany(row => Shared().Matches(row.Payload).Select(match => match.Groups[1].Value))).ToHashSet();
        var ways = new HashSet<string>(evidence.Rows.Where(IsVote).SelectMany(WordsOf).Where(word => IsPrivate(word)));
        if (ways.Count == 0) yield return "there is no vote to search from";

        for (var further = true; further;)
        {
            further = false;
            foreach (var thing in things.ToList())
            {
                if (thing.Words.FirstOrDefault(ways.Contains) is not { } way) continue;
                things.Remove(thing);
                if (thing.Words.Any(_byName.ContainsKey)) yield return $"a vote leads to a person by {way}, in {thing.Where}";
                var before = ways.Count;
                ways.UnionWith(thing.Words.Where(IsPrivate));
                further |= ways.Count > before;
            }
        }

        bool IsPrivate(string word) => word.Length >= 16 && !shared.Contains(word) && !_byName.ContainsKey(word);
    }

    private bool IsVote(Row row) => row.Type is "vote-cast" or "vote-given" && ballots.Any(ballot => row.Payload.Contains(ballot, StringComparison.Ordinal));

    private static HashSet<string> WordsOf(Row row) => [.. Word().Matches($"{row.Stream} {row.By} {row.Command} {row.Payload}").Select(match => match.Value)];

    /// <summary>What stands together in a state: a property's name with what is directly in it, and with the names above it.</summary>
    private static IEnumerable<HashSet<string>> Things(string state)
    {
        using var json = JsonDocument.Parse(state);
        return [.. Within(json.RootElement, [])];

        static IEnumerable<HashSet<string>> Within(JsonElement element, IReadOnlyList<string> above) => element.ValueKind switch
        {
            JsonValueKind.Object => element.EnumerateObject().SelectMany(field => Within(field.Value, [.. above, field.Name]))
                // The fields of one thing belong together; the entries of a list by id do not.
                .Append([.. above, .. element.EnumerateObject().Where(field => field.Value.ValueKind is JsonValueKind.String && field.Name.Length < 16).SelectMany(field => Words(field.Value))]),
            JsonValueKind.Array => element.EnumerateArray().SelectMany(item => Within(item, above)),
            JsonValueKind.String => [[.. above, .. Words(element)]],
            _ => [[.. above]],
        };

        static IEnumerable<string> Words(JsonElement text) => Word().Matches(text.GetString()!).Select(match => match.Value);
    }

    /// <summary>What makes the keys, in any form; and copies of votes in parts of a file that no table names, with somebody between the vote's type and its command.</summary>
    private IEnumerable<string> InBytes(IReadOnlyDictionary<string, byte[]> files)
    {
        foreach (var (file, bytes) in files)
        {
            foreach (var secret in secrets)
                foreach (var form in new[] { secret, Encoding.ASCII.GetBytes(Convert.ToBase64String(secret)[..42]), Encoding.ASCII.GetBytes(Convert.ToHexStringLower(secret)), Encoding.ASCII.GetBytes(Convert.ToHexString(secret)) })
                    if (bytes.AsSpan().IndexOf(form) >= 0) yield return $"{file} holds what makes voter keys";

            var text = Encoding.Latin1.GetString(bytes);
            foreach (var before in VoteBefore().Matches(text).Select(match => match.Groups[1].Value))
                if (Word().Matches(before).Select(match => match.Value).Any(word => _byName.Keys.Any(name => name.Length >= 16 && word.Contains(name, StringComparison.Ordinal)))) yield return $"{file} holds who cast a vote";
        }
    }

    [GeneratedRegex("[A-Za-z0-9_-]{8,}")]
    private static partial Regex Word();

    /// <summary>A row's bytes: its type, its time, who it is by, its command, and then the payload.</summary>
    [GeneratedRegex("vote-(?:cast|given)([^{]{1,80})\\{\"ballot\"", RegexOptions.Singleline)]
    private static partial Regex VoteBefore();

    /// <summary>What everybody sees the ids of.</summary>
    [GeneratedRegex("\"(?:idea|ballot|lane|theme|step|board|workshop|comment|into|after|before|laneBefore)\":\"([A-Za-z0-9_-]+)\"")]
    private static partial Regex Shared();
}
