using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Journals;
using LiveCoCreate.Grains.Turns;
using LiveCoCreate.Web.Door;
using Microsoft.AspNetCore.SignalR;

namespace LiveCoCreate.Web.Live;

/// <summary>While the journal cannot be read no grain wakes up. Whoever asks for one is told to ask again, or that the server is too old for it, and stays connected.</summary>
public sealed class WhileJournalIsAway(ILogger<WhileJournalIsAway> logger) : IHubFilter
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
        catch (UnknownEventException newer)
        {
            DoorLog.Newer(logger, newer.Message);
            return Refusal.Of("journal-newer");
        }
    }
}
