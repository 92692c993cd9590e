using System.Runtime.InteropServices;

namespace LiveCoCreate.Fast.Journals;

/// <summary>A disk that takes nothing any more, for as long as this lives: behind the logs that SQLite has open here, which it writes before all else, stands something
/// that cannot be written. The journal and SQLite itself are none the wiser. Only Linux says which files a process has open.</summary>
internal sealed class FailingDisk : IDisposable
{
    private readonly List<(int Log, int Before)> _logs = [];

    /// <param name="logs">What the names of their files begin with.</param>
    /// <param name="isFull">Whether there is no room left, and nothing to be read either; else it can only be read.</param>
    public FailingDisk(string logs, bool isFull = false)
    {
        foreach (var open in Directory.GetFiles("/proc/self/fd"))
        {
            if (new FileInfo(open).LinkTarget is not { } file || !file.StartsWith(logs, StringComparison.Ordinal) || !file.EndsWith("-wal", StringComparison.Ordinal)) continue;
            using var instead = isFull ? File.OpenHandle("/dev/full", access: FileAccess.Write) : File.OpenHandle(file, share: FileShare.ReadWrite | FileShare.Delete);
            var log = int.Parse(Path.GetFileName(open), System.Globalization.CultureInfo.InvariantCulture);
            _logs.Add((log, Duplicate(log)));
            Replace((int)instead.DangerousGetHandle(), log);
        }

        Assert.NotEmpty(_logs);
    }

    public static bool IsPossible => OperatingSystem.IsLinux();

    public void Dispose()
    {
        foreach (var (log, before) in _logs)
        {
            Replace(before, log);
            _ = Close(before);
        }
    }

    private static int Duplicate(int descriptor) => Dup(descriptor) is >= 0 and var copy ? copy : throw new IOException("dup failed");

    private static void Replace(int descriptor, int replaced)
    {
        if (Dup2(descriptor, replaced) < 0) throw new IOException("dup2 failed");
    }

    [DllImport("libc", EntryPoint = "dup", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Dup(int descriptor);

    [DllImport("libc", EntryPoint = "dup2", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Dup2(int descriptor, int replaced);

    [DllImport("libc", EntryPoint = "close", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int descriptor);
}
