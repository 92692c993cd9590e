using LiveCoCreate.Grains.Journals;
using LiveCoCreate.Grains.Turns;
using LiveCoCreate.Live.Servers;
using LiveCoCreate.Silo.Watch;
using Microsoft.Extensions.Logging;

namespace LiveCoCreate.Live.Watching;

public sealed class MishapLogTests
{
    private readonly Seconds _clock = new();
    private readonly HeardLog _heard = new();

    [Fact] // P5
    public void That_the_journal_is_away_is_said_once_a_second_at_most_and_every_mistake_of_ours_without_its_words()
    {
        using var factory = LoggerFactory.Create(logging => logging.AddProvider(_heard));
        var log = new MishapLog(factory.CreateLogger<MishapLog>(), _clock);

        foreach (var board in new[] { "board/1", "board/2" }) log.Write(new Mishap(board, "writing", default, new JournalAwayException("The disk is full.")));
        foreach (var board in new[] { "board/3", "board/4" }) log.Write(new Mishap(board, "telling", default, new InvalidOperationException("my neighbour Ada")));
        _clock.Passed++;
        log.Write(new Mishap("board/5", "writing", default, new JournalAwayException("The disk is full.")));

        foreach (var said in new[] { "board/1: writing failed: The disk is full.", "board/3: telling threw System.InvalidOperationException", "board/4: telling threw", "board/5: writing failed" })
            Assert.Contains(said, _heard.Text, StringComparison.Ordinal);
        foreach (var unsaid in new[] { "board/2", "Ada" }) Assert.DoesNotContain(unsaid, _heard.Text, StringComparison.Ordinal);
    }

    private sealed class Seconds : TimeProvider
    {
        public long Passed { get; set; }

        public override long GetTimestamp() => Passed * TimestampFrequency;
    }
}
