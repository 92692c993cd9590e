using LiveCoCreate.Fast.Journals;
using LiveCoCreate.Wire;
using LiveCoCreate.Wire.Servers;

namespace LiveCoCreate.Cluster.Processes;

/// <summary>P8 for who runs a cluster: what is wrong is said in one sentence, the process ends with another code than 0, and nothing has changed.</summary>
public sealed class WrongSettingsTests(PostgresHouse house) : IClassFixture<PostgresHouse>
{
    private const string Silo = "LiveCoCreate.Silo.dll", Web = "LiveCoCreate.Web.dll";
    private const string Nowhere = "Host=127.0.0.1;Port=1;Database=x;Username=y;Password=geheim;Timeout=2";

    [Theory]
    [InlineData(Silo, "A silo needs a cluster")]
    [InlineData(Silo, "is Zookeeper, which is unknown: say Localhost, AdoNet or Azure", "--Cluster:Provider", "Zookeeper")]
    [InlineData(Web, "is Zookeeper, which is unknown: say Localhost, AdoNet or Azure", "--Cluster:Provider", "Zookeeper")]
    [InlineData(Silo, "A cluster needs a journal that all its nodes reach", "--Cluster:Provider", "AdoNet")]
    [InlineData(Web, "A cluster needs a journal that all its nodes reach", "--Cluster:Provider", "Localhost")]
    [InlineData(Web, "Cluster:SiloPort stands without Cluster:Provider", "--Cluster:SiloPort", "11111")]
    [InlineData(Silo, "Cluster:Connection is missing", "--Cluster:Provider", "Azure")]
    [InlineData(Silo, "both say where the journal is", "--Cluster:Provider", "AdoNet", "--Journal", Nowhere, "--Cluster:Storage", "Azure")]
    [InlineData(Silo, "that is no port", "--Cluster:Provider", "AdoNet", "--Journal", Nowhere, "--Cluster:SiloPort", "eleven")]
    [InlineData(Silo, "that is no IP address", "--Cluster:Provider", "AdoNet", "--Journal", Nowhere, "--Cluster:Address", "here")]
    [InlineData(Silo, "cannot be reached", "--Cluster:Provider", "AdoNet", "--Journal", Nowhere)]
    [InlineData(Web, "cannot be reached", "--Cluster:Provider", "AdoNet", "--Journal", Nowhere)]
    [InlineData(Silo, "no connection string of PostgreSQL", "--Cluster:Provider", "AdoNet", "--Journal", "mongodb://here:geheim@there")]
    [InlineData(Silo, "no connection string of Azure", "--Cluster:Provider", "Localhost", "--Cluster:Storage", "Azure", "--Cluster:StorageConnection", "AccountName=geheim")]
    public async Task What_the_settings_lack_is_said_in_one_sentence(string program, string sentence, params string[] arguments)
    {
        var (code, said) = await ProgramProcess.RunAsync(program, ["--urls", $"http://127.0.0.1:{FreePort.Find()}", .. arguments]);

        Assert.Equal(1, code);
        Assert.Contains(sentence, Assert.Single(said), StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", said[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Silo)]
    [InlineData(Web)]
    public async Task Without_a_database_or_without_the_right_to_enter_it_nothing_starts(string program)
    {
        var there = await house.Server.NewDatabaseAsync();

        var missing = await RunAsync(program, there.Replace("Database=", "Database=no-", StringComparison.Ordinal));
        Assert.Equal(1, missing.Code);
        Assert.Contains("There is no database", Assert.Single(missing.Said), StringComparison.Ordinal);

        var stranger = await RunAsync(program, there.Replace("Username=", "Username=mallory", StringComparison.Ordinal));
        Assert.Equal(1, stranger.Code);
        Assert.Contains("does not let this user in: check Username and Password", Assert.Single(stranger.Said), StringComparison.Ordinal);
        Assert.Equal("0", await house.Server.AskAsync(there, "SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'livecocreate%'"));
    }

    [Theory]
    [InlineData(Silo, "Password=falsch", "does not let this user in: check Username and Password of the setting Journal")]
    [InlineData(Web, "Password=falsch", "does not let this user in: check Username and Password of the setting Journal")]
    [InlineData(Silo, "", "asks for a password, and there is none: add Password=… to the setting Journal")]
    [InlineData(Web, "", "asks for a password, and there is none: add Password=… to the setting Journal")]
    public async Task With_a_wrong_password_or_none_nothing_starts_and_nothing_has_changed(string program, string password, string sentence)
    {
        var guarded = await house.Server.NewGuardedDatabaseAsync("geheim");

        var (code, said) = await RunAsync(program, guarded.Replace("Password=geheim", password, StringComparison.Ordinal));

        Assert.Equal(1, code);
        Assert.Contains(sentence, Assert.Single(said), StringComparison.Ordinal);
        Assert.DoesNotContain("falsch", said[0], StringComparison.Ordinal);
        Assert.Equal("0", await house.Server.AskAsync(guarded, "SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'livecocreate%'"));
    }

    [Theory]
    [InlineData(Silo)]
    [InlineData(Web)]
    public async Task A_schema_that_is_newer_than_the_program_is_left_as_it_is(string program)
    {
        var journal = await house.Server.NewDatabaseAsync();
        await house.Server.AskAsync(journal, "CREATE SCHEMA livecocreate; CREATE TABLE livecocreate.schema_version AS SELECT 99 AS version");

        var (code, said) = await RunAsync(program, journal);

        Assert.Equal(1, code);
        Assert.Contains("was written by a newer LiveCoCreate", Assert.Single(said), StringComparison.Ordinal);
        Assert.Equal("99", await house.Server.AskAsync(journal, "SELECT version FROM livecocreate.schema_version"));
        Assert.Equal("1", await house.Server.AskAsync(journal, "SELECT count(*) FROM pg_tables WHERE schemaname LIKE 'livecocreate%'"));
    }

    [Fact] // P3
    public async Task A_server_without_a_cluster_does_not_start_beside_silos_nor_silos_beside_it()
    {
        var journal = await house.Server.NewDatabaseAsync();
        string[] silo = ["--urls", $"http://127.0.0.1:{FreePort.Find()}", "--Cluster:Provider", "AdoNet", "--Journal", journal, "--Cluster:Address", "127.0.0.1",
            "--Cluster:SiloPort", $"{FreePort.Find()}", "--Cluster:GatewayPort", $"{FreePort.Find()}"];
        string[] alone = ["--urls", $"http://127.0.0.1:{FreePort.Find()}", "--Journal", journal];

        await using (var first = new ProgramProcess(ProgramProcess.Beside(Silo, silo), "This silo is"))
        {
            await first.StartAsync();
            var (code, said) = await ProgramProcess.RunAsync(Web, alone);
            Assert.Equal(1, code);
            Assert.Contains("Another LiveCoCreate server runs on the database", Assert.Single(said), StringComparison.Ordinal);
        }

        await using (var first = new ProgramProcess(ProgramProcess.Beside(Web, alone), "is open at"))
        {
            await first.StartAsync();
            var (code, said) = await ProgramProcess.RunAsync(Silo, silo);
            Assert.Equal(1, code);
            Assert.Contains("A LiveCoCreate server without a cluster runs on the database", Assert.Single(said), StringComparison.Ordinal);
        }
    }

    private static Task<(int Code, string[] Said)> RunAsync(string program, string journal) =>
        ProgramProcess.RunAsync(program, "--urls", $"http://127.0.0.1:{FreePort.Find()}", "--Cluster:Provider", "AdoNet", "--Journal", journal);
}
