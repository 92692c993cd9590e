using System.Security.Cryptography;
using System.Text.Json.Nodes;
using LiveCoCreate.Wire.Boards;

namespace LiveCoCreate.Wire;

/// <summary>What <c>Submit</c> takes: an id and the JSON that holds it.</summary>
public sealed record Command(string Id, byte[] Json)
{
    /// <summary>Any command from its JSON text, also a wrong one.</summary>
    public static Command Of(string id, string json) => new(id, System.Text.Encoding.UTF8.GetBytes(json));

    /// <summary>Any command of a board: <c>Command.OnBoard("board-1", "add-idea", new { idea, lane, text })</c>.</summary>
    public static Command OnBoard(string board, string type, object fields, string? id = null) => Make(board, type, fields, id);

    public static Command OnWorkshop(string type, object fields, string? id = null) => Make(null, type, fields, id);

    private static Command Make(string? board, string type, object fields, string? id)
    {
        id ??= Ids.New();
        var json = new JsonObject { ["command"] = id };
        if (board is not null) json["board"] = board;
        json["type"] = type;
        foreach (var (name, value) in System.Text.Json.JsonSerializer.SerializeToNode(fields, WireJson.Full)!.AsObject()) json[name] = value?.DeepClone();
        return new Command(id, WireJson.Write(json));
    }
}

/// <summary>The commands that participants send; facilitators' rarer ones are made with <see cref="Command.OnBoard"/>.</summary>
public static class Commands
{
    public static Command AddIdea(string board, string idea, string lane, string text, string? language = null) =>
        Command.OnBoard(board, "add-idea", new { idea, lane, text, language });

    public static Command CastVote(string board, string ballot, string idea, int dots) =>
        Command.OnBoard(board, "cast-vote", new { ballot, idea, dots });

    /// <summary>In every method but dots; no vote takes it back.</summary>
    public static Command CastVote(string board, string ballot, string idea, Vote? vote) =>
        Command.OnBoard(board, "cast-vote", new { ballot, idea, vote });

    public static Command ApproveIdea(string board, string idea) => Command.OnBoard(board, "approve-idea", new { idea });

    public static Command HideIdea(string board, string idea, string reason) => Command.OnBoard(board, "hide-idea", new { idea, reason });

    public static Command OpenBallot(string board, string ballot, int budget, int mostPerIdea, string counts = "live", bool anonymous = false) =>
        Command.OnBoard(board, "open-ballot", new { ballot, budget, mostPerIdea, counts, anonymous });

    public static Command OpenBallot(string board, string ballot, string method, string counts = "live", bool anonymous = false) =>
        Command.OnBoard(board, "open-ballot", new { ballot, method, counts, anonymous });
}

public static class Ids
{
    /// <summary>96 random bits in base64url (I1).</summary>
    public static string New() => System.Buffers.Text.Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(12));
}
