using LiveCoCreate.Grains;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;

namespace LiveCoCreate.Web.Live;

/// <summary>Messages that are written out once, where they are made: the connections that are sent them find them done.</summary>
internal static class ReadyMessage
{
    private static readonly JsonHubProtocol Protocol = new(Options.Create(new JsonHubProtocolOptions { PayloadSerializerOptions = Json.Options }));

    /// <param name="length">In bytes.</param>
    public static SerializedHubMessage Of(string target, object argument, out int length)
    {
        var message = new SerializedHubMessage(new InvocationMessage(target, [argument]));
        length = message.GetSerializedMessage(Protocol).Length;
        return message;
    }
}
