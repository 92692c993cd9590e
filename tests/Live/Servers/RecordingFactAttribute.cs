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
        if (Environment.GetEnvironmentVariable("CI") != "true") Skip = Recordings.Missing(recording);
    }
}

internal static class Recordings
{
    public static Recording Read(string name)
    {
        Assert.True(Missing(name) is null, Missing(name) + " With CI=true this is a failure, so that no pipeline is green without it.");
        return Recording.Read(Folder(name));
    }

    /// <summary>What to do about a recording that is not there; null when it is.</summary>
    public static string? Missing(string name) => Directory.Exists(Folder(name))
        ? null
        : $"The recording {name} is not at {Path.GetFullPath(Folder(name))}. Put it there, or name the folder that holds it in the environment variable RECORDINGS.";

    private static string Folder(string name) => Path.Combine(
        Environment.GetEnvironmentVariable("RECORDINGS") is { Length: > 0 } folder ? folder : Path.Combine(Root(), "..", "shared", "data", "polis"), name);

    private static string Root([CallerFilePath] string here = "") =>
        Ancestors(AppContext.BaseDirectory).Concat(Ancestors(Path.GetDirectoryName(here)!)).First(folder => File.Exists(Path.Combine(folder, "LiveCoCreate.sln")));

    private static IEnumerable<string> Ancestors(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent) yield return at.FullName;
    }
}
