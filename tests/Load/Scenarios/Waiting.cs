using System.Diagnostics;

namespace LiveCoCreate.Load.Scenarios;

internal static class Waiting
{
    /// <summary>False when it did not hold within so many seconds. What is measured has its own timestamps, so looking now and then does.</summary>
    public static async Task<bool> UntilAsync(Func<bool> holds, double seconds)
    {
        var start = Stopwatch.GetTimestamp();
        while (!holds())
        {
            if (Stopwatch.GetElapsedTime(start).TotalSeconds > seconds) return false;
            await Task.Delay(5);
        }

        return true;
    }
}
