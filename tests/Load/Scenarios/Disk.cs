using System.Diagnostics;
using LiveCoCreate.Load.Figures;

namespace LiveCoCreate.Load.Scenarios;

/// <summary>What a flush costs on this disk, now: no durable answer can be faster.</summary>
internal static class Disk
{
    private const int Flushes = 200;
    private const int Bytes = 4096;

    /// <summary>Milliseconds that writing 4 KiB at the end of a file and flushing it took, in order of size.</summary>
    public static double[] Flush(string folder)
    {
        var path = Path.Combine(folder, $"flush-{Environment.ProcessId}");
        var page = new byte[Bytes];
        try
        {
            using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
            var took = new Samples();
            for (var flush = 0; flush < Flushes; flush++)
            {
                var began = Stopwatch.GetTimestamp();
                file.Write(page);
                file.Flush(flushToDisk: true);
                took.Add(began, began, Stopwatch.GetTimestamp());
            }

            return took.Sorted();
        }
        finally
        {
            File.Delete(path);
        }
    }
}
