using Orleans;

namespace LiveCoCreate.Silo.Orleans;

/// <summary>Passes on what web nodes show one another. It keeps the last of each, for as long as that node renews it.</summary>
public interface ICircleOrleans : IGrainWithStringKey
{
    /// <param name="edition">How often this node has shown something else.</param>
    /// <param name="known">The editions of the others that this node has.</param>
    /// <returns>Who is here, with what this node does not have yet.</returns>
    Task<CircleNode[]> ShowAsync(ICircleWatcher node, string name, long edition, byte[] state, Dictionary<string, long> known);

    Task SayAsync(string name, byte[] word);

    /// <returns>The node that leads: this one, where none does.</returns>
    Task<string> LeadAsync(ICircleWatcher node, string name);

    Task LeaveAsync(string name);
}

public interface ICircleWatcher : IGrainObserver
{
    void Shown(string name, long edition, byte[] state);

    void Said(string name, byte[] word);

    void Gone(string name);
}

/// <param name="State">Null where it is known.</param>
[GenerateSerializer, Alias("livecocreate.circle-node")]
public sealed record CircleNode([property: Id(0)] string Name, [property: Id(1)] long Edition, [property: Id(2)] byte[]? State);

[GrainType("circle")]
public sealed class CircleOrleans(TimeProvider clock) : Grain, ICircleOrleans
{
    /// <summary>A node renews every <see cref="OrleansCircles.RenewEvery"/>: two of those may be lost.</summary>
    private static readonly TimeSpan Lasts = TimeSpan.FromSeconds(8);

    private readonly Dictionary<string, Member> _members = [];
    private string? _leader;

    public Task<CircleNode[]> ShowAsync(ICircleWatcher node, string name, long edition, byte[] state, Dictionary<string, long> known)
    {
        var before = _members.GetValueOrDefault(name);
        _members[name] = new Member(node, edition, state, clock.GetTimestamp());
        LetGo();
        if (before?.Edition != edition) Tell(name, other => other.Shown(name, edition, state));
        return Task.FromResult<CircleNode[]>([.. _members.Where(member => member.Key != name && member.Value.State.Length > 0)
            .Select(member => new CircleNode(member.Key, member.Value.Edition, known.TryGetValue(member.Key, out var has) && has == member.Value.Edition ? null : member.Value.State))]);
    }

    public Task SayAsync(string name, byte[] word)
    {
        Tell(name, other => other.Said(name, word));
        return Task.CompletedTask;
    }

    public Task<string> LeadAsync(ICircleWatcher node, string name)
    {
        if (!_members.ContainsKey(name)) _members[name] = new Member(node, 0, [], clock.GetTimestamp());
        LetGo();
        return Task.FromResult(_leader ??= name);
    }

    public Task LeaveAsync(string name)
    {
        Remove(name);
        if (_members.Count == 0) DeactivateOnIdle();
        return Task.CompletedTask;
    }

    private void LetGo()
    {
        foreach (var (name, member) in _members.ToList())
            if (clock.GetElapsedTime(member.Renewed) > Lasts) Remove(name);
    }

    private void Remove(string name)
    {
        if (!_members.Remove(name)) return;
        if (_leader == name) _leader = null;
        Tell(name, other => other.Gone(name));
    }

    private void Tell(string from, Action<ICircleWatcher> tell)
    {
        foreach (var (name, member) in _members)
            if (name != from) tell(member.Node);
    }

    private sealed record Member(ICircleWatcher Node, long Edition, byte[] State, long Renewed);
}
