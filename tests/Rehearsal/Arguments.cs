using System.Globalization;

namespace LiveCoCreate.Rehearsal;

/// <summary>The command line.</summary>
internal sealed record Arguments(RehearsalOptions Options, string? JsonFile)
{
    public const string Usage = """
        Plays a recorded conversation through a running server and compares what everybody saw with what was recorded.

          dotnet run --project tests/Rehearsal -- --server http://localhost:5080 --data DIRECTORY [options]

          --data DIRECTORY        holds comments.csv and votes.csv.gz, as the Polis open data has them
          --server URL[,URL…]     the server, or the web nodes of a cluster: people are spread over them
          --speed NUMBER|max      real time divided by this; max (default): as fast as order allows
          --policy open|approve   whether ideas wait for the facilitator's approval (default: approve)
          --method dots|agree     as dots (default), or as recorded: agree, disagree, pass, with opinion groups at the end
          --approve none          nothing is approved; then nothing may reach any participant
          --in-flight NUMBER      at most so many commands unanswered, of all people together
          --full NUMBER           so many participants read whole ideas (default: 5)
          --give-up SECONDS       how long the server may be away (default: 60)
          --json FILE             writes the result as JSON
          --seed NUMBER           chooses those who read whole ideas
          --organiser-key KEY     where the server is not on this machine

        Exit code: 0 equal, 1 not, 2 could not be played.
        """;

    public static Arguments Parse(string[] args)
    {
        var given = new Dictionary<string, string>();
        for (var at = 0; at < args.Length; at += 2)
        {
            if (!args[at].StartsWith("--", StringComparison.Ordinal) || at + 1 == args.Length) throw new ArgumentException($"{args[at]}: expected --NAME VALUE.");
            given[args[at][2..]] = args[at + 1];
        }

        string? Take(string name) => given.Remove(name, out var value) ? value : null;
        var data = Take("data") ?? throw new ArgumentException("--data is needed: a directory with comments.csv and votes.csv.gz.");
        var servers = (Take("server") ?? "http://localhost:5080").Split(',').Select(server => new Uri(server)).ToList();
        var options = new RehearsalOptions(servers[0], Recording.Read(data))
        {
            MoreServers = servers[1..],
            Speed = Take("speed") is { } speed and not "max" ? double.Parse(speed, CultureInfo.InvariantCulture) : null,
            Policy = OneOf(Take("policy") ?? "approve", "open", "approve") == "open" ? Policy.Open : Policy.Approve,
            Method = OneOf(Take("method") ?? "dots", "dots", "agree") == "agree" ? Method.Agree : Method.Dots,
            Expected = Path.Combine(data, "..", "..", "expected") is var expected && Directory.Exists(expected) ? expected : null,
            ApproveNothing = Take("approve") is { } approve && OneOf(approve, "none", "all") == "none",
            MostInFlight = Number(Take("in-flight"), 0),
            FullReaders = Number(Take("full"), 5),
            Seed = Number(Take("seed"), 1),
            GiveUpAfter = TimeSpan.FromSeconds(Number(Take("give-up"), 60)),
            OrganiserKey = Take("organiser-key"),
        };
        var json = Take("json");
        if (given.Count > 0) throw new ArgumentException($"--{given.Keys.First()} is not known.");
        if (options is { ApproveNothing: true, Policy: Policy.Open }) throw new ArgumentException("--approve none needs --policy approve: an open board shows what nobody approved.");
        return new Arguments(options, json);
    }

    private static int Number(string? text, int otherwise) => text is null ? otherwise : int.Parse(text, CultureInfo.InvariantCulture);

    private static string OneOf(string value, params string[] allowed) =>
        allowed.Contains(value) ? value : throw new ArgumentException($"{value}: expected {string.Join(" or ", allowed)}.");
}
