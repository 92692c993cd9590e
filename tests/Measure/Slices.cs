using System.Diagnostics;
using System.Globalization;
using System.Runtime;
using LiveCoCreate.Wire;

namespace LiveCoCreate.Measure;

/// <summary>How long a room waits for its answers while something goes on, and without it: many short slices in turn, so that whatever else the machine does falls on both alike.
/// Each slice has its own slower hundredth, and of each kind the median slice counts: on a machine that others share a few slices are theirs.</summary>
/// <param name="submit">Sends one command; what it returns is answered.</param>
/// <param name="perSecond">Commands, whether or not those before are answered: a server that is late does not get fewer.</param>
/// <param name="spent">What the server has used of its processor so far.</param>
/// <param name="isAlone">The server is another process: then what the measure itself throws away is not collected within a slice.</param>
internal sealed class Slices(Func<Task<Answer>> submit, int perSecond, Func<TimeSpan> spent, bool isAlone)
{
    private const int Resamples = 400;

    // More than a slice allocates here.
    private const long Room = 160 << 20;

    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(500);

    /// <param name="turn">Makes it go on, or not.</param>
    /// <returns>The slower hundredth of the median slice with it, over that without.</returns>
    public async Task<double> CompareAsync(string what, Func<bool, Task> turn, int pairs, TimeSpan length)
    {
        await SendAsync(2 * length);
        var (with, without) = (new List<List<double>>(), new List<List<double>>());
        var used = new double[2];
        for (var slice = 0; slice < 2 * pairs; slice++)
        {
            // With, without, without, with: what grows falls on both alike.
            var on = slice % 4 is 0 or 3;
            await turn(on);
            // When the measure itself stops to collect, no answer was late.
            if (isAlone) GC.TryStartNoGCRegion(Room);
            await SendAsync(Settling);
            var before = spent();
            (on ? with : without).Add(await SendAsync(length));
            used[on ? 0 : 1] += (spent() - before).TotalMilliseconds;
            if (!isAlone) continue;
            if (GCSettings.LatencyMode is not GCLatencyMode.NoGCRegion) throw new InvalidOperationException("The measure collected within a slice.");
            GC.EndNoGCRegion();
        }

        await turn(true);
        var dice = new Random(7);
        var ratios = Enumerable.Range(0, Resamples).Select(_ =>
        {
            var chosen = Enumerable.Range(0, pairs).Select(_ => dice.Next(pairs)).ToList();
            return Median(chosen.Select(at => with[at])) / Median(chosen.Select(at => without[at]));
        }).Order().ToList();
        var ratio = Median(with) / Median(without);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{2 * pairs} slices of {length.TotalSeconds:0.#} s at {perSecond} commands a second; {Of(with)} with {what}, {Of(without)} without; p99 of the median slice {Median(with):0.0} and {Median(without):0.0} ms, {ratio:0.00} times as long (90 % of resampled slices: {ratios[Resamples / 20]:0.00} to {ratios[^(Resamples / 20)]:0.00})"));
        var seconds = pairs * length.TotalSeconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"a second: {used[0] / seconds:0} ms of processor time with, {used[1] / seconds:0} ms without"));
        return ratio;
    }

    private static double Median(IEnumerable<List<double>> slices) => At(slices.Select(times => At(times, 0.99)), 0.5);

    private static string Of(List<List<double>> slices)
    {
        var all = slices.SelectMany(times => times).ToList();
        return string.Create(CultureInfo.InvariantCulture, $"{all.Count} answers p50 {At(all, 0.5):0.00}, p90 {At(all, 0.9):0.0}, p99 {At(all, 0.99):0.0}, p99.9 {At(all, 0.999):0.0} ms");
    }

    private static double At(IEnumerable<double> times, double part) => times.Order().ToList() is var all ? all[(int)(all.Count * part)] : 0;

    private async Task<List<double>> SendAsync(TimeSpan during)
    {
        var (began, answers) = (Stopwatch.GetTimestamp(), new List<Task<Answer>>());
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(2));
        while (Stopwatch.GetElapsedTime(began) < during && await tick.WaitForNextTickAsync())
            for (var due = (int)(Stopwatch.GetElapsedTime(began).TotalSeconds * perSecond); answers.Count < due;) answers.Add(submit());
        return [.. (await Task.WhenAll(answers)).Select(answer => answer.Took.TotalMilliseconds)];
    }
}
