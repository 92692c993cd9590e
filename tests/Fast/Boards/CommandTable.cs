using LiveCoCreate.Grains.Boards;
using System.Reflection;
using System.Text.Json.Serialization;

namespace LiveCoCreate.Fast.Boards;

/// <summary>The table of commands as PROTOCOL.md has it, so that page and code cannot drift apart.</summary>
internal static class CommandTable
{
    public static readonly IReadOnlyList<Row> Rows = [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "PROTOCOL.md"))
        .SkipWhile(line => !line.StartsWith("| type | fields | who |", StringComparison.Ordinal)).Skip(2)
        .TakeWhile(line => line.StartsWith('|')).SelectMany(Read)];

    public static readonly IReadOnlyDictionary<string, Type> BoardCommands = typeof(BoardCommand).GetCustomAttributes<JsonDerivedTypeAttribute>()
        .ToDictionary(derived => (string)derived.TypeDiscriminator!, derived => derived.DerivedType);

    public static string TypeOf(BoardCommand command) => BoardCommands.Single(pair => pair.Value == command.GetType()).Key;

    /// <param name="Who">P: a participant may; F: a facilitator may.</param>
    public sealed record Row(string Type, bool Workshop, string Who, IReadOnlyList<string> Refusals);

    private static IEnumerable<Row> Read(string line)
    {
        // Without the notes in parentheses, which have commas and bars of their own.
        var cells = System.Text.RegularExpressions.Regex.Replace(line, @"\([^)]*\)", "").Trim('|').Split('|');
        var workshop = cells[0].Contains("workshop:", StringComparison.Ordinal);
        foreach (var type in cells[0].Replace("workshop:", "", StringComparison.Ordinal).Split(','))
            yield return new Row(type.Trim(), workshop, cells[2].Trim(), [.. cells[3].Split(',').Select(code => code.Trim()).Where(code => code.Length > 0)]);
    }
}
