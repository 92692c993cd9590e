using System.Runtime.InteropServices;
using LiveCoCreate.Grains;

namespace LiveCoCreate.Web.Watch;

/// <summary>Keeps a small server small. A room allocates so little that the collector looks at what is old once in several minutes, while each phone that
/// comes and goes leaves a connection behind that has grown old. Once a minute, where there was something to do and nobody is kept
/// waiting, what is old is collected as well and the memory given back.</summary>
public sealed class Tidying(Pressure pressure, TimeProvider clock) : IHostedService, IDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    /// <summary>Less is not worth a pause.</summary>
    private const long WorthIt = 16 << 20;

    /// <summary>A heap of this size is collected within a beat; a larger one allocates enough to be looked at anyway.</summary>
    private const long MostHeap = 96 << 20;

    private const int MallocArenaMax = -8;

    private ITimer? _timer;
    private long _allocated;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _timer = clock.CreateTimer(_ => Tidy(), null, Every, Every);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _timer?.Dispose();
        return Task.CompletedTask;
    }

    public void Dispose() => _timer?.Dispose();

    private void Tidy()
    {
        var allocated = GC.GetTotalAllocatedBytes();
        if (allocated - _allocated < WorthIt || pressure.IsHigh || GC.GetTotalMemory(forceFullCollection: false) > MostHeap) return;
        _allocated = allocated;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GiveBack();
    }

    /// <summary>What SQLite, the sockets and the compressors have given back to glibc goes back to the system, from all of its heaps: it keeps them at their greatest otherwise.</summary>
    private static void GiveBack()
    {
        try
        {
            if (OperatingSystem.IsLinux()) _ = MallocTrim(0);
        }
        catch (EntryPointNotFoundException)
        {
            // Another C library, with another way to keep its heaps.
        }
    }

    /// <summary>glibc keeps up to eight heaps for each core, and each keeps what it was once given: two are enough for the little that
    /// SQLite and the sockets ask for. It decides once, by how many there are already: this comes first of all.</summary>
    public static void ShareArenas()
    {
        try
        {
            if (OperatingSystem.IsLinux()) _ = Mallopt(MallocArenaMax, 2);
        }
        catch (EntryPointNotFoundException)
        {
            // Another C library, with another way to keep its heaps.
        }
    }

    [DllImport("libc", EntryPoint = "mallopt", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Mallopt(int parameter, int value);

    [DllImport("libc", EntryPoint = "malloc_trim", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int MallocTrim(nuint pad);
}
