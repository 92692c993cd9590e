using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.CompilerServices;
using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Turns;

namespace LiveCoCreate.Fast.Turns;

/// <summary>P2: what each person's commands were answered, as far back as it is promised.</summary>
public sealed class AnsweredTests
{
    private const int BytesOfAnAnswer = 16;

    private readonly Answered _answered = new();

    [Theory, InlineData(1), InlineData(4), InlineData(5), InlineData(Limits.RememberedCommands - 1), InlineData(Limits.RememberedCommands), InlineData(3 * Limits.RememberedCommands + 7)]
    public void The_last_of_each_person_are_found_and_older_ones_are_not(int commands)
    {
        Remember(1, commands);

        var first = Math.Max(1, commands - Limits.RememberedCommands + 1);
        Assert.All(Enumerable.Range(first, commands - first + 1), n => Assert.Equal(n, _answered.Find("ada", new($"c{n}"))));
        Assert.All(Enumerable.Range(1, first - 1), n => Assert.Null(_answered.Find("ada", new($"c{n}"))));
        Assert.Null(_answered.Find("ben", new("c1")));
    }

    [Theory, InlineData(1), InlineData(4), InlineData(6), InlineData(Limits.RememberedCommands), InlineData(Limits.RememberedCommands + 9)]
    public void What_was_kept_stays_as_it_was_whatever_is_remembered_later(int commands)
    {
        Remember(1, commands);
        var then = _answered.Keep()();

        var kept = _answered.Keep();
        Remember(commands + 1, commands + 3);
        _answered.Remember("ada", new($"c{commands + 3}"), 9_999);

        Assert.Equal(then, kept());
        Assert.Equal(9_999, _answered.Find("ada", new($"c{commands + 3}")));
        var answers = _answered.Keep()()["ada"];
        Assert.Equal(Math.Min(commands + 3, Limits.RememberedCommands) * BytesOfAnAnswer, answers.Length);
        Assert.Equal([(Known($"c{commands + 2}"), commands + 2), (Known($"c{commands + 3}"), 9_999)], Answers(answers).TakeLast(2));
    }

    [Fact]
    public void What_was_kept_is_read_back_and_goes_on()
    {
        Remember(1, Limits.RememberedCommands + 9);

        var again = Answered.Load(_answered.Keep()());
        Assert.Equal(_answered.Keep()(), again.Keep()());
        Assert.Equal(12, again.Find("ada", new("c12")));
        Assert.Null(again.Find("ada", new("c9")));

        again.Remember("ada", new("next"), 5_000);
        Assert.Null(again.Find("ada", new("c10")));
        Assert.Equal(5_000, again.Find("ada", new("next")));
    }

    [Fact]
    public void Each_answer_is_known_by_a_number_and_the_text_of_its_command_is_let_go()
    {
        var text = RememberOne();

        GC.Collect();

        Assert.False(text.TryGetTarget(out _));
        Assert.Equal(1, _answered.Find("ada", new("c1")));
    }

    [Fact]
    public void What_another_process_kept_is_read_as_it_was_meant()
    {
        var kept = new Dictionary<string, byte[]> { ["ada"] = Convert.FromHexString("C5D9E18AE0EFE22B" + "0700000000000000") };

        Assert.Equal(7, Answered.Load(kept).Find("ada", new("c1")));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference<string> RememberOne()
    {
        var text = new string("c1");
        _answered.Remember("ada", new(text), 1);
        return new(text);
    }

    /// <summary>By which number a command is known, as another tells it that has answered nothing else.</summary>
    private static ulong Known(string command)
    {
        var other = new Answered();
        other.Remember("ada", new(command), 1);
        return Answers(other.Keep()()["ada"]).Single().Command;
    }

    private static IEnumerable<(ulong Command, long Version)> Answers(byte[] kept) =>
        kept.Chunk(BytesOfAnAnswer).Select(answer => (BinaryPrimitives.ReadUInt64LittleEndian(answer), BinaryPrimitives.ReadInt64LittleEndian(answer.AsSpan(sizeof(ulong)))));

    private void Remember(int from, int to)
    {
        for (var n = from; n <= to; n++) _answered.Remember("ada", new(string.Create(CultureInfo.InvariantCulture, $"c{n}")), n);
    }
}
