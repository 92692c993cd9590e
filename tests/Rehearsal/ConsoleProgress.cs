namespace LiveCoCreate.Rehearsal;

/// <summary>One line that is rewritten; a line every few seconds where the output goes to a file.</summary>
internal sealed class ConsoleProgress : IProgress<RehearsalProgress>
{
    private const int Width = 30;
    private readonly Lock _gate = new();
    private readonly long _everyMs = Console.IsErrorRedirected ? 5000 : 100;
    private long _shownAt = long.MinValue / 2;
    private string _phase = "";

    public void Report(RehearsalProgress value)
    {
        lock (_gate)
        {
            var now = Environment.TickCount64;
            if (value.Phase == _phase && value.Done < value.Total && now - _shownAt < _everyMs) return;
            if (Console.IsErrorRedirected && value.Phase == _phase && now - _shownAt < _everyMs) return;
            (_phase, _shownAt) = (value.Phase, now);
            var filled = value.Total == 0 ? 0 : Width * Math.Min(value.Done, value.Total) / value.Total;
            var line = $"{value.Phase,-18} [{new string('#', filled)}{new string('.', Width - filled)}] {value.Done}/{value.Total}  {value.InFlight} in flight";
            if (Console.IsErrorRedirected) Console.Error.WriteLine(line);
            else Console.Error.Write($"\r{line,-100}{(value.Phase == "done" ? "\n" : "")}");
        }
    }
}
