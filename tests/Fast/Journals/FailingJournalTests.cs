using LiveCoCreate.Grains.Journals;
using static LiveCoCreate.Fast.Journals.Happened;

namespace LiveCoCreate.Fast.Journals;

public sealed class FailingJournalTests : JournalContract
{
    private readonly FailingJournal _journal = new(new InMemoryJournal());

    [Theory]
    [InlineData(FailingJournal.Failure.BeforeWriting, 0)]
    [InlineData(FailingJournal.Failure.AfterWriting, 1)]
    public async Task One_append_fails_before_or_after_it_was_written(FailingJournal.Failure when, int written)
    {
        _journal.FailNextAppend(when);
        await Assert.ThrowsAsync<IOException>(() => _journal.AppendAsync(Events("board/1", 1, 1)).AsTask());
        Assert.Equal(written, (await _journal.AllAsync("board/1")).Count);

        await _journal.AppendAsync(Events("board/1", written + 1, written + 1));
    }

    [Fact]
    public async Task Held_appends_wait_until_they_are_let_go()
    {
        var held = _journal.HoldAppends();
        var append = _journal.AppendAsync(Events("board/1", 1, 1)).AsTask();
        await held.Reached;
        Assert.Empty(await _journal.AllAsync("board/1"));

        held.LetGo();
        await append;
        await _journal.AppendAsync(Events("board/1", 2, 2));
    }

    protected override ValueTask<IJournal> Open() => ValueTask.FromResult<IJournal>(_journal);
}
