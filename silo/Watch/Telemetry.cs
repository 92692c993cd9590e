using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace LiveCoCreate.Silo.Watch;

/// <summary>Sends the metrics of this process, server, web node or silo, to an OpenTelemetry collector, where one is configured: <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>
/// and the other standard variables, as settings or in the environment. Where none is, nothing is collected.</summary>
/// <param name="service">What it is called there, where <c>OTEL_SERVICE_NAME</c> does not say.</param>
public sealed class Telemetry(IConfiguration configuration, string service) : IHostedService, IDisposable
{
    public const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private MeterProvider? _metrics;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (configuration[Endpoint] is not { Length: > 0 } endpoint) return Task.CompletedTask;
        _metrics = Sdk.CreateMeterProviderBuilder()
            .ConfigureResource(resource => resource.AddService(configuration["OTEL_SERVICE_NAME"] ?? service))
            .AddMeter("LiveCoCreate.*", "System.Runtime", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.Http.Connections", "Microsoft.Orleans")
            .AddOtlpExporter((exporter, _) =>
            {
                if (configuration["OTEL_EXPORTER_OTLP_PROTOCOL"] is "http/protobuf") exporter.Protocol = OtlpExportProtocol.HttpProtobuf;
                // Over HTTP the exporter posts to the address as it is; the standard variable names the collector's root.
                if (exporter.Protocol is OtlpExportProtocol.HttpProtobuf) exporter.Endpoint = new Uri(new Uri(endpoint.TrimEnd('/') + "/"), "v1/metrics");
                else exporter.Endpoint = new Uri(endpoint);
            })
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
