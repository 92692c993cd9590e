using System.Diagnostics;
using System.Globalization;
using System.Net;
using LiveCoCreate.Wire.Hub;

namespace LiveCoCreate.Wire.Line;

/// <summary>What the owner of a line hears; always under the gate they share.</summary>
internal interface ILineOwner
{
    /// <summary>Connected, for the first time or again.</summary>
    void Opened();

    void Invoked(string target, ReadOnlySpan<byte> argument);

    void Disconnected();

    /// <summary>Something was heard, sent or answered: whoever waits may look again.</summary>
    void Stirred();

    void Heard(string source, ReadOnlySpan<byte> json);

    void CommandSent(Command command, int attempt);

    void CommandAnswered(Command command, Answer answer);

    /// <summary>Asked after a refused connection: why (S3)? Null: it may work later.</summary>
    Task<Refusal?> WhyRefusedAsync(CancellationToken cancellation);

    HubAddress Address { get; }

    /// <summary>Nothing answers there, or it is about to close.</summary>
    void GoElsewhere();
}

internal delegate void Completion(ReadOnlySpan<byte> result, string? error);

/// <summary>A connection that comes back, and the commands that are on their way over it.</summary>
internal sealed class LiveLine(LiveServer server, LivePersonOptions options, ILineOwner owner, Lock gate) : IHubListener, IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly Outbox _outbox = new();
    private readonly Dictionary<string, Completion> _asked = [];
    private readonly Dictionary<string, Pending> _submitted = [];
    private TaskCompletionSource? _held;
    private HubConnection? _connection;
    private ITimer? _resume;
    private bool _isPausing;
    private Task _running = Task.CompletedTask;
    private long _bytesOfEndedConnections;

    public bool IsConnected => _connection is not null;
    public int Unanswered => _outbox.Count;
    public int OnTheWire => _outbox.OnTheWire;

    /// <summary>Why there will be no further connection.</summary>
    public Refusal? Ended { get; private set; }

    /// <summary>Why there is no connection now, for error messages.</summary>
    public string LastTrouble { get; private set; } = "";

    public WireCounters Counters { get => field with { BytesReceived = _bytesOfEndedConnections + (_connection?.BytesReceived ?? 0) }; private set; } = WireCounters.None;

    /// <summary>Has <see cref="Start"/> been called?</summary>
    public bool IsStarted { get; private set; }

    public void Start()
    {
        IsStarted = true;
        _running = Task.Run(RunAsync);
    }

    /// <summary>Puts a command in line. Call under the gate.</summary>
    public Task<Answer> Submit(Command command)
    {
        var pending = new Pending(command);
        if (Ended is { } why) pending.Answered.SetException(new LineLostException($"The line ended with {why}"));
        else
        {
            _outbox.Add(pending);
            SendCommands();
        }

        return pending.Answered.Task;
    }

    /// <summary>Asks over the present connection; if that ends first, the question is lost and the answer never comes. Call under the gate.</summary>
    public void Ask(string target, ReadOnlySpan<byte> arguments, Completion completion)
    {
        if (_connection is not { } connection) return;
        _asked[connection.Invoke(target, arguments)] = completion;
    }

    public void Count(Func<WireCounters, WireCounters> add) => Counters = add(Counters);

    public HubConnection? Connection => _connection;

    public void Hold()
    {
        lock (gate) _held ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    public void Release()
    {
        lock (gate)
        {
            _held?.SetResult();
            _held = null;
        }
    }

    /// <summary>Lets the owner's waiters look again. Call under the gate.</summary>
    public void Stir() => owner.Stirred();

    /// <summary>There will be no further connection. Call under the gate.</summary>
    public void End(Refusal why)
    {
        Stop(why);
        _connection?.Cut();
    }

    public async ValueTask DisposeAsync()
    {
        HubConnection? connection;
        lock (gate)
        {
            connection = _connection;
            Stop(new Refusal("closed", "This side closed the line."));
        }

        if (connection is not null) await connection.CloseAsync();
        connection?.Cut();
        await _running;
        if (_resume is not null) await _resume.DisposeAsync();
    }

    private void Stop(Refusal why)
    {
        if (Ended is not null) return;
        Ended = why;
        foreach (var pending in _outbox.GiveUp()) pending.Answered.TrySetException(new LineLostException($"The line ended with {why}"));
        _stopping.Cancel();
        owner.Stirred();
    }

    void IHubListener.Arrived(HubConnection connection, in HubRecord record, ReadOnlySpan<byte> json)
    {
        lock (gate)
        {
            if (!ReferenceEquals(connection, _connection)) return;
            owner.Heard(record.Target ?? record.Type.ToString(), json);
            if (record.Type == HubRecordType.Invocation) owner.Invoked(record.Target ?? "", record.Argument);
            else if (record.Type == HubRecordType.Completion) Completed(record);
            else return;
            owner.Stirred();
        }
    }

    private async Task RunAsync()
    {
        try
        {
            var patience = new Patience(options.GiveUpAfter);
            while (!_stopping.IsCancellationRequested)
            {
                if (_held is { } held) await held.Task.WaitAsync(_stopping.Token);
                var (refused, lived) = await ConnectOnceAsync();
                if (refused is not null) await HandleRefusedAsync(refused, patience);
                else if (lived > TimeSpan.FromSeconds(1)) patience = new Patience(options.GiveUpAfter);
                else await patience.WaitAsync(LastTrouble, _stopping.Token);
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The line has ended; End has told whoever waited.
        }
    }

    private async Task<(HubRefusedException? Refused, TimeSpan Lived)> ConnectOnceAsync()
    {
        try
        {
            using var connection = await HubConnection.OpenAsync(owner.Address, this, _stopping.Token);
            var openedAt = Stopwatch.GetTimestamp();
            await UseAsync(connection);
            return (null, Stopwatch.GetElapsedTime(openedAt));
        }
        catch (HubRefusedException refused)
        {
            return (refused, TimeSpan.Zero);
        }
    }

    private async Task UseAsync(HubConnection connection)
    {
        server.Opened(connection);
        lock (gate)
        {
            // Whoever ended the line while this one was being opened did not see it, and would wait for it for ever.
            if (Ended is not null) connection.Cut();
            _connection = connection;
            Counters = Counters with { Connects = Counters.Connects + 1, Reconnects = Counters.Connects };
            owner.Opened();
            SendCommands();
            owner.Stirred();
        }

        var end = await connection.ReadAsync();
        server.Ended(connection);
        lock (gate)
        {
            _connection = null;
            _bytesOfEndedConnections += connection.BytesReceived;
            LastTrouble = end.Error ?? "The connection was closed.";
            _asked.Clear();
            _submitted.Clear();
            _outbox.Disconnected();
            owner.Disconnected();
            if (!end.AllowReconnect && !end.ByServer) End(new Refusal("unreadable", LastTrouble));
            owner.Stirred();
        }
    }

    private async Task HandleRefusedAsync(HubRefusedException refused, Patience patience)
    {
        lock (gate)
        {
            LastTrouble = refused.Message;
            Counters = Counters with { FailedConnects = Counters.FailedConnects + 1 };
        }

        if (refused.Status is null or HttpStatusCode.ServiceUnavailable) owner.GoElsewhere();
        if (refused.Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.NotFound
            && await owner.WhyRefusedAsync(_stopping.Token) is { } why)
        {
            lock (gate) End(why);
        }
        else if (patience.IsOver)
        {
            lock (gate) End(new Refusal("server-away", refused.Message));
        }
        else
        {
            await patience.WaitAsync(refused.Message, _stopping.Token);
        }
    }

    private void SendCommands()
    {
        if (_connection is not { } connection || _isPausing) return;
        foreach (var pending in _outbox.TakeSendable(Stopwatch.GetTimestamp()))
        {
            var json = pending.Command.Json;
            byte[] arguments = [(byte)'[', .. json, (byte)']'];
            _submitted[connection.Invoke("Submit", arguments)] = pending;
            owner.CommandSent(pending.Command, pending.Attempts);
        }
    }

    private void Completed(in HubRecord record)
    {
        if (record.InvocationId is not { } id) return;
        if (_asked.Remove(id, out var completion)) completion(record.Result, record.Error);
        else if (_submitted.Remove(id, out var pending)) Answered(pending, record);
    }

    private void Answered(Pending pending, in HubRecord record)
    {
        if (record.Error is { } error)
        {
            _outbox.Answered(pending);
            pending.Answered.TrySetException(new HubErrorException("Submit", error));
        }
        else
        {
            var (version, refusal) = Answer.Read(record.Result);
            if (refusal is { Code: "retry" or "too-fast" } && options.SendAgain) SendLater(pending, refusal);
            else
            {
                _outbox.Answered(pending);
                var answer = new Answer(version, refusal, pending.FirstSentAt, Stopwatch.GetTimestamp(), pending.Attempts);
                owner.CommandAnswered(pending.Command, answer);
                pending.Answered.TrySetResult(answer);
            }
        }

        SendCommands();
    }

    // All later commands wait too, so that they are not accepted before this one.
    private void SendLater(Pending pending, Refusal refusal)
    {
        var isTooFast = refusal.Code == "too-fast";
        Counters = isTooFast ? Counters with { TooFast = Counters.TooFast + 1 } : Counters with { Retries = Counters.Retries + 1 };
        _outbox.Returned(pending);
        _isPausing = true;
        var waitMs = refusal.RetryAfterMs ?? (isTooFast ? 250 : Math.Min(1000, 20 * pending.Attempts));
        _resume ??= TimeProvider.System.CreateTimer(_ => Resume(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _resume.Change(TimeSpan.FromMilliseconds(Math.Max(1, waitMs)), Timeout.InfiniteTimeSpan);
    }

    private void Resume()
    {
        lock (gate)
        {
            _isPausing = false;
            SendCommands();
        }
    }
}
