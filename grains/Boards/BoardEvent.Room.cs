using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace LiveCoCreate.Grains.Boards;

[JsonDerivedType(typeof(ScreenTurned), "screen-turned")]
[JsonDerivedType(typeof(ProxiesListed), "proxies-listed")]
public abstract partial record BoardEvent
{
    /// <param name="Now">What the big screens show from now on; absent: they go their own course.</param>
    public sealed record ScreenTurned(Showing? Now, Showing? Before) : BoardEvent;

    /// <param name="Proxies">All for whom facilitators may vote from now on. What they are called stands in the workshop's stream alone.</param>
    public sealed record ProxiesListed(ImmutableArray<ProxyId> Proxies) : BoardEvent;
}
