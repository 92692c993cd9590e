using System.Globalization;
using LiveCoCreate.Load.Servers;

namespace LiveCoCreate.Load;

/// <summary>The command line.</summary>
internal sealed record LoadOptions
{
    public const string Usage = """
        Puts a load on LiveCoCreate and, by turns, on the floor: a bare SignalR board in memory. Both run as processes of their own.

          dotnet run -c Release --project tests/Load -- COMMAND [options]

          storm       everyone votes within a few seconds while ideas come in
          join        people open the join link and enter
          reconnect   everybody's connection drops at once, and they come back
          soak        ordinary use for many minutes
          slow        some clients read slowly or not at all
          boards      many workshops at once
          pace        commands at a steady rate; how long an answer takes beside a flush of this disk
          journal     durable events a second of the journal alone
          table       storms of 100, 300, 1,000 and 2,000 people

          --people N       how many                                 --ideas N      on the board before they come
          --votes N        each person's                            --seconds S    within which they vote, or enter
          --runs N         on each server, in turns; medians count  --warm         a smaller storm elsewhere first
          --seed N         for who does what when (default: 1)      --only product|floor
          --minutes M      of soak                                  --share P      percent of slow clients (default: 5)
          --writing M      of them with new ideas (default: all)
          --workshops N    of boards                                --rate N       commands a second of pace and soak
          --probe-every MS one new idea in each                     --give-up S    waiting for all replicas (default: 20)
          --anonymous      the ballot                               --quiet P      wait until others use less than P percent
          --postgres       journal: PostgreSQL too, on a server of its own
          --json FILE      everything measured                      --picture FILE.html
          --product DLL    another build of LiveCoCreate.Web.dll    --data FOLDER  where its data folder is made
          --cluster              LiveCoCreate as two silos and two web nodes on PostgreSQL (build with -p:Orleans=true)
          --lose N, --double N   the floor does wrong on purpose: to see that it is found

        Exit code: 0; 1 where something was lost, doubled, refused or differed; 2 where it could not be played.
        """;

    public string Command { get; init; } = "storm";
    public int People { get; init; } = 1000;
    public int Ideas { get; init; } = 50;
    public int Votes { get; init; } = 3;
    public double Seconds { get; init; } = 2;
    public int Runs { get; init; } = 5;
    public bool Warm { get; init; }
    public int Seed { get; init; } = 1;
    public Side? Only { get; init; }
    public double Minutes { get; init; } = 20;

    /// <summary>The first minutes of a soak, in which ideas are written; then the board only changes, and does not grow.</summary>
    public double Writing { get; init; } = double.MaxValue;

    public double Share { get; init; } = 5;
    public int Workshops { get; init; } = 200;
    public int Rate { get; init; } = 1000;

    /// <summary>In each so long time one new idea, at a random moment of it: a fixed beat would lock to the server's.</summary>
    public double ProbeEveryMs { get; init; } = 100;

    public bool Anonymous { get; init; }
    public double GiveUp { get; init; } = 20;

    /// <summary>Seconds between the last one's coming and the measurement.</summary>
    public double Settle { get; init; } = 1;

    /// <summary>Seconds that somebody in a soak is away at most.</summary>
    public double Away { get; init; } = 15;

    /// <summary>Each run waits until others use less than so many percent of the machine.</summary>
    public double? Quiet { get; init; }

    /// <summary>The journal is measured on PostgreSQL as well.</summary>
    public bool Postgres { get; init; }

    public string? Json { get; init; }
    public string? Picture { get; init; }
    public ServerOptions Servers { get; init; } = new();

    public static LoadOptions Parse(string[] args)
    {
        var command = args.FirstOrDefault() ?? "";
        var given = Read(args.Skip(1).ToArray());
        string? Take(string name) => given.Remove(name, out var value) ? value : null;
        int Whole(string name, int otherwise) => Take(name) is not { } text ? otherwise
            : int.TryParse(text, NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number) ? number
            : throw new ArgumentException($"--{name} needs a whole number, not {text}.");
        double? Given(string name) => Take(name) is not { } text ? null
            : double.TryParse(text, NumberStyles.AllowThousands | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number
            : throw new ArgumentException($"--{name} needs a number, not {text}.");
        double Number(string name, double otherwise) => Given(name) ?? otherwise;
        Side? SideOf(string name) => Take(name) is not { } text ? null
            : Enum.GetValues<Side>().Cast<Side?>().FirstOrDefault(side => $"{side}".Equals(text, StringComparison.OrdinalIgnoreCase))
            ?? throw new ArgumentException($"--{name} needs product or floor, not {text}.");

        var usual = UsualFor(command);
        var options = usual with
        {
            Command = command,
            People = Whole("people", usual.People),
            Ideas = Whole("ideas", usual.Ideas),
            Votes = Whole("votes", usual.Votes),
            Seconds = Number("seconds", usual.Seconds),
            Runs = Whole("runs", usual.Runs),
            Warm = Take("warm") is not null || usual.Warm,
            Seed = Whole("seed", usual.Seed),
            Only = SideOf("only"),
            Minutes = Number("minutes", usual.Minutes),
            Writing = Number("writing", usual.Writing),
            Share = Number("share", usual.Share),
            Workshops = Whole("workshops", usual.Workshops),
            Rate = Whole("rate", usual.Rate),
            ProbeEveryMs = Number("probe-every", usual.ProbeEveryMs),
            Anonymous = Take("anonymous") is not null,
            Postgres = Take("postgres") is not null,
            GiveUp = Number("give-up", usual.GiveUp),
            Quiet = Given("quiet"),
            Json = Take("json"),
            Picture = Take("picture"),
            Servers = new ServerOptions
            {
                ProductDll = Take("product"),
                Cluster = Take("cluster") is not null,
                DataParent = Take("data") ?? Path.GetTempPath(),
                Lose = Whole("lose", 0),
                Double = Whole("double", 0),
            },
        };
        return given.Count == 0 ? options : throw new ArgumentException($"--{given.Keys.First()} is not known.");
    }

    /// <summary>What the figures that we hold ourselves to are measured with.</summary>
    private static LoadOptions UsualFor(string command) => command switch
    {
        "storm" => new(),
        "join" => new() { Ideas = 1000, Seconds = 5 },
        "reconnect" => new() { Runs = 3 },
        "soak" => new() { People = 300, Rate = 10, Runs = 1, Warm = true },
        "slow" => new() { Votes = 25, Seconds = 60, Runs = 1, Warm = true },
        "boards" => new() { People = 20, Ideas = 20, Runs = 3, Seconds = 10, Warm = true, ProbeEveryMs = 1000 },
        "pace" => new() { People = 200, Seconds = 10, Runs = 3, Warm = true },
        "journal" => new() { Seconds = 3, Runs = 1 },
        "table" => new() { Runs = 3, Warm = true },
        _ => throw new ArgumentException(command.Length == 0 ? "What shall be played?" : $"{command} is not known."),
    };

    private static Dictionary<string, string> Read(string[] args)
    {
        var given = new Dictionary<string, string>();
        for (var at = 0; at < args.Length; at++)
        {
            if (!args[at].StartsWith("--", StringComparison.Ordinal)) throw new ArgumentException($"{args[at]}: expected --NAME.");
            var isFlag = args[at] is "--warm" or "--anonymous" or "--postgres" or "--cluster";
            if (!isFlag && (at + 1 == args.Length || args[at + 1].StartsWith("--", StringComparison.Ordinal))) throw new ArgumentException($"{args[at]} needs a value.");
            given[args[at][2..]] = isFlag ? "" : args[++at];
        }

        return given;
    }
}
