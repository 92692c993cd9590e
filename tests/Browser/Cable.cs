using System.Net;
using System.Net.Sockets;
using System.Text;

namespace LiveCoCreate.Browser;

/// <summary>The network between one browser and the server, which can be pulled out. A browser's own offline switch leaves open WebSockets
/// alone; a pulled cable does not.</summary>
public sealed class Cable : IAsyncDisposable
{
    private readonly Uri _server;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly HashSet<TcpClient> _ends = [];
    private readonly CancellationTokenSource _over = new();
    private readonly Task _accepting;
    private volatile State _state = State.In;

    private enum State { In, Out, PagesOnly }

    public Cable(Uri server)
    {
        _server = server;
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _accepting = AcceptAsync();
    }

    public Uri Address { get; }

    /// <summary>What is connected breaks, and nothing connects any more.</summary>
    public void Pull() => Become(State.Out);

    /// <summary>Pages and requests come through again, the live connection in none of its forms does.</summary>
    public void PlugInForPages() => Become(State.PagesOnly);

    public void PlugIn() => _state = State.In;

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        _listener.Stop();
        Become(State.Out);
        await _accepting;
        _over.Dispose();
    }

    private void Become(State state)
    {
        _state = state;
        TcpClient[] ends;
        lock (_ends) ends = [.. _ends];
        foreach (var end in ends) Break(end);
    }

    private async Task AcceptAsync()
    {
        while (!_over.IsCancellationRequested)
        {
            TcpClient browser;
            try { browser = await _listener.AcceptTcpClientAsync(_over.Token); }
            catch (Exception stopped) when (stopped is OperationCanceledException or SocketException or ObjectDisposedException) { return; }
            _ = CarryAsync(browser);
        }
    }

    private async Task CarryAsync(TcpClient browser)
    {
        using var server = new TcpClient();
        using (browser)
        {
            lock (_ends) _ends.UnionWith([browser, server]);
            try
            {
                if (_state is State.Out) return;
                await server.ConnectAsync(_server.Host, _server.Port);
                await Task.WhenAny(PumpAsync(browser, server, fromBrowser: true), PumpAsync(server, browser, fromBrowser: false));
            }
            catch (SocketException) { }
            finally
            {
                lock (_ends) _ends.ExceptWith([browser, server]);
                if (_state is not State.In) Break(browser);
            }
        }
    }

    private async Task PumpAsync(TcpClient from, TcpClient to, bool fromBrowser)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            var (source, sink) = (from.GetStream(), to.GetStream());
            while (await source.ReadAsync(buffer) is var read and > 0)
            {
                if (_state is State.Out || (_state is State.PagesOnly && fromBrowser && IsLive(buffer.AsSpan(0, read)))) return;
                await sink.WriteAsync(buffer.AsMemory(0, read));
            }
        }
        catch (Exception broken) when (broken is IOException or ObjectDisposedException or InvalidOperationException or SocketException) { }
    }

    private static bool IsLive(ReadOnlySpan<byte> request) =>
        request[..Math.Min(request.Length, 16)].IndexOf(Encoding.ASCII.GetBytes(" /live")) is >= 3 and <= 6;

    private static void Break(TcpClient end)
    {
        try
        {
            end.LingerState = new LingerOption(true, 0);
            end.Close();
        }
        catch (Exception gone) when (gone is ObjectDisposedException or SocketException or NullReferenceException) { }
    }
}
