using System.Security.Cryptography;
using System.Text;

namespace LiveCoCreate.Live.Servers;

/// <summary>A data folder for one server, gone after it.</summary>
public sealed class TemporaryFolder : IDisposable
{
    private readonly List<FileStream> _open = [];

    public string Path { get; } = Directory.CreateDirectory(System.IO.Path.Combine(
        System.IO.Path.GetTempPath(), $"livecocreate-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}")).FullName;

    /// <summary>The names of all files whose bytes hold this text, as UTF-8, UTF-16 or escaped in JSON.</summary>
    public IReadOnlyList<string> FilesWith(string text) => FilesWith(
        Encoding.UTF8.GetBytes(text), Encoding.Unicode.GetBytes(text), Encoding.UTF8.GetBytes(System.Text.Json.JsonSerializer.Serialize(text).Trim('"')));

    /// <summary>The names of all files that hold one of these.</summary>
    public IReadOnlyList<string> FilesWith(params byte[][] forms) =>
        [.. Directory.GetFiles(Path, "*", SearchOption.AllDirectories)
            .Where(file => BytesOf(file) is var bytes && forms.Any(form => bytes.AsSpan().IndexOf(form) >= 0))
            .Select(file => System.IO.Path.GetRelativePath(Path, file))];

    /// <summary>Every file's bytes, by its name.</summary>
    public IReadOnlyDictionary<string, byte[]> Files() =>
        Directory.GetFiles(Path, "*", SearchOption.AllDirectories).ToDictionary(file => System.IO.Path.GetRelativePath(Path, file), BytesOf);

    public void Dispose()
    {
        foreach (var file in _open) file.Dispose();
        Directory.Delete(Path, recursive: true);
    }

    private byte[] BytesOf(string path)
    {
        // Kept open till the end: POSIX drops a process's locks on a file when any of its descriptors is closed, and SQLite
        // in this process may hold some.
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        _open.Add(file);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }
}
