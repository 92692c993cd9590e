using System.Collections.Immutable;
using LiveCoCreate.Fast.Boards;
using LiveCoCreate.Fast.Journals;
using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Boards;
using LiveCoCreate.Grains.Journals;
using static LiveCoCreate.Fast.Boards.Floor;
using static LiveCoCreate.Grains.Boards.BoardCommand;

namespace LiveCoCreate.Fast.Turns;

/// <summary>A command that meets nobody is decided and written on the thread that brought it, and that thread does no more than that.</summary>
public sealed class LentThreadTests
{
    private readonly WatchedJournal _journal = new();

    [Fact]
    public async Task Who_meets_nobody_is_answered_on_their_own_thread()
    {
        var board = await OpenAsync();

        await Task.Run(() =>
        {
            Assert.True(Send(board, "c1").IsCompletedSuccessfully);
            Assert.Equal([Environment.CurrentManagedThreadId], _journal.Threads);
        });
    }

    [Fact]
    public async Task Who_lent_their_thread_hears_their_answer_before_the_next_turn_is_written()
    {
        var board = await OpenAsync();
        using var isBack = new ManualResetEventSlim();
        var wasBack = false;
        Task<Reply>? second = null;
        _journal.Appending = () =>
        {
            _journal.Appending = () => wasBack = isBack.Wait(TimeSpan.FromSeconds(10));
            second = Send(board, "c2");
        };

        await Task.Run(() =>
        {
            Assert.True(Send(board, "c1").IsCompletedSuccessfully);
            isBack.Set();
        });

        Assert.True((await second!).Accepted);
        Assert.True(wasBack);
    }

    [Fact]
    public async Task A_thread_that_others_come_back_to_is_not_borrowed()
    {
        var board = await OpenAsync();
        var borrowed = 0;
        _journal.Appending = () => borrowed = Environment.CurrentManagedThreadId;
        var own = Environment.CurrentManagedThreadId;
        var before = SynchronizationContext.Current;
        Task<Reply> reply;
        try
        {
            SynchronizationContext.SetSynchronizationContext(new SynchronizationContext());
            reply = Send(board, "c1");
            // Were it borrowed, it would have been by now.
            Assert.NotEqual(own, borrowed);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }

        Assert.True((await reply).Accepted);
    }

    private static Task<Reply> Send(BoardGrain board, string id) =>
        board.SubmitAsync(new Submission<BoardCommand>(new(id), Ada, ManualTime.Start, new AddIdea(Bench, Now, "x"))).AsTask();

    private async Task<BoardGrain> OpenAsync()
    {
        var board = await LiveBoard.ActivateAsync(_journal, LiveBoard.Secrets());
        Assert.True((await board.SubmitAsync(new Submission<BoardCommand>(new("open"), Caller.System, ManualTime.Start, BoardSpec.OpenIt()))).Accepted);
        _journal.Threads.Clear();
        return board;
    }

    /// <summary>Tells of each append on the thread it comes on, and has it done when it returns.</summary>
    private sealed class WatchedJournal : IJournal
    {
        private readonly InMemoryJournal _journal = new();

        public Action Appending { get; set; } = () => { };

        public List<int> Threads { get; } = [];

        public ValueTask AppendAsync(string stream, long expectedVersion, ImmutableArray<Envelope> events, CancellationToken cancellation)
        {
            Threads.Add(Environment.CurrentManagedThreadId);
            Appending();
            return _journal.AppendAsync(stream, expectedVersion, events, cancellation);
        }

        public IAsyncEnumerable<Envelope> ReadAsync(string stream, long after, long upTo, CancellationToken cancellation) =>
            _journal.ReadAsync(stream, after, upTo, cancellation);

        public IAsyncEnumerable<(long Version, DateTimeOffset At, string Type)> OutlineAsync(string stream, CancellationToken cancellation) =>
            _journal.OutlineAsync(stream, cancellation);

        public ValueTask RewriteAsync(string stream, Func<Envelope, Envelope> rewrite, CancellationToken cancellation) =>
            _journal.RewriteAsync(stream, rewrite, cancellation);

        public ValueTask<long> RewritesAsync(string stream, CancellationToken cancellation) => _journal.RewritesAsync(stream, cancellation);

        public ValueTask SaveSnapshotAsync(Snapshot snapshot, CancellationToken cancellation) => _journal.SaveSnapshotAsync(snapshot, cancellation);

        public ValueTask<Snapshot?> FindSnapshotAsync(string stream, string stateVersion, long upTo, CancellationToken cancellation) =>
            _journal.FindSnapshotAsync(stream, stateVersion, upTo, cancellation);

        public ValueTask ProbeAsync(CancellationToken cancellation) => _journal.ProbeAsync(cancellation);
    }
}
