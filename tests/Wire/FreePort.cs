using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace LiveCoCreate.Wire;

/// <summary>Where a test's or a tool's own server may listen.</summary>
public static class FreePort
{
    /// <summary>A port of the loopback address that nobody uses. Not one of those that the system gives to outgoing connections:
    /// while a server is away, a client that tries again might get the server's own port and talk to itself, and two thousand clients
    /// would sooner or later get it anyway.</summary>
    public static int Find()
    {
        while (true)
        {
            var port = RandomNumberGenerator.GetInt32(20_000, 32_000);
            using var listener = new TcpListener(IPAddress.Loopback, port);
            try
            {
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken; try another.
            }
        }
    }
}
