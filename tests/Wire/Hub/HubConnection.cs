using System.Net;
using System.Net.WebSockets;
using System.Text;

namespace LiveCoCreate.Wire.Hub;

/// <summary>Who hears what a connection brings. Called on the connection's reading loop, one record after another; what
/// is slow here slows the reading.</summary>
public interface IHubListener
{
    /// <param name="json">The whole record, valid only during the call.</param>
    void Arrived(HubConnection connection, in HubRecord record, ReadOnlySpan<byte> json);
}

/// <summary>Where and as whom to connect.</summary>
public sealed record HubAddress(Uri Uri, string Cookies, HttpMessageInvoker Handler)
{
    public string? Origin { get; init; }
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The server pings every 15 seconds; one that is silent this long is gone.</summary>
    public TimeSpan ServerTimeout { get; init; } = TimeSpan.FromSeconds(30);

    public TimeSpan PingEvery { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Awaited before each read, where set, with the bytes read so far: how a load tool makes a reader slow.</summary>
    public Func<long, Task>? BeforeReading { get; init; }

    /// <summary>The most that one read takes.</summary>
    public int ReadAtMost { get; init; } = int.MaxValue;
}

/// <summary>The server did not accept a connection. <c>Status</c> is its HTTP answer, or null where nothing answered.</summary>
public sealed class HubRefusedException(HttpStatusCode? status, string message, Exception? inner = null) : Exception(message, inner)
{
    public HttpStatusCode? Status { get; } = status;
}

/// <summary>How a connection ended.</summary>
/// <param name="Error">What the server's close message said, or what broke.</param>
/// <param name="ByServer">A close message came before the end.</param>
public sealed record HubEnd(string? Error, bool ByServer, bool AllowReconnect);

/// <summary>One WebSocket that speaks SignalR's JSON protocol without negotiation: handshake, invocations, completions,
/// pings both ways, close. It does not reconnect; <see cref="LivePerson"/> does.</summary>
public sealed class HubConnection : IDisposable
{
    private static readonly byte[] Handshake = [.. """{"protocol":"json","version":1}"""u8, HubRecord.Separator];
    private static readonly byte[] Ping = [.. """{"type":6}"""u8, HubRecord.Separator];
    private static readonly byte[] CloseRecord = [.. """{"type":7}"""u8, HubRecord.Separator];

    private readonly ClientWebSocket _socket;
    private readonly HubAddress _address;
    private readonly IHubListener _listener;
    private readonly PooledBytes _incoming = new();
    private readonly Lock _sending = new();
    private PooledBytes _waiting = new();
    private PooledBytes _onItsWay = new();
    private bool _isSending;
    private long _lastInvocation;
    private long _heardAt;
    private long _spokeAt;
    private HubEnd? _end;

    private HubConnection(ClientWebSocket socket, HubAddress address, IHubListener listener)
    {
        (_socket, _address, _listener) = (socket, address, listener);
        _heardAt = _spokeAt = Environment.TickCount64;
    }

    /// <summary>All bytes of records that arrived.</summary>
    public long BytesReceived { get; private set; }

    /// <summary>Connects and shakes hands. Nothing is read until <see cref="ReadAsync"/>.</summary>
    public static async Task<HubConnection> OpenAsync(HubAddress address, IHubListener listener, CancellationToken cancellation = default)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(address.HandshakeTimeout);
        var connection = new HubConnection(NewSocket(address), address, listener);
        try
        {
            await connection._socket.ConnectAsync(address.Uri, address.Handler, deadline.Token);
            await connection.ShakeHandsAsync(deadline.Token);
            return connection;
        }
        catch (Exception broken)
        {
            connection.Dispose();
            cancellation.ThrowIfCancellationRequested();
            if (broken is HubRefusedException) throw;
            var status = connection._socket.HttpStatusCode;
            throw new HubRefusedException(status == default ? null : status, $"No connection to {address.Uri}: {broken.Message}", broken);
        }
    }

    /// <summary>Reads until the connection ends, and says how it did. Never throws.</summary>
    public async Task<HubEnd> ReadAsync()
    {
        try
        {
            while (_end is null)
            {
                DispatchRecords();
                if (_end is null && !await ReceiveAsync(CancellationToken.None)) break;
            }
        }
        catch (Exception broken) when (broken is WebSocketException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            _end ??= new HubEnd(broken.Message, ByServer: false, AllowReconnect: true);
        }
        catch (Exception broken)
        {
            // What the server sent could not be read, or the listener failed: a finding, not a weak network.
            _end ??= new HubEnd(broken.ToString(), ByServer: false, AllowReconnect: false);
        }

        Dispose();
        return _end ?? new HubEnd(_socket.CloseStatusDescription, ByServer: false, AllowReconnect: true);
    }

    /// <summary>Sends an invocation and returns its id, under which the completion will arrive.</summary>
    /// <param name="arguments">A JSON array.</param>
    public string Invoke(string target, ReadOnlySpan<byte> arguments)
    {
        var id = Interlocked.Increment(ref _lastInvocation).ToString(System.Globalization.CultureInfo.InvariantCulture);
        lock (_sending)
        {
            _waiting.Append("{\"type\":1,\"invocationId\":\""u8);
            Encoding.UTF8.GetBytes(id, _waiting);
            _waiting.Append("\",\"target\":\""u8);
            Encoding.UTF8.GetBytes(target, _waiting);
            _waiting.Append("\",\"arguments\":"u8);
            _waiting.Append(arguments);
            _waiting.Append([(byte)'}', HubRecord.Separator]);
        }

        StartSending();
        return id;
    }

    /// <summary>Sends bytes as they are, for trying what a server does with what is not a record (L7).</summary>
    public void SendRaw(ReadOnlySpan<byte> bytes)
    {
        lock (_sending) _waiting.Append(bytes);
        StartSending();
    }

    /// <summary>Says goodbye as a closing page does.</summary>
    public async Task CloseAsync()
    {
        try
        {
            SendRaw(CloseRecord);
            await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        }
        catch (Exception gone) when (gone is WebSocketException or InvalidOperationException or IOException or OperationCanceledException)
        {
            // It ended first.
            Cut();
        }
    }

    /// <summary>Lets the connection vanish without a word, as a phone in a lift does.</summary>
    public void Cut() => _socket.Abort();

    /// <summary>Called about once a second by who owns many connections: one timer for all.</summary>
    public void Tick(long now)
    {
        if (now - Volatile.Read(ref _heardAt) > _address.ServerTimeout.TotalMilliseconds) Cut();
        else if (now - Volatile.Read(ref _spokeAt) > _address.PingEvery.TotalMilliseconds) SendRaw(Ping);
    }

    public void Dispose()
    {
        _socket.Abort();
        _socket.Dispose();
    }

    private static ClientWebSocket NewSocket(HubAddress address)
    {
        var socket = new ClientWebSocket();
        socket.Options.KeepAliveInterval = TimeSpan.Zero;
        socket.Options.CollectHttpResponseDetails = true;
        if (address.Cookies.Length > 0) socket.Options.SetRequestHeader("Cookie", address.Cookies);
        if (address.Origin is { } origin) socket.Options.SetRequestHeader("Origin", origin);
        return socket;
    }

    private async Task ShakeHandsAsync(CancellationToken cancellation)
    {
        await _socket.SendAsync(Handshake.AsMemory(), WebSocketMessageType.Text, true, cancellation);
        int end;
        while ((end = _incoming.Written.Span.IndexOf(HubRecord.Separator)) < 0)
        {
            if (!await ReceiveAsync(cancellation)) throw new HubRefusedException(null, "The server closed during the handshake.");
        }

        var error = HubRecord.Read(_incoming.Written.Span[..end]).Error;
        _incoming.Consume(end + 1);
        if (error is not null) throw new HubRefusedException(null, $"The handshake was refused: {error}");
    }

    private async ValueTask<bool> ReceiveAsync(CancellationToken cancellation)
    {
        if (_address.BeforeReading is { } before) await before(BytesReceived);
        var room = _incoming.GetMemory(Math.Min(4096, _address.ReadAtMost));
        var got = await _socket.ReceiveAsync(room.Length > _address.ReadAtMost ? room[.._address.ReadAtMost] : room, cancellation);
        if (got.MessageType == WebSocketMessageType.Close) return false;
        _incoming.Advance(got.Count);
        BytesReceived += got.Count;
        Volatile.Write(ref _heardAt, Environment.TickCount64);
        return true;
    }

    private void DispatchRecords()
    {
        var rest = _incoming.Written.Span;
        int end;
        while (_end is null && (end = rest.IndexOf(HubRecord.Separator)) >= 0)
        {
            Dispatch(rest[..end]);
            rest = rest[(end + 1)..];
        }

        _incoming.Consume(_incoming.Count - rest.Length);
    }

    private void Dispatch(ReadOnlySpan<byte> json)
    {
        var record = HubRecord.Read(json);
        if (record.Type == HubRecordType.Close) _end = new HubEnd(record.Error, ByServer: true, record.AllowReconnect);
        _listener.Arrived(this, record, json);
    }

    private void StartSending()
    {
        lock (_sending)
        {
            if (_isSending || _waiting.Count == 0) return;
            _isSending = true;
        }

        _ = SendWaitingAsync();
    }

    private async Task SendWaitingAsync()
    {
        try
        {
            while (TakeWaiting())
            {
                Volatile.Write(ref _spokeAt, Environment.TickCount64);
                await _socket.SendAsync(_onItsWay.Written, WebSocketMessageType.Text, true, CancellationToken.None);
                _onItsWay.Release();
            }
        }
        catch (Exception broken) when (broken is WebSocketException or InvalidOperationException or IOException or OperationCanceledException)
        {
            Cut();
        }
    }

    private bool TakeWaiting()
    {
        lock (_sending)
        {
            if (_waiting.Count == 0) return _isSending = false;
            (_waiting, _onItsWay) = (_onItsWay, _waiting);
            return true;
        }
    }
}
