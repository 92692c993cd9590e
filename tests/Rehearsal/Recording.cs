using System.IO.Compression;
using CsvHelper;

namespace LiveCoCreate.Rehearsal;

public enum Moderated
{
    Rejected = -1,
    NotYet = 0,
    Accepted = 1,
}

public sealed record Statement(string Id, string Author, long At, Moderated Moderated, string Text);

public sealed record Vote(long At, string Voter, string Statement, bool Agrees)
{
    public bool Passes { get; init; }
}

/// <summary>A conversation that people really had on Polis: what they wrote and how they voted, in time order.</summary>
public sealed record Recording(string Name, IReadOnlyList<Statement> Statements, IReadOnlyList<Vote> Votes)
{
    /// <summary>Reads a folder with <c>comments.csv</c> and <c>votes.csv.gz</c>. Authors and voters share their ids.</summary>
    public static Recording Read(string folder)
    {
        using var comments = File.OpenRead(Path.Combine(folder, "comments.csv"));
        using var packed = File.OpenRead(Path.Combine(folder, "votes.csv.gz"));
        using var votes = new GZipStream(packed, CompressionMode.Decompress);
        return new Recording(
            new DirectoryInfo(folder).Name,
            Rows(comments, row => new Statement(row.GetString("comment_id"), row.GetString("author_id"), row.Parse<long>("timestamp_ms"), (Moderated)row.Parse<int>("moderated"), row.GetString("text"))),
            Rows(votes, row => new Vote(row.Parse<long>("timestamp_ms"), row.GetString("voter_id"), row.GetString("comment_id"), row.GetString("vote") == "1") { Passes = row.GetString("vote") == "0" }));
    }

    private static List<T> Rows<T>(Stream stream, Func<CsvReader, T> read)
    {
        using var csv = CsvReader.Create(stream, new CsvReaderOptions { HasHeader = true, TrimWhitespace = false }, false);
        List<T> rows = [];
        while (csv.Read()) rows.Add(read(csv));
        return rows;
    }
}
