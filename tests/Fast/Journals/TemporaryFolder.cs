using System.Security.Cryptography;

namespace LiveCoCreate.Fast.Journals;

/// <summary>A folder for one test, gone after it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly List<FileStream> _open = [];

    public string Path { get; } = Directory.CreateDirectory(System.IO.Path.Combine(
        System.IO.Path.GetTempPath(), $"livecocreate-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}")).FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>Every byte of every file here, as Latin letters one a byte, to search in.</summary>
    public string Bytes() =>
        string.Join('\n', Directory.GetFiles(Path).Select(path => System.Text.Encoding.Latin1.GetString(BytesOf(path))));

    public byte[] BytesOf(string path)
    {
        // Kept open till the end: POSIX drops a process's locks on a file when any of its descriptors is closed,
        // and SQLite's locks are what these tests are about.
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        _open.Add(file);

        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }

    public void Dispose()
    {
        foreach (var file in _open) file.Dispose();
        Directory.Delete(Path, recursive: true);
    }
}
