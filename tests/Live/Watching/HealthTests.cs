using System.Net;
using LiveCoCreate.Fast.Journals;
using LiveCoCreate.Live.Servers;
using Microsoft.Data.Sqlite;

namespace LiveCoCreate.Live.Watching;

public sealed class HealthTests
{
    [Fact]
    public async Task A_server_whose_journal_can_be_written_is_ready()
    {
        await using var server = await StartAsync();
        Assert.Equal((HttpStatusCode.OK, "alive"), await AskAsync(server, "/healthz"));
        Assert.Equal((HttpStatusCode.OK, "ready"), await AskAsync(server, "/readyz"));
    }

    [Fact]
    public async Task A_server_whose_journal_is_gone_is_alive_and_not_ready()
    {
        await using var server = await StartAsync();
        File.Delete(Path.Combine(server.Value.Folder.Path, "journal.db"));
        Assert.Equal((HttpStatusCode.OK, "alive"), await AskAsync(server, "/healthz"));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "not ready: the journal cannot be written"), await AskAsync(server, "/readyz"));
    }

    [Fact]
    public async Task A_server_whose_disk_cannot_be_written_is_alive_and_not_ready_and_logs_why()
    {
        if (!FailingDisk.IsPossible) return;
        await using var server = await StartAsync();
        using var disk = new FailingDisk(Path.Combine(server.Value.Folder.Path, "journal.db"));
        Assert.Equal((HttpStatusCode.OK, "alive"), await AskAsync(server, "/healthz"));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "not ready: the journal cannot be written"), await AskAsync(server, "/readyz"));
        Assert.Contains("disk I/O error", server.Value.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_whose_journal_refuses_for_any_other_reason_is_not_ready_and_logs_why()
    {
        await using var server = await StartAsync();
        using (var beside = new SqliteConnection($"Data Source={Path.Combine(server.Value.Folder.Path, "journal.db")};Pooling=False"))
        {
            beside.Open();
            using var breaking = beside.CreateCommand();
            breaking.CommandText = "CREATE TRIGGER odd BEFORE INSERT ON probe BEGIN SELECT raise(ABORT, 'odd'); END";
            breaking.ExecuteNonQuery();
        }

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "not ready: the journal cannot be written"), await AskAsync(server, "/readyz"));
        Assert.Contains("The journal cannot be written", server.Value.Log.Text, StringComparison.Ordinal);
    }

    private static async Task<Started> StartAsync()
    {
        var server = new LocalServer();
        await server.InitializeAsync();
        return new Started(server);
    }

    private static async Task<(HttpStatusCode, string)> AskAsync(Started server, string path)
    {
        using var http = new HttpClient { BaseAddress = server.Value.Address };
        using var answer = await http.GetAsync(path);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private sealed record Started(LocalServer Value) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await Value.DisposeAsync();
    }
}
