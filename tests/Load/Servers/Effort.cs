using System.Diagnostics;
using LiveCoCreate.Load.Figures;

namespace LiveCoCreate.Load.Servers;

/// <summary>Processor time from its beginning on: the server's, this client's, and everybody else's on the machine.</summary>
internal sealed class Effort(ServerProcess server)
{
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly double _server = server.Usage().CpuSeconds;
    private readonly TimeSpan _own = Environment.CpuUsage.TotalTime;
    private readonly double? _busy = Machine.BusySeconds();

    /// <summary>Call when what is measured is over.</summary>
    public void AddTo(RunFigures figures)
    {
        var (cpu, own) = (server.Usage().CpuSeconds - _server, (Environment.CpuUsage.TotalTime - _own).TotalSeconds);
        (figures["cpu"], figures["clientCpu"]) = (cpu, own);
        var available = Stopwatch.GetElapsedTime(_start).TotalSeconds * Environment.ProcessorCount;
        if (Machine.BusySeconds() - _busy is { } busy) figures["othersCpu"] = Math.Clamp((busy - cpu - own) / available * 100, 0, 100);
    }
}
