using LiveCoCreate.Grains.Journals;
using LiveCoCreate.Silo.Journals;
using Microsoft.Data.Sqlite;

namespace LiveCoCreate.Fast.Journals;

/// <summary>What every store of secrets promises.</summary>
public abstract class SecretsContract
{
    private const string Ballot = "ballot/1";

    protected abstract ISecrets Open();

    [Fact] // J9
    public async Task A_secret_is_made_once_and_stays_the_same()
    {
        var secrets = Open();
        var made = await secrets.GetOrCreateAsync(Ballot, CancellationToken.None);

        Assert.Equal(32, made.Length);
        Assert.Equal(made.ToArray(), (await secrets.GetOrCreateAsync(Ballot, CancellationToken.None)).ToArray());
        Assert.Equal(made.ToArray(), (await secrets.FindAsync(Ballot, CancellationToken.None))?.ToArray());
    }

    [Fact] // J9
    public async Task Each_name_has_a_secret_of_its_own()
    {
        var secrets = Open();
        var one = await secrets.GetOrCreateAsync(Ballot, CancellationToken.None);
        var another = await secrets.GetOrCreateAsync("ballot/2", CancellationToken.None);

        Assert.NotEqual(one.ToArray(), another.ToArray());
    }

    [Fact] // J9
    public async Task All_who_ask_at_once_get_the_same_secret()
    {
        var secrets = Open();
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ =>
            Task.Run(async () => Convert.ToHexString((await secrets.GetOrCreateAsync(Ballot, CancellationToken.None)).Span))));

        Assert.Single(answers.Distinct());
    }

    [Fact] // J9
    public async Task What_was_never_made_is_not_found() =>
        Assert.Null(await Open().FindAsync(Ballot, CancellationToken.None));

    [Fact] // J9
    public async Task A_destroyed_secret_is_not_found_and_never_comes_back()
    {
        var secrets = Open();
        var destroyed = await secrets.GetOrCreateAsync(Ballot, CancellationToken.None);
        var kept = await secrets.GetOrCreateAsync("ballot/2", CancellationToken.None);
        var before = destroyed.ToArray();

        await secrets.DestroyAsync(Ballot, CancellationToken.None);

        Assert.Null(await secrets.FindAsync(Ballot, CancellationToken.None));
        Assert.NotEqual(before, (await secrets.GetOrCreateAsync(Ballot, CancellationToken.None)).ToArray());
        Assert.Equal(kept.ToArray(), (await secrets.FindAsync("ballot/2", CancellationToken.None))?.ToArray());
    }

    [Fact] // J9
    public async Task Destroying_what_is_not_there_is_fine()
    {
        var secrets = Open();
        await secrets.DestroyAsync(Ballot, CancellationToken.None);
        await secrets.DestroyAsync(Ballot, CancellationToken.None);
    }
}

public sealed class InMemorySecretsTests : SecretsContract
{
    private byte _next;

    protected override ISecrets Open() => new InMemorySecrets(() => [.. Enumerable.Repeat(++_next, 32)]);
}

public sealed class SqliteSecretsTests : SecretsContract, IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<SqliteSecrets> _opened = [];

    [Fact] // J9
    public async Task Opening_it_again_finds_the_secret()
    {
        var made = (await OpenSqlite().GetOrCreateAsync("link-key", CancellationToken.None)).ToArray();
        await _opened[0].DisposeAsync();

        Assert.Equal(made, (await OpenSqlite().GetOrCreateAsync("link-key", CancellationToken.None)).ToArray());
    }

    [Fact] // J9
    public async Task Two_processes_get_the_same_secret()
    {
        var (one, another) = (OpenSqlite(), OpenSqlite());
        for (var n = 0; n < 20; n++)
        {
            var both = await Task.WhenAll(
                Task.Run(() => one.GetOrCreateAsync($"{n}", CancellationToken.None).AsTask()),
                Task.Run(() => another.GetOrCreateAsync($"{n}", CancellationToken.None).AsTask()));
            Assert.Equal(both[0].ToArray(), both[1].ToArray());
        }
    }

    [Fact] // J5: whoever opens a ballot is told to ask again
    public async Task Secrets_on_a_disk_that_cannot_be_written_are_away_and_found_again_after_it()
    {
        if (!FailingDisk.IsPossible) return;
        var secrets = OpenSqlite();
        var known = (await secrets.GetOrCreateAsync("link-key", CancellationToken.None)).ToArray();

        using (new FailingDisk(_folder["secrets.db"]))
        {
            var away = await Assert.ThrowsAsync<JournalAwayException>(() => secrets.GetOrCreateAsync("ballot/1", CancellationToken.None).AsTask());
            Assert.IsType<SqliteException>(away.InnerException);
            await Assert.ThrowsAsync<JournalAwayException>(() => secrets.DestroyAsync("link-key", CancellationToken.None).AsTask());
            Assert.Equal(known, (await secrets.FindAsync("link-key", CancellationToken.None))?.ToArray());
        }

        Assert.Null(await secrets.FindAsync("ballot/1", CancellationToken.None));
        await secrets.GetOrCreateAsync("ballot/1", CancellationToken.None);
    }

    [Fact] // J9, P5
    public async Task A_destroyed_secret_is_in_no_byte_of_any_file()
    {
        var secrets = OpenSqlite();
        var made = new List<string>();
        for (var n = 0; n < 300; n++)
        {
            made.Add(System.Text.Encoding.Latin1.GetString((await secrets.GetOrCreateAsync($"ballot/{n}", CancellationToken.None)).Span));
        }

        foreach (var n in (int[])[0, 17, 150, 299]) await secrets.DestroyAsync($"ballot/{n}", CancellationToken.None);

        var bytes = _folder.Bytes();
        Assert.Equal([0, 17, 150, 299], Enumerable.Range(0, 300).Where(n => !bytes.Contains(made[n], StringComparison.Ordinal)));
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var opened in _opened) await opened.DisposeAsync();
    }

    public void Dispose() => _folder.Dispose();

    protected override ISecrets Open() => OpenSqlite();

    private SqliteSecrets OpenSqlite()
    {
        var secrets = SqliteSecrets.Open(_folder["secrets.db"]);
        _opened.Add(secrets);
        return secrets;
    }
}
