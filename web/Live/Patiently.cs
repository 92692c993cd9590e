using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Journals;
using LiveCoCreate.Grains.Turns;

namespace LiveCoCreate.Web.Live;

internal static partial class Patiently
{
    /// <summary>Listens anew to a grain that has gone. While the journal is away, or a newer server's, no grain wakes up: tried again for as long as somebody watches,
    /// or those who stayed connected would never hear anything again. So is whatever else goes wrong: nobody waits for this, and it would be lost without a word.</summary>
    /// <param name="log">Is told, once, of what is neither of the two.</param>
    /// <returns>Whether it listens now.</returns>
    public static async Task<bool> ListenAsync(Func<bool> isWanted, Func<Task> listen, ILogger? log = null)
    {
        var isSaid = log is null;
        while (isWanted())
        {
            try
            {
                await listen();
                return true;
            }
#pragma warning disable CA1031
            catch (Exception asleep)
#pragma warning restore CA1031
            {
                if (!isSaid && asleep is not (JournalAwayException or UnknownEventException))
                {
                    Deaf(log!, asleep.GetType().FullName, asleep.StackTrace);
                    isSaid = true;
                }

                await Task.Delay(Limits.JournalReconnect);
            }
        }

        return false;
    }

    // Not the exception itself: its message may quote what a person wrote or is called.
    [LoggerMessage(1, LogLevel.Error, "A grain that people watch could not be listened to anew, and is tried again for as long as somebody watches: {Exception}{Place}")]
    private static partial void Deaf(ILogger logger, string? exception, string? place);
}
