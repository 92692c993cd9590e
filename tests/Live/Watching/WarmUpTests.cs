using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using LiveCoCreate.Live.Servers;
using LiveCoCreate.Silo.Journals;
using LiveCoCreate.Web.Watch;

namespace LiveCoCreate.Live.Watching;

public sealed class WarmUpTests
{
    [Fact]
    public async Task The_workshop_that_a_server_warms_up_with_is_held_to_its_end()
    {
        using var folder = new TemporaryFolder();
        await WarmUp.HoldAsync(folder.Path);
        Assert.Contains(JournalFile.Read(folder.Path), row => row.Type == "idea-merged");
    }

    [Fact]
    public async Task What_is_written_while_warming_up_is_not_counted()
    {
        // A collector takes two journals of one process for the same, and stops counting both when the first of them ends.
        using var folder = new TemporaryFolder();
        var counted = new ConcurrentBag<object?>();
        using var listener = new MeterListener { InstrumentPublished = (instrument, _) => counted.Add(instrument.Meter.Scope) };
        listener.Start();
        await using var quiet = SqliteJournal.Open(Path.Combine(folder.Path, "quiet.db"), counted: false);
        await using var journal = SqliteJournal.Open(Path.Combine(folder.Path, "journal.db"));
        Assert.Contains(journal, counted);
        Assert.DoesNotContain(quiet, counted);
    }

    [Fact]
    public async Task What_a_server_left_that_was_killed_while_it_warmed_up_is_gone_with_the_next_and_another_that_warms_up_now_is_left_alone()
    {
        string left = Directory.CreateTempSubdirectory(WarmUp.Folder).FullName, another = Directory.CreateTempSubdirectory(WarmUp.Folder).FullName;
        await File.WriteAllTextAsync(Path.Combine(left, "journal.db"), "x");
        Directory.SetLastWriteTimeUtc(left, TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(-2));
        await WarmUp.HoldAsync();
        Assert.False(Directory.Exists(left));
        Assert.True(Directory.Exists(another));
        Directory.Delete(another);
    }
}
