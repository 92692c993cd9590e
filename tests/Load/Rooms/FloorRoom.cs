using LiveCoCreate.Load.Boards;
using LiveCoCreate.Wire;
using LiveCoCreate.Wire.Hub;

namespace LiveCoCreate.Load.Rooms;

/// <summary>A board on the floor. One more connection, a host's, stands for the facilitator.</summary>
internal sealed class FloorRoom : Room
{
    private readonly Participant _host;

    private FloorRoom(Network network, string board) : base(network, board) => _host = new Participant(this, -1);

    public static async Task<Room> MakeAsync(Network network, RoomPlan plan, int number)
    {
        _ = number;
        var room = new FloorRoom(network, Ids.New());
        await room._host.ConnectAsync();
        room.Ideas = [.. Enumerable.Range(0, plan.Ideas).Select(_ => Ids.New())];
        var written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var left = plan.Ideas;
        for (var i = 0; i < plan.Ideas; i++)
        {
            room._host.Submit(room.Write(room.Ideas[i], TextOf(i)), code =>
            {
                if (code is not null) written.TrySetException(new InvalidOperationException($"The floor answered {code}."));
                if (Interlocked.Decrement(ref left) == 0) written.TrySetResult();
            });
        }

        if (plan.Ideas > 0) await written.Task;
        return room;
    }

    public override async Task EnterAsync(Participant person, Action? shown = null)
    {
        await person.ConnectAsync();
        shown?.Invoke();
    }

    public override void Supply(Participant person) => person.Ask("View", Participant.Arguments($"\"{Board}\""), (result, error) =>
    {
        if (error is null) person.Fetched(Changes.View(result));
        else person.Failed(new IOException(error));
    });

    public override async Task<Change> FreshAsync()
    {
        var fresh = new TaskCompletionSource<Change>(TaskCreationOptions.RunContinuationsAsynchronously);
        _host.Ask("View", Participant.Arguments($"\"{Board}\""), (result, error) =>
        {
            if (error is null) fresh.SetResult(Changes.View(result));
            else fresh.SetException(new IOException(error));
        });
        return await fresh.Task;
    }

    public override HubAddress AddressOf(Participant person) => new(Network.Live($"board={Board}&who={person.Number}"), "", Network.Sockets);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _host.CloseAsync();
    }
}
