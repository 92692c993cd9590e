using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Hosting;

namespace LiveCoCreate.Load.Floor;

/// <summary>The whole door of the floor. Everybody is who they say they are.</summary>
internal sealed class FloorHub(FloorBoards boards) : Hub
{
    public override async Task OnConnectedAsync()
    {
        var query = Context.GetHttpContext()!.Request.Query;
        Context.Items["who"] = query["who"].ToString();
        if (boards.AreMany) await Groups.AddToGroupAsync(Context.ConnectionId, query["board"].ToString());
    }

    public FloorView View(string board) => boards.Of(board).View();

    public FloorReply Submit(FloorCommand command) => boards.Of(command.Board).Submit((string)Context.Items["who"]!, command);
}

internal sealed class FloorBoards(FloorFaults faults, bool areMany)
{
    private readonly ConcurrentDictionary<string, FloorBoard> _boards = [];

    public bool AreMany => areMany;

    public IEnumerable<FloorBoard> All => _boards.Values;

    public FloorBoard Of(string id) => _boards.GetOrAdd(id, id => new FloorBoard(id, faults));
}

/// <summary>Tells everybody what changed, every 50 ms, as such a server is usually written.</summary>
internal sealed class FloorBeat(FloorBoards boards, IHubContext<FloorHub> hub) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (await beat.WaitForNextTickAsync(stoppingToken))
        {
            foreach (var board in boards.All)
            {
                if (board.TakeFrame() is not { } frame) continue;
                var everyone = boards.AreMany ? hub.Clients.Group(board.Id) : hub.Clients.All;
                await everyone.SendAsync("board", frame, stoppingToken);
            }
        }
    }
}
