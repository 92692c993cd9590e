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
    private readonly FailingJournal _journal = new(new InMemoryJournal());

    [Fact]
    public async Task Who_meets_nobody_is_answered_on_their_own_thread()
    {
        var board = await OpenAsync();
        var threads = new List<int>();
        _journal.Appending = () => threads.Add(Environment.CurrentManagedThreadId);

        await Task.Run(() =>
        {
            Assert.True(Send(board, "c1").IsCompletedSuccessfully);
            Assert.Equal([Environment.CurrentManagedThreadId], threads);
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
        return board;
    }
}
