using System.Text.Json;
using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Boards;
using LiveCoCreate.Grains.Participants;
using LiveCoCreate.Grains.Workshops;

namespace LiveCoCreate.Web.Live;

/// <summary>A command as it came over the wire: for a board, for the workshop, or about the person who sends it.</summary>
public sealed record LiveCommand(CommandId Id, BoardId BoardId, BoardCommand? Board, WorkshopCommand? Workshop)
{
    public ParticipantCommand.AgreeCharter? Agreement { get; init; }

    private static readonly HashSet<string> BoardTypes = TypesOf<BoardCommand>();
    private static readonly HashSet<string> WorkshopTypes = TypesOf<WorkshopCommand>();

    /// <summary>The command, or the code of why it is none.</summary>
    public static (LiveCommand? Command, string? Code) Read(JsonElement message)
    {
        try
        {
            if (message.ValueKind is not JsonValueKind.Object || Text(message, "command") is not { } id || !Ids.IsId(id) || Text(message, "type") is not { } type)
                return (null, "malformed");
            if (WorkshopTypes.Contains(type) && !message.TryGetProperty("board", out _))
                return (new LiveCommand(new CommandId(id), default, null, message.Deserialize<WorkshopCommand>(Json.Options)), null);
            if (type is "agree-charter" && !message.TryGetProperty("board", out _))
                return (new LiveCommand(new CommandId(id), default, null, null) { Agreement = (ParticipantCommand.AgreeCharter)message.Deserialize<ParticipantCommand>(Json.Options)! }, null);
            if (!BoardTypes.Contains(type)) return (null, "command-unknown");
            return Text(message, "board") is { } board && Ids.IsId(board)
                ? (new LiveCommand(new CommandId(id), new BoardId(board), message.Deserialize<BoardCommand>(Json.Options), null), null)
                : (null, "malformed");
        }
        // JSON can escape half of a character, which no text can hold: reading it is an InvalidOperationException.
        catch (Exception wrong) when (wrong is JsonException or NotSupportedException or InvalidOperationException)
        {
            return (null, "malformed");
        }
    }

    private static string? Text(JsonElement message, string name) =>
        message.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    private static HashSet<string> TypesOf<TCommand>() =>
        [.. Attribute.GetCustomAttributes(typeof(TCommand), typeof(System.Text.Json.Serialization.JsonDerivedTypeAttribute))
            .Cast<System.Text.Json.Serialization.JsonDerivedTypeAttribute>().Select(derived => (string)derived.TypeDiscriminator!)];
}
