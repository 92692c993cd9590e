using LiveCoCreate.Wire;
using LiveCoCreate.Wire.Line;

namespace LiveCoCreate.Fast.Wire;

/// <summary>PROTOCOL L4.</summary>
public class OutboxTests
{
    [Fact]
    public void Commands_leave_in_order_and_at_most_64_are_unanswered()
    {
        var (outbox, commands) = Filled(100);

        Assert.Equal(Names(commands[..64]), Names(outbox.TakeSendable(0)));
        Assert.Empty(outbox.TakeSendable(0));

        outbox.Answered(commands[5]);
        outbox.Answered(commands[0]);
        Assert.Equal(Names(commands[64..66]), Names(outbox.TakeSendable(0)));
    }

    [Fact]
    public void After_a_broken_connection_all_unanswered_ones_leave_again_in_order()
    {
        var (outbox, commands) = Filled(5);
        outbox.TakeSendable(7);
        outbox.Answered(commands[1]);

        outbox.Disconnected();

        Assert.Equal(["0", "2", "3", "4"], Names(outbox.TakeSendable(9)));
        Assert.All(outbox.GiveUp(), pending => Assert.Equal((2, 7), (pending.Attempts, pending.FirstSentAt)));
    }

    [Fact]
    public void A_command_that_is_to_wait_leaves_before_younger_ones()
    {
        var (outbox, commands) = Filled(64);
        outbox.TakeSendable(0);
        outbox.Add(new Pending(Command.Of("young", "{}")));

        outbox.Returned(commands[40]);
        outbox.Returned(commands[3]);

        Assert.Equal(["3", "40"], Names(outbox.TakeSendable(0)));
    }

    private static (Outbox, List<Pending>) Filled(int count)
    {
        var outbox = new Outbox();
        var commands = Enumerable.Range(0, count).Select(number => new Pending(Command.Of($"{number}", "{}"))).ToList();
        foreach (var pending in commands) outbox.Add(pending);
        return (outbox, commands);
    }

    private static IEnumerable<string> Names(IEnumerable<Pending> commands) => commands.Select(pending => pending.Command.Id);
}
