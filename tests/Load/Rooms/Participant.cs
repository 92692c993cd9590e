using System.Diagnostics;
using System.Text;
using LiveCoCreate.Load.Boards;
using LiveCoCreate.Wire;
using LiveCoCreate.Wire.Hub;

namespace LiveCoCreate.Load.Rooms;

/// <summary>How an invocation was answered: the result's JSON, or an error.</summary>
internal delegate void Answered(ReadOnlySpan<byte> result, string? error);

/// <summary>One person of the load: a connection and a replica of the board, both as small as they can be.</summary>
internal sealed class Participant(Room room, int number) : IHubListener
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Answered> _asked = [];
    private readonly List<Change> _early = [];
    private HubConnection? _connection;
    private TaskCompletionSource? _whole;
    private bool _isAsking;
    private long _expected = long.MaxValue;
    private long _bytesBefore;

    public int Number => number;

    /// <summary>The seat's cookies; none on the floor.</summary>
    public string Cookies { get; set; } = "";

    public Replica Replica { get; } = new((idea, now) => room.Appeared?.Invoke(number, idea, now));

    public bool IsConnected => _connection is not null;

    /// <summary>How often a view had to be fetched because something was missing.</summary>
    public int Resyncs { get; private set; }

    /// <summary>How often a frame did not begin at what was held (F2).</summary>
    public int Gaps { get; private set; }

    /// <summary>How the last connection ended.</summary>
    public HubEnd? End { get; private set; }

    /// <summary>The code of <c>ended</c> (L5), where the server said one.</summary>
    public string? EndCode { get; private set; }

    /// <summary>The code of <c>slow</c> (L5), where the server said on this connection why it had cut the last one off.</summary>
    public string? SlowCode { get; private set; }

    /// <summary>When the last whole board was complete, as a Stopwatch timestamp.</summary>
    public long WholeAt { get; private set; }

    /// <summary>All bytes that arrived, over HTTP and over the live connection.</summary>
    public long Bytes
    {
        get { lock (_gate) return _bytesBefore + (_connection?.BytesReceived ?? 0); }
    }

    /// <summary>Where set: how this person reads.</summary>
    public Func<HubAddress, HubAddress>? Reads { get; set; }

    public void CountBytes(long bytes)
    {
        lock (_gate) _bytesBefore += bytes;
    }

    /// <summary>Connects, asks for what is missing, and returns when the board is complete and followed.</summary>
    public async Task ConnectAsync(CancellationToken cancellation = default)
    {
        var address = room.AddressOf(this);
        var connection = await HubConnection.OpenAsync(Reads?.Invoke(address) ?? address, this, cancellation);
        Task whole;
        lock (_gate)
        {
            (_connection, End, EndCode, SlowCode) = (connection, null, null, null);
            _whole = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            whole = _whole.Task;
            Supply();
        }

        room.Network.Opened(connection);
        _ = ReadAsync(connection);
        await whole.WaitAsync(TimeSpan.FromSeconds(60), cancellation);
    }

    /// <summary>Takes a view that came with the join answer.</summary>
    public void Begin(Change view)
    {
        lock (_gate) Replica.Take(view, Stopwatch.GetTimestamp());
    }

    /// <summary>Asks over the live connection; what ends with it is answered with an error.</summary>
    public void Ask(string target, ReadOnlySpan<byte> arguments, Answered answered)
    {
        lock (_gate)
        {
            if (_connection is { } connection) _asked[connection.Invoke(target, arguments)] = answered;
            else answered([], "not connected");
        }
    }

    /// <summary>Sends a command until it is answered for good (L4): null when accepted, else the refusal's code.</summary>
    public void Submit(byte[] arguments, Action<string?> answered) => Ask("Submit", arguments, (result, error) =>
    {
        var refusal = error is null ? Answer.Read(result).Refusal : new Refusal(error);
        if (refusal is { Code: "too-fast" or "retry" }) _ = SubmitLaterAsync(arguments, answered, refusal.RetryAfterMs ?? 100);
        else answered(refusal?.Code);
    });

    /// <summary>Lets the connection vanish without a word.</summary>
    public void Cut()
    {
        lock (_gate) _connection?.Cut();
    }

    /// <summary>Comes back as the browser app does: at a random moment, and later each time it fails.</summary>
    /// <returns>How often it failed.</returns>
    public async Task<int> ComeBackAsync(Random random)
    {
        for (var failures = 0; ; failures++)
        {
            double chance;
            lock (random) chance = random.NextDouble();
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Min(5000, 300 * Math.Pow(2, failures)) * (0.7 + 0.6 * chance)));
            try
            {
                await ConnectAsync();
                return failures;
            }
            catch (Exception away) when (failures < 20 && away is HubRefusedException or IOException or TimeoutException)
            {
                Cut();
            }
        }
    }

    public async Task CloseAsync()
    {
        HubConnection? connection;
        lock (_gate) connection = _connection;
        if (connection is null) return;
        await connection.CloseAsync();
        connection.Cut();
    }

    /// <summary>From now on frames begin at what is held, or the server is at <paramref name="version"/> anyway. Call under the gate: in an answer.</summary>
    public void Following(long version)
    {
        // What does not reach the answer's version is of an earlier watching, and comes again as part of what begins at what is held (L2).
        var first = _early.Count > 0 && _early[^1].Version >= version ? _early.FindLastIndex(frame => frame.IsWhole || frame.Since == Replica.Version) : -1;
        List<Change> begun = first < 0 ? [] : _early[first..];
        Merge(begun, version);
    }

    /// <summary>A view came; frames that arrived meanwhile are merged into it.</summary>
    public void Fetched(Change view, long expected = 0)
    {
        lock (_gate)
        {
            Replica.Take(view, Stopwatch.GetTimestamp());
            Merge([.. _early], expected);
        }
    }

    public void Resynced() => Resyncs++;

    public void Failed(Exception why)
    {
        lock (_gate) _whole?.TrySetException(why);
    }

    void IHubListener.Arrived(HubConnection connection, in HubRecord record, ReadOnlySpan<byte> json)
    {
        lock (_gate)
        {
            if (!ReferenceEquals(connection, _connection)) return;
            if (record.Type == HubRecordType.Completion && record.InvocationId is { } id && _asked.Remove(id, out var answered)) answered(record.Result, record.Error);
            else if (record.Target == "board") FrameArrived(room.Changes.Frame(record.Argument));
            else if (record.Target == "ended") EndCode = WireJson.Read<Refusal>(record.Argument).Code;
            else if (record.Target == "slow") SlowCode = WireJson.Read<Refusal>(record.Argument).Code;
        }
    }

    // As the browser app does: what comes before the answer is kept until the answer says what it belongs to.
    private void FrameArrived(Change frame)
    {
        if (_isAsking)
        {
            _early.Add(frame);
        }
        else if (Replica.Take(frame, Stopwatch.GetTimestamp()) == Taken.Gap)
        {
            Gaps++;
            Supply();
        }
        else if (_whole is not null)
        {
            LookWhetherWhole();
        }
    }

    private void Merge(List<Change> frames, long expected)
    {
        var now = Stopwatch.GetTimestamp();
        foreach (var frame in frames) Replica.Take(frame, now);
        _early.Clear();
        (_isAsking, _expected) = (false, expected);
        // A view rarely ends where a frame begins: then the difference is asked for.
        if (frames.Exists(frame => frame.Version > Replica.Version)) Supply();
        else LookWhetherWhole();
    }

    private void Supply()
    {
        (_isAsking, _expected) = (true, long.MaxValue);
        room.Supply(this);
    }

    private void LookWhetherWhole()
    {
        if (_isAsking || _whole is null || Replica.Version < _expected) return;
        WholeAt = Stopwatch.GetTimestamp();
        _whole.TrySetResult();
        _whole = null;
    }

    private async Task SubmitLaterAsync(byte[] arguments, Action<string?> answered, int waitMs)
    {
        await Task.Delay(waitMs);
        Submit(arguments, answered);
    }

    private async Task ReadAsync(HubConnection connection)
    {
        var end = await connection.ReadAsync();
        room.Network.Ended(connection);
        lock (_gate)
        {
            _bytesBefore += connection.BytesReceived;
            if (!ReferenceEquals(connection, _connection)) return;
            (_connection, End, _isAsking) = (null, end, false);
            _early.Clear();
            _whole?.TrySetException(new IOException($"The connection ended before the board was complete: {end.Error}"));
            _whole = null;
            var lost = _asked.Values.ToList();
            _asked.Clear();
            foreach (var answered in lost) answered([], "connection-lost");
        }
    }

    internal static byte[] Arguments(params ReadOnlySpan<string> json) => Encoding.UTF8.GetBytes($"[{string.Join(',', json!)}]");
}
