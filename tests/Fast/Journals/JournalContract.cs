using System.Buffers;
using System.Collections.Immutable;
using LiveCoCreate.Grains.Journals;
using static LiveCoCreate.Fast.Journals.Happened;

namespace LiveCoCreate.Fast.Journals;

/// <summary>What every journal promises. A new one inherits these and overrides Open.</summary>
public abstract class JournalContract
{
    private const string Board = "board/1";
    private const string Other = "board/2";

    protected abstract ValueTask<IJournal> Open();

    [Fact] // PROTOCOL.md J2
    public async Task Events_come_back_in_order_and_without_a_gap()
    {
        var journal = await Open();
        await journal.AppendAsync(Events(Board, 1, 3));
        await journal.AppendAsync(Events(Other, 1, 1));
        await journal.AppendAsync(Events(Board, 4, 4));

        Assert.Equal(Events(Board, 1, 4), await journal.AllAsync(Board));
        Assert.Equal(Events(Other, 1, 1), await journal.AllAsync(Other));
    }

    [Fact] // J2
    public async Task A_long_stream_is_read_whole_and_in_order()
    {
        var journal = await Open();
        await journal.AppendAsync(Events(Board, 1, 2_000));
        await journal.AppendAsync(Events(Board, 2_001, 2_345));

        Assert.Equal(Events(Board, 1, 2_345), await journal.AllAsync(Board));
        Assert.Equal(2_345, await journal.OutlineAsync(Board, CancellationToken.None).CountAsync());
    }

    [Fact] // J2
    public async Task An_unknown_stream_is_empty()
    {
        var journal = await Open();

        Assert.Empty(await journal.AllAsync(Board));
        Assert.Empty(await journal.OutlineAsync(Board, CancellationToken.None).ToListAsync());
        Assert.Null(await journal.StateAsync(Board, "a"));
    }

    [Theory] // J2
    [InlineData(0, 0, 0, 0)]
    [InlineData(0, 1, 1, 1)]
    [InlineData(2, 4, 3, 4)]
    [InlineData(4, long.MaxValue, 5, 5)]
    [InlineData(5, long.MaxValue, 0, 0)]
    public async Task Reading_keeps_its_bounds(long after, long upTo, int first, int last)
    {
        var journal = await Open();
        await journal.AppendAsync(Events(Board, 1, 5));

        Assert.Equal(last == 0 ? [] : Events(Board, first, last), await journal.AllAsync(Board, after, upTo));
    }

    [Fact] // J1
    public async Task An_outline_tells_when_and_what_without_the_payload()
    {
        var journal = await Open();
        await journal.AppendAsync(Event(Board, 1), Event(Board, 2) with { Type = "ballot-opened" });

        Assert.Equal(
            [(1L, Noon.AddMilliseconds(1), "idea-added"), (2L, Noon.AddMilliseconds(2), "ballot-opened")],
            await journal.OutlineAsync(Board, CancellationToken.None).ToListAsync());
    }

    [Theory] // J3, P7
    [InlineData("""{"text":"שלום, מה נשמע? ‏(כן)"}""")]
    [InlineData("""{"text":"👩🏽‍🚀🇮🇱 and \u05d0 \ud83d\ude00 \" \\ \/ \u0000 \n"}""")]
    [InlineData("""{ "z" : 1.50, "a" :1e3,"z":  2 }""")]
    [InlineData("")]
    public async Task A_payload_comes_back_byte_for_byte(string payload)
    {
        var journal = await Open();
        await journal.AppendAsync(Event(Board, 1, payload));

        Assert.Equal(payload, Assert.Single(await journal.AllAsync(Board)).Payload);
    }

    [Fact] // J1, J6
    public async Task An_envelope_comes_back_as_it_was_also_where_nobody_is_named()
    {
        var journal = await Open();
        Envelope[] events =
        [
            new(Board, 1, "dots-cast", DateTimeOffset.UnixEpoch, By: null, "c1", "{}"),
            new(Board, 2, "idea-added", Noon.AddMilliseconds(999), "ada", "c1", "{}"),
        ];
        await journal.AppendAsync([.. events]);

        Assert.Equal(events, await journal.AllAsync(Board));
    }

    [Theory] // J4, P3
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(9)]
    public async Task An_append_that_expects_another_version_is_refused_and_leaves_nothing(int expected)
    {
        var journal = await Open();
        await journal.AppendAsync(Events(Board, 1, 2));

        var conflict = await Assert.ThrowsAsync<JournalConflictException>(() =>
            journal.AppendAsync(Events(Board, expected + 1, expected + 3)).AsTask());

        Assert.Equal((Board, expected), (conflict.Stream, conflict.ExpectedVersion));
        Assert.Equal(Events(Board, 1, 2), await journal.AllAsync(Board));
    }

    [Fact] // J4, P3
    public async Task Of_racing_writers_exactly_one_wins()
    {
        var journal = await Open();
        var writers = Enumerable.Range(0, 20).Select(writer => Task.Run(() =>
            journal.AppendAsync(Event(Board, 1, $"{writer}"), Event(Board, 2, $"{writer}")).AsTask())).ToList();

        var outcomes = await Task.WhenAll(writers.Select(OutcomeAsync));

        var winner = Array.IndexOf(outcomes, null);
        Assert.All(outcomes.Where(outcome => outcome is not null), outcome => Assert.IsType<JournalConflictException>(outcome));
        Assert.Equal(19, outcomes.Count(outcome => outcome is not null));
        Assert.Equal([$"{winner}", $"{winner}"], (await journal.AllAsync(Board)).Select(happened => happened.Payload));
    }

    [Fact] // J4, P3
    public async Task A_conflict_of_one_stream_does_not_fail_the_others()
    {
        var journal = await Open();
        await journal.AppendAsync(Events(Board, 1, 1));

        var others = Enumerable.Range(0, 50).Select(n => journal.AppendAsync(Events($"board/before-{n}", 1, 2)).AsTask()).ToList();
        var loser = OutcomeAsync(journal.AppendAsync(Events(Board, 1, 2)).AsTask());
        others.AddRange(Enumerable.Range(0, 50).Select(n => journal.AppendAsync(Events($"board/after-{n}", 1, 2)).AsTask()));

        await Task.WhenAll(others);
        Assert.IsType<JournalConflictException>(await loser);
        Assert.Equal(Events("board/after-49", 1, 2), await journal.AllAsync("board/after-49"));
    }

    [Fact] // J4, P2
    public async Task Many_appends_on_many_streams_all_land_exactly_once()
    {
        var journal = await Open();
        var streams = Enumerable.Range(0, 40).Select(n => $"board/{n}").ToList();

        await Task.WhenAll(streams.Select(stream => Task.Run(async () =>
        {
            for (var version = 1; version <= 25; version++) await journal.AppendAsync(Events(stream, version, version));
        })));

        foreach (var stream in streams) Assert.Equal(Events(stream, 1, 25), await journal.AllAsync(stream));
    }

    [Fact] // J1
    public async Task Envelopes_that_break_their_promises_are_refused_and_leave_nothing()
    {
        var journal = await Open();
        ImmutableArray<Envelope>[] broken =
        [
            [Event(Board, 2)],
            [Event(Board, 1), Event(Board, 3)],
            [Event(Board, 1), Event(Board, 1)],
            [Event(Board, 1), Event(Other, 2)],
            [Event(Board, 1) with { At = Noon.AddTicks(1) }],
            [Event(Board, 1) with { At = Noon.ToOffset(TimeSpan.FromHours(2)) }],
            [Event(Board, 1, "a\0b")],
            default,
        ];

        foreach (var events in broken)
        {
            await Assert.ThrowsAnyAsync<ArgumentException>(async () => await journal.AppendAsync(Board, 0, events, CancellationToken.None));
        }

        Assert.Empty(await journal.AllAsync(Board));
        Assert.Empty(await journal.AllAsync(Other));
    }

    [Fact] // J4
    public async Task An_empty_batch_is_no_news()
    {
        var journal = await Open();
        await journal.AppendAsync(Board, expectedVersion: 7, [], CancellationToken.None);

        Assert.Empty(await journal.AllAsync(Board));
    }

    [Fact] // J4, P2
    public async Task A_caller_who_has_gone_before_writes_nothing()
    {
        var journal = await Open();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            await journal.AppendAsync(Board, 0, Events(Board, 1, 1), new CancellationToken(canceled: true)));

        Assert.Empty(await journal.AllAsync(Board));
    }

    [Fact] // J7, P10
    public async Task Forgetting_changes_what_it_says_and_nothing_else()
    {
        var journal = await Open();
        await journal.AppendAsync(Events(Board, 1, 3));
        await journal.AppendAsync(Events(Other, 1, 3));

        await journal.RewriteAsync(Board, Forgetting(2), CancellationToken.None);

        var events = Events(Board, 1, 3);
        Assert.Equal([events[0], events[1] with { Payload = "forgotten", By = null }, events[2]], await journal.AllAsync(Board));
        Assert.Equal(Events(Other, 1, 3), await journal.AllAsync(Other));
        Assert.Equal(3, await journal.OutlineAsync(Board, CancellationToken.None).CountAsync());

        await journal.AppendAsync(Events(Board, 4, 4));
        Assert.Equal([1, 2, 3, 4], (await journal.AllAsync(Board)).Select(happened => happened.Version));
    }

    [Fact] // J7, P10
    public async Task Forgetting_deletes_the_streams_snapshots_and_no_others()
    {
        var journal = await Open();
        await journal.AppendAsync(Events(Board, 1, 2));
        await journal.SaveSnapshotAsync(Snapshot(Board, 1, "a", "one"), CancellationToken.None);
        await journal.SaveSnapshotAsync(Snapshot(Board, 2, "b", "two"), CancellationToken.None);
        await journal.SaveSnapshotAsync(Snapshot(Other, 1, "a", "other"), CancellationToken.None);

        await journal.RewriteAsync(Board, happened => happened, CancellationToken.None);

        Assert.Null(await journal.StateAsync(Board, "a"));
        Assert.Null(await journal.StateAsync(Board, "b"));
        Assert.Equal("1: other", await journal.StateAsync(Other, "a"));
    }

    [Fact] // J7, J8, P10
    public async Task A_snapshot_of_what_was_read_before_a_forgetting_is_not_kept_after_it()
    {
        var journal = await Open();
        await journal.AppendAsync(Events(Board, 1, 2));
        var before = await journal.RewritesAsync(Board, CancellationToken.None);

        await journal.RewriteAsync(Board, Forgetting(1), CancellationToken.None);
        await journal.SaveSnapshotAsync(Snapshot(Board, 2, "a", "what is forgotten") with { Rewrites = before }, CancellationToken.None);
        Assert.Null(await journal.StateAsync(Board, "a"));

        var after = await journal.RewritesAsync(Board, CancellationToken.None);
        await journal.SaveSnapshotAsync(Snapshot(Board, 2, "a", "what is left") with { Rewrites = after }, CancellationToken.None);
        Assert.Equal("2: what is left", await journal.StateAsync(Board, "a"));
        Assert.Equal((0, 1, 0), (before, after, await journal.RewritesAsync(Other, CancellationToken.None)));
    }

    [Fact] // J7, P10
    public async Task Two_who_forget_in_one_stream_at_once_both_succeed()
    {
        var journal = await Open();
        await journal.AppendAsync(Events(Board, 1, 2));

        await Task.WhenAll(
            Task.Run(() => journal.RewriteAsync(Board, Forgetting(1), CancellationToken.None).AsTask()),
            Task.Run(() => journal.RewriteAsync(Board, Forgetting(2), CancellationToken.None).AsTask()));

        Assert.All(await journal.AllAsync(Board), happened => Assert.Equal("forgotten", happened.Payload));
    }

    [Fact] // J7
    public async Task Forgetting_may_not_change_what_happened_or_when()
    {
        var journal = await Open();
        await journal.AppendAsync(Events(Board, 1, 2));
        Func<Envelope, Envelope>[] lies =
        [
            happened => happened with { Type = "idea-hidden" },
            happened => happened with { At = Noon },
            happened => happened with { Version = 7 },
            happened => happened with { Stream = Other },
            happened => happened with { Command = "another" },
        ];

        foreach (var lie in lies)
        {
            await Assert.ThrowsAsync<ArgumentException>(async () => await journal.RewriteAsync(
                Board, happened => happened.Version == 1 ? happened with { Payload = "forgotten" } : lie(happened), CancellationToken.None));
        }

        Assert.Equal(Events(Board, 1, 2), await journal.AllAsync(Board));
    }

    [Fact] // J8
    public async Task The_latest_snapshot_up_to_a_version_is_found()
    {
        var journal = await Open();
        foreach (var version in (int[])[10, 30, 20])
        {
            await journal.SaveSnapshotAsync(Snapshot(Board, version, "a", $"at {version}"), CancellationToken.None);
        }

        Assert.Equal("30: at 30", await journal.StateAsync(Board, "a"));
        Assert.Equal("20: at 20", await journal.StateAsync(Board, "a", upTo: 29));
        Assert.Equal("10: at 10", await journal.StateAsync(Board, "a", upTo: 10));
        Assert.Null(await journal.StateAsync(Board, "a", upTo: 9));
    }

    [Fact] // J8
    public async Task A_snapshot_in_many_pieces_is_found_whole_when_the_pieces_are_used_for_something_else()
    {
        var journal = await Open();
        var bytes = new byte[300_000];
        new Random(1).NextBytes(bytes);
        var pieces = bytes.Chunk(64 * 1024).ToList();
        await journal.SaveSnapshotAsync(new Snapshot(Board, 10, "a", Piece.Sequence(pieces)), CancellationToken.None);
        pieces.ForEach(piece => piece.AsSpan().Clear());

        var found = await journal.FindSnapshotAsync(Board, "a", 10, CancellationToken.None);

        Assert.Equal(bytes, found!.State.ToArray());
    }

    [Fact] // J8
    public async Task A_snapshot_of_another_state_version_is_not_found()
    {
        var journal = await Open();
        await journal.SaveSnapshotAsync(Snapshot(Board, 10, "a", "old shape"), CancellationToken.None);
        await journal.SaveSnapshotAsync(Snapshot(Board, 20, "b", "new shape"), CancellationToken.None);

        Assert.Equal("10: old shape", await journal.StateAsync(Board, "a"));
        Assert.Equal("20: new shape", await journal.StateAsync(Board, "b"));
        Assert.Null(await journal.StateAsync(Board, "c"));
    }

    [Fact] // J8
    public async Task A_snapshot_saved_again_replaces_the_one_of_its_version()
    {
        var journal = await Open();
        await journal.SaveSnapshotAsync(Snapshot(Board, 10, "a", "first"), CancellationToken.None);
        await journal.SaveSnapshotAsync(Snapshot(Board, 10, "b", "second"), CancellationToken.None);

        Assert.Null(await journal.StateAsync(Board, "a"));
        Assert.Equal("10: second", await journal.StateAsync(Board, "b"));
    }

    [Fact]
    public async Task A_probe_leaves_every_stream_as_it_is()
    {
        var journal = await Open();
        await journal.AppendAsync(Events(Board, 1, 1));
        await journal.ProbeAsync(CancellationToken.None);
        await journal.ProbeAsync(CancellationToken.None);

        Assert.Equal(Events(Board, 1, 1), await journal.AllAsync(Board));
    }

    private static Func<Envelope, Envelope> Forgetting(long version) =>
        happened => happened.Version == version ? happened with { Payload = "forgotten", By = null } : happened;

    private static async Task<Exception?> OutcomeAsync(Task task)
    {
        try
        {
            await task;
            return null;
        }
        catch (Exception reason)
        {
            return reason;
        }
    }
}

public sealed class InMemoryJournalTests : JournalContract
{
    protected override ValueTask<IJournal> Open() => ValueTask.FromResult<IJournal>(new InMemoryJournal());
}
