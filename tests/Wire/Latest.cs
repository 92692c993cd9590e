namespace LiveCoCreate.Wire;

/// <summary>The last of a kind that came, parsed only when somebody looks: in a crowd few do.</summary>
internal sealed class Latest<T>
    where T : class
{
    private byte[]? _unread;
    private T? _value;

    public T? Value
    {
        get
        {
            if (Interlocked.Exchange(ref _unread, null) is { } json) _value = WireJson.Read<T>(json);
            return _value;
        }
    }

    public void Keep(ReadOnlySpan<byte> json) => Volatile.Write(ref _unread, json.ToArray());

    public void Keep(T value) => (_unread, _value) = (null, value);
}
