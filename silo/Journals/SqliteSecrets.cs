using System.Collections.Immutable;
using System.Security.Cryptography;
using LiveCoCreate.Grains.Journals;
using Microsoft.Data.Sqlite;

namespace LiveCoCreate.Silo.Journals;

/// <summary>Secrets in a SQLite file of their own, so that a copy of the journal never holds the key to its votes.
/// Back it up apart from the journal, if at all: a backup keeps what was destroyed since.</summary>
public sealed class SqliteSecrets : ISecrets, IAsyncDisposable
{
    private const int Length = 32;

    // As in the journal: rows are added or emptied, never deleted, so that no tree is balanced and leaves copies behind.
    private static readonly ImmutableArray<string> Schema =
        ["CREATE TABLE secret (place INTEGER PRIMARY KEY, name TEXT, bytes BLOB) STRICT; CREATE UNIQUE INDEX secret_name ON secret (name);"];

    private static readonly TimeSpan OthersRead = TimeSpan.FromMilliseconds(20);

    private readonly SqliteConnection _connection;
    private readonly SqliteWriter _writer;
    private readonly SqliteCommand _find;
    private readonly SqliteCommand _add;
    private readonly SqliteCommand _empty;

    private SqliteSecrets(SqliteFile file)
    {
        _connection = file.Connect();
        _find = _connection.Prepare("SELECT bytes FROM secret WHERE name = $name", "$name");
        _add = _connection.Prepare("INSERT INTO secret (name, bytes) VALUES ($name, $bytes)", "$name", "$bytes");
        _empty = _connection.Prepare("UPDATE secret SET name = NULL, bytes = NULL WHERE name = $name", "$name");
        _writer = new SqliteWriter(file, _connection, (_, _) => { });
    }

    /// <inheritdoc cref="SqliteJournal.Open"/>
    public static SqliteSecrets Open(string path) => new(SqliteFile.Open(path, Schema));

    public async ValueTask<ReadOnlyMemory<byte>> GetOrCreateAsync(string name, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return await _writer.AloneAsync(() =>
        {
            if (Find(name) is { } known) return known;

            var secret = RandomNumberGenerator.GetBytes(Length);
            var added = false;
            _writer.Transaction(() =>
            {
                // Another process may have made it between our look and our lock.
                added = Find(name) is null && _add.With(name, secret).ExecuteNonQuery() == 1;
                return added;
            });
            return added ? secret : Find(name)!;
        });
    }

    public async ValueTask<ReadOnlyMemory<byte>?> FindAsync(string name, CancellationToken cancellation)
    {
        // Not `? secret : null`: a null array converts to an empty memory, and nobody may sign with an empty key.
        var secret = await _writer.AloneAsync(() => Find(name)).WaitAsync(cancellation);
        return secret is null ? null : new ReadOnlyMemory<byte>?(secret);
    }

    /// <inheritdoc/>
    /// <remarks>Waits as long as another process reads the file. Cancelled while it waits, it can be called again.</remarks>
    public async ValueTask DestroyAsync(string name, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        await _writer.AloneAsync(() => _writer.Transaction(() => _empty.With(name).ExecuteNonQuery() > 0));
        while (!await _writer.AloneAsync(() => SqliteFile.TryEmptyLog(_connection))) await Task.Delay(OthersRead, cancellation);
    }

    public ValueTask DisposeAsync() => _writer.DisposeAsync();

    private byte[]? Find(string name) => _find.With(name).ExecuteScalar() as byte[];
}
