using System.Diagnostics;
using System.Text;

namespace LiveCoCreate.Wire.Servers;

/// <summary>The server as a process of its own, as an operator runs it: <c>dotnet LiveCoCreate.Web.dll</c>. It can be killed and
/// started again on the same port and data.</summary>
/// <param name="directory">Where it is started, and finds the app's files when that is the project's own folder; else where it lies.</param>
public sealed class ServerProcess(string folder, string? journal = null, string? directory = null) : IAsyncDisposable
{
    private readonly StringBuilder _output = new();
    private readonly int _port = FreePort.Find();
    private Process? _process;

    public Uri Address => new($"http://127.0.0.1:{_port}");

    /// <summary>All it has written to its output and error streams.</summary>
    public string Output
    {
        get { lock (_output) return _output.ToString(); }
    }

    /// <summary>Returns when it says that it is open.</summary>
    public async Task StartAsync()
    {
        var open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, "LiveCoCreate.Web.dll"), "--urls", Address.ToString(), "--DataFolder", folder, "--Journal", journal ?? "" },
            WorkingDirectory = directory ?? AppContext.BaseDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var process = new Process { StartInfo = start, EnableRaisingEvents = true };
        process.Exited += (_, _) => open.TrySetException(new InvalidOperationException($"The server ended instead of opening:\n{Output}"));
        void Hear(string? line)
        {
            if (line is null) return;
            lock (_output) _output.AppendLine(line);
            if (line.Contains("is open at", StringComparison.Ordinal)) open.TrySetResult();
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
        await open.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }

    /// <summary>Of all its threads, since it was started last.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process!.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>SIGKILL, as <c>kill -9</c> sends it: the process gets no chance to finish anything.</summary>
    public void Kill() => _process!.Kill();

    public Task GoneAsync() => _process!.WaitForExitAsync();

    public async ValueTask DisposeAsync()
    {
        if (_process is null) return;
        AppDomain.CurrentDomain.ProcessExit -= KillWithUs;
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    // Interrupted: no server may stay behind.
    private void KillWithUs(object? sender, EventArgs e) => _process!.Kill();
}
