using LiveCoCreate.Silo.Watch;

namespace LiveCoCreate.Web.Watch;

public static class HealthEndpoints
{
    public static void MapHealth(this WebApplication app)
    {
        app.MapGet("/healthz", () => Results.Text("alive"));
        app.MapGet("/readyz", async (Health health, HttpContext http) =>
        {
            http.Response.Headers.CacheControl = "no-store";
            return await health.IsReadyAsync()
                ? Results.Text("ready")
                : Results.Text("not ready: the journal cannot be written", statusCode: StatusCodes.Status503ServiceUnavailable);
        });
    }
}
