using System.Text;
using Microsoft.Extensions.Logging;

namespace LiveCoCreate.Live.Servers;

/// <summary>Keeps all that a server logs, with the values of its messages.</summary>
public sealed class HeardLog : ILoggerProvider, ILogger
{
    private readonly StringBuilder _text = new();

    public string Text
    {
        get { lock (_text) return _text.ToString(); }
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (_text)
        {
            _text.AppendLine(formatter(state, exception)).AppendLine(exception?.ToString());
            if (state is IEnumerable<KeyValuePair<string, object?>> values)
                foreach (var (name, value) in values) _text.AppendLine($"{name}={value}");
        }
    }

    public void Dispose()
    {
    }
}
