using Microsoft.Data.Sqlite;
using Npgsql;

namespace LiveCoCreate.Live.Servers;

/// <summary>One event as it stands in the file (J1).</summary>
public sealed record Row(string Stream, long Version, string Type, long At, string? By, string Command, string Payload);

/// <summary>Reads a server's journal as any program can: from the file, also beside the running server.</summary>
internal static class JournalFile
{
    public static IReadOnlyList<Row> Read(string folder, string? stream = null)
    {
        using var connection = Open(folder);
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT stream, version, type, at, \"by\", command, payload FROM event WHERE stream = coalesce($stream, stream) ORDER BY stream, version";
        command.Parameters.AddWithValue("$stream", (object?)stream ?? DBNull.Value);
        using var reader = command.ExecuteReader();
        List<Row> rows = [];
        while (reader.Read())
            rows.Add(new Row(reader.GetString(0), reader.GetInt64(1), reader.GetString(2), reader.GetInt64(3), reader.IsDBNull(4) ? null : reader.GetString(4), reader.GetString(5), reader.GetString(6)));
        return rows;
    }

    public static async Task<IReadOnlyList<Row>> ReadPostgresAsync(string connection)
    {
        await using var database = NpgsqlDataSource.Create(connection);
        await using var command = database.CreateCommand("SELECT stream, version, type, at, by, command, payload FROM livecocreate.event ORDER BY stream, version");
        await using var reader = await command.ExecuteReaderAsync();
        List<Row> rows = [];
        while (await reader.ReadAsync())
            rows.Add(new Row(reader.GetString(0), reader.GetInt64(1), reader.GetString(2), reader.GetInt64(3), reader.IsDBNull(4) ? null : reader.GetString(4), reader.GetString(5), reader.GetString(6)));
        return rows;
    }

    /// <summary>What is kept of states, by stream: JSON, as J8 has it.</summary>
    public static IReadOnlyList<(string Stream, string State)> Snapshots(string folder)
    {
        using var connection = Open(folder);
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT stream, state FROM snapshot WHERE stream IS NOT NULL ORDER BY place";
        using var reader = command.ExecuteReader();
        List<(string, string)> snapshots = [];
        while (reader.Read()) snapshots.Add((reader.GetString(0), System.Text.Encoding.UTF8.GetString((byte[])reader.GetValue(1))));
        return snapshots;
    }

    public static long Count(string folder)
    {
        using var connection = Open(folder);
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM event WHERE stream IS NOT NULL";
        return (long)command.ExecuteScalar()!;
    }

    private static SqliteConnection Open(string folder)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder, "journal.db"), Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }
}
