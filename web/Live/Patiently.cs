using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Journals;
using LiveCoCreate.Grains.Turns;

namespace LiveCoCreate.Web.Live;

internal static class Patiently
{
    /// <summary>Listens anew to a grain that has gone. While the journal is away, or a newer server's, no grain wakes up: tried again for as long as somebody watches,
    /// or those who stayed connected would never hear anything again.</summary>
    /// <returns>Whether it listens now.</returns>
    public static async Task<bool> ListenAsync(Func<bool> isWanted, Func<Task> listen)
    {
        while (isWanted())
        {
            try
            {
                await listen();
                return true;
            }
            catch (Exception asleep) when (asleep is JournalAwayException or UnknownEventException)
            {
                await Task.Delay(Limits.JournalReconnect);
            }
        }

        return false;
    }
}
