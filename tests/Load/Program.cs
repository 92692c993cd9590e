using LiveCoCreate.Load;
using LiveCoCreate.Load.Figures;
using LiveCoCreate.Load.Floor;
using LiveCoCreate.Load.Scenarios;
using LiveCoCreate.Wire;

if (args.FirstOrDefault() == "floor") return await FloorServer.RunAsync(args[1..]);
if (args.Length == 0 || args.Contains("--help"))
{
    Console.WriteLine(LoadOptions.Usage);
    return 0;
}

var progress = new ConsoleProgress();
try
{
    var options = LoadOptions.Parse(args);
    IReadOnlyList<Findings> all = [];
    IReadOnlyList<JournalFigures>? journal = null;
    if (options.Command == "journal") journal = await JournalAlone.RunAsync(options, progress);
    else if (options.Command == "table") all = await Sizes.RunAsync(options, progress);
    else all = [await Played(options).RunAsync(progress)];

    ConsoleProgress.End();
    if (journal is not null) JournalAlone.Print(journal, options.Seconds, Console.Out);
    else if (options.Command == "table") Sizes.Print(all, options, Console.Out);
    else Table.Print(all[0], Console.Out);
    if (options.Json is { } json) Report.Write(json, options, all, journal);
    if (options.Picture is { } picture) Picture.Write(picture, all, journal);
    return all.Any(findings => findings.Problems.Any()) ? 1 : 0;
}
catch (Exception wrong) when (wrong is ArgumentException)
{
    await Console.Error.WriteLineAsync($"{wrong.Message}\n\n{LoadOptions.Usage}");
    return 2;
}
catch (Exception broken) when (broken is IOException or HttpRequestException or TimeoutException or InvalidOperationException or RefusedException)
{
    ConsoleProgress.End();
    await Console.Error.WriteLineAsync($"It could not be played: {broken.Message}");
    return 2;
}

static Scenario Played(LoadOptions options) => options.Command switch
{
    "storm" => new Storm(options),
    "join" => new Join(options),
    "reconnect" => new Reconnect(options),
    "soak" => new Soak(options),
    "slow" => new Slow(options),
    "boards" => new ManyBoards(options),
    "pace" => new Pace(options),
    _ => throw new ArgumentException($"{options.Command} is not known."),
};
