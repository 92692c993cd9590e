using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using LiveCoCreate.Wire.Hub;

namespace LiveCoCreate.Load.Rooms;

/// <summary>What all the clients of one server share: HTTP connections, the way to open sockets, and one timer for pings.</summary>
internal sealed class Network : IDisposable
{
    private const int TcpLevel = 6;
    private const int MaximumSegment = 2;
    private const int EthernetSegment = 1460;

    private readonly HashSet<HubConnection> _open = [];
    private readonly ITimer _timer;

    private readonly IReadOnlyList<Uri> _nodes;
    private int _strangers;

    /// <param name="nodes">The server, or the web nodes of a cluster.</param>
    public Network(IReadOnlyList<Uri> nodes)
    {
        _nodes = nodes;
        Http = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }, disposeHandler: true);
        Sockets = new HttpMessageInvoker(new SocketsHttpHandler { UseCookies = false }, disposeHandler: true);
        NarrowSockets = new HttpMessageInvoker(new SocketsHttpHandler { UseCookies = false, ConnectCallback = ConnectNarrowAsync }, disposeHandler: true);
        _timer = TimeProvider.System.CreateTimer(_ => Tick(), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
    }

    public Uri Server => _nodes[0];

    public HttpClient Http { get; }

    public HttpMessageInvoker Sockets { get; }

    /// <summary>For slow readers: the systems on both sides keep only some kilobytes for them, as on a real line.</summary>
    public HttpMessageInvoker NarrowSockets { get; }

    public Uri Live(string query, string? cookies = null) => new UriBuilder(new Uri(NodeOf(cookies), "live")) { Scheme = "ws", Query = query }.Uri;

    /// <summary>Who has a seat stays at one node; who has none yet comes in anywhere.</summary>
    private Uri NodeOf(string? cookies) => _nodes[_nodes.Count == 1 ? 0
        : (int)((cookies is null ? (uint)Interlocked.Increment(ref _strangers) : (uint)string.GetHashCode(cookies, StringComparison.Ordinal)) % _nodes.Count)];

    /// <summary>Asks as a browser does, compression included. What can be asked again is, when the server is busy.</summary>
    public async Task<HttpBody> SendAsync(HttpMethod method, string path, byte[]? json = null, string? cookies = null, HttpClient? over = null)
    {
        for (var attempt = 1; ; attempt++)
        {
            var answer = await SendOnceAsync(method, path, json, cookies, over ?? Http);
            if ((int)answer.Status is not (429 or >= 500) || attempt == 20) return answer;
            answer.Dispose();
            await Task.Delay(50 * attempt);
        }
    }

    public void Opened(HubConnection connection)
    {
        lock (_open) _open.Add(connection);
    }

    public void Ended(HubConnection connection)
    {
        lock (_open) _open.Remove(connection);
    }

    public void Dispose()
    {
        _timer.Dispose();
        Http.Dispose();
        Sockets.Dispose();
        NarrowSockets.Dispose();
    }

    /// <summary>HTTP from another loopback address, for what a server limits by address.</summary>
    public static HttpClient From(IPAddress source) => new(
        new SocketsHttpHandler
        {
            UseCookies = false,
            ConnectCallback = async (context, cancellation) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                socket.Bind(new IPEndPoint(source, 0));
                await socket.ConnectAsync(context.DnsEndPoint, cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            },
        }, disposeHandler: true);

    private async Task<HttpBody> SendOnceAsync(HttpMethod method, string path, byte[]? json, string? cookies, HttpClient over)
    {
        using var request = new HttpRequestMessage(method, new Uri(NodeOf(cookies), path));
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip, br");
        if (cookies is not null) request.Headers.TryAddWithoutValidation("Cookie", cookies);
        if (json is not null) request.Content = new ByteArrayContent(json) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        using var response = await over.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await using var body = await response.Content.ReadAsStreamAsync();
        using var packed = await PooledBytes.ReadAsync(body);
        var cookie = response.Headers.TryGetValues("Set-Cookie", out var lines) ? string.Join("; ", lines.Select(line => line.Split(';', 2)[0])) : null;
        return new HttpBody(response.StatusCode, await PlainAsync(packed, response.Content.Headers.ContentEncoding.FirstOrDefault()), packed.Memory.Length, cookie);
    }

    private static async ValueTask<PooledBytes> PlainAsync(PooledBytes packed, string? encoding)
    {
        await using var bytes = packed.AsStream();
        await using Stream plain = encoding switch
        {
            "br" => new BrotliStream(bytes, CompressionMode.Decompress),
            "gzip" => new GZipStream(bytes, CompressionMode.Decompress),
            _ => bytes,
        };
        return await PooledBytes.ReadAsync(plain);
    }

    private static async ValueTask<Stream> ConnectNarrowAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveBufferSize = 4096 };
        // Over the loopback a segment is 64 KiB, and the server's system would keep megabytes for a reader who reads nothing.
        if (OperatingSystem.IsLinux()) socket.SetRawSocketOption(TcpLevel, MaximumSegment, BitConverter.GetBytes(EthernetSegment));
        await socket.ConnectAsync(context.DnsEndPoint, cancellation);
        return new NetworkStream(socket, ownsSocket: true);
    }

    private void Tick()
    {
        HubConnection[] open;
        lock (_open) open = [.. _open];
        var now = Environment.TickCount64;
        foreach (var connection in open) connection.Tick(now);
    }
}
