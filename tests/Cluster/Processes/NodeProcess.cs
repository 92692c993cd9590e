using System.Diagnostics;
using System.Text;

namespace LiveCoCreate.Cluster.Processes;

/// <summary>A silo or a web node as a process of its own, as an operator runs it.</summary>
internal sealed class NodeProcess(string program, string opens, params string[] arguments) : IAsyncDisposable
{
    private readonly StringBuilder _output = new();
    private Process? _process;

    /// <summary>All it has written to its output and error streams.</summary>
    public string Output
    {
        get { lock (_output) return _output.ToString(); }
    }

    /// <summary>Returns when it says that it is open.</summary>
    public async Task StartAsync()
    {
        var open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var process = new Process
        {
            StartInfo = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, program), .. arguments])
            {
                WorkingDirectory = AppContext.BaseDirectory, RedirectStandardOutput = true, RedirectStandardError = true,
            },
            EnableRaisingEvents = true,
        };
        process.Exited += (_, _) => open.TrySetException(new InvalidOperationException($"{program} ended instead of opening:\n{Output}"));
        void Hear(string? line)
        {
            if (line is null) return;
            lock (_output) _output.AppendLine(line);
            if (line.Contains(opens, StringComparison.Ordinal)) open.TrySetResult();
        }

        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _process = process;
        await open.Task.WaitAsync(TimeSpan.FromSeconds(90));
    }

    /// <summary>For one that is expected to end by itself: its exit code and what it said.</summary>
    public static async Task<(int Code, string[] Said)> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, program), .. arguments])
        {
            WorkingDirectory = AppContext.BaseDirectory, RedirectStandardError = true, RedirectStandardOutput = true,
        })!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, $"{await error}{await output}".Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>SIGKILL: it gets no chance to finish anything.</summary>
    public void Kill() => _process!.Kill();

    /// <summary>SIGTERM, as an orchestrator sends it.</summary>
    public void Stop()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process!.Id}"]);
        kill.WaitForExit();
    }

    public async Task<int> GoneAsync()
    {
        await _process!.WaitForExitAsync();
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is null) return;
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
