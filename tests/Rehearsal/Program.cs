using LiveCoCreate.Rehearsal;
using LiveCoCreate.Wire;

try
{
    var arguments = Arguments.Parse(args);
    var result = await new RehearsalRun(arguments.Options, new ConsoleProgress()).RunAsync();
    Report.Print(result, Console.Out);
    if (arguments.JsonFile is { } file) await File.WriteAllBytesAsync(file, WireJson.Write(result));
    return result.Equal ? 0 : 1;
}
catch (ArgumentException wrong)
{
    Console.Error.WriteLine($"{wrong.Message}\n\n{Arguments.Usage}");
    return 2;
}
catch (Exception broken) when (broken is RefusedException or LineLostException or TimeoutException or HttpRequestException or HubErrorException or IOException)
{
    Console.Error.WriteLine($"The rehearsal could not be played: {broken.Message}");
    return 2;
}
