using LiveCoCreate.Grains.Journals;
using LiveCoCreate.Silo.Journals;
#if ORLEANS
using LiveCoCreate.Silo.Orleans;
#endif
using LiveCoCreate.Web.Journals;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;

namespace LiveCoCreate.Web;

/// <summary>Where this server keeps what happened, its secrets and the keys of its seats: files in a folder, or a PostgreSQL database.</summary>
public static class JournalServices
{
    /// <summary>Opens all of it now, so that what is wrong is said at the start and not at the first visit.</summary>
    /// <param name="connectionString">The setting <c>Journal</c>: PostgreSQL's connection string, or nothing for SQLite in <paramref name="folder"/>.</param>
    /// <returns>Where it is, for a message.</returns>
    /// <exception cref="IOException">It cannot be opened, or is another server's.</exception>
    /// <exception cref="InvalidDataException">It is damaged, a newer version's, or the setting means nothing.</exception>
    public static string AddJournal(this IServiceCollection services, string? connectionString, string folder)
    {
        var keys = services.AddDataProtection().SetApplicationName("LiveCoCreate");
        if (string.IsNullOrWhiteSpace(connectionString))
        {
            Directory.CreateDirectory(folder);
            services.AddSingleton(_ => SqliteJournal.Open(Path.Combine(folder, "journal.db")));
            services.AddSingleton<IJournal>(provider => provider.GetRequiredService<SqliteJournal>());
            services.AddSingleton(_ => SqliteSecrets.Open(Path.Combine(folder, "secrets.db")));
            services.AddSingleton<ISecrets>(provider => provider.GetRequiredService<SqliteSecrets>());
            keys.PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(folder, "keys")));
            return folder;
        }

        var database = PostgresDatabase.OpenAsync(connectionString, CancellationToken.None).GetAwaiter().GetResult();
        services.AddSingleton(_ => database);
        services.AddSingleton(_ => new PostgresJournal(database));
        services.AddSingleton<IJournal>(provider => provider.GetRequiredService<PostgresJournal>());
        services.AddSingleton<ISecrets>(_ => new PostgresSecrets(database));
        services.Configure<KeyManagementOptions>(options => options.XmlRepository = new PostgresKeys(database));
        return $"PostgreSQL at {database.Name}";
    }

#if ORLEANS
    /// <summary>As of <see cref="AddJournal"/>, for a web node of a cluster.</summary>
    public static string AddJournal(this IServiceCollection services, ClusterSettings cluster)
    {
        if (cluster.Storage is null) return services.AddJournal(cluster.Journal, folder: "");
        services.AddDataProtection().SetApplicationName("LiveCoCreate");
        var journal = ClusterJournal.OpenAsync(cluster, CancellationToken.None).GetAwaiter().GetResult();
        services.AddSingleton(_ => journal);
        services.AddSingleton(provider => provider.GetRequiredService<ClusterJournal>().Journal);
        services.AddSingleton(provider => provider.GetRequiredService<ClusterJournal>().Secrets);
        services.Configure<KeyManagementOptions>(options => options.XmlRepository = new GrainStorageKeys(journal.Shelf!));
        return journal.Place;
    }
#endif

    /// <summary>Asked for once the services are there.</summary>
    /// <param name="alone">The grains are in this process: no other may hold them.</param>
    public static void OpenJournal(this WebApplication app, bool alone)
    {
        _ = app.Services.GetRequiredService<IJournal>();
        _ = app.Services.GetRequiredService<ISecrets>();
        if (!alone || app.Services.GetService<PostgresDatabase>() is not { } database) return;
        database.OwnAsync(
            reason =>
            {
                ServerLog.TakenOver(app.Logger, reason);
                app.Lifetime.StopApplication();
            },
            CancellationToken.None).GetAwaiter().GetResult();
    }
}
