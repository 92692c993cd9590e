namespace LiveCoCreate.Load.Figures;

/// <summary>How far a phase is.</summary>
internal sealed record Progress(string Phase, double Done, double Total);

/// <summary>One line that is rewritten; a line for each phase where the output goes to a file.</summary>
internal sealed class ConsoleProgress : IProgress<Progress>
{
    private const int Width = 30;
    private readonly Lock _gate = new();
    private long _shownAt = long.MinValue / 2;
    private string _phase = "";

    public void Report(Progress value)
    {
        lock (_gate)
        {
            var now = Environment.TickCount64;
            if (value.Phase == _phase && (Console.IsErrorRedirected || now - _shownAt < 100)) return;
            (_phase, _shownAt) = (value.Phase, now);
            var filled = value.Total <= 0 ? 0 : (int)(Width * Math.Clamp(value.Done / value.Total, 0, 1));
            if (Console.IsErrorRedirected) Console.Error.WriteLine(value.Phase);
            else Console.Error.Write($"\r[{new string('#', filled)}{new string('.', Width - filled)}] {value.Phase,-70}");
        }
    }

    /// <summary>Leaves the line.</summary>
    public static void End()
    {
        if (!Console.IsErrorRedirected) Console.Error.Write($"\r{"",-105}\r");
    }
}
