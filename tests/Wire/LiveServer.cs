using LiveCoCreate.Wire.Boards;
using System.Net;
using System.Net.Security;
using LiveCoCreate.Wire.Hub;

namespace LiveCoCreate.Wire;

/// <summary>A running server, and what all the people of this process who use it share: HTTP connections, parsed frames and
/// one timer. Cheap enough for two thousand people beside the server.</summary>
public sealed class LiveServer : IDisposable
{
    private readonly HttpMessageInvoker _sockets;
    private readonly HashSet<HubConnection> _connections = [];
    private readonly ITimer _timer;

    private int _doors = -1;

    public LiveServer(Uri address, int httpConnections = 32) : this([address], httpConnections)
    {
    }

    /// <param name="addresses">Of web nodes of one cluster: people are spread over them, and go to the next where theirs is away.</param>
    public LiveServer(IReadOnlyList<Uri> addresses, int httpConnections = 32)
    {
        Addresses = addresses;
        Http = new HttpClient(NewHandler(httpConnections), disposeHandler: true);
        _sockets = new HttpMessageInvoker(NewHandler(int.MaxValue), disposeHandler: true);
        _timer = TimeProvider.System.CreateTimer(_ => Tick(), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
    }

    public IReadOnlyList<Uri> Addresses { get; }

    public Uri Address => Addresses[0];

    /// <summary>Without cookies; those are each person's.</summary>
    public HttpClient Http { get; }

    /// <summary>Sent with every request where set (H2).</summary>
    public string? OrganiserKey { get; init; }

    public SharedFrames Frames { get; } = new();

    internal SharedReads<OpinionsView> Opinions { get; } = new();

    public LivePerson NewPerson(LivePersonOptions? options = null) => new(this, options ?? new LivePersonOptions());

    /// <summary>The address of the hub for one seat. <c>Origin</c> and other details are the caller's to add.</summary>
    /// <param name="node">Which web node's; the first where it does not matter.</param>
    public HubAddress HubAddress(string workshop, string kind, string cookies, Uri? node = null)
    {
        var uri = new UriBuilder(new Uri(node ?? Address, $"live?workshop={Uri.EscapeDataString(workshop)}&as={kind}"));
        uri.Scheme = uri.Scheme == Uri.UriSchemeHttps ? "wss" : "ws";
        return new HubAddress(uri.Uri, cookies, _sockets);
    }

    internal int NextDoor() => Interlocked.Increment(ref _doors);

    public void Dispose()
    {
        _timer.Dispose();
        Http.Dispose();
        _sockets.Dispose();
    }

    internal void Opened(HubConnection connection)
    {
        lock (_connections) _connections.Add(connection);
    }

    internal void Ended(HubConnection connection)
    {
        lock (_connections) _connections.Remove(connection);
    }

    private void Tick()
    {
        HubConnection[] connections;
        lock (_connections) connections = [.. _connections];
        var now = Environment.TickCount64;
        foreach (var connection in connections) connection.Tick(now);
    }

    private static SocketsHttpHandler NewHandler(int connections) => new()
    {
        UseCookies = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.All,
        MaxConnectionsPerServer = connections,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        SslOptions = new SslClientAuthenticationOptions(),
    };
}
