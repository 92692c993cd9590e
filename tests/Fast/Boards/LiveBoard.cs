using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using LiveCoCreate.Fast.Journals;
using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Boards;
using LiveCoCreate.Grains.Journals;
using LiveCoCreate.Grains.Turns;
using static LiveCoCreate.Fast.Boards.Floor;

namespace LiveCoCreate.Fast.Boards;

/// <summary>A board's grain on a journal of the test's choice, with all that it keeps laid open.</summary>
internal static class LiveBoard
{
    /// <summary>Secrets that are the same for a name whoever asks first, as long as the test runs.</summary>
    public static InMemorySecrets Secrets()
    {
        var made = 0;
        return new InMemorySecrets(() => SHA256.HashData([(byte)++made, (byte)(made >> 8)]));
    }

    public static async Task<BoardGrain> ActivateAsync(IJournal journal, ISecrets secrets, TimeProvider? clock = null) =>
        await BoardGrain.ActivateAsync(TheBoard, journal, secrets, clock ?? TimeProvider.System, new Pressure(), CancellationToken.None);

    public static Task<List<Envelope>> EventsAsync(this IJournal journal) => journal.AllAsync(TheBoard.Stream);

    /// <summary>All that a grain holds, as text: its state, what it answered to whom, and when its last event was.</summary>
    public static string Held(this BoardGrain grain) => Canonical.Of(grain.Saved());

    public static Board Look(this BoardGrain grain) => Turns(grain).State;

    /// <summary>What a snapshot of now would hold.</summary>
    public static TurnTaker<Board, BoardCommand, BoardEvent>.Saved Saved(this BoardGrain grain)
    {
        var turns = Turns(grain);
        return new(turns.State, turns.At, Answered(turns).Keep()());
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_turns")]
    private static extern ref TurnTaker<Board, BoardCommand, BoardEvent> Turns(BoardGrain grain);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_answered")]
    private static extern ref Answered Answered(TurnTaker<Board, BoardCommand, BoardEvent> turns);
}
