using System.Diagnostics;

namespace LiveCoCreate.Wire.Servers;

/// <summary>The server as a process of its own: <c>dotnet LiveCoCreate.Web.dll</c>. It can be killed and started again on the same port and data.</summary>
public sealed class ServerProcess : ProgramProcess
{
    /// <param name="directory">Where it is started, and finds the app's files when that is the project's own folder; else where it lies.</param>
    public ServerProcess(string folder, string? journal = null, string? directory = null)
        : this(new Uri($"http://127.0.0.1:{FreePort.Find()}"), folder, journal, directory)
    {
    }

    private ServerProcess(Uri address, string folder, string? journal, string? directory)
        : base(Command(address, folder, journal, directory), "is open at") => Address = address;

    public Uri Address { get; }

    private static ProcessStartInfo Command(Uri address, string folder, string? journal, string? directory)
    {
        var start = Beside("LiveCoCreate.Web.dll", "--urls", address.ToString(), "--DataFolder", folder, "--Journal", journal ?? "");
        if (directory is not null) start.WorkingDirectory = directory;
        return start;
    }
}
