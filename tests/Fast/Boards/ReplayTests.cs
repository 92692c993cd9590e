using System.Collections.Immutable;
using System.Text.Json;
using LiveCoCreate.Fast.Journals;
using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Boards;
using LiveCoCreate.Grains.Journals;
using LiveCoCreate.Silo.Journals;
using static LiveCoCreate.Fast.Boards.Floor;

namespace LiveCoCreate.Fast.Boards;

/// <summary>P4: live state equals the journal replayed as it stands today, always.</summary>
public sealed class ReplayTests
{
    /// <summary>From so many bytes on an array is collected with all memory only.</summary>
    private const int LargeObject = 85_000;

    internal static readonly string StateVersion = StateVersionOf<Board>();

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 120)];

    public static TheoryData<int> SeedsForSqlite => [.. Enumerable.Range(1001, 5)];

    [Theory, MemberData(nameof(Seeds))]
    public Task What_is_live_is_what_the_journal_says(int seed) => WalkAsync(seed, new InMemoryJournal(), 80);

    [Theory, MemberData(nameof(SeedsForSqlite))]
    public async Task What_is_live_is_what_a_file_says(int seed)
    {
        using var folder = new TemporaryFolder();
        await using var journal = SqliteJournal.Open(folder["journal.db"]);
        await WalkAsync(seed, journal, 60);
    }

    [Fact]
    public async Task A_long_board_is_the_same_from_its_snapshot_and_from_its_beginning()
    {
        var journal = new FailingJournal(new InMemoryJournal());
        var secrets = LiveBoard.Secrets();
        var grain = await LongAsync(journal, secrets);

        Assert.True(await journal.FindSnapshotAsync(TheBoard.Stream, StateVersion, long.MaxValue, CancellationToken.None) is { Version: >= Limits.SnapshotEvery });
        Assert.Equal(grain.Held(), (await LiveBoard.ActivateAsync(journal, secrets)).Held());
        Assert.Equal(grain.Held(), (await LiveBoard.ActivateAsync(await CopyAsync(journal), secrets)).Held());
    }

    [Fact]
    public async Task A_long_boards_snapshot_is_written_in_pieces_none_of_which_is_a_large_object()
    {
        var (journal, pieces) = (new FailingJournal(new InMemoryJournal()), new List<int>());
        journal.Saving = snapshot =>
        {
            foreach (var piece in snapshot.State) pieces.Add(piece.Length);
        };

        await LongAsync(journal, LiveBoard.Secrets());

        Assert.True(pieces.Sum() > LargeObject, $"a snapshot of {pieces.Sum()} bytes");
        Assert.All(pieces, piece => Assert.InRange(piece, 1, LargeObject));
    }

    [Fact]
    public async Task A_snapshot_of_another_shape_is_ignored()
    {
        var (journal, secrets, walk) = (new InMemoryJournal(), LiveBoard.Secrets(), new BoardWalk(1));
        var grain = await LiveBoard.ActivateAsync(journal, secrets);
        await grain.SubmitAsync(walk.Open());
        await journal.SaveSnapshotAsync(new Snapshot(TheBoard.Stream, 1, "board-0", "nonsense"u8.ToArray()), CancellationToken.None);
        Assert.Equal(grain.Held(), (await LiveBoard.ActivateAsync(journal, secrets)).Held());
    }

    /// <summary>A board of which a snapshot is kept, and some events more.</summary>
    private static async Task<BoardGrain> LongAsync(FailingJournal journal, ISecrets secrets)
    {
        var (saved, walk) = (journal.HoldSnapshots(), new BoardWalk(8));
        var grain = await LiveBoard.ActivateAsync(journal, secrets);
        await grain.SubmitAsync(walk.Open());
        while ((await grain.StateAsync()).Version < Limits.SnapshotEvery + 40)
            Assert.Contains(await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => grain.SubmitAsync(walk.Next(grain.Look())).AsTask())), reply => reply.Accepted);
        await saved.Reached;
        saved.LetGo();
        await saved.Passed;
        return grain;
    }

    private static async Task WalkAsync(int seed, IJournal journal, int steps)
    {
        var (walk, secrets) = (new BoardWalk(seed), LiveBoard.Secrets());
        var grain = await LiveBoard.ActivateAsync(journal, secrets);
        await grain.SubmitAsync(walk.Open());
        var snapshots = new List<Snapshot>();
        for (var step = 0; step < steps; step++)
        {
            var where = $"seed {seed}, step {step}";
            switch (walk.Random.Next(40))
            {
                case 0:
                    await grain.ForgetAsync(new($"forget-{step}"), walk.AnyPerson().Id, walk.Random.Next(2) == 0, ManualTime.Start.AddHours(1 + step));
                    snapshots.Clear();
                    await CheckAsync(grain, journal, secrets, where + ", forgotten");
                    break;
                case 1:
                    await grain.ExpungeAsync(new($"expunge-{step}"), walk.AnyIdea(), ManualTime.Start.AddHours(1 + step));
                    await grain.ExpungeAsync(new($"expunge-title-{step}"), walk.AnyTheme(), ManualTime.Start.AddHours(1 + step));
                    await grain.ExpungeAsync(new($"expunge-said-{step}"), walk.AnyComment(), ManualTime.Start.AddHours(1 + step));
                    snapshots.Clear();
                    await CheckAsync(grain, journal, secrets, where + ", expunged");
                    break;
                case 2:
                    await CheckAsync(grain, journal, secrets, where);
                    grain = await LiveBoard.ActivateAsync(journal, secrets);
                    break;
                case 3:
                    snapshots.Add(new Snapshot(TheBoard.Stream, grain.Saved().State.Version, StateVersion, JsonSerializer.SerializeToUtf8Bytes(grain.Saved(), Json.Options)));
                    break;
                case < 12:
                    await Task.WhenAll(Enumerable.Range(0, walk.Random.Next(2, 8)).Select(_ => grain.SubmitAsync(walk.Next(grain.Look())).AsTask()));
                    break;
                default:
                    await grain.SubmitAsync(walk.Next(grain.Look()));
                    break;
            }
        }

        await CheckAsync(grain, journal, secrets, $"seed {seed}, at the end");
        foreach (var snapshot in snapshots)
        {
            var copy = await CopyAsync(journal);
            await copy.SaveSnapshotAsync(snapshot, CancellationToken.None);
            await CheckAsync(grain, copy, secrets, $"seed {seed}, from the snapshot of version {snapshot.Version}");
        }
    }

    private static async Task CheckAsync(BoardGrain grain, IJournal journal, ISecrets secrets, string where)
    {
        var (live, replayed) = (grain.Held(), (await LiveBoard.ActivateAsync(journal, secrets)).Held());
        Assert.True(live == replayed, $"{where}: what is live\n{live}\nis not what is replayed\n{replayed}");
    }

    private static async Task<InMemoryJournal> CopyAsync(IJournal journal)
    {
        var copy = new InMemoryJournal();
        ImmutableArray<Envelope> events = [.. await journal.EventsAsync()];
        await copy.AppendAsync(TheBoard.Stream, 0, events, CancellationToken.None);
        return copy;
    }

    private static string StateVersionOf<T>() where T : Grains.Turns.ISourced<T, BoardCommand, BoardEvent> => T.StateVersion;
}
