using System.Globalization;

namespace LiveCoCreate.Load.Servers;

/// <summary>Who else used the processors during a measurement. A figure taken beside a busy neighbour says little, so the neighbour is shown.</summary>
internal static class Machine
{
    private const int TicksPerSecond = 100;
    private const int PatienceSeconds = 300;

    /// <summary>Seconds that all processors together were busy since the machine began, or null where the system does not tell.</summary>
    public static double? BusySeconds()
    {
        if (!File.Exists("/proc/stat")) return null;
        var fields = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        // cpu user nice system idle iowait irq softirq steal
        return fields.Skip(1).Take(8).Where((_, field) => field is not (3 or 4)).Sum(ticks => double.Parse(ticks, CultureInfo.InvariantCulture)) / TicksPerSecond;
    }

    /// <summary>Waits until for a second nobody uses more than so many percent of the machine; not for ever.</summary>
    public static async Task WaitForQuietAsync(double percent, Action<double> meanwhile)
    {
        for (var second = 0; second < PatienceSeconds && BusySeconds() is { } before; second++)
        {
            await Task.Delay(TimeSpan.FromSeconds(1));
            var busy = (BusySeconds() - before) / Environment.ProcessorCount * 100 ?? 0;
            if (busy <= percent) return;
            meanwhile(busy);
        }
    }
}
