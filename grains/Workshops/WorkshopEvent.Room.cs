using System.Text.Json.Serialization;

namespace LiveCoCreate.Grains.Workshops;

[JsonDerivedType(typeof(ProxyAdded), "proxy-added")]
[JsonDerivedType(typeof(ProxyForgotten), "proxy-forgotten")]
public abstract partial record WorkshopEvent
{
    public sealed record ProxyAdded(ProxyId Proxy, [Personal] string Label) : WorkshopEvent;

    public sealed record ProxyForgotten(ProxyId Proxy) : WorkshopEvent;
}
