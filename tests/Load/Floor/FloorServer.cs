using System.Globalization;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LiveCoCreate.Load.Floor;

/// <summary>The floor: SignalR's JSON protocol on Kestrel as they come, boards in memory, one coalesced frame every 50 ms. No grains, no
/// journal, no seats, no rules. What the product does beyond this is what its figures are allowed to cost.</summary>
internal static class FloorServer
{
    /// <param name="args"><c>--urls ADDRESS [--lose N] [--double N] [--boards one|many]</c></param>
    public static async Task<int> RunAsync(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Logging.ClearProviders();
        int Number(string name) => int.Parse(builder.Configuration[name] ?? "0", CultureInfo.InvariantCulture);
        builder.Services.AddSingleton(new FloorBoards(new FloorFaults(Number("lose"), Number("double")), builder.Configuration["boards"] == "many"));
        builder.Services.AddHostedService<FloorBeat>();
        builder.Services.AddSignalR().AddJsonProtocol(options => options.PayloadSerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull);
        var app = builder.Build();
        app.MapHub<FloorHub>("/live");
        app.Lifetime.ApplicationStarted.Register(() => Console.WriteLine($"The floor is open at {app.Urls.First()}"));
        await app.RunAsync();
        return 0;
    }
}
