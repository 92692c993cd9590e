using System.Diagnostics;
using LiveCoCreate.Wire;
using LiveCoCreate.Wire.Servers;

namespace LiveCoCreate.Live.Servers;

/// <summary>P8 for who starts the server: what is wrong with its journal is said in one sentence, and it ends.</summary>
public sealed class WrongJournalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact] // J5
    public async Task A_second_server_on_one_PostgreSQL_database_says_so_and_ends_and_the_first_goes_on()
    {
        await using var database = await PostgresServer.StartAsync();
        var journal = await database.NewDatabaseAsync();
        await using var first = new ServerProcess(_folder.Path, journal);
        await first.StartAsync();

        var (code, said) = await StartAsync(journal);

        Assert.Equal(1, code);
        Assert.Contains("Another LiveCoCreate server runs on the database", Assert.Single(said), StringComparison.Ordinal);
        using var server = new LiveServer(first.Address);
        await using var noa = server.NewPerson();
        await noa.CreateWorkshopAsync(new("A garden in every street"));
        Assert.Equal("1", await database.AskAsync(journal, "SELECT count(*) FROM livecocreate.event WHERE type = 'workshop-created'"));
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Theory]
    [InlineData("Host=127.0.0.1;Port=1;Database=x;Username=y;Password=geheim;Timeout=2", "cannot be reached")]
    [InlineData("mongodb://here:geheim@there", "no connection string of PostgreSQL")]
    public async Task A_journal_that_cannot_be_opened_is_said_in_one_sentence(string journal, string sentence)
    {
        var (code, said) = await StartAsync(journal);

        Assert.Equal(1, code);
        Assert.Contains(sentence, Assert.Single(said), StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", said[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Password=falsch", "does not let this user in: check Username and Password of the setting Journal")]
    [InlineData("", "asks for a password, and there is none: add Password=… to the setting Journal")]
    public async Task A_wrong_password_is_said_in_one_sentence_and_nothing_has_changed(string password, string sentence)
    {
        await using var database = await PostgresServer.StartAsync();
        var guarded = await database.NewGuardedDatabaseAsync("geheim");

        var (code, said) = await StartAsync(guarded.Replace("Password=geheim", password, StringComparison.Ordinal));

        Assert.Equal(1, code);
        Assert.Contains(sentence, Assert.Single(said), StringComparison.Ordinal);
        Assert.DoesNotContain("falsch", said[0], StringComparison.Ordinal);
        Assert.Equal("0", await database.AskAsync(guarded, "SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'livecocreate%'"));
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact] // P3: it would hold the grains by itself, beside the silos that it was to join
    public async Task A_program_that_was_built_without_clusters_says_so_and_ends()
    {
        var (code, said) = await StartAsync("", "--Cluster:Provider", "AdoNet");

        Assert.Equal(1, code);
        Assert.Contains("was built without them: build it with -p:Orleans=true", Assert.Single(said), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    public void Dispose() => _folder.Dispose();

    private async Task<(int Code, string[] Said)> StartAsync(string journal, params string[] more)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "LiveCoCreate.Web.dll"), "--urls", $"http://127.0.0.1:{FreePort.Find()}", "--DataFolder", _folder.Path, "--Journal", journal, .. more])
        {
            WorkingDirectory = AppContext.BaseDirectory, RedirectStandardError = true, RedirectStandardOutput = true,
        };
        using var server = Process.Start(start)!;
        var (output, error) = (server.StandardOutput.ReadToEndAsync(), server.StandardError.ReadToEndAsync());
        await server.WaitForExitAsync();
        return (server.ExitCode, $"{await error}{await output}".Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
