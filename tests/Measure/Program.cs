using System.Globalization;
using LiveCoCreate.Grains;
using LiveCoCreate.Measure;

// What tests must not assert, since machines are shared and noisy: times. Each prints its figures and exits with 0 when they reach their goal.
//   dotnet run -c Release --project tests/Measure -- first-visit [VISITS]
//   dotnet run -c Release --project tests/Measure -- replay [EVENTS]
//   dotnet run -c Release --project tests/Measure -- activation [EVENTS]
//   dotnet run -c Release --project tests/Measure -- hot-path
//   dotnet run -c Release --project tests/Measure -- desk-scroll [IDEAS [PASSES]]
//   dotnet run -c Release --project tests/Measure -- opinions [FOLDER]
//   dotnet run -c Release --project tests/Measure -- clustering [FOLDER]
//   dotnet run -c Release --project tests/Measure -- themes-live [IDEAS [PAIRS-OF-SLICES]]
//   dotnet run -c Release --project tests/Measure -- opinions-live [FOLDER [COMMANDS-A-SECOND [PAIRS-OF-SLICES]]]
RuntimeSettings.ExpectThoseOfTheProduct();
int Number(int otherwise, int at = 1) => args.Length > at ? int.Parse(args[at], CultureInfo.InvariantCulture) : otherwise;
switch (args.FirstOrDefault())
{
    case "first-visit": return await FirstVisit.RunAsync(Number(5));
    case "replay": return await OpenReplay.RunAsync(Number(100_000));
    case "activation": return await Activation.RunAsync(Number(100_000));
    // What activation starts, for each time a process of its own.
    case "activate": return await Activation.OpenAsync(args[1], new BoardId(args[2]), warmedUp: args[3] is "warmed up");
    case "hot-path": return HotPath.Run();
    case "desk-scroll": return await DeskScroll.RunAsync(Number(2000), Number(5, 2));
    case "themes-live": return await ThemesLive.RunAsync(Number(2000), Number(20, 2));
    case "opinions-live": return await OpinionsLive.RunAsync(args.ElementAtOrDefault(1), Number(300, 2), Number(20, 3));
    case "clustering": return Clustering.Run(args.ElementAtOrDefault(1));
    case "opinions": return OpinionGroups.Run(args.ElementAtOrDefault(1));
    default:
        await Console.Error.WriteLineAsync("What shall be measured? first-visit [VISITS], replay [EVENTS], activation [EVENTS], hot-path, desk-scroll [IDEAS [PASSES]], opinions [FOLDER], clustering [FOLDER], themes-live [IDEAS [PAIRS]] or opinions-live [FOLDER [COMMANDS-A-SECOND [PAIRS]]]");
        return 2;
}
