using System.Runtime.CompilerServices;
using LiveCoCreate.Rehearsal;

namespace LiveCoCreate.Live.Servers;

/// <summary>A test that needs a recorded conversation, which is data beside the repository and not in it. Where it is missing the
/// test is skipped by name; with <c>CI=true</c> it runs, and fails.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RecordingFactAttribute : FactAttribute
{
    public RecordingFactAttribute(string recording)
    {
        if (!Directory.Exists(Recordings.Folder(recording)) && Environment.GetEnvironmentVariable("CI") != "true")
            Skip = $"The recording {recording} is not at {Recordings.Folder(recording)}.";
    }
}

internal static class Recordings
{
    public static Recording Read(string name) => Recording.Read(Folder(name));

    public static string Folder(string name) => Path.Combine(Root(), "..", "shared", "data", "polis", name);

    private static string Root([CallerFilePath] string here = "") =>
        Ancestors(AppContext.BaseDirectory).Concat(Ancestors(Path.GetDirectoryName(here)!)).First(folder => File.Exists(Path.Combine(folder, "LiveCoCreate.sln")));

    private static IEnumerable<string> Ancestors(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent) yield return at.FullName;
    }
}
