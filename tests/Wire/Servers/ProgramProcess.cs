using System.Diagnostics;
using System.Text;

namespace LiveCoCreate.Wire.Servers;

/// <summary>A program of ours as a process of its own, as an operator runs it: a server, a silo, a web node. It can be killed and started again. Ends with this object, and with us.</summary>
/// <param name="start">How.</param>
/// <param name="opens">What it says when it is open.</param>
public class ProgramProcess(ProcessStartInfo start, string opens) : IAsyncDisposable
{
    private const int MostOutput = 1_000_000;

    private readonly StringBuilder _output = new();
    private Process? _process;

    /// <summary>All it has written to its output and error streams, as far as there is room for it.</summary>
    public string Output
    {
        get { lock (_output) return _output.ToString(); }
    }

    /// <summary>One that lies beside the tests.</summary>
    public static ProcessStartInfo Beside(string program, params string[] arguments) =>
        new("dotnet", [Path.Combine(AppContext.BaseDirectory, program), .. arguments]) { WorkingDirectory = AppContext.BaseDirectory };

    /// <summary>For one that is expected to end by itself: its exit code and what it said.</summary>
    public static async Task<(int Code, string[] Said)> RunAsync(string program, params string[] arguments)
    {
        var start = Beside(program, arguments);
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, $"{await error}{await output}".Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>Returns when it says that it is open.</summary>
    public async Task StartAsync()
    {
        var open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        var process = new Process { StartInfo = start, EnableRaisingEvents = true };
        process.Exited += (_, _) => open.TrySetException(new InvalidOperationException($"{string.Join(' ', start.ArgumentList)} ended instead of opening:\n{Output}"));
        void Hear(string? line)
        {
            if (line is null) return;
            lock (_output)
            {
                if (_output.Length < MostOutput) _output.AppendLine(line);
            }

            if (line.Contains(opens, StringComparison.Ordinal)) open.TrySetResult();
        }

        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _process = process;
        // Once, however often it is started: what is left behind would kill a process that is gone.
        AppDomain.CurrentDomain.ProcessExit -= KillWithUs;
        AppDomain.CurrentDomain.ProcessExit += KillWithUs;
        await open.Task.WaitAsync(TimeSpan.FromSeconds(90));
    }

    /// <summary>Processor time of all its threads since it was started last; its memory now (resident set) and at most, in bytes.</summary>
    public (TimeSpan Processor, long Memory, long MemoryPeak) Usage()
    {
        _process!.Refresh();
        return (_process.TotalProcessorTime, _process.WorkingSet64, _process.PeakWorkingSet64);
    }

    /// <summary>SIGKILL, as <c>kill -9</c> sends it: it gets no chance to finish anything.</summary>
    public void Kill() => _process!.Kill();

    /// <summary>SIGTERM, as an orchestrator sends it.</summary>
    public void Stop()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process!.Id}"]);
        kill.WaitForExit();
    }

    /// <returns>Its exit code.</returns>
    public async Task<int> GoneAsync()
    {
        await _process!.WaitForExitAsync();
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_process is null) return;
        AppDomain.CurrentDomain.ProcessExit -= KillWithUs;
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    // Interrupted: nothing may stay behind.
    private void KillWithUs(object? sender, EventArgs e) => _process!.Kill();
}
