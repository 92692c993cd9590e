namespace LiveCoCreate.Load.Boards;

/// <summary>Gives each idea of one board a small number, so that a replica can be an array.</summary>
internal sealed class IdeaNumbers
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _numbers = [];
    private readonly List<string> _ids = [];

    public int Count
    {
        get { lock (_gate) return _ids.Count; }
    }

    public int Of(string id)
    {
        lock (_gate)
        {
            if (_numbers.TryGetValue(id, out var number)) return number;
            _ids.Add(id);
            return _numbers[id] = _ids.Count - 1;
        }
    }

    public string Id(int number)
    {
        lock (_gate) return _ids[number];
    }
}
