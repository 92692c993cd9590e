using System.Globalization;
using LiveCoCreate.Measure;

// What tests must not assert, since machines are shared and noisy: times. Each prints its figures and exits with 0 when they reach their goal.
//   dotnet run -c Release --project tests/Measure -- first-visit [VISITS]
//   dotnet run -c Release --project tests/Measure -- replay [EVENTS]
//   dotnet run -c Release --project tests/Measure -- activation [EVENTS]
//   dotnet run -c Release --project tests/Measure -- hot-path
//   dotnet run -c Release --project tests/Measure -- desk-scroll [IDEAS [PASSES]]
//   dotnet run -c Release --project tests/Measure -- opinions [FOLDER]
//   dotnet run -c Release --project tests/Measure -- clustering [FOLDER]
//   dotnet run -c Release --project tests/Measure -- themes-live [IDEAS]
int Number(int otherwise) => args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : otherwise;
switch (args.FirstOrDefault())
{
    case "first-visit": return await FirstVisit.RunAsync(Number(5));
    case "replay": return await OpenReplay.RunAsync(Number(100_000));
    case "activation": return await Activation.RunAsync(Number(100_000));
    case "hot-path": return HotPath.Run();
    case "desk-scroll": return await DeskScroll.RunAsync(Number(2000), args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 5);
    case "themes-live": return await ThemesLive.RunAsync(Number(2000));
    case "clustering": return Clustering.Run(args.ElementAtOrDefault(1));
    case "opinions": return OpinionGroups.Run(args.ElementAtOrDefault(1));
    default:
        await Console.Error.WriteLineAsync("What shall be measured? first-visit [VISITS], replay [EVENTS], activation [EVENTS], hot-path, desk-scroll [IDEAS [PASSES]], opinions [FOLDER], clustering [FOLDER] or themes-live [IDEAS]");
        return 2;
}
