using System.Collections.Concurrent;
using System.Globalization;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text.Json;
using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Opinions;
using LiveCoCreate.Rehearsal;

namespace LiveCoCreate.Fast.Opinions;

/// <summary>A test on a conversation that people really had, which is data beside the repository and not in it. Where it is missing the test is skipped by name; with
/// <c>CI=true</c> it runs, and fails.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ConversationTheoryAttribute : TheoryAttribute
{
    public ConversationTheoryAttribute()
    {
        if (Environment.GetEnvironmentVariable("CI") != "true") Skip = Conversation.Names.Select(Conversation.Missing).FirstOrDefault(missing => missing is not null);
    }
}

/// <summary>A recorded conversation and what the reference computed from it.</summary>
internal sealed class Conversation
{
    public static readonly string[] Names = ["freshwater", "ubi", "biodiversity", "vtaiwan-uberx"];

    private readonly Recording _recording;

    private Conversation(string name)
    {
        _recording = Recording.Read(Path.Combine(Folder, name));
        Expected = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "..", "expected", $"polis-{name}.json"))).RootElement;
        using var packed = new GZipStream(File.OpenRead(Path.Combine(Folder, "..", "expected", $"polis-{name}.participants.csv.gz")), CompressionMode.Decompress);
        using var lines = new StreamReader(packed);
        ExpectedPeople = [.. Lines(lines).Skip(1).Select(line => line.Split(',')).Select(cells => new ExpectedPerson(
            new VoterKey(cells[0]), int.Parse(cells[1], CultureInfo.InvariantCulture), cells[2] == "1", double.Parse(cells[3], CultureInfo.InvariantCulture),
            double.Parse(cells[4], CultureInfo.InvariantCulture), cells[5].Length == 0 ? null : int.Parse(cells[5], CultureInfo.InvariantCulture)))];
    }

    /// <summary>In time order.</summary>
    public IReadOnlyList<Vote> Votes => _recording.Votes;

    /// <summary>What people were asked, in the order in which it was written, without what the moderators rejected.</summary>
    public IReadOnlyList<IdeaId> Shown => [.. _recording.Statements.Where(statement => statement.Moderated is not Moderated.Rejected).OrderBy(statement => statement.At).Select(statement => new IdeaId(statement.Id))];

    public JsonElement Expected { get; }

    /// <summary>At the end.</summary>
    public IReadOnlyList<ExpectedPerson> ExpectedPeople { get; }

    public sealed record ExpectedPerson(VoterKey Voter, int Votes, bool InConversation, double X, double Y, int? Group);

    private static string Folder => Environment.GetEnvironmentVariable("RECORDINGS") is { Length: > 0 } folder ? folder : Path.Combine(Root(), "..", "shared", "data", "polis");

    private static readonly ConcurrentDictionary<string, Conversation> Seen = new();

    public static Conversation Read(string name)
    {
        Assert.True(Missing(name) is null, Missing(name) + " With CI=true this is a failure, so that no pipeline is green without it.");
        return Seen.GetOrAdd(name, _ => new Conversation(name));
    }

    /// <summary>What to do about a conversation that is not there; null when it is.</summary>
    public static string? Missing(string name) => Directory.Exists(Path.Combine(Folder, name)) && File.Exists(Path.Combine(Folder, "..", "expected", $"polis-{name}.json"))
        ? null
        : $"The conversation {name} is not at {Path.GetFullPath(Path.Combine(Folder, name))}, or what is expected of it not beside that folder. Put it there, or name the folder that holds it in the environment variable RECORDINGS.";

    /// <summary>A matrix with a row for everybody and a column for every statement in the order of their numbers, and no votes yet.</summary>
    public VoteMatrix Empty()
    {
        var matrix = new VoteMatrix();
        foreach (var statement in _recording.Statements.OrderBy(statement => int.Parse(statement.Id, CultureInfo.InvariantCulture)))
        {
            matrix.Add(new IdeaId(statement.Id));
            if (statement.Moderated == Moderated.Rejected) matrix.ModerateOut(new IdeaId(statement.Id));
        }

        foreach (var voter in _recording.Votes.Select(vote => int.Parse(vote.Voter, CultureInfo.InvariantCulture)).Distinct().Order())
            matrix.Add(new VoterKey(voter.ToString(CultureInfo.InvariantCulture)));
        return matrix;
    }

    public VoteMatrix After(int votes)
    {
        var matrix = Empty();
        foreach (var vote in _recording.Votes.Take(votes)) Cast(matrix, vote);
        return matrix;
    }

    public static void Cast(VoteMatrix matrix, Vote vote) => matrix.Set(new VoterKey(vote.Voter), new IdeaId(vote.Statement), vote.Agrees ? Stance.Agree : vote.Passes ? Stance.Pass : Stance.Disagree);

    private static IEnumerable<string> Lines(StreamReader reader)
    {
        while (reader.ReadLine() is { Length: > 0 } line) yield return line;
    }

    private static string Root([CallerFilePath] string here = "") =>
        Ancestors(AppContext.BaseDirectory).Concat(Ancestors(Path.GetDirectoryName(here)!)).First(folder => File.Exists(Path.Combine(folder, "LiveCoCreate.sln")));

    private static IEnumerable<string> Ancestors(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent) yield return at.FullName;
    }
}
