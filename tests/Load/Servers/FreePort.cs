using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace LiveCoCreate.Load.Servers;

internal static class FreePort
{
    /// <summary>A port of the loopback address that nobody uses, outside of those that the system gives to outgoing connections:
    /// two thousand clients would sooner or later get it.</summary>
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
