using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Journals;
using Microsoft.AspNetCore.SignalR;

namespace LiveCoCreate.Web.Live;

/// <summary>While the journal cannot be read no grain wakes up. Whoever asks for one is told to ask again, and stays connected.</summary>
public sealed class WhileJournalIsAway : IHubFilter
{
    public async ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        try
        {
            return await next(invocationContext);
        }
        catch (JournalAwayException)
        {
            return Refusal.Of("retry");
        }
    }
}
