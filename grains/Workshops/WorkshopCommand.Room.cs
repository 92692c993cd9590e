using System.Text.Json.Serialization;

namespace LiveCoCreate.Grains.Workshops;

[JsonDerivedType(typeof(AddProxy), "add-proxy")]
[JsonDerivedType(typeof(ForgetProxy), "forget-proxy")]
public abstract partial record WorkshopCommand
{
    /// <param name="Label">By what facilitators know them: nobody else is told.</param>
    public sealed record AddProxy(ProxyId Proxy, string Label) : WorkshopCommand;

    /// <summary>From LiveCoCreate itself, which goes on to overwrite the label.</summary>
    public sealed record ForgetProxy(ProxyId Proxy) : WorkshopCommand;
}
