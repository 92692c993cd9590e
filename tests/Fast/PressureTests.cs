using LiveCoCreate.Grains;

namespace LiveCoCreate.Fast;

public sealed class PressureTests
{
    private static readonly TimeSpan Usual = TimeSpan.FromMilliseconds(50);

    private readonly Pressure _pressure = new();
    private int _changes;

    public PressureTests() => _pressure.Changed += () => _changes++;

    [Fact]
    public void A_process_that_is_on_time_keeps_the_usual_beat()
    {
        Note(times: 100, late: TimeSpan.Zero);
        Assert.Equal(Usual, _pressure.Widen(Usual));
        Assert.False(_pressure.IsHigh);
    }

    [Fact]
    public void A_process_that_is_late_widens_its_beat_by_twice_as_much()
    {
        Note(times: 200, late: TimeSpan.FromMilliseconds(30));
        Assert.InRange(_pressure.Widen(Usual).TotalMilliseconds, 109.9, 110);
    }

    [Fact]
    public void No_beat_is_wider_than_five_a_second()
    {
        Note(times: 200, late: TimeSpan.FromSeconds(10));
        Assert.Equal(TimeSpan.FromMilliseconds(200), _pressure.Widen(Usual));
    }

    [Fact]
    public void One_long_pause_is_not_high_pressure()
    {
        Note(times: 1, late: TimeSpan.FromSeconds(60));
        Note(times: 1, late: TimeSpan.Zero);
        Assert.False(_pressure.IsHigh);
    }

    [Fact]
    public void High_pressure_is_told_once_when_it_comes_and_once_when_it_is_really_over()
    {
        Note(times: 50, late: TimeSpan.FromMilliseconds(150));
        Assert.True(_pressure.IsHigh);
        Note(times: 50, late: TimeSpan.FromMilliseconds(60));
        Assert.True(_pressure.IsHigh);
        Note(times: 50, late: TimeSpan.FromMilliseconds(10));
        Assert.False(_pressure.IsHigh);
        Assert.Equal(2, _changes);
    }

    private void Note(int times, TimeSpan late)
    {
        for (var time = 0; time < times; time++) _pressure.Note(late);
    }
}
