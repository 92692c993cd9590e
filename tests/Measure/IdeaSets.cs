using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace LiveCoCreate.Measure;

/// <summary>Labelled short texts beside the repository (<c>../shared/data/ideas</c>, or the folder that IDEAS names). None of their text is in it.</summary>
internal static class IdeaSets
{
    public sealed record IdeaSet(string Name, string[] Ids, string[] Texts, string[] Topics);

    public static string Folder => Environment.GetEnvironmentVariable("IDEAS") is { Length: > 0 } folder ? folder : Path.Combine(Root(), "..", "shared", "data", "ideas");

    public static string Baselines => Path.Combine(Folder, "..", "expected", "ideas-baselines.json");

    /// <summary>What to do about a set that is not there; null when it is.</summary>
    public static string? Missing(string name) => File.Exists(Path.Combine(Folder, name + ".jsonl")) || File.Exists(Path.Combine(Folder, name + ".jsonl.gz"))
        ? null : $"The ideas {name} are not in {Path.GetFullPath(Folder)}. Put them there, or name the folder that holds them in the environment variable IDEAS.";

    /// <summary>All sets in which every text has one topic.</summary>
    public static IEnumerable<string> Labelled() => Directory.Exists(Folder)
        ? Directory.GetFiles(Folder, "*.jsonl").Select(file => Path.GetFileNameWithoutExtension(file)).Where(name => !name.StartsWith("argkp", StringComparison.Ordinal)).Order(StringComparer.Ordinal) : [];

    public static IdeaSet Read(string name)
    {
        var plain = Path.Combine(Folder, name + ".jsonl");
        using var stream = File.Exists(plain) ? File.OpenRead(plain) : (Stream)new GZipStream(File.OpenRead(plain + ".gz"), CompressionMode.Decompress);
        using var reader = new StreamReader(stream);
        var (ids, texts, topics) = (new List<string>(), new List<string>(), new List<string>());
        while (reader.ReadLine() is { } line)
        {
            using var row = JsonDocument.Parse(line);
            ids.Add(row.RootElement.GetProperty("id").ToString());
            texts.Add(row.RootElement.GetProperty("text").GetString()!);
            topics.Add(row.RootElement.TryGetProperty("label", out var label) ? label.ToString() : "");
        }

        return new(name, [.. ids], [.. texts], [.. topics]);
    }

    private static string Root([CallerFilePath] string here = "")
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "LiveCoCreate.sln"))) return at.FullName;
        return Path.Combine(Path.GetDirectoryName(here)!, "..", "..");
    }
}
