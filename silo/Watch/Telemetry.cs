using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace LiveCoCreate.Silo.Watch;

/// <summary>Sends the metrics of this process, server, web node or silo, to an OpenTelemetry collector, where one is configured: <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>
/// and the other standard variables, as settings or in the environment; the exporter reads them itself. Where none is, nothing is collected.</summary>
/// <param name="service">What it is called there, where <c>OTEL_SERVICE_NAME</c> does not say.</param>
public sealed class Telemetry(IConfiguration configuration, string service) : IHostedService, IDisposable
{
    public const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private MeterProvider? _metrics;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (configuration[Endpoint] is not { Length: > 0 }) return Task.CompletedTask;
        _metrics = Sdk.CreateMeterProviderBuilder()
            .ConfigureServices(services => services.AddSingleton(configuration))
            .ConfigureResource(resource => resource.AddService(configuration["OTEL_SERVICE_NAME"] ?? service))
            .AddMeter("LiveCoCreate.*", "System.Runtime", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.Http.Connections", "Microsoft.Orleans")
            .AddOtlpExporter()
            .Build();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _metrics?.ForceFlush(2_000);
        return Task.CompletedTask;
    }

    public void Dispose() => _metrics?.Dispose();
}
