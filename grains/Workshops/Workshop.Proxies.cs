using System.Collections.Immutable;
using static LiveCoCreate.Grains.Workshops.WorkshopCommand;
using static LiveCoCreate.Grains.Workshops.WorkshopEvent;

namespace LiveCoCreate.Grains.Workshops;

/// <summary>People in the room without a phone, for whom facilitators vote: what facilitators call them stands here alone (PROTOCOL.md R3).</summary>
public sealed partial record Workshop
{
    public ImmutableDictionary<ProxyId, string> Proxies { get; init; } = ImmutableDictionary<ProxyId, string>.Empty;

    /// <summary>The event that made them what they are: the cause of what the boards are told.</summary>
    public long ProxiesAt { get; init; }

    private static Decision<WorkshopEvent> DecideProxy(Workshop workshop, AddProxy add)
    {
        var label = add.Label.Trim();
        if (label.Length == 0) return "empty-text";
        if (label.Length > Limits.ProxyLabel) return "too-large";
        if (workshop.Proxies.TryGetValue(add.Proxy, out var known)) return known == label ? Nothing : "id-taken";
        return workshop.Proxies.Count >= Limits.ProxiesPerWorkshop ? "too-many-proxies" : new ProxyAdded(add.Proxy, label);
    }

    private Workshop EvolveProxies(WorkshopEvent happened) => happened switch
    {
        ProxyAdded added => this with { Proxies = Proxies.SetItem(added.Proxy, added.Label), ProxiesAt = Version },
        ProxyForgotten forgotten => this with { Proxies = Proxies.Remove(forgotten.Proxy), ProxiesAt = Version },
        _ => this,
    };
}

/// <param name="Label">By what facilitators know them.</param>
public sealed record ProxyVoter(ProxyId Id, string Label);
