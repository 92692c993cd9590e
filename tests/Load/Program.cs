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
    Scenario scenario = options.Command switch
    {
        "storm" => new Storm(options),
        "join" => new Join(options),
        "reconnect" => new Reconnect(options),
        _ => throw new ArgumentException($"{options.Command} is not known."),
    };
    var findings = await scenario.RunAsync(progress);
    ConsoleProgress.End();
    Table.Print(findings, Console.Out);
    return findings.Problems.Any() ? 1 : 0;
}
catch (Exception wrong) when (wrong is ArgumentException or FormatException)
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
