using LiveCoCreate.Grains;
using LiveCoCreate.Live.Servers;
using LiveCoCreate.Web.Live;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;

namespace LiveCoCreate.Live.Resuming;

/// <summary>A connection that ends just while something is being done for it.</summary>
public sealed class LeavingTests : IAsyncLifetime
{
    private readonly EndsFirst _door = new();
    private readonly LocalServer _server;

    public LeavingTests() => _server = new LocalServer { Also = services => services.Configure<HubOptions>(options => options.AddFilter(_door)) };

    public Task InitializeAsync() => _server.InitializeAsync();

    public Task DisposeAsync() => _server.DisposeAsync();

    [Fact] // L2
    public async Task Who_leaves_while_their_watching_is_under_way_is_not_counted_among_those_who_watch()
    {
        await using var room = await _server.OpenRoomAsync(new NewRoom(Template: "retrospective"));
        var person = await room.JoinAsync();
        var next = (await person.FetchWorkshopAsync()).Steps![1].Board;
        Assert.NotEqual(room.Board, next);

        using var away = person.HoldReconnecting();
        _door.EndBefore("Watch");
        _ = person.InvokeAsync("Watch", $"[\"{next}\",0,0]");
        await _door.Done.WaitAsync(TimeSpan.FromSeconds(20));

        Assert.Equal(0, (await _server.Services.GetRequiredService<LiveRooms>().BoardAsync(new BoardId(next))).Connections);
    }

    /// <summary>The network goes away when a call has just arrived, and the hub hears of it before the call is done.</summary>
    private sealed class EndsFirst : IHubFilter
    {
        private readonly TaskCompletionSource _gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private string _method = "";
        private string _connection = "";

        public Task Done => _done.Task;

        public void EndBefore(string method) => _method = method;

        public async ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
        {
            if (invocationContext.HubMethodName != _method) return await next(invocationContext);
            (_method, _connection) = ("", invocationContext.Context.ConnectionId);
            invocationContext.Context.Abort();
            await _gone.Task;
            try
            {
                return await next(invocationContext);
            }
            finally
            {
                _done.SetResult();
            }
        }

        public async Task OnDisconnectedAsync(HubLifetimeContext context, Exception? exception, Func<HubLifetimeContext, Exception?, Task> next)
        {
            await next(context, exception);
            if (context.Context.ConnectionId == _connection) _gone.SetResult();
        }
    }
}
